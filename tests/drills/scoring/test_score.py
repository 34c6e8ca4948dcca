"""Whole scorecards: who is above whom, decoys, cut runs, waiting, and what must hold for any run at all."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.errors import DrillError
from drills.plan import Plan
from drills.run import Run
from drills.scoring import score
from drills.scoring.card import Scorecard
from drills.scoring.rubric import load
from engine.actions import VERBS, Action
from engine.reading import ACTS, DIMENSIONS, PPM, Claim, Promise, Reading
from scenarios.moments import MINUTE
from tests.drills.scoring.runs import BAD, DECOY, GOOD, act, run, scenario, setup, told

REPORT = (
    "Since 21:12 a cruel post on flit, about 40 replies; confirmed by screenshots. We have deleted it. "
    "Please approve the holding text by 21:20. Next report 21:30."
)
TEXTBOOK = (
    act(2, "flag", target="ruth", kind="priority"),
    act(3, "delete", target="own", kind="said"),
    act(4, "classify", level=3, root_cause="own-post", accounts=("flit",), themes=("cruelty",), confidence="high"),
    act(5, "escalate", to=("com",), text=REPORT),
    act(6, "escalate", to=("exe",), text=REPORT),
    act(7, "sweep"),
    act(7, "pause", target="ad"),
    act(7, "pause", target="late"),
    act(10, "publish", kind="holding", channels=("flit", "plaza"), text="We are sorry", signed_by="Ines", reading=GOOD),
    act(12, "reply", target="ruth", text="Ruth, I am sorry", reading=GOOD),
    act(13, "reply", target="who", text="One of us", reading=GOOD),
    act(20, "answer_press", target="press", text="No", reading=GOOD),
    act(25, "inform", to=("csm",), text="What we say"),
    act(36, "publish", kind="update", channels=("flit",), text="Where we are", reading=GOOD),
    act(60, "publish", kind="official", channels=("flit", "plaza"), text="What happened", reading=GOOD),
    act(84, "classify", level=2),
    act(101, "stand_down"),
)
DEFENSIVE = (
    act(4, "classify", level=2),
    act(20, "publish", kind="holding", channels=("flit",), text="We were hacked", reading=BAD),
    act(25, "reply", target="ruth", text="Calm down", reading=BAD),
    act(30, "reply", target="who", text="Our supplier", reading=BAD),
)
KIND = (
    act(10, "reply", target="review", text="Nora, I run the kitchen", reading=GOOD),
    act(15, "reply", target="friend", text="And you, sorry", reading=GOOD),
)
LOUD = (
    act(5, "classify", level=3),
    act(6, "escalate", to=("exe",), text="One star!"),
    act(9, "publish", kind="official", channels=("rateo", "flit"), text="We formally apologise", reading=GOOD),
    act(22, "classify", level=1),
)


@pytest.mark.parametrize("seed", range(1, 7))
def test_in_a_crisis_the_textbook_stands_above_silence_and_defence(seed: int) -> None:
    textbook, defensive, silent = (score(run(actions=actions, seed=seed)) for actions in (TEXTBOOK, DEFENSIVE, ()))
    assert textbook.rating == "P"
    assert textbook.total > 80 > 50 > defensive.total > silent.total
    assert silent.total < 20
    assert [gate.id for gate in silent.gates] == ["G-UNDER"]
    assert [gate.id for gate in defensive.gates] == ["G-LIE"]


@pytest.mark.parametrize("seed", range(1, 5))
def test_in_a_decoy_a_kind_word_stands_above_silence_and_that_above_noise(seed: int) -> None:
    soup = scenario(DECOY)
    kind, silent, loud = (score(run(soup, actions, seed=seed)) for actions in (KIND, (), LOUD))
    assert kind.rating == "P"
    assert kind.total > silent.total > loud.total
    assert kind.gates == ()
    assert [(gate.id, gate.cap) for gate in loud.gates] == [("G-OVER", 65)]


def test_a_kind_word_beside_the_noise_does_not_save_it() -> None:
    soup = scenario(DECOY)
    kind, both = score(run(soup, KIND)), score(run(soup, (*LOUD, *KIND)))
    assert both.total <= 65
    assert kind.total - both.total >= 20
    assert next(task.rating for task in both.tasks if task.id == "CT5") == "M"


def test_fast_and_wrong_is_rated_m_not_p() -> None:
    lied = score(
        run(actions=[act(8, "publish", kind="holding", channels=("flit",), text="We were hacked", reading=BAD)])
    )
    rated = {task.id: task.rating for task in lied.tasks}
    assert rated["CT5"] == "M"
    assert rated["CT6"] == "-"


def test_every_line_says_why_with_a_sentence_and_a_source() -> None:
    card = score(run(actions=DEFENSIVE))
    for line in card.lines:
        assert line.why.endswith(".") and not line.why[0].islower() and line.source, line.id
        assert (line.score is None) == line.why.startswith("Not assessed"), line.id
        assert line.better or line.score is None or line.score >= 0.995, line.id
    groups = ("speed", "tone", "escalation", "conduct")
    assert [line.id for line in card.lines] == [id_ for group in groups for id_ in load().group(group)]


def test_a_cut_run_is_a_score_so_far_and_blames_nobody_for_what_came_later() -> None:
    early = score(run(actions=TEXTBOOK, until_ms=11 * MINUTE))
    assert not early.complete
    assert early.gates == ()
    assert early.total > 80
    assert score(run(until_ms=30_000)).gates == ()


def test_a_stand_down_ends_the_run_and_what_follows_is_not_asked_for() -> None:
    one = run(actions=TEXTBOOK)
    assert one.ended_ms < 120 * MINUTE
    assert next(line.score for line in score(one).lines if line.id == "Es6") == 1


def test_waiting_for_approval_shows_in_the_controllable_total() -> None:
    plan = Plan.model_validate(
        {
            "id": "slow",
            "company": {"name": "Brightpan"},
            "people": [
                {"id": "com", "role": "COM", "reach": {"p50": "20m", "p90": "30m"}, "review": "10m"},
                {"id": "sml", "role": "SML"},
            ],
            "dashboard": [{"task": "holding-statement", "levels": ["L3"], "validates": ["com"]}],
        }
    )
    ask = act(5, "request_approval", kind="holding", text="We are sorry", to=("com",), reading=replace(GOOD, claims=()))
    out = act(55, "publish", kind="holding", channels=("flit",), text="We are sorry", approval=ask.id, reading=GOOD)
    card = score(run(actions=[ask, out], plan=plan))
    assert card.controllable is not None and card.controllable > card.raw
    assert score(run(actions=TEXTBOOK)).controllable is None


def test_a_drill_may_change_the_rubric_and_a_wrong_name_is_an_error() -> None:
    usual, other = score(run()), score(run(rubric={"weights.conduct": 0}))
    assert usual.raw != other.raw
    with pytest.raises(DrillError, match=r"did you mean .weights\.speed."):
        score(run(rubric={"weights.sped": 1}))


def test_a_branch_that_the_team_brought_about_is_told() -> None:
    branch = {
        "id": "mock",
        "when": {"acted": {"do": "publish", "act": "defensive"}},
        "then": {},
        "note": "The excuse was mocked.",
    }
    (told_,) = score(run(scenario(branches=[branch]), DEFENSIVE)).branches
    assert (told_.text, told_.key) == ("The excuse was mocked.", "mock")


def test_the_same_record_always_gives_the_same_card() -> None:
    assert score(run(actions=TEXTBOOK, seed=3)) == score(run(actions=TEXTBOOK, seed=3))
    one = run(actions=DEFENSIVE)
    assert score(one) == score(one)


# What must hold for any run


def sound(card: Scorecard) -> None:
    """Every number in its range, every letter known, nothing divided by nothing."""
    for value in (card.speed, card.tone, card.escalation, card.conduct, card.controllable, card.raw, card.total):
        assert value is None or 0 <= value <= 100
    assert card.total <= card.raw
    assert card.rating in "PSMU"
    for line in card.lines:
        assert line.score is None or 0 <= line.score <= 1
        assert line.why
    for text in card.texts:
        assert 0 <= text.score <= 1 and all(0 <= value <= 1 for _, value in text.parts)
    assert all(task.rating in "PSMU-" and task.why for task in card.tasks)
    assert all(gate.cap in load().group("caps").values() for gate in card.gates)


TARGETS = ("own", "ruth", "who", "press", "ad", "late", "flit", "hub", "our-statement-1", "nothing")
PEOPLE = ("com", "exe", "leg", "csm", "cabinet")


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    shares = st.integers(0, PPM)
    verdicts = st.sampled_from(("true", "too_early", "unknown", "false", "unsafe", "lie"))
    return Reading(
        dimensions=draw(st.dictionaries(st.sampled_from(DIMENSIONS), st.none() | shares, max_size=6)),
        acts=draw(st.dictionaries(st.sampled_from(ACTS), st.integers(1, PPM), max_size=3)),
        ladder=draw(st.integers(0, 8)),
        claims=tuple(draw(st.lists(st.builds(Claim, st.sampled_from(("f1", "hacked")), verdicts), max_size=2))),
        promises=tuple(draw(st.lists(st.builds(Promise, st.just("update"), st.integers(0, 200 * MINUTE)), max_size=2))),
        components=tuple(draw(st.lists(st.sampled_from(("regret", "repair", "forgiveness")), max_size=2))),
        sameness=draw(shares),
    )


@st.composite
def deeds(draw: st.DrawFn) -> list[Action]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        do = draw(st.sampled_from(sorted(VERBS)))
        kind = {
            "publish": ("holding", "official", "update"),
            "hub": ("open", "answer"),
            "delete": ("said", "silent"),
        }.get(do, ("priority", "approve", "holding"))
        found.append(
            Action(
                f"a{number}",
                draw(st.integers(0, 119)) * MINUTE,
                draw(st.sampled_from(("SML", "COM"))),
                cast("Any", do),
                target=draw(st.sampled_from(TARGETS)),
                text=draw(st.sampled_from(("sorry", REPORT))),
                channels=draw(st.sampled_from((("flit",), ("plaza", "flit")))),
                kind=draw(st.sampled_from(kind)),
                to=(draw(st.sampled_from(PEOPLE)),),
                level=draw(st.integers(0, 4)),
                reading=draw(st.none() | readings()),
            )
        )
    return found


@given(
    actions=deeds(),
    cut=st.none() | st.integers(0, 120),
    pace=st.sampled_from((0.5, 4.0, 60.0)),
    level=st.integers(0, 4),
)
def test_whatever_a_team_does_the_scores_stay_in_range(
    actions: list[Action], cut: int | None, pace: float, level: int
) -> None:
    base = scenario(truth=[{"level": f"L{level}"}, {"at": "T+40m", "level": "L2"}])
    sound(score(run(base, actions, until_ms=None if cut is None else cut * MINUTE, pace=pace)))


WHOLE = run(actions=TEXTBOOK)


@given(seed=st.integers(0, 10_000), keep=st.integers(0, 100))
def test_a_log_with_holes_is_scored_all_the_same(seed: int, keep: int) -> None:
    chosen = random.Random(seed)
    log = [event for event in WHOLE.log[:-1] if chosen.randrange(100) < keep]
    sound(score(Run(WHOLE.drill, WHOLE.setup, WHOLE.pace, WHOLE.seat, (*log, WHOLE.log[-1]), "", WHOLE.desk)))


def test_a_run_that_was_stopped_as_it_began_has_a_card() -> None:
    story = scenario()
    card = score(told(WHOLE.log[:1], setup(story)))
    sound(card)
    assert not card.complete
