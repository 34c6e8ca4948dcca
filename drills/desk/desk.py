"""What one can ask of a desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from drills.desk.engagement import Tag
from drills.desk.fold import Folded
from drills.desk.index import Group, group_of
from drills.desk.views import PostView, Row, Said
from scenarios.model import Channel


class Desk(Folded):
    """What one team sees now. Two desks that applied the same events show the same."""

    def anew(self) -> Desk:
        """An empty desk of the same team, to fold the log again; its posts say what they say here."""
        colleagues = [view.colleague for view in self.contacts.values()]
        words = self.posts
        return Desk(
            self.scenario, colleagues, self.names, lambda post: words[post.key].text, self.due_after, self.harm_first
        )

    @property
    def level(self) -> int | None:
        """What the team says this is, or None before it has said anything."""
        return self.levels[-1][1] if self.levels else None

    def queue(self) -> list[Row]:
        """Everything that waits for an answer, in groups that need the same one, the least time left first.

        Scripted posts and inbox items stand alone; the crowd's posts are grouped by channel, theme and need. Where a
        high pace has made all deadlines alike, harm goes first.
        """
        rows = [self._post_row(key, group) for key, group in self._groups.items()]
        rows += [
            Row(item.key, item.subject or item.text, item.medium, item.due_ms, 0, item.medium, (), item.key)
            for item in self.inbox.values()
            if item.waiting
        ]
        far = 1 << 60
        first = {"harm"} if self.harm_first else set()
        return sorted(rows, key=lambda row: (row.need not in first, row.due_ms if row.due_ms >= 0 else far, row.key))

    def _post_row(self, key: str, group: Group) -> Row:
        newest = group.newest
        event = newest.event
        theme = self._themes.get(event.theme)
        title = theme.title if theme else newest.text
        return Row(key, title, event.need, group.due_ms, group.reach, event.channel, group.keys)

    def taken_by(self, row: Row) -> str:
        """Who has a row: a seat or a colleague's id, or ''. Whoever took a group has what joins it too."""
        if row.item:
            return self.inbox[row.item].assigned
        taken = [self.posts[key] for key in reversed(self.given)]  # few are taken where thousands wait
        return next((one.assigned for one in taken if one.waiting and group_of(one.event) == row.key), "")

    def holders(self, keys: Iterable[str]) -> list[str]:
        """Who has any of these posts and inbox items, seats and colleagues' ids, each once."""
        found = [self.posts[key].assigned if key in self.posts else self.inbox[key].assigned
                 for key in keys if key in self.posts or key in self.inbox]  # fmt: skip
        return [who for who in dict.fromkeys(found) if who]

    def takes_minutes(self, channel: Channel) -> int:
        """In how many minutes a statement stands on a channel; an open crisis page takes it at once."""
        return 0 if channel.id == "hub" and self.hub_open else channel.opens_minutes

    def waiting_with(self, key: str) -> int:
        """How many posts wait for the same answer as this one, itself counted; 0 if it waits for none."""
        group = self._groups.get(group_of(self.posts[key].event))
        return len(group) if group is not None and key in group else 0

    def thread(self, key: str) -> list[PostView]:
        """A post with what it answers before it and what answers it after it, in time order."""
        root = self.posts[key]
        while root.event.parent in self.posts:
            root = self.posts[root.event.parent]
        return self._index.thread(root)

    def by_author(self, author: str) -> Sequence[PostView]:
        """Everything one author has posted, in time order."""
        return self._index.by_author(author)

    def answers(self, key: str) -> Sequence[PostView]:
        """What was posted in answer to a post, by us and others, in time order."""
        return self._index.answers(key)

    @property
    def talked_about(self) -> Set[str]:
        """The themes of which others than we have posted."""
        return self._index.talked_about

    def talk(self, contact: str) -> list[Said]:
        """What we and a colleague have said to each other, in time order: what we wrote, whether they were reached,
        what they answered and decided."""
        ours = [
            Said(action.at_ms, action.do, action.text, ours=True, seat=action.seat)
            for action in self.actions
            if contact in action.to and action.do in ("escalate", "ask", "inform", "request_approval")
        ]
        theirs = [
            Said(item.at_ms, item.medium, item.text or item.subject, key=item.key)
            for item in self.inbox.values()
            if item.sender == contact
        ]
        return sorted([*ours, *self.contacts[contact].heard, *theirs], key=lambda said: said.at_ms)

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
