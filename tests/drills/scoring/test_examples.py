"""The worked examples of docs/scoring.md: one for every criterion, worked out here and printed there."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from drills.joining import find
from drills.responders import RESPONDERS
from drills.run import Run
from drills.scoring import rubric, score
from drills.scoring.card import Line
from drills.scoring.lines import SOURCES, TITLES, rule
from drills.scoring.rubric import load
from drills.simulate import rehearse
from engine.events import ContentFired, Escalated, Event, InjectFired
from scenarios.moments import MINUTE
from tests.drills.scoring.runs import DECOY, acted, by_hand, post, reading, said, scenario, truth
from tests.drills.scoring.test_escalation import PLAN

DOCS = Path(__file__).parents[3] / "docs" / "scoring.md"
START = InjectFired(0, "own", "time")
REPORT = "Since 21:12 a cruel post on flit, about 40 replies. Next report 21:30."
SOUP = scenario(DECOY)


def called(minute: float, person: str, role: str) -> list[Event]:
    action = acted(minute, "escalate", to=(person,), text=REPORT)
    return [action, Escalated(action.at_ms, action.action.id, person, role, "escalate")]


def spoken(**fields: Any) -> Run:
    """A statement at ten minutes of a crisis, with this reading."""
    return by_hand(START, *truth((0, 3)), *said(10, judged=reading(**fields)))


def answered(*answers: Any) -> Run:
    """Furious people, answered one after the other."""
    posts = [post(1, f"x{n}", mood="furious") for n in range(len(answers))]
    out = [event for n, read in enumerate(answers) for event in said(5 + n, "reply", targets=(f"x{n}",), judged=read)]
    return by_hand(*truth((0, 3)), *posts, *out)


def four_needs() -> Run:
    return by_hand(
        post(1, "hurt", "harm"), post(1, "asks", "question"), post(1, "moans"), post(1, "thanks", "praise"),
        *said(11, "message", targets=("hurt",)), *said(61, "reply", targets=("asks", "moans")),
    )  # fmt: skip


def tiers() -> Run:
    posts = [post(1, f"q{n}", "question") for n in range(10)] + [post(1, f"c{n}") for n in range(10)]
    keys = (*(f"q{n}" for n in range(9)), *(f"c{n}" for n in range(4)))
    return by_hand(*posts, *said(10, "reply", targets=keys))


def two_voices() -> Run:
    owns, denies = reading(ladder=7, claims=(("f1", "true"),)), reading(ladder=1)
    return by_hand(post(1, "x"), *said(5, judged=owns), *said(9, "reply", targets=("x",), judged=denies))


APPROVED = "Tonight's post was wrong. We took it down at 21:14. More by 21:40."
EXPLAINS, COPY = reading(acts={"explaining": 0.6}), reading(acts={"explaining": 0.6}, sameness=950_000)
EXAMPLES: dict[str, Callable[[], Run]] = {
    "Sp1": lambda: by_hand(START, acted(7.5, "flag", target="x", kind="priority")),
    "Sp2": lambda: by_hand(*truth((0, 3), (60, 2)), acted(10, "classify", level=3), acted(80, "classify", level=2)),
    "Sp3": lambda: by_hand(START, *truth((0, 3)), *said(22.5)),
    "Sp4": four_needs,
    "Sp5": lambda: by_hand(*truth((0, 3)), *said(0), *said(45, kind="update"), *said(75, kind="update"), end=100),
    "Sp6": lambda: by_hand(
        post(0, "hurt", "harm", form="scripted"), *said(10, "reply", targets=("hurt",)),
        *said(100, "message", targets=("hurt",)),
    ),
    "Tn1": lambda: spoken(dimensions={"acknowledgement": 1, "empathy": 0.5}),
    "Tn2": lambda: spoken(ladder=6),
    "Tn3": lambda: spoken(dimensions={"defensiveness": 0.25, "non_apology": 0.5}),
    "Tn4": lambda: spoken(dimensions={"human_voice": 0.9, "jargon_boilerplate": 0.4}),
    "Tn5": lambda: spoken(dimensions={"concrete_action": 0.6}),
    "Tn6": lambda: spoken(acts={"apology_active": 0.9}, components=("responsibility", "repair", "regret")),
    "Tn7": lambda: spoken(dimensions={"politeness": 1, "unprofessional": 0}, acts={"promotion": 0.8}),
    "Tn8": lambda: by_hand(*truth((0, 3)), post(1, "x"), *said(5), *said(40, kind="update")),
    "Tn9": lambda: by_hand(post(1, "x"), *said(23.5)),
    "Tn10": lambda: answered(EXPLAINS, COPY, COPY, COPY),
    "Es1": lambda: by_hand(
        *truth((0, 1)), acted(5, "classify", level=3), acted(22, "classify", level=1), end=60, base=SOUP
    ),
    "Es2": lambda: by_hand(*truth((0, 3)), *called(5, "com", "COM")),
    "Es3": lambda: by_hand(*truth((0, 3)), *called(5, "com", "COM"), *called(40, "exe", "EXE")),
    "Es4": lambda: by_hand(
        *truth((0, 3)), acted(1, "classify", level=3),
        *(event for minute in (10, 20, 30) for event in said(minute, text=APPROVED)),
        *said(40, text="Something else entirely, written in a hurry."), plan=PLAN,
    ),
    "Es5": lambda: by_hand(*called(5, "com", "COM")),
    "Es6": lambda: by_hand(acted(150, "stand_down"), end=180),
    "Cd1": tiers,
    "Cd2": two_voices,
    "Cd3": lambda: by_hand(*truth((0, 1)), *said(9, kind="official", channels=("rateo",)), base=SOUP, end=60),
    "Cd4": lambda: by_hand(START, *truth((0, 3)), *said(10, channels=("plaza",))),
    "Cd5": lambda: by_hand(acted(15, "delete", target="own", kind="said")),
    "Cd6": lambda: by_hand(*truth((0, 3)), ContentFired(35 * MINUTE, "ad", "flit"), end=60),
    "Cd7": lambda: by_hand(
        post(1, "x"),
        acted(30, "classify", level=3, root_cause="own-post", accounts=("flit",), themes=("cruelty", "money")),
    ),
}  # fmt: skip


def printed() -> dict[str, float]:
    """The table of examples on the page."""
    (table,) = re.findall(r"## An example for every line\n(.*?)(?=\n## )", DOCS.read_text("utf-8"), re.DOTALL)
    return {id_: float(worth) for id_, worth in re.findall(r"^\| (\w+\d+) \|.*\| ([\d.]+) \|$", table, re.MULTILINE)}


def found(id_: str) -> Line:
    return next(line for line in score(EXAMPLES[id_]()).lines if line.id == id_)


def test_every_criterion_has_an_example() -> None:
    assert list(TITLES) == list(printed())
    assert set(TITLES) == set(EXAMPLES)


@pytest.mark.parametrize("id_", EXAMPLES)
def test_an_example_is_worth_what_the_page_says(id_: str) -> None:
    one = found(id_)
    assert one.score is not None and printed()[id_] == pytest.approx(one.score, abs=0.0051)


# -- every line explains itself ----------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", TITLES)
def test_every_line_has_a_rule_with_the_rubrics_numbers_and_a_source(id_: str) -> None:
    told = rule(load(), id_)
    assert told.endswith(".") and "{" not in told
    assert SOURCES[id_]


def test_a_rule_shows_the_numbers_of_this_very_drill() -> None:
    assert "5, 10, 20" in rule(load(), "Sp1")
    assert "5, 12, 20" in rule(load({"times.detect.limit": 12}), "Sp1")


def test_every_rule_is_of_a_line_that_there_is() -> None:
    from drills.scoring import lines

    assert set(TITLES) == set(lines._rules())


@cache
def card(drill: str, responder: str) -> Any:
    return score(rehearse(find(drill), seed=3, responder=responder)[0])


@pytest.mark.parametrize("responder", RESPONDERS)
@pytest.mark.parametrize("drill", ["cafe-lumo", "brightpan-debate-night", "tarn-and-tide"])
def test_whatever_lost_points_opens_to_what_happened_and_to_something_better(drill: str, responder: str) -> None:
    lost = [line for line in card(drill, responder).lines if line.score is not None and line.score < 0.995]
    assert responder == "textbook" or lost
    bare = [line.id for line in lost if not (line.evidence and line.better and line.rule and line.source and line.why)]
    assert [] == bare


def test_every_number_of_the_rubric_is_a_number() -> None:
    assert all(value >= 0 for value in rubric.load().numbers.values())
