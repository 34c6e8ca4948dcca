"""An evaluator's marks: where they go, what follows from them, and that the run's record never changes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drills import overrides
from drills.errors import DrillError
from drills.journal import EVENTS, RECORD
from drills.overrides import OVERRIDES
from drills.past import PastRun
from drills.report.content import report_of
from drills.report.files import text_of
from drills.review_score import changed, changed_lines, coverage
from drills.scoring import score, scored_with
from drills.scoring.card import Mark, Scorecard
from tests.drills.scoring.runs import CRISIS, acted, by_hand, post, reading, said, scenario, truth
from tests.drills.sessions import Clock, let, started

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ASKS = reading(acts={"asks_data": 0.9}, dimensions={"empathy": 0.5})
RUN = by_hand(
    *truth((0, 3)),
    acted(3, "flag", target="x", kind="priority"),
    post(1, "x", "harm"),
    *said(40, text="We are sorry."),
    *said(50, "reply", targets=("x",), judged=ASKS, text="Hm."),
    base=scenario(CRISIS),
)
CARD = score(RUN)
STATEMENT = CARD.texts[0].action


def marked(item: str, value: float | str | None, *more: Mark) -> Scorecard:
    return scored_with(RUN, (Mark(item, value, "because", "Nora"), *more))


def of(card: Scorecard, id_: str) -> float | None:
    return next(line.score for line in card.lines if line.id == id_)


@pytest.fixture
def past(tmp_path: Path) -> PastRun:
    """A run that has ended, on disk."""
    clock = Clock()
    session = started(tmp_path, clock)
    let(session, clock, 3)
    session.act("reply", target="ruth-asks", text="No, Ruth, it was not, and I am sorry. — Ana")
    let(session, clock, 60)
    session.close()
    return PastRun(session.path)


# -- what a mark changes -----------------------------------------------------------------------------------------


def test_without_marks_the_card_is_the_card() -> None:
    assert scored_with(RUN, ()) == CARD and CARD.before is None and CARD.changes == ()


def test_a_line_moves_its_dimension_its_task_and_the_total_and_nothing_else() -> None:
    card = marked("Sp3", 1.0)
    assert of(CARD, "Sp3") != 1.0 == of(card, "Sp3")
    assert (card.tone, card.escalation, card.conduct) == (CARD.tone, CARD.escalation, CARD.conduct)
    assert card.raw - CARD.raw == pytest.approx(0.3 * ((card.speed or 0) - (CARD.speed or 0)))
    assert ["Sp3"] == [change.item for change in card.changes if change.mark is not None]
    assert {change.item for change in card.changes} <= {"Sp3", "CT5"}
    assert card.before == CARD


def test_every_change_says_who_why_and_what_it_was() -> None:
    (change,) = (one for one in marked("Sp3", 1.0).changes if one.item == "Sp3")
    assert (change.before, change.after) == (round(100 * (of(CARD, "Sp3") or 0), 6), 100)
    assert change.mark is not None and (change.mark.by, change.mark.reason) == ("Nora", "because")


def test_a_part_of_a_text_moves_the_text_and_its_line() -> None:
    card = marked(f"{STATEMENT}.Tn1", 0.0)
    assert dict(card.texts[0].parts)["Tn1"] == 0 and card.texts[0].score < CARD.texts[0].score
    assert (of(card, "Tn1") or 0) < (of(CARD, "Tn1") or 0)
    assert [f"{STATEMENT}.Tn1", f"{STATEMENT}.Tone", "Tn1"] == [one.item for one in card.changes][:3]


def test_a_part_that_does_not_apply_can_be_given_and_one_that_does_taken_out() -> None:
    assert "Tn6" in dict(CARD.texts[0].parts)
    without = marked(f"{STATEMENT}.Tn6", None)
    assert "Tn6" not in dict(without.texts[0].parts) and of(without, "Tn6") is None
    assert "Tn6" in dict(scored_with(RUN, (Mark(f"{CARD.texts[1].action}.Tn6", 0.5, "r", "b"),)).texts[1].parts)


def test_a_mark_on_the_line_stands_over_one_on_a_part() -> None:
    assert of(marked("Tn1", 0.9, Mark(f"{STATEMENT}.Tn1", 0.0, "r", "b")), "Tn1") == 0.9


def test_a_line_that_is_marked_not_assessed_counts_neither_way() -> None:
    lines = [line for line in CARD.lines if line.dimension == "speed" and line.id != "Sp3" and line.score is not None]
    rest = sum(line.weight * (line.score or 0) for line in lines) / sum(line.weight for line in lines)
    assert marked("Sp3", None).speed == pytest.approx(100 * rest)


def test_a_gate_is_opened_shut_or_given_another_cap() -> None:
    assert {gate.id: gate.cap for gate in CARD.gates} == {"G-PII": 60, "G-UNDER": 65}
    assert [gate.id for gate in marked("G-PII", "open").gates] == ["G-UNDER"]
    assert {gate.id: gate.cap for gate in marked("G-PII", 20.0).gates}["G-PII"] == 20
    (lied,) = (gate for gate in marked("G-LIE", None).gates if gate.id == "G-LIE")
    assert (lied.cap, lied.why) == (49, "Shut by Nora: because")
    assert marked("G-LIE", 10.0).total == 10


def test_the_gates_keep_their_order() -> None:
    assert [gate.id for gate in marked("G-HIDE", None).gates] == ["G-PII", "G-HIDE", "G-UNDER"]


def test_a_task_takes_its_letter_and_moves_nothing() -> None:
    card = marked("CT5", "P")
    assert next(task.rating for task in card.tasks if task.id == "CT5") == "P"
    assert (card.total, card.raw) == (CARD.total, CARD.raw)


def test_a_first_word_that_was_marked_is_not_taken_apart_for_waiting() -> None:
    assert marked("Sp3", 0.2).controllable is None


def test_half_a_mark_for_listening_costs_half_of_its_points() -> None:
    whole, half = marked("Tn8", 0.0), marked("Tn8", 0.5)
    assert (half.tone or 0) - (whole.tone or 0) == pytest.approx(5)


def test_the_last_mark_on_an_item_stands() -> None:
    assert of(marked("Sp3", 0.1, Mark("Sp3", 0.7, "second thoughts", "Nora")), "Sp3") == 0.7


# -- the file ----------------------------------------------------------------------------------------------------


def add(past: PastRun, item: str, value: str, reason: str = "the form was down", by: str = "Nora") -> None:
    key = past.run.fingerprint
    overrides.mark(past.path, key, overrides.given(past.scorecard(), item, value, reason, by, NOON))


def test_a_mark_is_kept_beside_the_record_which_stays_as_it_was(past: PastRun) -> None:
    before = {name: (past.path / name).read_bytes() for name in (RECORD, EVENTS)}
    add(past, "sp1", "40")
    assert before == {name: (past.path / name).read_bytes() for name in (RECORD, EVENTS)}
    again = PastRun(past.path).scorecard()
    assert of(again, "Sp1") == 0.4
    assert again.before == past.scorecard()
    assert changed(again, "Sp1") == "now 40, 100 as scored; Nora: the form was down"
    assert (past.path / OVERRIDES).stat().st_mode & 0o777 == 0o600


def test_the_file_only_grows_and_a_mark_that_was_taken_back_stays_in_it(past: PastRun) -> None:
    add(past, "Sp1", "40")
    first = (past.path / OVERRIDES).read_bytes()
    undone = overrides.undo(past.path, past.run.fingerprint, "Sp1", by="Ana", reason="", at="later")
    assert undone.value == 0.4
    assert (past.path / OVERRIDES).read_bytes().startswith(first)
    assert [False, True] == [entry.undone for entry in overrides.entries(past.path, past.run.fingerprint)]
    assert PastRun(past.path).scorecard() == past.scorecard()
    with pytest.raises(DrillError, match="no override of Sp1 stands"):
        overrides.undo(past.path, past.run.fingerprint, "Sp1", by="Ana", reason="", at="later")


def test_a_torn_line_is_lost_alone_and_a_forged_one_is_refused(past: PastRun) -> None:
    add(past, "Sp1", "40")
    path = past.path / OVERRIDES
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"kind":"mark","item":"Sp2","val')
    assert of(PastRun(past.path).scorecard(), "Sp1") == 0.4
    add(past, "Sp2", "10")
    assert len(overrides.standing(past.path, past.run.fingerprint)) == 2
    path.write_bytes(path.read_bytes().replace(b"0.4", b"0.9"))
    with pytest.raises(DrillError, match="damaged"):
        PastRun(past.path)


def test_a_file_that_was_cut_before_its_first_line_is_begun_anew(past: PastRun) -> None:
    (past.path / OVERRIDES).write_bytes(b'{"kind":"hea')
    assert PastRun(past.path).scorecard().before is None
    add(past, "Sp1", "40")
    assert of(PastRun(past.path).scorecard(), "Sp1") == 0.4


def test_marks_of_another_run_are_refused(past: PastRun) -> None:
    overrides.mark(past.path, "another", Mark("Sp1", 0.4, "r", "b", "at"))
    with pytest.raises(DrillError, match="belong to another run"):
        PastRun(past.path)


@pytest.mark.parametrize(
    ("item", "value", "wrong"),
    [
        ("Sp9", "40", "no item 'Sp9'"),
        ("", "40", "no item ''"),
        ("2.Tn1", "40", "no text '2'"),
        ("0.Tn1", "40", "no text '0'"),
        ("1.Sp1", "40", "no part 'Sp1'"),
        ("1.Tn8", "40", "no part 'Tn8'"),
        ("Sp1", "101", "can't be '101'"),
        ("Sp1", "-1", "can't be '-1'"),
        ("Sp1", "nan", "can't be 'nan'"),
        ("Sp1", "5/4", "can't be '5/4'"),
        ("Sp1", "3/0", "can't be '3/0'"),
        ("Sp1", "P", "can't be 'P'"),
        ("CT1", "70", "can't be '70'"),
        ("G-LIE", "P", "can't be 'P'"),
        ("G-LIE", "-", "can't be '-'"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_would(past: PastRun, item: str, value: str, wrong: str) -> None:
    with pytest.raises(DrillError, match=wrong):
        add(past, item, value)
    assert not (past.path / OVERRIDES).exists()


@pytest.mark.parametrize(("reason", "by"), [("", "Nora"), (" \x1b[31m ", "Nora"), ("x" * 501, "Nora"), ("why", " ")])
def test_a_mark_needs_a_reason_and_somebody_who_stands_for_it(past: PastRun, reason: str, by: str) -> None:
    with pytest.raises(DrillError):
        add(past, "Sp1", "40", reason, by)


@pytest.mark.parametrize(
    ("item", "typed", "value"),
    [
        ("Sp1", "62.5", 0.625), ("Sp1", "3/4", 0.75), ("Sp1", "-", None), ("Sp1", "0", 0.0), ("CT1", "s", "S"),
        ("CT1", "-", "-"), ("G-LIE", "Open", "open"), ("G-LIE", "shut", None), ("G-LIE", "30", 30.0),
    ],
)  # fmt: skip
def test_what_is_typed_and_what_it_means(item: str, typed: str, value: object) -> None:
    assert overrides.value_of(item, typed) == value


def test_a_text_is_named_by_its_number_or_by_its_action(past: PastRun) -> None:
    card = past.scorecard()
    action = card.texts[0].action
    assert {f"{action}.Tn3"} == {overrides.item_of(card, item) for item in ("1.tn3", "1:Tn3", f"{action}.Tn3")}


# -- how it is shown ---------------------------------------------------------------------------------------------


def test_the_report_shows_both(past: PastRun) -> None:
    add(past, "Sp1", "40")
    add(past, "1.Tn3", "0", "that *was* an excuse")
    again = PastRun(past.path)
    report = report_of(again.run, again.scorecard(), again.analysis(), name=again.path.name)
    text = text_of(report, "md")
    assert "that \\*was\\* an excuse" in text and "Nora" in text
    data = json.loads(text_of(report, "json"))["scorecard"]
    assert data["before"]["total"] == past.scorecard().total != data["total"]
    assert {"Sp1"} < {change["item"] for change in data["changes"]}


def test_what_was_changed_is_listed_with_the_totals() -> None:
    told = list(changed_lines(marked("Sp3", 1.0)))
    assert told[0].startswith("Sp3 First public word where it started: ") and told[0].endswith("→ 100, Nora: because")
    assert told[-1].endswith("as scored.")
    assert ["No override stands."] == [line[:19] for line in changed_lines(CARD)]


def test_the_coverage_names_what_was_not_assessed() -> None:
    told = coverage(CARD)
    left_out = [line for line in CARD.lines if line.score is None]
    assert told.startswith(f"Assessed {len(CARD.lines) - len(left_out)} of {len(CARD.lines)} lines; not assessed: ")
    assert all(line.title.lower() in told and line.id not in told for line in left_out)
    whole = replace(CARD, lines=tuple(line for line in CARD.lines if line.score is not None))
    assert coverage(whole) == f"Assessed {len(whole.lines)} of {len(whole.lines)} lines."


def test_the_coverage_warns_where_next_to_nothing_was_assessed() -> None:
    lines = tuple(replace(line, score=line.score if number < 3 else None) for number, line in enumerate(CARD.lines))
    assert coverage(replace(CARD, lines=lines)).startswith("Too little happened for the total to say much. Assessed ")
