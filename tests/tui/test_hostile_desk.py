"""The hostile corpus in every field of the desk: what reaches the terminal is text, and stays in its cells.

The driver's real output is kept and read twice: once for sequences that are not ours, once by a small terminal that
counts cells character by character, as the plainest real one would.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from rich.cells import cell_len, get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.drivers.headless_driver import HeadlessDriver

from drills.desk import ApprovalView, ContentView, Desk, FactView, LogLine
from engine.actions import Action
from engine.events import Received
from engine.setup import Colleague
from scenarios.model import Content as Scheduled
from scenarios.model import Fact
from scenarios.text import FORBIDDEN, is_clean
from tests.hostile import CORPUS
from tests.tui.desk_pilot import Played, impatient
from tests.tui.scripted import COLLEAGUES, DUE, MINUTE, NAMES, SCENARIO, ScriptedSession, post, story
from tui.app import StormdrillApp
from tui.safe import SafeFilter, content, line, lines, steady
from tui.widgets.virtual import VirtualList

OURS = re.compile(
    r"\x1b\[[0-9;:]*m"  # colours
    r"|\x1b\[[0-9;]*[HABCDJK]"  # movement
    r"|\x1b\[[?>=<]?[0-9;]*\$?[hlupnqc]"  # modes, and questions about them
    r"|\x1b[78]"
    r"|\x1b\]52;c;[A-Za-z0-9+/=]*\x07"  # what is copied, in base64
    r"|\x1b\]22;[a-z-]+\x07"  # the shape of the mouse pointer, by Textual
)


class Heard(HeadlessDriver):
    """Keeps what would go to the terminal."""

    said: list[str]

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.__dict__.setdefault("said", []).append(data)


def terminal(said: str, width: int, height: int) -> list[str]:
    """What a plain terminal shows: movements are obeyed, every character takes its own cells, in its own order."""
    grid = [[" "] * width for _ in range(height)]
    row = column = at = 0
    while at < len(said):
        if match := OURS.match(said, at):
            at = match.end()
            if match[0].endswith("H"):
                numbers = [int(number) for number in re.findall(r"\d+", match[0])] or [1, 1]
                row, column = numbers[0] - 1, numbers[1] - 1
            continue
        character = said[at]
        at += 1
        if character in "\r\n":
            row, column = (row + 1, 0) if character == "\n" else (row, 0)
            continue
        cells = get_character_cell_size(character)
        if cells and row < height and column < width:
            grid[row][column] = character
            for more in range(column + 1, min(column + cells, width)):
                grid[row][more] = ""
        column += cells
    return ["".join(cells) for cells in grid]


def hostile() -> ScriptedSession:
    """A session in which everything that comes from outside is from the corpus."""
    texts = list(CORPUS.values())
    session = ScriptedSession()
    names = NAMES | {f"h{at}": (text, "@" + text) for at, text in enumerate(texts)}
    people = [
        *COLLEAGUES,
        *[Colleague(f"c{at}", text, "COM", text, 1, 2, "", True, 0, ()) for at, text in enumerate(texts)],
    ]
    desk = session.desk = Desk(SCENARIO, people, names, lambda event: event.key, DUE)
    session.happen(*story())
    for at, text in enumerate(texts):
        session.happen(
            post(f"h{at}", 8 + at / 100, f"h{at}", text, need="question", form="scripted"),
            post(f"i{at}", 9 + at / 100, f"h{at}", text, parent="watch1"),
            Received(8 * MINUTE, f"r{at}", "approval", f"h{at}", text, text, True, 20 * MINUTE, "", "", text),
        )
        fact = Fact.model_construct(id=f"f{at}", text=text, known=0, sayable=0, why=text, insert="", said_as=())
        desk.facts[f"f{at}"] = FactView(fact, MINUTE, sayable=at % 2 == 0)
        item = Scheduled.model_construct(id=f"s{at}", kind="post", channel="flit", at=20 * MINUTE + at, text=text)
        desk.contents[f"s{at}"] = ContentView(item, text=text)
        desk.log.append(LogLine(MINUTE, text, text))
        view = ApprovalView(Action(f"a{at}", 0, "SML", "request_approval", kind="official"), (f"c{at}",), MINUTE)
        view.why = text
        desk.approvals[f"a{at}"] = view
    session.kept = {"reply h0": "\n".join(texts)[:4000]}
    session.now_ms = 12 * MINUTE
    session.why_paused = texts[0]
    return session


@asynccontextmanager
async def overheard(size: tuple[int, int]) -> AsyncIterator[tuple[Played, Heard]]:
    session = hostile()
    app = StormdrillApp(session=session)
    app.driver_class = Heard
    with impatient():
        async with app.run_test(headless=False, size=size, notifications=True) as pilot:
            await pilot.pause(0.1)
            played = Played(app, session, pilot)
            await played.happen()
            yield played, cast(Heard, app._driver)


class Reader:
    """Reads what the driver said so far: nothing but our sequences, no cell moved, no action hidden in it."""

    def __init__(self, played: Played, driver: Heard, size: tuple[int, int]) -> None:
        self.played, self.driver, self.size = played, driver, size
        self.steps = 0

    async def read(self) -> None:
        await self.played.pilot.pause()
        self.steps += 1
        screen = self.played.app.screen
        for strip in screen._compositor.render_strips(screen.size):
            assert strip.cell_length == self.size[0]
            for segment in strip:
                assert segment.style is None or not {"@click", "link"} & set(segment.style.meta)
                assert segment.style is None or segment.style.link is None

    def finish(self) -> None:
        said = "".join(self.driver.said)
        said.encode()
        rest = OURS.sub("", said)
        assert sorted({repr(letter) for letter in FORBIDDEN.findall(rest) if letter not in "\r\n"}) == []
        assert "\x1b" not in rest
        # The screen as a terminal builds it from all that was said, against the screen as it was meant.
        shown = terminal(said, *self.size)
        screen = self.played.app.screen
        meant = ["".join(segment.text for segment in strip) for strip in screen._compositor.render_strips(screen.size)]
        safe = SafeFilter()
        meant = ["".join(s.text for s in safe.apply([Segment(row)], Color(0, 0, 0))) for row in meant]
        meant = ["".join(letter for letter in row if get_character_cell_size(letter)) for row in meant]
        assert [row.rstrip() for row in shown] == [row.rstrip() for row in meant]


async def test_every_pane_shows_the_corpus_as_harmless_text() -> None:
    size = (160, 45)
    async with overheard(size) as (played, driver):
        reader = Reader(played, driver, size)
        for key in "1234567":
            await played.press(key)
            pane = played.app.focused
            assert isinstance(pane, VirtualList)
            pane.action_top()
            for _ in range(60):
                before = pane.cursor
                pane.action_page(0.9)
                await reader.read()
                if pane.cursor == before:
                    break
        assert reader.steps > 40
        reader.finish()


async def test_threads_dialogues_and_composer_show_it_too() -> None:
    size = (80, 24)
    async with overheard(size) as (played, driver):
        reader = Reader(played, driver, size)
        desk = played.desk
        desk._shown = desk._shown.__class__("watch1")
        desk._show_thread(fresh=True)
        desk.go("thread")
        for _ in range(45):
            await reader.read()
            desk.thread.action_page(0.9)
        for keys in (["e"], ["a"], ["t"], ["D"], ["1", "B"], ["1", "s"], ["3", "y"], ["v"], ["c"]):
            await played.press(*keys)
            for _ in range(3):
                await played.press("pagedown")
                await reader.read()
            await played.press("escape", "escape")
        await played.press("1")
        desk.queue.cursor = max(0, desk.queue.index_of("h0"))
        await played.press("r")
        assert desk.composer.open and desk.composer.text
        await reader.read()
        await played.press("f3")
        await reader.read()
        await played.press("escape", "f2", "ctrl+home")
        await reader.read()
        await played.press("ctrl+s", "y")
        await reader.read()
        await played.press("escape", "escape")
        for keys in (["1", "g", "x"], ["2", "g", "x"], ["3", "g", "x"], ["4", "G", "x"], ["b"], ["1", "b"], ["C"],
                     ["2", "at"], ["4", "enter"], ["apostrophe"], ["escape"], ["2", "slash", "a", "enter"],
                     ["n"], ["escape", "Y"]):  # fmt: skip
            await played.press(*keys)
            await reader.read()
        assert is_clean(played.app.clipboard.replace("\n", " "))
        for text in list(CORPUS.values())[:30]:
            desk.say(text[:200])
        await reader.read()
        await played.pilot.pause(0.2)
        reader.finish()


@pytest.mark.parametrize("name", CORPUS)
def test_what_passes_the_gate_is_clean_and_has_no_markup(name: str) -> None:
    text = CORPUS[name]
    for made in (lines(text), line(text), line(text, 20), content(text).plain):
        assert is_clean(made)
    assert content(text).spans == []
    assert cell_len(line(text, 20)) <= 20
    assert "\n" not in line(text)
    assert cell_len(line(text)) == sum(get_character_cell_size(letter) for letter in line(text))


@pytest.mark.parametrize("name", CORPUS)
def test_the_filter_keeps_the_width_of_a_line(name: str) -> None:
    raw = [Segment("│"), Segment(CORPUS[name]), Segment("│")]
    shown = SafeFilter().apply(raw, Color(0, 0, 0))
    assert all(FORBIDDEN.search(text) is None for text, _, _ in shown)
    if not re.search("[\n\t]", CORPUS[name]):
        assert sum(cell_len(text) for text, _, _ in raw) == sum(cell_len(text) for text, _, _ in shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("👨‍👩‍👧 at home", "👨 at home"), ("❤️", "❤"), ("👍🏽", "👍"), ("🇩🇪", "DE"), ("क्\u200dष", "क्ष"), ("a", "a")],
)
def test_an_emoji_of_several_code_points_is_shown_as_its_first(text: str, shown: str) -> None:
    assert shown == steady(text)


def test_the_small_terminal_sees_a_cell_that_moves() -> None:
    """The reader itself: a family of four takes two cells in one terminal and eight in another."""
    assert terminal("\x1b[1;1H👨‍👩‍👧│", 10, 1)[0].index("│") != terminal("\x1b[1;1H👨│", 10, 1)[0].index("│")


def test_content_is_what_widgets_get() -> None:
    assert isinstance(content("[@click=app.quit]x[/]"), Content)
    assert content("[@click=app.quit]x[/]").plain == "[@click=app.quit]x[/]"
