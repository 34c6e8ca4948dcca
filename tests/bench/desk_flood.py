"""What a frame of the desk costs in a flood: `python -m tests.bench.desk_flood [POSTS] [RATE] [FRAMES]`.

A hundred thousand posts have been seen, nobody has answered one, five hundred more come each second. The desk repaints
four times a second. Of each repaint two things are told: the frame, which is what Textual does at a stretch to lay out
and draw what has changed and to translate it for a terminal, where it is thrown away; and all that the program does
until the next repaint, the ticks, the fold, the queue and the coach's word too. CPU time is counted, so that neighbours
on the machine matter less, and beside it stands a bare Textual screen of the same size whose every line changes.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from textual import events as textual_events
from textual.app import App, ComposeResult
from textual.content import Content
from textual.driver import Driver
from textual.geometry import Size
from textual.widgets import Static

from engine.events import Event, Mood, Posted, Shared, Volume
from tests.tui.scripted import MINUTE, ScriptedSession, story
from tui.app import StormdrillApp, calm_gc
from tui.screens import desk_view
from tui.screens.desk import DeskScreen

SIZE = (160, 45)
POSTS, RATE, FRAMES = 100_000, 500, 240
START_MS = 13 * MINUTE
_SAID = """water brown tap kids drank safe poison lab street works again boil answer nobody Tuesday bottle please school
pipe iron smell pressure valve shop closed call promise #brownwater why when really"""
WIDE = ("Straße", "水道", "🚰", "ça")
WORDS = _SAID.split()
THEMES = ("safe", "chemicals", "praise", "")
NEEDS = {"none": 76, "complaint": 8, "question": 6, "harm": 6, "praise": 4}
"""How many of a hundred want what; about as in the shipped crises, where ordinary traffic wants nothing."""


class Crowd:
    """Posts, shares and moods without end; the same ones each time."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self.made = 0

    def posts(self, many: int, at_ms: int, step_ms: float = 2.0) -> Iterator[Event]:
        """So many posts from a moment on. Half as many shares come with them, and each minute its mood and volume."""
        chance, minute = self._random, at_ms // MINUTE
        for number in range(many):
            now = at_ms + int(number * step_ms)
            if now // MINUTE > minute:
                minute = now // MINUTE
                yield Mood(now, "safe", 400_000 + minute * 7_919 % 500_000, 500_000, 0, 400_000, 9)
                yield Volume(now, 30_000, minute)
            yield self._post(now)
            if chance.random() < 0.5:
                target = f"p{chance.randrange(max(1, self.made - 500), self.made + 1)}"
                yield Shared(now, f"s{self.made}", target, "kev", chance.randrange(2_000), target, 3)

    def _post(self, now: int) -> Posted:
        chance = self._random
        self.made += 1
        words = chance.choices(WORDS, k=chance.randrange(4, 44))
        if chance.random() < 0.15:
            words[1] = chance.choice(WIDE)
        text = " ".join(words)[:280]
        answers = self.made > 1 and chance.random() < 0.4
        parent = f"p{chance.randrange(max(1, self.made - 200), self.made)}" if answers else ""
        theme = chance.choice(THEMES)
        need = chance.choices(list(NEEDS), list(NEEDS.values()))[0] if theme else "none"
        return Posted(
            now, f"p{self.made}", chance.choice(("mum", "kev", "mike", "lola")), chance.choice(("flit", "plaza")),
            theme, need, parent, "first", "original", "tense", "", text,
            chance.randrange(20, 9_000), likes=chance.randrange(30),
        )  # fmt: skip


class NullDriver(Driver):
    """A terminal of one size that reads everything and shows nothing."""

    written = 0

    def write(self, data: str) -> None:
        NullDriver.written += len(data)

    def start_application_mode(self) -> None:
        self._app.post_message(textual_events.Resize(Size(*SIZE), Size(*SIZE)))

    def stop_application_mode(self) -> None: ...

    def disable_input(self) -> None: ...


class Bare(App[None]):
    """The least that Textual does for a whole new screen."""

    CSS = "#all { height: 100%; }"

    def compose(self) -> ComposeResult:
        yield Static(id="all")

    def turn(self, number: int) -> None:
        """Other words on every line."""
        width, height = SIZE
        rows = [Content.styled(f"{number + row} ".ljust(width, "x"), "bold") for row in range(height)]
        self.query_one("#all", Static).update(Content("\n").join(rows), layout=False)


@dataclass(frozen=True, slots=True)
class Frames:
    """CPU milliseconds, in order."""

    each: tuple[float, ...]
    """Of each frame."""
    whole: tuple[float, ...]
    """Of all that was done from one repaint of the desk to the next."""

    def __str__(self) -> str:
        frame = f"p50 {below(self.each, 0.5):4.1f}  p95 {below(self.each, 0.95):4.1f}  max {max(self.each):5.1f} ms"
        return f"frame {frame}; all p50 {below(self.whole, 0.5):4.1f}  p95 {below(self.whole, 0.95):4.1f} ms"


def below(times: Sequence[float], part: float) -> float:
    """The time that this part of all stays below."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


async def quiet(app: App[None]) -> None:
    """Until nothing is left to draw."""
    for _ in range(50):
        await asyncio.sleep(0.018)
        screen = app.screen
        if not (
            screen._layout_required or screen._scroll_required or screen._repaint_required or screen._dirty_widgets
        ):
            return


async def timed(app: App[None], turn: Callable[[int], None], frames: int, before: Callable[[], None]) -> Frames:
    """What each of these turns costs, with all that follows from it on the screen."""
    pictures, found, screen = [], [], app.screen
    draw = screen._on_timer_update

    def drawn() -> None:
        began = time.process_time()
        draw()
        pictures.append((time.process_time() - began) * 1000)

    screen._update_timer._callback = drawn
    for number in range(frames):
        before()
        began = time.process_time()
        with app._context():
            turn(number)
        await quiet(app)
        found.append((time.process_time() - began) * 1000)
    screen._update_timer._callback = draw
    return Frames(tuple(pictures), tuple(found))


class Hall:
    """A desk in a flood, whose clock is moved by hand."""

    def __init__(self, posts: int, rate: int, size: tuple[int, int] = SIZE) -> None:
        global SIZE
        SIZE = size
        self.crowd, self.rate, self.now = Crowd(), rate, 1_000.0
        self.session = ScriptedSession([*story(), *self.crowd.posts(posts, START_MS, 1.0)])
        self.session.now_ms = START_MS + posts
        self.session.ends_ms = 100 * 60 * MINUTE
        self.session.pace = 1.0
        self.app = StormdrillApp(session=self.session)
        self.app.driver_class = NullDriver
        desk_view.TICK = 1e9  # this clock is ours

    async def open(self) -> DeskScreen:
        """Start the program and wait for its first picture."""
        self._task = asyncio.create_task(self.app.run_async(size=SIZE))
        while not (self.app._running and isinstance(self.app.screen, DeskScreen) and self.app.screen.is_mounted):
            await asyncio.sleep(0.05)
        desk = self.app.screen
        desk.clock = lambda: self.now
        desk._painted = desk._ticked = desk._touched = self.now
        with self.app._context():
            desk.tick()
            desk.paint()
        await quiet(self.app)
        calm_gc()
        return desk

    async def close(self) -> None:
        """Leave."""
        with self.app._context():
            self.app.exit()
        await asyncio.wait_for(self._task, 30)

    def turn(self, desk: DeskScreen) -> None:
        """A quarter of a second: five ticks, of which one repaints."""
        self.pass_by(desk.tick)

    def pass_by(self, tick: Callable[[], object]) -> None:
        """What happens in a quarter of a second, in five ticks."""
        for events in self._next:
            self.now += 0.05
            self.session.now_ms += 50
            self.session.happen(*events)
            tick()

    def prepare(self) -> None:
        """Make the posts of the next turn, which is no part of the desk's work."""
        now = self.session.now_ms
        self._next = [list(self.crowd.posts(self.rate // 20, now + 50 * tick)) for tick in range(5)]


async def measured(posts: int, rate: int, frames: int) -> list[tuple[str, Frames]]:
    """Frames while following the feed, while reading it, and while working through the queue."""
    hall = Hall(posts, rate)
    desk = await hall.open()
    out = []

    def reading(number: int) -> None:
        feed.action_move(-1 if number % 40 < 20 else 1)
        hall.turn(desk)

    def working(number: int) -> None:
        desk.pane("queue").action_move(1 if number % 16 < 8 else -1)
        hall.turn(desk)

    with hall.app._context():
        desk.pane_name = "feed"
        desk.go("feed")
        feed = desk.pane("feed")
        feed.action_end()
    await quiet(hall.app)
    out.append(("following the feed", await timed(hall.app, lambda _: hall.turn(desk), frames, hall.prepare)))
    with hall.app._context():
        feed.action_move(-posts // 2)
    await quiet(hall.app)
    out.append(("reading the feed, a key each frame", await timed(hall.app, reading, frames, hall.prepare)))
    with hall.app._context():
        desk.go("queue")
    await quiet(hall.app)
    out.append(("working in the queue, a key each frame", await timed(hall.app, working, frames, hall.prepare)))
    await hall.close()
    return out


async def bare(frames: int) -> Frames:
    """The same number of whole new screens of bare Textual."""
    app = Bare(driver_class=NullDriver)
    task = asyncio.create_task(app.run_async(size=SIZE))
    while not (app._running and app.screen.is_mounted):
        await asyncio.sleep(0.05)
    await quiet(app)
    found = await timed(app, app.turn, frames, lambda: None)
    with app._context():
        app.exit()
    await asyncio.wait_for(task, 10)
    return found


def report(rows: Sequence[tuple[str, Frames]], beside: Frames) -> Iterator[str]:
    """One line for each."""
    for what, frames in rows:
        ratio = below(frames.each, 0.95) / below(beside.each, 0.95)
        yield f"{what:<38} {frames}; p95 is {ratio:.1f} bare frames"
    yield f"{'a bare Textual screen, all lines new':<38} {beside}"


def main() -> None:
    """Measure and print."""
    given = [int(one) for one in sys.argv[1:]]
    posts, rate, frames = [*given, *(POSTS, RATE, FRAMES)[len(given) :]]
    os.environ.update(COLORTERM="truecolor", TERM="xterm-256color")
    beside = asyncio.run(bare(frames))
    rows = asyncio.run(measured(posts, rate, frames))
    gc.unfreeze()
    loads = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{posts:,} posts seen, {rate} more a second, {SIZE[0]}x{SIZE[1]}, {frames} frames each; load {loads}")
    for text in report(rows, beside):
        print(text)
    print(f"largest resident size {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
