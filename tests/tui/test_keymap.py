"""Somebody's own keys: what their file may say, what is wrong with it and where, and that they work everywhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from scenarios.source import SourceError, loads
from tests.commands import said
from tests.tui.desk_pilot import playing
from tests.tui.scripted import ScriptedSession, story
from tui import keys, own_keys
from tui.app import StormdrillApp
from tui.next_step import next_step
from tui.screens.classify import ClassifyDialog
from tui.screens.help import help_text
from tui.screens.lobby import LobbyScreen
from tui.widgets.foot import Foot
from tui.widgets.waiting import waiting


@pytest.fixture(autouse=True)
def _as_they_come() -> Iterator[None]:
    """Nobody's own keys, before and after."""
    keys.rebind({})
    yield
    keys.rebind({})


def read(text: str) -> dict[str, str]:
    return own_keys.read(loads(text, "keys.yaml", own_keys._File))


def problems(text: str) -> list[str]:
    with pytest.raises(SourceError) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


def test_ids_are_told_apart() -> None:
    ids = [key.id for key in keys.packed()]
    assert len(set(ids)) == len(ids)


def test_the_map_as_it_comes_has_no_conflict_with_itself() -> None:
    assert [] == list(own_keys.conflicts({key.id: key.key for key in keys.packed() if key.scope != "composer"}))


def test_keys_are_read_as_people_write_them() -> None:
    text = 'classify: ^y\nhelp: [f1, "!"]\nnext-pane: ^n\nmark: space\nreview: Ctrl+G\nfilter: "&"\n'
    expected = {"classify": "ctrl+y", "help": "f1,exclamation_mark", "next-pane": "ctrl+n", "mark": "space",
                "review": "ctrl+g", "filter": "ampersand"}  # fmt: skip
    assert expected == read(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("clasify: x", "1:1: there is no key 'clasify'; did you mean 'classify'?; stormdrill keys lists them"),
        ("help: f1\nclassify: frob", "2:11: there is no key 'frob'; write a sign, ctrl+ and a letter"),
        ("classify: true", "1:11: expected a key such as c, ctrl+n or f6, got True; write it in quotes"),
        ("classify: []", "1:11: expected at least one key"),
        ("classify: [ctrl+y, shift+c]", "1:20: write C for shift+c"),
        ("classify: ctrl+i", "1:11: ctrl+i is tab to a terminal; take another key"),
        ("check: x", "1:8: x writes a letter where check works; take ctrl and a letter, or an F key"),
        ("check: ctrl+e", "1:8: ^e edits the text where check works; take another key"),
        ("classify: d", "1:11: d is Dismiss already (dismiss); give dismiss another key too, or take another one here"),
        ("classify: F8", "1:11: F8 is Pause already (pause-drill)"),
        ("- classify", "1:1: expected lines such as 'classify: ctrl+y', an id and its key"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, problem: str) -> None:
    found = problems(text)
    assert 1 == len(found)
    assert found[0].startswith(f"keys.yaml:{problem}")


def test_every_problem_is_told_at_once() -> None:
    assert 3 == len(problems("frob: x\nclassify: ctrl+m\nflag: d\n"))


def test_two_keys_may_change_places() -> None:
    assert {"flag": "d", "dismiss": "f"} == read("flag: d\ndismiss: f\n")


def test_a_conflict_of_two_own_keys_is_told_once() -> None:
    assert 1 == len(problems("flag: W\ndismiss: W\n"))


async def test_an_own_key_works_and_the_old_one_does_not() -> None:
    keys.rebind({"classify": "ctrl+y"})
    async with playing(ScriptedSession(story())) as played:
        await played.press("c")
        assert not isinstance(played.app.screen, ClassifyDialog)
        await played.press("ctrl+y")
        assert isinstance(played.app.screen, ClassifyDialog)


async def test_keys_that_change_places_do_each_others_work() -> None:
    keys.rebind({"down": "k", "up": "j"})
    async with playing(ScriptedSession(story())) as played:
        await played.press("k", "k", "j")
        assert 1 == played.desk.queue.cursor


async def test_the_last_line_the_help_and_the_palette_name_it() -> None:
    keys.rebind({"classify": "ctrl+y"})
    async with playing(ScriptedSession(story())) as played:
        assert " ^y Classify" in str(played.app.screen.query_one(Foot).content)
        shown = [command.help for command in played.app.get_system_commands(played.app.screen)]
        assert any(one.endswith("confidence (^y)") for one in shown)
    line = next(one for one in help_text("queue", (), 90).plain.splitlines() if "Classify:" in one)
    assert line.split()[0] == "^y"


# -- prose names the keys that somebody has


OWN = {"classify": "ctrl+y", "delete": "f6", "pane-content": "0", "pause": "ctrl+z", "what-next": "f5", "reply": "W",
       "escalate": "asterisk", "plan": "ctrl+l", "check": "f7", "undo": "ctrl+g", "last": "ctrl+n"}  # fmt: skip


def test_every_key_that_prose_names_is_in_the_map() -> None:
    calls = [
        node
        for file in Path(keys.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("keys.told", "keys.named")
    ]
    named = [(call.func, call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)]
    assert len(named) > 25
    for how, words in named:
        assert getattr(keys, ast.unparse(how).partition(".")[2])(words)
    with pytest.raises(KeyError):
        keys.told("{frob} does it")


def test_words_from_outside_are_no_keys() -> None:
    assert "{reply} is told; r answers" == keys.told("{who} is told; {reply} answers", who="{reply}")


def test_what_to_do_next_names_ones_own_keys() -> None:
    keys.rebind(OWN)
    session = ScriptedSession(story())
    session.tick()
    desk = session.desk
    rows = waiting(desk)
    assert "f5 goes there" in next_step(desk, rows, session.now_ms).lower()
    assert next_step(desk, [row for row in rows if row.row.need != "harm"], session.now_ms).endswith("how bad: ^y")


async def test_the_coach_and_the_desk_name_ones_own_keys() -> None:
    keys.rebind(OWN)
    async with playing(ScriptedSession(story(), coach="ask")) as played:
        await played.press("f5", "f5")
        shown = "\n".join(played.lines[16:23])
        assert "; W: reply)" in shown and "F5 more" in shown
        await played.press("escape", "W")
        await played.type("We come.")
        played.desk.composer.show_checks()
        await played.settle()
        assert "F7 checks this draft" in played.text
        played.stop_clock()
        await played.press("ctrl+s", "y")
        assert "^g takes it back" in played.text
        await played.press("ctrl+g")
        assert played.desk.composer.open


def test_the_help_names_ones_own_keys() -> None:
    keys.rebind(OWN)
    assert "^n or F5 takes them in. F5 goes to the most urgent." in " ".join(help_text("queue", (), 90).plain.split())


def test_the_command_prints_the_map_and_what_is_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("classify: ctrl+y\n", "utf-8")
    monkeypatch.setenv("STORMDRILL_KEYS", str(file))
    rows = {row["id"]: row for row in said("keys", "--json").json()["keys"]}
    assert set(rows) == {key.id for key in keys.packed()}
    assert (["ctrl+y"], True) == (rows["classify"]["keys"], rows["classify"]["own"])
    assert ["question_mark", "f1"] == rows["help"]["keys"]
    told = said("keys").out
    assert str(file) in told
    assert "say what this is: level, root cause, accounts, themes, confidence (yours)" in told


def test_the_settings_folder_is_looked_in_and_may_be_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STORMDRILL_KEYS", raising=False)
    monkeypatch.setenv("STORMDRILL_HOME", str(tmp_path))
    assert {} == own_keys.own_keys()
    (tmp_path / "keys.yaml").write_text("flag: W\n", "utf-8")
    assert {"flag": "W"} == own_keys.own_keys()


def test_a_wrong_file_stops_the_start_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("flag: d\n", "utf-8")
    monkeypatch.setenv("STORMDRILL_KEYS", str(file))
    told = said("keys")
    assert 1 == told.code
    assert f"{file}:1:7: d is Dismiss already (dismiss)" in told.err
    monkeypatch.setenv("STORMDRILL_KEYS", str(tmp_path / "gone.yaml"))
    assert "there is no such file" in said("keys").err


async def test_the_keys_of_the_lobby_are_ones_own_too(tmp_path: Path) -> None:
    keys.rebind({"find-drill": "f6", "all-drills": "ctrl+e"})
    app = StormdrillApp(home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(200):
            await pilot.pause(0.02)
            if isinstance(app.screen, LobbyScreen):
                break
        await pilot.press("slash")
        assert not isinstance(app.screen.focused, Input)
        await pilot.press("f6")
        assert isinstance(app.screen.focused, Input)
