"""YAML text becomes plain values, and nothing in it can do harm or cost much."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scenarios.text import FORBIDDEN
from scenarios.yaml_events import MAX_DEPTH, MAX_FINDINGS, MAX_TEXT, MAX_VALUES, Node, read, resolve

ROOT = Path(__file__).resolve().parents[2]


def found(text: str) -> list[str]:
    """What is wrong with a text, each as `line:column: message`."""
    return [f"{line}:{column}: {message}" for line, column, message in read(text).findings]


# Scalars


@pytest.mark.parametrize(
    "written",
    ["no", "NO", "yes", "on", "off", "True", "Null", "12:30", "010", "0x1F", "0o17", "2024-01-02", "1_000",
     ".nan", ".inf", "-.inf", "1e999", "+", "-", ".", "1.2.3", "1e", "+-1", "00.5", "1" * 16, "1." + "0" * 60,
     "=", "١٢"],
)  # fmt: skip
def test_what_other_readers_of_yaml_twist_stays_text(written: str) -> None:
    assert resolve(written) == written


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("0", 0), ("-7", -7),
        ("+7", 7), ("9" * 15, 999999999999999), ("1.5", 1.5), ("1.", 1.0), (".5", 0.5), ("1e3", 1000.0),
        ("-2.5E-3", -0.0025),
    ],
)  # fmt: skip
def test_the_core_types_are_read(written: str, value: object) -> None:
    assert resolve(written) == value
    assert type(resolve(written)) is type(value)


def same(node: Node, expected: object) -> bool:
    """A text may be read as a number: then it is still known as it was written."""
    if isinstance(expected, dict):
        return list(node.children) == list(expected) and all(
            same(node.children[k], v) for k, v in expected.items()
        )
    if isinstance(expected, list):
        return len(node.children) == len(expected) and all(
            same(node.children[i], v) for i, v in enumerate(expected)
        )
    if isinstance(expected, str):
        return expected in (node.value, node.source)
    return type(node.value) is type(expected) and node.value == expected


plain_texts = st.text(st.characters(exclude_categories=["Cs"])).filter(
    lambda text: not FORBIDDEN.search(text)
)
plain_data = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15) + 1, 10**15 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | plain_texts
    | st.sampled_from(
        ["no", "12:30", "0x1F", "1e3", "~", "<<", "", "*a", "&a", "!a", "# a", "a: b", "- a", "010"]
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain_texts, inner, max_size=4),
    max_leaves=20,
)


class Plainly(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


@given(plain_data, st.booleans(), st.sampled_from([None, True, False]), st.sampled_from([None, '"', "'"]))
def test_plain_data_comes_back_as_it_was_written(
    data: object, unicode: bool, flow: bool | None, quotes: str | None
) -> None:
    written = yaml.dump(data, Dumper=Plainly, allow_unicode=unicode, default_flow_style=flow, sort_keys=False)
    reading = read(written)
    assert reading.findings == []
    assert reading.root is not None
    assert same(reading.root, data)


# What stops the parser


BEGINS = "a text that begins with {} needs quotes"
ALIAS = "aliases (*other) are not used here; quote a text that begins with *"
ANCHOR = "anchors (&x) are not used here; quote a text that begins with &"
TAG = "tags (!name) are not used here; quote a text that begins with !"
MERGE = "merge keys (<<) are not used here; write the keys out"
COLON = "a second colon on this line; quote a text that holds a colon and a space"
NO_KEY = "no key was expected here; check the indentation of this line, and the colon of the line before"
NO_COLON = "no colon on this line; write 'key: value', or indent it under its key"
INDENT = "this line is not indented like the lines it belongs to"
ITEM = "a list item cannot stand among keys; indent it under its key"
ITEMS = "not indented like the items of the list above"
GOES_ON = "this does not belong to the value before it; quote the whole text"
OPEN_QUOTE = "this quotation mark is never closed"
OPEN_LIST = "this list, from [ on, is not closed; quote a text that begins with [ or {"
ESCAPE = "unknown escape; for a backslash write two, or use single quotes"
HALF = "U+D83D is not a character; write the character itself"
AFTER_BAR = "nothing may follow | or > on its line; begin the text on the next"
LIST_HERE = "a list cannot begin here; put each item on a line of its own"
TAB = "a tab cannot indent a line in YAML; use spaces"
KEY = "a key must be text; quote one that begins with [ or {"
EMPTY_KEY = "a key is missing before the colon"
TWICE = "key 'a' is given twice; it was first given on line 1"
SECOND = "a second document begins here; keep one document in a file"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: Note: read this", f"1:8: {COLON}"),
        ("- Note: a: b", f"1:10: {COLON}"),
        ("a: b\n  c: d", f"2:4: {NO_KEY}"),
        ("a\nb: c", f"2:2: {NO_KEY}"),
        ("a: b\nc", f"2:1: {NO_COLON}"),
        ("a:\n  b: 1\n c: 2", f"3:2: {INDENT}"),
        ("a: |\n  b\n c", f"3:2: {INDENT}"),
        ("a: b\n- c", f"2:1: {ITEM}"),
        ("- - a\n - b", f"2:2: {ITEMS}"),
        ('a: "b" c', f"1:8: {GOES_ON}"),
        ("a: 'it's'", f"1:8: {GOES_ON}"),
        ("a: {b} c", f"1:8: {GOES_ON}"),
        ('a: "b\nc: d', f"1:4: {OPEN_QUOTE}"),
        ("a: 'b\n---\nc'", f"1:4: {OPEN_QUOTE}"),
        ("a: [b, c", f"1:4: {OPEN_LIST}"),
        ("a: [b\nc: d", f"1:4: {OPEN_LIST}"),
        ("a: @ann", f"1:4: {BEGINS.format('@')}"),
        ("a: `ann`", f"1:4: {BEGINS.format('`')}"),
        ("a: %5", f"1:4: {BEGINS.format('%')}"),
        ("%5", f"1:1: {BEGINS.format('%')}"),
        ("a: * star", f"1:4: {BEGINS.format('*')}"),
        ("a: *star*", f"1:4: {BEGINS.format('*')}"),
        ("a: & b", f"1:4: {BEGINS.format('&')}"),
        ("a: ]", f"1:4: {BEGINS.format(']')}"),
        ("a: ? b", f"1:4: {BEGINS.format('?')}"),
        ("a: *other", f"1:4: {ALIAS}"),
        ("a: *other b", f"1:4: {ALIAS}"),
        ("*other : a", f"1:1: {ALIAS}"),
        ("a: &x b", f"1:4: {ANCHOR}"),
        ("&x a: b", f"1:1: {ANCHOR}"),
        ("a: &x [b]", f"1:4: {ANCHOR}"),
        ("a: !wow b", f"1:4: {TAG}"),
        ("a: ! b", f"1:4: {TAG}"),
        ("a: !e!x b", f"1:4: {TAG}"),
        ("a: !!str 5", f"1:4: {TAG}"),
        ("a: !!python/object/apply:os.system [ls]", f"1:4: {TAG}"),
        ("!!map {a: b}", f"1:1: {TAG}"),
        ("a: !!set [b]", f"1:4: {TAG}"),
        ("<<: {a: b}", f"1:1: {MERGE}"),
        ("a:\n\t- b", f"2:1: {TAB}"),
        ("a: b\n\tc: d", f"2:1: {TAB}"),
        ("a: - b", f"1:4: {LIST_HERE}"),
        ("a: | b\n  c", f"1:6: {AFTER_BAR}"),
        ('a: "C:\\quit"', f"1:7: {ESCAPE}"),
        ('a: "\\uD83D\\uDE00"', f"1:7: {HALF}"),
        ("? [a]\n: b", f"1:3: {KEY}"),
        ("? {a: b}\n: c", f"1:3: {KEY}"),
        ("[a]: b", f"1:1: {KEY}"),
        (": a", f"1:1: {EMPTY_KEY}"),
        ("? \n: a", f"1:2: {EMPTY_KEY}"),
        ("a: b\na: c", f"2:1: {TWICE}"),
        ('a: b\n"a": c', f"2:1: {TWICE}"),
        ("{a: b, a: c}", f"1:8: {TWICE}"),
        ("a: b\n---\nc: d", f"2:1: {SECOND}"),
        ("a: b\n...\nc: d", f"3:1: {SECOND}"),
        ("---\n---\n", f"2:1: {SECOND}"),
        ("%YAML 3.0\n---\na: b", "1:1: leave the %YAML line out, or write %YAML 1.2"),
        ("%TAG", f"1:1: {BEGINS.format('%')}"),
    ],
)
def test_a_mistake_is_told_in_an_authors_words(text: str, expected: str) -> None:
    assert found(text) == [expected]


def test_a_key_is_text_as_it_stands_in_the_file() -> None:
    reading = read('1984: a\ntrue: b\n~: c\n1.50: d\n"": e\n"<<": f')
    assert reading.findings == []
    assert reading.root is not None
    assert reading.root.value == {"1984": "a", "true": "b", "~": "c", "1.50": "d", "": "e", "<<": "f"}


def test_of_two_values_of_one_key_the_first_is_kept() -> None:
    reading = read("a: 1\na: {b: [2]}\nc: 3")
    assert reading.root is not None
    assert reading.root.value == {"a": 1, "c": 3}
    assert reading.whole


# What costs too much


def test_a_file_may_be_as_deep_as_the_limit_and_no_deeper() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH).findings == []
    assert read("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).findings == [
        (1, MAX_DEPTH + 1, f"nested deeper than {MAX_DEPTH} levels")
    ]


def test_a_file_may_hold_as_many_values_as_the_limit_and_no_more() -> None:
    assert read("[" + "1," * (MAX_VALUES - 1) + "]").findings == []
    assert [message for *_, message in read("[" + "1," * MAX_VALUES + "]").findings] == [
        f"more than {MAX_VALUES:,} values in one file"
    ]


def test_a_text_may_be_as_long_as_the_limit_and_no_longer() -> None:
    assert found("a: " + "x" * MAX_TEXT) == []
    for text in ("a: " + "x" * (MAX_TEXT + 1), "a: |\n  " + "x" * (MAX_TEXT + 1)):
        assert found(text) == [
            f"1:4: this text has {MAX_TEXT + 1:,} characters; at most {MAX_TEXT:,} are allowed"
        ]


BOMBS = {
    "brackets": "[" * 100_000,
    "braces": "{" * 100_000,
    "dashes": "- " * 100_000,
    "question marks": "? " * 100_000,
    "balanced brackets": "[" * 50_000 + "]" * 50_000,
    "aliases": "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    + "".join(
        f"{b}: &{b} [{','.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    ),
    "merge keys": "a: &a {x: 1}\n"
    + "".join(
        f"{b}: &{b} {{<<: [{','.join(['*' + a] * 10)}]}}\n"
        for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    ),
    "an alias of itself": "title: &a [*a]\n",
    "digits": "title: x\nafter: " + "9" * 100_000,
    "hexadecimal digits": "title: x\nafter: 0x" + "f" * 100_000,
    "deep blocks": "".join(" " * depth + "inner:\n" for depth in range(1_400)),
    "keys": "".join(f"k{number}: 1\n" for number in range(60_000)),
    "too large": "title: x\n" * 350_000,
    "one long key": "k" * 1_000_000 + ": 1",
    "one long key in braces": "{" + "k" * 1_000_000 + ": 1}",
    "one long asked key": "? " + "k" * 1_000_000 + "\n: 1",
    "anchors": "- &a x\n" * 100_000,
    "escapes": '- "\\x1b\\x07\\u202e"\n' * 60_000,
    "controls": "\x07" * 1_000_000,
    "bad values": "title: x\nafter: [" + "a," * 190_000 + "]",
}

CHILD = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
from pathlib import Path
from pydantic import BaseModel, ConfigDict
from scenarios.source import SourceError, load

class Toy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    after: int | list[int] = 0
    inner: "Toy | None" = None

started = time.process_time()
try:
    load(Path(sys.argv[1]), Toy)
except SourceError as error:
    print(len(error.problems), time.process_time() - started)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory are set with a Unix call")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_once(tmp_path: Path, name: str) -> None:
    file = tmp_path / "bomb.yaml"
    file.write_text(BOMBS[name], encoding="utf-8")
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(file)],
        capture_output=True,
        text=True,
        timeout=5,
        cwd=ROOT,
        check=False,
    )
    assert (child.returncode, child.stderr) == (0, "")
    told, seconds = child.stdout.split()
    assert 1 <= int(told) <= MAX_FINDINGS + 1
    assert float(seconds) < 2


@pytest.mark.parametrize(("text", "expected"), [("[", "1:2"), ("a: [b,", "1:7"), ("? a\n? ", "2:2")])
def test_what_is_missing_at_the_end_has_a_place_in_the_file(text: str, expected: str) -> None:
    assert found(text)[0].startswith(f"{expected}: ")
