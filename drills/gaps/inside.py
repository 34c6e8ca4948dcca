"""PG-12, PG-15, PG-17 to PG-20 and PG-23: what a run shows about orders, colleagues, partners, the hub and the end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from drills.gaps.scene import Scene, Sign, lasting, level_name
from drills.plan.edits import Add, Edit, Loc, Put
from drills.scoring.card import Evidence
from drills.scoring.spoken import quoted
from engine.events import Posted, Published
from scenarios.model import Member
from scenarios.moments import MINUTE, show_moment
from scenarios.packaged import packaged


@cache
def words() -> dict[str, Any]:
    """The small stock of words and proposals that the rules use."""
    found: dict[str, Any] = packaged("drills.gaps", "proposals.yaml")
    return found


# -- the end, the hub --------------------------------------------------------------------------------------------


AGAIN = 10 * MINUTE
"""Who begins within this of a channel's working again began in time."""


def no_end(scene: Scene) -> Iterator[Sign]:
    """PG-12: it could be ended, the plan does not say when, and the team ended it too early, late or never."""
    ready = scene.scenario.expected.stand_down
    line = next((one for one in scene.card.lines if one.id == "Es6"), None)
    if scene.plan.stand_down.all_of or ready is None or line is None or line.score is None or line.score >= 1:
        return
    edits: list[Edit] = [Put(("stand_down", "all_of"), words()["stand_down"])]
    if not scene.plan.stand_down.tail_days:
        edits.append(Put(("stand_down", "tail_days"), words()["tail_days"]))
    yield Sign(
        "PG-12", ("stand_down",), f"The plan does not say when it is over. {line.why}", line.evidence,
        "Write down what must hold before the crisis mode ends, so that nobody has to argue about it.", tuple(edits),
    )  # fmt: skip


def slow_hub(scene: Scene) -> Iterator[Sign]:
    """PG-15: the crisis page came late although the team opened it in time."""
    record = scene.record
    since = record.since(3)
    if since is None or scene.scenario.expected.hub != "needed":
        return
    at = record.timed("hub_L4" if record.peak >= 4 else "hub_L3", "hub")
    opened = next((action for action in record.actions if action.do == "hub" and action.kind == "open"), None)
    refused = next((void for void in scene.voids if void.do == "hub" and void.reason in ("down", "lock-out")), None)
    tried = min((one.at_ms for one in (opened, refused) if one is not None), default=None)
    out = next((event.at_ms for event in scene.of_kind(Published) if event.form == "hub"), record.end_ms)
    works = scene.works_from("hub", since)
    if tried is None or out - since <= at.target or tried > max(since + at.target, works + AGAIN):
        return
    finding = f"The crisis page was begun at {show_moment(tried)} and out {lasting(out - tried)} later."
    if works > since:
        finding = f"The crisis page could not be reached before {show_moment(works)}; it was out at {show_moment(out)}."
    account = scene.account_at("hub")
    edits: list[Edit] = []
    if account is not None:
        hub = scene.plan.channels[account]
        edits = [
            Put(("channels", account, name), True)
            for name, value in (("dark_site_ready", hub.dark_site_ready), ("hosted_separately", hub.hosted_separately))
            if not value
        ]
    evidence = (Evidence(tried, "the team begins the crisis page"), Evidence(out, "it is out, or the run ends"))
    loc: Loc = ("channels", account) if account is not None else ("channels",)
    advice = "Keep a page written, empty and hosted apart, so that it is out within minutes of being begun."
    yield Sign("PG-15", loc, finding, evidence, advice, tuple(edits), forced=("CT8",))


# -- orders, colleagues, partners --------------------------------------------------------------------------------


def no_principle(scene: Scene) -> Iterator[Sign]:
    """PG-17: an order from above against what the crisis asked for, and no principle that settles it."""
    if scene.plan.principles:
        return
    orders = [
        (event, answered)
        for event, answered in scene.record.received("executive", "approval")
        if scene.record.truth_at(event.at_ms) >= 2 and scene.record.injects.get(event.inject) is not None
        and scene.record.injects[event.inject].trap
    ]  # fmt: skip
    if not orders:
        return
    event, _ = orders[0]
    who = _who(scene, event.author)
    finding = f"At {show_moment(event.at_ms)} {who} asked for what would hurt, and no principle decides."
    evidence = tuple(Evidence(one.at_ms, f"“{quoted(one.text, 90)}”", one.key) for one, _ in orders[:3])
    advice = (
        "Write the principles down in their order, people before product before revenue, so that orders can be weighed."
    )
    edits = tuple(Add(("principles",), one) for one in words()["principles"])
    yield Sign("PG-17", ("principles",), finding, evidence, advice, edits)


def _who(scene: Scene, author: str) -> str:
    return next((one.name for one in scene.scenario.cast if one.id == author), "somebody above")


def leaks(scene: Scene) -> Iterator[Sign]:
    """PG-18: one of our own people spoke outside, and the plan tells the staff nothing."""
    if any(line.task == "internal-notice" for line in scene.plan.dashboard):
        return
    staff = {one.id for one in scene.scenario.cast if one.voice == "employee"}
    posts = [post for post in scene.of_kind(Posted) if post.form == "scripted" and post.author in staff]
    if not posts:
        return
    finding = f"{_who(scene, posts[0].author)}, who works here, wrote in public; the plan has no notice to the staff."
    evidence = tuple(Evidence(post.at_ms, f"“{quoted(post.text, 90)}”", post.key) for post in posts[:3])
    does = scene.plan.meta.owner or scene.plan.people[0].id
    line = {"task": "internal-notice", "levels": ["L3", "L4"], "does": does, "limit": "30m"}
    yield Sign(
        "PG-18", ("dashboard",), finding, evidence,
        "Tell all staff what is known and who speaks within 30 minutes of L3, so that nobody learns it from outside.",
        (Add(("dashboard",), line),),
    )  # fmt: skip


def partners(scene: Scene) -> Iterator[Sign]:
    """PG-19: a partner or a creator asked what to say, got no answer, and the plan has no word on them."""
    cast = {one.id: one for one in scene.scenario.cast}
    seen: set[str] = set()
    for event, answered in scene.record.received("mail", "message", "call"):
        member = cast.get(event.author)
        if answered is not None or member is None or member.voice not in ("partner", "influencer"):
            continue
        at = _partner(scene, member)
        known = at is not None and (
            scene.plan.partners[at].contract_clause or scene.plan.partners[at].kind != "creator"
        )
        if known or member.id in seen:
            continue
        seen.add(member.id)
        loc: Loc = ("partners",) if at is None else ("partners", at, "contract_clause")
        if at is not None:
            edits: tuple[Edit, ...] = (Put(("partners", at, "contract_clause"), "crisis line"),)
        else:
            kind = "creator" if member.voice == "influencer" else "partner"
            new = {"id": member.id, "name": member.name, "kind": kind, "contract_clause": "crisis line"}
            free = member.id not in scene.plan.callable_ids and member.id not in ("cabinet", "vault")
            edits = (Add(("partners",), new),) if free else ()
        finding = f"{member.name} asked at {show_moment(event.at_ms)} and had no answer; the plan has no line for them."
        evidence = (Evidence(event.at_ms, f"“{quoted(event.text, 90)}”", event.key),)
        advice = f"Agree with {member.name} on what they say and do in a crisis, so that they need not ask."
        yield Sign("PG-19", loc, finding, evidence, advice, edits)


def _partner(scene: Scene, member: Member) -> int | None:
    """Which of the plan's partners somebody of the cast is, by name, handle or id."""
    names = {name.lstrip("@").casefold() for name in (member.name, member.handle, member.id) if name}
    for at, one in enumerate(scene.plan.partners):
        ours = {one.id.casefold(), one.name.lstrip("@").casefold()}
        if ours & names or any(mine.startswith(f"{name} ") for mine in ours for name in names):
            return at
    return None


def hijack(scene: Scene) -> Iterator[Sign]:
    """PG-20: people were let go, and then somebody wrote from our account: nobody had changed the keys."""
    if scene.kind not in words()["layoffs"]:
        return
    books = [(at, one) for at, one in enumerate(scene.plan.playbooks) if scene.kind in (one.type, one.root)]
    if any("rotate-credentials" in one.first_steps for _, one in books):
        return
    record = scene.record
    fired = [(record.fired[id_], id_) for id_, one in record.injects.items() if one.kind == "own_post"
             and record.fired.get(id_, 0) > 0]  # fmt: skip
    if not fired:
        return
    at_ms, id_ = min(fired)
    edits: tuple[Edit, ...] = (Add(("playbooks", books[0][0], "first_steps"), "rotate-credentials"),) if books else ()
    loc: Loc = ("playbooks", books[0][0], "first_steps") if books else ("playbooks",)
    evidence = (Evidence(at_ms, f"from our own account: “{quoted(record.injects[id_].text, 90)}”", id_),)
    yield Sign(
        "PG-20", loc, "Somebody wrote from our account after people were let go; the plan changes no keys then.",
        evidence, "Change every key before people are told, as the first step of the playbook.", edits,
    )  # fmt: skip


def may_i(scene: Scene) -> Iterator[Sign]:
    """PG-23: the team asked whether it was allowed, at a level for which the plan permits nothing."""
    seen: set[int] = set()
    for action in scene.record.actions:
        level = scene.level_at(action.at_ms)
        text = f" {' '.join(action.text.casefold().split())} "
        asks = action.do in ("ask", "note") and any(one in text for one in words()["may_i"])
        if not asks or level in seen or level == 0 or scene.plan.permitted.at(level) is not None:
            continue
        seen.add(level)
        when = show_moment(action.at_ms)
        finding = f"At {when} the team asked whether it was allowed; the plan has no word for {level_name(level)}."
        evidence = (Evidence(action.at_ms, f"“{quoted(action.text, 90)}”", action.id),)
        permits = words()["permitted"][level_name(level)]
        yield Sign(
            "PG-23", ("permitted", level_name(level)), finding, evidence,
            f"Write down what {level_name(level)} permits, so that nobody has to ask.",
            (Put(("permitted", level_name(level)), permits),),
        )  # fmt: skip
