"""What README and docs say is so: commands run as printed, examples play, links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from drills import joining
from drills.scoring import rubric
from drills.simulate import rehearse
from scenarios.conditions import Condition
from tests.commands import ROOT, called, said
from tui.cli import app

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
FIRST = ROOT / "docs" / "first-scenario.md"
ON_A_TERMINAL = {"play", "resume"}


def blocks(page: Path, kind: str) -> list[str]:
    """The fenced blocks of one kind on a page."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def printed(page: Path) -> list[tuple[list[str], str]]:
    """Every command on a page's console blocks, with the output that is printed below it."""
    found: list[tuple[list[str], str]] = []
    for block in blocks(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((shlex.split(command), output))
    return found


COMMANDS = [(page, command, output) for page in PAGES for command, output in printed(page)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a reader stands who has saved the example under the name that the page gives."""
    (name,) = re.findall(r"Save this as `([a-z]+\.yaml)`", FIRST.read_text("utf-8"))
    (tmp_path / name).write_text(blocks(FIRST, "yaml")[0], "utf-8")
    return tmp_path


def test_there_are_commands_to_try() -> None:
    assert {"README.md", "first-scenario.md"} == {page.name for page, _, _ in COMMANDS}


@pytest.mark.parametrize(("page", "command", "output"), COMMANDS, ids=[" ".join(command) for _, command, _ in COMMANDS])
def test_a_printed_command_works(page: Path, command: list[str], output: str, folder: Path) -> None:
    program, *arguments = command
    if program != "stormdrill":
        path = ROOT / program
        assert path.is_file() and path.stat().st_mode & 0o100, "it can be started from the checkout"
        assert all(f'"{argument}"' in path.read_text("utf-8") for argument in arguments)
        return
    told = called(*arguments, cwd=folder, STORMDRILL_HOME=str(folder / "home"))
    if arguments[0] in ON_A_TERMINAL:
        assert (1, "") == (told.code, told.out) and "needs a terminal" in told.err
    else:
        assert (0, "") == (told.code, told.err)
        assert told.out.startswith(output)


def test_the_example_fits_on_a_screen_and_plays(folder: Path) -> None:
    (path,) = folder.iterdir()
    assert len(path.read_text("utf-8").splitlines()) <= 25
    assert [] == joining.check(path)
    run, undone = rehearse(joining.from_path(path), seed=1, responder="textbook")
    assert run.complete and run.posts() and not undone


def test_the_example_of_a_condition_is_one() -> None:
    Condition.model_validate(yaml.safe_load(blocks(FIRST, "yaml")[1])["when"])
    named = re.search(r"There are (.*?)\. There is no expression", FIRST.read_text("utf-8"), re.DOTALL)
    assert named and set(Condition.model_fields) == set(re.findall(r"`([a-z_]+)`", named[1]))


def test_the_example_of_a_rubric_is_one() -> None:
    (example,) = blocks(ROOT / "docs" / "scoring.md", "yaml")
    changed = rubric.load(yaml.safe_load(example)["rubric"]).numbers
    assert changed != rubric.load({}).numbers


def test_every_command_that_is_named_exists_and_every_command_is_named() -> None:
    real = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
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
            if path.suffix in (".py", ".yaml", ".json"):
                named = set(re.findall(r"\b([a-z-]+\.md)\b", path.read_text("utf-8"), re.IGNORECASE))
                assert named <= there, path
