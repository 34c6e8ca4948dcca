"""What is copied from the desk. EXERCISE stands before and after it, so that nobody takes it for real elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drills.desk import ContentView, FactView, InboxItem, LogLine, PostView
from scenarios.moments import show_moment
from tui.safe import lines
from tui.widgets.team import TeamLine
from tui.widgets.thread import Part
from tui.widgets.virtual import VirtualList
from tui.widgets.waiting import Waiting

MARK = "EXERCISE EXERCISE EXERCISE"


def marked(text: str) -> str:
    """A text as it may leave the desk."""
    return f"{MARK}\n{text}\n{MARK}"


def copied(pane: VirtualList[Any]) -> str:
    """The words of the marked rows, else of the one under the cursor; '' where there are none."""
    chosen = [item for item in pane.items if pane.key_of(item) in pane.marked]
    if not chosen and pane.current is not None:
        chosen = [pane.current]
    return "\n\n".join([text for item in chosen if (text := _words(item, pane.called))])


def _words(item: object, called: Mapping[str, str]) -> str:
    if isinstance(item, Waiting):
        if item.item is not None:
            return _words(item.item, called)
        many = f"\n(and {len(item.row.posts) - 1} more like it)" if len(item.row.posts) > 1 else ""
        return _words(item.posts[-1], called) + many
    if isinstance(item, PostView):
        where = called.get(item.event.channel, item.event.channel)
        who = " ".join(dict.fromkeys((item.handle, item.author)))
        return lines(f"{show_moment(item.event.at_ms)} {who} on {where}:\n{item.text}")
    if isinstance(item, InboxItem):
        draft = f"\n\nDraft:\n{item.draft}" if item.draft else ""
        subject = f"{item.subject}\n" if item.subject else ""
        return lines(f"{show_moment(item.at_ms)} {item.author}, {item.medium}:\n{subject}{item.text}{draft}")
    if isinstance(item, FactView):
        return lines(f"{'' if item.sayable else 'NOT TO BE SAID: '}{item.fact.text}")
    if isinstance(item, ContentView):
        content = item.content
        where = called.get(content.channel, content.channel)
        return lines(f"{show_moment(content.at)} {content.kind} on {where}, {item.state}:\n{item.text}")
    if isinstance(item, LogLine):
        return lines(f"{show_moment(item.at_ms)} {item.who}: {item.what}")
    if isinstance(item, TeamLine) and item.contact is not None:
        name = item.contact.colleague.name
        talk = [f"{show_moment(one.at_ms)} {'we' if one.ours else name}, {one.what}: {one.text}" for one in item.talk]
        return lines("\n".join([name, *talk]))
    return _part(item, called) if isinstance(item, Part) else ""


def _part(part: Part, called: Mapping[str, str]) -> str:
    for thing in (part.post, part.item, part.fact):
        if thing is not None:
            return _words(thing, called)
    if part.ours is not None:
        return lines(f"{show_moment(part.ours.at_ms)} we:\n{part.ours.text}")
    if part.said is not None:
        who = "we" if part.said.ours else part.title
        return lines(f"{show_moment(part.said.at_ms)} {who}, {part.said.what}:\n{part.said.text}")
    return lines(part.title)
