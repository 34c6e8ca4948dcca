"""What a desk holds: empty at STARTEX, filled by the fold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from drills.desk.engagement import Trends
from drills.desk.index import Group, Index, group_of
from drills.desk.views import ApprovalView, ContactView, ContentView, FactView, InboxItem, LogLine, Outcome, PostView
from engine.actions import Action
from engine.events import Ended, Mood, Posted, Published, Void, Volume
from engine.setup import Colleague
from scenarios.model import Scenario


class State:
    """Everything that a team knows. Only the fold changes it."""

    def __init__(
        self,
        scenario: Scenario,
        colleagues: Iterable[Colleague],
        names: Mapping[str, tuple[str, str]],
        text_of: Callable[[Posted], str],
        due_after: Mapping[str, int],
        harm_first: bool = False,
    ) -> None:
        """`names`: persona or cast id to (name, handle). `text_of`: the words of a crowd post. `due_after`: need to
        sim-milliseconds within which an answer is expected (needs that want none are left out). `harm_first`: harm
        goes before what is due earlier, where a high pace has made all deadlines alike."""
        self.scenario = scenario
        self.now_ms = 0
        self.posts: dict[str, PostView] = {}
        self.feed: list[PostView] = []
        """The same posts in the order in which they appeared."""
        self.seen = 0
        """How often others' posts may have been seen: followers of all who posted or shared; people overlap."""
        self.inbox: dict[str, InboxItem] = {}
        self.facts: dict[str, FactView] = {}
        self.contents: dict[str, ContentView] = {
            content.id: ContentView(content, text=content.text) for content in scenario.content if content.listed
        }
        self.contacts = {colleague.id: ContactView(colleague) for colleague in colleagues}
        self.approvals: dict[str, ApprovalView] = {}
        self.published: dict[str, Published] = {}
        self.pinned: dict[str, str] = {}
        self.moods: dict[str, Mood] = {}
        self.mood_history: list[tuple[int, int]] = []
        self.volumes: list[Volume] = []
        self.log: list[LogLine] = []
        self.outcomes: list[Outcome] = []
        self.levels: list[tuple[int, int]] = []
        self.classification: Action | None = None
        self.actions: list[Action] = []
        self.voids: list[Void] = []
        self.swept_ms = -1
        self.stood_down_ms = -1
        self.hub_open = False
        self.closed: set[str] = set()
        self.ended: Ended | None = None
        self.given: dict[str, None] = {}
        """Posts that were given to somebody or claimed, the latest last."""
        self._groups: dict[str, Group] = {}
        self._index = Index()
        self._trends = Trends()
        self.names = names
        self._text_of = text_of
        self.due_after = due_after
        self.harm_first = harm_first
        self._themes = {theme.id: theme for theme in scenario.themes}

    def _refresh(self, key: str) -> None:
        """Whether a post waits has changed."""
        view = self.posts[key]
        row = group_of(view.event)
        group = self._groups.setdefault(row, Group())
        if view.waiting:
            group.add(view)
        else:
            group.remove(view)
        if not group:
            del self._groups[row]

    def _say(self, at_ms: int, who: str, what: str) -> None:
        self.log.append(LogLine(at_ms, who, what))

    def _came_of(self, action: str, at_ms: int, text: str, *, good: bool, who: str, approval: str = "") -> None:
        """Tell the seat that did an action what came of it."""
        did = next((one for one in reversed(self.actions) if one.id == action), None)
        if did is not None:
            self.outcomes.append(Outcome(did.seat, at_ms, text, good, who, approval))

    @property
    def anger(self) -> int:
        """The public's mood in one number: 0 calm to 100 furious, by the angriest theme that is alive."""
        return max((mood.anger for mood in self.moods.values() if mood.posts), default=150_000) // 10_000

    def name_of(self, author: str) -> str:
        """A persona's, a cast member's or a colleague's name; the id itself if nobody has it."""
        if author in self.contacts:
            return self.contacts[author].colleague.name
        return self.names.get(author, (author, ""))[0]

    def role_of(self, author: str) -> str:
        """The role of a colleague, under whatever id they speak: the plan's, or the scenario's cast by their name, with
        or without a title before it. '' for whoever has none."""
        if author in self.contacts:
            return self.contacts[author].colleague.role
        member = next((one for one in self.scenario.cast if one.id == author), None)
        if member is None:
            return ""
        colleagues = [view.colleague for view in self.contacts.values()]
        found = [one.role for one in colleagues if f" {member.name}".endswith(f" {one.name}")]
        return found[0] if found else "EXE" if member.voice == "executive" else ""

    def handle_of(self, author: str) -> str:
        """A persona's or a cast member's @name; the name or the id where there is none."""
        name, handle = self.names.get(author, (author, ""))
        return handle or name
