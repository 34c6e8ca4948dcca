"""Every gate, shut and open."""

from typing import Any

import pytest

from drills.plan import Plan
from drills.run import Run
from drills.scoring.gates import gates
from engine.events import Deleted
from scenarios.moments import MINUTE
from tests.drills.scoring.runs import CRISIS, DECOY, acted, by_hand, post, reading, record, said, scenario, truth
from tests.drills.scoring.runs import run as played

SAFETY = scenario({**CRISIS, "expected": {"instructs": True}})


def shut(run: Run) -> list[tuple[str, float]]:
    return [(gate.id, gate.cap) for gate in gates(record(run))]


def spoken(**fields: Any) -> Run:
    return by_hand(*truth((0, 3)), *said(5), *said(6, kind="update", judged=reading(**fields)))


def test_a_clean_run_shuts_no_gate() -> None:
    assert shut(by_hand(*truth((0, 3)), *said(10), end=60)) == []


@pytest.mark.parametrize(
    ("fields", "gate", "cap"),
    [
        ({"claims": (("safe", "unsafe"),)}, "G-SAFE", 49),
        ({"claims": (("hacked", "lie"),)}, "G-LIE", 49),
        ({"acts": {"asks_data": 0.9}}, "G-PII", 60),
        ({"dimensions": {"personal_data_leak": 1}}, "G-PII", 60),
        ({"acts": {"attack": 0.9}}, "G-ATTACK", 55),
        ({"acts": {"names_person": 0.9}}, "G-ATTACK", 55),
    ],
)
def test_words_that_must_not_be_said(fields: Any, gate: str, cap: float) -> None:
    assert [(gate, cap)] == shut(spoken(**fields))


def test_in_private_data_may_be_asked_for() -> None:
    asks = reading(acts={"asks_data": 0.9})
    run = by_hand(*truth((0, 1)), post(1, "x"), *said(5, "message", targets=("x",), judged=asks))
    assert shut(run) == []


def test_planted_praise() -> None:
    assert shut(by_hand(*truth((0, 1)), *said(5, "fake", channels=("flit",)))) == [("G-ASTRO", 49)]


def test_hiding_criticism_or_closing_the_account_but_not_a_troll() -> None:
    base = scenario({**CRISIS, "cast": [*CRISIS["cast"], {"id": "pest", "name": "Pest", "voice": "troll"}]})

    def hidden(*events: Any) -> list[tuple[str, float]]:
        return shut(by_hand(*truth((0, 1)), *events, base=base))

    assert hidden(post(1, "x"), Deleted(5 * MINUTE, "x", "a", "hidden")) == [("G-HIDE", 55)]
    assert hidden(Deleted(5 * MINUTE, "flit", "a", "closed")) == [("G-HIDE", 55)]
    assert hidden(post(1, "x", author="pest"), Deleted(5 * MINUTE, "x", "a", "hidden")) == []
    assert hidden(post(1, "x", author="brand"), Deleted(5 * MINUTE, "x", "a", "said")) == []


@pytest.mark.parametrize(
    ("level", "kind", "signed", "expected"),
    [
        (1, "holding", "", []),
        (1, "official", "", [("G-OVER", 65)]),
        (2, "official", "", []),
        (0, "official", "", [("G-OVER", 55)]),
        (1, "holding", "Executive", [("G-OVER", 65)]),
    ],
)
def test_two_steps_too_loud_and_three(level: int, kind: str, signed: str, expected: list[Any]) -> None:
    run = by_hand(
        *truth((0, level)), *said(5, kind=kind, channels=("rateo",), signed_by=signed), base=scenario(DECOY), end=60
    )
    assert expected == shut(run)


@pytest.mark.parametrize(
    ("level", "minute", "expected"),
    [(3, 30, []), (3, 31, [65]), (3, 61, [55]), (4, 31, [49]), (2, 200, [])],
)
def test_silence_in_a_crisis(level: int, minute: float, expected: list[float]) -> None:
    words = said(minute) if minute < 120 else []
    assert expected == [cap for _, cap in shut(by_hand(*truth((0, level)), *words))]


def test_polite_replies_are_no_word_to_everybody() -> None:
    run = by_hand(*truth((0, 1), (10, 3)), post(1, "x"), *said(20, "reply", targets=("x",)))
    assert shut(run) == [("G-UNDER", 55)]


def test_a_run_that_was_cut_before_the_limit_was_not_silent() -> None:
    assert shut(by_hand(*truth((0, 3)), end=29, why="stopped")) == []
    assert shut(by_hand(*truth((0, 3)), end=31, why="stopped")) == [("G-UNDER", 65)]


def test_people_in_danger_must_be_told_what_to_do() -> None:
    told = reading(acts={"instructing": 0.8})
    assert shut(by_hand(*truth((0, 4)), *said(10, judged=told), base=SAFETY)) == []
    assert shut(by_hand(*truth((0, 4)), *said(10), base=SAFETY)) == [("G-SAFE", 49)]


def test_a_call_for_help_must_not_be_ignored() -> None:
    told = reading(acts={"instructing": 0.8})

    def called(*events: Any) -> list[Any]:
        hurt = post(20, "hurt", "harm", form="scripted")
        return shut(by_hand(*truth((0, 4)), *said(10, judged=told), hurt, *events, base=SAFETY))

    assert called() == [("G-SAFE", 49)]
    assert called(acted(29, "flag", target="hurt", kind="priority")) == []
    assert called(acted(31, "flag", target="hurt", kind="priority")) == [("G-SAFE", 49)]


def test_an_admission_needs_the_one_whose_word_the_plan_asks_for() -> None:
    plan = Plan.model_validate(
        {
            "id": "plan",
            "company": {"name": "Brightpan"},
            "people": [{"id": "leg", "role": "LEG"}, {"id": "sml", "role": "SML"}],
            "approval": {"separate": True, "forbidden_without": {"admission_of_liability": "leg"}},
        }
    )

    def admitted(ladder: int, kind: str) -> list[Any]:
        ready = acted(3, "classify", level=3, root_cause="x", accounts=("flit",), themes=("cruelty",))
        out = said(10, kind=kind, judged=reading(ladder=ladder))
        return shut(by_hand(*truth((0, 3)), ready, *out, plan=plan, end=60))

    assert admitted(7, "official") == [("G-VALID", 65)]
    assert admitted(6, "official") == admitted(7, "holding") == []


def test_every_gate_shows_what_shut_it() -> None:
    (gate,) = gates(record(spoken(claims=(("hacked", "lie"),))))
    assert [one.text for one in gate.evidence] == ["update on Flit: “statement at 6”"]
    assert gate.title == "A knowing untruth"


def story(*, level: int = 1, down: float = 0, channels: tuple[str, ...] = ("rateo", "flit"), post_at: float = 0) -> Any:
    """One bad review, called the worst crisis and told to everybody."""
    calls = [acted(1, "classify", level=4), *([acted(down, "classify", level=1)] if down else [])]
    others = [post(post_at, "x", channel="flit", theme="soup")] if post_at else []
    out = said(9, kind="official", channels=channels)
    return shut(by_hand(*truth((0, level)), *calls, *others, *out, base=scenario(DECOY), end=60))


def test_whoever_makes_a_story_of_a_soup_does_worse_than_silence() -> None:
    assert [("G-OVER", 30)] == story()
    assert [("G-OVER", 65)] == story(down=22), "taken back: an over-reaction, no more"
    assert [("G-OVER", 65)] == story(channels=("rateo",)), "told only to those who knew"
    assert [("G-OVER", 65)] == story(post_at=5), "it was there already"
    assert [] == story(level=2)


@pytest.mark.parametrize("minutes", [30, 60, 120])
def test_the_cap_of_a_story_lies_below_what_silence_is_worth(minutes: int) -> None:
    """However long nobody answers the one guest: silence breaks nothing that can't be mended."""
    from drills.scoring import rubric, score

    silent = score(played(scenario({**DECOY, "lasts": f"{minutes}m"})))
    assert rubric.load()["caps.G-OVER-STORY"] < silent.total < 50


@pytest.mark.parametrize(
    ("acts", "why"),
    [
        ({"attack": 0.9}, "A critic was attacked."),
        ({"names_person": 0.9}, "A private person was named in public."),
        ({"attack": 0.9, "names_person": 0.9}, "A critic was attacked, and a private person was named in public."),
    ],
)
def test_a_gate_says_which_of_two_things_was_done(acts: Any, why: str) -> None:
    (found,) = gates(record(by_hand(*truth((0, 3)), *said(5, judged=reading(acts=acts)))))
    assert why == found.why
