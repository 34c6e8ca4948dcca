"""The head of the desk: EXERCISE, the clock, the mood and the load, in two lines. It is repainted once a second."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from scenarios.moments import show_duration, show_moment
from tui.glyphs import bar, level_word, mood_word, sampled, spark, trend
from tui.safe import fit, line
from tui.session_view import SessionView

MINUTE = 60_000


class DeskHeader(Static):
    """Two lines that always stand: what this is and when, and how the public is."""

    DEFAULT_CSS = "DeskHeader { height: 2; background: $boost; color: $foreground; }"

    def paint(self, session: SessionView, late: int, open_rows: int) -> None:
        """Say what holds now."""
        width = self.size.width or self.app.size.width
        rows = [_first(session, width), _second(session, width, late, open_rows)]
        self.update(Content("\n").join(rows), layout=False)


def _spread(left: list[tuple[str, str]], tail: list[tuple[str, str]], width: int) -> Content:
    room = width - sum([cell_len(text) for text, _ in tail])
    out: list[tuple[str, str]] = []
    for text, style in left:
        cut = fit(text, room)
        out.append((cut, style))
        room -= cell_len(cut)
        if cut != text:
            break
    return Content.assemble(*out, " " * max(0, room), *tail)


def _first(session: SessionView, width: int) -> Content:
    done = session.now_ms / session.ends_ms if session.ends_ms else 0
    wide = max(8, min(40, width // 6))
    seat = f" · {line(session.seat, 6)}" if width >= 100 else ""
    return _spread(
        [(" EXERCISE ", "bold reverse"), (f" {line(session.drill.title)}{seat}", "bold")],
        [
            (f"  {show_moment(session.now_ms)} ", "bold"),
            (bar(done, wide), "$primary"),
            (f" {show_duration(session.ends_ms)} ", "$muted"),
        ],
        width,
    )


def _second(session: SessionView, width: int, late: int, open_rows: int) -> Content:
    desk, now = session.desk, session.now_ms
    anger = desk.anger
    five_ago = sampled(desk.mood_history, now - 5 * MINUTE, 1, MINUTE)
    samples = 6 if width < 90 else 10 if width < 120 else 24
    angers = sampled(desk.mood_history, now, samples, MINUTE)
    gap = "  " if width < 90 else "   "
    parts: list[tuple[str, str]] = [
        (" anger ", "$muted"),
        (f"{anger}, {mood_word(anger)} {trend(anger, five_ago[0] if five_ago else anger)} ", "bold"),
        (spark(angers), "$muted"),
        (f"{gap}in ", "$muted"),
        (f"{desk.per_minute():.0f}/min", ""),
        (f"{gap}open ", "$muted"),
        (f"{open_rows}", ""),
        (f"{gap}late ", "$muted"),
        (f"{'! ' if late else ''}{late}", "bold $error" if late else ""),
        (gap, ""),
        (level_word(desk.level), "bold" if desk.level is not None else "$warning"),
    ]
    return _spread(parts, [(f"  {state(session)} ", "bold $warning" if session.paused else "$success")], width)


def state(session: SessionView) -> str:
    """Whether the clock runs, and how fast."""
    if session.ended:
        return "■ ENDEX"
    if session.paused:
        return f"‖ {line(session.why_paused, 18) or 'paused'}"
    return f"● runs ×{session.pace:g}"
