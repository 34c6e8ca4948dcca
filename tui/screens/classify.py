"""Classify: say what this is, how sure one is, and where it lives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from drills.desk import Desk
from scenarios.terms import LEVEL_WORDS
from tui.screens.dialogs import Dialog
from tui.widgets.choice_line import ChoiceLine

CAUSES = (
    "own-post",
    "wrong-account",
    "employee",
    "product",
    "supplier",
    "operations",
    "service",
    "security",
    "rumour",
    "unknown",
)
_LEVELS = (
    "L0 nothing out of the ordinary", "L1 one problem, answered by the desk", "L2 it may grow, watch it",
    "L3 a crisis: people, brand or business at stake", "L4 lives, the law or the whole company",
)  # fmt: skip


class ClassifyDialog(Dialog[Mapping[str, Any]]):
    """Five lines of choices; ctrl+s or enter takes them. The answer is the action's fields."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("ctrl+s,enter", "take", "Take", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        was = self.desk.classification
        seen = {view.event.theme for view in self.desk.posts.values()}
        themes = [(theme.id, theme.title) for theme in self.desk.scenario.themes if theme.id in seen]
        channels = [(channel.id, channel.name) for channel in self.desk.scenario.channels
                    if channel.id != "floor"]  # fmt: skip
        levels = [(str(level), f"L{level} {word}") for level, word in enumerate(LEVEL_WORDS)]
        causes = [(cause, cause.replace("-", " ")) for cause in CAUSES]
        with Vertical(classes="box"):
            yield Static(Content("\n".join(_LEVELS)), classes="about")
            yield ChoiceLine("Level", levels, [str(was.level)] if was else [], id="level")
            yield ChoiceLine("Cause", causes, [was.root_cause] if was else [], id="cause")
            yield ChoiceLine("Where", channels, was.accounts if was else [], many=True, id="accounts")
            if themes:
                yield ChoiceLine("About", themes, was.themes if was else [], many=True, id="themes")
            sure = [(word, word) for word in ("low", "medium", "high")]
            yield ChoiceLine("How sure", sure, [was.confidence] if was else ["medium"], id="confidence")

    def on_mount(self) -> None:
        self.frame("Classify: what is this?", "0-4 level · tab next · space chooses · enter done · esc closes")
        self.query_one("#level").focus()

    def on_key(self, event: Any) -> None:
        """A digit is a level."""
        if event.character in ("0", "1", "2", "3", "4"):
            event.stop()
            choice = self.query_one("#level", ChoiceLine)
            choice.set_chosen([event.character])
            choice.at = int(event.character)

    def action_take(self) -> None:
        """Take what is chosen."""
        level = self.query_one("#level", ChoiceLine).value
        if not level:
            self.notify("Choose a level first.", severity="warning")
            return
        fields: dict[str, Any] = {"level": int(level)}
        if cause := self.query_one("#cause", ChoiceLine).value:
            fields["root_cause"] = cause
        for name in ("accounts", "themes"):
            for choice in self.query(f"#{name}").results(ChoiceLine):
                if choice.values:
                    fields[name] = choice.values
        if sure := self.query_one("#confidence", ChoiceLine).value:
            fields["confidence"] = sure
        self.dismiss(fields)
