"""PG-06 and PG-07: what a run shows about stopping what is scheduled, and about keys that somebody else holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drills.gaps.scene import Scene, Sign
from drills.plan.edits import Add, Drop, Edit, Loc, Put
from drills.scoring.card import Evidence
from drills.scoring.spoken import quoted
from engine.events import ContentFired
from scenarios.model import Content
from scenarios.moments import show_moment


def fired_anyway(scene: Scene) -> Iterator[Sign]:
    """PG-06: something scheduled went out in a crisis although the team had done every step that the plan has."""
    plan, record = scene.plan, scene.record
    for event in scene.of_kind(ContentFired):
        content = next((one for one in scene.scenario.content if one.id == event.content), None)
        level = record.truth_at(event.at_ms)
        if content is None or level < 2 or any(void.target == content.id for void in scene.locked_out()):
            continue
        found = scene.line("pause-content", level)
        planned = _planned(scene, content)
        covered = found is not None and (not found[1].covers or content.kind in found[1].covers)
        owned = planned is not None and plan.content[planned].owner is not None
        if (planned is not None and covered and owned) or not _did_every_step(scene, event.at_ms):
            continue
        lacks, edits = _missing_path(scene, content, planned, found, covered=covered)
        finding = f"The {content.kind} {content.id} went out at {show_moment(event.at_ms)}: the plan {lacks}."
        loc: Loc = ("content",) if planned is None else ("content", planned)
        if planned is not None and found is not None and not covered:
            loc = ("dashboard", found[0], "covers")
        evidence = (Evidence(event.at_ms, f"went out in a crisis: “{quoted(content.text, 90)}”", content.id),)
        advice = (
            f"List the {content.kind} on {content.channel} with who can stop it, and let the pause cover every kind."
        )
        yield Sign("PG-06", loc, finding, evidence, advice, edits, forced=("CT4",))


def _planned(scene: Scene, content: Content) -> int | None:
    """Where the plan lists this item: by its id, else by channel, kind and moment."""
    listed = list(enumerate(scene.plan.content))
    by_id = next((at for at, one in listed if one.id == content.id), None)
    return by_id if by_id is not None else next(
        (at for at, one in listed if (one.channel, one.kind) == (content.channel, content.kind)
         and one.at in (None, content.at)), None)  # fmt: skip


def _did_every_step(scene: Scene, at_ms: int) -> bool:
    """Whether by then the team had held everything that it could see and the plan lets it hold, looked over its
    accounts, and told whom the plan names."""
    record = scene.record
    found = scene.line("pause-content", record.truth_at(at_ms))
    covers = found[1].covers if found is not None else ()
    before = [action for action in record.actions if action.at_ms <= at_ms]
    held = {action.target for action in before if action.do == "pause"}
    held |= {void.target for void in scene.voids if void.do == "pause" and void.at_ms <= at_ms}
    visible = [
        one for one in scene.scenario.content
        if one.listed and one.at >= at_ms and (not covers or one.kind in covers) and _planned(scene, one) is not None
    ]  # fmt: skip
    told = {to for action in before if action.do in ("inform", "escalate", "ask") for to in action.to}
    informs = set(found[1].informs) if found is not None else set()
    swept = any(action.do == "sweep" for action in before)
    return bool(before) and swept and {one.id for one in visible} <= held and informs <= told


def _missing_path(
    scene: Scene, content: Content, planned: int | None, found: tuple[int, Any] | None, *, covered: bool
) -> tuple[str, tuple[Edit, ...]]:
    lacks: list[str] = []
    edits: list[Edit] = []
    account = scene.account_at(content.channel)
    owner = scene.plan.channels[account].owner if account is not None else None
    owner = owner or (found[1].does if found is not None else None) or scene.plan.meta.owner
    if planned is None:
        lacks.append("does not list it")
        item = {"id": content.id, "channel": content.channel, "kind": content.kind}
        if account is not None:
            edits.append(Add(("content",), item | ({"owner": owner} if owner else {})))
    elif scene.plan.content[planned].owner is None:
        lacks.append("names nobody for it")
        if owner:
            edits.append(Put(("content", planned, "owner"), owner))
    if found is None:
        lacks.append("has no line for stopping what is scheduled")
        levels = ["L2", "L3", "L4"]
        line = {"task": "pause-content", "levels": levels, "covers": ["post", "ad", "mail"]}
        edits.append(Add(("dashboard",), line | ({"does": owner} if owner else {})))
    elif not covered:
        lacks.append(f"stops no {content.kind}")
        edits.append(Add(("dashboard", found[0], "covers"), content.kind))
    return " and ".join(lacks), tuple(edits)


_DOING = {"publish": "publish on", "hub": "open the", "close_account": "close"}
_TOOLS = {"ad": "the advertisements", "mail": "the mailings"}


def locked_out(scene: Scene) -> Iterator[Sign]:
    """PG-07: the team could not do it, because somebody outside the desk held the keys."""
    seen: set[str] = set()
    for void in scene.locked_out():
        if void.target in seen:
            continue
        seen.add(void.target)
        content = next((one for one in scene.scenario.content if one.id == void.target), None)
        channel = scene.channel_of(void)
        holder = scene.holder(void)
        at = scene.account_at(channel)
        edits: list[Edit] = []
        if at is not None and scene.plan.channels[at].credentials not in ("", "vault"):
            edits.append(Put(("channels", at, "credentials"), "vault"))
        partner = scene.partner_at(holder)
        if partner is not None:
            controls = scene.plan.partners[partner].controls
            tools = ({"ad": "ads", "mail": "mail_tool"}.get(content.kind) if content else None,
                     "mail_tool" if channel == "mail" else None, channel)  # fmt: skip
            held = next((one for one in tools if one in controls), None)
            if held is not None:
                edits.append(Drop(("partners", partner, "controls", controls.index(held))))
        who = scene.name(holder) if holder else "somebody else"
        done = f"{_DOING.get(void.do, void.do)} {void.target}"
        finding = f"At {show_moment(void.at_ms)} the team could not {done}: {who} holds the keys."
        keys, back = channel, ""
        if partner is not None and not any(isinstance(edit, Put) for edit in edits):  # the account's keys are ours
            keys, back = _TOOLS.get(content.kind if content else "", channel), f" back from {who}"
        advice = (
            f"Take the keys to {keys}{back} into the company's vault, so that whoever is on duty can act at any hour."
        )
        fired = scene.record.fired_content.get(void.target)
        forced: tuple[str, ...] = ()
        if scene.shut_out(void):
            gone = content is not None and fired is not None and fired >= void.at_ms
            forced = ("CT5", "CT8") if void.do in ("publish", "hub", "reply") else ("CT4",) if gone else ()
        loc: Loc = ("channels",) if at is None else ("channels", at, "credentials")
        if partner is not None and not any(isinstance(edit, Put) for edit in edits):
            loc = ("partners", partner, "controls")
        evidence = (Evidence(void.at_ms, void.why, void.action),)
        yield Sign("PG-07", loc, finding, evidence, advice, tuple(edits), forced=forced)
