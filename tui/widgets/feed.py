"""The feed: every post as it comes. It follows until somebody reads; then it counts, and stays where it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding
from textual.message import Message
from textual.reactive import var

from drills.desk import PostView
from scenarios.moments import show_moment
from tui import keys
from tui.glyphs import FLAGS, need, short_number, spread_words
from tui.safe import line, lines
from tui.widgets.row import Line, Piece, right
from tui.widgets.virtual import VirtualList
from tui.widgets.wrap import wrap

GONE = {"said": "taken down, and said so", "silent": "taken down silently"}


def tags(view: PostView, group: int = 0) -> Line:
    """What became of a post: ours, answered, taken down, flags, its group in the queue."""
    out: list[Piece] = []
    if view.gone:
        out.append((f"{GONE.get(view.gone, view.gone)} ", "muted"))
    elif view.answered_ms >= 0:
        out.append(("✓ answered ", "calm"))
    out += [(f"{FLAGS[flag].glyph} {FLAGS[flag].word} ", FLAGS[flag].style) for flag in view.flags if flag in FLAGS]
    if view.assigned:
        out.append((f"→ {line(view.assigned, 12)} ", "muted"))
    if view.waiting:
        out.append((f"waits ×{group} " if group > 1 else "waits ", "muted"))
    return tuple(out)


class Feed(VirtualList[PostView]):
    """Posts in the order in which they appeared. Its cost depends on what is on screen, not on how many came."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [*keys.bindings("feed")]

    following: var[bool] = var(True)
    unseen: var[int] = var(0)
    compact: var[bool] = var(False)
    """One line per post, for the strip below a wide desk."""

    class Following(Message):
        """Follows, or stays; or more has come while it stayed."""

        def __init__(self, feed: Feed) -> None:
            super().__init__()
            self.feed = feed

    def __init__(self, *, id: str | None = None, classes: str | None = None, compact: bool = False) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty="Nothing has been posted yet.")
        self.set_reactive(Feed.compact, compact)
        self.now_ms = 0
        self.groups: dict[str, int] = {}
        """A waiting post's key to how many wait with it."""

    def key_of(self, item: PostView) -> str:
        return item.key

    def height(self, item: PostView, width: int) -> int:
        return 1 if self.compact else 1 + len(wrap(lines(item.text), width - 2))

    def draw(self, item: PostView, width: int) -> Sequence[Line]:
        event = item.event
        sign = need(event.need)
        when = show_moment(event.at_ms)
        who = line(item.handle or item.author, 22)
        reach = short_number(item.reach) if item.reach else ""
        name: Piece = ("» " + who, "strong") if item.ours else (who, "accent")
        end = tags(item, self.groups.get(item.key, 0))
        if self.compact:
            head: Line = ((f"{when}  ", "muted"), (f"{sign.glyph} ", sign.style), name, ("  ", ""))
            words: Piece = (line(item.text), "muted" if item.gone else "")
            return [right((*head, words), (*end, (f"{reach:>5}", "muted")), width)]
        answer = "↳ " if event.parent else ""
        left: Line = ((f"{sign.glyph} ", sign.style), (answer, "muted"), name)
        tail: Line = (*end, (f"{event.channel} {when}", "muted"))
        room = width - 4 - sum([cell_len(text) for text, _ in (*left, *tail)])
        counts = [reach, *spread_words(item, self.now_ms)]
        while len(counts) > 1 and cell_len(" · ".join(counts)) > room:
            counts.pop()
        out = [right((*left, (f"  {' · '.join(counts)}", "muted")), tail, width)]
        style = "muted" if item.gone or not (event.theme or event.need != "none" or item.ours) else ""
        out += [((("  " + row), style),) for row in wrap(lines(item.text), width - 2)]
        return out

    # -- follow and pause --------------------------------------------------------------------------------------

    def add(self, posts: Sequence[PostView]) -> None:
        """More posts: shown at once while it follows, else counted."""
        self.extend(posts)
        if self.following:
            self._to_end()
        else:
            self.unseen += len(posts)
            self.refresh()

    def _to_end(self) -> None:
        old = self.cursor
        self.set_reactive(VirtualList.cursor, len(self.items) - 1)
        self.scroll_end(animate=False, immediate=True, x_axis=False, force=True)
        self.refresh()
        if old != self.cursor and self.has_focus:
            self.post_message(self.Moved(self, self.current_key))

    def on_resize(self) -> None:
        super().on_resize()
        if self.following:
            self._to_end()

    def watch_following(self, following: bool) -> None:
        """Catch up, or say that one stays."""
        if following:
            self.unseen = 0
            self._to_end()
        self.post_message(self.Following(self))

    def watch_unseen(self) -> None:
        self.post_message(self.Following(self))

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        if new < len(self.items) - 1:
            self.following = False

    def action_end(self) -> None:
        """To the newest, and follow from here on."""
        if self.following:
            self._to_end()
        self.following = True

    def action_follow(self) -> None:
        """Follow, or stay."""
        self.following = not self.following

    def on_mouse_scroll_up(self) -> None:
        """The wheel stops following."""
        if self.items:
            self.following = False
