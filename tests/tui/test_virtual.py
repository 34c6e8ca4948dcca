"""The list that draws only what is seen: wrap, prefix sums, cursor and following, against naive versions."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from drills.desk import PostView
from engine.events import Published
from scenarios.text import clean
from tests.hostile import CORPUS
from tests.tui.desk_pilot import playing, screen_text
from tests.tui.scripted import MINUTE, ScriptedSession, flood, post, story
from tui.safe import lines
from tui.theme import FALLBACKS
from tui.widgets.feed import Feed
from tui.widgets.row import Line
from tui.widgets.virtual import VirtualList
from tui.widgets.wrap import wrap

WORD = st.sampled_from(["a", "of", "water", "x" * 30, "漏水", "👍", "é", "größer", "", "中" * 12])
WORDS = st.lists(WORD, max_size=25)


@given(WORDS, st.integers(2, 40))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(words: list[str], width: int) -> None:
    text = " ".join(words)
    rows = wrap(text, width)
    assert max(cell_len(row) for row in rows) <= width
    assert text.replace(" ", "") == "".join(rows).replace(" ", "")


@given(st.text(st.characters(codec="utf-8"), max_size=80), st.integers(2, 30))
def test_any_clean_text_can_be_wrapped(text: str, width: int) -> None:
    assert all(cell_len(row) <= width for row in wrap(clean(text), width))


@pytest.mark.parametrize("name", CORPUS)
def test_the_corpus_is_wrapped_within_its_width(name: str) -> None:
    assert all(cell_len(row) <= 40 for row in wrap(lines(CORPUS[name]), 40))


@given(WORDS, st.integers(4, 40))
def test_the_fast_path_wraps_as_the_slow_one(words: list[str], width: int) -> None:
    """An accent changes the path, not the breaks."""
    text = " ".join([word for word in words if word.isascii() and word and len(word) <= width])
    twin = text.replace("a", "á")
    assert [row.replace("á", "a") for row in wrap(twin, width)] == wrap(text, width)


class Numbers(VirtualList[int]):
    """Number n is n % 3 + 1 lines high."""

    def key_of(self, item: int) -> str:
        return str(item)

    def draw(self, item: int, width: int) -> Sequence[Line]:
        return [((f"{item}/{row}", ""),) for row in range(item % 3 + 1)]


class Stand(App[None]):
    """A list and nothing else."""

    def __init__(self, make: type[VirtualList[int]] | type[Feed]) -> None:
        super().__init__()
        self.list = make(id="list")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return FALLBACKS

    def compose(self) -> ComposeResult:
        yield self.list


async def test_lines_and_items_agree_after_any_change() -> None:
    app = Stand(Numbers)
    async with app.run_test(size=(40, 10)) as pilot:
        for items in ([*range(20)], [*range(5, 40)], [7], [], [*range(100, 0, -1)]):
            app.list.show(items)  # type: ignore[arg-type]
            app.list.extend([200, 201])  # type: ignore[list-item]
            await pilot.pause()
            naive = [number for number in [*items, 200, 201] for _ in range(number % 3 + 1)]
            assert len(naive) == app.list.virtual_size.height
            assert naive == [app.list.items[app.list.item_at(row)] for row in range(len(naive))]


async def test_the_cursor_stays_on_its_item_and_the_item_on_its_line() -> None:
    app = Stand(Numbers)
    async with app.run_test(size=(40, 10)) as pilot:
        app.list.show([*range(50, 100)])  # type: ignore[arg-type]
        app.list.cursor = 20
        await pilot.pause()
        before = [row for row, text in enumerate(screen_text(app).split("\n")) if "▸" in text]
        app.list.show([*range(50), *range(50, 100)])  # type: ignore[arg-type]
        await pilot.pause()
        after = [row for row, text in enumerate(screen_text(app).split("\n")) if "▸" in text]
        assert app.list.current_key == "70"
        assert before == after and len(after) == 1


async def test_the_first_in_sight_is_whole_when_one_moves_down() -> None:
    app = Stand(Numbers)
    async with app.run_test(size=(40, 10)) as pilot:
        app.list.show([*range(2, 40)])  # type: ignore[arg-type]
        await pilot.pause()
        torn = []
        for _ in range(30):
            await pilot.press("j")
            torn.append(app.list.scroll_offset.y - app.list._heights.first(app.list.item_at(app.list.scroll_offset.y)))
            assert app.list.current_key in app.list.in_sight()
        assert {0} == set(torn)


async def test_a_click_selects_and_a_second_one_opens() -> None:
    app, opened = Stand(Numbers), []
    async with app.run_test(size=(40, 10)) as pilot:
        app.list.action_open = lambda: opened.append(app.list.current_key)  # type: ignore[method-assign]
        app.list.show([0, 3, 6, 9])  # type: ignore[arg-type]
        await pilot.pause()
        await pilot.click("#list", offset=(4, 2))
        assert (app.list.current_key, opened) == ("6", [])
        await pilot.click("#list", offset=(4, 2))
        assert opened == ["6"]


async def test_only_what_is_on_screen_is_drawn() -> None:
    drawn: list[int] = []

    class Counted(Numbers):
        def draw(self, item: int, width: int) -> Sequence[Line]:
            drawn.append(item)
            return super().draw(item, width)

        def height(self, item: int, width: int) -> int:
            return item % 3 + 1

    app = Stand(Counted)
    async with app.run_test(size=(40, 10)) as pilot:
        app.list.show([*range(100_000)])  # type: ignore[arg-type]
        await pilot.pause()
        assert 0 < len(drawn) < 60


def views(*events: object) -> list[PostView]:
    """Post views as the desk would hold them."""
    session = ScriptedSession([*events])  # type: ignore[list-item]
    session.tick()
    return session.desk.feed


async def test_the_feed_follows_until_somebody_reads() -> None:
    app = Stand(Feed)
    feed = app.list
    assert isinstance(feed, Feed)
    async with app.run_test(size=(60, 12)) as pilot:
        feed.focus()
        feed.read(posts := views(*flood(30)))
        feed.catch_up()
        await pilot.pause()
        assert feed.cursor == 29 and "Number 29" in screen_text(app)
        await pilot.press("k")
        top = feed.scroll_offset.y
        posts += views(*flood(7, theme="praise"))
        feed.catch_up()
        await pilot.pause()
        assert (feed.following, feed.unseen, feed.scroll_offset.y) == (False, 7, top)
        await pilot.press("G")
        await pilot.pause()
        assert (feed.following, feed.unseen, feed.cursor) == (True, 0, 36)


async def test_the_feed_keeps_ones_place_when_the_window_changes() -> None:
    app = Stand(Feed)
    feed = app.list
    assert isinstance(feed, Feed)
    async with app.run_test(size=(80, 12)) as pilot:
        feed.focus()
        feed.read(views(*[post(f"p{n}", 1, "mum", "word " * 40) for n in range(40)]))
        feed.catch_up()
        await pilot.press(*["k"] * 9)
        key = feed.current_key
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert key == feed.current_key == "p30"
        assert "▸" in screen_text(app)


async def test_the_queue_moves_nothing_under_the_cursor() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j")
        before = [row.split("  ")[-1] for row in played.lines[3:9]]
        await played.happen(
            post("hurt1", 1, "lola", "My son is in hospital.", need="harm", theme="safe", form="scripted")
        )
        assert [row.split("  ")[-1] for row in played.lines[3:9]] == before
        assert "1 new in the queue since T+0:01:00, 1 of them late (G shows them)" in played.text
        assert "My son is in hospital" not in played.text
        await played.press("G")
        assert "My son is in hospital" in played.lines[3] or "My son is in hospital" in played.lines[5]
        assert played.desk.queue.current_key == "care1", "the cursor stays on its row"


async def test_a_row_that_is_done_is_greyed_and_goes_when_the_keyboard_leaves() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j")
        await played.happen(Published(13 * MINUTE, "o1", "a9", "reply", "", ("flit",), ("care1",), "", "On the way."))
        assert "done" in "\n".join(row for row in played.lines if "60 residents" in row)
        await played.press("2", "1")
        assert "60 residents" not in "\n".join(played.lines[3:20])
