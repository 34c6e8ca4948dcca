"""Escalate, ask, inform, and ask for approval: whom, then what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from drills.coach.calls import due_calls
from drills.desk import ContactView, Desk
from drills.plan import validators
from tui.glyphs import short_left
from tui.safe import line
from tui.screens.desk_verdicts import name_of
from tui.screens.dialogs import ChoiceDialog
from tui.widgets.choices import Choice
from tui.widgets.job import SITREP, Job
from tui.widgets.team import NOBODY, standing, told_in_words, work

if TYPE_CHECKING:
    from tui.screens.desk import DeskScreen


def choice(
    view: ContactView, now_ms: int, due: str = "", seats: Mapping[str, bool] = NOBODY, seat: str = ""
) -> Choice:
    """A colleague as something to choose: role, department, where things stand; below, by when the plan wants them told
    and what has reached them."""
    one = view.colleague
    told = told_in_words(view, seat)
    about = " · ".join([part for part in (due, told) if part])
    return Choice(one.id, one.name, about, aside=work(one), tail=standing(view, one.on_duty_at(now_ms), seats)[0])


def choices(
    desk: Desk, due: Mapping[str, str] | None = None, *, me: str = "", seats: Mapping[str, bool] = NOBODY,
    seat: str = "",
) -> list[Choice]:
    """Everybody in the order of the plan but oneself, who is off duty last; `due`: by when the plan wants somebody
    told; `me`: one's own id; `seats`: those of a room that somebody has taken; `seat`: one's own."""
    others = [view for key, view in desk.contacts.items() if key != me]
    people = sorted(others, key=lambda view: not view.colleague.on_duty_at(desk.now_ms))
    return [choice(view, desk.now_ms, (due or {}).get(view.colleague.id, ""), seats, seat) for view in people]


def named(desk: Desk, name: str) -> str:
    """The id of the colleague with this name, with or without a title before it, or ''."""
    return next((key for key, view in desk.contacts.items() if f" {name}".endswith(f" {view.colleague.name}")), "")


async def _pick(screen: DeskScreen, title: str, about: str) -> tuple[str, ...]:
    desk, target = screen.session.desk, screen.target()
    others = choices(desk, _due(screen), me=screen.me, seats=screen.session.seats, seat=screen.session.seat)
    at = (target.key,) if target is not None and target.key in {one.id for one in others} else ()
    if not others:
        screen.say("Nobody else is in this drill.")
        return ()
    return await screen.ask(ChoiceDialog(title, others, about=about, many=True, chosen=at)) or ()


def _due(screen: DeskScreen) -> dict[str, str]:
    """By when the plan wants somebody told."""
    return {
        call.id: f"plan: in {short_left(left, coarse=True)}" if left >= 0 else "plan: ! late"
        for call, left in due_calls(screen.session.drill.plan, screen.session.desk, screen.session.seat)
    }


def _names(desk: Desk, who: tuple[str, ...]) -> str:
    return ", ".join([line(desk.contacts[one].colleague.name, 24) for one in who])


def _subject(screen: DeskScreen) -> str:
    """The inbox item under the cursor, which the text then answers; one that wants no answer is left alone."""
    target = screen.target()
    item = target.item(screen.session.desk) if target is not None else None
    return item.key if item is not None and item.waiting else ""


async def escalate(screen: DeskScreen) -> None:
    subject = _subject(screen)
    who = await _pick(screen, "Escalate to", "It counts whom you wake, and who was not told in time.")
    if who:
        title = f"Situation report to {_names(screen.session.desk, who)}"
        await screen.compose_text(Job("escalate", title, to=who, target=subject, hint=SITREP))


def _at(screen: DeskScreen) -> tuple[str, ...]:
    """The colleague whose row or conversation one is at: they are meant, and nobody has to be chosen."""
    if screen.pane_name == "team" or screen.list_.id in ("team-side", "thread"):
        target = screen.target()
        if target is not None and target.key in screen.session.desk.contacts and target.key != screen.me:
            return (target.key,)
    return ()


async def ask(screen: DeskScreen) -> None:
    subject = _subject(screen)
    who = _at(screen) or await _pick(screen, "Ask", "Ask whoever owns the fact or the decision.")
    if who:
        title = f"Ask {_names(screen.session.desk, who)}"
        hint = "What you need to know or to have decided, and by when."
        await screen.compose_text(Job("ask", title, to=who, target=subject, hint=hint))


async def inform(screen: DeskScreen) -> None:
    subject = _subject(screen)
    who = _at(screen) or await _pick(screen, "Inform", "They learn what is going on; nothing is asked of them.")
    if who:
        title = f"Inform {_names(screen.session.desk, who)}"
        hint = "What is going on, what they may say, where they can ask."
        await screen.compose_text(Job("inform", title, to=who, target=subject, hint=hint))


async def request_approval(screen: DeskScreen) -> None:
    await screen.compose_text(approval_job(screen, "official"))


async def mend(screen: DeskScreen) -> None:
    """Write a returned draft again: the one under the cursor, else the last of one's own that was returned."""
    session = screen.session
    returned = {
        key: view
        for key, view in session.desk.approvals.items()
        if view.state == "returned" and (session.alone or view.action.seat == session.seat)
    }
    if not returned:
        screen.letters.refused()
        screen.say("None of your drafts has been returned.")
        return
    here = str(screen.list_.current_key).removeprefix("approval ")
    key = here if here in returned else next(reversed(returned))
    view = returned[key]
    asked = view.action
    who = " and ".join([name_of(session.desk, one, session.seats)
                        for one, verdict in view.verdicts.items() if verdict == "returned"])  # fmt: skip
    screen.say("")  # what was said against it stands above the text now
    await screen.compose_text(
        Job(
            "request_approval", "Returned draft, written again", target=asked.target, to=asked.to, kind=asked.kind,
            channels=asked.channels, start=asked.text, mends=key, hint="The text as it would go out.",
            objection=f"Returned by {who}: {view.why or 'without a reason'}",
        )
    )  # fmt: skip


def approval_job(screen: DeskScreen, kind: str) -> Job:
    """A draft for whoever else must validate this kind at the level that the team gives it."""
    desk, plan = screen.session.desk, screen.session.drill.plan
    others = {key: view for key, view in desk.contacts.items() if key != screen.me}
    to: tuple[str, ...] = ()
    if plan is not None:
        to = tuple(group[0] for group in validators(plan, kind, desk.level or 0) if group[0] in others)
    if not to:
        to = tuple(key for key, view in others.items() if kind in view.colleague.validates)[:1]
    return Job("request_approval", "Draft for approval", kind=kind, to=to, hint="The text as it would go out.")
