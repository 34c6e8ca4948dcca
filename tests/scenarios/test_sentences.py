"""What is wrong with a file is said in an author's words, where it stands."""

import pytest

from scenarios.source import suggest
from scenarios.yaml_events import MAX_FINDINGS
from tests.scenarios.toy import problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id: x", "1:1: missing key 'title'"),
        ("title: x\nsise: small", "2:1: unknown key 'sise'; did you mean 'size'?"),
        ("title: x\nOld-Name: x", "2:1: unknown key 'Old-Name'; did you mean 'old_name'?"),
        (
            "title: x\ncast: {a: {name: A, zzz: 1}}",
            "2:21: unknown key 'zzz'; allowed here: name, followers, mood, verified",
        ),
        ("title: x\ncast:\n  a:\n    followers: 1", "4:5: missing key 'name'"),
        ("title:", "1:7: expected text, got nothing"),
        (
            "title: #hashtag",
            "1:7: expected text, got nothing; what follows a # is a comment, so quote a text that begins"
            " with one",
        ),
        ("title: {name}", "1:8: expected text, got a mapping; quote a text that begins with {"),
        ("title: [name]", "1:8: expected text, got a list; quote a text that begins with ["),
        (
            "title:\n  note: x",
            "2:3: expected text, got a mapping; quote a text that holds a colon and a space",
        ),
        ("title: x\ncast: {a: {name: A, followers: many}}", "2:32: expected a whole number, got 'many'"),
        ("title: x\ncast: {a: {name: A, followers: 1.5}}", "2:32: expected a whole number, got 1.5"),
        ("title: x\ncast: {a: {name: A, followers: -1}}", "2:32: expected 0 or more, got -1"),
        ("title: x\ncast: {a: {name: A, verified: maybe}}", "2:31: expected true or false, got 'maybe'"),
        (
            "title: x\ncast: {a: {name: A, mood: angri}}",
            "2:27: expected one of calm, angry, got 'angri'; did you mean 'angry'?",
        ),
        ("title: x\nsize: 5", "2:7: expected one of small, medium, large, got 5"),
        ("title: x\nbeats: {}", "2:8: expected a list, got a mapping"),
        ("title: x\ncast: []", "2:7: expected a mapping (lines of 'key: value'), got a list"),
        ("title: x\nbeats:\n  - 12", "3:5: expected a mapping (lines of 'key: value'), got 12"),
        ("title: x\nbeats:\n  - say: x", "3:5: missing key 'kind' (one of say, surge)"),
        (
            "title: x\nbeats:\n  - say: x\n    kind: surg",
            "4:11: expected one of say, surge, got 'surg'; did you mean 'surge'?",
        ),
        (
            "title: x\nbeats:\n  - {kind: say, say: x, form: y}",
            "3:25: unknown key 'form'; did you mean 'from'?",
        ),
        (
            "title: x\nbeats:\n  - {kind: say, say: {}}",
            "3:22: expected text, got a mapping; quote a text that begins with {",
        ),
        ("title: x\nfinale: {kind: surge, rate: 0}", "2:29: expected more than 0, got 0"),
        ("title: x\nfinale: {kind: surge, rate: 11}", "2:29: expected 10 or less, got 11"),
        (
            "title: x\nfinale: {kind: surge, rate: 1, tags: [a, b, c]}",
            "2:38: expected at most 2 entries, got 3",
        ),
        ("title: x\npair: [1]", "2:7: missing entry 1"),
        ("title: x\ncrew: [{name: a}]", "2:7: expected at least 2 entries, got 1"),
        ("title: x\nmotto: ''", "2:8: this may not be empty"),
        (
            "title: x\nshares: {fam: 0.5}",
            "2:10: expected one of fan, troll, got 'fam'; did you mean 'fan'?",
        ),
        (
            "title: x\nid: Lost Luggage",
            "2:5: 'Lost Luggage' is not of the form that is expected here; did you mean 'lost-luggage'?",
        ),
        ("title: x\nid: ÄÖÜ", "2:5: 'ÄÖÜ' is not of the form that is expected here, such as lost-luggage"),
        ("title: OH NO", "1:8: a title does not shout, write 'Oh No'"),
        ("title: x\ninner:\n  title: y\n  sise: x", "4:3: unknown key 'sise'; did you mean 'size'?"),
        (
            "title: x\ncast: {a: {name: a}, b: {name: a}, c: {name: a}, d: {name: a}}",
            "1:1: a toy has a cast of three at most",
        ),
        (
            "title: x\nafter: soon",
            "2:8: expected a whole number, a list or a mapping (lines of 'key: value'), got 'soon'",
        ),
        ("title: x\nafter: [{name: a}, {nam: b}]", "2:21: unknown key 'nam'; did you mean 'name'?"),
        ("title: x\nafter: {name: a, followers: x}", "2:29: expected a whole number, got 'x'"),
        ("- title: x", "1:1: expected a mapping (lines of 'key: value'), got a list"),
        ("hello", "1:1: expected a mapping (lines of 'key: value'), got 'hello'"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(text: str, expected: str) -> None:
    assert expected in problems(text)


def test_everything_is_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        "sise: small\ncast:\n  ann: {name: &a Ann, followers: x}\n  ann: {}\n"
        'beats:\n  - kind: sing\ntitle: "\\x1b"\n'
    )
    assert problems(text) == [
        "1:1: unknown key 'sise'; did you mean 'size'?",
        "3:15: anchors (&a) are not used here; quote a text that begins with &",
        "3:34: expected a whole number, got 'x'",
        "4:3: key 'ann' is given twice; it was first given on line 3",
        "6:11: expected one of say, surge, got 'sing'",
        "7:8: this text holds U+001B ESCAPE, written as an escape; delete it",
    ]


def test_a_value_that_was_refused_is_not_complained_about_again() -> None:
    assert problems("title: *other") == [
        "1:8: aliases (*other) are not used here; quote a text that begins with *"
    ]
    assert problems("title: x\nid: a\u200bb") == [
        "2:6: U+200B ZERO WIDTH SPACE cannot be seen and is not allowed; delete it"
    ]


def test_a_list_with_a_wrong_entry_is_not_called_too_short_as_well() -> None:
    assert problems("title: x\ncrew: [{name: a}, {name: b, followers: x}]") == [
        "2:40: expected a whole number, got 'x'"
    ]


def test_a_key_that_is_there_is_not_suggested() -> None:
    assert problems("title: x\ntitel: y") == [
        "2:1: unknown key 'titel'; allowed here: title, id, size, cast, beats, finale, after, shares, inner,"
        " pair, old_name, crew, motto"
    ]


def test_hundreds_of_problems_are_not_told() -> None:
    told = problems("title: x\n" + "".join(f"k{number}: 1\n" for number in range(1_000)))
    assert len(told) == MAX_FINDINGS + 1
    assert told[-1] == f"{MAX_FINDINGS + 2}:1: from here on there are more problems; mend these first"


def test_a_near_word_is_suggested() -> None:
    assert suggest("mod", ["name", "mood"]) == "; did you mean 'mood'?"
    assert suggest("Release Level", ["release_level"]) == "; did you mean 'release_level'?"


def test_no_far_word_is_suggested() -> None:
    assert suggest("xyz", ["name", "mood"]) == ""
    assert suggest("m" * 10_000, ["mood"]) == ""
    assert suggest("mood", []) == ""
