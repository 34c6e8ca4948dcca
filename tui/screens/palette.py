"""The command palette, with the keys that work in every dialogue."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hits
from textual.system_commands import SystemCommandsProvider

from tui import keys


class Commands(SystemCommandsProvider):
    """The commands in the order of the key map: what is done most first, and not what is first in the alphabet."""

    async def discover(self) -> Hits:
        for name, about, run, shown in self.app.get_system_commands(self.screen):
            if shown:
                yield DiscoveryHit(name, run, help=about)


class Palette(CommandPalette):
    """Textual's palette; F10 stops a drill from within it too."""

    DEFAULT_CSS = """
    Palette #--input { border: hkey $border-blurred; border-title-color: $foreground; border-title-style: bold; }
    Palette CommandList, Palette LoadingIndicator { border-bottom: hkey $border-blurred; }
    Palette CommandList { border-subtitle-color: $muted; }
    Palette SearchIcon { display: none; }
    Palette:nocolor CommandList > .option-list--option-highlighted {
        background: $foreground 12%; color: $foreground; text-style: bold underline;
    }
    """
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [*keys.over_dialogs()]
    HELP = "# Commands\n\nType a part of what you want to do; `enter` does it, `esc` closes."

    def on_mount(self) -> None:
        """What it is, and its two keys."""
        self.query_one("#--input").border_title = "Commands"
        self.query_one(CommandList).border_subtitle = "enter does it · esc closes"
