"""The review's timeline, its plan, and the way from it to a new run."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from drills.errors import DrillError
from drills.gaps.model import Analysis
from drills.ghost import Ghost
from drills.origin import Origin
from drills.retry import retry
from drills.review_chart import mark
from drills.review_steps import Steps
from drills.session import Session
from tests.drills.sessions import Clock, let, started
from tests.tui import fakes_review as fakes
from tests.tui.desk_pilot import come, impatient
from tests.tui.stage import Stage, text_of
from tui.app import StormdrillApp
from tui.screens.desk import DeskScreen
from tui.screens.dialogs import ConfirmDialog
from tui.screens.lobby import LobbyScreen
from tui.screens.review import ReviewScreen
from tui.screens.review_plan import PlanPane
from tui.screens.review_step import sign, step_page
from tui.screens.review_timeline import Timeline

MINUTE = 60_000


class Asked(Stage):
    """A stage that notes from where somebody wants to try again."""

    def retry_run(self, path: Path, *, at_ms: int | None, action: str) -> None:
        self.asked.append(("retry", path, at_ms, action))


def review(
    session: fakes.FakeSession | None = None, *, ghost: Ghost | None = None, analysis: Analysis = fakes.ANALYSIS
) -> Asked:
    def made() -> ReviewScreen:
        return ReviewScreen(
            session or fakes.FakeSession(), analyse=lambda _: analysis, ghost=lambda _: ghost, luck=lambda *_: None
        )

    return Asked(made)


def timeline(app: Stage) -> Timeline:
    return app.screen.query_one(Timeline)


def timeline_steps() -> Steps:
    session = fakes.FakeSession()
    return Steps(session.log(), session.desk)


def words(app: Stage) -> str:
    return " ".join(text_of(app).split())


# -- the timeline ------------------------------------------------------------------------------------------------


def test_a_step_has_the_sign_that_the_chart_has_for_it() -> None:
    steps = timeline_steps()
    did = [one for one in steps.all if one.action is not None]
    assert {"◆", "▲", "●"} <= {sign(one)[0] for one in did}
    assert [mark(one.action) for one in did if one.action] == [sign(one)[0] for one in did]


async def test_left_and_right_step_through_what_came_and_what_was_done() -> None:
    app = review()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("4")
        await pilot.pause()
        many = len(timeline(app).steps.all)
        assert f"1 of {many}" in text_of(app)
        seen = []
        for _ in range(many + 1):
            step = timeline(app).step
            assert step is not None
            seen.append(step)
            await pilot.press("right")
        assert seen[-1] == seen[-2] == timeline(app).steps.all[-1], "it stays at the last"
        assert [one.at_ms for one in seen] == sorted(one.at_ms for one in seen)
        assert {"came", "did", "content"} <= {one.kind for one in seen}
        await pilot.press("left")
        await pilot.pause()
        assert f"{many - 1} of {many}" in text_of(app)


async def test_with_shift_only_what_the_team_did_is_stepped_through() -> None:
    app = review()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("4")
        keys = []
        for _ in range(3):
            await pilot.press("shift+right")
            step = timeline(app).step
            assert step is not None and step.kind == "did"
            keys.append(step.key)
        assert [action.id for action in fakes.desk().actions][:3] == keys
        await pilot.press("shift+left")
        step = timeline(app).step
        assert step is not None and keys[1] == step.key


async def test_a_step_tells_what_was_seen_said_and_what_came_of_it() -> None:
    app = review()
    async with app.run_test(size=(120, 90)) as pilot:
        await pilot.press("4", "enter")
        number = next(at for at, one in enumerate(timeline(app).steps.all) if one.key == "a4")
        timeline(app).go(number)
        await pilot.pause()
        shown = words(app)
        for told in ("T+0:12:30", "you answered", "you saw", "1 message waiting", "you said L3",
                     "Your words", "What would do better", "→ Say: I am sorry the soup was cold.", "What came of it",
                     "@nora", "What it scored", "First public word where it started"):  # fmt: skip
            assert told in shown
        assert "posts and shares a minute" not in shown, "enter gives the step the whole pane"
        await pilot.press("escape")
        await pilot.pause()
        assert "posts and shares a minute" in words(app)


async def test_what_was_seen_then_holds_nothing_of_later() -> None:
    steps = fakes.FakeSession()
    found = Timeline(steps, steps.card, id="t").steps
    first = found.all[0]
    assert (0, 15, None) == (first.seen.waiting, first.seen.anger, first.seen.level)
    last = found.all[-1]
    assert last.seen.anger > 15 or last.seen.level is not None


async def test_the_cursor_stands_on_the_axis_and_a_click_moves_it() -> None:
    app = review()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("4")
        await pilot.pause()
        before = timeline(app).number
        axis = next(row for row in text_of(app).splitlines() if not row.strip("↑ 0123456789min") and "30" in row)
        assert 1 == axis.count("↑")
        await pilot.click("Course", offset=(60, 5))
        await pilot.pause()
        assert timeline(app).number > before


async def test_the_run_before_is_drawn_behind_this_one() -> None:
    async def marks(ghost: Ghost | None) -> int:
        app = review(ghost=ghost)
        async with app.run_test(size=(100, 40)) as pilot:
            await pilot.press("4")
            await app.workers.wait_for_complete()
            await pilot.pause()
            return sum(map(text_of(app).count, "╌╍"))

    assert 0 == await marks(None)
    assert 20 < await marks(fakes.GHOST)


@pytest.mark.parametrize("width", [30, 60, 100])
def test_no_line_of_a_step_is_wider_than_told(width: int) -> None:
    session = fakes.FakeSession()
    steps = Timeline(session, session.card, id="t").steps
    for number in range(len(steps.all)):
        page = step_page(steps, number, session.card, width)
        assert all(line.cell_length <= width for line in page.split("\n"))


def test_a_run_in_which_nothing_happened_has_no_step() -> None:
    session = fakes.FakeSession(desk=fakes.desk([]), story=[])
    steps = Timeline(session, session.card, id="t").steps
    assert () == steps.all
    assert "Nothing happened." == step_page(steps, 0, session.card, 60).plain


# -- the plan ----------------------------------------------------------------------------------------------------


async def test_the_plan_tells_gaps_people_waits_changes_and_what_stuck() -> None:
    app = review()
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("8")
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = words(app)
        for told in ("Where the plan does not hold 2 gaps", "+ Unreachable role", "file and run · again",
                     "+ Classify and reclassify training gap M", "plan gap S", "5m00s before your first public word",
                     "Ada Strand: answer to a call", "+ Unreachable role Ada Strand, by 5 February 2026",
                     "Did the last fix stick? 1 came back", "+ Stop scheduled content came back"):  # fmt: skip
            assert told in shown
        happened, might = shown.index("Unreachable role"), shown.index("Approval chain too slow")
        assert happened < might, "what happened comes before what only might"
        await pilot.press("j", "enter")
        await pilot.pause()
        for told in ("takes 40 min to be approved", "→ Let somebody approve", "- after: 40m", "+ after: 10m",
                     "PG-01 · line 12 of the plan · the file says so · medium confidence · by S1-22"):  # fmt: skip
            assert told in words(app)


async def test_a_plan_without_fault_is_told_as_such() -> None:
    nothing = Analysis((), (), (), (), (), 0, 80.0, None, "")
    app = review(analysis=nothing)
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("8")
        await app.workers.wait_for_complete()
        await pilot.pause()
        for told in ("Nothing was found", "Nobody kept you waiting", "No earlier run of this drill"):
            assert told in words(app)


async def test_the_review_does_not_wait_for_the_plan() -> None:
    ready = threading.Event()

    def slow(_: Path) -> Analysis:
        assert ready.wait(10)
        return fakes.ANALYSIS

    app = Asked(lambda: ReviewScreen(fakes.FakeSession(), analyse=slow, ghost=lambda _: None, luck=lambda *_: None))
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("8")
        await pilot.pause()
        assert "Comparing the plan" in text_of(app)
        ready.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        plan = app.screen.query_one(PlanPane)
        assert plan.folds is not None and plan.folds.has_focus, "whoever waited there can go on with the keys"


async def test_a_plan_that_cannot_be_compared_says_why() -> None:
    def no(_: Path) -> Analysis:
        raise DrillError("this run has no record")

    app = Asked(lambda: ReviewScreen(fakes.FakeSession(), analyse=no, ghost=lambda _: None, luck=lambda *_: None))
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("8")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "can't be compared with this run: this run has no record" in words(app)


# -- try again ---------------------------------------------------------------------------------------------------


async def test_y_tries_again_from_just_before_what_was_done() -> None:
    app = review()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("4", "shift+right", "shift+right", "y")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmDialog)
        assert "At that moment you said this was L3" in app.screen.text
        await pilot.press("n")
        await pilot.pause()
        assert [] == app.asked
        step = timeline(app).step
        await pilot.press("y", "y")
        await pilot.pause()
        assert step is not None and step.action is not None
        assert [("retry", Path("run"), step.at_ms, step.action.id)] == app.asked


async def test_y_in_own_words_goes_back_to_before_that_text() -> None:
    app = review()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("3", "j", "y", "y")
        await pilot.pause()
        assert [("retry", Path("run"), 22 * MINUTE, "a5")] == app.asked


async def test_y_elsewhere_goes_to_where_one_can_choose() -> None:
    app = review()
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.press("y")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen) and "timeline" == app.screen.pane
        assert ["← and → choose the moment, then y tries again from it."] == [n.message for n in app._notifications]


async def test_a_retry_says_that_it_is_one() -> None:
    app = review(fakes.FakeSession(origin=Origin("20260105-100000-cafe-lumo", 12 * MINUTE, "a4")))
    async with app.run_test(size=(120, 80)) as pilot:
        await pilot.pause()
        head = "\n".join(text_of(app).splitlines()[:2])
        assert "Tried again" in head and "from T+0:12:00" in head
        assert "A retry of the run of 5 January 2026, 10:00, from T+0:12:00" in words(app)
        assert "no measure of the team or the plan" in words(app)


async def _reviewed(tmp_path: Path) -> tuple[StormdrillApp, Session]:
    clock = Clock()
    session = started(tmp_path, clock)
    let(session, clock, 3)
    session.act("sweep")
    session.skip_to(session.ends_ms)
    session.close()
    return StormdrillApp(home=tmp_path), session


async def test_from_the_review_one_is_at_the_desk_of_the_new_run(tmp_path: Path) -> None:
    app, old = await _reviewed(tmp_path)
    with impatient():
        async with app.run_test(size=(100, 40)) as pilot:
            await come(pilot, LobbyScreen)
            app.open_review(old.path)
            await pilot.pause()
            await pilot.press("4", "shift+right", "y", "y")
            for _ in range(20):
                await pilot.pause()
                if isinstance(app.screen, DeskScreen):
                    break
            assert isinstance(app.screen, DeskScreen)
            session = app.screen.session
            assert session.paused and not session.desk.actions
            assert session.path != old.path and session.path.parent == old.path.parent
            assert [LobbyScreen, DeskScreen] == [type(screen) for screen in app.screen_stack[1:]]


async def test_without_a_lobby_the_new_run_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    _, old = await _reviewed(tmp_path)
    app = StormdrillApp(session=Session.resume(old.path))
    with impatient():
        async with app.run_test(size=(100, 40)) as pilot:
            await pilot.pause()
            app.open_review(old.path)
            await pilot.pause()
            app.retry_run(old.path, at_ms=2 * MINUTE, action="")
            await pilot.pause()
            assert [DeskScreen] == [type(screen) for screen in app.screen_stack[1:]]
            assert app.session is not None and 2 * MINUTE == app.session.now_ms
            assert old.path != app.session.path


async def test_a_moment_from_which_nothing_can_be_tried_is_told(tmp_path: Path) -> None:
    app, old = await _reviewed(tmp_path)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.pause()
        app.open_review(old.path)
        await pilot.pause()
        app.retry_run(old.path, at_ms=old.ends_ms, action="")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert any("no moment" in note.message for note in app._notifications)


# -- the ghost at the desk ---------------------------------------------------------------------------------------


async def _desk(tmp_path: Path, *keys: str, coach: str = "ask", size: tuple[int, int] = (100, 40)) -> str:
    """The desk of a retry, whose old run is its ghost, after some keys."""
    _, old = await _reviewed(tmp_path)
    clock = Clock()
    new = retry(old.path, tmp_path / "runs", action="a1")
    session = Session.resume(new, clock=clock)
    session.coach = coach
    app = StormdrillApp(session=session)
    with impatient():
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete()
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            return words(app)


async def test_the_desk_says_where_the_last_run_stood(tmp_path: Path) -> None:
    assert "Your last run at this moment: no level yet, nothing said yet, anger" in await _desk(tmp_path)


async def test_the_key_hides_it(tmp_path: Path) -> None:
    assert "Your last run at this moment" not in await _desk(tmp_path, "equals_sign")


@pytest.mark.parametrize(("coach", "size"), [("off", (100, 40)), ("ask", (80, 24))])
async def test_in_an_assessment_and_on_a_small_screen_it_is_asked_for(
    tmp_path: Path, coach: str, size: tuple[int, int]
) -> None:
    assert "Your last run at this moment" not in await _desk(tmp_path, coach=coach, size=size)
    (tmp_path / "again").mkdir()
    assert "Your last run at this moment" in await _desk(tmp_path / "again", "equals_sign", coach=coach, size=size)


async def test_without_a_run_before_there_is_no_line(tmp_path: Path) -> None:
    clock = Clock()
    app = StormdrillApp(session=started(tmp_path, clock))
    with impatient():
        async with app.run_test(size=(100, 40)) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.press("equals_sign")
            await pilot.pause()
            assert "Your last run at this moment" not in words(app)
            assert "You have not finished this drill with this luck before." in words(app)
