"""Already said: everything of ours that is out, the newest first, with its words to read and to copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from drills.desk import Desk
from scenarios.moments import show_moment
from tui import keys
from tui.safe import line, lines
from tui.screens import desk_copy
from tui.screens.dialogs import Dialog
from tui.widgets.row import Line, paragraph, right
from tui.widgets.virtual import VirtualList

EMPTY = "Nothing is out in your name yet."
MOST = 4
"""Rows of a text that is not opened."""
_FORMS = {"reply": "reply", "message": "private message", "hub": "crisis page", "press": "to the press",
          "review_fake": "praise under another name"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Out:
    """A text of ours, as it went out."""

    key: str
    at_ms: int
    what: str
    where: str
    who: str
    text: str
    gone: bool = False

    @property
    def head(self) -> str:
        """When, what, where and who, on one line."""
        return " · ".join([part for part in (self.what, self.where, self.who) if part])


def out_now(desk: Desk, called: Mapping[str, str]) -> list[Out]:
    """Everything of ours that is out, the newest first. `called`: channels by their ids."""
    seats = {action.id: action.seat for action in desk.actions}
    found = []
    for one in desk.published.values():
        what = _FORMS.get(one.form, one.form)
        if one.form == "statement":
            what = "update" if one.kind == "update" else f"{one.kind} statement".strip()
        where = ", ".join([called.get(channel, channel) for channel in one.channels]) or _whom(desk, one.targets)
        seat = seats.get(one.action, "")
        who = f"{seat}, signed {one.signed_by}" if one.signed_by else seat
        gone = one.key in desk.posts and bool(desk.posts[one.key].gone)
        found.append(Out(one.key, one.at_ms, what, where, who, one.text, gone))
    return found[::-1]


def _whom(desk: Desk, targets: Sequence[str]) -> str:
    """To whom it went, where it went to somebody."""
    names = [desk.posts[key].handle or desk.posts[key].author for key in targets if key in desk.posts]
    names += [desk.inbox[key].author for key in targets if key in desk.inbox]
    first = names[0] if names else ""
    return f"{first} and {len(names) - 1} more" if len(names) > 1 else first


class SaidList(VirtualList[Out]):
    """The texts."""

    def key_of(self, item: Out) -> str:
        return item.key

    def draw(self, item: Out, width: int) -> Sequence[Line]:
        tail = (("taken down ", "warn"),) if item.gone else ()
        head = right(((line(item.head), "muted" if item.gone else "strong"),),
                     (*tail, (show_moment(item.at_ms), "muted")), width)  # fmt: skip
        body = paragraph(lines(item.text), width, "  ", "muted" if item.gone else "")
        if item.key not in self.expanded and len(body) > MOST:
            body = [*body[: MOST - 1], ((f"  … {len(body) - MOST + 1} more lines: {keys.named('expand')}", "muted"),)]
        return [head, *body]


class SaidScreen(Dialog[None]):
    """See the module."""

    DEFAULT_CSS = """
    SaidScreen > .box { width: 110; height: 90%; }
    SaidScreen SaidList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("Y", "copy", "Copy", show=False),
        Binding("q,Q", "cancel", "Close", show=False),
    ]
    HELP = """
# Already said

All that is out in your name, the newest first: statements, replies, private messages, the crisis page, answers to the
press; with when, where, to whom and from which seat it went.

- `j` and `k` move, `x` or `enter` shows all of a long text
- `Y` copies the text, or all that are marked with `space`, with EXERCISE around it
- `esc` closes it
"""

    def __init__(self, texts: Sequence[Out]) -> None:
        super().__init__()
        self.texts = texts

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield SaidList(empty=EMPTY)

    @property
    def _answers(self) -> str:
        return f"{keys.named('expand')} all of it · Y copies · esc closes" if self.texts else "esc closes"

    def on_mount(self) -> None:
        self.frame(f"Already said · {len(self.texts)}", self._answers)
        found = self.query_one(SaidList)
        found.fill(list(self.texts))
        found.cursor = 0
        found.focus()

    @on(VirtualList.Opened)
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        self.query_one(SaidList).action_expand()

    def action_copy(self) -> None:
        """Copy the text under the cursor, or all that are marked."""
        found = self.query_one(SaidList)
        chosen = [item for item in found.items if item.key in found.marked] or [
            item for item in [found.current] if item is not None
        ]
        if chosen:
            texts = [lines(f"{show_moment(one.at_ms)} {one.head}:\n{one.text}") for one in chosen]
            self.app.copy_to_clipboard(desk_copy.marked("\n\n".join(texts)))
            self.frame("Already said · copied, with EXERCISE around it", self._answers)
