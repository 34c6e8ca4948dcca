"""What README and docs say is so: commands run as printed, examples play, links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from drills import joining
from drills.scoring import rubric
from drills.session import Session
from drills.simulate import rehearse
from scenarios.conditions import Condition
from tests.commands import ROOT, called, said
from tests.drills.sessions import Clock, let
from tui.commands import table

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
GUIDE = ROOT / "docs" / "writing-scenarios.md"
ON_A_TERMINAL = {"play", "resume"}


def blocks(page: Path, kind: str) -> list[str]:
    """The fenced blocks of one kind on a page."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def printed(page: Path) -> list[tuple[list[str], str]]:
    """Every command on a page's console blocks, with the output that is printed below it."""
    return [found for block in blocks(page, "console") for found in commands(block)]


def commands(block: str) -> list[tuple[list[str], str]]:
    """Every command of one block, with the output that is printed below it."""
    parts = (part.partition("\n") for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:])
    return [(shlex.split(command), output) for command, _, output in parts]


COMMANDS = [(page, command, output) for page in PAGES if page != GUIDE for command, output in printed(page)]


def test_there_are_commands_to_try() -> None:
    assert {"README.md"} == {page.name for page, _, _ in COMMANDS}
    assert {"new", "check", "simulate", "play", "report"} <= {command[1] for command, _ in printed(GUIDE)}


@pytest.mark.parametrize(("page", "command", "output"), COMMANDS, ids=[" ".join(command) for _, command, _ in COMMANDS])
def test_a_printed_command_works(page: Path, command: list[str], output: str, tmp_path: Path) -> None:
    program, *arguments = command
    if program == "stormdrill":
        obey(arguments, output, tmp_path)
        return
    path = ROOT / program
    assert path.is_file() and path.stat().st_mode & 0o100, "it can be started from the checkout"
    assert all(f'"{argument}"' in path.read_text("utf-8") for argument in arguments)


def obey(arguments: list[str], output: str, folder: Path) -> None:
    """Type a command in that folder: it says what is printed. What needs a terminal says so, and is played for us."""
    told = called(*arguments, cwd=folder, STORMDRILL_HOME=str(folder / "home"))
    if arguments[0] in ON_A_TERMINAL:
        assert (1, "") == (told.code, told.out) and "needs a terminal" in told.err
        clock = Clock()
        session = Session.start(
            joining.from_path(folder / arguments[1]), folder / "home" / "runs", clock=clock, pace=60
        )
        let(session, clock, 60)
        session.close()
        return
    mistakes = re.search(r"^[^ ]+:\d+:\d+: (?!warning)", output, re.MULTILINE)
    assert (1 if mistakes else 0, "") == (told.code, told.err), arguments
    assert told.out.startswith(output), arguments


# -- the guide, walked from its first line to its last --------------------------------------------------------------

STEP = re.compile(
    r"(?:(Save|Put)\s+this\s+(?:as|into)\s+`([a-z-]+\.yaml)`:\s+)?^```(yaml|console)\n(.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def put(text: str, block: str) -> str:
    """A file with a block in place of what it has under the same keys."""
    sections = re.compile(r"^([a-z_]+):.*\n(?:(?![a-z_]+:).*\n)*", re.MULTILINE)
    for section in sections.finditer(block):
        old = next((found for found in sections.finditer(text) if found[1] == section[1]), None)
        text = text[: old.start()] + section[0] + text[old.end() :] if old else text + section[0]
    return text


def test_a_reader_who_does_what_the_guide_says_sees_what_it_shows(tmp_path: Path) -> None:
    """All its blocks in their order: files are saved and changed, commands typed. What has no file is a condition."""
    steps = STEP.findall(GUIDE.read_text("utf-8"))
    assert len(steps) == sum(len(blocks(GUIDE, kind)) for kind in ("yaml", "console"))
    for verb, name, kind, block in steps:
        path = tmp_path / name
        if kind == "console":
            for command, output in commands(block):
                assert "stormdrill" == command[0]
                obey(command[1:], output, tmp_path)
        elif not verb:
            Condition.model_validate(yaml.safe_load(block)["when"])
        elif verb == "Save":
            path.write_text(block, "utf-8")
        else:
            before = path.read_text("utf-8")
            path.write_text(put(before, block), "utf-8")
            assert before != path.read_text("utf-8")
            assert [] == [problem for problem in joining.check(path) if problem.severity == "error"]


def test_the_guides_first_example_fits_on_a_screen_and_plays(tmp_path: Path) -> None:
    path = tmp_path / "lunch.yaml"
    path.write_text(blocks(GUIDE, "yaml")[0], "utf-8")
    assert len(path.read_text("utf-8").splitlines()) <= 25
    run, undone = rehearse(joining.from_path(path), seed=1, responder="textbook")
    assert run.complete and run.posts() and not undone


def test_the_guide_names_all_conditions_and_its_examples_are_some() -> None:
    text = GUIDE.read_text("utf-8")
    named = re.search(r"There are (.*?)\. There is no expression", text, re.DOTALL)
    assert named and set(Condition.model_fields) == set(re.findall(r"`([a-z_]+)`", named[1]))
    rows = re.findall(r"^\| .* \| `(.*)` \|$", text.partition("| to ask | write |")[2], re.MULTILINE)
    assert len(rows) > 5
    for row in rows:
        Condition.model_validate(yaml.safe_load(row))


def test_the_example_of_a_rubric_is_one() -> None:
    (example,) = blocks(ROOT / "docs" / "scoring.md", "yaml")
    changed = rubric.load(yaml.safe_load(example)["rubric"]).numbers
    assert changed != rubric.load({}).numbers


def test_every_command_that_is_named_exists_and_every_command_is_named() -> None:
    real = set(table.COMMANDS)
    for page in PAGES:
        named = set(re.findall(r"(?:`|\$ |^)(?:stormdrill|\./run) ([a-z]+)\b", page.read_text("utf-8"), re.MULTILINE))
        assert named - {"test"} <= real, page.name
    (listed,) = blocks(PAGES[0], "text")
    assert real == set(re.findall(r"^stormdrill ([a-z]+)", listed, re.MULTILINE))


def test_the_options_of_the_list_of_commands_exist() -> None:
    (listed,) = blocks(PAGES[0], "text")
    for line in listed.splitlines():
        options = re.findall(r"--[a-z]+", line)
        if options:
            told = said(line.split()[1], "--help")
            assert all(option in told.out for option in options), line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_points_at_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), target
    for path in re.findall(r"`((?:scenarios|engine|drills|tui|tests|docs)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path


def test_code_and_schemas_name_no_page_that_is_not_there() -> None:
    there = {page.name for page in PAGES}
    for folder in ("scenarios", "engine", "drills", "docs/schema"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".yaml", ".json", ".j2"):
                named = set(re.findall(r"\b([a-z-]+\.md)\b", path.read_text("utf-8"), re.IGNORECASE))
                assert named <= there, path
