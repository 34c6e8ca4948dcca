"""What moved the mood: every `Mood` event's terms and factors in words, and theme by theme what moved it most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from drills.causes import words
from drills.desk import Desk, described
from engine.events import Acted, Deleted, Event, Mood, Published
from engine.reading import PPM
from scenarios.model import Scenario

MATTER = "the matter"
"""The term that is nobody's doing: it is told last."""
CALM = 150_000
"""The anger from which a theme starts, where a run holds no number of its own."""


@dataclass(frozen=True, slots=True)
class Move:
    """One term: what moved anger, by how much, and our sentence where it was ours."""

    name: str
    words: str
    points: float
    """Of 100; above 0 it angered."""
    at_ms: int
    """When our text or deed behind it was said or done, or -1."""
    quote: str
    """Our own words, or ''."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A theme's mood at one moment, and why it differs from the one before."""

    at_ms: int
    theme: str
    anger: float
    """0 calm to 100 furious."""
    moves: tuple[Move, ...]
    infectious: float
    """How many posts a post breeds."""
    factors: tuple[tuple[str, float], ...]
    """What that is the product of, in words."""


@dataclass(frozen=True, slots=True)
class Course:
    """How one theme's mood went over a run."""

    theme: str
    title: str
    start: float
    end: float
    peak: float
    peak_ms: int
    posts: int
    infectious: float
    """The highest."""
    infectious_ms: int
    factors: tuple[tuple[str, float], ...]
    """What made it so high then, the strongest first."""
    moves: tuple[Move, ...]
    """Every term of the whole run, summed by name, the weightiest first."""
    history: tuple[tuple[int, float], ...]
    """(at ms, anger) of every turn."""

    def weighed(self) -> list[Move]:
        """The terms as they are told: what several texts of ours did alike is one line. The weightiest stands first,
        what nobody did last."""
        alike: dict[str, list[Move]] = {}
        for move in self.moves:
            act = move.name.partition(" ")[0]
            alike.setdefault(act if act in words()["acts"] else move.name, []).append(move)
        found = []
        for same in alike.values():
            head, many = same[0], len(same)
            said = f"{head.words}, {many} times, first" if many > 1 and head.at_ms >= 0 else head.words
            first = min((move.at_ms for move in same if move.at_ms >= 0), default=-1)
            found.append(Move(head.name, said, sum(move.points for move in same), first, head.quote))
        return sorted(found, key=lambda move: (move.name == MATTER, -abs(move.points), move.name))

    def strongest(self, most: int = 4) -> str:
        """What made it most catching, in a line; '' where nothing weighed."""
        weighty = [(name, value) for name, value in self.factors if abs(value - 1) >= 0.005]
        return ", ".join(f"{name} ×{value:.2f}" for name, value in weighty[:most])

    def told(self, most: int) -> tuple[list[Move], int, float, list[Move]]:
        """What is shown: the weightiest terms, how many more there are, what those sum up to, and what nobody did."""
        weighed = [move for move in self.weighed() if abs(move.points) >= 0.05]
        done = [move for move in weighed if move.name != MATTER]
        rest = done[most:]
        matter = [move for move in weighed if move.name == MATTER]
        return done[:most], len(rest), sum(move.points for move in rest), matter

    def as_data(self) -> dict[str, Any]:
        """As `why --json` has it."""
        return asdict(self)


class Moods:
    """The moods of one run, from its whole log."""

    def __init__(self, log: Iterable[Event], desk: Desk, scenario: Scenario) -> None:
        self._events: list[Mood] = []
        self._said: dict[str, tuple[int, str]] = {}
        """A text's key or an action's id to when, and in what words."""
        self._titles = {theme.id: theme.title for theme in scenario.themes}
        self._injects = {inject.id: inject for inject in (*scenario.beats, *scenario.contingency)}
        self._contents = {content.id: content.text for content in scenario.content}
        self._notes = {branch.id: branch.note for branch in scenario.branches}
        for event in log:
            match event:
                case Mood():
                    self._events.append(event)
                case Published():
                    self._said[event.key] = event.at_ms, event.text
                case Acted(action=action):
                    self._said[action.id] = event.at_ms, action.text or described(action, desk)
                case Deleted():
                    post = desk.posts.get(event.post)
                    self._said[event.action] = event.at_ms, f"{event.how}: {post.text if post else event.post}"

    def turns(self, theme: str = "") -> list[Turn]:
        """Every change of the mood in order, of one theme or of all."""
        return [self._turn(event) for event in self._events if theme in ("", event.theme)]

    def courses(self) -> list[Course]:
        """Theme by theme, the one that got angriest first."""
        by_theme: dict[str, list[Mood]] = {}
        for event in self._events:
            by_theme.setdefault(event.theme, []).append(event)
        found = [self._course(theme, events) for theme, events in by_theme.items()]
        return sorted(found, key=lambda course: (-course.peak, course.theme))

    def _turn(self, event: Mood) -> Turn:
        moves = tuple(self._move(name, much) for name, much in event.terms)
        factors = tuple((self._factor(name), value / PPM) for name, value in event.factors)
        return Turn(event.at_ms, event.theme, event.anger / 10_000, moves, event.infectious / PPM, factors)

    def _course(self, theme: str, events: list[Mood]) -> Course:
        sums: dict[str, int] = {}
        for event in events:
            for name, much in event.terms:
                sums[name] = sums.get(name, 0) + much
        top, wild = max(events, key=lambda e: e.anger), max(events, key=lambda e: e.infectious)
        start = events[0].anger - sum(much for _, much in events[0].terms) if events[0].terms else CALM
        factors = [(self._factor(name), value / PPM) for name, value in wild.factors]
        return Course(
            theme=theme,
            title=self._titles.get(theme, theme),
            start=start / 10_000,
            end=events[-1].anger / 10_000,
            peak=top.anger / 10_000,
            peak_ms=top.at_ms,
            posts=events[-1].posts,
            infectious=wild.infectious / PPM,
            infectious_ms=wild.at_ms,
            factors=tuple(sorted(factors, key=lambda one: (-abs(one[1] - 1), one[0]))),
            moves=tuple(self._move(name, sums[name]) for name in sorted(sums, key=lambda n: (-abs(sums[n]), n))),
            history=tuple((event.at_ms, event.anger / 10_000) for event in events),
        )

    def _move(self, name: str, much: int) -> Move:
        if name in words()["terms"]:
            return Move(name, words()["terms"][name], much / 10_000, -1, "")
        kind, _, key = name.partition(" ")
        if kind == "inject":
            inject = self._injects.get(key)
            quote = (inject.subject or inject.text) if inject else key
            return Move(name, "the script", much / 10_000, -1, " ".join(quote.split()))
        if kind == "branch":
            return Move(name, self._set_off(key), much / 10_000, -1, "")
        at_ms, quote = self._said.get(key, (-1, self._contents.get(key, "")))
        if not quote and key in self._injects:
            quote = self._injects[key].text
        return Move(name, words()["acts"].get(kind, name), much / 10_000, at_ms, " ".join(quote.split()))

    def _set_off(self, branch: str) -> str:
        return f"what you set off: {self._notes.get(branch) or branch}"

    def _factor(self, name: str) -> str:
        if name.startswith("branch "):
            return "what you set off"
        return words()["factors"].get(name) or words()["acts"].get(name, name)
