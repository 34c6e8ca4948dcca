"""What one person can do and when to practise it again: spaced practice, from their own history alone.

Rules
1. A skill is due 1, 4, 10, 21, 60 and then every 120 days after it was passed: gaps of days that expand, an early first
   refresher (W112, W113; the figures are defaults from resuscitation training).
2. A pass moves one step on, but only on a day when the skill was due: six passes in one afternoon are one pass. An
   earlier pass changes nothing about when to come back.
3. A failure goes back two steps, at least to the first. Practising before one is due is never punished otherwise.
4. A retry is practice and no attempt: it moves no step and no day. But whoever failed, tried again and passed is
   ready to play the whole of it, so that comes first.
5. Nothing here knows anybody else, and nothing here asks a clock: today is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from drills.practice.ladder import Exercise, ladder
from scenarios.days import show_day

STEPS = (1, 4, 10, 21, 60, 120)
"""Days until a skill is due again, by how often it was passed in time."""
BACK = 2
"""Steps that a failure costs."""
FADING = 3
"""In the last third of its gap a skill counts as fading (design choice)."""

Freshness = Literal["fresh", "fading", "due", "never"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One exercise played to its end."""

    exercise: str
    skill: str
    ladder: str
    at: str
    """ISO 8601, local time; its first ten characters are the day."""
    passed: bool
    source: str = ""
    """The run's name, or the sitting's id."""
    right: int | None = None
    of: int | None = None
    """For cards: how many were right, of how many; for a run its marks."""
    retry: bool = False
    """Played from the middle of another run: practice, and not counted."""

    @property
    def day(self) -> date:
        return date.fromisoformat(self.at[:10])


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill of one person."""

    skill: str
    ladder: str
    """The step that trains it, or ''."""
    title: str
    """The step's title, else the skill's name."""
    tried: date | None
    passed: date | None
    step: int
    """1 to 6 once it was tried, else 0."""
    due: date | None
    """None before it was ever tried."""
    freshness: Freshness
    """never: not passed yet."""
    attempts: tuple[Attempt, ...]
    """In order: the small line of one's own history."""
    retries: tuple[Attempt, ...] = ()
    """In order; they count for nothing."""

    @property
    def ready(self) -> Attempt | None:
        """The newest retry, where it was passed and the skill itself was not: its exercise is to be played from the
        start now."""
        last = self.retries[-1] if self.retries else None
        whole = self.attempts[-1].at if self.attempts else ""
        return last if last is not None and last.passed and self.passed is None and last.at > whole else None

    def overdue(self, today: date) -> int:
        """Days since it was due; negative before."""
        return (today - self.due).days if self.due is not None else 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to practise next."""

    exercise: Exercise
    skill: Skill
    why: str
    again: bool = False
    """Whether it was tried just now and not passed."""


def skills(history: Iterable[Attempt], today: date, retries: Iterable[Attempt] = ()) -> tuple[Skill, ...]:
    """The ten skills of the ladder in its order, then others that were tried, by name."""
    tried: dict[str, list[Attempt]] = {}
    for attempt in sorted(history, key=lambda one: one.at):
        tried.setdefault(attempt.skill, []).append(attempt)
    again: dict[str, list[Attempt]] = {}
    for attempt in sorted(retries, key=lambda one: one.at):
        again.setdefault(attempt.skill, []).append(attempt)
    steps = {step.skill: step for step in ladder()}
    names = [*steps, *sorted(tried.keys() - steps.keys())]
    return tuple(
        _skill(name, steps[name].id if name in steps else "", steps[name].title if name in steps else _words(name),
               tuple(tried.get(name, ())), today, tuple(again.get(name, ())))
        for name in names
    )  # fmt: skip


def surface(skill: str, exercises: Sequence[Exercise], history: Iterable[Attempt]) -> Exercise | None:
    """The exercise of a skill that was used least recently, one never used first: same skill, new surface."""
    last: dict[str, str] = {}
    for attempt in history:
        last[attempt.exercise] = max(last.get(attempt.exercise, ""), attempt.at)
    fitting = [one for one in exercises if one.skill == skill]
    return min(fitting, key=lambda one: last.get(one.id, ""), default=None)


AGAIN = "Not passed yet: play it once more from its start, while it is fresh."


def suggestions(
    found: Sequence[Skill], exercises: Sequence[Exercise], history: Sequence[Attempt], today: date
) -> tuple[Suggestion, ...]:
    """What to practise, the first one first: what was only passed as a retry, from its start; what was tried last of
    all, today, and never passed; what is due, the longest overdue first; the next new step; what is due soonest. What
    nobody wrote an exercise for is left out."""
    last = max(history, key=lambda one: one.at, default=None)
    missed = last if last is not None and last.day == today and not last.passed else None
    ready = [one for one in found if one.ready is not None]
    again = [one for one in found if missed and one.skill == missed.skill and one.passed is None and one.ready is None]
    rest = [one for one in found if one not in ready and one not in again]
    due = sorted(
        (one for one in rest if one.due is not None and one.due <= today), key=lambda one: (one.due, one.ladder)
    )
    trained = {exercise.skill for exercise in exercises}
    new = [one for one in rest if one.due is None and one.ladder and one.skill in trained][:1]
    later = sorted(
        (one for one in rest if one.due is not None and one.due > today), key=lambda one: (one.due, one.ladder)
    )
    told = []
    for skill in (*ready, *again, *due, *new, *later):
        exercise = surface(skill.skill, exercises, history)
        same = skill.ready or (missed if skill in again else None)
        if same is not None:
            exercise = next((one for one in exercises if one.id == same.exercise), exercise)
        if exercise is not None:
            why = _why(skill, exercise, history, today) if skill not in again else AGAIN
            told.append(Suggestion(exercise, skill, why, skill in again))
    return tuple(told)


def still_needed(found: Sequence[Skill]) -> tuple[str, ...]:
    """The steps that the entry rule wants passed before a seat in a team and that never were. Advice, never a lock."""
    needed = {step.id for step in ladder() if step.needed}
    return tuple(one.ladder for one in found if one.ladder in needed and one.passed is None)


def _skill(
    name: str, step_id: str, title: str, attempts: tuple[Attempt, ...], today: date, retries: tuple[Attempt, ...]
) -> Skill:
    step, due, passed = 0, None, None
    for day, same_day in groupby(attempts, key=lambda one: one.day):
        for attempt in same_day:
            if attempt.passed:
                if due is None or passed is None:
                    step = 1
                elif day >= due:
                    step = min(step + 1, len(STEPS))
                if due is None or passed is None or day >= due:
                    due = day + timedelta(STEPS[step - 1])
                passed = day
            else:
                step = max(1, step - BACK)
                due = day + timedelta(STEPS[step - 1])
    tried = attempts[-1].day if attempts else None
    fresh = _freshness(passed, due, step, today)
    return Skill(name, step_id, title, tried, passed, step, due, fresh, attempts, retries)


def _words(name: str) -> str:
    """A skill that is no step of the ladder, as people write it: `deep-breath` as `Deep breath`."""
    return name.replace("-", " ").capitalize()


def _freshness(passed: date | None, due: date | None, step: int, today: date) -> Freshness:
    if passed is None or due is None:
        return "never"
    if today >= due:
        return "due"
    return "fading" if FADING * (due - today).days <= STEPS[step - 1] else "fresh"


def _why(skill: Skill, exercise: Exercise, history: Sequence[Attempt], today: date) -> str:
    """Why this one, as one sentence."""
    if skill.ready is not None:
        return "You passed it as a retry, and a retry is not counted: play it once from its start."
    if skill.due is None or skill.tried is None:
        return f"{skill.ladder} is the next step that is new to you."
    used = any(attempt.exercise == exercise.id for attempt in history)
    other = "" if used else " This one has the same skill in a story you have not seen."
    if skill.due > today and skill.passed is None:
        return f"Tried and not passed yet. It comes back on {show_day(skill.due, today)}; now is fine as well.{other}"
    if skill.due > today:
        return f"Nothing to do before {show_day(skill.due, today)}.{other}"
    days = skill.overdue(today)
    since = "yesterday" if days == 1 else show_day(skill.due, today)
    late = "it is due today" if days == 0 else f"it has been due since {since}"
    done = "Tried and not passed yet" if skill.passed is None else f"Last passed on {show_day(skill.passed, today)}"
    return f"{done}; {late}.{other}"
