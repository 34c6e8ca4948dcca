"""Escalation: the level over time, who was told and when, the path of approval, hand-over and end (Es1 to Es6)."""

from __future__ import annotations

from dataclasses import dataclass

from drills.deadlines import with_floor
from drills.plan import CABINET, deadlines
from drills.scoring import approvals, sitreps
from drills.scoring.card import Evidence, Line
from drills.scoring.curve import curve
from drills.scoring.lines import count, line, mean, percent
from drills.scoring.record import Record
from drills.scoring.spoken import quoted
from drills.scoring.timing import after
from engine.events import Escalated
from scenarios.moments import MINUTE, show_moment


def lines(record: Record) -> list[Line]:
    """The lines of Escalation."""
    return [_curve(record), _people(record), _in_time(record), _path(record), _handover(record), _stand_down(record)]


# -- Es1 ---------------------------------------------------------------------------------------------------------


def _curve(record: Record) -> Line:
    found = curve(record)
    if found is None:
        return line(record.rubric, "Es1", None, "Not assessed: the run ended as it began.")
    if not found.pieces:
        why = "The team's level fitted the truth throughout."
        return line(record.rubric, "Es1", found.score, why, earned=bool(record.levels))
    wrong = sum(end - begin for begin, end, _ in found.pieces)
    truth, said = record.truth_at(found.worst_ms), record.said_at(found.worst_ms)
    held = "had not said what it was" if said is None else f"said L{said}"
    why = (
        f"Wrong for {after(wrong)} of {after(record.end_ms)}; at worst it {held} at {show_moment(found.worst_ms)} "
        f"while it was L{truth}."
    )
    figures = f"Here the area is {found.area:.2f} and the peak {found.peak:.2f}."
    evidence = [Evidence(at, f"truly L{level} from here") for at, level in record.truth]
    evidence += [Evidence(at, f"the team says L{level}") for at, level in record.levels]
    better = "Follow the facts up at once, and down as well."
    return line(record.rubric, "Es1", found.score, why, evidence, better, figures=figures)


# -- Es2, Es3 ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Required:
    """Somebody who must be told."""

    recipient: str
    since_ms: int
    within_ms: int


def required(record: Record) -> list[Required]:
    """Whom this run called for, without those who play in it or whom nobody could call."""
    expected = record.scenario.expected.recipients
    wanted: list[tuple[str, int, int | None]]
    if expected:
        wanted = [(one.to, one.of, one.within) for one in expected]
    else:
        level = record.peak
        usual = record.rubric.group(f"recipients.L{level}") if level >= 2 else {}
        wanted = [(to, level, None) for to in usual]
    found: list[Required] = []
    for to, level, given in wanted:
        since = record.since(level)
        people = record.named(to)
        if since is None or not people or to.partition("/")[0] in record.seats:
            continue
        within = _planned(record, to, level) if given is None else given
        if within is None:
            within = record.rubric.minutes(f"recipients.L{level}.{to.partition('/')[0]}")
        found.append(Required(to, since, with_floor(within, record.rubric["floors.note"], record.run.pace)))
    return found


def _planned(record: Record, to: str, level: int) -> int | None:
    if record.plan is None:
        return None
    due = deadlines(record.plan, level)
    ids = {one.id for one in record.named(to)}
    return min((within for id_, within in due.items() if id_ in ids), default=None)


def _calls(record: Record) -> list[Escalated]:
    """Whom the team itself called, in order; the switchboard's deputies are not its choice."""
    chosen = {action.id: action.to for action in record.actions}
    return [event for event in record.of(Escalated) if event.to in chosen.get(event.action, (event.to,))]


def told_ms(record: Record, recipient: str) -> int | None:
    """When somebody of this role was first called or told, or None."""
    ids = {one.id for one in record.named(recipient)}
    cabinet = recipient.partition("/")[0] == "CAB"
    return min(
        (call.at_ms for call in _calls(record) if call.to in ids or (cabinet and call.to == CABINET)), default=None
    )


def needless(record: Record) -> list[Escalated]:
    """Calls for help that nothing in the scenario, the plan or the level asked for; each person once."""
    fine = {one.to for one in record.scenario.expected.recipients}
    fine |= {fact.ask for fact in record.scenario.facts if fact.ask is not None}
    peak = record.peak
    for level in range(2, peak + 1):
        fine |= set(record.rubric.group(f"recipients.L{level}"))
    named = {one.id for to in fine for one in record.named(to)}
    # the desk itself; an owner who is also on the desk is still the owner when woken
    named |= {one.id for one in record.people.values() if one.role in ("REP", "CSM", "SML")}
    if record.plan is not None:
        for level in range(peak + 1):
            named |= set(deadlines(record.plan, level))
    found: dict[str, Escalated] = {}
    for call in _calls(record):
        if call.purpose == "escalate" and call.to not in named:
            found.setdefault(call.to, call)
    return list(found.values())


def _people(record: Record) -> Line:
    rubric = record.rubric
    wanted = [one for one in required(record) if _judgeable(record, one)]
    woken = {call.to for call in _calls(record) if call.purpose == "escalate"}
    wrong = needless(record)
    told = [one for one in wanted if told_ms(record, one.recipient) is not None]
    evidence = [
        Evidence(call.at_ms, f"called {_name(record, call.to)}, who was not needed", call.action) for call in wrong
    ]
    evidence += [Evidence(one.since_ms, f"{one.recipient} was never told") for one in wanted if one not in told]
    precision = 1.0 - len(wrong) / len(woken) if woken else None
    if not wanted:
        if precision is None:
            if record.end_ms <= (record.trigger_ms or 0):
                return line(rubric, "Es2", None, "Not assessed: the run ended before anybody could be called.")
            if any(one for one in required(record)):
                return line(rubric, "Es2", None, "Not assessed: nobody had to be told yet.")
            return line(rubric, "Es2", 1.0, "Nobody had to be called, and nobody was.", earned=False)
        why = f"Nobody had to be called; {count(len(woken), 'person')} called, {len(wrong)} needlessly."
        return line(rubric, "Es2", precision, why.replace("persons", "people"), evidence, _FEWER, earned=False)
    recall = len(told) / len(wanted)
    score = rubric["people.recall"] * recall + rubric["people.precision"] * (1.0 if precision is None else precision)
    if precision is None and not told:
        score = 0.0
    why = f"{len(told)} of {len(wanted)} who had to be told were told"
    why += f"; {count(len(woken), 'call')} for help, {len(wrong)} needless." if woken else "; none called for help."
    return line(rubric, "Es2", score, why, evidence, _FEWER if wrong else "Tell everybody on the list of this level.")


_FEWER = "Wake only whom the level calls for; tell the rest afterwards."


def _name(record: Record, person: str) -> str:
    return record.people[person].name if person in record.people else person


def _judgeable(record: Record, one: Required) -> bool:
    return told_ms(record, one.recipient) is not None or record.end_ms > one.since_ms + one.within_ms


def _in_time(record: Record) -> Line:
    scores: list[float] = []
    evidence: list[Evidence] = []
    wanted = [one for one in required(record) if _judgeable(record, one)]
    for one in wanted:
        told = told_ms(record, one.recipient)
        took = None if told is None else told - one.since_ms
        scores.append(
            0.0 if took is None else 1.0 if took <= one.within_ms else 0.5 if took <= 2 * one.within_ms else 0.0
        )
        said = "never" if took is None else f"after {after(max(0, took))}"
        at = one.since_ms if told is None else told
        evidence.append(Evidence(at, f"{one.recipient} told {said}; within {after(one.within_ms)}"))
    score = mean(scores)
    if score is None:
        return line(
            record.rubric, "Es3", None, "Not assessed: nobody had to be told by a time that passed in this run."
        )
    why = f"{sum(1 for one in scores if one == 1.0)} of {count(len(scores), 'person')} told in time."
    better = "Call first, in the order of the deadlines, with one situation report for all."
    return line(record.rubric, "Es3", score, why.replace("persons", "people"), evidence, better)


# -- Es4, Es5, Es6 -----------------------------------------------------------------------------------------------


def _path(record: Record) -> Line:
    checked = approvals.checked(record)
    if not checked:
        why = "Not assessed: no text of this run needed anybody's approval."
        return line(record.rubric, "Es4", None, why)
    passed = [one for one in checked if one.ok]
    evidence = [Evidence(one.text.at_ms, f"{one.why}: “{quoted(one.text.event.text, 90)}”", one.text.event.action)
                for one in checked if not one.ok]  # fmt: skip
    why = f"{len(passed)} of {count(len(checked), 'text')} that needed approval went the plan's way."
    better = "Send the draft to its validator, use the approved words, or the emergency rule where the plan has one."
    return line(record.rubric, "Es4", len(passed) / len(checked), why, evidence, better)


def spared_path(record: Record) -> float | None:
    """Es4 had nobody been kept waiting: what went out after its validators had let the time-out pass counts as
    approved. None where no text needed approval."""
    checked = approvals.checked(record)
    return mean(float(one.ok or one.in_vain) for one in checked)


def _handover(record: Record) -> Line:
    rubric = record.rubric
    reports: dict[str, tuple[int, str]] = {}
    for action in record.actions:
        if action.do == "escalate":
            reports.setdefault(" ".join(action.text.split()), (action.at_ms, action.id))
    scores: list[float] = []
    evidence: list[Evidence] = []
    for text, (at_ms, id_) in reports.items():
        has = sitreps.items(text)
        missing = [name for name in sitreps.NAMES if name not in has]
        scores.append(len(has) / len(sitreps.NAMES))
        lacks = f"lacks {', '.join(missing)}" if missing else "complete"
        evidence.append(Evidence(at_ms, f"{lacks}: “{quoted(text, 90)}”", id_))
    for event, answered in record.received("executive"):
        due = event.due_ms if event.due_ms >= 0 else event.at_ms + rubric.minutes("answer_within.question")
        if answered is not None or record.end_ms > due:
            scores.append(0.0 if answered is None else 1.0 if answered <= due else 0.5)
            said = "left without an answer" if answered is None else f"answered after {after(answered - event.at_ms)}"
            evidence.append(Evidence(event.at_ms, f"“{quoted(event.text, 60)}”: {said}", event.key))
    score = mean(scores)
    if score is None:
        return line(rubric, "Es5", None, "Not assessed: nothing was handed over.")
    passed: dict[str, int] = {}
    for action in record.actions:
        if action.do == "assign" and action.to:
            for key in (action.target, *action.also):
                passed[key] = passed.get(key, 0) + 1
    too_many = sum(max(0, times - round(rubric["handoffs.most"])) for times in passed.values())
    upwards = len(scores) - len(reports)
    what = [f"{count(len(reports), 'situation report')}, seven items each"] if reports else []
    what += [f"{count(upwards, 'word')} from above to answer"] if upwards else []
    why = f"{', '.join(what)}: {percent(score)}"
    why += f"; {count(too_many, 'hand-over')} of one case too many." if too_many else "."
    better = "Say what, since when, how big, how sure, what is done, what you need by when, and when you report next."
    if not reports:
        better = "Answer whoever is above you: where it stands, what you will and won't do, and when they hear more."
    return line(rubric, "Es5", score - rubric["handoffs.cost"] * too_many, why, evidence, better)


def _stand_down(record: Record) -> Line:
    rubric, ready = record.rubric, record.scenario.expected.stand_down
    done = next((action.at_ms for action in record.actions if action.do == "stand_down"), None)
    if ready is None:
        return line(rubric, "Es6", None, "Not assessed: this scenario does not ask for a stand-down.")
    late, very_late = rubric.minutes("stand_down.late"), rubric.minutes("stand_down.very_late")
    if done is None:
        if record.end_ms <= ready + late:
            return line(rubric, "Es6", None, "Not assessed: the run ended before a stand-down was due.")
        why = f"Nobody stood down; from {show_moment(ready)} it could be ended."
        better = "End it when it can be ended, and tell those whom you woke."
        return line(rubric, "Es6", 0.0, why, [Evidence(ready, "from here it could be ended")], better)
    score = 0.0 if done < ready else 1.0 if done <= ready + late else 0.5 if done <= ready + very_late else 0.0
    why = f"Stood down at {show_moment(done)}; right from {show_moment(ready)}, at most {late // MINUTE} minutes later."
    better = "Wait until it is over: the second wave comes." if done < ready else "End it when it can be ended."
    return line(rubric, "Es6", score, why, [Evidence(done, "stood down")], better)
