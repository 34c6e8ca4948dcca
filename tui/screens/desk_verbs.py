"""What each verb of a desk asks before it is done. `VERB_FLOWS` has one flow for every verb of engine.actions.VERBS.

A flow runs as a worker of the desk's screen: it may open dialogues and wait for their answers. Texts go to the
composer and from there to the outbox; everything else is done at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from drills.desk import BRAND, PostView
from tui.glyphs import FLAGS, short_left
from tui.safe import line
from tui.screens import desk_people as people
from tui.screens.classify import ClassifyDialog
from tui.screens.dialogs import ConfirmDialog, LineDialog
from tui.widgets.choices import Choice
from tui.widgets.job import Job

if TYPE_CHECKING:
    from tui.screens.desk import DeskScreen

Flow = Callable[["DeskScreen"], Awaitable[None]]


# -- triage ----------------------------------------------------------------------------------------------------


async def classify(screen: DeskScreen) -> None:
    fields = await screen.ask(ClassifyDialog(screen.session.desk))
    if fields:
        screen.act("classify", **fields)


async def flag(screen: DeskScreen) -> None:
    desk = screen.session.desk
    if not [key for key in screen.targets() if key in desk.posts or key in desk.inbox]:
        screen.say("Choose a post or an inbox item first.")
        return
    letters = {"priority": "p", "rumour": "r", "press": "s", "thanks": "t", "dismissed": "d", "done": "x"}
    choices = [
        Choice(name, f"{sign.glyph} {sign.word}", letter=letters[name], style=sign.style)
        for name, sign in FLAGS.items()
    ]
    kind = await screen.choose("Flag as", choices)
    if kind:
        screen.flag(kind)


async def assign(screen: DeskScreen) -> None:
    posts = tuple(key for key in screen.targets() if key in screen.session.desk.posts)
    if not posts:
        screen.say("Choose a post first.")
        return
    who = await screen.choose("Give it to", people.choices(screen.session.desk))
    if who:
        screen.act("assign", target=posts[0], also=posts[1:], to=(who,))
        screen.unmark()


async def note(screen: DeskScreen) -> None:
    target = screen.target()
    about = ""
    if target is not None and (post := target.post(screen.session.desk)):
        about = f"about {line(post.handle or post.author, 30)}: {line(post.text, 120)}"
    elif target is not None and (item := target.item(screen.session.desk)):
        about = f"about {line(item.author, 30)}: {line(item.subject or item.text, 120)}"
    text = await screen.ask(LineDialog("A line for the log", about=about, placeholder="What you know, decided or saw"))
    if text:
        screen.act("note", text=text, target=target.key if target and about else "")


async def sweep(screen: DeskScreen) -> None:
    if screen.act("sweep"):
        screen.say("Swept. 6 shows what is scheduled in your name.")
        screen.go("content")


async def stand_down(screen: DeskScreen) -> None:
    open_rows = len(screen.session.desk.queue())
    text = "This ends the crisis mode: the team goes back to routine."
    warning = f"{open_rows} rows still wait for an answer." if open_rows else ""
    if await screen.ask(ConfirmDialog("Stand down?", text, yes="stand down", no="go on", warning=warning)):
        screen.act("stand_down")


# -- speaking --------------------------------------------------------------------------------------------------


async def reply(screen: DeskScreen, everyone: bool = False) -> None:
    desk, target, marked = screen.session.desk, screen.target(), screen.marked()
    if target is not None and not marked and (item := target.item(desk)):
        await answer_item(screen, item.key)
        return
    meant = marked or ((target.key, *target.group) if everyone and target else (target.key,) if target else ())
    posts = [key for key in dict.fromkeys(meant) if key in desk.posts]
    if not posts:
        screen.say("Choose a post or an inbox item first.")
        return
    post, also = desk.posts[posts[0]], tuple(posts[1:])
    channel = post.event.channel
    whom = f"{len(also) + 1} posts" if also else line(post.handle or post.author, 24)
    title = f"Reply as {screen.our_handle(channel)} · public · to {whom} · {screen.channel_name(channel)}"
    await screen.compose_text(Job("reply", title, target=post.key, also=also, hint="Everybody can read this."))


async def answer_item(screen: DeskScreen, key: str) -> None:
    """Answer what reached us directly, in the way it came."""
    desk = screen.session.desk
    item = desk.inbox[key]
    who = line(item.author, 30)
    if item.medium == "approval":
        await decide(screen)
    elif item.medium == "press" or (item.medium == "call" and _journalist(screen, item.author)):
        title = f"Answer the press · {who}"
        hint = "Quotable. Say what may be said, and when there is more."
        await screen.compose_text(Job("answer_press", title, target=key, hint=hint))
    elif contact := people.named(desk, item.author):
        title = f"Inform {who}"
        await screen.compose_text(Job("inform", title, target=key, to=(contact,), hint="They read this, nobody else."))
    else:
        title = f"Private message to {who}"
        await screen.compose_text(Job("message", title, target=key, hint="Only they can read this."))


def _journalist(screen: DeskScreen, name: str) -> bool:
    cast = screen.session.desk.scenario.cast
    return any(member.voice == "journalist" for member in cast if member.name == name)


async def message(screen: DeskScreen) -> None:
    desk, target = screen.session.desk, screen.target()
    if target is None or not (target.post(desk) or target.item(desk)):
        screen.say("Choose a post or an inbox item first.")
        return
    post, item = target.post(desk), target.item(desk)
    channels = {channel.id: channel for channel in desk.scenario.channels}
    if post is not None and post.event.channel in channels and channels[post.event.channel].dm == "none":
        screen.say(f"{screen.channel_name(post.event.channel)} has no private messages.")
        return
    who = line(post.handle or post.author, 30) if post else line(item.author if item else "", 30)
    await screen.compose_text(
        Job("message", f"Private message to {who}", target=target.key, hint="Only they can read this.")
    )


async def publish(screen: DeskScreen) -> None:
    kind = "update" if [p for p in screen.session.desk.published.values() if p.form == "statement"] else "holding"
    hint = "What we know, what we do, what you can do, when you hear from us again."
    await screen.compose_text(
        Job("publish", f"Statement of {screen.session.desk.scenario.brand.name}", kind=kind, hint=hint)
    )


async def hub(screen: DeskScreen) -> None:
    if not any(channel.id == "hub" for channel in screen.session.desk.scenario.channels):
        screen.say("There is no crisis page in this drill.")
        return
    kind = "update" if screen.session.desk.hub_open else "open"
    hint = "Facts, answers to what people ask, and when the page is updated next."
    await screen.compose_text(Job("hub", "Crisis page", kind=kind, hint=hint))


async def answer_press(screen: DeskScreen) -> None:
    desk, target = screen.session.desk, screen.target()
    item = target.item(desk) if target else None
    if item is not None and item.medium == "press":
        await answer_item(screen, item.key)
        return
    open_queries = [one for one in desk.inbox.values() if one.medium == "press"]
    choices = [
        Choice(
            one.key,
            f"{one.author}: {one.subject or one.text}",
            tail="✓ answered" if one.answered_ms >= 0 else _left(one.due_ms, desk.now_ms),
        )
        for one in reversed(open_queries)
    ]
    key = await screen.choose("Which query?", choices, empty="No journalist has asked anything yet.")
    if key:
        await answer_item(screen, key)


def _left(due_ms: int, now_ms: int) -> str:
    if due_ms < 0:
        return ""
    return f"late {short_left(due_ms - now_ms)}" if due_ms < now_ms else f"due in {short_left(due_ms - now_ms)}"


async def pin(screen: DeskScreen) -> None:
    desk = screen.session.desk
    names = {channel.id: channel.name for channel in desk.scenario.channels}
    choices = [
        Choice(
            text.key,
            f"{text.kind or text.form} on {', '.join([names.get(one, one) for one in text.channels])}",
            text.text,
            tail="pinned" if text.key in desk.pinned.values() else "",
        )
        for text in reversed(desk.published.values())
        if text.form in ("statement", "reply")
    ]
    key = await screen.choose("Pin which of our statements?", choices, empty="You have not published anything yet.")
    if key:
        screen.act("pin", target=key)


# -- content and own words -------------------------------------------------------------------------------------


async def _content(screen: DeskScreen, title: str, states: tuple[str, ...], empty: str) -> str:
    desk, target = screen.session.desk, screen.target()
    if target is not None and target.key in desk.contents and screen.pane_name == "content":
        return target.key
    choices = [
        Choice(view.content.id, f"{view.content.kind} on {view.content.channel}", view.text, tail=view.state)
        for view in desk.contents.values()
        if view.state in states
    ]
    return await screen.choose(title, choices, empty=empty)


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
        title = f"Edit the scheduled {view.content.kind} on {view.content.channel}"
        await screen.compose_text(Job("edit", title, target=key, start=view.text))


def _own_posts(screen: DeskScreen) -> list[PostView]:
    return [view for view in screen.session.desk.by_author(BRAND) if not view.gone]


async def delete(screen: DeskScreen) -> None:
    target = screen.target()
    post = target.post(screen.session.desk) if target else None
    if post is None or not post.ours or post.gone:
        choices = [Choice(view.key, view.text, tail=view.event.channel) for view in reversed(_own_posts(screen))]
        key = await screen.choose("Take down which of our posts?", choices, empty="None of our posts is up.")
        post = screen.session.desk.posts.get(key)
    if post is None:
        return
    ways = [
        Choice("said", "Take it down and say so", "The post goes, a line says that it went and why.", letter="s"),
        Choice("silent", "Take it down without a word", "Somebody will have a screenshot.", letter="w", style="warn"),
        Choice("", "Leave it up", letter="n"),
    ]
    how = await screen.choose("Take down our post?", ways, about=line(post.text, 200))
    if how:
        screen.act("delete", target=post.key, kind=how)


async def hide(screen: DeskScreen) -> None:
    target = screen.target()
    post = target.post(screen.session.desk) if target else None
    if post is None or post.ours:
        screen.say("Choose somebody else's post first.")
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


async def plant_praise(screen: DeskScreen) -> None:
    warning = "Praise under another name is a lie to your customers. It comes out, and it is often unlawful."
    text = "Write praise of yourselves as if you were a customer?"
    if not await screen.ask(ConfirmDialog("Plant praise?", text, yes="write it", no="leave it", warning=warning)):
        return
    target = screen.target()
    post = target.post(screen.session.desk) if target else None
    where = post.event.channel if post else screen.session.desk.scenario.channels[0].id
    title = f"Praise under another name · {screen.channel_name(where)}"
    await screen.compose_text(Job("review_fake", title, target=where))


async def decide(screen: DeskScreen) -> None:
    desk, target = screen.session.desk, screen.target()
    item = target.item(desk) if target else None
    if item is None or item.medium != "approval":
        drafts = [one for one in desk.inbox.values() if one.medium == "approval" and one.answered_ms < 0]
        choices = [Choice(one.key, f"{one.author}: {one.subject}", one.draft) for one in drafts]
        key = await screen.choose("Decide on which draft?", choices, empty="Nobody waits for your approval.")
        item = desk.inbox.get(key)
    if item is None:
        return
    ways = [
        Choice("approve", "Approve it", "It goes out as it stands.", letter="a"),
        Choice("return", "Return it, with what has to change", letter="r"),
        Choice("", "Not now", letter="n"),
    ]
    verdict = await screen.choose(f"Draft by {line(item.author, 40)}", ways, about=item.draft or item.text)
    if verdict == "approve":
        screen.act("decide", target=item.key, kind="approve")
    elif verdict == "return":
        title = f"Return the draft to {line(item.author, 40)}"
        await screen.compose_text(Job("decide", title, target=item.key, kind="return", hint="What has to change?"))


VERB_FLOWS: dict[str, Flow] = {
    "flag": flag,
    "assign": assign,
    "sweep": sweep,
    "classify": classify,
    "note": note,
    "reply": reply,
    "message": message,
    "publish": publish,
    "pin": pin,
    "hub": hub,
    "answer_press": answer_press,
    "pause": pause,
    "edit": edit,
    "resume": resume,
    "delete": delete,
    "hide": hide,
    "close_account": close_account,
    "escalate": people.escalate,
    "ask": people.ask,
    "request_approval": people.request_approval,
    "decide": decide,
    "inform": people.inform,
    "stand_down": stand_down,
    "review_fake": plant_praise,
}
