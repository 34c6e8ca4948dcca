"""The console's timeline: what has happened and by what, what is to come and in how long, what waits for a word."""

from __future__ import annotations

from collections.abc import Sequence

from drills.room.msel import Entry, gaps
from scenarios.model import Fact, Inject, Scenario
from scenarios.moments import SECOND, show_moment
from tui.glyphs import short_left
from tui.safe import line
from tui.screens.console_lists import Ruled, RuledList
from tui.widgets.row import Line, Piece, right

NOW, ENDS, REST = "now", "endex", "rest"
FACILITATOR = "facilitator"
SITUATION = "the situation"
"""From whom a fact comes that nobody had to be asked for."""
_WHO = 20
"""Cells for whose word it is, where there is room for it."""
_ROOMY = 96
_MEDIA = {"own_post": "own post", "message": "private", "metric": "figure", "approval": "draft"}
_BY = {"condition": "condition held", "branch": "branch", FACILITATOR: "by you"}
_INJECTS = ("inject", "contingency")


def timeline_rows(entries: Sequence[Entry], now_ms: int, ends_ms: int) -> list[Ruled[Entry]]:
    """The list with its quiet lines: where now is, where nothing reaches the team for long, where ENDEX is."""
    done = [one for one in entries if one.done]
    due = [one for one in entries if not one.done and 0 <= one.due_ms < ends_ms]
    late = [one for one in entries if not one.done and one.due_ms >= ends_ms]
    rest = [one for one in entries if not one.done and one.due_ms < 0]
    following = next((one for one in due if not one.held and not one.skipped and one.due_ms >= now_ms), None)
    coming = f", next in {to_come(following.due_ms, now_ms)}" if following else ""
    rows: list[Ruled[Entry]] = [*map(_row, done)]
    rows.append(Ruled(NOW, rule=f"now {show_moment(now_ms)}{coming}", style="accent"))
    quiet = list(gaps(entries, now_ms, ends_ms))
    for one in due:
        while quiet and quiet[0][0] < one.due_ms:
            rows.append(_gap(*quiet.pop(0)))
        rows.append(_row(one))
    rows += [_gap(*one) for one in quiet]
    rows.append(Ruled(ENDS, rule=f"ENDEX {show_moment(ends_ms)}"))
    rows += map(_row, late)
    if rest:
        rows.append(Ruled(REST, rule="ready, or waiting for something to happen"))
    return [*rows, *map(_row, rest)]


def to_come(due_ms: int, now_ms: int) -> str:
    """How long until then, from the second that the clock shows to the second that the row shows."""
    return short_left((due_ms // SECOND - now_ms // SECOND) * SECOND)


def key_of(entry: Entry) -> str:
    """What tells an entry from all others."""
    return f"{entry.kind}/{entry.id}"


def _row(entry: Entry) -> Ruled[Entry]:
    return Ruled(key_of(entry), entry)


def _gap(start_ms: int, end_ms: int) -> Ruled[Entry]:
    return Ruled(f"gap {end_ms}", rule=f"nothing reaches the team for {short_left(end_ms - start_ms, coarse=True)}")


def next_key(entries: Sequence[Entry], now_ms: int) -> str:
    """The row of what comes next, or ''."""
    coming = [one for one in entries if not one.done and not one.skipped and not one.held and one.due_ms >= now_ms]
    return key_of(coming[0]) if coming else ""


def medium_word(entry: Entry) -> str:
    """What it comes as, in a word or two."""
    if entry.kind == "content":
        return f"our {line(entry.medium, 5)}"
    return _MEDIA.get(entry.medium, entry.medium) or entry.kind


def who_words(entry: Entry) -> str:
    """`post by Mara Quill`, `mail from ...`; what it comes as alone, where nobody has sent it."""
    medium = medium_word(entry)
    return f"{medium} {'by' if medium == 'post' else 'from'} {line(entry.who)}" if entry.who else medium


def state_words(entry: Entry, now_ms: int) -> tuple[str, str]:
    """Where it stands, in a few words, and their style."""
    if entry.done:
        if entry.kind == "fact":
            asked = "" if entry.by == SITUATION else f"from {line(entry.by, 14)}"
            return ("by you", "accent") if entry.by == FACILITATOR else (asked, "muted")
        by = "went out" if entry.kind == "content" else _BY.get(entry.by, "")
        return by, "accent" if entry.by == FACILITATOR else "muted"
    if entry.skipped:
        return "skipped", "muted"
    if entry.held:
        past = f", due {short_left(now_ms - entry.due_ms, coarse=True)} ago" if 0 <= entry.due_ms < now_ms else ""
        return f"held{past}", "warn"
    if entry.due_ms >= 0:
        return f"in {to_come(entry.due_ms, now_ms)}", "" if entry.kind in _INJECTS else "muted"
    return ("ready", "calm") if entry.kind == "contingency" else ("", "")


class Timeline(RuledList[Entry]):
    """See the module."""

    now_ms = 0

    def reveal(self) -> None:
        """What is to come counts more than what has been: some of it stays in sight below the cursor."""
        super().reveal()
        if self._width and 0 <= self.cursor < len(self.items):
            lowest = self._heights.first(self.cursor) - self.size.height * 3 // 5
            if lowest > self.scroll_offset.y:
                self.scroll_to(y=lowest, animate=False, immediate=True, force=True)

    def draw_item(self, item: Entry, width: int) -> Sequence[Line]:
        return [entry_line(item, width, self.now_ms)]


def entry_line(entry: Entry, width: int, now_ms: int) -> Line:
    """An entry in one line."""
    sign: Piece = ("  ", "")
    if entry.done:
        sign = ("✓ ", "accent" if entry.by == FACILITATOR else "calm")
    elif entry.skipped or entry.held:
        sign = ("x ", "muted") if entry.skipped else ("‖ ", "warn")
    at = entry.done_ms if entry.done else entry.due_ms
    when = show_moment(at) if at >= 0 else {"fact": "if asked", "contingency": ""}.get(entry.kind, "condition")
    quiet = entry.done or entry.skipped
    who = f"{line(entry.who, _WHO - 2):<{_WHO}}" if width >= _ROOMY else ""
    mine = entry.kind in (*_INJECTS, "spoken")
    left: Line = (
        sign,
        (f"{when:<10}", "muted"),
        (f"{line(medium_word(entry), 9):<10}", "muted" if quiet or not mine else "accent"),
        (who, "muted"),
        (line(entry.title), "muted" if quiet or not mine else ""),
    )
    return right(left, (state_words(entry, now_ms),), width)


def inject_of(scenario: Scenario, entry: Entry) -> Inject | None:
    """The inject of an entry, or None."""
    found = [one for one in (*scenario.beats, *scenario.contingency) if one.id == entry.id]
    return found[0] if found and entry.kind in _INJECTS else None


def fact_of(scenario: Scenario, entry: Entry) -> Fact | None:
    """The fact of an entry, or None."""
    found = [one for one in scenario.facts if one.id == entry.id]
    return found[0] if found and entry.kind == "fact" else None


