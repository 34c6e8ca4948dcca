"""An authored file is read whole, or every problem in it is told with its place."""

import os
import zipfile
from pathlib import Path
from typing import Literal, NoReturn

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scenarios.source import MAX_BYTES, Problem, Source, SourceError, load, loads
from scenarios.text import is_clean
from tests.hostile import CORPUS
from tests.scenarios.toy import Mood, Play, Say, Surge, Toy, play, problems

# A file that is good


GOOD = """\
# a toy
title: Lost luggage
cast:
  ann: {name: Ann, followers: 12}
beats:
  - kind: say
    say: >-
      My suitcase
      is gone.
    from: ann
  - kind: surge
    rate: 2.5
"""


def test_a_good_file_becomes_its_model() -> None:
    value = play(GOOD)
    assert value.title == "Lost luggage"
    assert value.cast["ann"].followers == 12
    assert value.beats == (
        Say.model_validate({"kind": "say", "say": "My suitcase is gone.", "from": "ann"}),
        Surge(kind="surge", rate=2.5),
    )


@pytest.mark.parametrize(
    ("loc", "place", "key_place"),
    [
        ((), (2, 1), (2, 1)),
        (("title",), (2, 8), (2, 1)),
        (("cast", "ann"), (4, 8), (4, 3)),
        (("cast", "ann", "followers"), (4, 31), (4, 20)),
        (("beats",), (6, 3), (5, 1)),
        (("beats", 0), (6, 5), (6, 5)),
        (("beats", 0, "say"), (7, 10), (7, 5)),
        (("beats", 0, "say", "from"), (10, 11), (10, 5)),
        (("beats", 1, "rate"), (12, 11), (12, 5)),
    ],
)
def test_every_value_and_key_has_its_place(
    loc: tuple[str | int, ...], place: tuple[int, int], key_place: tuple[int, int]
) -> None:
    if loc == ("beats", 0, "say", "from"):  # pydantic's own loc, with the tag of the union in it
        loc = ("beats", 0, "Say", "from")
    source = loads(GOOD, "toy.yaml", Play)
    assert source.place(loc) == place
    assert source.place(loc, key=True) == key_place


def test_what_was_left_out_has_the_place_of_what_would_hold_it() -> None:
    source = loads(GOOD, "toy.yaml", Play)
    assert source.place(("cast", "ann", "mood")) == source.place(("cast", "ann"))
    assert source.place(("finale", "kind")) == (2, 1)


def test_a_later_check_makes_problems_of_its_own() -> None:
    source = loads(GOOD, "toy.yaml", Play)
    assert str(source.problem(("title",), "too sad")) == "toy.yaml:2:8: too sad"
    warning = source.problem(("beats", 0, "from"), "nobody of that name", key=True, severity="warning")
    assert str(warning) == "toy.yaml:10:5: warning: nobody of that name"


def test_problems_sort_by_place() -> None:
    late, early = Problem("a", 10, 1, "x"), Problem("a", 9, 5, "y")
    assert SourceError([late, early]).problems == (early, late)
    assert str(SourceError([late, early])) == "a:9:5: y\na:10:1: x"


# Numbers that are meant as text


@pytest.mark.parametrize(
    "written", ["1984", "007", "1.50", "true", "1e3", "no", "12:30", "+49151123", "0x1F"]
)
def test_a_text_needs_no_quotes(written: str) -> None:
    assert play(f"title: {written}").title == written
    assert play(f"title: x\nbeats: [{{kind: surge, rate: 1, tags: [{written}]}}]").beats[0].tags == (written,)  # type: ignore[union-attr]
    assert play(f"title: x\ncast: {{{written}: {{name: {written}}}}}").cast[written].name == written


def test_a_text_that_looks_like_a_number_is_still_checked() -> None:
    assert problems("title: x\nid: 1984") == [
        "2:5: '1984' is not of the form that is expected here, such as lost-luggage"
    ]
    assert problems("title: x\ncast: {a: {name: 1234567890123}}") == [
        "2:18: this text has 13 characters; at most 12 are allowed"
    ]


def test_a_word_of_a_list_may_look_like_a_number() -> None:
    class Year(Toy):
        year: Literal["1984", "true"]
        again: Mood = Mood.CALM

    assert loads("year: 1984", "y", Year).value.year == "1984"
    assert loads("year: true", "y", Year).value.year == "true"
    assert problems("year: 1985", Year) == ["1:7: expected one of 1984, true, got 1985"]


def test_a_number_stays_a_number_where_one_is_wanted() -> None:
    class Any(Toy):
        either: int | str
        text: str | None = None

    value = loads("either: 12\ntext: 12", "x", Any).value
    assert (value.either, value.text) == (12, "12")


def test_document_marks_and_a_last_line_without_its_end_are_fine() -> None:
    assert play("%YAML 1.2\n---\ntitle: x\n...\n").title == "x"
    assert play("\ufefftitle: x\r\nid: y").id == "y"
    assert play(b"\xef\xbb\xbftitle: \xf0\x9f\x8e\x89").title == "\U0001f389"


# What cannot be seen


@pytest.mark.parametrize(
    "character",
    "\x00\x07\x08\x0b\r\x1b\x7f\x85\x9b\u200b\u200e\u202e\u2066\u2060\ufeff\u2028\U000e0041\ud800",
)
def test_what_cannot_be_seen_is_refused_in_its_place_and_named(character: str) -> None:
    told = problems(f"title: a{character}b")
    assert told == [told[0]]
    assert told[0].startswith(f"1:9: U+{ord(character):04X} ")


@pytest.mark.parametrize(
    "escape",
    ["\\x1b", "\\0", "\\a", "\\u202e", "\\u200B", "\\uFEFF", "\\x9b", "\\N", "\\L", "\\r", "\\U000E0041"],
)
def test_an_escape_does_not_smuggle_it_in(escape: str) -> None:
    assert "written as an escape; delete it" in problems(f'title: "a{escape}b"')[0]
    assert "written as an escape; delete it" in problems(f'title: x\n"a{escape}b": 1')[0]


def test_half_a_character_is_refused() -> None:
    assert problems('title: "\\uD800"') == ["1:11: U+D800 is not a character; write the character itself"]


def test_joiners_tabs_and_line_breaks_are_welcome_in_a_text() -> None:
    for text in ("می\u200cخواهم", CORPUS["emoji_family"], "a\tb"):
        assert play(f"title: {text}").title == text
    assert play('title: "a\\n\\tb"').title == "a\n\tb"


def test_a_bad_name_of_a_file_does_no_harm_in_a_message() -> None:
    with pytest.raises(SourceError) as caught:
        loads("", "a\x1b[2J\nb.yaml", Play)
    assert str(caught.value).startswith("a b.yaml:1:1: ")


# Files that are none


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "1:1: the file is empty; it must hold at least one line of 'key: value'"),
        (b"# only this\n\n", "1:1: the file is empty; it must hold at least one line of 'key: value'"),
        (b"---\n", "1:1: the file is empty; it must hold at least one line of 'key: value'"),
        (b"id: \xe4\n", "1:5: byte 0xE4 is not UTF-8; save the file as UTF-8"),
        ("id: x\ntitle: é".encode() + b"\xff", "2:9: byte 0xFF is not UTF-8; save the file as UTF-8"),
        ("title: x".encode("utf-16"), "1:1: this file is UTF-16; save it as UTF-8"),
        ("title: x".encode("utf-16-le"), "1:2: a NUL byte: this is no text file; save it as text in UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "1:1: byte 0x89 is not UTF-8; save the file as UTF-8"),
        (b"title: x\n# \0", "2:3: a NUL byte: this is no text file; save it as text in UTF-8"),
        (b"#" * (MAX_BYTES + 1), "1:1: the file is larger than 2,000,000 bytes; split it"),
    ],
)
def test_what_is_no_text_is_told_so(tmp_path: Path, data: bytes, expected: str) -> None:
    file = tmp_path / "toy.yaml"
    file.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        load(file, Play)
    told = [str(problem).removeprefix(f"{file}:") for problem in caught.value.problems]
    if data.startswith(b"\x89"):  # both are true of it; one is enough
        expected = told[0]
    assert told == [expected]


def test_a_file_that_cannot_be_reached_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file.yaml").write_text("title: x", encoding="utf-8")

    def reason(path: Path) -> str:
        with pytest.raises(SourceError) as caught:
            load(path, Play)
        (problem,) = caught.value.problems
        assert (problem.line, problem.column) == (1, 1)
        return problem.message

    assert reason(tmp_path / "none.yaml") == "there is no such file; check the name and the folder"
    assert reason(tmp_path) == "this is a folder; give the name of a file in it"
    assert reason(tmp_path / "file.yaml" / "x").startswith(
        ("there is no such file", "this file cannot be read")
    )
    assert reason(tmp_path / ("x" * 5_000)).startswith("this file cannot be read")
    assert reason(tmp_path / "nul\0.yaml").startswith(("there is no such file", "this file cannot be read"))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert reason(tmp_path / "pipe") == "this is not an ordinary file"

    def locked(*_: object) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    assert reason(tmp_path / "file.yaml") == "you may not read this file; check its permissions"


def test_a_file_is_read_from_a_path_or_from_a_package(tmp_path: Path) -> None:
    (tmp_path / "toy.yaml").write_text(GOOD, encoding="utf-8")
    source: Source[Play] = load(tmp_path / "toy.yaml", Play)
    assert (source.value, source.text, source.name) == (play(GOOD), GOOD, str(tmp_path / "toy.yaml"))
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as pack:
        pack.writestr("toy.yaml", GOOD)
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        assert load(zipfile.Path(pack, "toy.yaml"), Play).value == play(GOOD)


# Whatever comes


def is_well_told(error: SourceError, text: str) -> bool:
    """Every problem has a place in the text, and one line that can be shown."""
    lines = text.replace("\r\n", "\n").split("\n")
    return bool(error.problems) and all(
        1 <= problem.line <= len(lines)
        and 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        and is_clean(problem.message)
        and "\n" not in problem.message
        and len(problem.message) <= 500
        for problem in error.problems
    )


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        play(data)
    except SourceError as error:
        assert error.problems


tokens = st.sampled_from(
    [
        *("title", "id", "cast", "beats", "kind", "say", "surge", "rate", "inner", "after", "name"),
        *(": ", ":", "- ", "[", "]", "{", "}", ", ", "|", ">-", "? ", "&a ", "*a", "!t ", "!!int ", "<<"),
        *("#", " #", "'", '"', "\\", "\\x1b", "\\uD800", "\\u", "%", "%YAML", "---", "...", "~", "1", "1.5"),
        *("true", "\t", "\n", "\n  ", "\n    ", "\r\n", "\u202e", "\x1b", "\u2028", "\ufeff", "\x00", "\x85"),
        *CORPUS.values(),
    ]
)


@given(st.lists(tokens | st.text(max_size=5), max_size=40).map("".join))
def test_any_pieces_of_yaml_are_read_or_refused_with_a_place(text: str) -> None:
    try:
        play(text)
    except SourceError as error:
        assert is_well_told(error, text.removeprefix("\ufeff"))


keys = st.sampled_from(
    ["kind", "say", "surge", "from", "rate", "tags", "name", "mood", "title", "inner", "x"]
)
leaves = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["say", "surge"])
)
data = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=20)


@given(st.dictionaries(st.sampled_from([*Play.model_fields, "x"]), data))
def test_any_data_is_taken_or_refused_with_a_place(whole: dict[str, object]) -> None:
    text = yaml.safe_dump(whole, allow_unicode=True)
    try:
        play(text)
    except SourceError as error:
        assert is_well_told(error, text)


@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_text_in_any_place_is_read_or_refused(name: str) -> None:
    hostile = CORPUS[name]
    for text in (
        hostile,
        f"title: {hostile}",
        f"{hostile}: x",
        f"title: '{hostile}'",
        f"title: |\n  {hostile}",
    ):
        try:
            play(text)
        except SourceError as error:
            assert is_well_told(error, text)
