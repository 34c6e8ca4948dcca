"""The flows of the verbs that speak: what each asks before the composer opens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drills.room.rights import SEATS
from tui import keys
from tui.glyphs import short_left
from tui.room import called, room_of
from tui.safe import line
from tui.screens import desk_claims as claims
from tui.screens import desk_people as people
from tui.screens.desk_answer import answer
from tui.screens.desk_room import played
from tui.screens.dialogs import ConfirmDialog
from tui.widgets.choices import Choice
from tui.widgets.job import Job

if TYPE_CHECKING:
    from tui.screens.desk import DeskScreen


async def reply(screen: DeskScreen, everyone: bool = False) -> None:
    desk, target, marked = screen.session.desk, screen.target(), screen.marked()
    if target is not None and not marked and (item := target.item(desk)):
        await answer_item(screen, item.key)
        return
    group = marked or ((target.key, *target.group) if target else ())
    posts = [key for key in dict.fromkeys(group) if key in desk.posts]
    if not posts:
        screen.say("Choose a post or an inbox item first.", "warning")
        return
    # A group's newest post changes while one writes: what was begun for another of its posts is taken up again.
    first = next((key for key in posts if screen.session.draft(f"reply {key}")), posts[0])
    post = desk.posts[first]
    also = tuple(key for key in posts if key != first) if everyone or marked else ()
    if screen.refused("reply") or await claims.leave_it(screen, posts):
        return
    channel = post.event.channel
    whom = f"{len(also) + 1} posts" if also else line(post.handle or post.author, 24)
    title = f"{screen.channel_name(channel)} · in public to {whom} · as {screen.our_handle(channel)}"
    job = Job("reply", title, target=post.key, also=also, hint="Everybody can read this.")
    await screen.compose_text(replace(job, whom=f"{whom}, in public", about=post.text))


async def answer_item(screen: DeskScreen, key: str) -> None:
    """Answer what reached us directly, in the way it came."""
    desk = screen.session.desk
    item = desk.inbox[key]
    who = line(item.author, 30)
    if item.medium == "approval":
        await decide(screen)
        return
    if screen.script(item).mine:
        screen.say("The script speaks for you here: one of the others answers it.")
        return
    if await claims.leave_it(screen, [key]):
        return
    if played(item):
        await answer_seat(screen, key)
    elif (do := answer(desk, key)) == "answer_press":
        title = f"Answer the press · {who}"
        hint = "Quotable. Say what may be said, and when there is more."
        job = Job("answer_press", title, target=key, hint=hint, whom=f"{who}, the press")
        await screen.compose_text(replace(job, about=item.subject or item.text))
    elif do == "inform":
        title, to = f"Answer {who}", (people.named(desk, item.author),)
        job = Job("inform", title, target=key, to=to, hint="They read this, nobody else.", whom=f"{who}, nobody else")
        await screen.compose_text(replace(job, about=item.subject or item.text))
    else:
        await screen.compose_text(_private(who, key, item.subject or item.text))


def _private(who: str, key: str, about: str) -> Job:
    hint = "Only they can read this."
    return Job("message", f"Private message to {who}", target=key, hint=hint, whom=f"{who}, in private", about=about)


async def answer_seat(screen: DeskScreen, key: str) -> None:
    """Answer whoever has called from another seat: by a call to the colleague they play, else by a word to all."""
    desk = screen.session.desk
    item = desk.inbox[key]
    if not (do := answer(desk, key)):
        screen.say(keys.told("The facilitator's word wants no answer. {note} tells all."))
        return
    who = f"the {line(item.author, 30)}"
    if do == "inform":
        contact = next(one for one, view in desk.contacts.items() if view.colleague.role == item.sender)
        job = Job("inform", f"Answer {who}", target=key, to=(contact,), hint="They read this, nobody else.")
        job = replace(job, whom=f"{who}, nobody else")
    else:
        job = Job("note", f"To {who}, and all", target=key, hint="The whole team reads this.", whom="the whole team")
    await screen.compose_text(replace(job, about=item.text))


async def message(screen: DeskScreen) -> None:
    desk, target = screen.session.desk, screen.target()
    if target is None or not (target.post(desk) or target.item(desk)):
        screen.say("Choose a post or an inbox item first.", "warning")
        return
    post, item = target.post(desk), target.item(desk)
    if post is not None and post.ours:
        screen.say("That is our own post: choose one of theirs to write to.", "warning")
        return
    if screen.refused("message") or await claims.leave_it(screen, [target.key]):
        return
    channels = {channel.id: channel for channel in desk.scenario.channels}
    if post is not None and post.event.channel in channels and channels[post.event.channel].dm == "none":
        screen.say(f"{screen.channel_name(post.event.channel)} has no private messages.")
        return
    who = line(post.handle or post.author, 30) if post else line(item.author if item else "", 30)
    about = post.text if post else item.subject or item.text if item else ""
    await screen.compose_text(_private(who, target.key, about))


async def publish(screen: DeskScreen) -> None:
    desk = screen.session.desk
    kind = "update" if [p for p in desk.published.values() if p.form == "statement"] else "holding"
    hint = "What we know, what we do, what you can do, when you hear from us again."
    job = Job("publish", f"Statement of {desk.scenario.brand.name}", kind=kind, hint=hint)
    passed = [
        (key, view.action)
        for key, view in desk.approvals.items()
        if view.state == "approved" and view.action.kind in ("holding", "official", "update")
        and (screen.session.alone or view.action.seat == screen.session.seat)
    ]
    if not passed:
        await screen.compose_text(job)
        _at_once(screen)
        return
    # What was approved goes out as it was approved, unless somebody says otherwise.
    key, asked = passed[-1]
    job = replace(job, kind=asked.kind, approval=key, channels=asked.channels, start=asked.text)
    await screen.compose_text(job, asked.text)
    screen.say(keys.told("The approved text, with its approval: choose channels, sign it, {review}."))


def _at_once(screen: DeskScreen) -> None:
    """Say who writes to the public already."""
    room = room_of(screen.session)
    if room is not None and (others := [called(one) for one in room.stating]):
        writes = "writes" if len(others) == 1 else "write"
        screen.say(f"The {' and the '.join(others)} {writes} a statement too: agree who speaks.", "warning")


async def hub(screen: DeskScreen) -> None:
    if not any(channel.id == "hub" for channel in screen.session.desk.scenario.channels):
        screen.say("There is no crisis page in this drill.")
        return
    kind = "update" if screen.session.desk.hub_open else "open"
    hint = "Facts, answers to what people ask, and when the page is updated next."
    await screen.compose_text(Job("hub", "Crisis page", kind=kind, hint=hint))
    _at_once(screen)


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
    return f"late {short_left(due_ms - now_ms)}" if due_ms < now_ms else f"{short_left(due_ms - now_ms)} left"


async def pin(screen: DeskScreen) -> None:
    desk = screen.session.desk
    names = {channel.id: channel.name for channel in desk.scenario.channels}
    choices = [
        Choice(
            text.key,
            f"{text.kind} {text.form} on {', '.join([names.get(one, one) for one in text.channels])}".strip(),
            text.text,
            tail="pinned" if text.key in desk.pinned.values() else "",
        )
        for text in reversed(desk.published.values())
        if text.form in ("statement", "reply")
    ]
    key = await screen.choose("Pin which of our texts?", choices, empty="You have not published anything yet.")
    if key:
        screen.act("pin", target=key)


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
        item = drafts[0] if len(drafts) == 1 else None
    if item is None:
        choices = [Choice(one.key, f"{one.author}: {one.subject or one.text}", one.draft) for one in drafts]
        key = await screen.choose("Decide on which draft?", choices, empty="Nobody waits for your approval.")
        item = desk.inbox.get(key)
    if item is None:
        return
    after = "Whoever wrote it may then send it." if played(item) else "It goes out as it stands."
    ways = [
        Choice("approve", "Approve it", after, letter="a"),
        Choice("return", "Return it, with what has to change", letter="r"),
        Choice("", "Not now", letter="n"),
    ]
    sign = screen.script(item).sign
    whose = f"the {item.author}" if item.author in SEATS.values() else line(item.author, 40)
    by = whose + (f" · {sign}" if sign else "")
    verdict = await screen.choose(f"Draft by {by}", ways, about=item.draft or item.text)
    if verdict == "approve":
        screen.act("decide", target=item.key, kind="approve")
    elif verdict == "return":
        title = f"Return the draft to {whose}"
        await screen.compose_text(Job("decide", title, target=item.key, kind="return", hint="What has to change?"))
