"""`stormdrill new`: what it writes is sound and plays, whatever was answered, and it overwrites nothing."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Any, get_args
from unittest.mock import patch

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from drills import joining, skeletons
from drills.drill import DrillFile
from drills.errors import DrillError
from drills.plan import Plan, check_plan, who
from drills.plan.organisation import PersonRole
from drills.scoring import rubric, score
from drills.simulate import rehearse
from drills.skeletons import Answers, Kind, channels, fill, name_of, people, slug
from scenarios.channels import KNOWN
from scenarios.check import check_scenario
from scenarios.model import Scenario
from scenarios.source import loads
from scenarios.text import clean
from tests.commands import Told, said
from tests.hostile import CORPUS

MODELS = {"plan": Plan, "scenario": Scenario, "drill": DrillFile}
EXAMPLE = re.compile(r"^( *)#(?=\S|  )", re.MULTILINE)
PLAIN = Answers("Late lunches", "Tiffin Express", ("flit", "plaza"), people("Ada Strand EXE, Jonas Lyng SML"), "s", "p")
ANY = st.one_of(st.text(), st.sampled_from(sorted(CORPUS.values())))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the commands work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def typed(*arguments: object, answers: str) -> Told:
    """What the command says to a person at a terminal who types these lines."""
    with patch("tui.commands.new.terminal", lambda: True):
        return said(*arguments, stdin=answers.encode())


def examples(text: str) -> list[str]:
    """The file with one of its commented examples brought to life, for each, and with all of them."""
    parts = [
        (key, "".join(lines))
        for key, lines in groupby(text.splitlines(keepends=True), lambda line: bool(EXAMPLE.match(line)))
    ]
    alive = [
        "".join(EXAMPLE.sub(r"\1", part) if number == chosen else part for number, (_, part) in enumerate(parts))
        for chosen, (is_example, _) in enumerate(parts)
        if is_example
    ]
    return [*alive, EXAMPLE.sub(r"\1", text)]


def errors(kind: Kind, source: Any) -> list[str]:
    """What keeps a file from being played, apart from the files that a drill names."""
    if kind == "drill":
        return sorted(set(source.value.rubric) - set(rubric.names()))
    found = check_plan(source) if kind == "plan" else check_scenario(source)
    return [str(problem) for problem in found if problem.severity == "error"]


# -- what is written ---------------------------------------------------------------------------------------------


def test_what_is_written_is_sound_and_a_scripted_team_plays_it_well(folder: Path) -> None:
    for kind in ("scenario", "plan", "drill"):
        told = said("new", kind, "--brand", "Tiffin Express") if kind != "drill" else said("new", kind)
        assert (0, "") == (told.code, told.err)
    files = sorted(path.name for path in folder.iterdir())
    assert ["nobody-answers-drill.yaml", "nobody-answers.yaml", "tiffin-express-plan.yaml"] == files
    for path in folder.iterdir():
        assert [] == [problem for problem in joining.check(path) if problem.severity == "error"]
    drill = joining.from_path(folder / "nobody-answers-drill.yaml")
    assert ("tiffin-express-plan", "nobody-answers") == (drill.file.plan, drill.file.scenario)
    totals = {}
    for team in ("textbook", "silent"):
        run, undone = rehearse(drill, seed=1, responder=team)
        assert run.complete and run.posts() and not undone
        totals[team] = score(run).total
    assert totals["textbook"] > 80 > totals["silent"]


def test_a_new_scenario_plays_without_a_drill(folder: Path) -> None:
    said("new", "scenario", "Cold", "soup", "--brand", "Café Lumo", "--channels", "rateo")
    told = said("simulate", "cold-soup.yaml", "--responder", "textbook")
    assert (0, "") == (told.code, told.err) and told.out.startswith("Cold soup, textbook")


def test_what_comes_next_is_named_with_the_brand_that_is_known_already(folder: Path) -> None:
    plan = said("new", "plan", "--brand", "Mira's Tea & Cake").out
    assert "  stormdrill new scenario --brand 'Mira'\"'\"'s Tea & Cake'\n" in plan
    scenario = said("new", "scenario", "Cold soup", "--brand", "Mira").out
    assert scenario.endswith("  stormdrill new drill --scenario cold-soup\n")
    assert "new scenario" not in said("new", "plan", "Other plan", "--brand", "Mira").out


def test_leaving_everybody_unanswered_is_never_a_good_run_of_a_new_scenario(folder: Path) -> None:
    said("new", "scenario", "Cold soup", "--brand", "Mira")
    run, _ = rehearse(joining.from_path(folder / "cold-soup.yaml"), seed=1, responder="slow")
    assert score(run).total < 70


@pytest.mark.parametrize("kind", skeletons.KINDS)
def test_every_example_in_a_comment_counts_once_its_sign_is_gone(kind: Kind) -> None:
    text = fill(kind, PLAIN)
    alive = examples(text)
    assert len(alive) > 2
    for changed in alive:
        source = loads(changed, kind, MODELS[kind])
        assert yaml.safe_load(changed)["id"] == source.value.id, "other readers of YAML take it too"
        assert [] == errors(kind, source)
        assert source.value != loads(text, kind, MODELS[kind]).value, changed


@pytest.mark.parametrize("kind", skeletons.KINDS)
def test_every_section_that_a_file_may_have_is_there_to_be_found(kind: Kind) -> None:
    model, text = MODELS[kind], fill(kind, PLAIN)
    told = set(re.findall(r"^#?([a-z_]+):", text, re.MULTILINE))
    unasked = {"modelled_on", "kind", "language", "accounts", "humour", "order", "title"}
    assert set(model.model_fields) - unasked == told - unasked


def test_a_new_plan_leaves_open_only_what_the_trainer_alone_can_know(folder: Path) -> None:
    """Who stands in for the last in the list, what else to listen for, who goes round the top, who answers at night."""
    for staff in ("Ada Strand EXE, Jonas Lyng SML", "Ada Strand COM, Jonas Lyng SML, Mei Sand REP, Per Holt LEG"):
        said("new", "plan", str(len(staff)), "--people", staff, "--channels", ",".join(KNOWN))
        found = joining.check(folder / f"{len(staff)}.yaml")
        left = {gap for problem in found for gap in re.findall(r"PG-\d+", problem.message)}
        assert left <= {"PG-02", "PG-08", "PG-10", "PG-24"}, found


def test_a_plan_of_one_person_asks_nobody_to_approve_themselves() -> None:
    plan = loads(fill("plan", Answers("p", "Kiosk", ("flit",), people("Ada Strand EXE"))), "plan", Plan).value
    assert {()} == {task.validates for task in plan.dashboard}


@given(st.lists(st.sampled_from(get_args(PersonRole)), min_size=1, max_size=6))
def test_every_role_but_the_lawyers_is_somebodys(roles: list[str]) -> None:
    staff = people(", ".join(f"Ada Strand {role}" for role in roles))
    plan = loads(fill("plan", Answers("p", "Kiosk", ("flit",), staff)), "plan", Plan)
    assert [] == errors("plan", plan)
    for role in get_args(PersonRole):
        assert role in roles or role == "LEG" or who(plan.value, role), role


@given(st.lists(st.sampled_from(sorted(KNOWN)), min_size=1, unique=True))
def test_any_channels_give_a_sound_scenario_or_are_refused(ids: list[str]) -> None:
    try:
        given_ = channels(", ".join(ids), public=True)
    except DrillError as error:
        assert "nobody of the public can post" in str(error)
        return
    scenario = loads(fill("scenario", Answers("Late", "Kiosk", given_)), "scenario", Scenario)
    assert [] == errors("scenario", scenario)
    assert ids == [channel.id for channel in scenario.value.channels]


# -- answers are data --------------------------------------------------------------------------------------------


@given(ANY)
@example('Kiosk "Zum Ö": #1\n- {a: *b}')
@example("no")
@example("12:30")
@example("x" * 500)
def test_any_text_is_a_brand_that_reads_back_or_is_refused(text: str) -> None:
    try:
        brand = name_of(text, "the brand's name")
    except DrillError:
        kept = " ".join(clean(text, multiline=False).split())
        assert not 1 <= len(kept) <= 60
        return
    answers = Answers(f"{brand} plan", brand, ("flit",), PLAIN.people)
    plan = loads(fill("plan", answers), "plan", Plan)
    assert [] == errors("plan", plan)
    assert (brand, (brand,)) == (plan.value.company.name, plan.value.monitoring.terms.brand)
    scenario = loads(fill("scenario", Answers(brand, brand, ("flit",))), "scenario", Scenario)
    assert [] == errors("scenario", scenario)
    assert (brand, brand) == (scenario.value.brand.name, scenario.value.title)
    assert brand == loads(fill("drill", Answers(brand, scenario="s")), "drill", DrillFile).value.title


@given(st.one_of(ANY, st.lists(st.tuples(ANY, st.sampled_from(get_args(PersonRole))), max_size=5).map(
    lambda staff: ",".join(f"{name} {role}" for name, role in staff)
)))  # fmt: skip
@example("1 EXE, No SML, 1e3 REP, True CSM, Null COM")
@example("Ada Strand EXE, Ada Strand EXE, Cabinet EXE, Vault SML, Юля REP, 🍜 CSM")
def test_any_text_gives_people_who_read_back_or_is_refused(text: str) -> None:
    try:
        staff = people(text)
    except DrillError:
        return
    plan = loads(fill("plan", Answers("p", "Kiosk", ("flit",), staff)), "plan", Plan)
    assert [] == errors("plan", plan)
    assert [(one.name, one.role) for one in staff] == [(one.name, one.role) for one in plan.value.people]
    for one in staff:
        assert one.name in " ".join(clean(text, multiline=False).split())


@given(ANY)
@example("Кафе")
@example("食堂")
def test_any_name_gives_an_id_and_an_id_is_its_own(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", slug(text))
    assert slug(text) == slug(slug(text))


def test_an_id_is_near_its_name() -> None:
    names = {"Café Lumo, one star": "cafe-lumo-one-star", "O’Malley's": "omalleys", "Müller & Søn": "muller-son"}
    assert names == {name: slug(name) for name in names}
    assert "untitled" == slug("🍜!") and slug("Кафе") != slug("Бар")


@pytest.mark.parametrize("brand", ["!!!", "{{ brand }}", "#symbol# {brand}", "🍜", "[bold]x[/bold]", "'"])
def test_a_brand_of_any_kind_has_a_scenario_that_plays(folder: Path, brand: str) -> None:
    assert 0 == said("new", "scenario", "Late", "--brand", brand).code
    run, _ = rehearse(joining.from_path(folder / "late.yaml"), seed=1, responder="textbook")
    assert run.complete and brand == run.setup.scenario.brand.name


# -- the command -------------------------------------------------------------------------------------------------


def test_a_person_is_asked_for_what_is_not_given_and_asked_again_after_a_mistake(folder: Path) -> None:
    told = typed("new", "plan", "--brand", "Kiosk", answers="\ntwitter\nrateo, flit\nAda\nAda Lind EXE, Bo Ek REP\n")
    assert (0, "") == (told.code, told.err)
    for words in ("[Kiosk plan]", "there is no channel 'twitter'", "expected a name and a role", "kiosk-plan.yaml"):
        assert words in told.out
    plan = yaml.safe_load((folder / "kiosk-plan.yaml").read_text("utf-8"))
    assert ["rateo", "flit"] == [one["id"] for one in plan["channels"]]
    assert [("ada-lind", "bo-ek"), ("bo-ek", None)] == [(one["id"], one.get("deputy")) for one in plan["people"]]


def test_somebody_who_goes_away_in_the_middle_leaves_no_file(folder: Path) -> None:
    told = typed("new", "scenario", answers="Kiosk\n")
    assert 130 == told.code and "nothing was written" in told.out
    assert [] == list(folder.iterdir())


def test_a_file_that_is_there_stays_as_it_is(folder: Path) -> None:
    (folder / "late.yaml").write_text("mine")
    for arguments in (["scenario", "Late"], ["plan", "--out", "late.yaml"]):
        told = said("new", *arguments)
        assert (1, "") == (told.code, told.out) and "late.yaml: there is a file of this name already" in told.err
    assert "mine" == (folder / "late.yaml").read_text()


def test_the_file_goes_where_one_says(folder: Path) -> None:
    (folder / "ours").mkdir()
    said("new", "scenario", "Late", "--out", "ours")
    said("new", "plan", "--out", "ours/Our plan.yaml")
    assert ["Our plan.yaml", "late.yaml"] == sorted(path.name for path in (folder / "ours").iterdir())
    assert "id: our-plan\n" in (folder / "ours" / "Our plan.yaml").read_text("utf-8")
    for out, words in (("no/x.yaml", "there is no such folder"), ("x.txt", "ends in .yaml")):
        told = said("new", "scenario", "--out", out)
        assert (1, "") == (told.code, told.out) and words in told.err


def test_a_drill_joins_what_lies_beside_it_or_what_it_is_given(folder: Path) -> None:
    told = said("new", "drill")
    assert 1 == told.code and "a drill needs a scenario" in told.err
    said("new", "drill", "Soup", "--scenario", "cafe-lumo", "--plan", "none")
    drill = joining.from_path(folder / "soup.yaml")
    assert ("cafe-lumo", None) == (drill.file.scenario, drill.file.plan)
    said("new", "scenario", "Late")
    said("new", "drill", "--scenario", "late.yaml")
    assert "late" == joining.from_path(folder / "late-drill.yaml").file.scenario
    for kind in ("scenario", "plan"):
        told = said("new", "drill", "Third", "--scenario", "late", f"--{kind}", "cafe-lum")
        assert 1 == told.code and f"there is no {kind} 'cafe-lum'" in told.err and "'cafe-lumo'?" in told.err


def test_an_option_that_another_kind_of_file_has_is_refused(folder: Path) -> None:
    told = said("new", "scenario", "--people", "Ada Strand EXE")
    assert (1, "") == (told.code, told.out) and "--people means nothing for a scenario" in told.err
    assert [] == list(folder.iterdir())


@pytest.mark.parametrize("text", sorted(CORPUS.values()))
def test_hostile_arguments_give_a_sound_file_or_a_sentence(folder: Path, text: str) -> None:
    before = set(folder.iterdir())
    for arguments in (
        ["plan", "--out", text],
        ["plan", text, "--people", f"{text} SML"],
        ["drill", "--scenario", text],
    ):
        told = said("new", *arguments)
        assert told.code in (0, 1, 2) and clean(told.out + told.err) == told.out + told.err
    for path in set(folder.rglob("*.yaml")) - before:
        assert [] == [problem for problem in joining.check(path) if problem.severity == "error"]
