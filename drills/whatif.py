"""What if: two courses of action in one drill with the same luck, compared by the keys of the posts.

Luck is keyed by what happens, so the difference is the difference of the actions and nothing else: a prevented post is
one that the very same person would have written.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drills.drill import Drill
from drills.run import Run
from drills.scoring import score
from drills.scoring.card import Scorecard
from drills.simulate import rehearse, row
from engine.events import Posted, Void
from scenarios.moments import show_moment

SHOWN = 5
"""How many prevented and new posts are quoted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two runs with the same seed, side by side."""

    before: tuple[Run, Scorecard]
    after: tuple[Run, Scorecard]
    prevented: tuple[Posted, ...]
    new: tuple[Posted, ...]
    voids: tuple[Void, ...]
    """Actions of the second course that its world could not take."""

    def as_data(self) -> dict[str, Any]:
        """The difference as `whatif --json` prints it."""
        return {
            "drill": self.before[0].drill.id,
            "seed": self.before[0].setup.seed,
            "actions": row(*self.before, 0),
            "instead": row(*self.after, 0),
            "prevented": [self._post(post, self.before[0]) for post in self.prevented],
            "new": [self._post(post, self.after[0]) for post in self.new],
            "void": [
                {"at_ms": void.at_ms, "do": void.do, "target": void.target, "why": void.why} for void in self.voids
            ],
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
            f"{len(self.prevented)} posts prevented, {len(self.new)} new",
        ]
        for name, posts, run in (("prevented", self.prevented, self.before[0]), ("new", self.new, self.after[0])):
            for post in posts[:SHOWN]:
                view = run.desk.posts[post.key]
                lines.append(f"  {name:9}  {show_moment(post.at_ms)}  {view.handle}  {view.text}")
        lines += [f"  not done   {show_moment(v.at_ms)}  {v.do} {v.target}: {v.why}" for v in self.voids]
        return lines


def compare(drill: Drill, actions: Path, instead: Path, *, seed: int) -> Difference:
    """Play both courses and compare them. Raises SourceError if a file is wrong."""
    before = rehearse(drill, seed=seed, actions=actions)
    after = rehearse(drill, seed=seed, actions=instead)
    old = {post.key: post for post in before.posts()}
    new = {post.key: post for post in after.posts()}
    return Difference(
        (before, score(before)),
        (after, score(after)),
        tuple(post for key, post in old.items() if key not in new),
        tuple(post for key, post in new.items() if key not in old),
        tuple(after.desk.voids),
    )
