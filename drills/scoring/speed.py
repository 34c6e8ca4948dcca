"""Speed: how soon the team noticed, named, acknowledged, answered and kept people informed (Sp1 to Sp6)."""

from __future__ import annotations

from itertools import pairwise

from drills.scoring.card import Evidence, Line
from drills.scoring.first_word import acknowledgement
from drills.scoring.harm import most_answered
from drills.scoring.lines import count, line, mean, percent, weighted
from drills.scoring.record import Record, Waiter
from drills.scoring.rubric import Thresholds
from drills.scoring.timing import after, f, floored, judged
from drills.scoring.tone import empty_copy
from engine.actions import Action
from scenarios.moments import show_moment

WATCHING = ("note",)
"""What can be done without having noticed anything."""


def lines(record: Record) -> list[Line]:
    """The lines of Speed."""
    return [
        _detection(record),
        _classification(record),
        _acknowledged(record),
        _answers(record),
        _updates(record),
        _closing(record),
    ]


# -- Sp1, Sp2 ----------------------------------------------------------------------------------------------------


def _detection(record: Record) -> Line:
    start = record.trigger_ms
    at = record.timed("detect", "triage")
    if start is None:
        return line(record.rubric, "Sp1", None, "Not assessed: nothing had happened yet when the run ended.")
    first = noticed(record)
    score = judged(first.at_ms if first else None, start, record.end_ms, at)
    if score is None:
        return line(record.rubric, "Sp1", None, "Not assessed: the run ended before anybody had to have noticed.")
    target = f"target {after(at.target)} after {show_moment(start)}"
    if first is None:
        seen = [Evidence(start, "the first of it could be seen")]
        return line(record.rubric, "Sp1", score, f"Nobody touched anything; {target}.", seen, _NOTICE)
    why = f"First sign that somebody had noticed at {show_moment(first.at_ms)}; {target}."
    seen = [Evidence(first.at_ms, _did(first), first.id)]
    return line(record.rubric, "Sp1", score, why, seen, _NOTICE, earned=score >= _IN_TIME)


_IN_TIME = 1.0
"""Full credit is for the target alone (`judged`): who came after it may have scored well, and is not praised for it."""
_NOTICE = "Mark or answer the first unusual post, or look over the accounts, as soon as it appears."


def noticed(record: Record) -> Action | None:
    """The first thing that shows that the team had seen the trigger."""
    start = record.trigger_ms or 0
    return next((one for one in record.actions if one.at_ms >= start and one.do not in WATCHING), None)


def _did(action: Action) -> str:
    return f"{action.do.replace('_', ' ')} {action.target or ', '.join(action.to)}".strip()


def _classification(record: Record) -> Line:
    at = record.timed("classify", "note")
    scores: list[float] = []
    evidence: list[Evidence] = []
    worst = (2.0, "")
    for start, end, level in record.segments():
        if level <= 1 and record.said_at(end) is None:
            continue  # usual work needs no word on its level
        done = next((when for when in _adequate(record, start, level) if when < end), None)
        score = judged(done, start, end, at)
        if score is None:
            continue
        if done is None and end < record.end_ms:
            score = f(end - start, at)  # it passed unnamed: what was lost is the time until then
        scores.append(score)
        said = (
            "never named" if done is None else f"named {after(done - start)} later" if done > start else "named at once"
        )
        evidence.append(Evidence(start, f"truly L{level}; {said}"))
        if score < worst[0]:
            worst = (score, f"L{level} from {show_moment(start)} {said}")
    if not scores:
        return line(record.rubric, "Sp2", None, "Not assessed: no change of level had to be named in this run.")
    why = f"{count(len(scores), 'change')} of level to name; the slowest: {worst[1]}; target {after(at.target)}."
    return line(record.rubric, "Sp2", mean(scores), why, evidence, "Say the new level as soon as the facts change.")


def _adequate(record: Record, start: int, level: int) -> list[int]:
    """When the team's word fitted this truth: a word from before only if it stands and is exact; a new one also when
    it is one too high and does not claim to be sure."""
    when: list[int] = []
    for action in record.actions:
        if action.do != "classify" or action.level is None:
            continue
        if action.at_ms < start:
            if action.level == level and record.said_at(start) == level:
                when.append(start)
        elif action.level == level or (action.level == level + 1 and action.confidence != "high"):
            when.append(action.at_ms)
    return when


# -- Sp3 ---------------------------------------------------------------------------------------------------------


def _acknowledged(record: Record) -> Line:
    found = acknowledgement(record)
    if found is None:
        why = "Not assessed: no public word was due in this run."
        return line(record.rubric, "Sp3", None, why)
    target = f"target {after(found.at.target)} from L{found.level} at {show_moment(found.start_ms)}"
    better = "A holding statement where it started, signed, without a cause: what we know, what we do, when next."
    if found.level <= 1:
        better = "One personal answer in the thread itself."
    if found.text is None:
        kind = "personal answer" if found.level <= 1 else "public word"
        why = f"No {kind} on {record.origin} by {show_moment(record.end_ms)}; {target}."
        asked = [Evidence(found.start_ms, f"from here L{found.level} asked for a {kind}")]
        return line(record.rubric, "Sp3", found.score, why, asked, better)
    why = f"First public word on {record.origin} at {show_moment(found.text.at_ms)}; {target}."
    if found.hasty:
        why = f"{why[:-1]}, but {found.hasty}: half credit at most."
        better = "A holding statement needs no cause. Fill in the assessment before anything official."
    in_time = (found.score or 0.0) >= _IN_TIME
    return line(record.rubric, "Sp3", found.score, why, [found.text.evidence()], better, earned=in_time)


# -- Sp4, Sp6 ----------------------------------------------------------------------------------------------------


def due(record: Record) -> list[Waiter]:
    """Whose answer can be judged: everybody who got one, and everybody who waited past the target."""
    target = record.timed("answer", "reply").target
    return [one for one in record.waiters if one.answered_ms is not None or record.end_ms - one.at_ms > target]


def _answers(record: Record) -> Line:
    at = record.timed("answer", "reply")
    people = due(record)
    score = weighted(
        (
            _weight(record, one),
            0.0 if one.answered_ms is None else f(one.answered_ms - one.at_ms, at) * worth(record, one),
        )
        for one in people
    )
    if score is None:
        return line(record.rubric, "Sp4", None, "Not assessed: nobody had waited long enough for an answer.")
    answered = [one for one in people if one.answered_ms is not None]
    soon = sum(1 for one in answered if (one.answered_ms or 0) - one.at_ms <= at.target)
    why = f"{len(answered)} of {count(len(record.waiters), 'message')} answered, {soon} within {after(at.target)}"
    young = len(record.waiters) - len(people)
    why += f"; {young} had waited less than that at the end and are not judged" if young else ""
    why += "; harm counts three times, a question twice."
    empty = sum(1 for one in answered if worth(record, one) < 1)
    if empty:
        share = percent(record.rubric["answers.empty"])
        why = f"{why[:-1]}; {count(empty, 'answer')} pasted without content, each worth {share}."
    missed = [one for one in people if one.answered_ms is None]
    missed.sort(key=lambda one: (not one.scripted, -_weight(record, one), one.at_ms))
    evidence = [
        Evidence(one.at_ms, f"no answer to this {one.need}: “{shown(record, one)}”", one.key) for one in missed[:4]
    ]
    better = "Answer harm first, then questions, groups with one reply."
    return line(record.rubric, "Sp4", score, why, evidence, better, earned=most_answered(record))


def worth(record: Record, one: Waiter) -> float:
    """What somebody's answer is worth as one: an empty copy is no human answer (W59)."""
    hollow = one.answer is not None and empty_copy(record, one.answer)
    return record.rubric["answers.empty"] if hollow else 1.0


def _weight(record: Record, one: Waiter) -> float:
    return record.rubric[f"answer_weights.{one.need}"]


def shown(record: Record, one: Waiter) -> str:
    """What somebody said, short."""
    view = record.run.desk.posts.get(one.key)
    text = one.post.text or (view.text if view is not None else one.post.theme)
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


def _closing(record: Record) -> Line:
    at = record.timed("conclude", "reply")
    flagged = {key for action in record.actions if action.do == "flag" and action.kind == "priority"
               for key in (action.target, *action.also)}  # fmt: skip
    scores: list[float] = []
    evidence: list[Evidence] = []
    for one in record.waiters:
        if one.key in flagged or (one.scripted and one.need == "harm"):
            closing = [text.at_ms for text in record.texts if one.key in text.event.targets]
            score = judged(max(closing, default=None), one.at_ms, record.end_ms, at)
            if score is not None:
                scores.append(score)
                said = f"last answer {after(max(closing) - one.at_ms)} later" if closing else "no answer"
                evidence.append(Evidence(one.at_ms, f"“{shown(record, one)}”: {said}", one.key))
    if not scores:
        return line(record.rubric, "Sp6", None, "Not assessed: no priority case was due for its closing answer.")
    why = f"{count(len(scores), 'priority case')}; target {after(at.target)} to the closing answer. Shown, not counted."
    return line(record.rubric, "Sp6", mean(scores), why, evidence, "Come back to each priority case and close it.")


# -- Sp5 ---------------------------------------------------------------------------------------------------------


def _updates(record: Record) -> Line:
    rubric = record.rubric
    words = record.broadcasts
    promised = [
        (text, promise.due_ms) for text in words for promise in text.reading.promises if promise.what == "update"
    ]
    grace = rubric.minutes("promise_grace")
    kept: list[bool] = []
    evidence: list[Evidence] = []
    for text, due_ms in promised:
        came = any(text.at_ms < other.at_ms <= due_ms + grace for other in words)
        if came or (due_ms + grace < record.end_ms and not _over(record, due_ms)):
            kept.append(came)
            evidence.append(Evidence(due_ms, f"promised for {show_moment(due_ms)}: {'kept' if came else 'not kept'}"))
    cadence = _cadence(record)
    gap, silent_ms = (
        (None, 0) if cadence is None else _gap(record, cadence, [(text.at_ms, when) for text, when in promised])
    )
    share = mean(float(one) for one in kept)
    if cadence is not None and gap is not None:
        score = f(gap, Thresholds(cadence, 2 * cadence, 3 * cadence)) * (1.0 if share is None else share)
        said = f"longest silence {after(gap)}; something is due every {after(cadence)}"
        evidence.append(Evidence(silent_ms, f"the longest silence begins: {after(gap)}"))
    elif share is not None:
        score, said = share, "no rhythm of updates was due"
    elif cadence is not None and not words and record.peak >= 3 and record.end_ms - (record.since(3) or 0) > cadence:
        score, said = 0.0, f"nothing was said to everybody at all; something is due every {after(cadence)}"
        evidence.append(Evidence(record.since(3) or 0, "from here people waited for a word to everybody"))
    else:
        return line(rubric, "Sp5", None, "Not assessed: no update was promised or due.")
    promises = f"{sum(kept)} of {count(len(kept), 'promise')} of an update kept" if kept else "no update was promised"
    why = f"{promises.capitalize()}; {said}."
    return line(
        rubric, "Sp5", score, why, evidence, "Say when the next word comes, and speak then, even with nothing new."
    )


def _over(record: Record, at_ms: int) -> bool:
    """Whether the team had rightly ended the crisis mode by then."""
    ready = record.scenario.expected.stand_down
    return any(
        action.do == "stand_down" and ready is not None and ready <= action.at_ms <= at_ms for action in record.actions
    )


def _cadence(record: Record) -> int | None:
    every = record.scenario.expected.update_every
    level = record.peak
    if every is None and level >= 2:
        every = record.rubric.minutes(f"update_every.L{level}")
    if every is None:
        return None
    return round(floored(Thresholds(every, every, every), record.rubric["floors.reply"], record.run.pace).target)


def _gap(record: Record, cadence: int, promised: list[tuple[int, int]]) -> tuple[float | None, int]:
    """The longest silence after the first word while it lasted, and when it began; None where no word was due.
    Silence until an announced time is no silence."""
    words = sorted(text.at_ms for text in record.broadcasts)
    if not words:
        return None, 0
    level = record.peak if record.peak < 3 else 3
    stop = min(record.until(level) if record.scenario.expected.update_every is None else record.until(2), record.end_ms)
    stood = [action.at_ms for action in record.actions if action.do == "stand_down" and _over(record, action.at_ms)]
    stop = min([stop, *stood])
    marks = [at for at in words if at < stop] + [stop]
    if len(marks) < 2 or stop - words[0] <= cadence:
        return None, 0
    gaps: list[tuple[float, int]] = []
    for begin, end in pairwise(marks):
        announced = max((due_ms for made_ms, due_ms in promised if made_ms <= begin < due_ms), default=begin)
        silent_from = min(end, announced)
        gaps.append((end - silent_from, silent_from))
    return max(gaps, key=lambda one: one[0])
