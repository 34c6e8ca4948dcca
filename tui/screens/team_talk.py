"""The team's talk: the box for a word to all, and the last of what was said. It works whenever the room stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.content import Content

from drills.desk import Desk
from drills.desk.people_fold import FACILITATOR
from drills.errors import DrillError
from drills.room.wire import HANDOVER, TALK
from scenarios.text import clean
from tui.room import TELL, check
from tui.safe import fit, line
from tui.screens.dialogs import LineDialog
from tui.widgets.wrap import wrap

if TYPE_CHECKING:
    from tui.room import RoomView
    from tui.session_view import SessionView

ALL = TELL
ABOUT = "Everybody reads it at once, and it stands in the log."
ASKED = "What you know, decided or saw"
SHOWN = 3
"""So many of the last words stand where one waits for STARTEX."""


def box(session: SessionView, title: str = ALL, about: str = ABOUT) -> LineDialog:
    """The box for a line; what was begun and not said stands in it again."""
    begun, keep = session.draft(TALK), keeper(session, TALK)
    does = "writes it" if session.alone else "says it"
    return LineDialog(title, about=about, placeholder=ASKED, value=begun, does=does, keep=keep)


def keeper(session: SessionView, slot: str) -> Callable[[str], None]:
    """Keeps a line under its slot as it is typed."""
    return lambda text: session.save_draft(slot, text)


async def say(app: App[Any], room: RoomView) -> None:
    """Ask for a word to all, and say it."""
    try:
        check(room, TALK)
        if text := await app.push_screen_wait(box(room)):
            room.act(TALK, text=text)
            room.save_draft(TALK, "")
    except DrillError as error:
        app.notify(clean(str(error)), severity="warning", markup=False)


def said(desk: Desk) -> list[tuple[int, str, str]]:
    """What the team has said, and the facilitator to it: when, who and the words, in the order of their moments."""
    words = [
        (one.at_ms, f"{one.seat} hands over" if one.kind == HANDOVER else one.seat, one.text)
        for one in desk.actions
        if one.do == TALK
    ]
    words += [(one.at_ms, "facilitator", one.text) for one in desk.inbox.values() if one.sender == FACILITATOR]
    return sorted(words, key=lambda one: one[0])


def last_said(desk: Desk, width: int) -> Content:
    """The last words, a line each, the very last up to two; nothing where nobody has said anything."""
    last, rows = said(desk)[-SHOWN:], []
    for at, (_, who, text) in enumerate(last, 1):
        head = f" {line(who)}: "
        room = max(10, width - len(head) - 1)
        words = wrap(line(text), room) if at == len(last) else [line(text)]
        rows.append(Content.assemble((head, "bold"), fit(words[0], room)))
        if words[1:]:
            rows.append(Content(" " * len(head) + fit(" ".join(words[1:]), room)))
    return Content("\n").join(rows)
