"""The head of the desk: EXERCISE, the clock, the mood and the load, in two lines. It is repainted once a second."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content

from scenarios.moments import show_duration, show_moment
from tui.glyphs import bar, level_word, mood_word, sampled, spark, trend
from tui.safe import fit, line
from tui.session_view import SessionView
from tui.widgets.steady import Steady

MINUTE = 60_000


class DeskHeader(Steady):
    """Two lines that always stand: what this is and when, and how the public is."""

    DEFAULT_CSS = "DeskHeader { height: 2; background: $boost; color: $foreground; }"

    _places: tuple[tuple[int, int, str], ...] = ()

    async def on_click(self, event: events.Click) -> None:
        """A click on a counter goes where it counts; every one of them has a key too."""
        for start, end, action in self._places:
            if event.y == 1 and start <= event.x < end:
                await self.app.run_action(action, self.screen)

    def paint(self, session: SessionView, late: int, open_rows: int) -> None:
        """Say what holds now."""
        width = self.size.width or self.app.size.width
        how = f"  {state(session)} "
        parts = _counters(session, width, late, open_rows, width - cell_len(how))
        at, places = 0, []
        for words, _, action in parts:
            places.append((at, at + cell_len(words), action))
            at += cell_len(words)
        places.append((width - cell_len(how), width, "pause_drill"))
        self._places = tuple([place for place in places if place[2]])
        tail = [(how, "bold $warning" if session.paused else "$success")]
        rows = [_first(session, width), _spread([(words, style) for words, style, _ in parts], tail, width)]
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


def _counters(session: SessionView, width: int, late: int, open_rows: int, room: int) -> list[tuple[str, str, str]]:
    """Words, their style, and the action of the desk that a click on them runs; what can be done without is left out
    where they have no room."""
    desk, now = session.desk, session.now_ms
    anger = desk.anger
    then = (sampled(desk.mood_history, now - 5 * MINUTE, 1, MINUTE) or [anger])[0]
    moved = trend(anger, then)
    by = f" {abs(anger - then)} in 5 min" if width >= 120 and moved != "=" else ""
    samples = 6 if width < 90 else 10 if width < 120 else 24
    angers = sampled(desk.mood_history, now, samples, MINUTE)
    gap = "  " if width < 90 else "   "
    urgent = f"{'! ' if late else ''}{late}"
    level = level_word(desk.level)
    parts = {
        "anger": (" anger ", "$muted", ""),
        "mood": (f"{anger}, {mood_word(anger)} {moved}{by}", "bold", ""),
        "spark": (f" {spark(angers)}", "$muted", ""),
        "in": (f"{gap}in ", "$muted", "pane('feed')"),
        "rate": (f"{desk.per_minute():.0f}/min", "", "pane('feed')"),
        "open": (f"{gap}open ", "$muted", "pane('queue')"),
        "rows": (f"{open_rows}", "", "pane('queue')"),
        "late": (f"{gap}late ", "$muted", "what_next"),
        "urgent": (urgent, "bold $error" if late else "", "what_next"),
        "gap": (gap, "", ""),
        "level": (level, "bold" if desk.level is not None else "$warning", "verb('classify')"),
    }
    for name, shorter in (("spark", ""), ("in", ""), ("rate", ""), ("mood", f"{anger} {moved}"), ("level", level[:2])):
        if sum([cell_len(words) for words, _, _ in parts.values()]) > room:
            _, style, action = parts[name]
            parts[name] = (shorter, style, action)
    return [part for part in parts.values() if part[0]]


def state(session: SessionView) -> str:
    """Whether the clock runs, and how fast."""
    if session.ended:
        return "■ ENDEX"
    if session.paused:
        return f"‖ {line(session.why_paused.partition(': ')[0], 26) or 'paused'}"
    return f"● runs ×{session.pace:g}"
