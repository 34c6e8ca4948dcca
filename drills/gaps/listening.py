"""PG-08, PG-16, PG-21, PG-22, PG-24 and PG-25: what a run shows about listening to the public and answering it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from drills.gaps.inside import words
from drills.gaps.scene import Scene, Sign
from drills.plan.edits import Add, Edit, Loc, Put
from drills.scoring.card import Evidence
from drills.scoring.spoken import Text, quoted
from engine.events import Posted
from scenarios.moments import MINUTE, show_moment

QUARTER = 15 * MINUTE


def blind_spot(scene: Scene) -> Iterator[Sign]:
    """PG-08: the first post on a theme named nothing that the plan listens for, and everybody saw it late, though they
    saw others that did in time. Only a hint where they took up no post at all."""
    record, terms = scene.record, scene.plan.monitoring.terms
    heard = [
        _plain(term)
        for group in (terms.brand, terms.products, terms.services, terms.people, terms.misspellings, terms.hashtags,
                      terms.lookalikes)
        for term in group
    ]  # fmt: skip
    touched: dict[str, int] = {}
    for action in record.actions:
        for key in (action.target, *action.also):
            touched.setdefault(key, action.at_ms)
    late = record.timed("detect", "triage").fail
    found: list[tuple[Posted, str]] = []
    themes: set[str] = set()
    soon = tagged = False
    for post in scene.of_kind(Posted):
        inject = record.injects.get(post.key)
        if inject is None or inject.kind != "post" or not inject.theme:
            continue
        text, seen = f" {_plain(post.text)} ", touched.get(post.key)
        took = (record.end_ms if seen is None else seen) - post.at_ms
        if any(term and term in text for term in heard):
            tagged, soon = True, soon or (seen is not None and took <= late)
        elif inject.theme not in themes and took > late:
            found.append((post, "never" if seen is None else f"at {show_moment(seen)}"))
        themes.add(inject.theme)
    took_up = any(post.key in touched for post in scene.of_kind(Posted))
    if not found or (tagged and not soon):  # who saw nothing in time was not looking
        return
    new = [term for post, _ in found for term in _terms(scene, post)]
    edits = tuple(Add(("monitoring", "terms", "products"), term) for term in dict.fromkeys(new[:4]))
    evidence = tuple(
        Evidence(post.at_ms, f"first touched {when}: “{quoted(post.text, 80)}”", post.key) for post, when in found[:4]
    )
    first = "the first post of a theme" if len(found) == 1 else f"the first posts of {len(found)} themes"
    finding = f"Nothing that the plan listens for was in {first}; everybody came to it late or never."
    advice = "Listen for the words that people really used, so that such a post is found within ten minutes."
    yield Sign("PG-08", ("monitoring", "terms"), finding, evidence, advice, edits, weak=not took_up)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _terms(scene: Scene, post: Posted) -> list[str]:
    """The scenario's own words for the post's theme that the post uses."""
    theme = next((one for one in scene.scenario.themes if one.id == post.theme), None)
    text = f" {_plain(post.text)} "
    return [term for term in (theme.terms if theme else ()) if "*" not in term and f" {_plain(term)} " in text][:1]


def no_private_way(scene: Scene) -> Iterator[Sign]:
    """PG-16: going private failed on a channel, or data were asked for in public, where the plan has no way."""
    record = scene.record
    failed: dict[str, Evidence] = {}
    for void in scene.voids:
        if void.do == "message" and void.target in record.posts and "private messages" in void.why:
            failed.setdefault(record.posts[void.target].channel, Evidence(void.at_ms, void.why, void.action))
    for text in record.texts:
        if text.public and text.does("asks_data") > 0:
            for channel in text.channels:
                failed.setdefault(channel, text.evidence())
    for channel, evidence in failed.items():
        way = scene.plan.private_path.channels.get(channel)
        if way is not None and way.via not in ("", "dm"):
            continue
        known = scene.account_at(channel) is not None
        loc = ("private_path", "channels", channel)
        edits: tuple[Edit, ...] = ()
        if known:
            edits = (Put(loc, {"line": "Write to us with the form on our page", "via": "form link"}),)
        finding = f"On {channel} the team had no way into private at {show_moment(evidence.at_ms)}; the plan has none."
        advice = f"Write down how one goes private on {channel}, so that nobody asks for data in public."
        yield Sign("PG-16", loc, finding, (evidence,), advice, edits)


def no_light_touch(scene: Scene) -> Iterator[Sign]:
    """PG-21: a chance was missed or overdone, and the plan has no rule for a chance or for humour."""
    if any(book.type == "opportunity" or book.stance == "light_touch" for book in scene.plan.playbooks):
        return
    over = next((gate for gate in scene.card.gates if gate.id == "G-OVER"), None)
    silent = scene.scenario.kind == "opportunity" and not scene.record.texts
    funny = [text for text in scene.record.texts if text.does("humour") > 0] if scene.scenario.humour == "never" else []
    if over is not None and scene.scenario.kind != "crisis":
        finding, evidence = f"Too much was made of it: {over.why}", over.evidence
    elif silent:
        finding = "A chance to say something kind and light passed in silence."
        evidence = (Evidence(scene.record.trigger_ms or 0, "it could be seen from here"),)
    elif funny:
        finding, evidence = "Somebody joked where nobody should.", (funny[0].evidence(),)
    else:
        return
    yield Sign(
        "PG-21", ("playbooks",), f"{finding} The plan has no rule for it.", evidence,
        "Write one playbook for chances and humour: who may, how often, when never.",
        (Add(("playbooks",), words()["opportunity"]),),
    )  # fmt: skip


def rival_words(scene: Scene) -> Iterator[Sign]:
    """PG-22: the team called one thing by two words that mean different things, and no playbook says which."""
    books = [(at, one) for at, one in enumerate(scene.plan.playbooks) if scene.kind in (one.type, one.root)]
    public = [text for text in scene.record.texts if text.public or text.form == "press"]
    for rivals in words()["rivals"]:
        used: dict[str, Text] = {}
        for text in public:
            said = f" {_plain(text.event.text)} "
            for word in rivals:
                if f" {word} " in said:
                    used.setdefault(word, text)
        if len(used) < 2 or any(set(rivals) & set(one.lexicon) for _, one in books):
            continue
        loc: Loc = ("playbooks", books[0][0], "lexicon") if books else ("playbooks",)
        edits: tuple[Edit, ...] = (Put(loc, dict(books[0][1].lexicon) | rivals),) if books else ()
        finding = f"The team said {' and '.join(used)} of one matter; the plan does not say which is right when."
        evidence = tuple(text.evidence() for text in used.values())
        advice = f"Let Legal say what {' and '.join(rivals)} mean, in the playbook, so that everybody says the same."
        yield Sign("PG-22", loc, finding, evidence, advice, edits)


def too_few(scene: Scene) -> Iterator[Sign]:
    """PG-24: for half an hour more wanted an answer than the plan's agents can give, and nobody helps in time."""
    capacity = scene.plan.capacity
    if capacity.agents is None:
        return
    arrived = sorted(one.at_ms for one in scene.record.waiters if one.need != "praise")
    answered = sorted(one.answered_ms for one in scene.record.waiters if one.answered_ms is not None)
    peaks: list[tuple[int, int, int]] = []
    run = most = 0
    for start in range(0, scene.record.end_ms - QUARTER + 1, QUARTER):
        _, minute = scene.clock(start)
        agents = capacity.agents.day if 7 * 60 <= minute < 22 * 60 else capacity.agents.night
        able = agents * capacity.replies_per_agent_per_15m
        came = bisect_left(arrived, start + QUARTER) - bisect_left(arrived, start)
        done = bisect_left(answered, start + QUARTER) - bisect_left(answered, start)
        run = run + 1 if came > max(able, done) else 0
        if run:
            peaks.append((start, came, able))
        most = max(most, run)
    surge = capacity.surge
    if most < 2 or (surge is not None and surge.within <= peaks[0][0] + 2 * QUARTER - (scene.record.trigger_ms or 0)):
        return
    worst = max(peaks, key=lambda one: one[1] - one[2])
    finding = (
        f"From {show_moment(peaks[0][0])} more people wanted an answer than the plan's agents can give: at worst "
        f"{worst[1]} in 15 minutes against {worst[2]}."
    )
    evidence = tuple(Evidence(at, f"{came} wanted an answer; the plan has {able}") for at, came, able in peaks[:4])
    helpers = [one.id for one in scene.plan.people if one.role in ("CSM", "REP")][:2] or [scene.plan.people[0].id]
    soon = words()["surge_within"]
    edits: tuple[Edit, ...] = (Put(("capacity", "surge"), {"who": helpers, "within": soon}),)
    if surge is not None:
        edits = (Put(("capacity", "surge", "within"), soon),) if surge.within > 30 * MINUTE else ()
    advice = "Name who helps to answer within half an hour, so that the queue stops growing."
    yield Sign("PG-24", ("capacity", "surge"), finding, evidence, advice, edits)


def mistaken_for(scene: Scene) -> Iterator[Sign]:
    """PG-25: somebody mistook us for another, nobody answered, and the plan has no procedure for that."""
    plan = scene.plan
    if any("lookalike" in one.type or "third-party" in one.type for one in plan.playbooks):
        return
    names = [_plain(one) for one in (*plan.company.lookalikes, *plan.monitoring.terms.lookalikes)]
    answered = {key for text in scene.record.texts for key in text.event.targets}
    posts = [
        post for post in scene.of_kind(Posted)
        if post.form == "scripted" and post.author != "brand" and post.key not in answered
        and any(name and f" {name} " in f" {_plain(post.text)} " for name in names)
    ]  # fmt: skip
    if not posts:
        return
    evidence = tuple(Evidence(post.at_ms, f"never answered: “{quoted(post.text, 80)}”", post.key) for post in posts[:3])
    yield Sign(
        "PG-25", ("playbooks",), "We were mistaken for somebody else, nobody answered, and the plan does not say how.",
        evidence, "Write down what we say when we are mistaken for somebody else, and whom we tell there.",
        (Add(("playbooks",), words()["lookalike"]),),
    )  # fmt: skip
