"""Steps that several scripted teams take: looking round, calling, stopping, answering. None says when; teams do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drills.desk import ApprovalView, InboxItem, Row
from drills.plan import emergency_rule, leave_to_own, validators
from drills.responders.team import Team
from scenarios.model import Content, Theme
from scenarios.moments import MINUTE, SECOND

BY_LEVEL = (("SML", 2), ("COM", 2), ("LEG", 3), ("FUN", 3), ("EXE", 3), ("CAB", 3))
"""Who must be told from which level on, where nothing says more."""
_AGAIN_MS = 3 * MINUTE
"""How long after it called somebody in vain a team waits before it calls again, beside the time they let it ring."""


def sweep(team: Team) -> bool:
    """Look over all accounts and everything scheduled."""
    return team.once("sweep") and team.act("sweep", 30 * SECOND)


def own_goal(team: Team) -> str:
    """A post of ours that people are upset about, written before we came and not dealt with yet, or ''."""
    known = {*team.done, *team.desk.contents, *(action.id for action in team.desk.actions)}
    for view in team.desk.posts.values():
        if view.ours and view.event.theme and not view.gone and not known & {view.key, view.event.cause}:
            return view.key
    return ""


def unlock(team: Team, what: str) -> bool:
    """Call whoever holds the keys to this, and again a while after they could not be reached."""
    who = team.locked(what)
    if not who or team.desk.contacts[who].state == "calling" or team.desk.contacts[who].why == "number":
        return False
    return team.every(f"keys {who}", _AGAIN_MS) and team.act("inform", 30 * SECOND, to=(who,), text=team.line("sitrep"))


def take_down(team: Team) -> bool:
    """An own post that hurts comes down at once, and openly."""
    key = own_goal(team)
    if key and team.locked(team.desk.posts[key].event.channel):
        return unlock(team, team.desk.posts[key].event.channel)
    return bool(key) and team.once(key) and team.act("delete", 30 * SECOND, target=key, kind="said")


def stop(team: Team, wanted: Callable[[Content], object]) -> bool:
    """Hold one more of the scheduled items that are wanted, or call whoever holds the keys to it."""
    for view in team.desk.contents.values():
        if view.state != "scheduled" or not wanted(view.content):
            continue
        if team.locked(view.content.id):
            if unlock(team, view.content.id):
                return True
        elif team.once(f"pause {view.content.id}"):
            return team.act("pause", 15 * SECOND, target=view.content.id)
    return False


def stop_content(team: Team) -> bool:
    """From L2, hold everything that is scheduled and clashes."""
    return team.level >= 2 and stop(team, lambda content: content.clash)


def call_by_level(team: Team) -> bool:
    """Call one more of those whom the level asks for, with the team's own report."""
    for role, level in BY_LEVEL:
        if level <= team.level and team.once(f"call {role}"):
            people = team.people(role)
            if people:
                return team.act("escalate", 40 * SECOND, to=(people[0],), text=team.line("sitrep"))
    return False


def ask_leave(team: Team, slot: str, to: tuple[str, ...], **draft: Any) -> bool:
    """Send a draft to whoever must allow it; `Team.asked` keeps the approval under its slot."""
    before = len(team.desk.actions)
    if not team.act("request_approval", 40 * SECOND, to=to, **draft):
        return False
    team.asked[slot] = team.desk.actions[before].id
    return True


def cleared(team: Team, slot: str, **draft: Any) -> str | None:
    """The approval under which this draft may go out, '' where none is needed, None while it is not given.

    Asks for it when it hasn't been asked for, and deputies when the plan's time has passed; both are things done: see
    `Team.busy`.
    """
    plan, kind = team.session.drill.plan, draft["kind"]
    needed = validators(plan, kind, team.level) if plan else ()
    if plan is None or not needed:
        return ""
    owning = leave_to_own(plan) if kind == "official" else ()
    asked = tuple(group[0] for group in needed)
    if owning and not set(asked) & set(owning):
        asked = (*asked, owning[0])
    if owning:
        needed = (*needed, owning)
    if slot not in team.asked:
        ask_leave(team, slot, asked, **draft)
        return None
    view = team.desk.approvals[team.asked[slot]]
    if view.state == "approved":
        return view.action.id
    if view.state == "timed out" and emergency_rule(plan, team.level) and kind == "holding":
        return "emergency"
    return _by_deputies(team, slot, needed, view, **draft)


def _by_deputies(
    team: Team, slot: str, needed: tuple[tuple[str, ...], ...], view: ApprovalView, **draft: Any
) -> str | None:
    """The approval of those who stand in for whoever let the plan's time pass, and of those who were still to come."""
    second = f"{slot} again"
    if second not in team.asked:
        gave = {who for who, verdict in view.verdicts.items() if verdict == "approved"}
        open_ = [group for group in needed if not gave & set(group)]
        late = [group for group in open_ if view.verdicts.get(group[0]) == "timed out"]
        if not late or view.state == "returned" or not all(len(group) > 1 for group in late):
            return None
        to = [group[1] if group in late else group[0] for group in open_ if group in late or _to_come(view, group)]
        ask_leave(team, second, tuple(to), **draft)
        return None
    again = team.desk.approvals[team.asked[second]]
    gave = {who for each in (view, again) for who, verdict in each.verdicts.items() if verdict == "approved"}
    whole = all(gave & set(group) for group in needed)
    return again.action.id if again.state == "approved" and whole else None


def _to_come(view: ApprovalView, group: tuple[str, ...]) -> bool:
    """Whether it was not yet this validator's turn."""
    return group[0] not in view.lies_with


def first(team: Team, *media: str) -> InboxItem | None:
    """What has waited longest of what reached us directly in one of these ways, and we have not dealt with."""
    waiting = (item for item in team.desk.inbox.values() if item.waiting and item.key not in team.done)
    return next((item for item in waiting if not media or item.medium in media), None)


def rows(team: Team, *needs: str) -> list[Row]:
    """What waits for a public answer, the least time left first; of these needs only, where any is given."""
    return [row for row in team.desk.queue() if row.posts and (not needs or row.need in needs)]


def theme_of(team: Team, key: str) -> Theme | None:
    """What a post is about."""
    theme = team.desk.posts[key].event.theme
    return next((each for each in team.scenario.themes if each.id == theme), None)


def reply(team: Team, row: Row, use: str, takes_ms: int, text: str = "") -> bool:
    """One public answer to a row of the queue: this text, or the team's next for this use."""
    newest = team.desk.posts[row.posts[-1]]
    also = row.posts[-team.manner.group : -1]
    limit = next(channel.char_limit for channel in team.scenario.channels if channel.id == newest.event.channel)
    theme = theme_of(team, newest.key)
    if not text or len(text) > limit:
        text = team.line(use, newest.handle, theme.title if theme else "", limit)
    return team.act("reply", takes_ms + 3 * len(also) * SECOND, target=newest.key, also=also, text=text)


def inform_boss(team: Team, item: InboxItem, takes_ms: int) -> bool:
    """A word back to a colleague or an executive who wrote: to them, else to somebody who leads."""
    people = [id_ for id_, one in team.desk.contacts.items() if one.colleague.name == item.author]
    leads = [id_ for id_, one in team.desk.contacts.items() if one.colleague.role in ("COM", "SML", "EXE")]
    to = (people or leads)[:1]
    return bool(to) and team.act("inform", takes_ms, target=item.key, to=tuple(to), text=team.line("boundary"))
