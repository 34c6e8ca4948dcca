"""Playbooks, prepared words and what is listened for: PG-03, PG-08, PG-20, PG-21, PG-22 and PG-25."""

from __future__ import annotations

from collections.abc import Iterator

from drills.plan.edits import Add, Edit, Loc, Put
from drills.plan.lint.view import Finding, View, known, names
from drills.plan.model import Holding, Playbook

_WITHOUT_HOLDING = ("light_touch", "standard_service")
"""Stances for which a formal statement would itself be the mistake (S0-21)."""


def unfitting_words(view: View) -> Iterator[Finding]:
    """PG-03. Every kind of crisis has words of its own, approved by somebody and not out of date."""
    plan = view.plan
    if not plan.holding and not plan.playbooks:
        what = "no holding statement is prepared"
        yield Finding("PG-03", ("holding",), what, "write one for each kind of crisis, and have it approved")
    for index, one in enumerate(plan.holding):
        if not one.approved_by:
            what = f"nobody has approved {one.id}"
            yield Finding("PG-03", ("holding", index, "approved_by"), what, "have it approved")
        if view.as_of is not None and one.expires is not None and one.expires < view.as_of:
            what = f"{one.id} expired on {one.expires}"
            yield Finding("PG-03", ("holding", index, "expires"), what, "read it again, and approve it anew")
    statements = {one.id: one for one in plan.holding}
    for index, book in enumerate(plan.playbooks):
        if book.stance not in _WITHOUT_HOLDING:
            yield from _of_playbook(view, index, book, statements.get(book.holding or ""))
    yield from _of_scenario(view)


def _of_playbook(view: View, index: int, book: Playbook, held: Holding | None) -> Iterator[Finding]:
    loc, edits = ("playbooks", index, "holding"), _prepared(view, index, book)
    if held is None:
        missing = f" ({book.holding} does not exist)" if book.holding else ""
        fits = next((one for one in view.plan.holding if book.type in one.types), None)
        what = f"the playbook {book.type} has no holding statement{missing}"
        advice = f"use {fits.id}, which is written for it" if fits else "write one, and have it approved"
        yield Finding("PG-03", loc, what, advice, (Put(loc, fits.id),) if fits else edits)
    elif book.type not in held.types:
        what = f"the playbook {book.type} borrows {held.id}, which is written for {names(held.types)}"
        if book.stance == "refute_with_proof":
            what += " and refutes nothing"
        yield Finding("PG-03", loc, what, "write words of its own, and have them approved", edits)


def _prepared(view: View, index: int, book: Playbook) -> tuple[Edit, ...]:
    text, approver = known("propose")["holding"].get(book.type), view.first("COM", "SPK", "EXE")
    id_ = f"h-{book.type}"
    if text is None or approver is None or any(one.id == id_ for one in view.plan.holding):
        return ()
    ready = [task for task in view.plan.dashboard if task.task == "holding-statement" and task.preapproved]
    by = list(dict.fromkeys(one for task in ready for one in task.validates)) or [approver.id]
    entry = {"id": id_, "types": [book.type], "approved_by": by, "text": text}
    return (Add(("holding",), entry), Put(("playbooks", index, "holding"), id_))


def _of_scenario(view: View) -> Iterator[Finding]:
    scenario = view.scenario
    if scenario is None or scenario.kind != "crisis" or scenario.root_cause is None:
        return
    roots = known("roots").get(scenario.root_cause.kind)
    if roots and not any(book.root in roots and book.stance != "light_touch" for book in view.plan.playbooks):
        what = f"no playbook is for a crisis whose root is {scenario.root_cause.kind}"
        yield Finding("PG-03", ("playbooks",), what, "write one, with its holding statement")


def blind_spots(view: View) -> Iterator[Finding]:
    """PG-08. Brands, products, services, people, misspellings and hashtags are listened for, in some language."""
    plan, terms = view.plan, view.plan.monitoring.terms
    missing = [group for group in known("listens_for") if not getattr(terms, group)]
    if missing:
        what = f"nothing is listened for among {names(missing)}"
        yield Finding("PG-08", ("monitoring", "terms"), what, "list the words that people use")
    if not plan.monitoring.languages:
        loc: Loc = ("monitoring", "languages")
        spoken = list(dict.fromkeys(language for one in plan.people for language in one.languages))
        edits = (Put(loc, spoken),) if spoken else ()
        yield Finding("PG-08", loc, "no language is named that is listened to", "name them", edits)
    words = [word.casefold() for group in type(terms).model_fields for word in getattr(terms, group)]
    named = [("brand", "brand", name) for name in plan.company.brands]
    named += [("look-alike", "lookalikes", name) for name in plan.company.lookalikes]
    if view.scenario is not None:
        named.append(("brand", "brand", view.scenario.brand.name))
        named += [("executive", "people", one.name) for one in view.scenario.cast if one.voice == "executive"]
    for kind, group, name in dict.fromkeys(named):
        if not any(word and word in name.casefold() for word in words):
            loc = ("monitoring", "terms", group)
            what = f"the {kind} {name} is not listened for"
            yield Finding("PG-08", loc, what, "add the name", (Add(loc, name.casefold()),))


def access_kept(view: View) -> Iterator[Finding]:
    """PG-20. Whoever is dismissed loses the keys first."""
    for index, book in enumerate(view.plan.playbooks):
        if book.root != "corporate-decision" and "layoff" not in book.type:
            continue
        if any(word in step for step in book.first_steps for word in known("first_steps_that_revoke")):
            continue
        loc = ("playbooks", index, "first_steps")
        what = f"no first step of {book.type} takes back access to the accounts"
        edit = Put(loc, [known("propose")["revoke"], *book.first_steps])
        yield Finding("PG-20", loc, what, "change the keys before anybody is told", (edit,))


def no_light_touch(view: View) -> Iterator[Finding]:
    """PG-21. There is a playbook for an opportunity, and it says where the light touch ends."""
    proposals = known("propose")
    found = [(index, book) for index, book in enumerate(view.plan.playbooks) if book.type == "opportunity"]
    if not found:
        what = "no playbook says what to do with an opportunity, or when humour is allowed"
        add = Add(("playbooks",), proposals["opportunity"])
        yield Finding("PG-21", ("playbooks",), what, "add one, with its limits", (add,))
    for index, book in found:
        if not book.limits:
            loc = ("playbooks", index, "limits")
            edit = Put(loc, proposals["opportunity_limits"])
            what = "the playbook opportunity has no limits"
            yield Finding("PG-21", loc, what, "say what a light touch must not do", (edit,))


def undefined_words(view: View) -> Iterator[Finding]:
    """PG-22. Where words have a legal meaning, the playbook says which to use."""
    words, kinds = known("legal_words"), known("legal_types")
    for index, book in enumerate(view.plan.playbooks):
        if book.type in kinds and not book.lexicon:
            loc, lexicon = ("playbooks", index, "lexicon"), words[kinds[book.type]]
            what = f"{book.type} does not say what {names(lexicon)} mean"
            advice = "have legal define them, and use one word for one thing"
            yield Finding("PG-22", loc, what, advice, (Put(loc, lexicon),))


def no_lookalike_procedure(view: View) -> Iterator[Finding]:
    """PG-25. Companies that people take for ours have a procedure."""
    others = view.plan.company.lookalikes
    if others and not any("lookalike" in book.type for book in view.plan.playbooks):
        what = f"people confuse us with {names(others)}, and no playbook says what to do then"
        edit = Add(("playbooks",), known("propose")["lookalike"])
        yield Finding("PG-25", ("playbooks",), what, "add a playbook lookalike", (edit,))
