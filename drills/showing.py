"""Runs and judgements as plain lines, for a screen that is no terminal, for pipes and for logs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from drills import responders
from drills.drill import Drill
from drills.errors import DrillError
from drills.run import Run
from drills.scoring import score
from drills.scoring.card import DIMENSIONS, Scorecard
from drills.session import Session
from drills.tone import Context, read
from drills.tone.judge import LONGEST, judge_line
from engine.events import ContentFired, Mood, Posted, Published, Received, Volume
from scenarios.moments import MINUTE, show_moment
from scenarios.text import clean

WATERMARK = "EXERCISE EXERCISE EXERCISE"
RATING_WORDS = {
    "P": "performed without challenges",
    "S": "performed with some challenges",
    "M": "performed with major challenges",
    "U": "unable to be performed",
}


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
    """What happened, minute by minute: what was scripted, what the team did, how many others spoke."""
    minute, others = -1, 0
    desk = run.desk
    ours = {action.id for action in run.actions()}
    logged = {line.at_ms // MINUTE: [] for line in desk.log}  # type: dict[int, list[str]]
    for line in desk.log:
        logged[line.at_ms // MINUTE].append(f"{line.who}: {line.what}")
    for event in run.log:
        if event.at_ms // MINUTE != minute:
            yield from _rest(minute, others, logged)
            minute, others = event.at_ms // MINUTE, 0
        at = show_moment(event.at_ms)
        match event:
            case Posted(form="scripted", author="brand") if event.cause in ours:
                pass  # its action has a line of its own
            case Posted(form="scripted"):
                view = desk.posts[event.key]
                yield f"{at}  {view.handle} on {event.channel}: {view.text}"
            case Posted():
                others += 1
            case Received(medium="colleague"):
                yield f"{at}  {desk.name_of(event.author)}: {event.text}"
            case Received():
                yield f"{at}  [{event.medium}] {desk.name_of(event.author)}: {event.subject or event.text}"
            case ContentFired():
                yield f"{at}  scheduled content went out: {event.content}"
            case Published(form="statement"):
                yield f"{at}  published on {', '.join(event.channels)}: {event.text}"
            case Mood() | Volume():
                pass
    yield from _rest(minute, others, logged)


def _rest(minute: int, others: int, logged: dict[int, list[str]]) -> Iterator[str]:
    for line in logged.pop(minute, ()):
        yield f"{show_moment(minute * MINUTE)}    > {line}"
    if others:
        yield f"{show_moment(minute * MINUTE)}    ({others} more post{'s' * (others != 1)})"


def scorecard_lines(card: Scorecard) -> Iterator[str]:
    """The scorecard with its evidence."""
    yield f"TOTAL {card.total:.1f} of 100: {card.rating}, {RATING_WORDS[card.rating]}"
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


def judge_text(data: bytes) -> Iterator[str]:
    """A person's text, judged: its quality and every finding with its words. Raises DrillError if there is none."""
    text = clean(data.decode("utf-8", "replace")).strip()
    if not text:
        raise DrillError("there is no text to judge", "standard input", "type one, or pipe one in")
    if len(text) > LONGEST:
        raise DrillError(f"{len(text):,} characters are too many", "standard input", f"give at most {LONGEST:,}")
    reading = read(text, Context())
    yield f"{reading.overall / 10_000:.0f} of 100"
    for finding in reading.findings:
        sign = "+" if finding.value > 0 else "-"
        yield f"  {sign} “{text[finding.start : finding.end]}”: {finding.why}"
        if finding.tip and finding.value < 0:
            yield f"      {finding.tip}"
    if not reading.findings:
        yield "  nothing stands out, for better or worse"


def judge_lines(lines: Iterable[bytes]) -> Iterator[tuple[str, bool]]:
    """Lines of JSON, judged: the answer and True, or a sentence about a bad line and False."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"standard input:{number}"
        try:
            # ASCII, so that no half character and no terminal can spoil a line.
            yield json.dumps(judge_line(json.loads(line))), True
        except json.JSONDecodeError as error:
            yield f"{place}:{error.colno}: not a JSON object: {error.msg.lower()}", False
        except UnicodeDecodeError:
            yield f"{place}:1: this line is not UTF-8; save it as UTF-8", False
        except RecursionError:
            yield f"{place}:1: not a JSON object: it is nested too deeply", False
        except ValueError as error:
            yield f"{place}:1: {error}", False
