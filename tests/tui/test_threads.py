"""What a thread finds after its screen was left."""

from __future__ import annotations

import threading
import time

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from tui.threads import tell


class Slow(Screen[None]):
    """Shows what a thread finds, once it may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.may = threading.Event()
        self.shown: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static("nothing yet", id="found")

    def on_mount(self) -> None:
        self.run_worker(self.look, thread=True)

    def look(self) -> None:
        self.may.wait(10)
        tell(self, self.show, "this")

    def show(self, found: str) -> None:
        self.shown.append(found)
        self.query_one("#found", Static).update(found)


async def test_it_is_shown_while_the_screen_is_there() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        slow = Slow()
        await app.push_screen(slow)
        slow.may.set()
        while str(slow.query_one("#found", Static).content) != "this":
            await pilot.pause(0.01)


async def test_it_is_not_shown_while_the_screen_is_taken_away() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        slow = Slow()
        await app.push_screen(slow)
        leaving = app.pop_screen()
        slow.may.set()
        time.sleep(0.1)  # the thread asks before the screen is gone, and its turn comes while it goes
        await leaving
        await pilot.pause()
        assert not slow.shown


async def test_leaving_the_program_while_a_thread_works_is_quiet() -> None:
    for wait in (0.0, 0.002, 0.01):
        app: App[None] = App()
        async with app.run_test():
            slow = Slow()
            await app.push_screen(slow)
            slow.may.set()
            time.sleep(wait)
