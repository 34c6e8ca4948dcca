"""PG-01, PG-03 and PG-11: what a run shows about drafts, their validators and the texts that were ready."""

from __future__ import annotations

from collections.abc import Iterator

from drills.gaps.scene import Scene, Sign, lasting, level_name
from drills.plan import Task, preapproved
from drills.plan.edits import Add, Drop, Edit, Put
from drills.plan.model import Holding
from drills.scoring.approvals import alike, from_stock
from drills.scoring.card import Evidence
from drills.scoring.first_word import waiting_spans
from drills.scoring.spoken import Text, quoted
from engine.actions import Action
from engine.events import ApprovalAsked
from scenarios.moments import MINUTE, show_moment
from scenarios.text import clean

HALF = 0.5
"""More than this share of the time until a text was out, spent waiting for approval, is a gap."""
TASK_OF = {"holding": "CT5", "official": "CT5", "update": "CT8", "hub": "CT8", "press": "CT10", "reply": "CT7"}
_FALSE = ("false", "unsafe", "lie", "too_early")


def slow(scene: Scene) -> Iterator[Sign]:
    """PG-01: a public text spent more than half of its time waiting for approval, and was late for it."""
    record = scene.record
    done: set[int] = set()
    for draft in record.actions:
        if draft.do != "request_approval" or not any(one.action == draft.id for one in scene.of_kind(ApprovalAsked)):
            continue
        level = scene.level_at(draft.at_ms)
        found = scene.line_for(draft.kind, level)
        if found is None or found[0] in done:
            continue
        at, line = found
        text = _sent(scene, draft)
        end = record.end_ms if text is None else text.at_ms
        start = record.asked(level) if record.since(level) is not None else draft.at_ms
        start = min(draft.at_ms, start or 0)
        spans = waiting_spans(record, {draft.id}, start, end)
        waited = sum(stop - begin for begin, stop in spans)
        limit = _limit(scene, line, draft.kind, level)
        if end - start <= limit or waited <= HALF * (end - start) or _needless(scene, line):
            continue
        done.add(at)
        out = "was never published" if text is None else f"was out at {show_moment(end)}"
        whom = scene.names(dict.fromkeys(one.to for one in scene.of_kind(ApprovalAsked) if one.action == draft.id))
        finding = (
            f"The {line.task.replace('-', ' ')} at {level_name(level)} {out}, {lasting(end - start)} after it was "
            f"needed; {lasting(waited)} of that it waited for {whom}. The limit is {lasting(limit)}."
        )
        evidence = [Evidence(draft.at_ms, f"sent for approval: “{quoted(draft.text, 90)}”", draft.id)]
        evidence += [Evidence(begin, f"waiting for {lasting(stop - begin)}", draft.id) for begin, stop in spans[:3]]
        if text is not None:
            evidence.append(text.evidence())
        advice, edits = _sooner(scene, at, line, limit)
        controllable = end - start - waited <= limit
        ready = line.preapproved and draft.kind == "holding" and bool(fitting(scene))
        forced = (TASK_OF[draft.kind],) if controllable and not ready and draft.kind in TASK_OF else ()
        yield Sign("PG-01", ("dashboard", at, "validates"), finding, tuple(evidence), advice, edits, forced=forced)


def _needless(scene: Scene, line: Task) -> bool:
    """Whether words that suit had been approved by all who must: whoever writes others waits by choice."""
    ready = (one for one in fitting(scene) if set(line.validates) <= set(one.approved_by))
    return line.task == "holding-statement" and line.preapproved and any(ready)


def _sent(scene: Scene, draft: Action) -> Text | None:
    """The text that came of a draft: published on its approval, or in the same words."""
    for text in scene.record.texts:
        if text.action is not None and text.at_ms >= draft.at_ms and text.public:
            if text.action.approval == draft.id:
                return text
            if text.event.kind == draft.kind and alike(draft.text, text.event.text):
                return text
    return None


def _limit(scene: Scene, line: Task, kind: str, level: int) -> int:
    """By when the plan wants it, in ms; where it says nothing, the rubric's target for a public word."""
    if line.limit is not None:
        return line.limit
    return round(scene.record.public_times(max(1, level)).target) if kind != "official" else 90 * MINUTE


def _sooner(scene: Scene, at: int, line: Task, limit: int) -> tuple[str, tuple[Edit, ...]]:
    """The smallest change that brings the wait under the limit: words approved beforehand, by all who must approve, all
    validators at once, or the one of them who is soonest."""
    loc = ("dashboard", at)
    where = f"{line.task} at {' '.join(level_name(one) for one in line.levels)}"
    if line.task == "holding-statement" and not line.preapproved and (fitting(scene) or not scene.kind):
        edits: tuple[Edit, ...] = (Put((*loc, "preapproved"), True),)
        return f"Pre-approve the words of {where}, so that it needs no reply within {lasting(limit)}.", edits
    if line.task == "holding-statement" and line.preapproved and fitting(scene):
        lacking = [[id_ for id_ in line.validates if id_ not in one.approved_by] for one in scene.plan.holding]
        edits = tuple(
            Put(("holding", index, "approved_by"), [*scene.plan.holding[index].approved_by, *ids])
            for index, ids in enumerate(lacking) if ids
        )  # fmt: skip
        whom = scene.names(dict.fromkeys(id_ for ids in lacking for id_ in ids))
        words = fitting(scene)[0].id + (" and the other ready words" if len(edits) > 1 else "")
        return f"Have {whom} approve {words} beforehand, and use them, so that {where} waits for nobody.", edits
    waits = {id_: _wait(scene, id_) for id_ in line.validates}
    if line.in_order and len(waits) > 1 and max(waits.values()) <= limit:
        advice = f"Ask {scene.names(line.validates)} at once for {where}, so that the slowest alone sets the time."
        return advice, (Drop((*loc, "in_order")),)
    quick = min(_able(scene, line), key=lambda id_: (_wait(scene, id_), id_), default="")
    if quick and waits and _wait(scene, quick) <= limit < max(waits.values()):
        advice = (
            f"Let {scene.name(quick)} alone approve {where}: that takes about {lasting(_wait(scene, quick))}, "
            f"the limit is {lasting(limit)}."
        )
        edits = (Put((*loc, "validates"), quick), *((Drop((*loc, "in_order")),) if line.in_order else ()))
        return advice, edits
    return f"Shorten the approval of {where}, so that it takes no more than {lasting(limit)} even on a slow day.", ()


def _wait(scene: Scene, id_: str) -> int:
    """How long somebody needs for a draft on a slow day, in ms: half of a slow call, then reading it."""
    person = scene.record.people.get(id_)
    return 0 if person is None else person.p90_ms // 2 + person.review_ms


def _able(scene: Scene, line: Task) -> list[str]:
    """Who could approve this alone: its validators, their deputies, and who approved a text that suits. For words
    that were approved beforehand it may be whoever signs them."""
    found = list(line.validates)
    found += [one.deputy for one in scene.plan.people if one.id in line.validates and one.deputy]
    if line.task == "holding-statement":
        found += [id_ for text in fitting(scene) for id_ in text.approved_by]
    people = {one.id: one for one in scene.plan.people}
    own = () if line.preapproved else (*line.says, line.does)
    return [id_ for id_ in dict.fromkeys(found) if id_ in people and people[id_].role != "REP" and id_ not in own]


# -- PG-03 -------------------------------------------------------------------------------------------------------


def from_scratch(scene: Scene) -> Iterator[Sign]:
    """PG-03: the team wrote its holding statement itself, since the plan has none for what it was."""
    if not scene.kind or fitting(scene):
        return
    text = next((one for one in scene.record.texts if one.form == "statement" and one.event.kind == "holding"), None)
    if text is None:
        return
    borrowed = from_stock(scene.plan, text)
    how = "was a text for something else" if borrowed else "was written from scratch"
    finding = f"The holding statement at {show_moment(text.at_ms)} {how}: the plan has none for {scene.kind}."
    edits: tuple[Edit, ...] = ()
    advice = f"Write a holding statement for {scene.kind} and have it approved, so that only its gaps are filled in."
    if not borrowed:
        level = scene.level_at(text.at_ms)
        line = scene.line_for("holding", level)
        words = clean(text.event.text, multiline=False).replace("{", "(").replace("}", ")")[:2000].strip()
        new = {"id": _free(scene, f"h-{scene.kind}"[:60]), "types": [scene.kind], "text": words}
        if line is not None and line[1].validates:
            new["approved_by"] = list(line[1].validates)
        edits = (Add(("holding",), new),)
        advice = (
            f"Keep the words of this run as the plan's text for {scene.kind}, with gaps for what was true that day "
            "only, so that nobody writes from scratch again."
        )
    yield Sign("PG-03", ("holding",), finding, (text.evidence(),), advice, edits)


def fitting(scene: Scene) -> list[Holding]:
    """The plan's holding texts for what this is: by their own types, or by the playbook of this root."""
    books = [one for one in scene.plan.playbooks if scene.kind in (one.type, one.root)]
    types = {scene.kind, *(one.type for one in books)}
    named = {one.holding for one in books}
    return [one for one in scene.plan.holding if types & set(one.types) or one.id in named]


def _free(scene: Scene, id_: str) -> str:
    taken = {one.id for one in scene.plan.holding}
    return next(name for name in (id_, *(f"{id_}-{n}" for n in range(2, 100))) if name not in taken)


# -- PG-11 -------------------------------------------------------------------------------------------------------


def unchecked(scene: Scene) -> Iterator[Sign]:
    """PG-11: a statement, a word on the crisis page or to the press was wrong, and the plan had nobody but its author
    look at it. Replies are left out: no plan can have each of them read by two."""
    seen: set[int] = set()
    for text in scene.record.texts:
        wrong = [claim.id for claim in text.reading.claims if claim.verdict in _FALSE]
        kind = text.event.kind if text.form == "statement" else text.form
        level = scene.level_at(text.at_ms)
        found = scene.line_for(kind, level)
        if not wrong or text.form in ("reply", "message") or found is None or found[0] in seen:
            continue
        at, line = found
        same = bool(line.validates) and set(line.validates) <= {*line.says, line.does}
        if line.validates and not same:
            continue
        if not line.validates and preapproved(scene.plan, kind, level) and from_stock(scene.plan, text):
            continue
        seen.add(at)
        who = "its own author" if same else "nobody"
        finding = (
            f"A text went out that said what was not so ({', '.join(wrong)}); the plan has {who} check {line.task}."
        )
        other = _second_eye(scene, line)
        edits: tuple[Edit, ...] = (Put(("dashboard", at, "validates"), other),) if other else ()
        who = scene.name(other) if other else "somebody else"
        advice = f"Have {who} check {line.task}, so that nobody checks their own words."
        yield Sign("PG-11", ("dashboard", at, "validates"), finding, (text.evidence(),), advice, edits)


def _second_eye(scene: Scene, line: Task) -> str:
    able = [one for one in scene.plan.people if one.id not in (*line.says, line.does) and one.role != "REP"]
    best = min(
        able, key=lambda one: (one.role not in ("COM", "LEG", "CSM"), _wait(scene, one.id), one.id), default=None
    )
    return best.id if best else ""
