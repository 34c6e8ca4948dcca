"""A drill being played: it catches up with the clock, journals, acts and folds.

Rules
1. An action is journalled and synced before it touches the world, and is shown only then.
2. The session gives the sim time; callers never do.
3. While a drill is paused one can read and write drafts, but not act.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from drills.coach.model import Hint, Taken, taken
from drills.desk import Changed
from drills.drafts import Drafts
from drills.drill import Drill
from drills.errors import DrillError
from drills.journal import DRAFTS, RECORD, Journal
from drills.judging import context_of
from drills.origin import Origin
from drills.pace import Pace
from drills.record import Recorded, header_of, recorded, replayed, same_draws, store_events
from drills.run import Run
from drills.scoring import score
from drills.scoring.card import Scorecard
from drills.shelf import new_folder
from drills.tone import Context, read
from engine.actions import VERBS, Action
from engine.events import Event, from_data, to_data
from engine.reading import Reading
from engine.steering import STEERS, Steering
from scenarios.text import clean

LONGEST_TEXT = 4_000
_FIELDS = {field.name for field in fields(Action)} - {"id", "at_ms", "seat", "do", "reading"}
_STEERS = {field.name for field in fields(Steering)} - {"id", "at_ms", "do"}


class Refused(DrillError):
    """An action that can't be taken now."""


class _Unkept:
    """The journal of a rehearsal: nothing is kept."""

    records: tuple[Mapping[str, Any], ...] = ({"kind": "header"},)
    torn_bytes = 0

    def append(self, record: Mapping[str, Any], *, sync: bool) -> None:
        """Forget it."""

    def close(self) -> None:
        """Nothing to close."""


Reader = Callable[[str, Context], Reading]


def unplayed(drill: Drill, *, seed: int | None = None, pace: float | None = None, seat: str | None = None) -> Recorded:
    """A drill made ready for rehearsals; what is not given is the drill's own."""
    header = header_of(
        drill,
        seed=drill.file.seed if seed is None else seed,
        pace=drill.file.pace if pace is None else pace,
        seat=seat or drill.file.seats[0],
        coach="off",
        started="",
    )
    return recorded(header, drill=drill)


class Session:
    """One drill, played by one seat in this process."""

    def __init__(
        self,
        of: Recorded,
        journal: Journal | _Unkept,
        folder: Path | None,
        clock: Callable[[], float],
        reader: Reader = read,
    ) -> None:
        self.drill: Drill = of.drill
        self._folder = folder
        self.seed = of.setup.seed
        self.seat = of.seat
        self.coach = str(of.header["coach"])
        """on, ask or off."""
        self.why_paused = ""
        self.torn_bytes = journal.torn_bytes
        self._of, self._journal, self._clock, self._read = of, journal, clock, reader
        self.aside: Callable[[], AbstractContextManager[object]] = nullcontext
        """What holds while an action waits for the disk: in a room others may look meanwhile."""
        self._fresh: list[Event] = []
        self.world, differences = replayed(of, journal.records[1:], lambda _: self._fresh.append)
        if differences:
            raise DrillError(
                f"the record does not replay: {differences[0]}", str(folder), "run stormdrill verify on it"
            )
        self.desk = of.desk(self.world.text_of)
        self._number = len([line for line in journal.records if line["kind"] == "action"])
        self._steered = len([line for line in journal.records if line["kind"] == "steer"])
        self.kept: dict[str, Action | Steering] = {
            str(line["key"]): from_data(line.get("action") or line["steering"])
            for line in journal.records
            if line["kind"] in ("action", "steer") and "key" in line
        }
        """What seats far away have done by the keys that it was sent with: sending it twice counts once."""
        self._hints = list(taken(journal.records))
        self._closed = any(line["kind"] == "end" for line in journal.records)
        self._marked_s = clock()
        now = clock()
        self._pace = Pace(self.world.now_ms, now, now, _last_pace(journal.records) or of.pace)
        self._drafts = Drafts(folder / DRAFTS if folder else None)
        self._fold()

    @classmethod
    def start(
        cls,
        drill: Drill,
        folder: Path,
        *,
        seed: int | None = None,
        pace: float | None = None,
        seat: str | None = None,
        coach: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> Session:
        """Begin a run in a new folder below `folder`. Raises DrillError if that can't be written."""
        started = datetime.now().astimezone()
        header = header_of(
            drill,
            seed=drill.file.seed if seed is None else seed,
            pace=drill.file.pace if pace is None else pace,
            seat=seat or drill.file.seats[0],
            coach=coach or drill.file.coach,
            started=started.isoformat(timespec="seconds"),
        )
        run = new_folder(folder, f"{started:%Y%m%d-%H%M%S}-{drill.id}")
        return cls(recorded(header, drill=drill), Journal.create(run / RECORD, header), run, clock)

    @classmethod
    def resume(cls, path: Path, *, clock: Callable[[], float] = time.monotonic) -> Session:
        """Open a run where it was: paused, or `ended` if it is over. Raises DrillError if it is damaged or in use."""
        folder = path.parent if path.name == RECORD else path
        journal = Journal.open(folder / RECORD)
        try:
            if not journal.records:
                raise DrillError("this run has no record", str(folder), "delete the folder")
            same_draws(journal.records[0], folder)
            session = cls(recorded(journal.records[0], folder), journal, folder, clock)
        except BaseException:
            journal.close()
            raise
        if not session.ended:
            session._pace = replace(session._pace, paused=True)  # not a millisecond passes on the way to the pause
            session.pause("resumed")
        return session

    @classmethod
    def rehearse(
        cls, drill: Drill, *, seed: int | None = None, pace: float | None = None, seat: str | None = None
    ) -> Session:
        """A run in memory only, without a clock, for scripted teams: time passes by `skip_to`."""
        return cls.again(unplayed(drill, seed=seed, pace=pace, seat=seat))

    @classmethod
    def again(cls, of: Recorded, reader: Reader = read) -> Session:
        """A rehearsal of what was made ready once, for several courses with the same luck. `reader`: who judges the
        texts; it must say what `drills.tone.read` says."""
        return cls(of, _Unkept(), None, lambda: 0.0, reader)

    stopped_by = ""
    """The seat that has stopped the exercise for a real emergency, or ''."""
    alone = has_clock = True
    """Nobody else plays it, and the clock is one's own."""
    seats: Mapping[str, bool] = {}

    def may(self, do: str) -> bool:
        """Whether this seat may take an action: whoever plays alone may take every one."""
        return do in VERBS

    def who_may(self, do: str) -> tuple[str, ...]:
        """The seats that may take it."""
        return (self.seat,) if self.may(do) else ()

    def told(self) -> tuple[str, ...]:
        """What somebody else has to say to this seat: nothing, where nobody else is."""
        return ()

    # -- time ------------------------------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """The run's folder. Raises DrillError for a rehearsal, which has none."""
        if self._folder is None:
            raise DrillError("a rehearsal is kept nowhere")
        return self._folder

    @property
    def now_ms(self) -> int:
        """Sim-milliseconds since STARTEX."""
        return self.world.now_ms

    @property
    def ends_ms(self) -> int:
        """ENDEX at the latest."""
        return self.world.ends_ms

    @property
    def ended(self) -> bool:
        return self.world.ended

    @property
    def paused(self) -> bool:
        return self._pace.paused

    @property
    def pace(self) -> float:
        """Scenario minutes per real minute."""
        return self._pace.pace

    def tick(self) -> Changed:
        """Catch up with the clock; says what changed on the desk. Call it about twenty times a second."""
        now = self._look()
        due = max(self.world.now_ms, min(self._pace.at(now), self.ends_ms))
        if not self.ended and (due > self.world.now_ms or due == self.ends_ms):
            self.world.advance(due)
        if now - self._marked_s >= 1.0 and not self._closed and not self.paused:
            self._marked_s = now
            self._journal.append({"kind": "mark", "at": self.world.now_ms}, sync=False)
        changed = self._fold()
        if self.ended and not self._closed:
            self._finish()
        return changed

    def _look(self) -> float:
        """What the clock says; a gap since the last look is not played, whoever is the first to notice it."""
        now = self._clock()
        gap = self._pace.gap(now)
        if gap and not self.ended:
            self._pace = self._pace.away()
            self.why_paused = f"away for {_minutes(gap)}"
            self._note_clock("away")
        self._pace = self._pace.seen(now)
        return now

    def skip_to(self, at_ms: int) -> Changed:
        """Let sim time pass to this moment at once, without the clock: for scripted teams."""
        self._pace = Pace(max(self.world.now_ms, at_ms), self._clock(), self._clock(), self.pace, self.paused)
        if not self.ended:
            self.world.advance(max(self.world.now_ms, min(at_ms, self.ends_ms)))
        changed = self._fold()
        if self.ended and not self._closed:
            self._finish()
        return changed

    def pause(self, why: str = "paused") -> None:
        """Stop the clock."""
        now = self._look()
        if not self.paused:
            self._pace = self._pace.anchored(now, paused=True)
        self.why_paused = why
        self._note_clock("pause")

    def unpause(self) -> None:
        """Let the clock run on."""
        now = self._look()
        self._pace = self._pace.anchored(now, paused=False)
        self.why_paused = ""
        self._note_clock("resume")

    def set_pace(self, pace: float) -> None:
        """Another pace from now on. Raises ValueError if it isn't above 0."""
        now = self._look()
        self._pace = self._pace.anchored(now, pace=pace)
        self._note_clock("pace")

    def stop(self, why: str = "stopped", by: str = "") -> None:
        """ENDEX now, for a real emergency. `by`: in a room, the seat that has stopped it."""
        if not self.ended:
            who = {"by": by} if by else {}
            self._journal.append({"kind": "stop", "at": self.world.now_ms, "why": why, **who}, sync=True)
            self.stopped_by = by
            self.world.stop(why)
            self._fold()
            self._finish()

    def mark(self) -> None:
        """Note how far time has come: after a crash of this process it goes on from here, not from earlier."""
        if not self._closed:
            self._marked_s = self._clock()
            self._journal.append({"kind": "mark", "at": self.world.now_ms}, sync=False)

    def close(self) -> None:
        """Leave. The run can be resumed where it is."""
        if not self._closed:
            self._journal.append({"kind": "mark", "at": self.world.now_ms}, sync=True)
        self._journal.close()

    # -- acting ----------------------------------------------------------------------------------------------

    def act(
        self, do: str, *, void_ok: bool = False, standing: bool = False, seat: str = "", key: str = "", **given: Any
    ) -> Action:
        """Take an action now. Raises Refused, with a sentence, when it can't be taken.

        `void_ok`: take one that the world will refuse all the same, as a `Void` in the log (for action files).
        `standing`: take it where the clock stands still too, at the moment where it stands. `key`: what a seat far away
        knows it by; with one that was taken before, the action of then is given back.
        """
        if isinstance(before := self.kept.get(key), Action):
            return before
        if do not in VERBS:
            raise Refused(f"there is no action {do!r}")
        unknown = sorted(set(given) - _FIELDS)
        if unknown:
            raise Refused(f"{do} takes no {unknown[0]}")
        self.tick()
        if self.ended:
            raise Refused("the exercise has ended")
        if self.paused and not standing:
            raise Refused("the clock stands still: you can read and write drafts", remedy="let it run to act")
        for name in ("text", "signed_by", "root_cause", "confidence"):
            given[name] = clean(given.get(name, ""), limit=LONGEST_TEXT)
        for name in ("also", "channels", "to", "accounts", "themes"):
            given[name] = tuple(dict.fromkeys(given.get(name, ())))
        # whoever calls gives fields by their names: _FIELDS has checked these, the world's refusal what they hold
        action = Action(f"a{self._number + 1}", self.world.now_ms, seat or self.seat, do, **given)  # type: ignore[arg-type]
        why, reason, _ = self.world.deeds.refused(action)
        if why and not void_ok:
            if reason:  # an outage or a lock-out tells something about the plan: that it was tried goes on the record
                self._take(action, key)
            raise Refused(why)
        if VERBS[do].speaks and not why:
            action = self._with_reading(action)
        self._take(action, key)
        return action

    def _take(self, action: Action, key: str) -> None:
        """Journal an action, then let it happen."""
        line = {"kind": "action", "action": to_data(action), "before": self.world.fingerprint()}
        with self.aside():
            self._journal.append({**line, "key": key} if key else line, sync=True)
        if key:
            self.kept[key] = action
        self._number += 1
        self.world.act(action)
        self._fold()

    def steer(self, do: str, *, key: str = "", **given: Any) -> Steering:
        """Steer the run as its facilitator, paused or not. Raises Refused, with a sentence, when it can't be done.

        `given`: the fields of `Steering`. `key`: as for `act`.
        """
        if isinstance(before := self.kept.get(key), Steering):
            return before
        if do not in STEERS or (unknown := sorted(set(given) - _STEERS)):
            raise Refused(f"there is no way to {do}" if do not in STEERS else f"{do} takes no {unknown[0]}")
        self.tick()
        if self.ended:
            raise Refused("the exercise has ended")
        for name in ("text", "subject"):
            given[name] = clean(given.get(name, ""), limit=LONGEST_TEXT)
        steering = Steering(f"s{self._steered + 1}", self.world.now_ms, do, **given)
        if why := self.world.controls.refusal(steering):
            raise Refused(why)
        line = {"kind": "steer", "steering": to_data(steering), "before": self.world.fingerprint()}
        with self.aside():
            self._journal.append({**line, "key": key} if key else line, sync=True)
        if key:
            self.kept[key] = steering
        self._steered += 1
        self.world.steer(steering)
        self._fold()
        return steering

    def _with_reading(self, action: Action) -> Action:
        text = action.text
        if action.do == "decide":
            text = self.desk.inbox[action.target].draft
        reading = self.check(text, do=action.do, target=action.target, kind=action.kind)
        values = {field.name: getattr(action, field.name) for field in fields(Action)}
        return Action(**{**values, "reading": reading})

    def check(self, text: str, *, do: str, target: str = "", kind: str = "") -> Reading:
        """Judge a text as it would be judged if it were sent now. Nothing is sent."""
        return self._read(clean(text, limit=LONGEST_TEXT), context_of(self.drill.scenario, self.desk, do, target, kind))

    # -- the coach -------------------------------------------------------------------------------------------

    @property
    def hints(self) -> tuple[Taken, ...]:
        """The hints of this run so far, those from before it was resumed among them."""
        return tuple(self._hints)

    def took(self, hint: Hint) -> None:
        """Note that a hint was shown. It goes on the record, and changes nothing else. Raises Refused where the coach
        is off or the exercise has ended."""
        if self.coach == "off":
            raise Refused("this drill is played without hints")
        if self.ended:
            raise Refused("the exercise has ended")
        one = Taken(self.world.now_ms, hint.situation, hint.about, hint.rung)
        self._journal.append(one.line(), sync=False)
        self._hints.append(one)

    # -- drafts ----------------------------------------------------------------------------------------------

    @property
    def drafts(self) -> dict[str, str]:
        """What was typed and not sent, by slot."""
        return self._drafts.all()

    def draft(self, slot: str) -> str:
        """What was typed in this slot and not sent, or ''."""
        return self._drafts.of(slot)

    def save_draft(self, slot: str, text: str) -> None:
        """Keep what is being typed, on disk, at once; an empty text forgets it. Raises DrillError if it can't be."""
        self._drafts.save(slot, text)

    # -- reading ---------------------------------------------------------------------------------------------

    def run(self) -> Run:
        """The run so far."""
        return Run(
            self.drill,
            self._of.setup,
            self._of.pace,
            self.seat,
            tuple(self.world.log),
            self.world.fingerprint(),
            self.desk,
            str(self._of.header["started"]),
            self._of.origin,
            self.hints,
        )

    @property
    def origin(self) -> Origin | None:
        """What it was tried again from; None for an ordinary run."""
        return self._of.origin

    def scorecard(self) -> Scorecard:
        """What the run is worth, so far or at its end."""
        return score(self.run())

    def truth(self) -> list[tuple[int, int]]:
        """What it really was: (from ms, level). Raises DrillError before ENDEX, when nobody may know."""
        if not self.ended:
            raise DrillError("what it really was is told after ENDEX")
        return self.run().truth()

    def log(self) -> Sequence[Event]:
        """Everything that happened, what was hidden from the team too. Raises DrillError before ENDEX."""
        if not self.ended:
            raise DrillError("what moved the public is told after ENDEX")
        return self.world.log

    def levels(self) -> list[tuple[int, int]]:
        """What the team said it was: (from ms, level)."""
        return list(self.desk.levels)

    # -- inside ----------------------------------------------------------------------------------------------

    def _fold(self) -> Changed:
        changed = Changed.NOTHING
        events, self._fresh[:] = list(self._fresh), []
        for event in events:
            changed |= self.desk.apply(event)
        self.desk.now_ms = self.world.now_ms
        return changed

    def _note_clock(self, what: str) -> None:
        if not self._closed:
            self._journal.append(
                {"kind": "clock", "what": what, "at": self.world.now_ms, "pace": str(self.pace)}, sync=False
            )

    def _finish(self) -> None:
        self._closed = True
        if self._folder is None:
            return
        store_events(self._folder, self.world)
        card = self.scorecard()
        assert self.desk.ended is not None
        self._journal.append(
            {
                "kind": "end",
                "at": self.world.now_ms,
                "why": self.desk.ended.why,
                "fingerprint": self.world.fingerprint(),
                "total": str(round(card.total, 1)),
                "rating": card.rating,
            },
            sync=True,
        )


def _last_pace(records: Sequence[Mapping[str, Any]]) -> float | None:
    """The pace when the run was left; None if it was never changed."""
    return next((float(line["pace"]) for line in reversed(records) if line["kind"] == "clock"), None)


def _minutes(seconds: float) -> str:
    return f"{round(seconds)} s" if seconds < 90 else f"{round(seconds / 60)} min"


__all__ = ["Reader", "Refused", "Session", "unplayed"]
