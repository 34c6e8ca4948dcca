"""What comes with stormdrill is whole: it checks clean, hangs together, and rewards the right answer."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from drills import joining, library
from drills.actions_file import Planned, read_actions
from drills.drill import Drill
from drills.responders import RESPONDERS
from drills.scoring import score
from drills.simulate import rehearse, row
from scenarios import library as scenarios
from scenarios.terms import ROLES

CRISES = ("brightpan-debate-night", "stackfold-is-down", "tarn-and-tide")
DECOY = "cafe-lumo"
DRILLS = (*CRISES, DECOY)
EXERCISES = tuple(name for name in library.names("drills") if name not in DRILLS)
"""Short drills that train one skill each, with marks to pass."""
GOLDEN = Path(__file__).parent / "golden"
QUICK, ALL = range(1, 4), range(4, 21)
TO_ONE_PERSON = ("message", "press", "note", "sitrep", "hub")


@cache
def load(name: str) -> Drill:
    """The shipped drill of that name."""
    return joining.find(name)


def test_the_shelf_holds_three_crises_a_decoy_and_short_exercises() -> None:
    assert set(DRILLS) <= set(library.names("drills")) and not set(DRILLS) & set(EXERCISES)
    shelf = [load(name) for name in library.names("drills")]
    assert {drill.scenario.id for drill in shelf} == set(scenarios.names())
    assert {drill.file.plan for drill in shelf} == set(library.names("plans"))
    assert DECOY == min(shelf, key=lambda drill: drill.file.order).id, "one starts small"
    assert [] == [name for name in EXERCISES if load(name).file.practice is None]


@pytest.mark.parametrize(
    "path",
    [
        *(scenarios.path(name) for name in scenarios.names()),
        *(library.path(kind, name) for kind in ("plans", "drills") for name in library.names(kind)),
    ],
    ids=lambda path: "/".join(Path(str(path)).parts[-2:]),
)
def test_every_shipped_file_checks_clean(path: Any) -> None:
    """With no warning but a plan's own gaps, which are there to be found; it says first that it is an exercise."""
    problems = [problem for problem in joining.check(path) if not problem.message.startswith("PG-")]
    assert [] == [str(problem) for problem in problems]
    assert "EXERCISE" in path.read_text("utf-8").splitlines()[0]


@pytest.mark.parametrize("name", (*DRILLS, *EXERCISES))
def test_a_file_is_called_what_it_holds(name: str) -> None:
    drill = load(name)
    assert name == drill.id
    assert name in EXERCISES or drill.scenario.id == name, "an exercise may play part of a larger scenario"
    assert drill.plan is not None and drill.plan.id == drill.file.plan
    assert drill.file.blurb and drill.scenario.premise and drill.file.objectives


@pytest.mark.parametrize("name", (*DRILLS, *EXERCISES))
def test_whom_a_scenario_wants_told_its_plan_has(name: str) -> None:
    drill = load(name)
    people = rehearse(drill, seed=1, responder="silent")[0].desk.contacts.values()
    for wanted in drill.scenario.expected.recipients:
        assert any(contact.colleague.plays(wanted.to) for contact in people), f"{name}: nobody is {wanted.to}"
    for fact in drill.scenario.facts:
        if fact.ask is not None:
            assert any(contact.colleague.plays(fact.ask) for contact in people), f"{name}: nobody knows {fact.id}"


@pytest.mark.parametrize("name", (*DRILLS, *EXERCISES))
def test_the_seats_of_a_drill_are_roles_of_its_plan(name: str) -> None:
    drill = load(name)
    assert drill.plan is not None
    roles = {role.partition("/")[0] for person in drill.plan.people for role in (person.role, *person.also)}
    assert set(drill.file.seats) <= roles & set(ROLES)
    assert len(drill.file.seats) <= drill.file.people


@pytest.mark.parametrize("name", DRILLS)
def test_a_scenario_says_what_it_is_modelled_on(name: str) -> None:
    expected = {"brightpan-debate-night": "C09", "tarn-and-tide": "G04", "stackfold-is-down": "C12", "cafe-lumo": "G08"}
    assert expected[name] == load(name).scenario.modelled_on


@pytest.mark.parametrize("name", CRISES)
def test_a_crisis_warns_of_what_is_hard_to_read(name: str) -> None:
    assert load(name).scenario.content_notes


@pytest.mark.parametrize("name", CRISES)
def test_a_crisis_has_scheduled_content_of_three_kinds_that_clashes_and_one_that_must_be_found(name: str) -> None:
    content = load(name).scenario.content
    assert {"post", "ad", "mail"} == {item.kind for item in content if item.clash}
    assert any(not item.listed for item in content)


@pytest.mark.parametrize("name", CRISES)
def test_a_crisis_has_branches_traps_and_texts_to_learn_from(name: str) -> None:
    scenario = load(name).scenario
    assert {"holding", "official", "update", "reply", "message", "press", "sitrep"} <= {m.use for m in scenario.models}
    assert scenario.branches and scenario.falsehoods and scenario.expected.steps
    assert any(inject.trap for inject in scenario.beats)
    assert any(inject.kind == "approval" for inject in scenario.beats)
    assert 3 <= max(step.level for step in scenario.truth)


def test_the_decoy_stays_small() -> None:
    scenario = load(DECOY).scenario
    assert max(step.level for step in scenario.truth) <= 1
    assert not scenario.expected.official and "reply" in {model.use for model in scenario.models}


@pytest.mark.parametrize("name", (*DRILLS, *EXERCISES))
def test_every_model_answer_fits_where_it_would_stand(name: str) -> None:
    """A reply fits the channel it answers on; a statement fits at least the channel where it all started."""
    scenario = load(name).scenario
    limits = {channel.id: channel.char_limit for channel in scenario.channels}
    injects = {inject.id: inject for inject in (*scenario.beats, *scenario.contingency)}
    first = next((inject.channel for inject in scenario.beats if inject.channel), scenario.channels[0].id)
    origin = scenario.expected.origin or first
    for model in scenario.models:
        inject = injects.get(model.to or "")
        if model.use == "reply" and inject is not None:
            channel = inject.channel or scenario.channels[0].id
        elif model.use == "reply":
            channel = min((each.id for each in scenario.channels if each.share > 0), key=lambda each: limits[each])
        elif model.use == "official":
            channel = max((each.id for each in scenario.channels if each.share > 0), key=lambda each: limits[each])
        elif model.use not in TO_ONE_PERSON:
            channel = origin
        else:
            continue
        assert len(model.text) <= limits[channel], f"{name}: {model.use} to {model.to} on {channel}: {model.text}"


@pytest.mark.parametrize("name", (*DRILLS, *EXERCISES))
def test_a_model_answer_says_nothing_untrue(name: str) -> None:
    """At the moment that it is for, and judged as the drill judges a team."""
    from drills.session import Session

    session = Session.rehearse(load(name), seed=1)
    session.skip_to(session.ends_ms - 1)
    for model in session.drill.scenario.models:
        if model.use in ("holding", "official", "update", "reply", "press", "hub"):
            reading = session.check(model.text, do="reply" if model.use == "reply" else "publish")
            false = [claim for claim in reading.claims if claim.verdict not in ("true", "early")]
            assert [] == false, f"{name}: {model.use} to {model.to}"


# -- what is rewarded ----------------------------------------------------------------------------------------


@cache
def total(name: str, seed: int, responder: str = "", actions: str = "") -> float:
    """What a scripted team or an action file scores."""
    planned: list[Planned] | None = read_actions(GOLDEN / f"{actions}.jsonl") if actions else None
    run, undone = rehearse(load(name), seed=seed, responder=responder, actions=planned)
    assert not [each for each in undone if each.why != "the exercise had ended"], "an action of the file was void"
    return float(row(run, score(run), 0)["scores"]["total"])


def in_order(name: str, seed: int) -> None:
    """In a crisis the book beats silence, and silence is not the worst that one can do."""
    totals = {responder: total(name, seed, responder) for responder in RESPONDERS}
    assert totals["textbook"] > totals["silent"], totals
    assert totals["textbook"] > totals["defensive"], totals


def far_apart(seed: int) -> None:
    """Where little is right, a formal apology with the owner woken costs at least twenty points."""
    kind, too_much = (total(DECOY, seed, actions=f"lumo-{which}") for which in ("kind", "over-reaction"))
    assert kind - too_much >= 20, (kind, too_much)


@pytest.mark.parametrize("seed", QUICK)
@pytest.mark.parametrize("name", CRISES)
def test_a_crisis_rewards_the_book(name: str, seed: int) -> None:
    in_order(name, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", ALL)
@pytest.mark.parametrize("name", CRISES)
def test_a_crisis_rewards_the_book_in_every_seed(name: str, seed: int) -> None:
    in_order(name, seed)


@pytest.mark.parametrize("seed", QUICK)
def test_an_over_reaction_costs_more_than_the_soup(seed: int) -> None:
    far_apart(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", ALL)
def test_an_over_reaction_costs_more_than_the_soup_in_every_seed(seed: int) -> None:
    far_apart(seed)


@pytest.mark.parametrize("seed", QUICK)
def test_in_the_decoy_a_light_touch_beats_silence(seed: int) -> None:
    assert total(DECOY, seed, "textbook") > total(DECOY, seed, "silent")
    assert total(DECOY, seed, actions="lumo-kind") >= 66, "a plain kind reply is a good day's work"


@pytest.mark.parametrize("name", CRISES)
def test_the_book_is_well_played(name: str) -> None:
    """Somebody who does everything that the scenario asks for is told that it was good."""
    assert total(name, QUICK[0], "textbook") >= 80
