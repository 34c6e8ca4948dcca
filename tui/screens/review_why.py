"""Why in the review: what moved the mood of each theme, where the posts came from, and every post with its chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content

from drills.causes import Step
from drills.desk import PostView, most_shared, trends_over_time
from drills.moved import Course, Move
from drills.why import MOST_ORIGINS, Reasons, bar, largest, other_origins, seen_words, spark
from scenarios.moments import show_moment
from tui.glyphs import spread_words
from tui.safe import content, line
from tui.widgets.feed import Feed
from tui.widgets.page import Page
from tui.widgets.prose import EMPTY, Lines, fitted, hang, heading, joined, styled
from tui.widgets.virtual import VirtualList

_MOST_MOVES = 10


# -- 6 why -------------------------------------------------------------------------------------------------------


def why_page(reasons: Reasons, width: int) -> Content:
    """What moved the public, theme by theme; where it came from; what went furthest."""
    desk = reasons.desk
    lines: Lines = []
    for course in reasons.courses:
        lines += _course(course, desk.now_ms, width)
    if not reasons.courses:
        lines += [EMPTY, styled(" Nobody was moved: no theme came up.", "$muted")]
    lines += heading("Where it came from")
    for step, posts, shares in reasons.origins[:MOST_ORIGINS]:
        counts = _counts((posts, "post"), (shares, "share"))
        when = styled(f"{show_moment(step.at_ms)}  " if step.at_ms >= 0 else "", "$muted")
        lines += _two(hang(counts, when + content(step.words), width), width)
    many, posts, shares = other_origins(reasons)
    if many:
        lines.append(_counts((posts, "post"), (shares, "share")) + styled(f"from {many} more", "$muted"))
    shared = most_shared(desk.posts.values())
    lines += heading("What went furthest")
    lines += hang(" ", styled(seen_words(desk), "$muted"), width)
    for view in shared:
        counts = _counts((view.shares, "share"), (view.likes_at(desk.now_ms), "like"))
        who = styled(f"{line(view.handle or view.author)}  ", "$accent")
        lines += _two(hang(counts, who + content(view.text), width), width)
    if not shared:
        lines.append(styled(" Nobody passed anything on.", "$muted"))
    trends = trends_over_time(desk.posts.values(), desk.now_ms)
    if trends:
        lines += heading("What trended")
        for at_ms, tags in trends:
            told = "  ".join(f"{line(tag.name)} {tag.recent}" for tag in tags)
            lines += hang(styled(f" {show_moment(at_ms)}  ", "$muted"), Content(told), width)
    return joined(one if one.cell_length <= width else fitted(one, width) for one in lines[1:])


def _counts(*counts: tuple[int, str]) -> Content:
    return styled("".join(f"{many:6,} {what + 's' * (many != 1):6} " for many, what in counts) + " ", "bold")


def _course(course: Course, until_ms: int, width: int) -> Lines:
    lines = heading(line(course.title))
    lines.append(
        styled(
            f" anger {course.start:.0f} → {course.end:.0f}, highest {course.peak:.0f} at "
            f"{show_moment(course.peak_ms)} · {course.posts:,} posts and shares",
            "$muted",
        )
    )
    lines.append(styled(f" {spark(course, until_ms, max(10, min(60, width - 4))).strip()}", "$warning"))
    moves, more, points, matter = course.told(_MOST_MOVES)
    most = largest(moves, matter, points)
    for move in moves:
        lines += _move(move, most, width)
    if more:
        lines.append(styled(f"{points:+7.1f} {bar(points, most)}  {more} smaller thing{'s' * (more != 1)}", "$muted"))
    for move in matter:
        lines += _move(move, most, width)
    if strongest := course.strongest():
        told = (
            f"most catching at {show_moment(course.infectious_ms)}: each post drew {course.infectious:.1f} more "
            f"({strongest})"
        )
        lines += hang(" ", styled(told, "$muted"), width)
    return [*lines, EMPTY] if width < 60 else lines


def _move(move: Move, most: float, width: int) -> Lines:
    """One term: by how much, a bar, what it was, and our own sentence where it was ours."""
    style = "$error" if move.points > 0 else "$success"
    head = styled(f"{move.points:+7.1f} ", f"bold {style}") + styled(f"{bar(move.points, most)}  ", style)
    when = f" {show_moment(move.at_ms)}" if move.at_ms >= 0 else ""
    said = Content.assemble((line(move.words), "bold"), (when, "$muted"))
    if move.quote:
        said += Content("  ") + styled(f"“{line(move.quote)}”", "italic")
    return _two(hang(head, said, width), width)


def _two(lines: Lines, width: int) -> Lines:
    """At most two lines; what is left out is shown as left out."""
    return lines if len(lines) <= 2 else [lines[0], fitted(lines[1].rstrip() + Content(" …"), width)]


# -- 7 posts -----------------------------------------------------------------------------------------------------


def chain_page(view: PostView | None, chain: Sequence[Step], now_ms: int, width: int, channel: str = "") -> Content:
    """One post, and below it step by step what brought it about; nothing where there is no post. `channel`: the name
    of where it stands."""
    if view is None:
        return EMPTY
    lines: Lines = [
        Content.assemble(
            (line(view.handle or view.author), "bold $accent"), (f"  {line(channel or view.event.channel)}", "$muted")
        ),
        *hang("", content(view.text), width),
        styled(" · ".join([*spread_words(view, now_ms), f"seen up to {view.reach:,} times"]), "$muted"),
        *heading("Why is this here?"),
    ]
    for step in chain[1:]:
        when = f"{show_moment(step.at_ms):>9}" if step.at_ms >= 0 else " " * 9
        last = step is chain[-1]
        words = content(step.words)
        if last:
            words = words.stylize("bold")
        lines += hang(styled(f"{when}  {'■' if last else '↑'} ", "$muted"), words, width)
    return joined(lines)


class ReviewFeed(Feed):
    """Every post of the run, a line each; it never follows."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, compact=True)
        self.set_reactive(Feed.following, False)

    def action_end(self) -> None:
        """To the last."""
        self.cursor = len(self.items) - 1

    def action_follow(self) -> None:
        """There is nothing to follow any more."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Every post is a line, so nothing opens in place: that key is the screen's."""
        return False if action == "expand" else super().check_action(action, parameters)


class Posts(Vertical):
    """All posts; below them the chain of the one under the cursor."""

    BINDINGS: ClassVar = [
        Binding("w", "why", "Why"),
        Binding("o", "order", "Order"),
        Binding("escape", "shut", "Back", key_display="esc"),
    ]

    def __init__(self, reasons: Reasons, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._reasons = reasons
        self._furthest = self._asked = False
        self.list = ReviewFeed(id="posts-list")
        self.page = Page(self._paint)

    def compose(self) -> ComposeResult:
        """The list above the chain."""
        yield self.list
        yield self.page

    def on_mount(self) -> None:
        """Say that they are being read; they are once the pane is on screen."""
        many = len(self._reasons.desk.posts)
        self.list.empty = f"Reading {many:,} post{'s' * (many != 1)}…" if many else "Nobody posted anything."

    def _read(self) -> None:
        self.list.now_ms = self._reasons.desk.now_ms
        self.list.show(self._ordered())
        self._divide()
        self.page.repaint(self._paint)
        self.refresh_bindings()

    def _ordered(self) -> Iterable[PostView]:
        views = self._reasons.desk.posts.values()
        return most_shared(views, len(views)) if self._furthest else views

    def on_resize(self, event: events.Resize) -> None:
        """The chain gets what the list leaves."""
        del event
        self._divide()
        if not self._asked:
            self._asked = True
            self.call_after_refresh(self._read)

    def _divide(self) -> None:
        self.list.styles.height = max(3, min(len(self.list.items), self.size.height // 2))

    @on(VirtualList.Moved)
    def _moved(self, event: VirtualList.Moved) -> None:
        event.stop()
        self.page.repaint(self._paint)
        if isinstance(event, VirtualList.Opened):
            self.action_why()

    def action_why(self) -> None:
        """Read the whole chain of the post under the cursor."""
        self.add_class("-reading")
        self.page.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """In where there is a post, out where one has gone in."""
        reading = self.has_class("-reading")
        found = {
            "shut": reading or self.page.has_focus,
            "why": not reading and self.list.current is not None,
            "order": not reading,
        }
        return found.get(action, True)

    def action_order(self) -> None:
        """Those that were shared most, or all in the order of time."""
        if not any(view.shares for view in self._reasons.desk.posts.values()):
            self.notify("Nobody passed anything on; in order of time.", markup=False)
            return
        self._furthest = not self._furthest
        self.list.show(self._ordered())
        self.list.cursor = 0
        self.list.scroll_home(animate=False, immediate=True)

    def action_shut(self) -> None:
        """From the chain back to the list."""
        self.remove_class("-reading")
        self.list.focus()

    def _paint(self, width: int) -> Content:
        view = self.list.current
        chain = self._reasons.chain(view.key) if view is not None else ()
        desk = self._reasons.desk
        called = {one.id: one.name for one in desk.scenario.channels}
        where = called.get(view.event.channel, "") if view is not None else ""
        return chain_page(view, chain, desk.now_ms, width, where)
