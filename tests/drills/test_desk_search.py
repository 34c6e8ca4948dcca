"""Looking for something in what was seen: words, phrases, terms."""

from __future__ import annotations

import pytest

from drills.desk.search import Facets, Search, search

CARE = Facets(
    "60 residents, no bottled water. STRASSE",
    author=("@oakfield_care", "Oakfield Care", "care"),
    theme=("safe", "Is the tap water safe to drink?"),
    channel=("flit", "Flit"),
    need=("harm",),
    mood=("angry",),
    late=True,
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", True),
        ("bottled", True),
        ("BOTTLED residents", True),
        ("bottled wine", False),
        ('"bottled water"', True),
        ('"water bottled"', False),
        ("oakfield", True),
        ("theme:safe", True),
        ("theme:tap", True),
        ("theme:chemicals", False),
        ("channel:flit", True),
        ("channel:plaza", False),
        ("author:oakfield", True),
        ("author:@Oakfield", True),
        ("author:mum", False),
        ('author:"oakfield care"', True),
        ("need:harm mood:angry late", True),
        ("need:harm mood:calm", False),
        ("late", True),
        ('"late"', False),
        ("price:residents", False),
        ("theme:", False),
    ],
)
def test_a_search_finds_what_holds_all_of_it(typed: str, found: bool) -> None:
    assert found is search(typed).finds(CARE)


def test_late_finds_only_what_is_past_its_time() -> None:
    assert not search("late").finds(Facets("late, but only in words"))


def test_a_search_for_nothing_is_none() -> None:
    assert not search("   ") and search("   ") == Search()


def test_an_unknown_term_is_a_word() -> None:
    assert search("T+12:30 https://example").words == ("t+12:30", "https://example")
