"""The console's head: EXERCISE CONTROL, the clock, who is here, how the public is and what the team has open."""

from __future__ import annotations

from textual.content import Content

from drills.room.rights import FACILITATOR, OBSERVER
from drills.room.steered import Helm
from scenarios.moments import show_duration, show_moment
from tui import keys
from tui.glyphs import bar, level_word, mood_word, sampled, trend
from tui.safe import line
from tui.screens.console_detail import summary
from tui.screens.console_seats import ControlView, not_ready, who_is_ready
from tui.widgets.header import state
from tui.widgets.prose import joined, spread
from tui.widgets.steady import Steady

MINUTE = 60_000


class ConsoleHead(Steady):
    """Two lines that always stand."""

    DEFAULT_CSS = "ConsoleHead { height: 2; background: $boost; color: $foreground; }"

    def paint(self, session: ControlView, helm: Helm) -> None:
        """Say what holds now."""
        width = self.size.width or self.app.size.width
        self.update(joined([_first(session, width), _second(session, helm, width)]), layout=False)


def _first(session: ControlView, width: int) -> Content:
    done = session.now_ms / session.ends_ms if session.ends_ms else 0
    return spread(
        Content.assemble((" EXERCISE CONTROL ", "bold reverse"), (f" {line(session.drill.title)}", "bold")),
        Content.assemble(
            (f"{show_moment(session.now_ms)} ", "bold"), (bar(done, max(8, min(40, width // 6))), "$primary"),
            (f" {show_duration(session.ends_ms)} ", "$muted"),
        ),
        width,
    )  # fmt: skip


def _second(session: ControlView, helm: Helm, width: int) -> Content:
    desk, now = session.desk, session.now_ms
    others = {seat: here for seat, here in session.seats.items() if seat != FACILITATOR}
    here = sum(others.values())
    before = (sampled(desk.mood_history, now - 5 * MINUTE, 1, MINUTE) or [desk.anger])[0]
    rows = desk.queue()
    late = sum([1 for row in rows if 0 <= row.due_ms < now])
    gap = "  " if width < 100 else "   "
    how = Content.styled(f"{state(session)} ", "bold $warning" if session.paused else "$success")
    if not session.begun:
        waits, playing = len(not_ready(session)), len([seat for seat in others if seat != OBSERVER])
        told = Content.assemble((" here ", "$muted"), f"{here}/{len(others)}", (f"{gap}ready ", "$muted"))
        return spread(told + Content(f"{playing - waits}/{playing}"), how, width)
    parts = [
        (" here ", "$muted"), (f"{here}/{len(others)}", "" if here == len(others) else "$warning"),
        (f"{gap}anger ", "$muted"), (f"{desk.anger}, {mood_word(desk.anger)} {trend(desk.anger, before)}", "bold"),
        (f"{gap}in ", "$muted"), (f"{desk.per_minute():.0f}/min", ""),
        (f"{gap}open ", "$muted"), (f"{len(rows)}", ""),
        (f"{gap}late ", "$muted"), (f"{'! ' if late else ''}{late}", "bold $error" if late else ""),
    ]  # fmt: skip
    if width >= 100:
        parts.append((f"{gap}{level_word(desk.level)}", "" if desk.level is not None else "$warning"))
        if dials := summary(helm):
            parts.append((f"{gap}{dials}", "$accent"))
    return spread(Content.assemble(*parts), how, width)


class BeforeStart(Steady):
    """Before STARTEX: the key that starts it, and who is ready for it."""

    DEFAULT_CSS = """
    BeforeStart {
        height: auto; display: none; padding: 0 1; border: round $primary; border-title-color: $primary;
        border-title-style: bold;
    }
    """

    def on_mount(self) -> None:
        self.border_title = "Before STARTEX"

    def paint(self, session: ControlView) -> None:
        """Who is ready, in a line or two."""
        told = who_is_ready(session)
        waits = not_ready(session)
        begin = f"Begin (STARTEX): {keys.named('run')}"
        start = Content.assemble((begin, "bold $primary"), "   the clock stands still")
        if not told:
            who = Content("Nobody has taken a seat yet.").stylize("$muted")
        else:
            who = Content("   ").join([Content.styled(words, style) for words, style in told])
        if told and not waits:
            start += Content("   everybody is ready").stylize("$success")
        self.update(joined([start, who]), layout=True)
