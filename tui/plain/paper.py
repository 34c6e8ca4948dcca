"""What plain mode writes on: whole lines, and a prompt that a line may interrupt."""

from __future__ import annotations

from typing import TextIO

from tui.ascii import ascii_wanted, in_ascii

PROMPT = "> "


class Paper:
    """A stream of lines. Each is there for the reader, or the pipe, as soon as it is written."""

    def __init__(self, to: TextIO) -> None:
        self._to = to
        self._ascii = ascii_wanted(to.encoding)
        self.prompted = False
        """Whether the prompt stands at the end, and nobody has pressed enter yet."""

    def say(self, line: str) -> None:
        """Write a line; one that comes while somebody types begins on a line of its own."""
        begin = "\n" if self.prompted else ""
        self.prompted = False
        self._to.write(f"{begin}{in_ascii(line) if self._ascii else line}\n")
        self._to.flush()

    def prompt(self) -> None:
        """Show that a command can be typed."""
        if not self.prompted:
            self.prompted = True
            self._to.write(PROMPT)
            self._to.flush()
