"""What is in a report: three sentences, the tables, the questions, and that nothing in it is made up."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from drills import joining
from drills.gaps.model import Analysis
from drills.report import hotwash, tables
from drills.report.content import report_of
from drills.report.html import html
from drills.report.mapped import texts_of
from drills.report.model import Report
from drills.scoring import rubric, score
from drills.scoring.record import Record
from drills.session import Session
from scenarios.packaged import packaged
from scenarios.text import is_clean
from tests.drills.report import reports
from tests.engine.worlds import STORY
from tests.hostile import CORPUS

NOTHING = Analysis((), (), (), (), (), 0, 0.0, None, "")


@pytest.fixture(scope="module")
def report() -> Report:
    return reports.report()


def test_three_sentences_tell_how_it_began_how_bad_it_got_and_how_it_ended(report: Report) -> None:
    began, peak, ended = report.summary.happened
    assert began.startswith("For Tarn & Tide it began on Thursday at 13:00 as L2, watch: three photos of bulging")
    assert peak.startswith("It became L4, major crisis, after 8 min: a child of 14 months is ill")
    assert re.fullmatch(
        r"The team first spoke in public after .+, .*called it L\d.* and answered \d+ of \d+ who wanted an answer.*; "
        r"(stood down|played to the end) after .+, with anger at \d+ of 100\.", ended,
    )  # fmt: skip
    assert all(one.endswith(".") and one.count("\n") == 0 for one in report.summary.happened)


def test_a_run_that_never_grew_says_so() -> None:
    began, peak, ended = reports.report("cafe-lumo", "textbook").summary.happened
    assert "as L1, issue" in began and peak.startswith("It never grew beyond that")
    assert "rightly called it L1" in ended


def test_a_team_that_says_nothing_is_told_that() -> None:
    ended = reports.report("cafe-lumo", "silent").summary.happened[2]
    assert ended.startswith("The team said nothing in public, never said how grave it was and answered nobody;")


def test_the_first_page_has_three_of_each_and_no_line_twice(report: Report) -> None:
    titles = [one.title for one in (*report.summary.strengths, *report.summary.areas)]
    assert 6 == len(titles) == len(set(titles))
    assert ["speed", "tone", "escalation", "conduct"] == [one.name for one in report.summary.figures]


def test_answers_add_up_to_what_the_score_says(report: Report) -> None:
    (line,) = (one for one in report.scores if one.id == "Sp4")
    got = sum(len(one.took_ms) for one in report.series.answers)
    asked = got + sum(one.never for one in report.series.answers)
    everybody = len(Record(reports.played("tarn-and-tide", "slow"), rubric.load()).waiters)
    assert line.why.startswith(f"{got} of {everybody} messages answered")
    assert f"; {everybody - asked} had waited less" in line.why


def test_what_people_spoke_about_adds_up_to_what_they_posted() -> None:
    run = reports.played("tarn-and-tide", "slow")
    posted = sum(1 for post in run.posts() if post.theme)
    found = reports.report().series
    assert posted == sum(sum(theme.counts) for theme in found.themes)
    assert sum(found.volume) == sum(one.posts + one.shares for one in run.desk.volumes)


def test_every_scripted_event_is_listed_once_with_what_became_of_it(report: Report) -> None:
    scenario = reports.played("tarn-and-tide", "slow").drill.scenario
    assert len(scenario.beats) + len(scenario.contingency) == len(report.events)
    assert list(range(1, len(report.events) + 1)) == [one.number for one in report.events]
    for one in report.events:
        assert (one.status in ("sent", "late")) == (one.at_ms >= 0)
        assert one.type == "contingency" or one.status != "held"
        assert bool(one.task) == bool(one.expected)
    sent = [one.at_ms for one in report.events if one.at_ms >= 0]
    assert sent == sorted(sent) and len(sent) > 20


def test_the_timeline_is_in_order_and_holds_truth_team_and_schedule(report: Report) -> None:
    times = [one.at_ms for one in report.timeline]
    assert times == sorted(times)
    assert {"truth", "team", "decision", "content", "inject", "wait", "consequence"} == {
        one.kind for one in report.timeline
    }
    assert 4 == sum(1 for one in report.timeline if one.kind == "truth")


def test_one_call_to_many_with_the_same_words_is_one_line(report: Report) -> None:
    calls = [one.what for one in report.timeline if one.what.startswith("escalated to")]
    assert any(what.count(",") >= 3 for what in calls)


def test_the_timeline_names_what_the_facilitator_did_and_has_no_key_of_the_programs() -> None:
    session = Session.rehearse(joining.find("tarn-and-tide"), seed=1)
    session.skip_to(3 * reports.MINUTE)
    session.steer("speak", target="quality-head", kind="mail", text="Two more complaints, batch 22.")
    asked = session.act("request_approval", kind="official", to=["quality-head"], text="We recall the soup.")
    session.skip_to(4 * reports.MINUTE)
    session.steer("decide", target=f"{asked.id}/quality-head", kind="approve")
    session.skip_to(200 * reports.MINUTE)
    card = score(run := session.run())
    told = list(report_of(run, card, reports.analysis(card), name="steered").timeline)
    words = [one.what for one in told if one.kind == "steering"]
    head = run.desk.name_of("quality-head")
    assert f"spoke as {head} (mail): “Two more complaints, batch 22.”" in words
    assert f"approved SML's official statement “We recall the soup.” in the place of {head}" in words
    keys = {"quality-head", asked.id, *[one.id for one in run.drill.scenario.content]}
    assert not [one for one in told if keys & set(one.what.replace("/", " ").split()) or "live-" in one.what]


def test_every_task_that_was_asked_for_has_its_reason(report: Report) -> None:
    assert [one.id for one in report.tasks] == [one.id for one in report.card.tasks if one.rating != "-"]
    assert all(one.label and one.why and one.observation for one in report.tasks)


def test_no_action_is_without_owner_and_date(report: Report) -> None:
    table = tables.improvements(report)
    column = [one.title for one in table.columns].index
    assert 2 == len(table.rows)
    for row in table.rows:
        assert all(row[column(name)] for name in ("Responsible", "Start", "Due", "Verified by", "Status"))
    assert "2026-12-06" == table.rows[0][column("Due")]
    assert "set at the hotwash" == table.rows[1][column("Due")]
    nobody = replace(report.analysis.improvements[0], role="", person="")
    made = tables.improvements(replace(report, analysis=replace(report.analysis, improvements=(nobody,))))
    assert "name somebody at the hotwash" == made.rows[0][column("Responsible")]


def test_the_fact_sheet_says_when_each_fact_was_first_said(report: Report) -> None:
    facts = reports.played("tarn-and-tide", "slow").drill.scenario
    assert len(facts.facts) + len(facts.falsehoods) == len(report.facts)
    said = [one for one in report.facts if one.said_ms >= 0]
    assert said and all(any(text.at_ms == one.said_ms for text in report.texts) for one in said)


def test_an_evaluators_mark_stands_in_the_score_sheet(report: Report) -> None:
    (line,) = (one for one in report.scores if one.id == "Sp3")
    assert ("50", "Nora Quist", "It was pinned late.") == (line.after, line.by, line.reason)
    assert ("Nora Quist",) == report.cover.evaluators


# -- the hotwash -------------------------------------------------------------------------------------------------


def test_the_questions_ask_only_what_the_program_can_work_out() -> None:
    asked = {one["when"] for one in packaged("drills.report", "hotwash.yaml")["questions"]}
    assert asked == {*hotwash.CONDITIONS, "always"}


def test_a_hotwash_begins_with_the_people_and_ends_with_what_to_change(report: Report) -> None:
    assert report.hotwash[0].text.startswith("How are you?")
    closing = [one.text for one in report.hotwash if one.dimension == "closing"]
    assert closing[0].startswith("One thing to keep, one to change in the plan, one to practise")
    order = packaged("drills.report", "hotwash.yaml")["dimensions"]
    places = [order.index(one.dimension) for one in report.hotwash]
    assert places == sorted(places), "by subject, not blow by blow"


def test_the_questions_follow_what_happened(report: Report) -> None:
    bad = {one.text.partition("?")[0]: one.hint for one in report.hotwash}
    assert "Where did we wait, and for whom" in bad and "Ada Strand" in bad["Where did we wait, and for whom"]
    assert any("who was hurt" in text for text in bad)
    assert any("come back" in text for text in bad)
    run = reports.played("cafe-lumo", "textbook")
    good = report_of(run, score(run), NOTHING).hotwash
    assert len(good) < len(report.hotwash)
    assert not any("Where did we wait" in one.text or "who was hurt" in one.text for one in good)


# -- as a whole --------------------------------------------------------------------------------------------------


def test_the_same_run_always_gives_the_same_report(report: Report) -> None:
    run = reports.played("tarn-and-tide", "slow")
    card = report.card
    assert report_of(run, card, reports.analysis(card)) == report_of(run, card, reports.analysis(card))


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_no_text_in_it_holds_what_a_terminal_obeys(name: str) -> None:
    words = CORPUS[name]
    run = reports.small(f"Ruth, {words[:120]} is not so.")
    card = score(run)
    found = reports.analysis(card)
    gap = replace(found.gaps[0], finding=words, diff=words, advice=words)
    made = report_of(run, card, replace(found, gaps=(gap,), diff=words), name=words)
    assert [] == [text for text in texts_of(made) if not is_clean(text)]


def test_a_run_that_was_cut_short_has_a_report_too() -> None:
    session = Session.rehearse(joining.from_texts({"scenario": STORY}), seed=1)
    session.skip_to(30_000)
    session.stop()
    run = session.run()
    made = report_of(run, score(run), NOTHING)
    assert "stopped early" in made.cover.ended and not made.card.complete
    assert made.summary.happened[1].startswith("It had not grown beyond that when the run was stopped")


def test_moments_are_shown_in_three_parts_everywhere(report: Report) -> None:
    shown = [cell for row in tables.events(report).rows for cell in row if cell.startswith("T+")]
    assert shown and all(re.fullmatch(r"T\+\d+:\d\d:\d\d", cell) for cell in shown)


def test_what_waiting_cost_is_told_only_where_it_is_known() -> None:
    run = reports.played("tarn-and-tide", "slow")
    card = score(run)
    asked = replace(NOTHING, as_run=74.0)
    same = html(report_of(run, card, asked))
    less = html(report_of(run, card, replace(asked, controllable=80.0)))
    assert "as run 74 · controllable the same" in same
    assert "as run 74 · controllable 80" in less and "the same work without waiting for others" in less
    marked = reports.report()  # an evaluator marked the line that waiting would change
    unknown = html(replace(marked, analysis=replace(marked.analysis, controllable=None)))
    assert "controllable the same" not in unknown


def test_a_line_without_weight_says_the_points_that_it_gave_or_took(report: Report) -> None:
    rows = {row[0]: row[3] for row in tables.scores(report).rows}
    assert "shown only" == rows["Tn9"]
    assert {"Tn8": 0.0} == {one.id: one.points for one in report.scores if one.points is not None}
    assert "0 points" == rows["Tn8"] and "" == rows["Tn10"], "Tn10 was not assessed"


def test_a_low_part_of_a_text_has_its_reason_in_the_report() -> None:
    run = reports.played("tarn-and-tide", "slow")
    card = score(run)
    said = {one.action: one for one in card.texts if one.reasons}
    assert said
    told = [line for one in report_of(run, card, NOTHING).texts for line in one.findings]
    assert all(any(reason.why in line for line in told) for one in said.values() for reason in one.reasons)
