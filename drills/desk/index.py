"""What a desk finds without looking at every post: who posted what, what answers what, what waits together.

Rules
1. An event costs an append or two; what is asked costs what it gives back, however many posts there are.
2. Posts are numbered as they come. Whatever is gathered from several places is put in that order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from drills.desk.views import PostView
from engine.events import Posted


@dataclass(slots=True)
class Index:
    """The posts of a desk by author and by what they answer."""

    talked_about: set[str] = field(default_factory=set)
    """Themes of which others have posted."""
    _by_author: dict[str, list[PostView]] = field(default_factory=dict)
    _answers: dict[str, list[PostView]] = field(default_factory=dict)

    def add(self, view: PostView) -> None:
        """One more post."""
        event = view.event
        self._by_author.setdefault(event.author, []).append(view)
        if event.parent:
            self._answers.setdefault(event.parent, []).append(view)
        if event.theme and not view.ours:
            self.talked_about.add(event.theme)

    def by_author(self, author: str) -> Sequence[PostView]:
        """What somebody has posted, in time order."""
        return self._by_author.get(author, ())

    def answers(self, key: str) -> Sequence[PostView]:
        """What was posted in answer to a post, in time order."""
        return self._answers.get(key, ())

    def thread(self, root: PostView) -> list[PostView]:
        """A post and all that answers it, or an answer to it, in time order."""
        found = [root]
        for view in found:
            found += self.answers(view.key)
        found.sort(key=lambda view: view.number)
        return found


def group_of(event: Posted) -> str:
    """The row of the queue that a post belongs to: scripted posts stand alone, others by channel, theme and need."""
    alone = event.form == "scripted" or not event.theme
    return event.key if alone else f"{event.channel}/{event.theme}/{event.need}"


@dataclass(slots=True)
class Group:
    """Posts that wait for the same answer."""

    reach: int = 0
    """How many could have seen one of them; people overlap."""
    _views: dict[str, PostView] = field(default_factory=dict)
    _keys: tuple[str, ...] | None = field(default=None, compare=False)
    """As it was last asked for; None where that holds no more. `_due_ms` likewise."""
    _due_ms: int | None = field(default=None, compare=False)

    def __len__(self) -> int:
        return len(self._views)

    def __contains__(self, key: str) -> bool:
        return key in self._views

    def add(self, view: PostView) -> None:
        """This one waits, as the newest; nothing changes if it already did."""
        if view.key in self._views:
            return
        self._views[view.key] = view
        self._keys = None
        self.reach += view.reach
        if self._due_ms is not None:
            self._due_ms = min(self._due_ms, view.due_ms)

    def remove(self, view: PostView) -> None:
        """This one waits no longer."""
        if self._views.pop(view.key, None) is not None:
            self._keys = self._due_ms = None
            self.reach -= view.reach

    @property
    def keys(self) -> tuple[str, ...]:
        """All of them, the newest last."""
        if self._keys is None:
            self._keys = tuple(self._views)
        return self._keys

    @property
    def newest(self) -> PostView:
        """The last that came."""
        return next(reversed(self._views.values()))

    @property
    def due_ms(self) -> int:
        """By when the first of them expects its answer."""
        if self._due_ms is None:
            self._due_ms = min([view.due_ms for view in self._views.values()])
        return self._due_ms
