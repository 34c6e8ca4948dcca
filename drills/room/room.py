"""A room: one session, several seats. It knows no socket; `server` carries what is said here, and what comes back.

Rules
1. The session's log is the only history. Whoever joins, comes back or is slow reads it from where they stand, each seat
   what it may see. Nothing is queued for anybody.
2. An action carries a key of the seat that sends it. It is confirmed when it is on the record, and sent twice it counts
   once, after a crash of the host too.
3. Who may do what is `rights`; it is asked before anything of an action is looked at.
4. Nothing is told that a crash could undo: first the record says how far time has come, then the seats see it.
5. The clock stops the exercise, and not the team: a word to all (`TALK`) goes out whenever the room stands.
6. What changes something takes its turn, and waits for the disk; what only reads never does (`turn`).
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from drills.drafts import Drafts
from drills.errors import DrillError
from drills.journal import RECORD, JournalError
from drills.record import write_whole
from drills.room.given import acted, is_key, steering
from drills.room.invites import DeniedError, Invites
from drills.room.rights import FACILITATOR, OBSERVER, may, sees
from drills.room.seen import Json, brings, given, row_of, sent
from drills.room.turn import Turn, changes, reads
from drills.room.wire import HANDOVER, TALK
from drills.session import LONGEST_TEXT, Refused, Session
from engine.actions import VERBS, Action
from engine.events import to_data
from scenarios.terms import ROLES
from scenarios.text import clean, is_clean

FILE = "room.json"
"""In the run's folder, for its owner alone: the hashes of codes and tokens, so that a host that has crashed knows its
seats again."""
FRAME = 2_000
"""So many events go out at a time, to whoever comes late."""
MOST_DRAFTS = 200
STATEMENTS = ("publish", "hub", "request_approval")
"""What is written for the public as a whole: the others are told that it was begun, and not what it says."""


@dataclass(slots=True)
class Place:
    """Where a connection of a seat stands in the log."""

    seat: str
    after: int
    known: set[str]


class Room:
    """One drill that several people play. Whoever holds it calls `tick` ten times a second."""

    def __init__(self, session: Session, *, drafts_shown: bool = False) -> None:
        """`drafts_shown`: whether the facilitator sees what is begun and not sent; those who write must know."""
        self.session, self.drafts_shown = session, drafts_shown
        self.turn = Turn()
        session.aside = self.turn.aside
        self._file = session.path / FILE
        self.invites = Invites(time.time, _kept(self._file))
        self.here: dict[str, int] = {}
        """Seat to how many connections it has."""
        self.ready: set[str] = set()
        """Who has said that they are ready for STARTEX."""
        self._handed: dict[str, str] = dict((_kept(self._file) or {}).get("handed", {}))
        """Seat to what whoever left it last has handed over."""
        self._lines: list[str] = []
        self._marks: list[str] = [""]
        """What stands for the log up to each of its places: who comes back says it, and has the same log or not."""
        self._drafts: dict[str, Drafts] = {}
        self._broken: JournalError | None = None
        """Why the record takes nothing more."""
        self._safe = 0
        """So many events are behind what the record says; the rest is told when it says more."""
        for role in ROLES:  # a host may have been killed between a seat's file and the record
            self._sits(role)
        self.tick()

    @changes
    def tick(self) -> None:
        """Catch up with the clock; see `Session.tick`. Raises DrillError, too, when something could not be written
        before: whoever is told that they were not heard must not see the room go on."""
        if self._broken is not None:
            raise self._broken
        self.session.tick()
        self._mark()

    def _mark(self) -> None:
        """From here on what has happened may be told."""
        if len(self.session.world.log) > self._safe:
            self.session.mark()
            self._safe = len(self.session.world.log)

    # -- coming and going ------------------------------------------------------------------------------------

    @property
    def taken(self) -> frozenset[str]:
        """The seats where somebody sits, connected or not."""
        return self.invites.seated

    @changes
    def invite(self, seat: str) -> str:
        """A new code for a seat."""
        code = self.invites.invite(seat)
        self._keep()
        return code

    @changes
    def join(self, code: str, place: str) -> tuple[str, str]:
        """The seat and the token that a code gives. Raises DeniedError; DrillError where the disk refuses: the code is
        good for another try then."""
        before = self.invites.data()
        seat, token = self.invites.exchange(code, place)
        try:
            self._keep()
        except DrillError:
            self.invites.restore(before)
            raise
        self._sits(seat)
        return seat, token

    @changes
    def leave(self, seat: str, handed: object = "") -> None:
        """Somebody gives their seat up; from here on it is the simulation's, until somebody is invited anew.

        `handed`: what the next one must know. It goes into the log, and waits for whoever takes the seat.
        """
        if isinstance(handed, str) and seat in ROLES and (text := clean(handed, limit=LONGEST_TEXT).strip()):
            self._handed[seat] = text
            if not self.session.ended:
                self.session.act(TALK, standing=True, seat=seat, kind=HANDOVER, text=text)
                self._mark()
            self.draft(seat, HANDOVER, "")
        self.invites.expel(seat)
        self.ready.discard(seat)
        self._keep()
        self._sits(seat)

    def _sits(self, seat: str) -> None:
        """Tell the world whether a role is played, so that calls and drafts go to whoever plays it."""
        session = self.session
        taken = seat in self.taken
        if seat in ROLES and not session.ended and taken != (seat in session.world.organisation.players):
            session.steer("seat", target=seat, kind="taken" if taken else "left")

    @changes
    def back(self, token: str) -> tuple[str, str]:
        """The seat of a token, and the token that takes its place. Raises DeniedError."""
        seat, token = self.invites.renewed(token)
        self._keep()
        return seat, token

    def _keep(self) -> None:
        with self.turn.aside():
            write_whole(self._file, json.dumps({**self.invites.data(), "handed": self._handed}))

    @reads
    def welcome(self, seat: str) -> Json:
        """What a seat needs to fold the log."""
        session = self.session
        desk = session.desk
        whole = seat == FACILITATOR
        return {
            "seat": seat,
            "drill": {"texts": dict(session.drill.texts)} if whole else given(session.drill),
            "colleagues": [row_of(view.colleague) for view in desk.contacts.values()],
            "names": {who: list(names) for who, names in desk.names.items()},
            "due_after": dict(desk.due_after),
            "harm_first": desk.harm_first,
            "ends_ms": session.ends_ms,
            "drafts": self._drafts_of(seat).all(),
            "handed": self._handed.get(seat, ""),
            "state": self.state(seat),
        }

    @reads
    def place(self, seat: str, after: int, mark: str = "") -> Place:
        """A connection that has folded the first `after` events of the log. `mark`: as the last batch gave it.

        Raises DeniedError where this log is another: the host has lost the end of its record, or plays a copy of it.
        """
        log, known = self.session.world.log, set[str]()
        self._encode()
        if after < 0 or after > self._safe or mark != self._marks[after]:
            raise DeniedError("the host has gone back to an earlier moment: leave, and come back to your seat")
        for event in log[:after]:
            if sees(seat, event, self.taken):
                brings(event, self.session.drill.scenario, known)
        return Place(seat, after, known)

    # -- what one is told ------------------------------------------------------------------------------------

    @reads
    def batch(self, place: Place) -> str | None:
        """The next events of a seat as JSON, at most FRAME of them; None where there are none. The place moves on.

        `from` and `upto` count the room's log, so that a seat can tell that nothing is missing though it does not see
        everything.
        """
        log, start = self.session.world.log, place.after
        self._encode()
        place.after = min(self._safe, start + FRAME)
        if place.after == start:
            return None
        rows = []
        for at in range(start, place.after):
            if not sees(place.seat, log[at], self.taken):
                continue
            more = brings(log[at], self.session.drill.scenario, place.known)
            rows.append(f"[{self._lines[at]},{json.dumps(more)}]" if more else f"[{self._lines[at]}]")
        mark = self._marks[place.after]
        return f'{{"do":"events","from":{start},"upto":{place.after},"mark":"{mark}","events":[{",".join(rows)}]}}'

    def _encode(self) -> None:
        """Each event is made to JSON once, for all."""
        log, text_of = self.session.world.log, self.session.world.text_of
        for event in log[len(self._lines) : self._safe]:
            self._lines.append(json.dumps(sent(event, text_of)))
            so_far = blake2b(f"{self._marks[-1]}{self._lines[-1]}".encode(), digest_size=8)
            self._marks.append(so_far.hexdigest())

    @reads
    def state(self, seat: str) -> Json:
        """The clock and who is here; for the facilitator, where that was agreed, also what everybody writes."""
        session = self.session
        told = {
            "do": "state", "now": session.now_ms, "paused": session.paused, "why": session.why_paused,
            "pace": session.pace, "ended": session.ended,
            "seats": {seat: bool(self.here.get(seat)) for seat in sorted(self.taken)},
            "ready": sorted(self.ready),
            "stating": [one for one in sorted(self.taken) if self._states(one)],
            "stopped_by": session.stopped_by,
        }  # fmt: skip
        if seat == FACILITATOR and self.drafts_shown:
            told["drafts"] = {one: drafts.all() for one, drafts in sorted(self._drafts.items())}
        return told

    @reads
    def record(self) -> str:
        """The run's record, whole. Raises Refused before ENDEX: it holds what is to come."""
        if not self.session.ended:
            raise Refused("the record is told after ENDEX")
        return (self.session.path / RECORD).read_text("utf-8")

    # -- what one does ---------------------------------------------------------------------------------------

    @changes
    def act(self, seat: str, key: object, do: object, given_: object) -> Json:
        """Take an action of a seat; the answer says whether it is on the record, or why it is not."""
        if not is_key(key):
            return {"do": "refused", "key": "", "why": "an action needs a key of its own"}
        if isinstance(before := self.session.kept.get(f"{seat}/{key}"), Action):  # whoever may do it today
            return {"do": "ack", "key": key, "action": to_data(before)}
        try:
            if not isinstance(do, str) or do not in VERBS:
                raise Refused("there is no such action")
            own = do == "decide" and isinstance(given_, Mapping) and self._lies_with(seat, given_.get("target"))
            if not own and not may(seat, do, self.taken):
                raise Refused(f"{VERBS[do].title.lower()} is not for {seat}{_who_may(do, self)}")
            if self.session.paused and do != TALK:
                raise Refused("the facilitator has stopped the clock: this was not done", remedy="do it when it runs")
            action = self.session.act(do, standing=do == TALK, seat=seat, key=f"{seat}/{key}", **acted(given_))
            self._mark()
        except DrillError as error:
            self._broken = error if isinstance(error, JournalError) else self._broken
            return {"do": "refused", "key": key, "why": error.what, "remedy": error.remedy}
        return {"do": "ack", "key": key, "action": to_data(action)}

    def _lies_with(self, seat: str, key: object) -> bool:
        """Whether a draft waits for this seat's word."""
        organisation = self.session.world.organisation
        if not isinstance(key, str) or key not in organisation.laid:
            return False
        return organisation.people[organisation.laid[key][1]].role == seat

    @changes
    def steer(self, seat: str, key: object, do: object, given_: object) -> Json:
        """Steer the run; the answer says whether it is on the record, or why it is not. The facilitator's alone."""
        if not is_key(key):
            return {"do": "refused", "key": "", "why": "steering needs a key of its own"}
        try:
            if seat != FACILITATOR:
                raise Refused("only the facilitator steers")
            if not isinstance(do, str) or do == "seat":
                raise Refused("there is no such steering")
            done = self.session.steer(do, key=f"{seat}/{key}", **steering(given_))
        except DrillError as error:
            self._broken = error if isinstance(error, JournalError) else self._broken
            return {"do": "refused", "key": key, "why": error.what, "remedy": error.remedy}
        return {"do": "ack", "key": key, "action": to_data(done)}

    @changes
    def say_ready(self, seat: str, ready: object) -> None:
        """Somebody is ready for STARTEX, or not yet."""
        (self.ready.add if ready is True else self.ready.discard)(seat)

    @changes
    def clock(self, seat: str, what: object, value: object = None) -> Json | None:
        """The clock: `run`, `freeze`, `pace` and `end` (ENDEX) for the facilitator, `stop` (a real emergency) for
        everybody. None where it was done."""
        session = self.session
        if what == "stop":
            session.stop("stopped", by=seat)
            return None
        if seat != FACILITATOR:
            return {"do": "refused", "key": "", "why": "only the facilitator has the clock"}
        if what == "end":
            session.stop("facilitator")
        elif what == "run":
            session.unpause()
        elif what == "freeze":
            session.pause("frozen by the facilitator")
        elif what == "pace" and isinstance(value, int | float) and 0.1 <= value <= 60:
            session.set_pace(float(value))
        else:
            return {"do": "refused", "key": "", "why": "the clock knows run, freeze, end, stop and pace 0.1 to 60"}
        return None

    @changes
    def draft(self, seat: str, slot: object, text: object) -> None:
        """Keep what a seat is writing; anything that is no text is left alone."""
        if seat in (FACILITATOR, OBSERVER) or not isinstance(slot, str) or not isinstance(text, str):
            return
        drafts = self._drafts_of(seat)
        text, known = clean(text, limit=LONGEST_TEXT), drafts.all()
        if len(slot) <= 200 and is_clean(slot) and (slot in known or (text and len(known) < MOST_DRAFTS)):
            with self.turn.aside():
                drafts.save(slot, text)

    def _states(self, seat: str) -> bool:
        """Whether a seat has begun a statement, and not sent it."""
        drafts = self._drafts.get(seat)
        return drafts is not None and any(slot.partition(" ")[0] in STATEMENTS for slot in drafts.all())

    def _drafts_of(self, seat: str) -> Drafts:
        if seat not in self._drafts:
            self._drafts[seat] = Drafts(self.session.path / f"drafts-{seat}.json")
        return self._drafts[seat]


def _kept(file: Path) -> dict[str, Any] | None:
    try:
        return dict(json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DrillError(f"the room's codes can't be read ({error})", str(file), "delete the file") from None


def _who_may(do: str, room: Room) -> str:
    who = [seat for seat in sorted(room.taken) if may(seat, do, room.taken)]
    return f", but for {' or '.join(who)}" if who else ""
