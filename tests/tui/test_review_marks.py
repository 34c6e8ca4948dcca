"""An evaluator's own word from the review: who may give one, what it takes, and that it stands in review and report."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.widgets import Input

from drills import overrides
from drills.errors import DrillError
from drills.journal import RECORD, SEAT
from drills.past import PastRun
from drills.report.files import export
from tests.drills.sessions import Clock, let, started
from tests.tui.desk_pilot import screen_text
from tests.tui.stage import Stage
from tui.app import StormdrillApp
from tui.screens.lobby import LobbyScreen
from tui.screens.review import ReviewScreen
from tui.screens.review_marks import MarkForm
from tui.widgets.folds import Folds


def played(folder: Path, *, led: bool = True) -> PastRun:
    """A run that has ended, `led` by somebody who noted how a task went."""
    clock = Clock()
    session = started(folder, clock)
    let(session, clock, 3)
    session.act("reply", target="ruth-asks", text="No, Ruth, it was not, and I am sorry. — Ana")
    if led:
        session.steer("observe", text="Saw it at once.", kind="CT2", subject="P")
    let(session, clock, 60)
    session.close()
    return PastRun(session.path)


def marks(run: PastRun) -> list[overrides.Mark]:
    return list(overrides.standing(run.path, run.run.fingerprint))


def stage(run: PastRun, *, marking: bool = True) -> Stage:
    return Stage(lambda: ReviewScreen(run, marking=marking, luck=lambda *_: None))


async def fill(pilot, **typed: str) -> None:  # type: ignore[no-untyped-def]
    """Write these into the form's lines, as somebody who types them."""
    for name, text in typed.items():
        field = pilot.app.screen.query_one(f"#{name}", Input)
        field.value = ""
        field.insert_text_at_cursor(text)
    await pilot.pause()


async def test_m_overrides_the_line_under_the_cursor_and_the_total_follows(tmp_path: Path) -> None:
    run = played(tmp_path)
    before, record = run.scorecard(), (run.path / RECORD).read_bytes()
    app = stage(run)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.press("2", "j", "enter", "m")
        await pilot.pause()
        assert isinstance(app.screen, MarkForm)
        await fill(pilot, score="100", reason="the form was down", by="Nora")
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
        assert isinstance(app.screen, ReviewScreen) and app.screen.pane == "scores"
        (mark,) = marks(run)
        assert (mark.value, mark.reason, mark.by) == (1.0, "the form was down", "Nora")
        assert app.screen.query_one("#scores", Folds).highlighted_option.id == mark.item  # type: ignore[union-attr]
        assert f"{int(before.total)} as scored" in screen_text(app)
        assert "as scored; Nora: the form was down" in " ".join(screen_text(app).split())
    assert (run.path / RECORD).read_bytes() == record
    assert "Nora: the form was down" in export(run.path, form="md").read_text("utf-8")


async def test_a_task_takes_the_rating_that_was_noted_while_it_was_played(tmp_path: Path) -> None:
    run = played(tmp_path)
    app = stage(run)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.press("5", "j", "m")
        await pilot.pause()
        assert "You noted at T+0:03:00: Saw it at once." in screen_text(app)
        await fill(pilot, by="Nora")
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
    (mark,) = marks(run)
    assert (mark.item, mark.value, mark.reason) == ("CT2", "P", "Saw it at once.")


async def test_a_mark_is_taken_back_and_both_are_kept(tmp_path: Path) -> None:
    run = played(tmp_path)
    app = stage(run)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.press("2", "m")
        await pilot.pause()
        await fill(pilot, score="3/4", reason="seen otherwise", by="Nora")
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
        assert len(marks(run)) == 1
        await pilot.press("m")
        await pilot.pause()
        await pilot.press("right")
        await fill(pilot, reason="I was wrong")
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
        assert "as scored" not in screen_text(app)
    assert marks(run) == []
    assert [one.undone for one in overrides.entries(run.path, run.run.fingerprint)] == [False, True]


async def test_of_a_text_one_part_is_chosen(tmp_path: Path) -> None:
    run = played(tmp_path)
    text = run.scorecard().texts[0]
    app = stage(run)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.press("3", "m")
        await pilot.pause()
        assert "Which part of this text?" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        await fill(pilot, score="-", reason="it was agreed beforehand", by="Nora")
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
    (mark,) = marks(run)
    assert mark.item == f"{text.action}.{text.parts[0][0]}" and mark.value is None


async def test_the_form_stays_open_until_it_can_stand_and_says_what_is_wrong(tmp_path: Path) -> None:
    run = played(tmp_path)
    app = stage(run)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.press("2", "m")
        await pilot.pause()
        for typed, said in (
            ({"score": "120", "reason": "why not", "by": "Nora"}, "it takes 0 to 100"),
            ({"score": "60", "reason": "", "by": "Nora"}, "an override needs a reason"),
            ({"score": "60", "reason": "why not", "by": ""}, "an override needs somebody who stands for it"),
        ):
            await fill(pilot, **typed)
            await pilot.press("ctrl+s")
            await pilot.pause()
            assert isinstance(app.screen, MarkForm) and said in screen_text(app)
        await pilot.press("escape", "m")
        await pilot.pause()
        assert app.screen.query_one("#reason", Input).value == "why not"
        await pilot.press("escape")
    assert marks(run) == []


async def test_where_nothing_is_judged_it_says_where_to_go(tmp_path: Path) -> None:
    app = stage(played(tmp_path))
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.press("4", "m")
        await pilot.pause(0.1)
        assert "Go to what you would judge otherwise" in screen_text(app)


@pytest.mark.parametrize(("led", "seat", "offered"), [
    (True, "", True), (True, "FAC", True), (True, "SML", False), (True, "OBS", False), (False, "", False),
])  # fmt: skip
async def test_only_who_led_is_offered_it(tmp_path: Path, led: bool, seat: str, offered: bool) -> None:
    run = played(tmp_path, led=led)
    if seat:
        (run.path / SEAT).write_text(seat, "utf-8")
    app = StormdrillApp()
    async with app.run_test(size=(100, 30)) as pilot:
        while not isinstance(app.screen, LobbyScreen):
            await pilot.pause(0.02)
        app.open_review(run.path)
        await pilot.pause(0.1)
        assert isinstance(app.screen, ReviewScreen)
        assert ("m Override" in screen_text(app)) is offered
        await pilot.press("2", "m")
        await pilot.pause()
        assert isinstance(app.screen, MarkForm) is offered


def test_a_run_that_was_marked_elsewhere_meanwhile_keeps_both_marks(tmp_path: Path) -> None:
    run = played(tmp_path)
    other = PastRun(run.path)
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    other.mark("Sp1", "50", "late", "Ben", noon)
    run.mark("CT2", "M", "long", "Nora", noon)
    assert {one.item for one in marks(run)} == {"Sp1", "CT2"}
    with pytest.raises(DrillError, match="no override of CT3"):
        run.take_back("CT3", "", "Nora", noon)
