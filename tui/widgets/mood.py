"""Mood and load in numbers first, then as a line; for the side of a wide desk."""

from __future__ import annotations

from textual.content import Content

from tui.glyphs import mood_word, need, sampled, short_number, spark, trend
from tui.safe import fit, line
from tui.session_view import SessionView
from tui.widgets.steady import Steady

MINUTE = 60_000
HIGH = 40
"""From so many lines of the screen on there is room for all tags."""
TAGS, FEWER_TAGS = 5, 3
_MOVES = {"▲": "▲ {by} in 5 min", "▼": "▼ {by} in 5 min", "=": "= as 5 min ago"}


def _fitting(words: list[str], width: int) -> str:
    """As many of the words as one row holds."""
    while len(told := "  ".join(words)) > width and len(words) > 1:
        words = words[:-1]
    return told


class MoodBox(Steady):
    """How the public is, theme by theme, and how much there is to do."""

    _tall = 0

    def on_mount(self) -> None:
        self.border_title = "Mood and load"

    def paint(self, session: SessionView, late: int, needs: dict[str, int]) -> None:
        """`needs`: how many rows of the queue want what."""
        desk, now = session.desk, session.now_ms
        width = max(16, (self.size.width or 36) - 2)
        anger = desk.anger
        angers = sampled(desk.mood_history, now, width, MINUTE)
        before = [value for at_ms, value in desk.mood_history if at_ms <= now - 5 * MINUTE]
        moved = _MOVES[trend(anger, before[-1])].format(by=abs(anger - before[-1])) if before else ""
        most = sorted(needs.items(), key=lambda one: (one[0] != "harm", -one[1]))[:3]
        posts = [volume.posts for volume in desk.volumes[-width:]]
        rows = [
            Content.assemble((f"anger {anger}, {mood_word(anger)} ", "bold"), moved),
            Content(spark(angers) + " anger" if 0 < len(angers) < width - 6 else spark(angers)).stylize("$muted"),
            Content.assemble(("in ", "$muted"), f"{desk.per_minute():.0f}/min  ", ("late ", "$muted"), str(late)),
            Content(spark(posts, max(posts, default=1))).stylize("$muted"),
            Content(_fitting([f"{need(name).glyph} {need(name).word} {many}" for name, many in most], width)),
        ]
        themes = {theme.id: theme.title for theme in desk.scenario.themes}
        rows.append(Content.assemble(("posts were seen ", "$muted"), f"{short_number(desk.seen)} times"))
        for mood in sorted([one for one in desk.moods.values() if one.posts], key=lambda one: -one.anger)[:3]:
            title = fit(line(themes.get(mood.theme, mood.theme)), width - 14)
            goes = "spreads" if mood.infectious > 1_000_000 else "dies out"
            rows.append(Content(f"{title:<{width - 14}} {mood.anger // 10_000:>3} {goes}"))
        tags = desk.trending()[: TAGS if self.app.size.height >= HIGH else FEWER_TAGS]
        told = [row for tag in tags for row in Content(f"{line(tag.name)} {tag.recent}").wrap(width - 9)]
        rows += [Content(f"{'' if at else 'trending':9}").stylize("$muted") + row for at, row in enumerate(told)]
        taller, self._tall = len(rows) != self._tall, len(rows)
        self.update(Content("\n").join(rows), layout=taller)
