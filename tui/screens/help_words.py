"""The help of a screen that is no desk: what it is for, then its keys from the key map, as Markdown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from textual.content import Content

from tui import keys
from tui.widgets.prose import Lines, hang, styled

SEVEN = ("down", "open", "reply", "classify", "escalate", "pause-drill", "help")
"""The keys of a desk that one needs most, by their ids in the key map."""
INSTEAD = ("note", "decide", "ask", "inform", "said", "pane-inbox", "pane-team")
"""What stands in for those that a seat has no use for."""


def seven_of(known: Collection[str]) -> list[str]:
    """The ids of the keys that somebody needs most who has these."""
    before = [one for one in SEVEN[:-1] if one in known]
    return [*before, *[one for one in INSTEAD if one in known][: len(SEVEN) - 1 - len(before)], SEVEN[-1]]


def seven(width: int, ids: Sequence[str] = SEVEN, table: Iterable[keys.Key] | None = None) -> Lines:
    """Those keys, or others by their ids, a line each where there is room. `table`: where they are found."""
    known = {key.id: key for key in (keys.table() if table is None else table)}
    lines: Lines = []
    for id_ in ids:
        key = known[id_]
        shown, about = (f"{key.shown} {known['up'].shown}", "down and up") if id_ == "down" else (key.shown, key.help)
        lines += hang(styled(f"{shown:<7}", "bold $primary"), Content(about), width)
    return lines


def help_words(title: str, about: str, *scopes: str) -> str:
    """`about`: our own words, Markdown. The keys of these scopes follow, then those that work everywhere."""
    lines = [f"# {title}", "", about.strip(), ""]
    own = [key for key in keys.table() if key.scope in scopes]
    everywhere = [key for key in keys.table() if key.scope == "app" and key.id != "no-duff"]
    for key in [*own, *everywhere]:
        lines.append(f"- `{key.all_shown}` {key.label}: {key.help}")
    return "\n".join(lines)
