"""Edits change what they name and leave the rest of the file as it is."""

from __future__ import annotations

import copy
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills import library
from drills.plan.edits import Add, Drop, Edit, Put, diff, edited
from scenarios.yaml_events import read

SMALL = """\
# the plan's head
people:  # who
  - {id: rep-a, role: REP, hours: 07-15}   # mornings
  - {id: legal, role: LEG,
     reach: {p50: 9m, p90: 25m}}
  # a comment between
  - id: ceo
    role: 'EXE'

dashboard: [one, "two"]
limit:
notes: >-
  Long words
  over two lines

# the end
"""


def changed(before: str, *edits: Edit) -> list[str]:
    """The lines that go and come."""
    lines = diff(before, edited(before, edits), "plan.yaml").splitlines()
    return [line for line in lines if line[:1] in "+-" and not line.startswith(("+++", "---"))]


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (
            Put(("people", 0, "hours"), "06-14"),
            [
                "-  - {id: rep-a, role: REP, hours: 07-15}   # mornings",
                "+  - {id: rep-a, role: REP, hours: 06-14}   # mornings",
            ],
        ),
        (
            Put(("people", 1, "reach", "checked"), "2026-11-01"),
            ["-     reach: {p50: 9m, p90: 25m}}", "+     reach: {p50: 9m, p90: 25m, checked: 2026-11-01}}"],
        ),
        (Put(("people", 2, "deputy"), "coo"), ["+    deputy: coo"]),
        (Put(("people", 2, "role"), "FUN"), ["-    role: 'EXE'", "+    role: 'FUN'"]),
        (
            Put(("dashboard", 1), "three"),
            ['-dashboard: [one, "two"]', '+dashboard: [one, "three"]'],
        ),
        (Put(("limit",), "15m"), ["-limit:", "+limit: 15m"]),
        (Put(("bypass",), {"then": "coo"}), ["+bypass: {then: coo}"]),
        (Put(("review", "drills", "micro"), "weekly"), ["+review: {drills: {micro: weekly}}"]),
        (Put(("notes",), "Few"), ["-  Long words", "-  over two lines", "+  Few"]),
        (Add(("dashboard",), "a, b"), ['-dashboard: [one, "two"]', '+dashboard: [one, "two", "a, b"]']),
        (Add(("people",), {"id": "coo", "role": "EXE"}), ["+  - id: coo", "+    role: EXE"]),
        (Add(("principles",), "People first: always."), ['+principles: ["People first: always."]']),
        (Add(("limit",), "15m"), ["-limit:", "+limit: [15m]"]),
        (Drop(("people", 2, "id")), ["-  - id: ceo", "-    role: 'EXE'", "+  - role: 'EXE'"]),
        (Drop(("people", 0)), ["-  - {id: rep-a, role: REP, hours: 07-15}   # mornings"]),
        (Drop(("dashboard", 1)), ['-dashboard: [one, "two"]', "+dashboard: [one]"]),
        (Drop(("notes",)), ["-notes: >-", "-  Long words", "-  over two lines"]),
    ],
)
def test_an_edit_changes_the_lines_it_must_and_no_other(edit: Edit, lines: list[str]) -> None:
    assert changed(SMALL, edit) == lines


def test_a_long_mapping_in_brackets_breaks_where_a_person_would() -> None:
    book = {
        "type": "rumour",
        "root": "external",
        "stance": "refute_with_proof",
        "holding": "h-rumour",
        "first_steps": ["verify", "proof-first", "ask-the-one-who-knows"],
    }
    text = "playbooks:\n  - {type: a}\n"
    assert changed(text, Add(("playbooks",), book)) == [
        "+  - {type: rumour, root: external, stance: refute_with_proof, holding: h-rumour,",
        "+     first_steps: [verify, proof-first, ask-the-one-who-knows]}",
    ]


def test_the_last_item_leaves_an_empty_list() -> None:
    assert edited("a:\n  - b  # why\nc: 1\n", [Drop(("a", 0))]) == "a: []  # why\nc: 1\n"


def test_a_comment_beside_a_value_that_becomes_a_block_stays_beside_its_key() -> None:
    words = "Nothing is known yet, and we say so. " * 5
    text = edited("a: short  # ours\nb: 1\n", [Put(("a",), words.strip())])
    assert text.startswith("a: >-  # ours\n  Nothing is known")
    assert said(text) == {"a": words.strip(), "b": 1}


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Drop(("people", 9)), "people.9: there is no item 9"),
        (Drop(("nobody",)), "nobody: there is no key 'nobody' to drop"),
        (Add(("people", 0, "hours"), "x"), "people.0.hours: there is no list to add to"),
        (Add(("people", 0), "x"), "people.0: there is no list to add to"),
        (Put(("people", "first"), "x"), "people.first: there is no mapping that could have a key 'first'"),
        (Put(("people", 7, "id"), "x"), "people.7.id: there is no item 7"),
        (Put(("limit",), float("inf")), "limit: inf can't be written in a plan"),
        (Put(("limit",), 10**15), "limit: 1000000000000000 can't be written in a plan"),
        (Put(("limit",), "a\u202eb"), "limit: a text for a plan holds a character that can't be seen"),
        (Put((), {}), "the whole file: one value at a time can be edited"),
    ],
)
def test_what_cannot_be_edited_is_said_with_its_place(edit: Edit, words: str) -> None:
    with pytest.raises(ValueError) as caught:
        edited(SMALL, [edit])
    assert str(caught.value) == words


def test_a_file_that_cannot_be_read_is_not_edited() -> None:
    with pytest.raises(ValueError, match="the file can't be read"):
        edited("a: [1, 2\n", [Put(("a",), 1)])


def test_an_entry_written_in_an_unusual_way_is_refused_rather_than_spoilt() -> None:
    with pytest.raises(ValueError, match="written in a way that can't be edited"):
        edited("a: [b: 1]\n", [Put(("a", 0, "c"), 2)])


# The law: reading the edited text gives the edited value.


def said(text: str) -> Any:
    """What a text says; None if it can't be read."""
    reading = read(text)
    return reading.root.value if reading.root and reading.whole and not reading.findings else None


ODD = (
    "no|12:30|1.0|true|null|~|| x|x |a: b|a #b|#a|- a|-|?|a, b|[a]|{a}|&a|*a|!a|'a'"
    '|"a"|%a|@a|`a|a\nb|a\n|\ta|é𝄞|<<|---|...'
)
LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" \n")
WORDS = st.one_of(
    st.sampled_from(ODD.split("|")),
    st.text(LETTERS, max_size=12).filter(lambda text: said(json.dumps([text], ensure_ascii=False)) == [text]),
)
KEYS = st.one_of(st.sampled_from(["a", "b", "c", "true", "1", "a b", "x-y", "k: k", "#k"]), WORDS.filter(bool))
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-999, 9999), st.floats(-1e9, 1e9), WORDS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=6,
)
FILES = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Files as people write them: blocks and brackets, comments, blank lines, uneven spacing."""

    def one(value: Any, flow: bool) -> str:
        if isinstance(value, dict | list):
            return brackets(value)
        if isinstance(value, str):
            words = [value.replace("'", "''")] if "\n" not in value and "\t" not in value else []
            forms = [json.dumps(value, ensure_ascii=False), *(f"'{word}'" for word in words)]
            trials = (f"[{value} , {value}]", f"{{a: {value}}}") if flow else (f"- {value} # z\n", f"a: {value}\n")
            if "\n" not in value and [said(one) for one in trials] in (
                [[value, value], {"a": value}],
                [[value], {"a": value}],
            ):
                forms.append(value)
            return draw(st.sampled_from(forms))
        return "null" if value is None else json.dumps(value)

    def brackets(value: Any) -> str:
        pairs = (
            [f"{json.dumps(key, ensure_ascii=False)}: {one(inner, True)}" for key, inner in value.items()]
            if isinstance(value, dict)
            else [one(inner, True) for inner in value]
        )
        open_, close = ("{", "}") if isinstance(value, dict) else ("[", "]")
        gap = draw(st.sampled_from([", ", ",", ",\n" + " " * 30, " ,  # why, not\n" + " " * 30]))
        tail = draw(st.sampled_from(["", " ", ",", " # last, one\n" + " " * 30])) if pairs else ""
        return open_ + draw(st.sampled_from(["", " "])) + gap.join(pairs) + tail + close

    def block(value: Any, indent: int) -> str:
        lines = []
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            head = f"{json.dumps(key, ensure_ascii=False)}:" if isinstance(value, dict) else "-"
            nested = isinstance(inner, dict | list) and inner and indent < 8 and draw(st.booleans())
            comment = draw(st.sampled_from(["", "  # note", "\n# low", "\n\n" + " " * indent + "# a: b"]))
            if nested and head == "-" and draw(st.booleans()):
                body = " " + block(inner, indent + 2).lstrip(" ")
            elif nested:
                low = 0 if isinstance(inner, list) and isinstance(value, dict) and draw(st.booleans()) else 2
                body = draw(st.sampled_from(["\n", "  # list, of\n", "\n\n# far\n"])) + block(inner, indent + low)
            elif isinstance(inner, str) and inner and inner == inner.strip() and draw(st.booleans()):
                body = draw(st.sampled_from([" |-\n", " |- # x\n"])) + "\n".join(
                    " " * (indent + 3) + line if line else "" for line in inner.split("\n")
                )
                comment = ""
            elif inner is None and draw(st.booleans()):
                body = ""
            else:
                body = "  " + one(inner, False)
            lines.append(" " * indent + head + body + comment)
        return "\n".join(lines)

    value = draw(FILES)
    head, tail = draw(st.sampled_from(["", "# head\n", "---\n"])), draw(st.sampled_from(["\n", "\n\n# end\n", "\n..."]))
    return head + block(value, 0) + tail


def places(value: Any, loc: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [loc, *(place for name, one in inner for place in places(one, (*loc, name)))]


def at(value: Any, loc: tuple[str | int, ...]) -> Any:
    for name in loc:
        value = value[name]
    return value


def meant(value: Any, edit: Edit) -> Any:
    """The edit made on plain values, in the plainest way."""
    value = copy.deepcopy(value)
    holder = at(value, edit.loc[:-1]) if not isinstance(edit, Add) else None
    if isinstance(edit, Drop):
        del holder[edit.loc[-1]]
    elif isinstance(edit, Put):
        holder[edit.loc[-1]] = edit.value
    else:
        at(value, edit.loc).append(edit.value)
    return value


@st.composite
def edits_of(draw: st.DrawFn, value: Any) -> Edit | None:
    kind = draw(st.sampled_from(["put", "new", "add", "drop"]))
    found = places(value)
    if kind == "add":
        lists = [loc for loc in found if isinstance(at(value, loc), list)]
        return Add(draw(st.sampled_from(lists)), draw(VALUES)) if lists else None
    if kind == "new":
        maps = [loc for loc in found if isinstance(at(value, loc), dict)]
        return Put((*draw(st.sampled_from(maps)), draw(KEYS)), draw(VALUES))
    loc = draw(st.sampled_from(found[1:])) if len(found) > 1 else None
    if loc is None:
        return None
    return Drop(loc) if kind == "drop" else Put(loc, draw(VALUES))


def same(one: Any, other: Any) -> bool:
    return repr(sorted_keys(one)) == repr(sorted_keys(other))


def sorted_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return [(key, sorted_keys(value[key])) for key in sorted(value)]
    return [sorted_keys(one) for one in value] if isinstance(value, list) else value


@given(st.data())
def test_the_edited_text_says_what_the_edits_ask_for(data: st.DataObject) -> None:
    text = data.draw(texts())
    value = said(text)
    assert value is not None, text
    made: list[Edit] = []
    for _ in range(3):
        if (edit := data.draw(edits_of(value))) is not None:
            made.append(edit)
            value = meant(value, edit)
    after = edited(text, made)
    assert same(said(after), value), after


@given(st.data())
def test_an_edit_keeps_every_comment_outside_of_what_it_replaces(data: st.DataObject) -> None:
    """Lines that are nothing but a comment, when only keys and items are added."""
    text = data.draw(texts())
    edit = data.draw(edits_of(said(text)).filter(lambda one: isinstance(one, Add)))
    if edit is not None:
        after = edited(text, [edit]).split("\n")
        for line in {one for one in text.split("\n") if one.lstrip().startswith("#")}:
            assert after.count(line) >= text.split("\n").count(line)


@pytest.mark.parametrize("name", library.names("plans"))
def test_a_shipped_plan_with_one_value_changed_differs_in_that_line_only(name: str) -> None:
    text = library.path("plans", name).read_text("utf-8")
    lines = changed(text, Put(("people", 0, "hours"), "24x7"))
    assert len(lines) == 2 or not lines  # not, if that is what stands there
    for old, new in zip(lines[::2], lines[1::2], strict=True):
        hours = old.split("hours: ")[1].split(",")[0].rstrip("}")
        assert new[1:] == old[1:].replace(f"hours: {hours}", "hours: 24x7")


# Diffs


def test_nothing_changed_is_no_diff() -> None:
    assert diff(SMALL, SMALL, "plan.yaml") == ""


@pytest.mark.parametrize("tool", [["patch", "-p1", "-s"], ["git", "apply"]])
@pytest.mark.parametrize("name", ["plan.yaml", "our plan.yaml"])
@pytest.mark.parametrize("before", [SMALL, SMALL.rstrip("\n"), "a: 1"])
def test_a_diff_applies(tool: list[str], name: str, before: str, tmp_path: Path) -> None:
    after = edited(before, [Put(("review",), {"next_drill": "2026-12-01"}), Put(("a",), "b\x85c".replace("\x85", " "))])
    (tmp_path / name).write_text(before, "utf-8")
    try:
        subprocess.run(tool, input=diff(before, after, name), text=True, check=True, cwd=tmp_path)
    except FileNotFoundError:
        pytest.skip(f"{tool[0]} is not installed")
    assert (tmp_path / name).read_text("utf-8") == after


@given(texts(), texts())
def test_a_diff_holds_both_texts(before: str, after: str) -> None:
    body = diff(before, after, "plan.yaml")
    if before != after:
        assert body.startswith("--- a/plan.yaml\n+++ b/plan.yaml\n@@ ")
    assert patched(before, body) == after


def patched(before: str, body: str) -> str:
    """Our own `patch`, to the letter of the format."""
    if not body:
        return before
    old = before.split("\n")
    ended = old[-1] == ""
    lines = [line + "\n" for line in old[:-1]] + ([] if ended else [old[-1]])
    result: list[str] = []
    position = 0
    rows = body.split("\n")[2:-1]
    for index, row in enumerate(rows):
        cut = index + 1 < len(rows) and rows[index + 1].startswith("\\")
        if row.startswith("@@"):
            start, _, count = row.split(" ")[1][1:].partition(",")
            begin = int(start) - (0 if count == "0" else 1)
            result += lines[position:begin]
            position = begin
        elif row.startswith(("+", "-", " ")):
            line = row[1:] + ("" if cut else "\n")
            if row[0] != "+":
                assert lines[position] == line
                position += 1
            if row[0] != "-":
                result.append(line)
    return "".join(result + lines[position:])
