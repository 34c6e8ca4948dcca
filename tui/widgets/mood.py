"""Mood and load in numbers first, then as a line; for the side of a wide desk."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from tui.glyphs import mood_word, need, sampled, short_number, spark, trend
from tui.safe import fit, line
from tui.session_view import SessionView

MINUTE = 60_000
_MOVES = {"▲": "▲ calmer in 5 min", "▼": "▼ angrier in 5 min", "=": "= as 5 min ago"}


class MoodBox(Static):
    """How the public is, theme by theme, and how much there is to do."""

    def on_mount(self) -> None:
        self.border_title = "Mood and load"

    def paint(self, session: SessionView, late: int, needs: dict[str, int]) -> None:
        """`needs`: how many rows of the queue want what."""
        desk, now = session.desk, session.now_ms
        width = max(16, (self.size.width or 36) - 2)
        anger = sampled(desk.mood_history, now, width, MINUTE)
        before = sampled([(at, 100 - value) for at, value in desk.mood_history], now - 5 * MINUTE, 1, MINUTE)
        calm = desk.calm
        moved = trend(calm, before[0] if before else calm)
        most = sorted(needs.items(), key=lambda one: -one[1])[:2]
        posts = [volume.posts for volume in desk.volumes[-width:]]
        rows = [
            Content.assemble((f"{calm} {mood_word(calm)} ", "bold"), _MOVES[moved]),
            Content(spark(anger) + " anger" if len(anger) < width - 6 else spark(anger)).stylize("$muted"),
            Content.assemble(("in ", "$muted"), f"{desk.per_minute():.0f}/min  ", ("late ", "$muted"), str(late)),
            Content(spark(posts, max(posts, default=1))).stylize("$muted"),
            Content("  ".join([f"{need(name).glyph} {need(name).word} {many}" for name, many in most])),
        ]
        themes = {theme.id: theme.title for theme in desk.scenario.themes}
        rows.append(Content.assemble(("seen up to ", "$muted"), f"{short_number(desk.seen)} times"))
        if tags := desk.trending():
            told = "  ".join([f"{line(tag.name)} {tag.recent}" for tag in tags])
            rows.append(Content.assemble(("trending ", "$muted"), fit(told, width - 9)))
        for mood in sorted([one for one in desk.moods.values() if one.posts], key=lambda one: -one.anger)[:3]:
            title = fit(line(themes.get(mood.theme, mood.theme)), width - 14)
            grows = "▲ grows" if mood.infectious > 1_000_000 else "▼ fades"
            rows.append(Content(f"{title:<{width - 14}} {100 - mood.anger // 10_000:>3} {grows}"))
        self.update(Content("\n").join(rows), layout=False)
