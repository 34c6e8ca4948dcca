"""The thread: what the row under the cursor is about, what was answered, and which facts may be used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from rich.cells import cell_len

from drills.desk import Desk, FactView, InboxItem, PostView, Row, Said
from drills.desk.search import Facets, of_item, of_post
from engine.events import Published
from scenarios.moments import show_moment
from tui import keys
from tui.glyphs import need, short_left, short_number, some, spread_words
from tui.room import NO_SCRIPT, Script
from tui.safe import line, lines
from tui.widgets.claim import claimed
from tui.widgets.feed import is_late, parted, tags
from tui.widgets.panes import fact_lines
from tui.widgets.row import Line, paragraph, right
from tui.widgets.team import said_lines, standing, work
from tui.widgets.virtual import VirtualList
from tui.widgets.wrap import wrap

NO_THREAD = "The thread of the row under the cursor is shown here."
MOST_POSTS = 40
MOST_SIMILAR = 6
MOST_HISTORY = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the thread: exactly one of the fields after `key` is set, or `title` alone."""

    key: str
    title: str = ""
    tail: str = ""
    post: PostView | None = None
    depth: int = 0
    item: InboxItem | None = None
    ours: Published | None = None
    fact: FactView | None = None
    number: int = 0
    said: Said | None = None
    taken: str = ""
    """Of a head: who has it, a seat or a colleague's id."""
    script: Script = NO_SCRIPT
    """Of an item: whether the script speaks in the name of somebody who is played."""


Show = Literal["all", "facts"]


def parts(
    desk: Desk,
    target: str,
    row: Row | None = None,
    *,
    show: Show = "all",
    script: Script = NO_SCRIPT,
    replies: bool = True,
) -> list[Part]:
    """What there is to read about a post, an inbox item or a group of the queue. `show` less where there is no room.
    `script`: whether an item is the script's, in the name of somebody who is played. `replies`: whether the seat may
    answer in public."""
    if show == "facts":
        return _facts(desk)
    out: list[Part] = []
    keys = row.posts if row else ()
    if target in desk.inbox:
        out += _item(desk, desk.inbox[target], script)
    elif target in desk.posts:
        out += _posts(desk, target, keys, row)
    elif target in desk.contacts:
        return _talk(desk, target)
    if not out:
        return []
    return [*out, *_facts(desk), *_similar(desk, out, keys, replies=replies)]


def history(desk: Desk, author: str) -> list[Part]:
    """Everything that an author has posted, the newest first, and what we answered."""
    views = desk.by_author(author)
    answered = sum([1 for view in views if view.answered_ms >= 0])
    name = f"{line(desk.handle_of(author), 30)} · {line(desk.name_of(author), 30)}"
    reach = max([view.event.reach for view in views], default=0)
    out = [
        Part("head", title=name, tail=f"{short_number(reach)} followers"),
        Part("sum", title=f"{some(len(views), 'post')}, {answered} answered by us"),
    ]
    for view in reversed(views[-MOST_HISTORY:]):
        out.append(Part(view.key, post=view))
        if view.answered_by in desk.published:
            out.append(Part(f"{view.answered_by} {view.key}", ours=desk.published[view.answered_by]))
    if len(views) > MOST_HISTORY:
        out.append(Part("more", title=f"{len(views) - MOST_HISTORY} older ones: in the feed, / author:name"))
    return out


def author_of(desk: Desk, name: str) -> str:
    """The id of whoever has posted under this @name, or ''."""
    wanted = name.casefold().removeprefix("@")
    views = desk.posts.values()
    return next((view.event.author for view in views if view.handle.casefold().removeprefix("@") == wanted), "")


def _talk(desk: Desk, contact: str) -> list[Part]:
    view = desk.contacts[contact]
    one = view.colleague
    where = standing(view, one.on_duty_at(desk.now_ms))[0]
    out = [Part("head", title=f"{line(one.name, 30)} · {work(one)}", tail=where)]
    out += [Part(f"said {at}", title=one.name, said=said) for at, said in enumerate(desk.talk(contact))]
    return out if len(out) > 1 else [*out, Part("none", title="You have not spoken in this drill.")]


def _item(desk: Desk, item: InboxItem, script: Script) -> list[Part]:
    sign = need(item.medium)
    tail = f"{short_left(item.due_ms - desk.now_ms)} left" if item.waiting and item.due_ms >= desk.now_ms else ""
    if item.waiting and 0 <= item.due_ms < desk.now_ms:
        tail = f"late {short_left(item.due_ms - desk.now_ms)}"
    word = f"{sign.word}, {script.sign}" if script.sign else sign.word
    title = f"{sign.glyph} {word}: {line(item.subject or item.author, 60)}"
    out = [Part("head", title=title, tail=tail, taken=item.assigned)]
    out.append(Part(item.key, item=item, script=script))
    out += [Part(text.key, ours=text) for text in desk.published.values() if item.key in text.targets]
    return out


def _posts(desk: Desk, target: str, group: Sequence[str], row: Row | None) -> list[Part]:
    thread = desk.thread(target)
    many = f"  ×{len(group)}" if len(group) > 1 else ""
    title = line(row.title, 70) if row else line(desk.posts[target].text, 70)
    reach = sum([view.reach for view in thread]) if row is None else row.reach
    own_words = not many and thread[0].key == target and (row is None or thread[0].event.form == "scripted")
    taken = (desk.taken_by(row) if row else "") or desk.posts[target].assigned
    head = Part("head", title=f"{title}{many}", tail=f"{short_number(reach)} reach", taken=taken)
    out = [] if own_words else [head]
    depth = {thread[0].key: 0}
    for view in thread[:MOST_POSTS]:
        depth.setdefault(view.key, min(4, depth.get(view.event.parent, 0) + 1))
        out.append(Part(view.key, post=view, depth=depth[view.key]))
        if view.answered_by in desk.published and not _posted_too(desk, view):
            out.append(Part(view.answered_by, ours=desk.published[view.answered_by]))
    if len(thread) > MOST_POSTS:
        out.append(Part("more", title=f"{len(thread) - MOST_POSTS} more answers in the feed"))
    return out


def _similar(desk: Desk, shown: Sequence[Part], group: Sequence[str], *, replies: bool) -> list[Part]:
    known = {part.key for part in shown}
    many = len(group) - len(known.intersection(group))
    if not many:
        return []
    way = keys.told("; {reply-all} answers all of them") if replies else ""
    heading = Part("similar", title=f"{many} more like it{way}")
    newest = islice((key for key in reversed(group) if key not in known), MOST_SIMILAR)
    return [heading, *[Part(key, post=desk.posts[key]) for key in newest]]


def _posted_too(desk: Desk, view: PostView) -> bool:
    """Whether our answer stands in the thread as a post of its own."""
    text = desk.published[view.answered_by].text
    return any(post.ours and post.text == text for post in desk.answers(view.key))


def _facts(desk: Desk) -> list[Part]:
    sayable = sayable_first(desk)
    if not sayable:
        return []
    out = [Part("facts", title=keys.told("Facts ({fact} inserts one while you write)"))]
    return [*out, *[Part(f"fact {view.fact.id}", fact=view, number=at) for at, view in enumerate(sayable, start=1)]]


def sayable_first(desk: Desk) -> list[FactView]:
    """The fact sheet in the order in which a writer needs it."""
    return sorted(desk.facts.values(), key=lambda view: (not view.sayable, view.learnt_ms))


class Thread(VirtualList[Part]):
    """See the module."""

    # A bar that came and went with each row of the queue would lay out the whole screen each time, twice.
    DEFAULT_CSS = "Thread.-filled { overflow-y: scroll; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty=NO_THREAD)
        self.now_ms = 0

    def show(self, items: Iterable[Part]) -> None:
        parts_ = list(items)
        self.set_class(bool(parts_), "-filled")
        super().show(parts_)

    def key_of(self, item: Part) -> str:
        return item.key

    def facets(self, item: Part) -> Facets:
        if item.post is not None:
            return of_post(item.post, self.now_ms, self.called)
        return of_item(item.item, self.now_ms) if item.item is not None else super().facets(item)

    def draw(self, item: Part, width: int) -> Sequence[Line]:
        if item.post is not None:
            return [*_post(item.post, item.depth, width, self.now_ms, self.seat), ()]
        if item.item is not None:
            return [*_inbox_item(item.item, item.script, width), ()]
        if item.ours is not None:
            return [*_ours(item.ours, width), ()]
        if item.fact is not None:
            return fact_lines(item.fact, width, item.number)
        if item.said is not None:
            return [*said_lines(item.said, item.title, width, me=self.seat), ()]
        strong = "strong" if item.key == "head" else "muted"
        tail = claimed(item.taken, self.seat, ((item.tail, "muted"),) if item.tail else ())
        head = right(((item.title, strong),), tail, width) if item.tail or item.taken else ((item.title, strong),)
        return [head, ()] if item.key in ("head", "sum") else [head]


def _post(view: PostView, depth: int, width: int, now_ms: int, seat: str) -> list[Line]:
    pad = "  " * depth
    event = view.event
    who = line(view.handle or view.author, 24)
    followers = f" · {short_number(event.reach)} followers" if event.reach else ""
    name = ("» " + who, "strong") if view.ours else (who, "accent")
    head: Line = ((pad, ""), ("↳ " if depth else "", "muted"), name)
    tail: Line = (*parted(tags(view, late=is_late(view, now_ms), seat=seat)), (show_moment(event.at_ms), "muted"))
    if sum([cell_len(text) for text, _ in (*head, *tail)]) + cell_len(followers) + 1 < width:
        head = (*head, (followers, "muted"))
    out = [right(head, tail, width)]
    style = "muted" if view.gone else ""
    out += [((pad + "  " + row, style),) for row in wrap(lines(view.text), width - 2 - len(pad))]
    spread = spread_words(view, now_ms)
    if view.shares:
        spread.append(f"seen up to {short_number(view.reach)} times")
    if spread:
        out += [((pad + "  " + row, "muted"),) for row in wrap(" · ".join(spread), width - 2 - len(pad))]
    return out


def _inbox_item(item: InboxItem, script: Script, width: int) -> list[Line]:
    head: Line = ((line(item.author, 40), "accent"), (f" · {need(item.medium).word}", "muted"))
    out = [right(head, ((show_moment(item.at_ms), "muted"),), width)]
    out += paragraph(script.says, width, "  ", "warn") if script.says else []
    out += paragraph(item.text, width)
    if item.draft:
        out.append(((keys.told("  Draft to approve ({decide} decides)"), "warn"),))
        out += paragraph(item.draft, width, "  │ ")
    return out


def _ours(text: Published, width: int) -> list[Line]:
    words = {"message": "our private answer", "press": "our line to the press"}
    what = f"our {text.kind} statement" if text.form == "statement" else words.get(text.form, "our answer")
    out: list[Line] = [right((("  » ", "strong"), (what, "calm")), ((show_moment(text.at_ms), "muted"),), width)]
    return out + paragraph(text.text, width, "    ")
