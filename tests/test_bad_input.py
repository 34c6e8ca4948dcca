"""Whatever is given to the command line, it answers with a sentence: what is wrong, where, and what to do about it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from drills import library
from drills.joining import check
from drills.journal import RECORD, Journal, read
from drills.session import Session
from tests.commands import Told, called, said
from tests.drills.sessions import Clock, drill, let
from tests.engine.worlds import STORY


def line_of(fragment: str) -> int:
    """In which line of the small story this stands."""
    return STORY[: STORY.index(fragment)].count("\n") + 1


LAST = STORY.count("\n") + 1

SCENARIOS: dict[str, tuple[bytes, str]] = {
    "unknown-key": (
        STORY.replace("title: A", "titel: A").encode(),
        r":3:1: unknown key 'titel'; did you mean 'title'\?",
    ),
    "wrong-type": (STORY.replace("lasts: 60m", "lasts: [60]").encode(), r":4:8: .*expected .*12m"),
    "wrong-form": (STORY.replace("lasts: 60m", "lasts: 1:20").encode(), r":4:8: .*colon could mean hours or minutes"),
    "unknown-level": (
        STORY.replace("level: L4", "level: L5").encode(),
        rf":{line_of('level: L4')}:\d+: .*expected a level from L0 to L4",
    ),
    "dangling": (
        STORY.replace("fires: [thanks]", "fires: [thank]").encode(),
        rf":{line_of('fires:')}:\d+: .*did you mean 'thanks'\?",
    ),
    "given-twice": (STORY.encode() + b"id: other\n", rf":{LAST}:1: .*'id'.* line 2"),
    "alias-bomb": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", r":1:4: .*anchor"),
    "tag": (b"id: !!python/object/apply:os.system [ls]\n", r":1:5: .*tag"),
    "not-utf-8": (
        STORY.encode().replace(b"Mini", b"Caf\xe9"),
        r":5:18: byte 0xE9 is not UTF-8; save the file as UTF-8",
    ),
    "utf-16": (STORY.encode("utf-16"), r":1:1: this file is UTF-16; save it as UTF-8"),
    "empty": (b"", r":1:1: the file is empty; it must hold at least one line of 'key: value'"),
    "comment-only": (b"# nothing yet\n", r":1:1: the file is empty; it must hold"),
    "binary": (bytes(range(256)), r":1:1: a NUL byte: this is no text file; save it as text in UTF-8"),
    "brackets": (b"[" * 100_000, r":1:\d+: .*nested|deep"),
    "a-list": (b"- one\n- two\n", r":1:1: .*key: value"),
    "broken-yaml": (b"id: [mini\ntitle: x\n", r":\d+:\d+: "),
    "override": (b"title: \xe2\x80\xaeevil\n", r":1:8: U\+202E RIGHT-TO-LEFT OVERRIDE cannot be seen .* delete it"),
}
"""Files that are no scenario: what is in them, and what is said about them, after the name."""

DRILLS: dict[str, tuple[str, str]] = {
    "no-scenario": ("scenario: mino", r":2:11: there is no scenario 'mino'; (did you mean|put mino.yaml beside)"),
    "no-plan": ("scenario: mini\nplan: cafe-lume", r":3:7: there is no plan 'cafe-lume'; did you mean 'cafe-lumo'\?"),
    "no-rubric": (
        "scenario: mini\nrubric: {weights.sped: 1}",
        r":3:10: .*'weights.sped'; did you mean 'weights.speed'\?",
    ),
    "bad-rubric": (
        "scenario: mini\nrubric: {weights.speed: -1}",
        r":3:1: weights.speed is -1, expected a number from 0",
    ),
    "no-seats": ("scenario: mini\nseats: []", r":3:8: somebody must play: give at least one seat"),
    "unknown-seat": ("scenario: mini\nseats: [REPP]", r":3:9: .*did you mean 'REP'\?"),
    "too-fast": ("scenario: mini\npace: 600", r":3:7: .*60"),
    "mistyped": ("scenaro: mini\npace: 2\nseed: 3", r":2:1: unknown key 'scenaro'; did you mean 'scenario'\?"),
    "bad-scenario": ("scenario: broken", r"broken.yaml:3:1: unknown key 'titel'; did you mean 'title'\?"),
    "bad-plan": ("scenario: mini\nplan: plan", r"plan.yaml:\d+:\d+: .*'nobody'"),
}
"""Drills with one mistake: what follows their id, and what is said about them."""

ACTIONS: dict[str, tuple[str, str]] = {
    "bad-json": ('{"at": 1, "do": "sweep"', r":1:\d+: not a JSON object: "),
    "no-object": ("[1]", r':1:1: expected an object such as {"at": "T\+5m", "do": "sweep"}'),
    "unknown-key": ('{"at": 1, "do": "sweep", "chanel": "x"}', r":1:1: unknown key 'chanel'"),
    "two-part": ('{"at": "1:20", "do": "sweep"}', r":1:1: .*'1:20'; .*write T\+1h20m or T\+1m20s"),
    "no-moment": ('{"do": "sweep"}', r':1:1: when\? give "at": "T\+12m30s", or a number of minutes'),
    "before-startex": ('{"at": -1, "do": "sweep"}', r":1:1: when\? give"),
    "not-a-number": ('{"at": NaN, "do": "sweep"}', r":1:1: when\? give"),
    "unknown-action": ('{"at": 1, "do": "replay"}', r":1:1: there is no action 'replay'; did you mean 'reply'\?"),
    "no-action": ('{"at": 1}', r':1:1: what is done\? give "do": "reply"'),
    "list-action": ('{"at": 1, "do": ["reply"]}', r":1:1: there is no action \['reply'\]"),
    "unknown-seat": (
        '{"at": 1, "do": "sweep", "seat": "REPP"}',
        r":1:1: there is no seat 'REPP'; did you mean 'REP'\?",
    ),
    "unknown-level": ('{"at": 1, "do": "classify", "level": "L5"}', r":1:1: level must be one of L0, .*, got 'L5'"),
    "number-level": ('{"at": 1, "do": "classify", "level": 3}', r":1:1: level must be one of L0, .*, got 3"),
    "unknown-selector": (
        '{"at": 1, "do": "reply", "target": {"newest": "any"}}',
        r":1:1: a selector has no key 'newest'",
    ),
    "unknown-need": ('{"at": 1, "do": "reply", "target": {"latest": "complain"}}', r":1:1: .*mean 'complaint'\?"),
    "list-target": ('{"at": 1, "do": "reply", "target": ["a"]}', r":1:1: target must be a text, or a selector such as"),
    "number-text": ('{"at": 1, "do": "note", "text": 5}', r":1:1: text must be a text, got 5"),
    "number-list": ('{"at": 1, "do": "escalate", "to": [5]}', r":1:1: to must be a list of texts, got \[5\]"),
    "given-twice": ('{"at": 1, "at": 2, "do": "sweep"}', r":1:1: the key 'at' is given twice"),
    "too-deep": ("[" * 100_000, r":1:1: not a JSON object: it is nested too deeply"),
    "second-line": ('{"at": 1, "do": "sweep"}\n\n{"at": 2}', r':3:1: what is done\? give "do": "reply"'),
}
"""Broken action files, and what is said about them."""

MISUSE: dict[str, tuple[tuple[str, ...], str]] = {
    "unknown drill": (("simulate", "cafe-lume"), "no drill or scenario 'cafe-lume'; did you mean 'cafe-lumo'"),
    "unknown drill to play": (("play", "nope"), "no drill or scenario 'nope'; see them all with stormdrill list"),
    "a nameless drill": (("simulate", ""), "there is no drill or scenario ''; see them all with stormdrill list"),
    "an endless name": (("simulate", "a" * 5000), "see them all with stormdrill list"),
    "an endless path": (("simulate", "a" * 5000 + ".yaml"), "this file cannot be read"),
    "a missing file": (("simulate", "missing.yaml"), "missing.yaml:1:1: there is no such file; check the name"),
    "a folder as drill": (("simulate", "folder"), "folder: this is a folder; give the name of a drill"),
    "a plan as drill": (("simulate", "plan.yaml"), "plan.yaml:1:1: this is a plan; give a drill that names it"),
    "unknown responder": (("simulate", "mini.yaml", "--responder", "silend"), "did you mean 'silent'"),
    "two teams": (("simulate", "mini.yaml", "--responder", "silent", "--actions", "x"), "exclude each other; give one"),
    "missing actions": (("simulate", "mini.yaml", "--actions", "x.jsonl"), "x.jsonl:1:1: this file can't be read"),
    "folder as actions": (("simulate", "mini.yaml", "--actions", "folder"), "it is a folder; give a file"),
    "binary actions": (("simulate", "mini.yaml", "--actions", "binary.yaml"), "it is not UTF-8 text; give a file"),
    "missing courses": (("whatif", "mini.yaml", "--actions", "x", "--instead", "y"), "y:1:1: this file can't be read"),
    "negative seed": (
        ("simulate", "mini.yaml", "--seed", "-1"),
        "'--seed': Input should be greater than or equal to 0",
    ),
    "no seed at all": (("simulate", "mini.yaml", "--seed", "x"), "Invalid value for '--seed'"),
    "zero runs": (("simulate", "mini.yaml", "--runs", "0"), "'--runs': Input should be greater than or equal to 1"),
    "zero jobs": (("simulate", "mini.yaml", "--jobs", "0"), "'--jobs': Input should be greater than or equal to 1"),
    "unknown seat": (("play", "mini.yaml", "--seat", "REPP"), "no seat 'REPP'; did you mean 'REP'"),
    "no pace": (("play", "mini.yaml", "--pace", "0"), "'--pace': Input should be greater than or equal to 0.1"),
    "unknown coach": (("play", "mini.yaml", "--coach", "loud"), "Invalid value for '--coach'"),
    "unknown run": (("verify", "nope"), "there is no run 'nope'; see them all with stormdrill runs"),
    "a nameless run": (("report", ""), "there is no run ''; see them all with stormdrill runs"),
    "an endless run": (("resume", "a" * 5000), "see them all with stormdrill runs"),
    "no run yet": (("report",), "there is no run yet; play one with stormdrill play"),
    "nothing to resume": (("resume",), "there is no unfinished run; start one with stormdrill play"),
    "unknown format": (("report", "--format", "odt"), "Invalid value for '--format'"),
    "unknown schema": (("schema", "poem"), "Invalid value"),
    "nothing to check": (("check",), "Missing argument 'PATH...'"),
}
"""Arguments that are wrong, and a part of what is said about them."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the small story, a broken scenario and plan, a binary file, a folder, and no runs yet."""
    drill(tmp_path)
    (tmp_path / "broken.yaml").write_bytes(SCENARIOS["unknown-key"][0])
    (tmp_path / "binary.yaml").write_bytes(SCENARIOS["binary"][0])
    plan = library.path("plans", "cafe-lumo").read_text("utf-8")
    (tmp_path / "plan.yaml").write_text(plan.replace("deputy: nadia", "deputy: nobody", 1), "utf-8")
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STORMDRILL_HOME", str(tmp_path / "home"))
    return tmp_path


def refused(told: Told, pattern: str, *codes: int) -> None:
    """A sentence on standard error that fits the pattern, nothing on standard output, and a refusal's exit code."""
    assert told.code in (codes or (1, 2)), told.err
    assert "" == told.out
    assert re.search(pattern, told.err), told.err
    assert "Traceback" not in told.err
    assert all(line.isprintable() for line in told.err.splitlines())


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_file_that_is_no_scenario(name: str, folder: Path) -> None:
    content, expected = SCENARIOS[name]
    (folder / f"{name}.yaml").write_bytes(content)
    refused(said("simulate", f"{name}.yaml"), f"{name}.yaml{expected}", 1)
    checked = said("check", f"{name}.yaml")
    assert 1 == checked.code and re.search(f"{name}.yaml{expected}", checked.out)


@pytest.mark.parametrize("name", DRILLS)
def test_a_drill_with_a_mistake(name: str, folder: Path) -> None:
    text, expected = DRILLS[name]
    (folder / "it.yaml").write_text(f"id: it\n{text}\n", "utf-8")
    refused(said("simulate", "it.yaml"), expected, 1)
    refused(said("play", "it.yaml"), expected, 1)
    assert re.search(expected, said("check", "it.yaml").out)


@pytest.mark.parametrize("name", ACTIONS)
def test_a_broken_action_file(name: str, folder: Path) -> None:
    text, expected = ACTIONS[name]
    (folder / "it.jsonl").write_text(text, "utf-8")
    refused(said("simulate", "mini.yaml", "--actions", "it.jsonl"), f"it.jsonl{expected}", 1)
    refused(said("whatif", "mini.yaml", "--actions", "it.jsonl", "--instead", "it.jsonl"), f"it.jsonl{expected}", 1)


@pytest.mark.parametrize("name", MISUSE)
def test_arguments_that_are_wrong(name: str, folder: Path) -> None:
    arguments, expected = MISUSE[name]
    refused(said(*arguments), re.escape(expected))


def test_a_dangling_deputy_has_its_place_in_the_plan(folder: Path) -> None:
    told = said("check", "plan.yaml")
    assert 1 == told.code
    assert re.fullmatch(r"plan.yaml:\d+:\d+: nobody in people is called 'nobody'\n", told.out)


def test_a_missing_file_and_an_empty_folder_are_problems_too(folder: Path) -> None:
    told = said("check", "missing.yaml", "folder")
    assert 1 == told.code
    assert [
        "missing.yaml:1:1: there is no such file; check the name and the folder",
        "folder:1:1: there is no .yaml file in this folder; give a folder of scenarios",
    ] == told.out.splitlines()


def test_all_problems_of_a_file_are_told_at_once(folder: Path) -> None:
    text = STORY.replace("lasts: 60m", "lasts: 1:20").replace("level: L4", "level: L9").replace("{name: Mini}", "{}")
    (folder / "many.yaml").write_text(text + "titel: x\n", "utf-8")
    refused(said("simulate", "many.yaml"), rf"(?s):4:8: .*:5:8: .*:{line_of('level: L4')}:\d+: .*:{LAST}:1: ", 1)


def test_all_problems_of_a_drill_and_what_it_names_are_told_at_once(folder: Path) -> None:
    (folder / "it.yaml").write_text("id: it\nscenario: broken\nplan: plan\nrubric: {weights.sped: 1}\n", "utf-8")
    files = [problem.file for problem in check(Path("it.yaml"))]
    assert ["broken.yaml", "it.yaml", "plan.yaml"] == sorted(set(files))


def test_all_problems_of_both_courses_are_told_at_once(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.jsonl").write_text("1\n2\n", "utf-8")
    told = said("whatif", "mini.yaml", "--actions", "a.jsonl", "--instead", "b.jsonl")
    assert ["a.jsonl:1", "a.jsonl:2", "b.jsonl:1", "b.jsonl:2"] == re.findall(r"^(\w+\.jsonl:\d+):1: ", told.err, re.M)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/stdin"])
def test_a_device_is_not_read(device: str, folder: Path) -> None:
    if not Path(device).exists():
        pytest.skip(f"no {device} here")
    assert 1 == said("check", device).code
    assert 1 == said("simulate", "mini.yaml", "--actions", device).code


# -- records -------------------------------------------------------------------------------------------------


@pytest.fixture
def run(folder: Path) -> Path:
    """An unfinished run of the small story."""
    clock = Clock()
    session = Session.start(drill(folder), folder / "home" / "runs", clock=clock, pace=60, seed=1)
    let(session, clock, 4)
    session.act("sweep")
    let(session, clock, 4)
    session.close()
    return session.path


def _flipped(record: Path) -> None:
    record.write_bytes(record.read_bytes().replace(b'"sweep"', b'"sweet"'))


def _headless(record: Path) -> None:
    record.write_bytes(b"".join(record.read_bytes().splitlines(keepends=True)[1:]))


def _rewritten(record: Path, **changes: object) -> None:
    """The same record with another header, and right checks."""
    header, *lines = read(record).records
    record.unlink()
    with Journal.create(record, {**header, **changes}) as journal:  # type: ignore[dict-item]
        for line in lines:
            journal.append(line, sync=False)


RECORDS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a damaged line": (_flipped, r"record.jsonl, line \d+: the record is damaged.*; restore the file from a copy"),
    "another version of luck": (
        lambda record: _rewritten(record, draws=0),
        r"version 0 of the draws.*; replay it with",
    ),
    "another format": (lambda record: _rewritten(record, format=99), r"format .*; use the version that made it"),
    "nothing": (lambda record: record.write_bytes(b""), r"no record|cut off before it began"),
    "rubbish": (lambda record: record.write_bytes(bytes(range(256))), r"no record|damaged|cut off"),
}
"""What can have happened to a record, and what is said about it."""


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("command", ["verify", "report", "resume"])
def test_a_record_that_cannot_be_used(command: str, name: str, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.commands.speech.terminal", lambda: True)
    spoil, expected = RECORDS[name]
    spoil(run / RECORD)
    refused(said(command, run.name), expected, 1)
    assert 0 == said("runs").code


def test_a_record_without_a_header_is_no_run_in_the_list(run: Path) -> None:
    _headless(run / RECORD)
    assert [] == said("runs", "--json").json()


def test_foreign_lines_in_a_record_do_not_break_the_list(run: Path) -> None:
    with (run / RECORD).open("ab") as file:
        file.write(b'[1]\n{"kind": "action"}\n{"kind": "action", "action": 5}\n"x"\n')
    (listed,) = said("runs", "--json").json()
    assert "unfinished" == listed["state"] and 480_000 == listed["reached_ms"]


def test_a_run_that_has_not_ended_keeps_its_truth(run: Path) -> None:
    refused(said("report", run.name), rf"this run has not ended; go on with stormdrill resume {run.name}", 1)


def test_a_report_that_cannot_be_written(run: Path, folder: Path) -> None:
    session = Session.resume(run)
    session.stop()
    session.close()
    refused(
        said("report", "--out", folder / "no" / "r.md"), r"r.md: the report can't be written .*; give another --out", 1
    )
    refused(said("report", "--out", folder / "folder"), r"folder: this is a folder; name a file in it", 1)


def test_a_home_that_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands in its place, since root may write everywhere."""
    (folder / "file").write_text("", "utf-8")
    monkeypatch.setenv("STORMDRILL_HOME", str(folder / "file"))
    monkeypatch.setattr("tui.commands.speech.terminal", lambda: True)
    refused(said("play", "mini.yaml"), r"file/runs: this folder can't be written .*; set STORMDRILL_HOME to another", 1)
    assert (0, [], "") == (said("runs").code, said("runs", "--json").json(), said("runs").err)


# -- as a process --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("simulate", "broken.yaml"), 1),
        (("simulate", "binary.yaml"), 1),
        (("verify", "\udcff"), 1),
        (("simulate", "\udcff.yaml"), 1),
        (("simulate", "mini.yaml", "--seed", "-1"), 2),
        (("simulate", "mini.yaml", "--actions", "broken.yaml", "--runs", "4", "--jobs", "2"), 1),
        (("dance",), 2),
    ],
)
def test_a_real_process_gives_a_sentence_too(arguments: tuple[str, ...], code: int, folder: Path) -> None:
    refused(called(*arguments, cwd=folder), r"\w+", code)


def test_json_goes_through_whatever_a_target_holds(folder: Path) -> None:
    line = {"at": 1, "do": "reply", "target": "\ud800\x1b]0;owned\x07x", "text": "\x1b[2J Hi"}
    (folder / "it.jsonl").write_text(json.dumps(line), "utf-8")
    told = called("simulate", "mini.yaml", "--actions", "it.jsonl", "--json", cwd=folder)
    assert (0, "") == (told.code, told.err)
    assert "\x1b" not in told.out and "x" == json.loads(told.out)["runs"][0]["void"][0]["target"]
