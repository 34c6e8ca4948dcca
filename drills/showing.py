"""Runs as plain lines, for a screen that is no terminal, for pipes and for logs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from drills import responders
from drills.drill import Drill
from drills.review_text import WATERMARK, letter_words
from drills.run import Run
from drills.scoring import score
from drills.scoring.card import DIMENSIONS, Scorecard
from drills.session import Session
from engine.events import Event, Posted, Received
from scenarios.moments import MINUTE, show_moment


def minute_by_minute(drill: Drill, responder: str = "textbook") -> Iterator[str]:
    """Play a drill with a scripted team and say what happened, then what it scored and why."""
    session = Session.rehearse(drill)
    responders.play(session, responder)
    run = session.run()
    yield WATERMARK
    yield f"{drill.title}: {drill.file.blurb}"
    yield f"Played by the scripted team '{responder}', seed {run.setup.seed}."
    yield ""
    yield from happened(run)
    yield ""
    yield from scorecard_lines(score(run))
    yield ""
    yield "Play it yourself in a terminal:"
    yield "  ./run                    the lobby; one key starts this drill"
    yield f"  stormdrill play {drill.id}"
    yield WATERMARK


def happened(run: Run) -> Iterator[str]:
    """What happened, in order: what was scripted, what the team did, and minute by minute how many others spoke."""
    others = Counter(event.at_ms // MINUTE for event in run.posts() if event.form != "scripted")
    lines = [(event.at_ms, text) for event in run.log if (text := _scripted(event, run))]
    lines += [(line.at_ms, f"  > {line.who}: {line.what}") for line in run.desk.log]
    lines += [
        (minute * MINUTE + MINUTE - 1, f"  ({count} more post{'s' * (count != 1)} in this minute)")
        for minute, count in others.items()
    ]
    for at_ms, text in sorted(lines, key=lambda line: line[0]):
        yield f"{show_moment(at_ms)}  {text}"


def _scripted(event: Event, run: Run) -> str:
    """A scripted event in a line; '' for the crowd's, and for what the team's log tells already."""
    desk = run.desk
    match event:
        case Posted(form="scripted", author="brand") if event.key.startswith("our-"):
            return ""  # a text of the team: its action has a line of its own
        case Posted(form="scripted"):
            return f"{desk.posts[event.key].handle} on {event.channel}: {event.text}"
        case Received(medium="colleague"):
            return f"{desk.name_of(event.author)}: {event.text}"
        case Received():
            return f"[{event.medium}] {desk.name_of(event.author)}: {event.subject or event.text}"
    return ""


def scorecard_lines(card: Scorecard) -> Iterator[str]:
    """The scorecard with its evidence."""
    yield f"TOTAL {card.total:.1f} of 100: {card.rating}, {letter_words(card)}"
    for gate in card.gates:
        yield f"  {gate.id} caps it at {gate.cap:g}: {gate.why}"
    for dimension in DIMENSIONS:
        value = getattr(card, dimension)
        yield f"{dimension.upper():11} {'not assessed' if value is None else format(value, '.1f')}"
        for line in card.lines:
            if line.dimension != dimension:
                continue
            mark = "   -" if line.score is None else f"{line.score * 100:4.0f}"
            yield f"  {line.id:4} {mark}  {line.title}: {line.why}"
            for evidence in line.evidence[:2]:
                yield f"             {show_moment(evidence.at_ms)}  {evidence.text}"
