"""The command line: every command does what its help says, and says it in the shape that scripts rely on."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from drills.responders import RESPONDERS
from drills.schema import schema_text
from drills.session import Session
from tests.commands import COMMAND, called, environment, said
from tests.drills.sessions import Clock, drill, let
from tui.commands.simulate import TEAMS

COMMANDS = (
    "play", "practice", "resume", "retry", "list", "new", "check", "msel", "schema", "simulate", "runs", "report",
    "band", "override", "why", "verify", "tone", "whatif", "public", "keys", "host", "join",
)  # fmt: skip
SHIPPED = ["brightpan-debate-night", "cafe-lumo", "stackfold-is-down", "tarn-and-tide"]
SORRY = '{"at": "T+4m", "do": "publish", "kind": "holding", "channels": "flit", "text": "We are sorry, Ruth. — Ana"}\n'


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """The small story in a file."""
    drill(tmp_path)
    return tmp_path / "mini.yaml"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a run that has ended and a later one that has not."""
    home = tmp_path_factory.mktemp("home")
    clock = Clock()
    for minutes in (61, 4):
        session = Session.start(drill(home), home / "runs", clock=clock, pace=60, seed=1)
        let(session, clock, 3)
        session.act("reply", target="ruth-asks", text="No, Ruth, it was not, and I am sorry. — Ana")
        let(session, clock, minutes - 3)
        session.close()
    return home


@pytest.fixture
def home(played: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same home, where the commands look for it."""
    monkeypatch.setenv("STORMDRILL_HOME", str(played))
    return played


# -- help ----------------------------------------------------------------------------------------------------


def test_help_names_every_command() -> None:
    told = said("--help")
    assert (0, "") == (told.code, told.err)
    assert COMMANDS == tuple(re.findall(r"^  ([a-z]+)  ", told.out.partition("Commands:")[2], re.MULTILINE))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    told = said(command, "--help")
    assert (0, "") == (told.code, told.err)
    assert f"Usage: stormdrill {command}" in told.out
    assert told.out == said(command, "-h").out


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"stormdrill (\d+\.\d+\.\d+\S*|unknown)\n", said("--version").out)


def test_the_help_of_simulate_names_every_scripted_team() -> None:
    assert TEAMS.split(", ") == list(RESPONDERS)
    told = " ".join(said("simulate", "--help").out.split())
    assert all(name in told for name in RESPONDERS)


@pytest.mark.parametrize("arguments", [("dance",), ("--dance",), ("simulate",), ("list", "extra"), ("schema", "poem")])
def test_misuse_is_told_on_standard_error(arguments: tuple[str, ...]) -> None:
    told = said(*arguments)
    assert (2, "") == (told.code, told.out)
    assert "Try 'stormdrill" in told.err and "Error: " in told.err


# -- list, check, schema -------------------------------------------------------------------------------------


def test_list_shows_the_shelf() -> None:
    told = said("list")
    assert (0, "") == (told.code, told.err)
    assert all(name in told.out for name in SHIPPED)
    assert "cafe-lumo" in told.out.splitlines()[1], "the first of the lobby comes first"


def test_list_as_json() -> None:
    data = said("list", "--json").json()
    assert {"drills", "scenarios", "plans"} == set(data)
    assert set(SHIPPED) <= {each["id"] for each in data["drills"]}
    assert set(SHIPPED) <= set(data["scenarios"])
    for each in data["drills"]:
        assert {
            "id", "title", "blurb", "level", "real_minutes", "people", "seats", "scenario", "plan", "content_notes"
        } == set(each)  # fmt: skip
        assert each["plan"] in data["plans"] and each["scenario"] in data["scenarios"]
        assert each["real_minutes"] > 0 and each["people"] > 0


def test_check_says_that_a_file_is_clean(mini: Path) -> None:
    assert (0, "1 file, no problems\n", "") == said("check", mini).parts
    assert [] == said("check", mini, "--json").json()


def test_check_gives_each_problem_its_place(mini: Path) -> None:
    mini.write_text(mini.read_text("utf-8").replace("lasts: 60m", "lasts: 1:20"), "utf-8")
    told = said("check", mini)
    assert 1 == told.code
    assert told.out.startswith(f"{mini}:4:8: lasts: expected a duration") or f"{mini}:4:8: " in told.out
    told = said("check", mini, "--json")
    (problem,) = json.loads(told.out)
    assert 1 == told.code
    assert {"file", "line", "column", "severity", "message"} == set(problem)
    assert (str(mini), 4, 8, "error") == tuple(problem[key] for key in ("file", "line", "column", "severity"))


def test_check_reads_an_action_file(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"at": 1, "do": "sweep"}\n', "utf-8")
    assert (0, "1 file, no problems\n", "") == said("check", file).parts
    file.write_text('{"at": 1, "do": "sweep"}\n{"at": 2, "do": "publis"}\n', "utf-8")
    told = said("check", file)
    assert (1, f"{file}:2:1: there is no action 'publis'; did you mean 'publish'?\n") == (told.code, told.out)


def test_check_takes_folders_and_tells_each_problem_once(mini: Path) -> None:
    mini.write_text(mini.read_text("utf-8").replace("theme: soup, stirs", "theme: soap, stirs"), "utf-8")
    (mini.parent / "drill.yaml").write_text("id: a\nscenario: mini\n", "utf-8")
    told = said("check", mini.parent)
    assert 1 == told.code
    assert 1 == told.out.count("there is no theme 'soap'")


def test_warnings_keep_nobody_from_playing(mini: Path) -> None:
    mini.write_text(mini.read_text("utf-8").replace("fires: [thanks]", "fires: []"), "utf-8")
    (mini.parent / "drill.yaml").write_text("id: a\nscenario: mini\n", "utf-8")
    for name in ("mini", "drill"):
        told = said("check", mini.parent / f"{name}.yaml")
        assert 0 == told.code
        assert "warning: no branch fires 'thanks'" in told.out
    assert 0 == said("simulate", mini.parent / "drill.yaml", "--responder", "silent").code


@pytest.mark.parametrize("kind", ["scenario", "plan", "drill"])
def test_schema_is_the_committed_one(kind: str) -> None:
    told = said("schema", kind)
    assert schema_text(kind) == told.out
    assert "object" == told.json()["type"]


# -- simulate ------------------------------------------------------------------------------------------------


def test_simulate_as_json(mini: Path) -> None:
    data = said("simulate", mini, "--responder", "defensive", "--seed", 5, "--runs", 2, "--json").json()
    assert {"drill", "responder", "runs"} == set(data)
    assert ("mini", "defensive") == (data["drill"], data["responder"])
    assert [5, 6] == [run["seed"] for run in data["runs"]]
    for run in data["runs"]:
        always = {
            "seed",
            "fingerprint",
            "posts",
            "shares",
            "scores",
            "gates",
            "rating",
            "void",
            "sim_minutes",
            "wall_ms",
        }
        assert always <= set(run) <= always | {"as_run", "controllable"}
        assert {"speed", "tone", "escalation", "conduct", "total"} == set(run["scores"])
        assert re.fullmatch("[0-9a-f]{32}", run["fingerprint"])
        assert run["rating"] in "PSMU" and 0 <= run["scores"]["total"] <= 100


def test_simulate_prints_a_line_a_run(mini: Path) -> None:
    told = said("simulate", mini, "--runs", 2)
    title, head, *rows = told.out.splitlines()
    assert "A small storm, textbook" == title
    assert ["SEED", "POSTS", "SPEED", "TONE", "ESCAL.", "CONDUCT", "TOTAL", "GATES"] == head.split()
    assert ["1", "2"] == [row.split()[0] for row in rows]


def test_jobs_change_nothing_but_the_wait(mini: Path) -> None:
    one, two = (said("simulate", mini, "--runs", 2, "--jobs", jobs, "--json").json()["runs"] for jobs in (1, 2))
    for run in (*one, *two):
        del run["wall_ms"]
    assert one == two


def test_simulate_with_an_action_file(mini: Path) -> None:
    actions = mini.with_name("sorry.jsonl")
    actions.write_text(SORRY, "utf-8")
    data = said("simulate", mini, "--actions", actions, "--json").json()
    assert str(actions) == data["responder"]
    assert [] == data["runs"][0]["void"]
    silent = said("simulate", mini, "--responder", "silent", "--json").json()
    assert data["runs"][0]["scores"]["total"] > silent["runs"][0]["scores"]["total"]


def test_what_an_action_file_could_not_do_is_told(mini: Path) -> None:
    actions = mini.with_name("void.jsonl")
    actions.write_text(
        '{"at": 1, "do": "reply", "target": "nobody", "text": "Hi"}\n{"at": "T+2h", "do": "sweep"}\n', "utf-8"
    )
    void = said("simulate", mini, "--actions", actions, "--json").json()["runs"][0]["void"]
    assert [
        {"at_ms": 60_000, "do": "reply", "target": "nobody", "why": "there is no post nobody to answer"},
        {"at_ms": 7_200_000, "do": "sweep", "target": "", "why": "the exercise had ended"},
    ] == void
    shown = said("simulate", mini, "--actions", actions).out
    assert "not done  T+0:01:00  reply nobody: there is no post nobody to answer" in shown
    assert "not done  T+2:00:00  sweep: the exercise had ended" in shown


def test_a_library_name_wins_over_a_folder_of_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cafe-lumo").mkdir()
    monkeypatch.chdir(tmp_path)
    assert "cafe-lumo" == said("simulate", "cafe-lumo", "--responder", "silent", "--json").json()["drill"]


def test_a_drill_finds_its_scenario_beside_it(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mini.with_name("mine.yaml").write_text("id: mine\nscenario: mini\nseed: 9\n", "utf-8")
    monkeypatch.chdir(mini.parent)
    for name in ("mine.yaml", mini.with_name("mine.yaml")):
        (run,) = said("simulate", name, "--responder", "silent", "--json").json()["runs"]
        assert 9 == run["seed"]


# -- runs, report, verify ------------------------------------------------------------------------------------


def test_runs_are_listed_newest_first(home: Path) -> None:
    data = said("runs", "--json").json()
    assert ["unfinished", "ended"] == [run["state"] for run in data]
    for run in data:
        assert {
            "run", "path", "drill", "title", "started", "seed", "seat", "state", "reached_ms", "total", "rating",
            "retry_of", "trend",
        } == set(run)  # fmt: skip
        assert Path(run["path"]).is_dir() and run["run"] == Path(run["path"]).name
    assert [240_000, 3_600_000] == [run["reached_ms"] for run in data]
    assert data[0]["total"] is None and data[1]["rating"] in "PSMU"
    shown = said("runs").out.splitlines()
    assert [run["run"] for run in data] == [line.split()[0] for line in shown[1:]]


def test_no_runs_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORMDRILL_HOME", str(tmp_path / "nowhere"))
    assert "No runs yet. Start one with: stormdrill play cafe-lumo\n" == said("runs").out
    assert [] == said("runs", "--json").json()


def _ended(home: Path) -> Path:
    return next(path for path in (home / "runs").iterdir() if (path / "events.jsonl").exists())


def test_a_run_is_named_by_its_name_its_beginning_its_folder_or_its_record(home: Path) -> None:
    run = _ended(home)
    for name in (run.name, run, run / "record.jsonl"):
        assert (0, f"{run.name}: the replay is the run\n", "") == said("verify", name).parts
    newest = said("runs", "--json").json()[0]["run"]
    assert f"{newest}: the replay is the run\n" == said("verify").out == said("verify", newest[:4]).out


def test_a_whole_name_wins_over_a_longer_one(home: Path) -> None:
    """Two runs of one second are called x and x-2: x means x."""
    names = sorted(path.name for path in (home / "runs").iterdir())
    for name in names:
        assert said("verify", name).out.startswith(f"{name}:")


def test_report_says_what_was_said_and_what_it_scored(home: Path) -> None:
    told = said("report", _ended(home).name)
    assert (0, "") == (told.code, told.err)
    assert told.out.startswith("EXERCISE EXERCISE EXERCISE") and "A small storm" in told.out
    assert "No, Ruth, it was not" in told.out
    data = said("report", _ended(home).name, "--format", "json").json()
    assert data and "EXERCISE" in json.dumps(data)


def test_a_report_in_a_file_begins_with_exercise(home: Path, tmp_path: Path) -> None:
    told = said("report", _ended(home).name, "--out", tmp_path / "r.md")
    assert (0, f"written to {tmp_path / 'EXERCISE_r.md'}\n") == (told.code, told.out)
    assert (tmp_path / "EXERCISE_r.md").read_text("utf-8") == said("report", _ended(home).name).out
    said("report", _ended(home).name, "--out", tmp_path / "EXERCISE_r.md")
    assert ["EXERCISE_r.md"] == [path.name for path in tmp_path.iterdir()]


# -- whatif --------------------------------------------------------------------------------------------------


def test_whatif_compares_two_courses(mini: Path) -> None:
    sorry, silent = mini.with_name("sorry.jsonl"), mini.with_name("silent.jsonl")
    sorry.write_text(SORRY, "utf-8")
    silent.write_text("# nobody is at the desk\n", "utf-8")
    data = said("whatif", mini, "--actions", silent, "--instead", sorry, "--seed", 1, "--json").json()
    assert {"drill", "seed", "differs", "actions", "instead", "prevented", "new", "same"} == set(data)
    assert data["same"] == data["actions"]["posts"] - len(data["prevented"]) > 0
    assert ("mini", 1) == (data["drill"], data["seed"])
    assert len(data["prevented"]) - len(data["new"]) == data["actions"]["posts"] - data["instead"]["posts"]
    assert data["prevented"] and data["new"]
    assert {"key", "at_ms", "author", "text", "cause", "reach"} == set(data["prevented"][0])
    assert {"at_ms", "what", "was", "now"} == set(data["differs"][0])
    assert data["actions"]["peak_anger"] >= data["instead"]["peak_anger"] > 15
    told = said("whatif", mini, "--actions", silent, "--instead", sorry, "--seed", 1)
    assert f"{len(data['new'])} new, {data['same']} the same" in told.out
    assert told.out.splitlines()[1].startswith("Differs: ") and max(map(len, told.out.splitlines())) <= 80


# -- why and public ------------------------------------------------------------------------------------------


def test_why_tells_what_moved_the_public(home: Path) -> None:
    told = said("why", _ended(home).name)
    assert (0, "") == (told.code, told.err)
    assert told.out.startswith("A small storm, seed 1: what moved the public")
    assert all(word in told.out for word in ("THE SOUP", "silence", "the script: “Eat it", "WHERE IT CAME FROM"))
    data = said("why", _ended(home).name, "--json").json()
    assert {"drill", "seed", "themes", "origins", "seen_up_to", "most_shared", "trending"} == set(data)
    (theme,) = data["themes"]
    assert "soup" == theme["theme"] and {"name", "words", "points", "at_ms", "quote"} == set(theme["moves"][0])


def test_why_tells_what_brought_a_post_about(home: Path) -> None:
    told = said("why", _ended(home).name, "our-reply-1")
    assert (0, "") == (told.code, told.err)
    assert "No, Ruth, it was not" in told.out and "the team answered @ruthash" in " ".join(told.out.split())
    data = said("why", _ended(home).name, "our-reply-1", "--json").json()
    assert {"post", "chain", "root", "came_of"} == set(data)
    assert "action" == data["root"]["kind"] and data["root"] == data["chain"][-1]


def test_why_tells_nothing_before_endex_and_nothing_of_what_is_not_there(home: Path) -> None:
    told = said("why")
    assert (1, "") == (told.code, told.out) and "has not ended" in told.err
    told = said("why", _ended(home).name, "our-repli-1")
    assert (1, "") == (told.code, told.out) and "did you mean" in told.err.lower() and "our-reply-1" in told.err


def test_a_key_alone_is_sought_in_the_newest_run(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = _ended(home)
    shutil.copytree(run, tmp_path / "runs" / run.name)
    monkeypatch.setenv("STORMDRILL_HOME", str(tmp_path))
    assert said("why", run.name, "our-reply-1").out == said("why", "our-reply-1").out
    told = said("why", "our-repli-1")
    assert (1, "") == (told.code, told.out)
    assert "there is no run 'our-repli-1'" in told.err and "did you mean 'our-reply-1'" in told.err


def test_public_lists_every_number_with_its_evidence() -> None:
    told = said("public")
    assert (0, "") == (told.code, told.err)
    assert max(map(len, told.out.splitlines())) <= 80
    assert "OTHERS" not in told.out, "every number has its group"
    data = said("public", "--json").json()
    assert re.search(r"^ +m +minutes +anger +quality +alpha$", told.out, re.MULTILINE), "the keys that one writes"
    assert None is data["scenario"] and {"V", "C", "M", "R", "D"} == set(data["evidence"])
    for one in data["numbers"]:
        assert {"name", "group", "value", "usual", "overridden", "evidence", "source", "range"} == set(one)
        assert one["range"][0] <= one["value"] <= one["range"][1]
        assert one["evidence"] in data["evidence"] and one["source"] and not one["overridden"]
        assert re.search(rf"^ {re.escape(one['name'].rpartition('.')[0] or one['name'])} ", told.out, re.MULTILINE)


def test_public_marks_what_a_scenario_changes(mini: Path) -> None:
    changed = mini.read_text("utf-8").replace(
        "public: {baseline: 6}", "public: {baseline: 6, coefficients: {grumbles: 0.5, defensive.m: 1.8}}"
    )
    mini.write_text(changed, "utf-8")
    told = said("public", mini).out
    assert re.search(r"^\*grumbles +0\.5  M  usually 0\.3; ", told, re.MULTILINE)
    assert re.search(r"^\*defensive +1\.8 .*\n +usually m 1\.3; ", told, re.MULTILINE)
    assert 2 == len(re.findall(r"^\*", told, re.MULTILINE))
    data = said("public", mini, "--json").json()
    assert {"grumbles", "defensive.m"} == {one["name"] for one in data["numbers"] if one["overridden"]}
    own = said("public", mini, "--own", "--json").json()["numbers"]
    assert ["grumbles", "defensive.m"] == [one["name"] for one in own]
    told = said("public", mini, "--own").out
    assert "\n*grumbles" in told and "\n*defensive" in told and "rumour_breeds" not in told


def test_public_shows_one_group_and_the_range_where_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "130")
    wide = said("public", "--group", "rumours").out
    assert re.search(r"^ rumour_breeds +1\.7  0 to \d+ ", wide, re.MULTILINE) and "grumbles" not in wide
    assert 80 < max(map(len, wide.splitlines())) <= 130
    told = said("public", "--group", "rumors")
    assert (1, "") == (told.code, told.out) and "did you mean 'Rumours'" in told.err
    assert "public SCENARIO --own" in said("public", "--own").err


def test_an_act_that_lacks_a_number_tells_which_it_has(mini: Path) -> None:
    mini.write_text(mini.read_text("utf-8").replace("baseline: 6", "baseline: 6, coefficients: {defensive.spread: 1}"))
    assert (
        "the act 'defensive' has no number 'spread': it has m, minutes, anger, quality, alpha"
        in said("check", mini).out
    )


# -- without a terminal --------------------------------------------------------------------------------------


def test_play_and_resume_need_a_terminal(mini: Path, home: Path) -> None:
    for arguments in (("play", mini), ("resume",)):
        told = said(*arguments)
        assert (1, "") == (told.code, told.out)
        assert f"stormdrill: {arguments[0]} needs a terminal; use stormdrill simulate" in told.err


def test_without_a_terminal_the_first_drill_is_played_and_told() -> None:
    """Minute by minute, then the scorecard with its evidence, then how to play it oneself."""
    told = said()
    assert (0, "") == (told.code, told.err)
    lines = told.out.splitlines()
    assert ["EXERCISE EXERCISE EXERCISE"] * 2 == [lines[0], lines[-1]]
    assert "Café Lumo" in lines[1]
    moments = re.findall(r"^T\+(\d+):(\d\d):(\d\d)  ", told.out, re.MULTILINE)
    minutes = [int(hours) * 60 + int(minute) for hours, minute, _ in moments]
    assert len(minutes) > 10 and minutes == sorted(minutes)
    card = told.out.partition("\nTOTAL ")[2]
    assert re.match(r"\d+\.\d of 100: [PSMU], ", card)
    assert all(name in card for name in ("SPEED", "TONE", "ESCALATION", "CONDUCT"))
    assert re.search(r"^ {13}T\+\d", card, re.MULTILINE), "a line of evidence with its moment"
    assert "stormdrill play cafe-lumo" in card


def test_our_own_scripted_posts_are_told_too(mini: Path) -> None:
    from drills.joining import from_path
    from drills.showing import minute_by_minute

    lines = list(minute_by_minute(from_path(mini), "silent"))
    assert "T+0:00:00  @mini on flit: Eat it or leave it" in lines


# -- as a process --------------------------------------------------------------------------------------------


def test_from_any_folder(tmp_path: Path) -> None:
    told = called("list", "--json", cwd=tmp_path)
    assert (0, "") == (told.code, told.err)
    assert "cafe-lumo" in told.out


def test_a_pipe_that_knows_ascii_only_gets_everything(tmp_path: Path) -> None:
    text = "We are sorry, you’re right.".encode()
    told = called("tone", cwd=tmp_path, stdin=text, PYTHONIOENCODING="ascii")
    assert (0, "") == (told.code, told.err)
    assert "\\u201c" in told.out


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals and pipes")
def test_a_reader_that_has_had_enough_is_no_error(mini: Path) -> None:
    with _running(mini) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"" == process.stderr.read()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals and pipes")
def test_an_interrupt_is_obeyed_without_a_word(mini: Path) -> None:
    with _running(mini) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert b"" == process.stderr.read()
        assert 130 == process.wait()


def _running(mini: Path) -> subprocess.Popen[bytes]:
    """A simulation that would take minutes, and hears an interrupt though the tests themselves may run where a shell
    has it ignored (in the background)."""
    return subprocess.Popen(
        [*COMMAND, "simulate", str(mini), "--responder", "silent", "--runs", "20000"],
        cwd=mini.parent,
        env=environment(PYTHONUNBUFFERED="1"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
