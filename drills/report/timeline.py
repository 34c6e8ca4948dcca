"""What turned a run, in order: what it was, what the team said and did, what was scripted or scheduled, who waited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from drills.desk import describe, draft_named, named, tried
from drills.gaps.model import Analysis
from drills.report.model import Kind, Moment
from drills.report.summary import span
from drills.room.notes import notes_of
from drills.scoring.card import Scorecard
from drills.scoring.record import Record
from engine.actions import VERBS, Action
from engine.events import (
    ContentChanged,
    ContentFired,
    Event,
    InjectFired,
    Steered,
    TruthChanged,
    Unreachable,
    Void,
)
from engine.steering import STEERS, SWITCHES, Steering
from scenarios.terms import LEVEL_WORDS

KEY = (
    "classify", "sweep", "publish", "hub", "answer_press", "delete", "hide", "close_account", "escalate", "inform",
    "stand_down", "review_fake", "resume",
)  # fmt: skip
"""What the team did that changes the course. Drafts stand in a chart of their own; replies are told by the first to
each need, and all of them in an annex."""
DECISIONS = ("classify", "publish", "hub", "delete", "close_account", "stand_down")
MOST_WAITS = 6
"""How many waits are told, the longest."""
SHORT = 110
"""Characters of a quoted text."""


def timeline(record: Record, card: Scorecard, analysis: Analysis) -> tuple[Moment, ...]:
    """Everything that turned the run, in order."""
    found = [*_world(record), *_team(record)]
    longest = sorted(analysis.waits, key=lambda wait: (wait.at_ms - wait.until_ms, wait.at_ms))[:MOST_WAITS]
    found += [
        Moment(wait.at_ms, "wait", wait.who, f"{wait.what}: {span(wait.until_ms - wait.at_ms)} of waiting")
        for wait in longest
    ]
    found += [Moment(one.at_ms, "consequence", "the public", one.text) for one in card.branches]
    return tuple(sorted(found, key=lambda one: one.at_ms))


def _world(record: Record) -> Iterator[Moment]:
    names = record.run.desk.name_of
    contents = {content.id: content for content in record.scenario.content}
    yield from observed(record.log)
    for event in record.log:
        match event:
            case TruthChanged():
                why = f": {event.why}" if event.why else ""
                yield Moment(event.at_ms, "truth", "truth", f"L{event.level} {LEVEL_WORDS[event.level]}{why}")
            case InjectFired() if _matters(record, event):
                yield _inject(record, event)
            case ContentFired() | ContentChanged(state="paused" | "found"):
                content = contents.get(event.content)
                kind = content.kind if content else "item"
                changed = "" if isinstance(event, ContentFired) else event.state
                done = {"": "went out", "paused": "was held"}.get(changed, f"was {changed}")
                quote = f": “{short(content.text)}”" if content else ""
                yield Moment(event.at_ms, "content", "schedule", f"{kind} {done}{quote}")
            case Steered(steering=one) if one.do != "observe":
                if told := steered(one, lambda key: _called(record, key)):
                    yield Moment(event.at_ms, "steering", "facilitator", told)
            case Unreachable():
                yield Moment(event.at_ms, "team", names(event.to), "did not answer the call")
            case Void():
                yield Moment(event.at_ms, "team", "the desk", f"could not {tried(event.do)}: {event.why}")


def observed(log: Iterable[Event]) -> Iterator[Moment]:
    """What the facilitator noted, as it was put right in the end."""
    for note in notes_of(log):
        about = f" on {note.seat}" if note.seat else ""
        yield Moment(note.at_ms, "steering", "facilitator", f"noted{about}: {short(note.text)}")


def _called(record: Record, key: str) -> str:
    """What people call what the facilitator's hand was on: an inject or a fact by its words, somebody by their name."""
    desk, inject = record.run.desk, record.injects.get(key)
    if inject is not None:
        return f"“{short(inject.subject or inject.text)}”"
    fact = next((one for one in record.scenario.facts if one.id == key), None)
    return f"“{short(fact.text)}”" if fact is not None else desk.name_of(draft_named(key, desk))


def steered(one: Steering, name: Callable[[str], str] = str) -> str:
    """What the facilitator did, in words; '' for what needs none: that a seat was taken. `name`: what is called how."""
    target, person = name(one.target), name(one.target.partition("/")[2])
    match one.do:
        case "nudge":
            return f"said to {target}: “{short(one.text)}”"
        case "speak":
            return f"spoke as {target} ({one.kind.replace('_', ' ')}): “{short(one.text)}”"
        case "decide":
            verdict = "approved" if one.kind == "approve" else "returned"
            return f"{verdict} {target} in the place of {person or 'its validator'}"
        case "shift":
            return f"moved what was to come by {span(abs(one.number))} {'later' if one.number > 0 else 'earlier'}"
        case "stretch" | "volume" | "hostility":
            return f"{STEERS[one.do].title.lower()} at {one.number // 10_000} %"
        case "switch":
            return f"switched {SWITCHES.get(one.target, one.target)} {one.kind}"
        case "seat":
            return f"{target} left the seat to the simulation" if one.kind == "left" else ""
    return f"{STEERS[one.do].title.lower()} {target}"


def _matters(record: Record, event: InjectFired) -> bool:
    """Whether an inject asked something of the team, or opened the run; the rest stands in the list of events, and what
    the facilitator said on the spot is told as their doing."""
    inject = record.injects.get(event.inject)
    return inject is not None and (inject.expects is not None or event.at_ms == record.trigger_ms)


def _inject(record: Record, event: InjectFired) -> Moment:
    inject = record.injects[event.inject]
    who = record.run.desk.name_of(inject.by) if inject.by else "the public"
    where = f" on {channel(record, inject.channel)}" if inject.channel else ""
    return Moment(event.at_ms, "inject", who, f"{inject.kind}{where}: “{short(inject.subject or inject.text)}”")


def _team(record: Record) -> Iterator[Moment]:
    answered: set[str] = set()
    shown: list[Action] = []
    for action in record.actions:
        post = record.posts.get(action.target)
        need = post.need if post else ""
        first = action.do in ("reply", "message") and need not in ("", "none") and need not in answered
        if first:
            answered.add(need)
        if first or action.do in KEY:
            shown.append(action)
    for action in _together(shown):
        kind: Kind = "decision" if action.do in DECISIONS else "team"
        yield Moment(action.at_ms, kind, seat(action), told(record, action))


def _together(actions: list[Action]) -> list[Action]:
    """One call to several people, one after another with the same words, as one."""
    found: list[Action] = []
    for action in actions:
        last = found[-1] if found else None
        same = last is not None and (last.do, last.seat, last.text) == (action.do, action.seat, action.text)
        if last is not None and same and action.do in ("escalate", "ask", "inform"):
            found[-1] = replace(last, to=(*last.to, *action.to))
        else:
            found.append(action)
    return found


def seat(action: Action) -> str:
    """Who acted, as the report names them."""
    return f"team ({action.seat})"


def told(record: Record, action: Action) -> str:
    """An action in a line, with names instead of keys."""
    desk = record.run.desk
    to = tuple(desk.name_of(one) for one in action.to)
    channels = tuple(channel(record, one) for one in action.channels)
    post = record.posts.get(action.target)
    inject = record.injects.get(action.target)
    target = action.target
    if post is not None:
        target = "our own text" if post.author == "brand" else desk.handle_of(post.author)
    elif inject is not None:
        target = inject.subject or (desk.name_of(inject.by) if inject.by else target)
    else:
        target = named(target, desk)
    target = draft_named(action.target, desk) if action.do == "decide" else target
    words = describe(replace(action, to=to, channels=channels, target=target, text=short(action.text)))
    return words if action.do in VERBS and words else action.do


def channel(record: Record, id_: str | None) -> str:
    """A channel's name."""
    return next((one.name for one in record.scenario.channels if one.id == id_), id_ or "")


def short(text: str, most: int = SHORT) -> str:
    """A text on one line, cut at a word."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1].rsplit(' ', 1)[0]} …"
