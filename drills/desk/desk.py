"""What one can ask of a desk."""

from __future__ import annotations

from drills.desk.engagement import Tag
from drills.desk.fold import Folded
from drills.desk.views import PostView, Row


class Desk(Folded):
    """What one team sees now. Two desks that applied the same events show the same."""

    @property
    def level(self) -> int | None:
        """What the team says this is, or None before it has said anything."""
        return self.levels[-1][1] if self.levels else None

    def queue(self) -> list[Row]:
        """Everything that waits for an answer, in groups that need the same one, the least time left first.

        Scripted posts and inbox items stand alone; the crowd's posts are grouped by channel, theme and need.
        """
        groups: dict[str, list[PostView]] = {}
        for key in self._waiting:
            view = self.posts[key]
            event = view.event
            alone = event.form == "scripted" or not event.theme
            groups.setdefault(event.key if alone else f"{event.channel}/{event.theme}/{event.need}", []).append(view)
        rows = [self._post_row(key, views) for key, views in groups.items()]
        rows += [
            Row(item.key, item.subject or item.text, item.medium, item.due_ms, 0, item.medium, (), item.key)
            for item in self.inbox.values()
            if item.waiting
        ]
        far = 1 << 60
        return sorted(rows, key=lambda row: (row.due_ms if row.due_ms >= 0 else far, row.key))

    def _post_row(self, key: str, views: list[PostView]) -> Row:
        event = views[-1].event
        theme = self._themes.get(event.theme)
        title = theme.title if theme else views[-1].text
        return Row(
            key=key,
            title=title,
            need=event.need,
            due_ms=min(view.due_ms for view in views),
            reach=sum(view.reach for view in views),
            channel=event.channel,
            posts=tuple(view.key for view in views),
        )

    def thread(self, key: str) -> list[PostView]:
        """A post with what it answers before it and what answers it after it, in time order."""
        root = self.posts[key]
        while root.event.parent in self.posts:
            root = self.posts[root.event.parent]
        found, wanted = [root], {root.key}
        for view in self.posts.values():
            if view.event.parent in wanted:
                wanted.add(view.key)
                found.append(view)
        return found

    def by_author(self, author: str) -> list[PostView]:
        """Everything one author has posted."""
        return [view for view in self.posts.values() if view.event.author == author]

    def trending(self) -> list[Tag]:
        """The hashtags that rise now, at most five."""
        return self._trends.at(self.now_ms)

    def per_minute(self, minutes: int = 10) -> float:
        """Posts a minute over the last minutes."""
        recent = self.volumes[-minutes:]
        return sum([volume.posts for volume in recent]) / max(1, len(recent))

    def late(self) -> int:
        """How many rows of the queue are past their time."""
        return sum(1 for row in self.queue() if 0 <= row.due_ms < self.now_ms)
