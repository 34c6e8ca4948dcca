"""A room: one session, several seats. It knows no socket; `server` carries what is said here, and what comes back.

Rules
1. The session's log is the only history. Whoever joins, comes back or is slow reads it from where they stand, each seat
   what it may see. Nothing is queued for anybody.
2. An action carries a key of the seat that sends it. It is confirmed when it is on the record, and sent twice it counts
   once, after a crash of the host too.
3. Who may do what is `rights`; it is asked before anything of an action is looked at.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from drills.drafts import Drafts
from drills.errors import DrillError
from drills.journal import RECORD
from drills.record import write_whole
from drills.room.invites import Invites
from drills.room.rights import FACILITATOR, OBSERVER, may, sees
from drills.room.seen import Json, brings, given, row_of, sent
from drills.session import LONGEST_TEXT, Refused, Session
from engine.actions import VERBS, Action
from engine.events import to_data
from engine.steering import Steering
from scenarios.terms import ROLES

FILE = "room.json"
"""In the run's folder, for its owner alone: the hashes of codes and tokens, so that a host that has crashed knows its
seats again."""
FRAME = 2_000
"""So many events go out at a time, to whoever comes late."""
MOST_KEY = 80
MOST_DRAFTS = 200
MOST_TARGETS = 1_000
"""So many posts one reply goes to."""
_TEXTS = {"text", "signed_by", "root_cause", "confidence", "target", "kind", "approval"}
_LISTS = {"also", "channels", "to", "accounts", "themes"}
_STEERS = {one.name for one in fields(Steering)} - {"id", "at_ms", "do", "number"}
assert _TEXTS | _LISTS | {"level"} == {one.name for one in fields(Action)} - {"id", "at_ms", "seat", "do", "reading"}


@dataclass(slots=True)
class Place:
    """Where a connection of a seat stands in the log."""

    seat: str
    after: int
    known: set[str]


class Room:
    """One drill that several people play. Whoever holds it calls `tick` about twenty times a second."""

    def __init__(self, session: Session, *, drafts_shown: bool = False) -> None:
        """`drafts_shown`: whether the facilitator sees what is begun and not sent; those who write must know."""
        self.session, self.drafts_shown = session, drafts_shown
        self._file = session.path / FILE
        self.invites = Invites(time.time, _kept(self._file))
        self.here: dict[str, int] = {}
        """Seat to how many connections it has."""
        self.ready: set[str] = set()
        """Who has said that they are ready for STARTEX."""
        self._lines: list[str] = []
        self._drafts: dict[str, Drafts] = {}

    # -- coming and going ------------------------------------------------------------------------------------

    @property
    def taken(self) -> frozenset[str]:
        """The seats where somebody sits, connected or not."""
        return self.invites.seated

    def invite(self, seat: str) -> str:
        """A new code for a seat."""
        code = self.invites.invite(seat)
        self._keep()
        return code

    def join(self, code: str, place: str) -> tuple[str, str]:
        """The seat and the token that a code gives. Raises DeniedError."""
        seat, token = self.invites.exchange(code, place)
        self._keep()
        self._sits(seat)
        return seat, token

    def leave(self, seat: str) -> None:
        """Somebody gives their seat up; from here on it is the simulation's, until somebody is invited anew."""
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

    def back(self, token: str) -> tuple[str, str]:
        """The seat of a token, and the token that takes its place. Raises DeniedError."""
        seat = self.invites.seat_of(token)
        token = self.invites.token(seat)
        self._keep()
        return seat, token

    def _keep(self) -> None:
        write_whole(self._file, json.dumps(self.invites.data()))

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
        }

    def place(self, seat: str, after: int) -> Place:
        """A connection that has folded the first `after` events of the log."""
        log, known = self.session.world.log, set[str]()
        after = max(0, min(after, len(log)))
        for event in log[:after]:
            if sees(seat, event, self.taken):
                brings(event, self.session.drill.scenario, known)
        return Place(seat, after, known)

    # -- what one is told ------------------------------------------------------------------------------------

    def batch(self, place: Place) -> str | None:
        """The next events of a seat as JSON, at most FRAME of them; None where there are none. The place moves on.

        `from` and `upto` count the room's log, so that a seat can tell that nothing is missing though it does not see
        everything.
        """
        log, start = self.session.world.log, place.after
        self._encode()
        place.after = min(len(log), start + FRAME)
        if place.after == start:
            return None
        rows = []
        for at in range(start, place.after):
            if not sees(place.seat, log[at], self.taken):
                continue
            more = brings(log[at], self.session.drill.scenario, place.known)
            rows.append(f"[{self._lines[at]},{json.dumps(more)}]" if more else f"[{self._lines[at]}]")
        return f'{{"do":"events","from":{start},"upto":{place.after},"events":[{",".join(rows)}]}}'

    def _encode(self) -> None:
        """Each event is made to JSON once, for all."""
        log, text_of = self.session.world.log, self.session.world.text_of
        for event in log[len(self._lines) :]:
            self._lines.append(json.dumps(sent(event, text_of)))

    def state(self, seat: str) -> Json:
        """The clock and who is here; for the facilitator, where that was agreed, also what everybody writes."""
        session = self.session
        told = {
            "do": "state", "now": session.now_ms, "paused": session.paused, "why": session.why_paused,
            "pace": session.pace, "ended": session.ended,
            "seats": {seat: bool(self.here.get(seat)) for seat in sorted(self.taken)},
            "ready": sorted(self.ready),
        }  # fmt: skip
        if seat == FACILITATOR and self.drafts_shown:
            told["drafts"] = {one: drafts.all() for one, drafts in sorted(self._drafts.items())}
        return told

    def record(self) -> str:
        """The run's record, whole. Raises Refused before ENDEX: it holds what is to come."""
        if not self.session.ended:
            raise Refused("the record is told after ENDEX")
        return (self.session.path / RECORD).read_text("utf-8")

    # -- what one does ---------------------------------------------------------------------------------------

    def act(self, seat: str, key: object, do: object, given_: object) -> Json:
        """Take an action of a seat; the answer says whether it is on the record, or why it is not."""
        if not isinstance(key, str) or not 0 < len(key) <= MOST_KEY:
            return {"do": "refused", "key": "", "why": "an action needs a key of its own"}
        try:
            if not isinstance(do, str) or do not in VERBS:
                raise Refused("there is no such action")
            own = do == "decide" and isinstance(given_, Mapping) and self._lies_with(seat, given_.get("target"))
            if not own and not may(seat, do, self.taken):
                raise Refused(f"{VERBS[do].title.lower()} is not for {seat}{_who_may(do, self)}")
            action = self.session.act(do, seat=seat, key=f"{seat}/{key}", **_checked(given_))
        except DrillError as error:
            return {"do": "refused", "key": key, "why": error.what, "remedy": error.remedy}
        return {"do": "ack", "key": key, "action": to_data(action)}

    def _lies_with(self, seat: str, key: object) -> bool:
        """Whether a draft waits for this seat's word."""
        organisation = self.session.world.organisation
        return key in organisation.laid and organisation.people[organisation.laid[str(key)][1]].role == seat

    def steer(self, seat: str, key: object, do: object, given_: object) -> Json:
        """Steer the run; the answer says whether it is on the record, or why it is not. The facilitator's alone."""
        if not isinstance(key, str) or not 0 < len(key) <= MOST_KEY:
            return {"do": "refused", "key": "", "why": "steering needs a key of its own"}
        try:
            if seat != FACILITATOR:
                raise Refused("only the facilitator steers")
            if not isinstance(do, str) or do == "seat":
                raise Refused("there is no such steering")
            steering = self.session.steer(do, key=f"{seat}/{key}", **_steering(given_))
        except DrillError as error:
            return {"do": "refused", "key": key, "why": error.what, "remedy": error.remedy}
        return {"do": "ack", "key": key, "action": to_data(steering)}

    def say_ready(self, seat: str, ready: object) -> None:
        """Somebody is ready for STARTEX, or not yet."""
        (self.ready.add if ready is True else self.ready.discard)(seat)

    def clock(self, seat: str, what: object, value: object = None) -> Json | None:
        """The clock: `run`, `freeze`, `pace` and `end` (ENDEX) for the facilitator, `stop` (a real emergency) for
        everybody. None where it was done."""
        session = self.session
        if what == "stop":
            session.stop("stopped")
            return None
        if seat != FACILITATOR:
            return {"do": "refused", "key": "", "why": "only the facilitator has the clock"}
        if what == "end":
            session.stop("facilitator")
        elif what == "run":
            session.unpause()
        elif what == "freeze":
            session.pause("the facilitator has stopped the clock")
        elif what == "pace" and isinstance(value, int | float) and 0.1 <= value <= 60:
            session.set_pace(float(value))
        else:
            return {"do": "refused", "key": "", "why": "the clock knows run, freeze, end, stop and pace 0.1 to 60"}
        return None

    def draft(self, seat: str, slot: object, text: object) -> None:
        """Keep what a seat is writing; anything that is no text is left alone."""
        if seat in (FACILITATOR, OBSERVER) or not isinstance(slot, str) or not isinstance(text, str):
            return
        drafts = self._drafts_of(seat)
        if len(slot) <= 200 and (slot in drafts.all() or len(drafts.all()) < MOST_DRAFTS):
            drafts.save(slot, text[:LONGEST_TEXT])

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


def _steering(given_: object) -> dict[str, Any]:
    """The fields of a steering, of the types that they must have. Raises Refused."""
    if not isinstance(given_, Mapping):
        raise Refused("a steering's fields must be named")
    for name, value in given_.items():
        text = name in _STEERS and isinstance(value, str) and len(value) <= LONGEST_TEXT
        number = name == "number" and type(value) is int and abs(value) < 1 << 40
        if not text and not number:
            raise Refused(f"this can't be taken: {str(name)[:40]!r}")
    return dict(given_)


def _checked(given_: object) -> dict[str, Any]:
    """The fields of an action, of the types that they must have. Raises Refused."""
    if not isinstance(given_, Mapping):
        raise Refused("an action's fields must be named")
    found: dict[str, Any] = {}
    for name, value in given_.items():
        if name in _TEXTS and isinstance(value, str) and len(value) <= LONGEST_TEXT:
            found[name] = value
        elif name in _LISTS and isinstance(value, list) and all(isinstance(one, str) for one in value[:MOST_TARGETS]):
            found[name] = tuple(value[:MOST_TARGETS])
        elif name == "level" and value in range(5) and not isinstance(value, bool | float):
            found[name] = value
        else:
            raise Refused(f"this can't be taken: {str(name)[:40]!r}")
    return found
