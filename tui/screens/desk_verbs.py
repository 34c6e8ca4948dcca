"""What each verb of a desk asks before it is done. `VERB_FLOWS` has one flow for every verb of engine.actions.VERBS.

A flow runs as a worker of the desk's screen: it may open dialogues and wait for their answers. Texts go to the
composer and from there to the outbox; everything else is done at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tui import keys
from tui.glyphs import FLAGS
from tui.plan_run import asked
from tui.safe import line
from tui.screens import desk_claims as claims
from tui.screens import desk_content as content
from tui.screens import desk_people as people
from tui.screens import desk_speaking as speaking
from tui.screens import team_talk
from tui.screens.classify import ClassifyDialog
from tui.screens.dialogs import ConfirmDialog
from tui.widgets.choices import Choice

if TYPE_CHECKING:
    from tui.screens.desk import DeskScreen

Flow = Callable[["DeskScreen"], Awaitable[None]]


async def classify(screen: DeskScreen) -> None:
    fields = await screen.ask(ClassifyDialog(screen.session.desk))
    if not fields or not screen.act("classify", **fields):
        return
    word = asked(screen.session.drill.plan, screen.session.desk, screen.session.seat)
    if word and screen.coach == "on":
        screen.say(word, "hint")


async def flag(screen: DeskScreen) -> None:
    desk = screen.session.desk
    meant = screen.targets()  # now: what is under the cursor may be another when the question is answered
    if not [key for key in meant if key in desk.posts or key in desk.inbox]:
        screen.say("Choose a post or an inbox item first.", "warning")
        return
    letters = {"priority": "p", "rumour": "r", "press": "s", "thanks": "t", "dismissed": "d", "done": "o"}
    choices = [
        Choice(name, f"{sign.word} {sign.glyph}", letter=letters[name], style=sign.style)
        for name, sign in FLAGS.items()
    ]
    kind = await screen.choose("Flag as", choices)
    if kind:
        screen.flag(kind, meant)


async def note(screen: DeskScreen) -> None:
    target = screen.target()
    about = ""
    if target is not None and (post := target.post(screen.session.desk)):
        about = f"about {line(post.handle or post.author, 30)}: {line(post.text, 120)}"
    elif target is not None and (item := target.item(screen.session.desk)):
        about = f"about {line(item.author, 30)}: {line(item.subject or item.text, 120)}"
    key = target.key if target is not None and about else ""
    title = "A line for the log"
    if not screen.session.alone:  # the others read it without the row that one is at
        title, about, key = team_talk.ALL, team_talk.ABOUT, ""
    text = await screen.ask(team_talk.box(screen.session, title, about))
    if text and screen.act("note", text=text, target=key):
        screen.session.save_draft("note", "")


async def sweep(screen: DeskScreen) -> None:
    if screen.act("sweep"):
        screen.say(keys.told("Swept. {pane-content} shows what is scheduled in your name."))
        screen.go("content")


async def stand_down(screen: DeskScreen) -> None:
    open_rows = len(screen.session.desk.queue())
    text = "This ends the crisis mode: the team goes back to routine."
    warning = f"{open_rows} rows still wait for an answer." if open_rows else ""
    if await screen.ask(ConfirmDialog("Stand down?", text, yes="stand down", no="go on", warning=warning)):
        screen.act("stand_down")


async def reply(screen: DeskScreen) -> None:
    target = screen.target()
    if target is not None and target.key in screen.session.desk.contacts:
        await people.ask(screen)
    else:
        await speaking.reply(screen)


OF_ROW = ("flag", "assign", "reply", "message", "answer_press", "decide", "hide", "pause", "resume", "edit")
"""Verbs that are done to what is under the cursor."""
VERB_FLOWS: dict[str, Flow] = {
    "flag": flag,
    "assign": claims.assign,
    "sweep": sweep,
    "classify": classify,
    "note": note,
    "reply": reply,
    "message": speaking.message,
    "publish": speaking.publish,
    "pin": speaking.pin,
    "hub": speaking.hub,
    "answer_press": speaking.answer_press,
    "pause": content.pause,
    "edit": content.edit,
    "resume": content.resume,
    "delete": content.delete,
    "hide": content.hide,
    "close_account": content.close_account,
    "escalate": people.escalate,
    "ask": people.ask,
    "request_approval": people.request_approval,
    "decide": speaking.decide,
    "inform": people.inform,
    "stand_down": stand_down,
    "review_fake": speaking.plant_praise,
}
