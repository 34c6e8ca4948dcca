"""The flows of the verbs that touch content: what is scheduled, what is posted, and our accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drills.desk import BRAND, ContentView, PostView
from tui.safe import line
from tui.screens.dialogs import ConfirmDialog
from tui.widgets.choices import Choice
from tui.widgets.job import Job

if TYPE_CHECKING:
    from tui.screens.desk import DeskScreen


async def _content(screen: DeskScreen, title: str, states: tuple[str, ...], empty: str) -> str:
    desk, target = screen.session.desk, screen.target()
    if target is not None and target.key in desk.contents and screen.pane_name == "content":
        return target.key
    choices = [
        Choice(view.content.id, _where(screen, view), view.text, tail=view.state)
        for view in desk.contents.values()
        if view.state in states
    ]
    return await screen.choose(title, choices, empty=empty)


def _where(screen: DeskScreen, view: ContentView) -> str:
    return f"{view.content.kind} on {screen.channel_name(view.content.channel)}"


async def pause(screen: DeskScreen) -> None:
    key = await _content(screen, "Hold which?", ("scheduled", "edited"), "Nothing is scheduled that you know of.")
    if key:
        screen.act("pause", target=key)


async def resume(screen: DeskScreen) -> None:
    key = await _content(screen, "Let which go out after all?", ("paused",), "Nothing is held.")
    if key:
        screen.act("resume", target=key)


async def edit(screen: DeskScreen) -> None:
    key = await _content(screen, "Change which?", ("scheduled", "edited", "paused"), "Nothing is scheduled.")
    if key:
        view = screen.session.desk.contents[key]
        title = f"Edit the scheduled {_where(screen, view)}"
        await screen.compose_text(Job("edit", title, target=key, start=view.text))


def _own_posts(screen: DeskScreen) -> list[PostView]:
    return [view for view in screen.session.desk.by_author(BRAND) if not view.gone]


async def delete(screen: DeskScreen) -> None:
    target = screen.target()
    post = target.post(screen.session.desk) if target else None
    if post is None or not post.ours or post.gone:
        choices = [
            Choice(view.key, view.text, tail=screen.channel_name(view.event.channel), whole=True)
            for view in reversed(_own_posts(screen))
        ]
        key = await screen.choose("Take down which of our posts?", choices, empty="None of our posts is up.")
        post = screen.session.desk.posts.get(key)
    if post is None:
        return
    ways = [
        Choice("said", "Take it down and say so", "The post goes, a line says that it went and why.", letter="s"),
        Choice("silent", "! Take it down without a word", "Somebody will have a screenshot.", letter="w", style="warn"),
        Choice("", "Leave it up", letter="n"),
    ]
    how = await screen.choose("Take down our post?", ways, about=line(post.text, 200))
    if how:
        screen.act("delete", target=post.key, kind=how)


async def hide(screen: DeskScreen) -> None:
    target = screen.target()
    post = target.post(screen.session.desk) if target else None
    if post is None or post.ours:
        screen.say("Choose somebody else's post first.", "warning")
        return
    text = f"{post.handle or post.author}: {post.text}"
    warning = "Fair for threats and private data. Hiding criticism is noticed."
    if await screen.ask(ConfirmDialog("Hide this post?", text, yes="hide it", no="leave it", warning=warning)):
        screen.act("hide", target=post.key)


async def close_account(screen: DeskScreen) -> None:
    desk = screen.session.desk
    choices = [
        Choice(channel.id, channel.name, channel.about, tail="closed" if channel.id in desk.closed else "")
        for channel in desk.scenario.channels
        if channel.id not in ("floor", "press", "mail")
    ]
    key = await screen.choose("Close which of our accounts?", choices)
    if not key:
        return
    warning = "People lose the place where you could have answered them, and talk elsewhere."
    text = f"Close the account on {screen.channel_name(key)}?"
    if await screen.ask(ConfirmDialog("Close the account?", text, yes="close it", no="keep it", warning=warning)):
        screen.act("close_account", target=key)
