"""Why is this here? For every post and share of a finished run the chain of causes, up to where it began.

Rules
1. A cause is older than what it brought about, so a chain never loops; a foreign record that says otherwise is cut.
2. Every chain ends at a root: a scripted inject (or the branch that let it loose), scheduled content, an action of the
   team, ordinary traffic; or, in a record that names what it does not hold, at `unknown`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from drills.desk import BRAND, Desk, described
from engine.actions import Action
from engine.events import Acted, Branched, ContentFired, Event, InjectFired, Posted, Published, Shared
from scenarios.model import Scenario
from scenarios.packaged import packaged

ROOTS = ("inject", "branch", "content", "action", "traffic", "unknown")
"""The kinds of step at which a chain ends."""
_TRAFFIC = "ordinary traffic"
_FIRED = {
    "time": "script",
    "condition": "script, when its condition came to hold",
    "facilitator": "script, let loose by the facilitator",
    "branch": "script, let loose by what you did",
}


@cache
def words() -> dict[str, dict[str, str]]:
    """The words of causes.yaml, by group."""
    loaded: dict[str, dict[str, str]] = packaged("drills", "causes.yaml")
    return loaded


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain."""

    key: str
    at_ms: int
    """When it happened, or -1 where that has no meaning: ordinary traffic."""
    kind: str
    """post, share, text (ours), or one of ROOTS."""
    words: str
    """What happened, in one line."""

    @property
    def shown_key(self) -> str:
        """The key by which one can ask further, or '' where there is none."""
        return "" if self.kind in ("traffic", "unknown") else self.key

    def as_data(self) -> dict[str, Any]:
        """As `why --json` has it."""
        return asdict(self)


Node = tuple[str, str]
"""The kind of a step and its key; an inject and the post it makes share a key."""


class Causes:
    """The chains of one run, from its whole log."""

    def __init__(self, log: Iterable[Event], desk: Desk, scenario: Scenario) -> None:
        """`desk`: the log, folded; it has the names and the words."""
        self._desk = desk
        self.posts: dict[str, Posted] = {}
        self.shares: dict[str, Shared] = {}
        self._texts: dict[str, Published] = {}
        self._actions: dict[str, Action] = {}
        self._fired: dict[str, InjectFired] = {}
        self._content: dict[str, ContentFired] = {}
        self._injects = {inject.id: inject for inject in (*scenario.beats, *scenario.contingency)}
        self._called = {channel.id: channel.name for channel in scenario.channels}
        self._contents = {content.id: content for content in scenario.content}
        self._notes = {branch.id: branch.note for branch in scenario.branches}
        self._loosing = [(branch.id, inject) for branch in scenario.branches for inject in branch.then.fires]
        self._branched: dict[str, int] = {}
        self._roots: dict[Node, Node] = {}
        keep: dict[type[Any], Callable[[Any], None]] = {
            Posted: lambda event: self.posts.__setitem__(event.key, event),
            Shared: lambda event: self.shares.__setitem__(event.key, event),
            Published: lambda event: self._texts.__setitem__(event.key, event),
            Acted: lambda event: self._actions.__setitem__(event.action.id, event.action),
            InjectFired: lambda event: self._fired.__setitem__(event.inject, event),
            Branched: lambda event: self._branched.__setitem__(event.branch, event.at_ms),
            ContentFired: lambda event: self._content.__setitem__(event.content, event),
        }
        for event in log:
            kept = keep.get(type(event))
            if kept is not None:
                kept(event)

    def __contains__(self, key: str) -> bool:
        """Whether a chain can be told for this key."""
        return self._start(key) is not None

    def __iter__(self) -> Iterator[str]:
        """The keys of all posts, shares and texts of ours."""
        return iter(dict.fromkeys((*self.posts, *self.shares, *self._texts)))

    def keys(self) -> tuple[str, ...]:
        """Every key that a chain can be told for."""
        return tuple(dict.fromkeys(key for _, keys in self._known() for key in keys if key))

    def chain(self, key: str) -> tuple[Step, ...]:
        """From a post, share, text of ours, inject, scheduled item, action or branch to where it began. Raises
        KeyError for anything else."""
        node = self._start(key)
        if node is None:
            raise KeyError(key)
        found: list[Node] = []
        while node is not None and node not in found:
            found.append(node)
            node = self._before(node)
        if found[-1][0] not in ROOTS:
            found.append(("unknown", found[-1][1]))
        return tuple(self._step(one) for one in found)

    def root(self, key: str) -> Step:
        """Where the chain of a post or share ends. Over a whole run this costs one step for each."""
        start = self._start(key)
        if start is None:
            raise KeyError(key)
        passed: list[Node] = []
        node: Node = start
        while node not in self._roots:
            before = self._before(node)
            if before is None or before in passed:
                self._roots[node] = node if node[0] in ROOTS else ("unknown", node[1])
                break
            passed.append(node)
            node = before
        end = self._roots[node]
        for one in passed:
            self._roots[one] = end
        return self._step(end)

    def origins(self) -> list[tuple[Step, int, int]]:
        """Every root with how many posts and shares of others it brought about, the greatest first."""
        posts = Counter(self.root(post.key) for post in self.posts.values() if post.author != BRAND)
        shares = Counter(self.root(key) for key in self.shares)
        rows = [(step, posts[step], shares[step]) for step in {**posts, **shares}]
        return sorted(rows, key=lambda row: (-row[1] - row[2], row[0].at_ms, row[0].key))

    def came_of(self, key: str) -> tuple[int, int]:
        """How many posts and shares of others lead back to this key, itself not counted."""
        known: dict[Node, bool] = {}
        posts = sum(
            self._leads(("post", post.key), key, known)
            for post in self.posts.values()
            if post.author != BRAND and post.key != key
        )
        return posts, sum(self._leads(("share", share), key, known) for share in self.shares if share != key)

    def _leads(self, start: Node, key: str, known: dict[Node, bool]) -> bool:
        """Whether a chain leads back to this key. `known`: what has been found out on the way."""
        node: Node | None = start
        passed: list[Node] = []
        while node is not None and node not in known and node not in passed and node[1] != key:
            passed.append(node)
            node = self._before(node)
        found = node is not None and (node[1] == key or known.get(node, False))
        known.update(dict.fromkeys(passed, found))
        return found

    # -- from one step to the one before -----------------------------------------------------------------------

    def _known(self) -> tuple[tuple[str, Collection[str]], ...]:
        return (
            ("post", self.posts), ("share", self.shares), ("text", self._texts), ("inject", self._fired),
            ("content", self._content), ("action", self._actions), ("branch", self._branched),
        )  # fmt: skip

    def _start(self, key: str) -> Node | None:
        return next(((kind, key) for kind, keys in self._known() if key in keys), None)

    def _before(self, node: Node) -> Node | None:
        """What brought a step about; None at a root."""
        kind, key = node
        match kind:
            case "post":
                post = self.posts[key]
                if post.cause == key:
                    return ("content" if key in self._content else "inject"), key
                return self._named(post.cause)
            case "share":
                return self._named(self.shares[key].cause or self.shares[key].post)
            case "text":
                return "action", self._texts[key].action
            case "inject" if key in self._fired and self._fired[key].by == "branch":
                return "branch", self._loosed(key)
        return None

    def _loosed(self, inject: str) -> str:
        """The branch that let an inject loose."""
        at_ms = self._fired[inject].at_ms
        return next((id_ for id_, one in self._loosing if one == inject and self._branched.get(id_) == at_ms), "")

    def _named(self, cause: str) -> Node:
        if cause == _TRAFFIC or cause.startswith("burst/"):
            return "traffic", cause
        return self._start(cause) or ("unknown", cause)

    # -- in words ------------------------------------------------------------------------------------------------

    def _step(self, node: Node) -> Step:
        kind, key = node
        match kind:
            case "post":
                return Step(key, self.posts[key].at_ms, kind, self._post_words(self.posts[key]))
            case "share":
                share = self.shares[key]
                who = self._handle(share.author)
                return Step(key, share.at_ms, kind, f"{who} passed it on to {_followers(share.reach)}")
            case "text":
                text = self._texts[key]
                return Step(key, text.at_ms, kind, f"our {text.form}: “{_short(text.text)}”")
            case "action" if key in self._actions:
                action = self._actions[key]
                return Step(key, action.at_ms, kind, f"the team {described(action, self._desk)}")
            case "inject":
                return self._inject_step(key)
            case "content":
                content, fired = self._contents.get(key), self._content.get(key)
                what = content.kind if content else "item"
                return Step(key, fired.at_ms if fired else -1, kind, f"scheduled {what} that nobody stopped")
            case "branch":
                note = self._notes.get(key) or key or "a turn of the story"
                return Step(key, self._branched.get(key, -1), kind, f"what you set off: {note}")
            case "traffic":
                burst = key.startswith("burst/")
                return Step(key, -1, kind, "a harmless story about the brand" if burst else "ordinary traffic")
        return Step(key, -1, "unknown", f"the record does not hold what “{_short(key)}” is")

    def _inject_step(self, key: str) -> Step:
        inject, fired = self._injects.get(key), self._fired.get(key)
        how = _FIRED.get(fired.by, "script") if fired else "script"
        said = (inject.subject or f"“{_short(inject.text, 60)}”") if inject else ""
        about = f": {said}" if said else ""
        return Step(key, fired.at_ms if fired else -1, "inject", how + about)

    def _post_words(self, post: Posted) -> str:
        said = f"on {self._called.get(post.channel, post.channel)}: “{_short(self._desk.posts[post.key].text)}”"
        if post.author == BRAND:
            return f"we said {said}"
        did = words()["forms"].get(post.form, "posted")
        if post.form == "bot":
            return f"{self._handle(post.author)}, an account that is no person, repeated it {said}"
        return f"{self._handle(post.author)} {did} {said}"

    def _handle(self, author: str) -> str:
        return self._desk.handle_of(author)


def steps_data(chain: Sequence[Step]) -> list[dict[str, Any]]:
    """A chain as plain data."""
    return [step.as_data() for step in chain]


def _followers(many: int) -> str:
    return f"{many:,} follower{'s' * (many != 1)}"


def _short(text: str, most: int = 100) -> str:
    """One line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
