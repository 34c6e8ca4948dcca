"""`stormdrill why`: the chain of a post, or what moved the public in a whole run, as lines and as data."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from drills.causes import Causes, Step, steps_data
from drills.desk import Desk, most_shared, trends_over_time
from drills.errors import DrillError
from drills.moved import Course, Moods, Move
from drills.run import Run
from engine.events import Event
from scenarios.model import Scenario
from scenarios.moments import MINUTE, show_moment
from scenarios.source import suggest

WIDTH = 80
MOST_MOVES = 8
MOST_ORIGINS = 8
BAR = 13
"""How many columns a term's bar has: an axis, and on either side of it room for 24 points of anger."""
_SIDE = BAR // 2
_SPARK = "▁▂▃▄▅▆▇█"


class Reasons:
    """Why a finished run went as it did: its chains of causes and its moods, each worked out when first asked for."""

    def __init__(self, log: Sequence[Event], desk: Desk, scenario: Scenario) -> None:
        self._log, self.desk, self._scenario = log, desk, scenario

    @classmethod
    def of(cls, run: Run) -> Reasons:
        """Of a run that is at hand."""
        return cls(run.log, run.desk, run.drill.scenario)

    @cached_property
    def causes(self) -> Causes:
        """What brought every post about."""
        return Causes(self._log, self.desk, self._scenario)

    @cached_property
    def courses(self) -> list[Course]:
        """How the mood of every theme went."""
        return Moods(self._log, self.desk, self._scenario).courses()

    @cached_property
    def origins(self) -> list[tuple[Step, int, int]]:
        """Every root with its posts and shares."""
        return self.causes.origins()

    def chain(self, key: str) -> tuple[Step, ...]:
        """The chain of a post or of anything else that has a key. Raises DrillError where the run has no such key."""
        if key not in self.causes:
            hint = suggest(key, self.causes.keys())
            raise DrillError(
                f"nothing in this run has the key {key!r}{hint}", remedy="stormdrill why without a KEY shows some"
            )
        return self.causes.chain(key)

    def as_data(self) -> dict[str, Any]:
        """The whole run as `why --json` has it."""
        return {
            "themes": [course.as_data() for course in self.courses],
            "origins": [{**step.as_data(), "posts": posts, "shares": shares} for step, posts, shares in self.origins],
            **engagement_data(self.desk),
        }


def chain_lines(reasons: Reasons, key: str, width: int = WIDTH) -> Iterator[str]:
    """A chain for people: the post first, what brought it about below it, its beginning last; then what came of it.
    Raises DrillError where the run has no such key."""
    chain = reasons.chain(key)
    for depth, step in enumerate(chain):
        when = show_moment(step.at_ms) if step.at_ms >= 0 else " " * 9
        head = f"{when}  {'' if not depth else '└ '}"
        yield from textwrap.wrap(
            f"{step.words}  [{step.shown_key}]" if step.shown_key else step.words,
            width,
            initial_indent=head,
            subsequent_indent=" " * (11 + 2 * bool(depth)),
            break_on_hyphens=False,
        )
    posts, shares = reasons.causes.came_of(key)
    yield f"{'':11}{_some(posts, 'post')} and {_some(shares, 'share')} by others came of it"


def engagement_data(desk: Desk) -> dict[str, Any]:
    """How far it went: reach, the posts that were shared most, the hashtags over time."""
    return {
        "seen_up_to": desk.seen,
        "most_shared": [
            {
                "key": view.key,
                "at_ms": view.event.at_ms,
                "author": view.handle,
                "text": view.text,
                "shares": view.shares,
                "answers": view.replies,
                "likes": view.likes_at(desk.now_ms),
                "reach": view.reach,
            }
            for view in most_shared(desk.posts.values())
        ],
        "trending": [
            {"at_ms": at_ms, "tags": [{"tag": tag.name, "recent": tag.recent, "total": tag.total} for tag in tags]}
            for at_ms, tags in trends_over_time(desk.posts.values(), desk.now_ms)
        ],
    }


def chain_data(reasons: Reasons, key: str) -> dict[str, Any]:
    """One chain as `why RUN KEY --json` has it. Raises DrillError where the run has no such key."""
    chain = reasons.chain(key)
    posts, shares = reasons.causes.came_of(key)
    came = {"posts": posts, "shares": shares}
    return {"post": chain[0].key, "chain": steps_data(chain), "root": chain[-1].as_data(), "came_of": came}


def why_lines(reasons: Reasons, title: str, width: int = WIDTH) -> Iterator[str]:
    """What moved the public, theme by theme; where the posts came from; which went furthest."""
    desk = reasons.desk
    yield f"{title}: what moved the public"
    if not reasons.courses:
        yield from ("", "Nobody was moved: no theme came up.")
    for course in reasons.courses:
        yield ""
        yield from course_lines(course, desk.now_ms, width)
    yield from ("", "WHERE IT CAME FROM")
    yield from origin_lines(reasons, width)
    shared = most_shared(desk.posts.values())
    if shared:
        yield from ("", "WHAT WENT FURTHEST", *textwrap.wrap(seen_words(desk), width))
        for view in shared:
            head = _counts((view.shares, "share"), (view.likes_at(desk.now_ms), "like"))
            yield from _hung(head, f"[{view.key}] {view.handle}: {view.text}", width, most=2)
    trends = trends_over_time(desk.posts.values(), desk.now_ms)
    if trends:
        yield from ("", "WHAT TRENDED, HALF HOUR BY HALF HOUR")
        for at_ms, tags in trends:
            told = "  ".join(f"{tag.name} {tag.recent}" for tag in tags)
            yield from _hung(f"{show_moment(at_ms)}  ", told, width, most=2)
    if shared:
        yield from ("", f"Ask about anything in brackets: stormdrill why RUN {_shell(shared[0].key)}")


def course_lines(course: Course, until_ms: int, width: int = WIDTH) -> Iterator[str]:
    """One theme: from where to where, how, and what moved it most."""
    yield from textwrap.wrap(course.title.upper(), width)
    yield (
        f"anger {course.start:.0f} → {course.end:.0f} of 100, highest {course.peak:.0f} at "
        f"{show_moment(course.peak_ms)}; {course.posts:,} posts and shares"
    )
    yield spark(course, until_ms, min(60, width - 10))
    moves, more, points, matter = course.told(MOST_MOVES)
    most = largest(moves, matter, points)
    for move in moves:
        yield from move_lines(move, most, width)
    if more:
        yield f"{points:+7.1f}  {bar(points, most)}  {more} smaller thing{'s' * (more != 1)}"
    for move in matter:
        yield from move_lines(move, most, width)
    if strongest := course.strongest():
        yield from textwrap.wrap(
            f"Most catching at {show_moment(course.infectious_ms)}: each post drew {course.infectious:.1f} more "
            f"({strongest}).",
            width,
        )


def largest(moves: Iterable[Move], matter: Iterable[Move], rest: float) -> float:
    """The points of the largest bar, which all beside it are drawn to."""
    return max([abs(rest), *[abs(move.points) for move in (*moves, *matter)]])


def move_lines(move: Move, most: float, width: int = WIDTH) -> list[str]:
    """One term with its bar, and our own sentence where it was ours. `most`: the largest beside it."""
    when = f"{' ' if move.words.endswith('first') else ', '}{show_moment(move.at_ms)}" if move.at_ms >= 0 else ""
    quote = f": “{move.quote}”" if move.quote else ""
    return list(_hung(f"{move.points:+7.1f}  {bar(move.points, most)}  ", f"{move.words}{when}{quote}", width, most=2))


def origin_lines(reasons: Reasons, width: int = WIDTH) -> Iterator[str]:
    """The roots that brought about most posts and shares."""
    rows = reasons.origins
    for step, posts, shares in rows[:MOST_ORIGINS]:
        when = f"{show_moment(step.at_ms)} " if step.at_ms >= 0 else ""
        told_key = f"[{step.shown_key}] " if step.shown_key else ""
        yield from _hung(_counts((posts, "post"), (shares, "share")), f"{when}{told_key}{step.words}", width, most=2)
    many, posts, shares = other_origins(reasons)
    if many:
        yield f"{_counts((posts, 'post'), (shares, 'share'))}from {many} more"


def other_origins(reasons: Reasons) -> tuple[int, int, int]:
    """The roots that are not named one by one: how many, their posts, their shares."""
    rest = reasons.origins[MOST_ORIGINS:]
    return len(rest), sum(row[1] for row in rest), sum(row[2] for row in rest)


def seen_words(desk: Desk) -> str:
    """How far everything went together."""
    return f"Posts were seen {desk.seen:,} times; one person may be counted several times."


def bar(points: float, most: float = 0.0) -> str:
    """A term's bar: to the right of the axis it angered, to the left it calmed; every half cell is 2 points, or more
    where the largest beside it (`most`) would not fit."""
    unit = max(2.0, most / (2 * _SIDE))
    full, half = divmod(max(1, min(2 * _SIDE, round(abs(points) / unit))), 2)
    if points < 0:
        return f"{'▐' * half + '█' * full:>{_SIDE}}│{'':{_SIDE}}"
    return f"{'':{_SIDE}}│{'█' * full + '▌' * half:{_SIDE}}"


def spark(course: Course, until_ms: int, width: int) -> str:
    """Anger over the run in `width` columns."""
    step = max(MINUTE, -(-until_ms // width))
    row, at, value = "", 0, course.start
    for column in range(max(1, until_ms // step)):
        while at < len(course.history) and course.history[at][0] <= (column + 1) * step:
            value = course.history[at][1]
            at += 1
        row += _SPARK[max(0, min(7, int(value * 8 / 100)))]
    return f"{'':9}{row}"


def _some(many: int, what: str) -> str:
    return f"{many:,} {what}{'s' * (many != 1)}"


def _counts(*counts: tuple[int, str]) -> str:
    return "".join(f"{many:6,} {what + 's' * (many != 1):6} " for many, what in counts)


def _hung(head: str, text: str, width: int, most: int) -> Iterator[str]:
    """A line that goes on below its own first word, in at most so many lines."""
    lines = textwrap.wrap(
        " ".join(text.split()), width - len(head), max_lines=most, placeholder=" …", break_on_hyphens=False
    ) or [""]
    yield head + lines[0]
    for line in lines[1:]:
        yield " " * len(head) + line


def _shell(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() else f"'{key}'"
