"""The simulated company: what a world is given of a plan, and what comes of it in a run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drills import joining
from drills.drill import Drill
from drills.plan import Plan, channels, colleagues, keys, on_duty, turns, wanted
from drills.plan.terms import DAYS
from drills.record import header_of, load_run, recorded
from drills.responders import play
from drills.session import Refused, Session
from engine.events import (
    ApprovalAsked,
    ApprovalDecided,
    ApprovalTimedOut,
    ContentFired,
    Published,
    Received,
    Unreachable,
    Void,
)
from engine.setup import Colleague, Wanted
from scenarios.grammar import stock
from scenarios.model import Scenario
from scenarios.moments import HOUR, MINUTE
from tests.drills.sessions import Clock
from tests.engine.worlds import STORY

PLAN: dict[str, Any] = {
    "id": "soup-kitchen",
    "company": {"name": "Mini"},
    "people": [
        {"id": "lead", "role": "SML"},
        {"id": "com", "role": "COM", "deputy": "lead"},
        {"id": "legal", "role": "LEG", "hours": "08-10", "deputy": "com"},
        {"id": "boss", "role": "EXE", "reach": {"phone": "1", "checked": "2026-01-01"}},
    ],
    "cabinet": {"seats": {"management": "boss", "communication": "com", "legal": "legal"}},
    "dashboard": [
        {"task": "official-statement", "levels": ["L3", "L4"], "validates": ["legal", "boss"], "in_order": True},
        {"task": "press-reply", "validates": ["legal", "com"]},
    ],
    "escalation": {
        "L3": [{"to": "boss", "within": "20m"}, {"to": "cabinet", "within": "30m"}],
        "L4": [{"to": "cabinet", "within": "10m"}],
        "sitrep_every": "30m",
    },
    "channels": [
        {"id": "flit", "credentials": "vault"},
        {"id": "plaza", "credentials": "lead"},
        {"id": "mail", "credentials": "com"},
        {"id": "hub", "hosted_separately": False, "publishes_in": "12m30s"},
    ],
    "partners": [{"id": "agency", "name": "Bright Row", "hours": "09-17", "controls": ["ads"]}],
}


def plan(**changes: Any) -> Plan:
    return Plan.model_validate({**PLAN, **changes})


def story(**changes: Any) -> Scenario:
    return Scenario.model_validate({**yaml.safe_load(STORY), **changes})


def people(of: Plan, in_: Scenario, day: date | None = None) -> dict[str, Colleague]:
    return {one.id: one for one in colleagues(of, in_, day)}


Changes = dict[str, Any] | None


def drill(story_changes: Changes = None, plan_changes: Changes = None, **more: Any) -> Drill:
    """The small story with the plan of the soup kitchen."""
    texts = {
        "scenario": yaml.safe_dump({**yaml.safe_load(STORY), **(story_changes or {})}),
        "plan": yaml.safe_dump({**PLAN, **(plan_changes or {})}),
        "drill": yaml.safe_dump({"id": "soup", "scenario": "mini", "plan": "soup-kitchen", **more}),
    }
    return joining.from_texts(texts)


# Hours


@given(
    hours=st.one_of(
        st.just("24x7"), st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda h: h[0] != h[1])
        .map("{0[0]:02}-{0[1]:02}".format),
    ),
    days=st.sampled_from(["", " Mon-Fri", " Sat", " Sat-Mon"]),
    starts=st.integers(0, 1439),
    weekday=st.sampled_from(DAYS),
    lasts=st.integers(1, 30),
    at=st.floats(0, 0.999),
)  # fmt: skip
def test_at_every_moment_of_a_run_duty_is_what_the_hours_say(
    hours: str, days: str, starts: int, weekday: str, lasts: int, at: float
) -> None:
    hours = hours if hours == "24x7" else hours + days
    run = story(starts=f"{starts // 60:02}:{starts % 60:02}", weekday=weekday, lasts=f"{lasts}h")
    legal = {**PLAN["people"][2], "hours": hours}
    one = people(plan(people=[*PLAN["people"][:2], legal, PLAN["people"][3]]), run)["legal"]
    at_ms = int(at * run.lasts)
    clock = starts + at_ms // MINUTE
    today = DAYS[(DAYS.index(weekday) + clock // 1440) % 7]
    assert one.on_duty_at(at_ms) == on_duty(hours, today, clock % 1440)


def test_hours_that_do_not_change_in_the_run_need_no_spans() -> None:
    found = people(plan(), story(lasts="50m"))
    assert {one.duty for one in found.values()} == {()}
    assert people(plan(), story(lasts="3h"))["legal"].duty == ((0, HOUR),)


def test_the_cabinet_meets_while_half_of_its_seats_are_on_duty() -> None:
    some = [{**one, "hours": "08-11"} if one["id"] == "com" else one for one in PLAN["people"]]
    cabinet = people(plan(people=some), story(lasts="4h"))["cabinet"]
    assert cabinet.duty == ((0, 2 * HOUR),)  # two of three until eleven, one of three afterwards
    assert cabinet.seats == ("com", "legal", "boss")


def test_hours_survive_the_record() -> None:
    of = drill({"lasts": "3h"})
    header = header_of(of, seed=1, pace=1, seat="SML", coach="off", started="")
    found = {one.id: one for one in recorded(header).setup.colleagues}
    assert found == people(of.plan or plan(), of.scenario)
    assert found["legal"].duty == ((0, HOUR),)


# Phone numbers


def test_a_number_that_was_tried_lately_is_right_and_an_old_one_may_be_dead() -> None:
    of, run = plan(), story()
    days = (date(2026, 5, 1), date(2027, 6, 30), date(2040, 1, 1))
    chances = [people(of, run, day)["boss"].dead_number for day in days]
    assert chances == [0, 200_000, 600_000]
    assert people(of, run, None)["boss"].dead_number == 0
    assert people(of, run, date(2040, 1, 1))["com"].dead_number == 0  # nobody says when it was tried


def test_a_drill_is_set_on_its_own_day_else_on_the_day_it_is_played(tmp_path: Path) -> None:
    def chance(of: Drill, started: str) -> int:
        header = header_of(of, seed=1, pace=1, seat="SML", coach="off", started=started)
        return next(one.dead_number for one in recorded(header).setup.colleagues if one.id == "boss")

    assert chance(drill(), "") == 0
    assert chance(drill(), "2040-02-03T10:00:00+01:00") == 600_000
    assert chance(drill(date=date(2026, 1, 2)), "2040-02-03T10:00:00+01:00") == 0
    session = Session.start(drill(date=date(2040, 1, 1)), tmp_path, clock=Clock())
    session.close()
    assert "boss" in {one.id for one in load_run(session.path).setup.colleagues if one.dead_number == 600_000}


def test_old_numbers_show_in_a_run_and_the_deputy_is_tried() -> None:
    old = [{**one, "deputy": "com"} if one["id"] == "boss" else one for one in PLAN["people"]]
    missed = []
    for seed in range(12):
        session = Session.rehearse(drill(plan_changes={"people": old}, date=date(2040, 1, 1)), seed=seed)
        session.skip_to(2 * MINUTE)
        session.act("escalate", to=("boss",), text="Look.")
        session.skip_to(2 * MINUTE + 1)
        now = [event for event in session.world.log if isinstance(event, Unreachable)]
        said = [line.what for line in session.desk.log if line.who == "switchboard"]
        assert said == ["Boss can't be reached: the number in the plan is not in use; trying Com"] * len(now)
        missed += now
    assert 3 <= len(missed) <= 11
    assert {(event.to, event.deputy, event.why) for event in missed} == {("boss", "com", "number")}


# Turns, keys, executives, channels


def test_only_lines_with_turns_have_them_and_a_deputy_has_those_of_whom_they_stand_in_for() -> None:
    assert turns(plan()) == {f"official/{level}": {"legal": 0, "com": 0, "boss": 1} for level in (3, 4)}


def test_the_second_validator_of_a_chain_gets_the_draft_when_the_first_has_approved_it() -> None:
    session = Session.rehearse(drill({"lasts": "3h"}), seed=2)
    session.skip_to(MINUTE)
    session.act("classify", level=3)
    session.act("request_approval", to=("boss", "legal"), kind="official", channels=("flit",), text="We are sorry.")
    session.skip_to(3 * HOUR)
    asked = {event.to: event.at_ms for event in session.world.log if isinstance(event, ApprovalAsked)}
    done = {event.to: event.at_ms for event in session.world.log if isinstance(event, ApprovalDecided)}
    assert asked == {"legal": MINUTE, "boss": done["legal"]}
    assert list(session.desk.approvals["a2"].lies_with) == ["legal", "boss"]
    assert [line.at_ms for line in session.desk.log if (line.who, line.what) == ("Boss", "has the draft now")] == [
        asked["boss"]
    ]


def test_the_keys_of_what_a_partner_controls_or_one_person_holds_lie_with_them() -> None:
    assert keys(plan(), story()) == {"plaza": "lead", "mail": "com", "advert": "agency", "letter": "com"}
    assert keys(plan(channels=[], partners=[]), story()) == {}
    both = [{"id": "agency", "name": "Bright Row", "controls": ["mail_tool", "flit"]}]
    assert keys(plan(channels=[], partners=both), story()) == {"flit": "agency", "mail": "agency", "letter": "agency"}


def test_executives_are_wanted_told_in_person_or_as_seats_of_the_cabinet() -> None:
    assert wanted(plan()) == (Wanted("boss", 3, 20 * MINUTE), Wanted("boss", 4, 10 * MINUTE))
    assert wanted(plan(), seat="EXE") == ()


def test_a_page_takes_as_long_as_the_plan_needs_and_falls_with_our_own_site() -> None:
    run = story(channels=[
        {"id": "flit"}, {"id": "plaza"}, {"id": "mail"}, {"id": "hub", "opens_minutes": 5},
        {"id": "site", "down": [{"until": "T+30m"}]},
    ])  # fmt: skip
    hub = {one.id: one for one in channels(plan(), run)}["hub"]
    assert (hub.opens_minutes, [(gap.from_, gap.until) for gap in hub.down]) == (13, [(0, 30 * MINUTE)])
    assert channels(plan(), run.model_copy(update={"channels": channels(plan(), run)})) == channels(plan(), run)
    apart = plan(channels=[{"id": "hub", "hosted_separately": True, "publishes_in": "2m"}])
    assert {one.id: one for one in channels(apart, run)}["hub"] == run.channels[3]


def test_a_run_feels_the_plans_slow_hub() -> None:
    session = Session.rehearse(drill())
    session.skip_to(MINUTE)
    session.act("hub", kind="open", text="What we know.")
    session.skip_to(20 * MINUTE)
    (out,) = (event for event in session.world.log if isinstance(event, Published))
    assert out.at_ms == 14 * MINUTE


# Whole runs


def lonely(plan_changes: Changes = None) -> Drill:
    """The soup kitchen on a story of three hours at L3 in which no executive is scripted."""
    return drill({"lasts": "3h", "truth": [{"level": "L3"}], "branches": [], "expected": {}}, plan_changes)


def above(session: Session) -> list[str]:
    return [
        event.key
        for event in session.world.log
        if isinstance(event, Received) and event.author == "boss" and event.medium in ("executive", "news", "mail")
    ]


@pytest.mark.parametrize("seed", range(3))
def test_the_book_hears_nothing_from_above_and_silence_hears_all_of_it(seed: int) -> None:
    by_the_book, silent = Session.rehearse(lonely(), seed=seed), Session.rehearse(lonely(), seed=seed)
    assert play(by_the_book, "textbook") == () and above(by_the_book) == []
    play(silent, "silent")
    assert [key.split("-")[1] for key in above(silent)] == ["uninformed", "controls", "interview"]


def test_the_book_calls_for_the_keys_and_then_stops_the_advertisement() -> None:
    awake = [{**PLAN["partners"][0], "reach": {"p50": "2m"}}]
    session = Session.rehearse(lonely(plan_changes={"partners": awake}), seed=1)
    play(session, "textbook")
    did = [(action.do, action.target or action.to) for action in session.desk.actions]
    assert did.index(("inform", ("agency",))) < did.index(("pause", "advert"))
    assert [event for event in session.world.log if isinstance(event, Void)] == []


def test_out_of_hours_nobody_has_the_keys_and_the_advertisement_goes_out() -> None:
    """Twenty past eight: the agency opens at nine, and the offer goes out at twenty to."""
    asleep = [{**PLAN["partners"][0], "reach": {"p50": "4m", "p90": "6m"}}]
    early = drill({"starts": "20:20", "branches": []}, {"partners": asleep})
    session = Session.rehearse(early, seed=1)
    session.skip_to(2 * MINUTE)
    session.act("inform", to=("agency",), text="Stop the offer.")
    session.act("pause", void_ok=True, target="advert")
    session.skip_to(25 * MINUTE)
    (locked,) = (event for event in session.world.log if isinstance(event, Void))
    assert locked.reason == "lock-out" and locked.why.startswith("Bright Row holds the keys to the advertisements")
    assert [event.why for event in session.world.log if isinstance(event, Unreachable)] == ["off duty"]
    assert "advert" in {event.content for event in session.world.log if isinstance(event, ContentFired)}


def test_one_person_at_a_desk_of_three_seats_keeps_the_others_as_colleagues() -> None:
    session = Session.rehearse(drill(seats=["SML", "REP", "COM"]), seed=1)
    session.skip_to(2 * MINUTE)
    session.act("escalate", to=("com",), text="Look.")
    session.skip_to(30 * MINUTE)
    assert session.desk.contacts["com"].with_us


def test_the_desk_says_when_the_plan_names_nobody_to_try_next() -> None:
    slow = [{**one, "reach": {"p50": "40m", "p90": "60m"}} if one["id"] == "boss" else one for one in PLAN["people"]]
    session = Session.rehearse(drill(plan_changes={"people": slow}), seed=3)
    session.skip_to(2 * MINUTE)
    session.act("escalate", to=("boss",), text="Look.")
    session.skip_to(20 * MINUTE)
    line = next(line for line in session.desk.log if line.who == "switchboard")
    assert line.what == "Boss does not answer; the plan names nobody to try next"


def test_the_desk_says_how_many_drafts_lie_before_ours() -> None:
    session = Session.rehearse(drill(), seed=1)
    session.skip_to(2 * MINUTE)
    for number in (1, 2, 3):
        session.act("request_approval", to=("com",), kind="press", text=f"We look into it, {number}.")
    said = [line.what for line in session.desk.log if line.who == "Com"]
    assert said == ["has a draft to read before this one", "has 2 drafts to read before this one"]


def test_after_the_plans_time_a_deputy_is_asked_and_their_word_counts_at_the_desk_and_in_the_score() -> None:
    slow = [{**one, "review": "2h"} if one["id"] == "legal" else one for one in PLAN["people"]]
    session = Session.rehearse(drill({"lasts": "3h"}, {"people": slow}), seed=1)
    draft: dict[str, Any] = {"kind": "official", "channels": ("flit",), "text": "We are sorry. The soup was cold."}
    session.skip_to(MINUTE)
    session.act("classify", level=3)
    session.act("request_approval", to=("legal", "boss"), **draft)
    session.skip_to(12 * MINUTE)
    (late,) = (event for event in session.world.log if isinstance(event, ApprovalTimedOut))
    assert (late.to, late.at_ms, session.desk.approvals["a2"].state) == ("legal", 11 * MINUTE, "timed out")
    with pytest.raises(Refused, match="approval a2 has not been given"):
        session.act("publish", approval="a2", **draft)
    session.act("request_approval", to=("boss", "com"), **draft)
    session.skip_to(90 * MINUTE)
    asked = [event.to for event in session.world.log if isinstance(event, ApprovalAsked)]
    assert asked == ["legal", "com", "boss"]  # the deputy has the turn of whom they stand in for
    session.act("publish", approval="a3", **draft)
    session.skip_to(3 * HOUR)
    (path,) = (line for line in session.scorecard().lines if line.id == "Es4")
    assert path.score == 1.0, path.why


def test_whoever_presses_on_the_team_has_words_and_every_slot_of_them_is_filled() -> None:
    session = Session.rehearse(lonely(), seed=4)
    play(session, "silent")
    said = [event for event in session.world.log if isinstance(event, Received) and event.author in ("boss", "quill")]
    assert [event.key.split("-")[1] for event in said if event.key != "press"] == [
        "unanswered", "uninformed", "controls", "interview",
    ]  # fmt: skip
    assert all(event.text and "{" not in event.text for event in said)
    (news,) = (event.text for event in said if event.key == "press-unanswered")
    assert "did not answer by 09:29" in news and "Mara Quill" in news


@pytest.mark.parametrize(("do", "what"), [("escalate", "reached"), ("inform", "informed"), ("ask", "nothing")])
def test_an_authority_answers_as_one_and_not_as_a_colleague(do: str, what: str) -> None:
    session = Session.rehearse(joining.find("tarn-and-tide"), seed=1)
    session.skip_to(10 * MINUTE)
    session.act(do, to=["authority"], text="A child is ill. We stop the sale of batch 7A.")
    session.skip_to(90 * MINUTE)
    said = [one.text for one in session.world.log if isinstance(one, Received) and one.author == "authority"]
    assert said and said[0] in stock("en")[f"colleague.{what}.PTN.authority"]
