"""What helps while one writes: facts to insert, templates of the plan, approval instead of sending."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from drills.coach.draft import may_say
from drills.desk import FactView
from tui import keys
from tui.safe import lines
from tui.screens.desk_people import approval_job
from tui.widgets.choices import Choice
from tui.widgets.composer_options import APPROVED_AS
from tui.widgets.panes import NOT_TO_BE_SAID
from tui.widgets.thread import sayable_first

if TYPE_CHECKING:
    from tui.screens.desk import DeskScreen


async def fact(screen: DeskScreen) -> None:
    """Insert a fact that may be said; the others show from when they may, or that they never may, and why."""
    now_ms = screen.session.now_ms
    facts = sayable_first(screen.session.desk)
    choices = [
        Choice(
            view.fact.id,
            view.fact.text,
            tail=_state(view, now_ms),
            letter=str(number) if number < 10 else "",
            whole=True,
            why_not="" if view.sayable else view.fact.why or "nobody has released it",
        )
        for number, view in enumerate(facts, start=1)
    ]
    unknown = keys.told("Nothing is known yet. Ask whoever may know ({ask}).")
    chosen = await screen.choose("Insert a fact", choices, empty=unknown)
    for view in facts:
        if view.fact.id == chosen:
            screen.composer.insert(lines(view.fact.insert or view.fact.text))
    screen.composer.area.focus()


def _state(view: FactView, now_ms: int) -> str:
    """Whether a fact may be said, in the words of the fact sheet; or from when."""
    words = may_say(view, now_ms)
    return f"x {NOT_TO_BE_SAID}" if words == "never" else words


async def templates(screen: DeskScreen) -> None:
    """Start from a text that the plan has ready; what stands in brackets is still to be filled in."""
    plan = screen.session.drill.plan
    ready = plan.holding if plan is not None else ()
    choices = [Choice(one.id, ", ".join(one.types).replace("-", " ") or one.id, one.shown) for one in ready]
    chosen = await screen.choose("Templates: what the plan has ready", choices, empty="This plan has none.")
    area = screen.composer.area
    for one in ready:
        if one.id == chosen:
            screen.composer.insert(lines(one.shown))
            if slots := [slot.replace("_", " ") for slot in one.slots]:
                screen.say(f"Fill in: {', '.join(slots)}")
    area.focus()


async def approval(screen: DeskScreen) -> None:
    """The same text, to whoever must approve it."""
    job = screen.composer.current()
    if job is None:
        return
    if job.do == "request_approval":
        screen.say(keys.told("This asks for approval already: {review} sends it."))
        return
    if job.do not in APPROVED_AS:
        screen.say("This goes to colleagues; nobody has to approve it.")
        return
    text = screen.composer.text
    asked = approval_job(screen, APPROVED_AS[job.do] or job.kind or "official")
    await screen.compose_text(replace(asked, target=job.target, channels=job.channels), text)


HELPS: dict[str, Callable[[DeskScreen], Awaitable[None]]] = {
    "fact": fact,
    "templates": templates,
    "approval": approval,
}
