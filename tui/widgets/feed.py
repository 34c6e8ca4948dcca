"""The feed: every post as it comes. It follows until somebody reads; then it counts, and stays where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding
from textual.message import Message
from textual.reactive import var

from drills.desk import PostView
from drills.desk.search import Facets, of_post
from scenarios.moments import show_moment
from tui import keys
from tui.glyphs import FLAGS, need, short_number, spread_words
from tui.safe import line, lines
from tui.widgets.claim import claimed
from tui.widgets.row import Line, Piece, right, unless_late
from tui.widgets.taken import Taken
from tui.widgets.virtual import VirtualList
from tui.widgets.wrap import wrap

GONE = {"said": "taken down, and said so", "silent": "taken down silently"}


MOST_ANSWERS = 8
"""How many answers to a post are listed in place."""


def is_late(view: PostView, now_ms: int) -> bool:
    """Whether somebody waits here longer than they should."""
    return view.waiting and view.due_ms < now_ms


def tags(view: PostView, group: int = 0, *, late: bool = False, seat: str = "") -> Line:
    """Whose a post is, and what became of it: answered, taken down, flags, its group in the queue, whether it is late.

    Late is said without red here: the queue has it in red once, the feed would have it on every post of a group.
    `seat`: one's own.
    """
    out: list[Piece] = []
    if view.gone:
        out.append((f"{GONE.get(view.gone, view.gone)} ", "muted"))
    elif view.answered_ms >= 0:
        out.append(("✓ answered ", "calm"))
    signs = [FLAGS[flag] for flag in view.flags if flag in FLAGS]
    out += [(f"{sign.glyph} {sign.word} ", unless_late(sign.style, late)) for sign in signs]
    if view.waiting:
        many = f" ×{group}" if group > 1 else ""
        out.append((f"! late{many} " if late else f"waits{many} ", "muted"))
    return claimed(view.assigned, seat, out)


def parted(end: Line) -> Line:
    """What became of a post, with a dot before the moment that follows: `late T+0:15` would read as late by so much."""
    return (*end, ("· ", "muted")) if end else end


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
        self.waiting_with: Callable[[str], int] = lambda _key: 0
        """How many wait for the same answer as a post."""
        self.unseen_since_ms = 0
        """When the first came of those that nobody has seen."""
        self.answers: Callable[[str], Sequence[PostView]] = lambda _key: ()
        """What was posted in answer to a post."""
        self.posts: Sequence[PostView] = ()

    def key_of(self, item: PostView) -> str:
        return item.key

    def height(self, item: PostView, width: int) -> int:
        more = len(self._opened(item, width)) if item.key in self.expanded else 0
        return more + (1 if self.compact else 1 + len(wrap(lines(item.text), width - 2)))

    def facets(self, item: PostView) -> Facets:
        return of_post(item, self.now_ms, self.called, words=bool(self.view.search.words))

    def place(self, item: PostView) -> tuple[str, str]:
        return item.event.theme, item.event.channel

    def draw(self, item: PostView, width: int) -> Sequence[Line]:
        event, late = item.event, is_late(item, self.now_ms)
        sign = need(event.need)
        sign_style = unless_late(sign.style, late)
        opened = self._opened(item, width) if item.key in self.expanded else []
        when = show_moment(event.at_ms)
        who = line(item.handle or item.author, 22)
        reach = short_number(item.reach) if item.reach else ""
        name: Piece = ("» " + who, "strong") if item.ours else (who, "accent")
        end = tags(item, self.waiting_with(item.key), late=late, seat=self.seat)
        if self.compact:
            head: Line = ((f"{when}  ", "muted"), (f"{sign.glyph} ", sign_style), name, ("  ", ""))
            words: Piece = (line(item.text), "muted" if item.gone else "")
            return [right((*head, words), (*end, (f"{reach:>5}", "muted")), width), *opened]
        answer = "↳ " if event.parent else ""
        left: Line = ((f"{sign.glyph} ", sign_style), (answer, "muted"), name)
        channel = line(self.called.get(event.channel, event.channel), 14)
        tail: Line = (*parted(end), (f"{channel} · {when}", "muted"))
        room = width - 4 - sum([cell_len(text) for text, _ in (*left, *tail)])
        counts = [reach, *spread_words(item, self.now_ms)]
        while len(counts) > 1 and cell_len(" · ".join(counts)) > room:
            counts.pop()
        out = [right((*left, (f"  {' · '.join(counts)}", "muted")), tail, width)]
        style = "muted" if item.gone or not (event.theme or event.need != "none" or item.ours) else ""
        out += [((("  " + row), style),) for row in wrap(lines(item.text), width - 2)]
        return [*out, *opened]

    def _opened(self, item: PostView, width: int) -> list[Line]:
        """In place: the whole text where the row has it on one line, and who answered it."""
        out: list[Line] = []
        if self.compact:
            out += [((f"    {row}", ""),) for row in wrap(lines(item.text), width - 4)]
        answers = self.answers(item.key)
        for view in answers[:MOST_ANSWERS]:
            name: Piece = ("» " + line(view.handle, 20), "strong") if view.ours else (line(view.handle, 22), "accent")
            out.append(right((("    ↳ ", "muted"), name, ("  ", ""), (line(view.text), "")), (), width))
        if not answers:
            out.append((("    ↳ nobody has answered it", "muted"),))
        elif len(answers) > MOST_ANSWERS:
            out.append(((f"    ↳ {len(answers) - MOST_ANSWERS} more: enter opens the thread", "muted"),))
        return out

    # -- follow and pause --------------------------------------------------------------------------------------

    def read(self, posts: Sequence[PostView]) -> None:
        """From a list that goes on growing; what stands in it is taken when one catches up."""
        self.posts, self.items = posts, Taken(posts, 0)

    def catch_up(self) -> None:
        """Take the posts that it has not yet: shown at once while it follows, else counted."""
        if not (posts := self.posts[self.total :]):
            return
        fresh = self.counted(posts)
        self.extend(fresh)
        if self.following:
            self._to_end()
        else:
            if fresh and not self.unseen:
                self.unseen_since_ms = fresh[0].event.at_ms
            self.unseen += len(fresh)
            self.refresh()

    def fill(self, items: Sequence[PostView]) -> None:
        self.total = 0
        shown = self.counted(items)
        self.show(shown if self.view else Taken(items, len(items)))
        if self.following:
            self._to_end()

    def _to_end(self) -> None:
        old = self.cursor
        self.set_reactive(VirtualList.cursor, len(self.items) - 1)
        self.scroll_end(animate=False, immediate=True, x_axis=False, force=True)
        self.refresh()
        if old != self.cursor and self.has_focus:
            self.post_message(self.Moved(self, self.current_key))

    def on_resize(self) -> None:
        self.catch_up()
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
