"""What a long list keeps of its items: how high each is, and the beginning of a list that somebody else fills."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.heights import BLOCK, MOST, Heights
from tui.widgets.taken import Taken

MANY = st.lists(st.integers(0, 9), max_size=5 * BLOCK)


def filled(each: list[int]) -> Heights:
    """Heights of these items."""
    heights = Heights()
    for height in each:
        heights.append(height)
    return heights


def agree(heights: Heights, each: list[int]) -> None:
    """Every question has the answer that the bare heights give."""
    assert sum(each) == heights.total
    assert [sum(each[:index]) for index in range(len(each) + 1)] == [
        heights.first(index) for index in range(len(each) + 1)
    ]
    assert each == [heights.of(index) for index in range(len(each))]
    lines = [index for index, height in enumerate(each) for _ in range(height)]
    assert [*lines, len(each)] == [heights.at(line) for line in range(len(lines) + 1)]


@given(MANY)
def test_items_and_lines_agree(each: list[int]) -> None:
    agree(filled(each), each)


@given(MANY, st.integers(0, 5 * BLOCK), MANY)
def test_what_is_cut_can_be_added_again(each: list[int], many: int, more: list[int]) -> None:
    heights, many = filled(each), min(many, len(each))
    heights.cut(many)
    agree(heights, each[:many])
    for height in more:
        heights.append(height)
    agree(heights, each[:many] + more)


@given(MANY.filter(bool), st.data())
def test_one_item_gets_another_height(each: list[int], data: st.DataObject) -> None:
    index, height = data.draw(st.integers(0, len(each) - 1)), data.draw(st.integers(0, 20))
    heights = filled(each)
    assert (each[index] != height) == heights.change(index, height)
    agree(heights, [*each[:index], height, *each[index + 1 :]])


def test_no_item_is_too_high() -> None:
    heights = filled([1, MOST + 1, 1])
    assert heights.total == MOST + 2
    assert not heights.change(1, 10 * MOST) and heights.first(2) == MOST + 1


@given(st.lists(st.integers()), st.integers(-9, 9), st.slices(9))
def test_the_taken_are_the_beginning_of_a_list_that_grows(whole: list[int], index: int, part: slice) -> None:
    grown = list(whole)
    taken = Taken(grown, 0)
    assert not taken
    taken.extend(whole)
    grown += [1, 2, 3]
    assert list(taken) == whole == [*taken[:]] and len(taken) == len(whole)
    assert whole[part] == taken[part]
    assert whole[index : index + 1] == taken[index : index + 1]
    if -len(whole) <= index < len(whole):
        assert whole[index] == taken[index]
