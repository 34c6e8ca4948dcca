"""The commands of plain mode, from commands.yaml: what is understood, and the help that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from textwrap import wrap
from typing import Any

from scenarios.packaged import packaged

WIDTH = 78
HOW = (
    "Numbers are those that you are told. A text stands on the same line, after a colon where a list comes before it; "
    "or in the lines that follow, up to a line with a single dot. An empty text is not sent. A text goes out after "
    "five seconds or with your next command; undo recalls it. Lines that begin with # are passed over."
)


@dataclass(frozen=True, slots=True)
class Command:
    """One row of commands.yaml; see its head for what the fields mean."""

    name: str
    group: str
    help: str
    also: tuple[str, ...] = ()
    do: str = ""
    takes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    fixed: str = ""
    """The kind that this command stands for."""
    text: bool = False
    usage: str = ""

    @property
    def example(self) -> str:
        """How it is written."""
        return self.usage or self.name


@cache
def table() -> tuple[Command, ...]:
    """Every command, in the order of the file."""
    rows: list[dict[str, Any]] = packaged("tui.plain", "commands.yaml")
    return tuple(Command(**{key: _frozen(value) for key, value in row.items()}) for row in rows)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def find(name: str) -> Command | None:
    """The command of this name or short name."""
    return next((one for one in table() if name == one.name or name in one.also), None)


def help_lines(name: str = "") -> Iterator[str]:
    """The help of one command, or of all of them."""
    one = find(name) if name else None
    if one is not None:
        yield f"{one.name}: {one.help}."
        yield f"Write: {one.example}"
        if one.also:
            yield f"Short: {', '.join(one.also)}"
        return
    group = ""
    for command in table():
        if command.group != group:
            group = command.group
            yield f"{group}:"
        yield from wrap(f"{command.example}: {command.help}.", WIDTH, initial_indent="  ", subsequent_indent="    ")
    yield from wrap(HOW, WIDTH)
