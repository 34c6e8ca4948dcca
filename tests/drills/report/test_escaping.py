"""Hostile words stay words, in every form of a report."""

from __future__ import annotations

import io
import json
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from drills.report.charts import charts
from drills.report.data import as_data, json_text
from drills.report.html import html
from drills.report.mapped import texts_of
from drills.report.markdown import fenced, markdown
from drills.report.xlsx import workbook
from scenarios.text import clean, is_clean
from tests.drills.report import reports
from tests.hostile import CORPUS

WORDS = [*reports.FIXED, *CORPUS.values()]
NAMES = [*(f"fixed-{number}" for number in range(len(reports.FIXED))), *CORPUS]
some_words = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from([*reports.FIXED, *"<>&\"'`|*_[]()#=+-@!\\\n\t{}% "]), max_size=8).map("".join),
)
each = pytest.mark.parametrize("words", WORDS, ids=NAMES)
few = settings(max_examples=25)


class Page(HTMLParser):
    """What a browser would find in a page: its tags with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Take note."""
        self.texts.append(data)


def shape(page: str) -> list[tuple[str, frozenset[str]]]:
    """The tags and the names of their attributes, which no text may change."""
    return [(tag, frozenset(attrs)) for tag, attrs in Page(page).tags if tag != "span"]  # diffs have a span a line


PLAIN = shape(html(reports.hostile("harmless words")))


def check_page(words: str) -> None:
    page = html(reports.hostile(words))
    found = Page(page)
    names = {tag for tag, _ in found.tags}
    assert not names & {"script", "img", "iframe", "object", "embed", "link", "base", "form", "input"}
    for tag, attrs in found.tags:
        assert not [name for name in attrs if name.startswith("on") or name in ("src", "srcset", "action")]
        assert tag != "a" or str(attrs["href"]).startswith("#")
    if not any(mark in clean(words) for mark in "+-\n−"):  # these make or end lines of a diff, and faults of a text
        assert PLAIN == shape(page)
    assert 1 == page.count("<style>") == page.count("</style>")
    safe = " ".join(clean(words).split())
    assert safe in " ".join("".join(found.texts).split())


@each
def test_a_page_holds_hostile_words_as_text(words: str) -> None:
    check_page(words)


@given(some_words)
@few
def test_a_page_holds_any_words_as_text(words: str) -> None:
    check_page(words)


def test_a_page_forbids_scripts_and_requests() -> None:
    page = html(reports.mini())
    (policy,) = (attrs["content"] for tag, attrs in Page(page).tags if attrs.get("http-equiv"))
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" == policy
    assert "http:" not in page and "https:" not in page and "@import" not in page and "url(" not in page


def test_the_watermark_stands_at_both_ends_of_every_form() -> None:
    found = reports.mini()
    page, text = html(found), markdown(found)
    assert 2 == page.count('">EXERCISE EXERCISE EXERCISE</p>')
    assert 2 == page.count('content: "EXERCISE EXERCISE EXERCISE"'), "on every printed page, at its top and bottom"
    assert text.startswith("EXERCISE EXERCISE EXERCISE\n") and text.endswith("EXERCISE EXERCISE EXERCISE\n")
    assert "EXERCISE EXERCISE EXERCISE" == as_data(found)["watermark"]


@given(some_words)
@few
def test_a_chart_is_whole_whatever_its_labels_say(words: str) -> None:
    for _, _, svg in charts(reports.hostile(words)):
        ElementTree.fromstring(svg)


# -- Markdown ----------------------------------------------------------------------------------------------------


def tokens(text: str) -> list[tuple[str, str]]:
    """What a reader of Markdown makes of it: (kind, tag)."""
    found = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        found.append((token.type, token.tag))
        found += [(child.type, child.tag) for child in token.children or ()]
    return found


HEADINGS = [kind for kind in tokens(markdown(reports.mini())) if kind[0] == "heading_open"]


def check_markdown(words: str) -> None:
    found = tokens(markdown(reports.hostile(words)))
    kinds = {kind for kind, _ in found}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_inline", "code_block"}
    assert len(HEADINGS) == sum(1 for kind, _ in found if kind == "heading_open")
    assert FENCES == sum(1 for kind, _ in found if kind == "fence")
    assert CELLS == sum(1 for kind, _ in found if kind in ("td_open", "th_open"))


FENCES = sum(1 for kind, _ in tokens(markdown(reports.mini())) if kind == "fence")
CELLS = sum(1 for kind, _ in tokens(markdown(reports.mini())) if kind in ("td_open", "th_open"))


@each
def test_markdown_holds_hostile_words_as_text(words: str) -> None:
    check_markdown(words)


@given(some_words)
@few
def test_markdown_holds_any_words_as_text(words: str) -> None:
    check_markdown(words)


@given(st.text(alphabet="`~ab\n", max_size=80))
def test_a_fence_is_longer_than_any_in_it(text: str) -> None:
    found = MarkdownIt("commonmark").parse("\n".join(fenced(text)))
    assert ["fence"] * bool(text) == [token.type for token in found]


# -- the workbook ------------------------------------------------------------------------------------------------


def check_workbook(words: str) -> None:
    book = load_workbook(io.BytesIO(workbook(reports.hostile(words))))
    assert SHEETS == book.sheetnames
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.value is None or (cell.data_type == "s" and cell.quotePrefix and is_clean(str(cell.value)))


SHEETS = ["MSEL as played", "Score sheet", "Improvement plan", "Texts sent", "Plan gaps"]


@each
def test_a_workbook_has_no_formula(words: str) -> None:
    check_workbook(words)


@given(some_words)
@settings(max_examples=10)
def test_a_workbook_has_no_formula_whatever_was_said(words: str) -> None:
    check_workbook(words)


def test_a_workbook_can_be_worked_with() -> None:
    data = workbook(reports.mini())
    for sheet in load_workbook(io.BytesIO(data)):
        assert "A2" == sheet.freeze_panes
        assert "EXERCISE EXERCISE EXERCISE" == sheet.oddHeader.center.text == sheet.oddFooter.center.text
        assert all(8 <= one.width <= 80 for one in sheet.column_dimensions.values())
        assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if "external" in name or "vba" in name.casefold()]
        assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist())


# -- JSON --------------------------------------------------------------------------------------------------------


@given(some_words)
@few
def test_json_gives_back_every_text(words: str) -> None:
    found = reports.hostile(words)
    text = json_text(found)
    assert text.isascii()
    given_back = set(texts_of(json.loads(text)))
    assert set(texts_of((found.cover, found.timeline, found.texts, found.analysis))) <= given_back


def test_the_keys_of_the_data_stay() -> None:
    data = json.loads(json_text(reports.mini()))
    assert 1 == data["format"]
    assert {
        "watermark", "format", "drill", "title", "seed", "truth", "levels", "scorecard", "msel", "cover", "summary",
        "series", "timeline", "tasks", "analysis", "hotwash", "feedback", "texts", "scores", "facts", "public", "luck",
    } == set(data)  # fmt: skip
    assert {"gaps", "attributions", "improvements", "stuck", "waits", "waited_ms", "as_run", "controllable", "diff",
            "shared"} == set(data["analysis"])  # fmt: skip
    assert "2026-12-06" == data["analysis"]["improvements"][0]["due"]
    assert "from" in data["msel"][0] and "from_" not in data["msel"][0]
