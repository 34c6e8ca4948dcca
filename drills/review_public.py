"""The public in the review's Markdown: what moved it, where posts came from, what went furthest, what trended."""

from __future__ import annotations

from collections.abc import Iterator

from drills.desk import most_shared, trends_over_time
from drills.markdown import plain
from drills.moved import Move
from drills.why import MOST_MOVES, MOST_ORIGINS, Reasons, other_origins, seen_words
from scenarios.moments import show_moment


def public_markdown(reasons: Reasons) -> Iterator[str]:
    """The section, with its headings."""
    desk = reasons.desk
    yield from ("## 6 What moved the public", "")
    if not reasons.courses:
        yield from ("Nobody was moved: no theme came up.", "")
    for course in reasons.courses:
        yield f"### {plain(course.title)}"
        yield ""
        yield (
            f"Anger {course.start:.0f} → {course.end:.0f} of 100, highest {course.peak:.0f} at "
            f"{show_moment(course.peak_ms)}; {course.posts:,} posts and shares."
        )
        yield ""
        moves, more, points, matter = course.told(MOST_MOVES)
        yield from (_move(move) for move in moves)
        if more:
            yield f"- **{points:+.1f}** {more} smaller thing{'s' * (more != 1)}"
        yield from (_move(move) for move in matter)
        yield ""
    yield from ("### Where it came from", "", "| Posts | Shares | From |", "|---:|---:|---|")
    for step, posts, shares in reasons.origins[:MOST_ORIGINS]:
        when = f"{show_moment(step.at_ms)} " if step.at_ms >= 0 else ""
        key = f" `{step.shown_key.replace('`', '')}`" if step.shown_key else ""
        yield f"| {posts:,} | {shares:,} | {when}{plain(step.words)}{key} |"
    many, posts, shares = other_origins(reasons)
    if many:
        yield f"| {posts:,} | {shares:,} | from {many} more |"
    yield from ("", "### What went furthest", "")
    yield seen_words(desk)
    yield ""
    for view in most_shared(desk.posts.values()):
        yield (
            f"- {show_moment(view.event.at_ms)} **{plain(view.handle)}** {plain(view.text)} "
            f"({view.shares:,} shares, {view.likes_at(desk.now_ms):,} likes, reach {view.reach:,})"
        )
    trends = trends_over_time(desk.posts.values(), desk.now_ms)
    if trends:
        yield from ("", "### What trended", "")
        for at_ms, tags in trends:
            yield f"- {show_moment(at_ms)} {', '.join(f'{plain(tag.name)} ({tag.recent})' for tag in tags)}"
    yield ""


def _move(move: Move) -> str:
    when = f"{' ' if move.words.endswith('first') else ', '}{show_moment(move.at_ms)}" if move.at_ms >= 0 else ""
    quote = f": “{plain(move.quote)}”" if move.quote else ""
    return f"- **{move.points:+.1f}** {plain(move.words)}{when}{quote}"
