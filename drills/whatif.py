"""What if: two courses of action in one drill with the same luck, compared by the keys of the posts.

Luck is keyed by what happens, so the difference is the difference of the actions and nothing else: a prevented post is
one that the very same person would have written.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from drills.actions_file import Planned, read_actions
from drills.differs import Differs, differences, differs_lines
from drills.drill import Drill
from drills.run import Run
from drills.scoring import score
from drills.scoring.card import DIMENSIONS, Scorecard
from drills.session import Session, unplayed
from drills.simulate import Undone, course, row, unswept
from drills.tone import Context, read
from engine.events import Posted
from engine.reading import Reading
from scenarios.moments import show_moment
from scenarios.source import Problem, SourceError

WIDTH = 80
SHOWN = 5
"""How many prevented and new posts are quoted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two runs with the same seed, side by side."""

    differs: tuple[Differs, ...]
    """In what the two courses differ."""
    before: tuple[Run, Scorecard]
    after: tuple[Run, Scorecard]
    prevented: tuple[Posted, ...]
    new: tuple[Posted, ...]
    same: int
    """How many posts of others are in both, by the same person at the same moment."""
    undone: tuple[tuple[Undone, ...], tuple[Undone, ...]]
    """Actions of each course that its world could not take."""

    def as_data(self) -> dict[str, Any]:
        """The difference as `whatif --json` prints it."""
        return {
            "drill": self.before[0].drill.id,
            "seed": self.before[0].setup.seed,
            "differs": [one.as_data() for one in self.differs],
            "actions": _row(*self.before, self.undone[0]),
            "instead": _row(*self.after, self.undone[1]),
            "prevented": [self._post(post, self.before[0]) for post in self.prevented],
            "new": [self._post(post, self.after[0]) for post in self.new],
            "same": self.same,
        }

    @staticmethod
    def _post(post: Posted, run: Run) -> dict[str, Any]:
        view = run.desk.posts[post.key]
        return {"key": post.key, "at_ms": post.at_ms, "author": view.handle, "text": view.text, "cause": post.cause,
                "reach": view.reach}  # fmt: skip

    def as_text(self, width: int = WIDTH) -> list[str]:
        """The difference in words, at most `width` columns wide."""
        (was, old), (now, new) = self.before, self.after
        lines = [
            f"{was.drill.title}, seed {was.setup.seed}",
            *(row for one in differs_lines(self.differs) for row in _wrapped("", one, width, 11)),
            f"total {old.total:.1f} {old.rating} as it was, {new.total:.1f} {new.rating} instead",
            f"{_posts(len(self.prevented))} prevented, {len(self.new)} new, {self.same} the same",
            *_held(old, new),
            "",
            *_cards(old, new, peak_anger(was), peak_anger(now)),
        ]
        for name, posts, run in (("prevented", self.prevented, self.before[0]), ("new", self.new, self.after[0])):
            lines += [""] * bool(posts)
            views = sorted((run.desk.posts[post.key] for post in posts), key=lambda view: (-view.reach, view.key))
            for view in views[:SHOWN]:
                head = f"  {name:9}  {show_moment(view.event.at_ms)}  "
                lines += _wrapped(head, f"{view.handle}, reach {view.reach:,}: {view.text}", width, len(head))
            if len(posts) > SHOWN:
                lines.append(f"  {'':9}  and {len(posts) - SHOWN} more")
        for which, undone in zip(("as it was", "instead"), self.undone, strict=True):
            for one in undone:
                what = f"{one.do} {one.target}".strip()
                head = f"  not done   {show_moment(one.at_ms)}  "
                lines += _wrapped(head, f"{what}, {which}: {one.why}", width, len(head))
        return lines


def _posts(many: int) -> str:
    return f"{many} post{'s' * (many != 1)}"


def _wrapped(head: str, text: str, width: int, indent: int) -> list[str]:
    """A paragraph that goes on indented; no word is ever broken."""
    return textwrap.wrap(
        head + " ".join(text.split()) if head else text,
        width,
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
        break_long_words=False,
    )


def peak_anger(run: Run) -> int:
    """The most that any theme was angry in a run, of 100."""
    return max((anger for _, anger in run.desk.mood_history), default=15)


def _held(old: Scorecard, new: Scorecard) -> Iterator[str]:
    """Which gate held a total down."""
    by = [_holding(card) for card in (old, new)]
    if by[0] and by[0] == by[1]:
        yield f"Total held at {by[0]}, in both"
        return
    for said, which in zip(by, ("as it was", "instead"), strict=True):
        if said:
            yield f"Total held at {said}, {which}"


def _holding(card: Scorecard) -> str:
    """`49 by G-SAFE`, or '' where no gate took anything away."""
    if not card.gates or card.raw - card.total < 0.05:
        return ""
    tightest = min(card.gates, key=lambda gate: gate.cap)
    return f"{tightest.cap:g} by {tightest.id}"


def _cards(old: Scorecard, new: Scorecard, *peaks: int) -> Iterator[str]:
    """Both scorecards and the two peaks of anger, side by side."""
    yield f"{'':12}{'as it was':>10}{'instead':>10}{'':>8}".rstrip()
    for name in (*DIMENSIONS, "total"):
        was, now = getattr(old, name), getattr(new, name)
        moved = "" if was is None or now is None or abs(now - was) < 0.05 else f"{now - was:+8.1f}"
        yield f"{name.capitalize():12}{_points(was):>10}{_points(now):>10}{moved}".rstrip()
    yield f"{'Rating':12}{old.rating:>10}{new.rating:>10}"
    rose = f"{peaks[1] - peaks[0]:+8}" if peaks[0] != peaks[1] else ""
    yield f"{'Peak anger':12}{peaks[0]:>10}{peaks[1]:>10}{rose}"
    gates = [", ".join(gate.id for gate in card.gates) or "none" for card in (old, new)]
    if gates == ["none", "none"]:
        yield f"{'Gates':12}{'none':>10}{'none':>10}"
    else:
        yield f"Gates       as it was: {gates[0]}; instead: {gates[1]}"


def _points(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _row(run: Run, card: Scorecard, undone: tuple[Undone, ...]) -> dict[str, Any]:
    """One course as `simulate --json` has it, without how long the machine took."""
    data = row(run, card, 0, undone)
    del data["wall_ms"]
    return {**data, "peak_anger": peak_anger(run)}


class _Remembers:
    """Reads a text once for both courses: most of them say the same to the same people at the same moment."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, Context], Reading] = {}

    def __call__(self, text: str, context: Context) -> Reading:
        key = text, replace(context, scenario=None)
        if key not in self._read:
            self._read[key] = read(text, context)
        return self._read[key]


def compare(drill: Drill, actions: Path, instead: Path, *, seed: int) -> Difference:
    """Play both courses and compare them. Raises SourceError with every problem of both files."""
    courses: list[list[Planned]] = []
    problems: list[Problem] = []
    for path in dict.fromkeys((actions, instead)):
        try:
            courses.append(read_actions(path))
        except SourceError as error:
            problems += error.problems
    if problems:
        raise SourceError(problems)
    with unswept():
        of, reader = unplayed(drill, seed=seed), _Remembers()
        before, undone_before = course(Session.again(of, reader), courses[0])
        after, undone_after = course(Session.again(of, reader), courses[-1])
        cards = score(before), score(after)
    old = {post.key: post for post in before.posts()}
    new = {post.key: post for post in after.posts()}
    return Difference(
        tuple(differences(courses[0], courses[-1])),
        (before, cards[0]),
        (after, cards[1]),
        tuple(post for key, post in old.items() if key not in new),
        tuple(post for key, post in new.items() if key not in old),
        len(old.keys() & new.keys()),
        (undone_before, undone_after),
    )
