"""`stormdrill public`: the simulated public's numbers with their evidence and sources, as a table and as data."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from drills import coefficients
from drills.coefficients import CELLS, Coefficient
from drills.errors import DrillError
from scenarios.model import Scenario
from scenarios.source import suggest

WIDTH = 80
WIDE = 110
"""From so many columns on, the range in which a scenario may set a number has a column of its own."""
EVIDENCE = {
    "V": "read in a source",
    "C": "in published code",
    "M": "measured on public data",
    "R": "recalled, not checked",
    "D": "a design choice",
}
"""What the tags say."""
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("How angry people are", ("anger_before", "blame_", "silence_anger", "quality_anger", "anger_minutes",
                              "negative_")),
    ("How far they trust us", ("trust_",)),
    ("How it spreads", ("breeding_", "most_mood", "anger_to_spread", "anger_middle", "attention_", "friend_", "share_",
                        "stays_", "stickiness_", "most_posts")),
    ("Who they are", ("followers_", "bots", "bot_")),
    ("How fast they are: a micro-blog", ("microblog_",)),
    ("How fast they are: a brand's page", ("page_",)),
    ("How fast they are: pictures and films", ("feed_",)),
    ("How fast they are: a forum", ("forum_",)),
    ("What they say", ("missing_", "confused_", "weary_", "echo_", "repeat_chance", "writes_back", "back_")),
    ("Rumours", ("rumour_",)),
    ("Likes", ("likes_",)),
    ("Ordinary traffic", ("ambient_", "grumbles", "burst")),
    ("How our words are taken", ("late_", "repeat_", "reply_", "seen_", "press_", "holding_", "statement_", "soured",
                                 "sleeper_", "amends_", "thunder_", "spared_", "over_", "decoy_", "noticed_")),
)  # fmt: skip
"""Titles, and how the names below them begin; a name belongs to the first that fits."""
OTHERS = "Others"
ACTS = "What a text or a deed of ours does"
_NAME = 28
_VALUE = 8
_RANGE = 16
_SIZES = {"m": 8, "minutes": 11, "anger": 8, "quality": 9, "alpha": 7}


def group_of(name: str) -> str:
    """The title under which a number stands."""
    if "." in name:
        return ACTS
    return next((title for title, starts in GROUPS if name.startswith(starts)), OTHERS)


def numbers(scenario: Scenario | None) -> list[Coefficient]:
    """All numbers, with the scenario's overrides."""
    return coefficients.every(coefficients.text(), scenario.public.coefficients if scenario else {})


def chosen(found: list[Coefficient], *, own: bool = False, group: str | None = None) -> list[Coefficient]:
    """Those of them that were asked for: what a scenario changes, or a group by its title or the beginning of it.

    Raises DrillError where there is no such group.
    """
    if group is not None:
        titles = [title for title, _ in GROUPS] + [ACTS]
        plain = group.casefold().strip()
        fits = [title for title in titles if title.casefold().startswith(plain)] or [
            title for title in titles if plain in title.casefold()
        ]
        if not fits or not plain:
            raise DrillError(
                f"there is no group {group!r}{suggest(group, titles)}", remedy=f"take one of: {'; '.join(titles)}"
            )
        found = [one for one in found if group_of(one.name) in fits]
    return [one for one in found if one.value != one.usual] if own else found


def data(scenario: Scenario | None, *, own: bool = False, group: str | None = None) -> dict[str, Any]:
    """As `public --json` has it. Raises DrillError where there is no such group."""
    ranges = coefficients.ranges()
    return {
        "scenario": scenario.id if scenario else None,
        "evidence": EVIDENCE,
        "numbers": [
            {
                "name": one.name,
                "group": group_of(one.name),
                "value": one.value,
                "usual": one.usual,
                "overridden": one.value != one.usual,
                "range": list(ranges[one.name]),
                "evidence": one.tag,
                "source": one.source,
            }
            for one in chosen(numbers(scenario), own=own, group=group)
        ],
    }


def lines(
    scenario: Scenario | None, width: int = WIDTH, *, own: bool = False, group: str | None = None
) -> Iterator[str]:
    """The table, at most `width` columns wide. Raises DrillError where there is no such group."""
    found = numbers(scenario)
    changed = [one for one in found if one.value != one.usual]
    shown = chosen(found, own=own, group=group)
    whose = f" of {scenario.title}" if scenario else ""
    yield from textwrap.wrap(f"The public{whose}: {len(found)} numbers, from engine/public.yaml", width)
    yield "Evidence: " + ", ".join(f"{tag} {said}" for tag, said in list(EVIDENCE.items())[:3])
    yield "          " + ", ".join(f"{tag} {said}" for tag, said in list(EVIDENCE.items())[3:])
    if scenario:
        many = f"{len(changed)} are its own, marked *" if changed else "All of them are the usual ones"
        yield from textwrap.wrap(f"{many}; a scenario sets its own under public: coefficients.", width)
    by_group: dict[str, list[Coefficient]] = {}
    for one in shown:
        by_group.setdefault(group_of(one.name), []).append(one)
    for title, _ in (*GROUPS, (OTHERS, ())):
        if title in by_group:
            yield from ("", title.upper())
            for one in by_group[title]:
                yield from _row(one, width)
    if ACTS in by_group:
        yield from _acts(by_group[ACTS], width)


def _row(one: Coefficient, width: int) -> Iterator[str]:
    mark = "*" if one.value != one.usual else " "
    low, high = coefficients.ranges()[one.name]
    allowed = f"  {f'{low:g} to {high:g}':{_RANGE}}" if width >= WIDE else ""
    head = f"{mark}{one.name:{_NAME}} {one.value:>{_VALUE}g}{allowed}  {one.tag}  "
    usual = f"usually {one.usual:g}; " if one.value != one.usual else ""
    yield from _hung(head, usual + one.source, width)


def _acts(cells: Sequence[Coefficient], width: int) -> Iterator[str]:
    """The table of acts: five numbers a row, and why below the ones that were changed."""
    rows: dict[str, list[Coefficient]] = {}
    for one in cells:
        rows.setdefault(one.name.rpartition(".")[0], []).append(one)
    yield from ("", ACTS.upper())
    yield from textwrap.wrap(
        "m multiplies how infectious the topic is, and fades within these minutes; anger and quality (of the response)"
        " jump at once; alpha is how far it stops the clock of silence. A scenario sets a cell as corrective.m: 0.9."
        " The tag is the evidence of the direction, every size is a design choice.",
        width,
    )
    yield f" {'':{_NAME}} {''.join(f'{cell:>{size}}' for cell, size in _SIZES.items())}"
    ranges = {cell: f"{low:g}..{high:g}" for cell, (low, high) in CELLS.items()}
    yield f" {'may be set':{_NAME}} {''.join(f'{ranges[cell]:>{size}}' for cell, size in _SIZES.items())}"
    for act, row in rows.items():
        value = {one.name.rpartition(".")[2]: one for one in row}
        shown = [_cell(value[cell], size) if cell in value else " " * size for cell, size in _SIZES.items()]
        changed = [one for one in row if one.value != one.usual]
        mark = "*" if changed else " "
        yield f"{mark}{act:{_NAME}} {''.join(shown)}  {row[0].tag}"
        usual = ", ".join(f"{one.name.rpartition('.')[2]} {one.usual:g}" for one in changed)
        yield from _hung("    ", f"usually {usual}; {row[0].source}" if usual else row[0].source, width)


def _cell(one: Coefficient, size: int) -> str:
    sign = "+" if one.name.endswith((".anger", ".quality")) and one.value else ""
    return f"{one.value:{sign}g}".rjust(size)


def _hung(head: str, text: str, width: int) -> Iterator[str]:
    rows = textwrap.wrap(text, width - len(head), break_on_hyphens=False) or [""]
    yield head + rows[0]
    for row in rows[1:]:
        yield " " * len(head) + row
