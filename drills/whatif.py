"""What if: two courses of action in one drill with the same luck, compared by the keys of the posts.

Luck is keyed by what happens, so the difference is the difference of the actions and nothing else: a prevented post is
one that the very same person would have written.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drills.actions_file import Planned, read_actions
from drills.drill import Drill
from drills.run import Run
from drills.scoring import score
from drills.scoring.card import Scorecard
from drills.simulate import Undone, rehearse, row
from engine.events import Posted
from scenarios.moments import show_moment
from scenarios.source import Problem, SourceError

SHOWN = 5
"""How many prevented and new posts are quoted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two runs with the same seed, side by side."""

    before: tuple[Run, Scorecard]
    after: tuple[Run, Scorecard]
    prevented: tuple[Posted, ...]
    new: tuple[Posted, ...]
    undone: tuple[tuple[Undone, ...], tuple[Undone, ...]]
    """Actions of each course that its world could not take."""

    def as_data(self) -> dict[str, Any]:
        """The difference as `whatif --json` prints it."""
        return {
            "drill": self.before[0].drill.id,
            "seed": self.before[0].setup.seed,
            "actions": _row(*self.before, self.undone[0]),
            "instead": _row(*self.after, self.undone[1]),
            "prevented": [self._post(post, self.before[0]) for post in self.prevented],
            "new": [self._post(post, self.after[0]) for post in self.new],
        }

    @staticmethod
    def _post(post: Posted, run: Run) -> dict[str, Any]:
        view = run.desk.posts[post.key]
        return {"key": post.key, "at_ms": post.at_ms, "author": view.handle, "text": view.text, "cause": post.cause}

    def as_text(self) -> list[str]:
        """The difference in words."""
        (_, old), (_, new) = self.before, self.after
        lines = [
            f"{self.before[0].drill.title}, seed {self.before[0].setup.seed}",
            f"total {old.total:.1f} {old.rating} as it was, {new.total:.1f} {new.rating} instead",
            f"{len(self.prevented)} post{'s' * (len(self.prevented) != 1)} prevented, {len(self.new)} new",
        ]
        for name, posts, run in (("prevented", self.prevented, self.before[0]), ("new", self.new, self.after[0])):
            for post in posts[:SHOWN]:
                view = run.desk.posts[post.key]
                lines.append(f"  {name:9}  {show_moment(post.at_ms)}  {view.handle}  {view.text}")
        for course, undone in zip(("as it was", "instead"), self.undone, strict=True):
            for one in undone:
                what = f"{one.do} {one.target}".strip()
                lines.append(f"  not done   {show_moment(one.at_ms)}  {what}, {course}: {one.why}")
        return lines


def _row(run: Run, card: Scorecard, undone: tuple[Undone, ...]) -> dict[str, Any]:
    """One course as `simulate --json` has it, without how long the machine took."""
    data = row(run, card, 0, undone)
    del data["wall_ms"]
    return data


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
    before, undone_before = rehearse(drill, seed=seed, actions=courses[0])
    after, undone_after = rehearse(drill, seed=seed, actions=courses[-1])
    old = {post.key: post for post in before.posts()}
    new = {post.key: post for post in after.posts()}
    return Difference(
        (before, score(before)),
        (after, score(after)),
        tuple(post for key, post in old.items() if key not in new),
        tuple(post for key, post in new.items() if key not in old),
        (undone_before, undone_after),
    )
