"""What an author of cards is told, and where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drills import joining, library
from drills.practice.check import check_cards
from drills.practice.ladder import ladder
from scenarios.source import SourceError, load
from tests.commands import said
from tests.drills.practice.exercises import SOUP, changed, soup

DOCS = Path(__file__).parents[3] / "docs"
NOT_PASSING = "We are sorry if anyone was offended."


def test_a_whole_exercise_has_no_problem() -> None:
    assert [] == check_cards(soup())


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("right: 2}", "right: 4}", 6, "4 cards can't be right: 3 are drawn"),
        ("minutes: 3", "minutes: 3\ndraws: 9", 6, "9 cards can't be drawn from 3"),
        ("- id: plug", "- id: soup", 15, "there is another card 'soup'"),
        ("  pair: heat\n", "  pair: heats\n", 9, "no other card is of the pair 'heats'; did you mean 'heat'?"),
        ("right: true", "right: false", 12, "none of these is right"),
        ("crisis, text: A crisis", "routine, text: A crisis", 14, "there is another 'routine' here"),
        ("crisis, text: A", "crisis, right: true, text: A", 12, "every one of these is right"),
        ("watch, right", "watch, safety: true, right", 20, "what is right can't be a safety miss"),
        ("  asks: What is this?\n  choices:\n  - {id: watch", "  choices:\n  - {id: watch", 18, "give asks"),
        ("skill: classify", "skill: humour", 3, "MD-02 trains the skill 'classify', got 'humour'"),
        ("ladder: MD-02", "ladder: MD-12", 4, "the ladder has no step 'MD-12': it goes from MD-01 to MD-10"),
    ],
)  # fmt: skip
def test_what_cannot_be_played_is_told_in_its_place(old: str, new: str, line: int, told: str) -> None:
    problems = check_cards(changed(old, new))
    assert [line] == [problem.line for problem in problems if told in problem.message], problems


def test_a_card_that_asks_nothing_is_told() -> None:
    problems = check_cards(soup(SOUP[: SOUP.index("  writes:")].replace("right: 2", "right: 1")))
    assert ["a card asks something: give it choices, or a text with writes"] == [one.message for one in problems]


def test_a_model_must_pass_its_own_marks() -> None:
    model = SOUP[SOUP.index("    model:") :]
    (problem,) = check_cards(changed(model, f"    model: {NOT_PASSING}\n"))
    assert (
        "the model does not pass: apology is 0.15, wanted at least 0.75; non_apology is 1.00, wanted at most 0.2"
        in problem.message
    )


def test_a_model_must_fit_where_an_answer_would() -> None:
    (problem,) = check_cards(changed("    level: L2\n", "    level: L2\n    longest: 40\n"))
    assert "40 are allowed" in problem.message


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{right: 2}", "{no_safety_miss: true}", "right or share"),
        ("{right: 2}", "{right: 2, share: 0.5}", "right or share"),
        ("dimension: apology", "dimension: apologies", "expected one of"),
        (", at_most: 0.2", "", "a mark needs at_least or at_most"),
        ("rules: [W72]", "rules: [see page 3]", "is not of the form"),
        ("right: true, feedback: One good answer and no more., ", "right: true, ", "missing key 'feedback'"),
    ],
)
def test_what_is_no_exercise_is_refused(old: str, new: str, told: str) -> None:
    with pytest.raises(SourceError, match=re.escape(told)):
        changed(old, new)


def test_the_command_checks_cards_and_a_drill_refuses_them(tmp_path: Path) -> None:
    path = tmp_path / "soup.yaml"
    path.write_text(SOUP.replace("right: 2}", "right: 9}"), "utf-8")
    told = said("check", path)
    assert 1 == told.code
    assert f"{path}:6:15: 9 cards can't be right" in told.out
    assert "this is a card exercise" in said("simulate", path).err


def test_a_drill_finds_its_scenario_though_another_drill_bears_its_name(tmp_path: Path) -> None:
    (tmp_path / "cafe-lumo.yaml").write_text("id: cafe-lumo\nscenario: cafe-lumo\npace: 2\nseats: [REP]\n", "utf-8")
    path = tmp_path / "mine.yaml"
    path.write_text("id: mine\nscenario: cafe-lumo\n", "utf-8")
    assert "cafe-lumo" == joining.from_path(path).scenario.id


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("{line: Sp44, at_least: 1}", "the scorecard has no line 'Sp44'"),
        ("{task: CT44, at_least: S}", "the scorecard has no task 'CT44'"),
        ("{line: Sp4, at_least: 80}", "expected 1 or less, got 80"),
    ],
)
def test_a_mark_that_nothing_could_hold_is_told(tmp_path: Path, mark: str, told: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        f"id: mine\nscenario: cafe-lumo\npractice:\n  skill: warm-reply\n  id: MD-01\n  passes:\n  - {mark}\n", "utf-8"
    )
    (problem,) = joining.check(path)
    assert told in problem.message
    assert 7 == problem.line


# -- what comes with stormdrill ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", library.names("cards"))
def test_every_shipped_exercise_checks_clean(name: str) -> None:
    assert [] == [str(problem) for problem in joining.check(library.path("cards", name))]
    assert name == load(library.path("cards", name), type(soup().value)).value.id


def test_the_ladder_has_ten_steps_with_a_skill_each() -> None:
    steps = ladder()
    assert [f"MD-{number:02}" for number in range(1, 11)] == [step.id for step in steps]
    assert 10 == len({step.skill for step in steps})
    assert [f"MD-{number:02}" for number in range(1, 8)] == [step.id for step in steps if step.needed]


def test_the_examples_of_the_page_are_right() -> None:
    """The one exercise of docs/practice.md, without what says that there are more cards than it shows."""
    first, second, *_ = re.findall(r"```yaml\n(.*?)```", (DOCS / "practice.md").read_text("utf-8"), re.DOTALL)
    whole = re.sub(r"(?m)^(draws: .*|    pair: .*)\n", "", first + second).replace("{right: 6}", "{right: 2}")
    assert [] == check_cards(soup(whole))


def test_the_page_names_every_skill() -> None:
    page = (DOCS / "practice.md").read_text("utf-8")
    assert [] == [step.skill for step in ladder() if f"`{step.skill}`" not in page]
