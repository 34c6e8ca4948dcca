"""Accounts, keys and what is scheduled on them: PG-06, PG-07, PG-15, PG-16 and PG-24."""

from __future__ import annotations

from collections.abc import Iterator

from drills.plan.check import VAULT
from drills.plan.edits import Add, Edit, Put
from drills.plan.lint.view import Finding, View, always, answers_ms, approval_ms, known, minutes, names
from drills.plan.model import Plan, Way
from drills.plan.organisation import Account
from scenarios.model import Content
from scenarios.moments import MINUTE, show_moment

_TOOLS = {"ads": "ad", "mail_tool": "mail"}
"""What a partner may control, and the kind of content that then only they can stop."""

_NO_ACCOUNTS = ("floor", "press")
"""Channels of a scenario that are no accounts: colleagues, and journalists' mail."""


def unstoppable_content(view: View) -> Iterator[Finding]:
    """PG-06. Every kind of content has an owner and a pause that reaches it at any hour, within its limit."""
    plan = view.plan
    pause = next((index for index, task in enumerate(plan.dashboard) if task.task == "pause-content"), None)
    for index, item in enumerate(plan.content):
        if item.owner is None:
            does = plan.dashboard[pause].does if pause is not None else None
            edits = (Put(("content", index, "owner"), does),) if does else ()
            yield Finding("PG-06", ("content", index, "owner"), f"{item.id} has no owner", "name one", edits)
    if pause is None:
        yield _no_pause(view)
    else:
        yield from _uncovered_kinds(view, pause)
        yield from _kept_elsewhere(plan, pause)
    yield from _unlisted(view, plan.dashboard[pause].does if pause is not None else None)


def _no_pause(view: View) -> Finding:
    does, edits = view.first("SML", "COM", "CSM"), tuple[Edit, ...]()
    if does is not None:
        task = {"task": "pause-content", "levels": ["L2", "L3", "L4"], "does": does.id, "limit": "10m"}
        edits = (Add(("dashboard",), {**task, "covers": _kinds(view)}),)
    what = "no line of the dashboard says who stops scheduled posts, ads and mails"
    return Finding("PG-06", ("dashboard",), what, "add a line pause-content", edits)


def _uncovered_kinds(view: View, index: int) -> Iterator[Finding]:
    covers = view.plan.dashboard[index].covers
    missing = [kind for kind in _kinds(view) if kind not in covers]
    if missing:
        loc = ("dashboard", index, "covers")
        what = f"pause-content does not reach {names(f'{kind}s' for kind in missing)}"
        edit = Put(loc, [*covers, *missing])
        yield Finding("PG-06", loc, what, "cover every kind that goes out, and say how it is stopped", (edit,))


def _kinds(view: View) -> list[str]:
    """Kinds that go out: those scheduled in the plan or the scenario, and those that there is a tool for."""
    used = {item.kind for item in view.plan.content} | {"post"}
    used |= {item.kind for item in view.scenario.content} if view.scenario else set()
    used |= {_TOOLS[what] for one in view.plan.partners for what in one.controls if what in _TOOLS}
    used |= {"mail" for one in view.plan.channels if one.id == "mail"}
    return [kind for kind in ("post", "ad", "mail") if kind in used]


def _kept_elsewhere(plan: Plan, index: int) -> Iterator[Finding]:
    """What only a partner can stop, who may be asleep or slower than the pause allows."""
    task = plan.dashboard[index]
    for at, partner in enumerate(plan.partners):
        kinds = [_TOOLS[what] for what in partner.controls if _TOOLS.get(what) in task.covers]
        late = task.limit is not None and answers_ms(partner) > task.limit
        if kinds and (late or not always(partner.hours)):
            limit = f" within {minutes(task.limit)} at any hour" if task.limit is not None else " at any hour"
            what = f"only {partner.id} ({partner.hours}, answers within {minutes(answers_ms(partner))}) can stop "
            what += f"{names(f'{kind}s' for kind in kinds)}, which pause-content promises{limit}"
            rest = [one for one in partner.controls if one not in _TOOLS]
            edit = Put(("partners", at, "controls"), rest)
            advice = "keep keys of your own to those tools, or have the partner on call"
            yield Finding("PG-06", ("partners", at, "controls"), what, advice, (edit,))


def _unlisted(view: View, owner: str | None) -> Iterator[Finding]:
    """What goes out in the scenario and stands on no list of the plan: counted by account and kind."""
    listed = [(item.channel, item.kind, item.at) for item in view.plan.content]
    items = (
        sorted(view.scenario.content, key=lambda one: (one.channel, one.kind, one.at) not in listed)
        if view.scenario
        else []
    )
    left = [(channel, kind) for channel, kind, _ in listed]
    for item in items:
        if (item.channel, item.kind) in left:
            left.remove((item.channel, item.kind))
            continue
        what = f"a {item.kind} on {item.channel} at {show_moment(item.at)} ({item.id}) is on no list of the plan"
        edits = (Add(("content",), _entry(item, owner)),) if owner else ()
        yield Finding("PG-06", ("content",), what, "list everything that is scheduled, wherever it lies", edits)


def _entry(item: Content, owner: str | None) -> dict[str, str | None]:
    at = f"T+{item.at // MINUTE}m"
    return {"id": item.id, "channel": item.channel, "kind": item.kind, "at": at, "text": item.text, "owner": owner}


def locked_accounts(view: View) -> Iterator[Finding]:
    """PG-07. Every account has an owner who is there whenever the public can write, and keys within reach."""
    for index, account in enumerate(view.plan.channels):
        yield from _owner(view, index, account)
        yield from _keys(view, index, account)
    if view.scenario is None:
        return
    mine, somebody = {one.id for one in view.plan.channels}, view.first("SML", "COM", "CSM")
    for channel in view.scenario.channels:
        if channel.id in mine or channel.id in _NO_ACCOUNTS:
            continue
        what = f"the account on {channel.id} ({channel.handle or channel.name}) is missing from the plan"
        entry = {"id": channel.id, "handle": channel.handle, "credentials": VAULT, "dm": channel.dm}
        edits: tuple[Edit, ...] = (Add(("channels",), entry | {"owner": somebody.id}),) if somebody else ()
        if edits:
            edits = (*edits, Put(("private_path", "channels", channel.id), known("propose")["ways"][channel.dm]))
        yield Finding("PG-07", ("channels",), what, "list every account, with owner and keys", edits)


def _owner(view: View, index: int, account: Account) -> Iterator[Finding]:
    loc = ("channels", index, "owner")
    if account.owner is None:
        somebody = account.backup or (one.id if (one := view.first("SML", "COM", "CSM")) else None)
        named = (Put(loc, somebody),) if somebody else ()
        yield Finding("PG-07", loc, f"{account.id} has no owner", "name one", named)
        return
    owner = view.anybody(account.owner)
    open_ = account.visitor_posts or account.comments == "open"
    if owner is None or not open_ or not _public(account) or always(owner.hours):
        return
    what = f"anybody can write on {account.id} at any hour, and its owner {owner.id} is there {owner.hours}"
    backup = view.anybody(account.backup or "")
    edits: tuple[Edit, ...] = ()
    if backup is not None and always(backup.hours):
        edits = (Put(loc, backup.id), Put(("channels", index, "backup"), owner.id))
    elif not account.visitor_posts:
        edits = (Put(("channels", index, "comments"), "held_for_review"),)
    yield Finding("PG-07", loc, what, "let somebody own it who is on call, or hold comments for review", edits)


def _keys(view: View, index: int, account: Account) -> Iterator[Finding]:
    loc, edit = ("channels", index, "credentials"), Put(("channels", index, "credentials"), VAULT)
    if not account.credentials and _public(account):
        yield Finding("PG-07", loc, f"nothing says who holds the keys to {account.id}", "keep them in a vault", (edit,))
    holder = view.anybody(account.credentials) if account.credentials != VAULT else None
    if holder is not None and not always(holder.hours):
        what = f"the keys to {account.id} lie with {holder.id}, who is there {holder.hours}"
        yield Finding("PG-07", loc, what, "keep them in a vault that the team on call can open", (edit,))


def _public(account: Account) -> bool:
    """Whether people write to us there, rather than only read."""
    return account.dm is not None or account.followers > 0


def unready_page(view: View) -> Iterator[Finding]:
    """PG-15. Where a crisis page is needed, it stands apart, is prepared, and is up within its limit."""
    plan = view.plan
    needed = [book.type for book in plan.playbooks if book.hub_needed]
    if view.scenario is not None and view.scenario.expected.hub == "needed":
        needed.append(f"scenario {view.scenario.id}")
    if not needed:
        return
    index = next((index for index, one in enumerate(plan.channels) if one.id == "hub"), None)
    if index is None:
        yield Finding("PG-15", ("channels",), f"{names(needed)} need a crisis page, and there is none", "prepare one")
        return
    hub = plan.channels[index]
    if hub.hosted_separately is False:
        edit = Put(("channels", index, "hosted_separately"), True)
        what = "the crisis page falls when our own site does"
        yield Finding("PG-15", ("channels", index, "hosted_separately"), what, "host it somewhere else", (edit,))
    if hub.dark_site_ready is False:
        edit = Put(("channels", index, "dark_site_ready"), True)
        what = "no crisis page waits, written and empty"
        yield Finding("PG-15", ("channels", index, "dark_site_ready"), what, "prepare its template", (edit,))
    for task in plan.dashboard:
        if task.task != "hub-update" or task.limit is None or hub.publishes_in is None:
            continue
        takes = approval_ms(plan, task, task.validates, read=True) + hub.publishes_in
        if takes > task.limit:
            what = f"the crisis page is up after {minutes(takes)} (approval and {minutes(hub.publishes_in)} of work), "
            what += f"its limit is {minutes(task.limit)}"
            yield Finding("PG-15", ("channels", index, "publishes_in"), what, "shorten the work or the approval")
            return


def unusable_private_way(view: View) -> Iterator[Finding]:
    """PG-16. Each account leads into private by a way that works there, and nobody asks for data in public."""
    plan, proposals = view.plan, known("propose")
    worlds = {one.id: one.dm for one in view.scenario.channels} if view.scenario else {}
    for account in plan.channels:
        if account.dm is None:
            continue
        way, loc = plan.private_path.channels.get(account.id), ("private_path", "channels", account.id)
        dm = worlds.get(account.id, account.dm)
        edit = Put(loc, proposals["ways"][dm if account.mechanic == "current" or dm == "none" else "form"])
        if way is None:
            what = f"nothing says how a talk on {account.id} moves into private"
            yield Finding("PG-16", loc, what, "describe the way there", (edit,))
        elif why := _unusable(account, way, dm):
            yield Finding("PG-16", loc, f"the private way on {account.id} does not work: {why}", "use a form", (edit,))
    if not plan.private_path.data_rule and any(_public(one) for one in plan.channels):
        edit = Put(("private_path", "data_rule"), proposals["data_rule"])
        what = "no rule forbids asking for personal data in public"
        yield Finding("PG-16", ("private_path", "data_rule"), what, "write one", (edit,))


def _unusable(account: Account, way: Way, dm: str) -> str:
    if any(word in way.via.casefold() for word in ("form", "link", "phone", "mail")):
        return ""
    if dm == "none":
        return "there are no private messages"
    if account.mechanic == "legacy_2010" and (way.needs_follow or dm == "follow_needed"):
        return "people can write only after being followed"
    return "people must be followed first" if dm == "follow_needed" and not way.needs_follow else ""


def too_few(view: View) -> Iterator[Finding]:
    """PG-24. Somebody answers at night where the public can write, and the peak of a crisis is staffed."""
    plan, capacity = view.plan, view.plan.capacity
    loc = ("capacity", "agents")
    if capacity.agents is None:
        edit = Put(loc, {"day": 1, "night": 1})
        yield Finding("PG-24", loc, "nothing says how many people answer", "count them, by day and by night", (edit,))
        return
    open_ = [one.id for one in plan.channels if one.visitor_posts]
    if capacity.agents.night == 0 and open_:
        what = f"nobody answers at night, and anybody can write on {names(open_)}"
        advice = "have one person answer at night, or say when answers begin"
        yield Finding("PG-24", (*loc, "night"), what, advice, (Put((*loc, "night"), 1),))
    peak = max((one.value for one in plan.severity.L3.triggers if one.signal == "same_topic_per_15m"), default=0)
    able = capacity.agents.day * capacity.replies_per_agent_per_15m
    if able < peak and capacity.surge is None:
        what = f"the team answers {able} posts in 15 minutes, a crisis brings {peak:g}, and nobody is named to help"
        helper = view.first("CSM", "SML", "COM", "EXE")
        edits = (Put(("capacity", "surge"), {"who": [helper.id], "within": "45m"}),) if helper else ()
        yield Finding("PG-24", ("capacity", "surge"), what, "name who helps, and within what time", edits)
