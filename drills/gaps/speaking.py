"""What the plan says about speaking: the first word, instructions, answers, the crisis page, approvals, the press."""

from __future__ import annotations

from drills.gaps.inside import AGAIN
from drills.gaps.scene import Scene, lasting, level_name
from drills.gaps.step import Planned, began, due_by, in_words, outcome, peak
from drills.plan import Task
from drills.scoring import approvals
from drills.scoring.card import Evidence
from drills.scoring.first_word import UNSURE_CLAIMS, acknowledgement
from drills.scoring.spoken import Text
from engine.actions import Action
from scenarios.moments import show_moment

MOST = 0.8
"""The share of those who want an answer by which the step of answering counts as followed (the tier of complaints)."""


def _spoken(scene: Scene, kinds: tuple[str, ...], start: int, *, act: str = "") -> Action | None:
    """The first draft or text of these kinds from a moment on, published or sent for approval."""
    for action in scene.record.actions:
        speaks = action.do in ("publish", "request_approval") and action.kind in kinds
        speaks = speaks or (action.do == "hub" and "hub" in kinds) or (action.do == "reply" and "reply" in kinds)
        if speaks and action.at_ms >= start and (not act or (action.reading and action.reading.acts.get(act, 0) > 0)):
            return action
    return None


def acknowledge(scene: Scene) -> Planned | None:
    """CT5: the holding statement from L2 on, an answer in the thread below."""
    found = acknowledgement(scene.record)
    level = found.level if found else peak(scene)
    start = began(scene, level)
    if level >= 2:
        line = scene.line("holding-statement", level)
        action = _spoken(scene, ("holding", "official", "update"), min(start, scene.record.trigger_ms or 0))
        what, did = "puts out a holding statement", "had a first statement ready"
    else:
        line = scene.line("individual-reply", level) or scene.line("individual-reply-crisis", level)
        action = _spoken(scene, ("reply",), start)
        what, did = "answers in the thread", "answered in the thread"
    if line is None:
        return None
    followed, said, evidence, late = outcome(did, action, due_by(scene, line[1], start))
    if followed and action is not None and level >= 2 and (skipped := _unasked(scene, action, line[1])):
        followed, said = False, f"{said[:-1]}, without asking {skipped}."
    return Planned(in_words(scene, line[1], what, level), followed, said, evidence, late, line[1].does or "")


def _unasked(scene: Scene, action: Action, line: Task) -> str:
    """Whose approval was not even asked for; '' where nobody's was needed."""
    if action.do == "request_approval":
        asked = {to for one in scene.record.actions if one.do == "request_approval" for to in one.to}
        return scene.names(id_ for id_ in line.validates if id_ not in asked)
    bad = [one for one in approvals.checked(scene.record) if not one.ok and not one.in_vain
           and one.text.event.action == action.id]  # fmt: skip
    return scene.names(line.validates) if bad else ""


def instruct(scene: Scene) -> Planned | None:
    """CT6: telling people what to do to be safe."""
    level = 4 if scene.record.since(4) is not None else 3
    found = scene.line("safety-instruction", level)
    if found is None:
        return None
    start = began(scene, level)
    words = in_words(scene, found[1], "tells people what to do", level)
    if not scene.scenario.expected.instructs:
        return Planned(words, None, "Nobody had to be told what to do.", person=found[1].does or "")
    kinds = ("holding", "official", "update", "instruction", "hub", "reply")
    action = _spoken(scene, kinds, scene.record.trigger_ms or 0, act="instructing")
    done = outcome("had words ready that say what to do", action, due_by(scene, found[1], start))
    return Planned(words, *done, found[1].does or "")


def answer(scene: Scene) -> Planned | None:
    """CT7: answering people in the plan's time."""
    level = peak(scene)
    found = scene.line("individual-reply", level) or scene.line("individual-reply-crisis", level)
    if found is None:
        return None
    line = found[1]
    limit = line.limit if line.limit is not None else round(scene.record.timed("answer", "reply").target)
    due = [one for one in scene.record.waiters if one.need != "praise"
           and (one.answered_ms is not None or one.at_ms + limit <= scene.record.end_ms)]  # fmt: skip
    soon = [one for one in due if one.answered_ms is not None and one.answered_ms - one.at_ms <= limit]
    did = f"{len(soon)} of {len(due)} had an answer within {lasting(limit)}."
    evidence = tuple(Evidence(one.answered_ms or 0, "answered", one.key) for one in soon[:3])
    followed = len(soon) >= MOST * len(due)
    words = in_words(scene, line, "answers people", level)
    return Planned(words, followed, did, evidence, bool(soon), line.does or "")


def hub(scene: Scene) -> Planned | None:
    """CT8: the crisis page or the updates, whichever this scenario needs."""
    level = peak(scene)
    names = ["public-update", "hub-update"]
    if scene.scenario.expected.hub == "needed":
        names.reverse()
    found = scene.line(names[0], level) or scene.line(names[1], level)
    if found is None:
        return None
    line, start = found[1], began(scene, min(3, level))
    kinds = ("hub",) if scene.scenario.expected.hub == "needed" else ("hub", "update", "official")
    action = _spoken(scene, kinds, start)
    by = due_by(scene, line, start)
    if kinds == ("hub",) and (works := scene.works_from("hub", start)) > start:
        by = max(by, works + AGAIN)
    did = "began the crisis page" if kinds == ("hub",) else "gave an update"
    what = "runs the crisis page" if line.task == "hub-update" else "keeps people informed"
    return Planned(in_words(scene, line, what, level), *outcome(did, action, by), line.does or "")


def validate(scene: Scene) -> Planned | None:
    """CT9: who must approve what."""
    level = peak(scene)
    lines = [line for line in scene.plan.dashboard if level in line.levels and line.validates]
    if not lines:
        return None
    step = "; ".join(f"{line.task.replace('-', ' ')}: {scene.names(line.validates)}" for line in lines[:4])
    found = approvals.checked(scene.record)
    bad = [one for one in found if not one.ok and not one.in_vain]
    did = f"{len(found) - len(bad)} of {len(found)} texts that needed it went the plan's way."
    evidence = tuple(Evidence(one.text.at_ms, one.why, one.text.event.action) for one in bad[:3])
    let_through = any(one.ok and one.text.public and _wrong(one.text) for one in found)
    followed = False if len(found) - len(bad) < MOST * len(found) else True if let_through else None
    return Planned(f"At {level_name(level)} these must approve: {step}.", followed, did, evidence)


def _wrong(text: Text) -> bool:
    """Whether a text says what is not so, or what could not be said yet."""
    return any(claim.verdict in UNSURE_CLAIMS for claim in text.reading.claims)


def press(scene: Scene) -> Planned | None:
    """CT10: queries of the press."""
    level = peak(scene)
    found = scene.line("press-reply", level)
    if found is None:
        return None
    line, late = found[1], []
    queries = scene.record.received("press", "call")
    for event, answered in queries:
        by = event.due_ms if event.due_ms >= 0 else due_by(scene, line, event.at_ms)
        asked = [one.at_ms for one in scene.record.actions if one.do == "request_approval" and one.at_ms >= event.at_ms
                 and one.kind == "press"]  # fmt: skip
        begun = min([*asked, *(() if answered is None else (answered,))], default=None)
        if by <= scene.record.end_ms and (begun is None or begun > by):
            late.append(
                Evidence(event.at_ms, f"{event.subject or event.key}: no answer by {show_moment(by)}", event.key)
            )
    did = (
        "Every query was taken up in time."
        if not late
        else f"{len(late)} press {'query' if len(late) == 1 else 'queries'} not taken up in time."
    )
    words = in_words(scene, line, "answers the press", level)
    return Planned(words, not late, did, tuple(late[:3]), len(late) < len(queries), line.does or "")
