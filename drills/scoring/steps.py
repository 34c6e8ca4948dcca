"""What a good team does here, as the scenario says, and whether and when it was done (Cd5, the critical tasks).

The log is folded again into what conditions may ask about. A condition counts as done when it first holds; one that
asks for something *not* to have happened is asked when its time is up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from drills.deadlines import with_floor
from drills.scoring.record import Record
from drills.scoring.spoken import PLAIN
from engine.actions import Action
from engine.conditions import State, holds
from engine.events import Acted, ContentFired, Event, InjectFired, Mood, Published, Volume
from scenarios.conditions import Condition

NOTE_WORDS = 10
"""A deviation that is explained in a note of so many words is no fault."""
EXPLAINS = ("because", "instead", "deviat", "not following", "skip", "since the plan", "plan says")


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was asked for, and what came of it."""

    id: str
    text: str
    task: str
    """CT1 to CT12, or '' for a step of the scenario."""
    start_ms: int
    due_ms: int
    """The end of the run where there is no time."""
    done_ms: int | None
    score: float | None
    """1 in time, 0.5 within twice the time, 0 later or never; None: not yet due, or a deviation that was explained."""


def steps(record: Record) -> tuple[Step, ...]:
    """Every step that applies to this run, in order of its time."""
    asked = sorted(_asked(record), key=lambda one: (one[1], one[0]))
    done = _when(record, [(condition, start, due, last) for _, start, due, last, condition, _, _ in asked])
    found: list[Step] = []
    for (id_, start, due, last, condition, task, text), done_ms in zip(asked, done, strict=True):
        score = _score(record, due, last, done_ms, timeless=_forbids(condition))
        found.append(Step(id_, text, task, start, due, done_ms, score))
    return _excused(record, found)


Asked = tuple[str, int, int, int, Condition, str, str]
"""id, from ms, due ms, last ms that still counts half, condition, task, text."""


def _asked(record: Record) -> Iterator[Asked]:
    floor = record.rubric["floors.note"]
    for step in record.scenario.expected.steps:
        due = record.end_ms if step.by is None else with_floor(step.by, floor, record.run.pace)
        yield step.id, 0, due, due if step.by is None else 2 * due, step.does, "", step.text
    for id_, at_ms in record.fired.items():
        inject = record.injects.get(id_)
        if inject is not None and inject.expects is not None:
            within = with_floor(inject.expects.within, record.rubric["floors.reply"], record.run.pace)
            text = inject.expects.why or f"after {inject.subject or id_}"
            yield id_, at_ms, at_ms + within, at_ms + 2 * within, inject.expects.does, inject.expects.task, text


def _score(record: Record, due: int, last: int, done: int | None, *, timeless: bool) -> float | None:
    if due > record.end_ms or (due == record.end_ms and done is None and not record.complete):
        return 1.0 if done is not None and not timeless else None
    if done is None:
        return 0.0
    return 1.0 if done <= due else 0.5 if done <= last else 0.0


def _excused(record: Record, found: list[Step]) -> tuple[Step, ...]:
    """A note that explains a deviation makes the next missed step neutral; each note one."""
    notes = [
        action.at_ms
        for action in record.actions
        if action.do == "note"
        and len(action.text.split()) >= NOTE_WORDS
        and any(word in action.text.casefold() for word in EXPLAINS)
    ]
    result: list[Step] = []
    for step in found:
        missed = step.score is not None and step.score < 1 and not step.task
        if missed and notes and any(at >= step.start_ms for at in notes):
            notes.remove(next(at for at in notes if at >= step.start_ms))
            step = Step(step.id, step.text, step.task, step.start_ms, step.due_ms, step.done_ms, None)
        result.append(step)
    return tuple(result)


# -- folding the log for conditions ------------------------------------------------------------------------------

_TELLING: tuple[type[Event], ...] = (Acted, Published, ContentFired, InjectFired, Mood, Volume)


def _when(record: Record, asked: list[tuple[Condition, int, int, int]]) -> list[int | None]:
    """When each condition was first met from its start on, or None."""
    state = State(people=record.people)
    minutes: list[int] = []
    angers: dict[str, int] = {}
    state.minutes, state.angers = minutes, angers
    done: list[int | None] = [None] * len(asked)
    final = {number: one[2] for number, one in enumerate(asked) if _forbids(one[0])}
    pending = {number: _turned_by(one[0]) for number, one in enumerate(asked) if number not in final}
    looked: set[int] = set()
    ends: list[tuple[int, Event | None]] = [(event.at_ms, event) for event in record.log if isinstance(event, _TELLING)]
    for at_ms, event in [*ends, (record.end_ms, None)]:
        for number, due in list(final.items()):
            if due < at_ms or (event is None and due <= record.end_ms):
                state.now_ms = due
                done[number] = due if holds(asked[number][0], state) else None
                del final[number]
        state.now_ms = at_ms
        if event is not None:
            _take(record, state, event, minutes, angers)
        for number, kinds in list(pending.items()):
            condition, start, _, _ = asked[number]
            if at_ms < start or (number in looked and not isinstance(event, kinds)):
                continue  # nothing that it asks about has changed since it was last looked at
            looked.add(number)
            if holds(condition, state):
                done[number] = at_ms
                del pending[number]
    return done


_TURNS: dict[str, tuple[type[Event], ...]] = {
    "acted": (Acted,),
    "level": (Acted,),
    "published": (Published,),
    "fact_said": (Published,),
    "content_fired": (ContentFired,),
    "fired": (InjectFired,),
}
"""Which events can turn a predicate; those that are not named here turn with time."""


def _turned_by(condition: Condition) -> tuple[type[Event], ...]:
    """The events that can make a condition hold that did not."""
    kinds: set[type[Event]] = set()
    for name in type(condition).model_fields:
        value = getattr(condition, name)
        if value is None:
            continue
        if name in ("all_of", "any_of", "none_of"):
            kinds.update(kind for each in value for kind in _turned_by(each))
        else:
            kinds.update(_TURNS.get(name, _TELLING))
    return tuple(kind for kind in _TELLING if kind in kinds)


def _take(record: Record, state: State, event: Event, minutes: list[int], angers: dict[str, int]) -> None:
    match event:
        case Acted(action=action):
            state.actions.append(action)
            if action.do == "classify":
                state.level = action.level
            elif action.do == "decide":
                state.answered.setdefault(action.target, event.at_ms)
        case Published():
            state.published.append((event, _action(record, event)))
            for target in event.targets:
                state.answered.setdefault(target, event.at_ms)
        case ContentFired():
            state.fired_content.add(event.content)
        case InjectFired():
            state.fired.setdefault(event.inject, event.at_ms)
        case Mood():
            if event.posts:
                angers[event.theme] = event.anger
        case Volume():
            minutes.append(event.posts)
            del minutes[:-10]
        case _:
            pass


def _action(record: Record, event: Published) -> Action:
    found = next((one for one in record.actions if one.id == event.action), None)
    return found or Action(event.action, event.at_ms, "", "publish", text=event.text, reading=PLAIN)


def _forbids(condition: Condition) -> bool:
    """Whether anything in it must not have happened, or must not be so."""
    inner = (*(condition.all_of or ()), *(condition.any_of or ()))
    return condition.none_of is not None or any(_forbids(one) for one in inner)


def shown_content(record: Record) -> list[tuple[str, str, float | None]]:
    """Scheduled items that clash with what is going on: id, what became of them, and 1 stopped, 0 gone out.

    An item clashes when the scenario says so and its moment came at L2 or above. None: its moment never came.
    """
    found: list[tuple[str, str, float | None]] = []
    edited = {action.target for action in record.actions if action.do == "edit"}
    for content in record.scenario.content:
        fired = record.fired_content.get(content.id)
        moment = content.at if fired is None else fired
        if record.truth_at(moment) < 2 and not (content.clash and record.peak >= 2):
            continue
        if moment > record.end_ms or (fired is None and content.at >= record.end_ms):
            found.append((content.id, "not yet due", None))
        elif fired is not None:
            mild = content.id in edited
            found.append((content.id, "went out with other words" if mild else "went out", 1.0 if mild else 0.0))
        else:
            found.append((content.id, "stopped", 1.0))
    return found
