"""The review: what it shows where, what its keys do, and that nothing in it can harm the screen."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from drills.bands import Band, Bands
from drills.errors import DrillError
from drills.scoring.card import Change, Evidence, Line, Mark, Reason, Scorecard
from drills.why import Reasons
from engine.events import Shared
from engine.reading import Finding, Reading
from scenarios.text import FORBIDDEN
from tests.hostile import CORPUS
from tests.tui import fakes_review as fakes
from tests.tui.desk_pilot import impatient
from tests.tui.stage import Stage, text_of
from tui.screens.review import ReviewScreen
from tui.screens.review_tabs import PANES, PUBLIC, TEAM
from tui.screens.review_timeline import Timeline
from tui.screens.review_why import Posts, why_page
from tui.screens.review_words import Words, marked, text_page
from tui.widgets.folds import Folds


def review(session: fakes.FakeSession | None = None) -> Stage:
    return Stage(lambda: ReviewScreen(session or fakes.FakeSession()))


def pane(app: Stage) -> str:
    assert isinstance(app.screen, ReviewScreen)
    return app.screen.pane


@pytest.mark.parametrize("size", [(80, 24), (120, 34), (160, 45)])
async def test_the_head_says_total_rating_and_the_four_scores(size: tuple[int, int]) -> None:
    app = review()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        head = "\n".join(text_of(app).splitlines()[:4])
        for word in ("EXERCISE", "65", "M", "performed with major challenges", "67 uncapped", "71 without",
                     "96", "61", "48", "55"):  # fmt: skip
            assert word in head


async def test_the_summary_has_gates_strengths_areas_and_consequences() -> None:
    app = review()
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        shown = text_of(app)
        for word in ("! Over-reaction, at most 65", "Went well", "First public word", "Work on", "Level over time",
                     "Stay at L1", "thirty people"):  # fmt: skip
            assert word in shown


async def test_numbers_and_tab_go_from_pane_to_pane() -> None:
    app = review()
    async with app.run_test(size=(80, 24)) as pilot:
        for number, name in enumerate(PANES, 1):
            await pilot.press(str(number))
            assert name == pane(app)
        await pilot.press("tab")
        assert "summary" == pane(app)
        await pilot.press("shift+tab")
        assert "plan" == pane(app)


async def test_a_click_on_its_name_opens_a_pane() -> None:
    app = review()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click("#tabs", offset=(28, 0))
        await pilot.pause()
        assert "words" == pane(app)


async def test_enter_opens_a_line_to_why_when_better_and_source() -> None:
    app = review()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "j", "j", "j", "j", "j")
        assert "Name the cold soup" not in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        shown = text_of(app)
        for word in ("what happened to her is not", "T+0:12:30", "Name the cold soup", "weight 20 · Tn1, by S0-18"):
            assert word in shown
        await pilot.press("enter")
        await pilot.pause()
        assert "Name the cold soup" not in text_of(app)


async def test_a_line_that_was_not_assessed_says_so() -> None:
    app = review()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "j", "j", "j", "j", "enter")
        await pilot.pause()
        assert "Not assessed: no update was promised." in text_of(app)


async def test_own_words_are_marked_explained_and_set_beside_a_better_text() -> None:
    app = review()
    async with app.run_test(size=(120, 34)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        row = next(line for line in text_of(app).splitlines() if "Hi Nora, sorry if you feel¹" in line)
        assert "Hi Nora, I am sorry that your soup" in row
        assert "→ Say: I am sorry the soup was cold." in text_of(app)
        await pilot.press("enter", "n")
        await pilot.pause()
        assert "2 of 2" in text_of(app)
        assert "Filler without an action" in text_of(app)
        row = next(line for line in text_of(app).splitlines() if "We take this very seriously¹" in line)
        assert "→ Say what you do, and by when." in row, "where there is no model, what the judge asks for stands there"
        await pilot.press("escape")
        assert app.focused is not None
        assert "1" == getattr(getattr(app.focused, "highlighted_option", None), "id", "")


async def test_tasks_open_to_their_evidence() -> None:
    app = review()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "enter")
        await pilot.pause()
        assert "Performed without challenges. Done at once" in text_of(app)


async def test_a_large_window_shows_all_panes_and_z_makes_one_bigger() -> None:
    app = review()
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        assert [*TEAM] == [name for name in PANES if app.screen.query_one(f"#{name}").display]
        assert "Bigger" in text_of(app)
        await pilot.press("6")
        await pilot.pause()
        assert [*PUBLIC] == [name for name in PANES if app.screen.query_one(f"#{name}").size.width > 0]
        await pilot.press("2", "z")
        await pilot.pause()
        assert ["scores"] == [name for name in PANES if app.screen.query_one(f"#{name}").size.width > 0]
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Bigger" not in text_of(app)


async def test_rows_are_laid_out_anew_when_the_window_changes() -> None:
    app = review()
    async with app.run_test(size=(120, 34)) as pilot:
        await pilot.press("2", "enter")
        await pilot.resize_terminal(70, 24)
        await pilot.pause()
        await pilot.pause()
        folds = app.screen.query_one("#scores", Folds)
        assert max(len(line) for line in str(folds.get_option("Sp1").prompt).splitlines()) <= folds.room


@pytest.mark.parametrize(("key", "form"), [("p", "html"), ("m", "md"), ("w", "xlsx"), ("d", "json")])
async def test_x_writes_the_report_and_says_where(tmp_path: Path, key: str, form: str) -> None:
    asked: list[tuple[Path, str]] = []

    def export(folder: Path, _: Bands | None, form: str) -> Path:
        asked.append((folder, form))
        return folder / f"EXERCISE_report.{form}"

    app = Stage(lambda: ReviewScreen(fakes.FakeSession(path=tmp_path), export=export))
    async with app.run_test(size=(120, 34), notifications=True) as pilot:
        await pilot.press("x")
        await pilot.pause()
        assert [] == asked, "it is asked for as what first"
        await pilot.press(key)
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert [(tmp_path, form)] == asked
        assert [str(tmp_path / f"EXERCISE_report.{form}")] == [note.message for note in app._notifications]


async def test_esc_writes_no_report(tmp_path: Path) -> None:
    def export(*_: Any) -> Path:
        raise AssertionError("nobody asked")

    app = Stage(lambda: ReviewScreen(fakes.FakeSession(path=tmp_path), export=export))
    async with app.run_test(size=(120, 34), notifications=True) as pilot:
        await pilot.press("x", "escape")
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert "summary" == pane(app) and [] == list(app._notifications)


async def test_an_export_that_fails_is_told(tmp_path: Path) -> None:
    app = review(fakes.FakeSession(path=tmp_path / "gone" / "run"))
    async with app.run_test(size=(120, 34), notifications=True) as pilot:
        await pilot.press("x", "p")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert ["error"] == [note.severity for note in app._notifications]


async def test_q_goes_back_to_the_lobby() -> None:
    app = review()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
        await pilot.pause()
    assert [None] == app.answer


async def test_a_stopped_run_is_shown_so_far() -> None:
    app = review(fakes.stopped())
    async with app.run_test(size=(120, 34)) as pilot:
        await pilot.pause()
        assert "stopped early, T+0:05:00" in text_of(app)
        assert "so far; tone, escalation and conduct not assessed" in text_of(app)
        await pilot.press("3")
        await pilot.pause()
        assert "You wrote nothing" in text_of(app)


async def test_why_says_what_moved_the_public_in_our_own_words() -> None:
    app = review()
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.press("6")
        await pilot.pause()
        shown = text_of(app)
        for word in ("The soup was cold", "anger 15 → 15, highest 69 at T+0:30:00", "+18.0", "your half apology",
                     "T+0:12:30", "“Hi Nora, sorry if you", "silence", "Where it came from",
                     "2 posts       1 share", "Posts were seen 650 times", "@nora"):  # fmt: skip
            assert word in shown
        assert "ordinary traffic" not in shown.replace("ordinary traffic\n", "")


async def test_a_post_tells_why_it_is_here() -> None:
    app = review()
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("7", "j", "j", "j")
        await pilot.pause()
        shown = " ".join(text_of(app).split())
        assert "Why is this here?" in shown
        for word in ("T+0:12:30 ↑ we said on Rateo", "■ the team answered @nora", "2 likes"):
            assert word in shown
        await pilot.press("w")
        await pilot.pause()
        posts = app.screen.query_one(Posts)
        assert posts.has_class("-reading") and not posts.list.display
        await pilot.press("escape", "o")
        await pilot.pause()
        assert ["review"] == [view.key for view in posts.list.items], "one was shared"
        assert "■ script: “Cold soup, and nobody cared.”" in " ".join(text_of(app).split())


async def test_posts_say_that_they_are_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Posts, "_read", lambda _posts: None)
    app = review()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7")
        await pilot.pause()
        assert "Reading 4 posts…" in text_of(app) and "Nobody" not in text_of(app)


async def test_posts_stay_in_the_order_of_time_where_nobody_passed_anything_on() -> None:
    events = [event for event in fakes.events() if not isinstance(event, Shared)]
    app = review(fakes.FakeSession(desk=fakes.desk(events), story=events))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7", "o")
        await pilot.pause()
        keys = [view.key for view in app.screen.query_one(Posts).list.items]
        assert keys == list(app.screen.query_one(Posts)._reasons.desk.posts) and len(keys) > 1
        assert ["Nobody passed anything on; in order of time."] == [one.message for one in app._notifications]


@pytest.mark.parametrize("number", "12345678")
async def test_an_empty_card_is_shown_too(number: str) -> None:
    nothing = Scorecard(None, None, None, None, 0, 0, "U", None, (), (), (), (), complete=False)
    app = review(fakes.FakeSession(desk=fakes.desk([]), card=nothing, story=[]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(number, "enter", "j")
        await pilot.pause()
        assert "so far, T+0:00:00" in text_of(app)


def test_marks_stand_where_the_faults_are() -> None:
    text = fakes.CARD.texts[0]
    whole = marked(text)
    assert "sorry if you feel¹ the soup" in whole.plain
    assert "completely safe². I will call you by noon. Mia" in whole.plain
    praised = {whole.plain[span.start : span.end] for span in whole.spans if span.style == "underline $success"}
    assert {"I will call you by noon", "Mia"} == praised


def test_two_faults_at_one_place_keep_their_numbers_apart() -> None:
    fault = fakes.FINDINGS[0]
    text = replace(fakes.CARD.texts[0], reading=Reading(findings=(fault, replace(fault, why="Again."))))
    assert "sorry if you feel¹·² the soup" in marked(text).plain


def test_findings_without_a_place_are_listed_and_mark_nothing() -> None:
    lacking = Finding("empathy", 0, 0, "none", -1, "No word of empathy.", "Name what happened.")
    text = replace(fakes.CARD.texts[0], reading=Reading(findings=(lacking,)))
    assert text.text == marked(text).plain
    assert "No word of empathy." in text_page(text, 1, 1, 76).plain


def test_a_model_that_was_written_word_for_word_is_not_set_beside_itself() -> None:
    text = fakes.CARD.texts[0]
    assert "What would do better" in text_page(text, 1, 1, 120).plain
    same = text_page(replace(text, model=text.text.replace(" ", "\n")), 1, 1, 120).plain
    assert "What would do better" not in same and "What the judge asks for" in same


def test_a_text_that_had_to_be_cleaned_is_shown_without_marks() -> None:
    text = replace(fakes.CARD.texts[0], text="\x1b[31m" + fakes.OWN)
    assert fakes.OWN == marked(text).plain


SHORT = {name: words[:200] for name, words in CORPUS.items()}
"""What is only large is left to the pages alone: sixty such rows would be slow and prove no more."""


def _spoilt() -> fakes.FakeSession:
    """A run in which every text that is shown is somebody's."""
    lines, texts, tasks, gates, branches = [], [], [], [], []
    for number, words in enumerate(SHORT.values()):
        found = (Evidence(number, words),)
        reading = Reading(findings=(Finding(words, 0, len(words), words, -1, words, words),))
        lines.append(Line(f"Sp{number}", "speed", words, 1, number / 100, words, found, words, words))
        texts.append(replace(fakes.CARD.texts[0], text=words, model=words, target=words, seat=words, reading=reading))
        tasks.append(replace(fakes.CARD.tasks[0], id=f"CT{number}", title=words, why=words, evidence=found))
        gates.append(replace(fakes.CARD.gates[0], title=words, why=words, evidence=found))
        branches += found
    card = replace(
        fakes.CARD, lines=tuple(lines), texts=tuple(texts), tasks=tuple(tasks), gates=tuple(gates),
        branches=tuple(branches),
    )  # fmt: skip
    said = [replace(fakes.POST, key=f"p{n}", text=words, author=words) for n, words in enumerate(SHORT.values())]
    happened = sorted([*fakes.events(), *said], key=lambda event: event.at_ms)
    story = fakes.desk(happened)
    story.log[:] = [replace(story.log[0], who=words, what=words) for words in SHORT.values()]
    return fakes.FakeSession(card=card, desk=story, story=happened)


async def test_nothing_from_outside_can_harm_the_screen() -> None:
    app = review(_spoilt())
    with impatient():
        await _read_all(app)


async def _read_all(app: Stage) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        frame = [line[:14] for line in text_of(app).splitlines()]
        for number, name in (("2", "scores"), ("5", "tasks")):
            await pilot.press(number)
            folds = app.screen.query_one(f"#{name}", Folds)
            folds.opened.update(folds._folds)
            folds.lay_out()
            for row in range(0, folds.option_count, 3):
                folds.highlighted = row
                await pilot.pause()
                _harmless(app, frame)
        await pilot.press("3")
        for row in range(len(SHORT)):
            app.screen.query_one(Words).list.highlighted = row
            await pilot.pause()
            _harmless(app, frame)
        for number in ("1", "6"):
            await pilot.press(number, "G")
            _harmless(app, frame)
        await pilot.press("4", "enter")
        timeline = app.screen.query_one(Timeline)
        for number in range(len(timeline.steps.all)):
            timeline.go(number)
            await pilot.pause()
            _harmless(app, frame)
        await pilot.press("7")
        posts = app.screen.query_one(Posts)
        for row in range(0, len(posts.list.items), 3):
            posts.list.cursor = row
            await pilot.pause()
            _harmless(app, frame)


def _harmless(app: Stage, frame: list[str]) -> None:
    shown = text_of(app)
    assert not FORBIDDEN.search(shown.replace("\n", ""))
    assert 24 == len(shown.splitlines())
    assert frame[0] == shown[:14]
    assert app.is_running


@pytest.mark.parametrize("name", CORPUS)
def test_no_line_of_a_page_is_wider_than_told(name: str) -> None:
    session = _spoilt()
    text = replace(session.card.texts[0], text=CORPUS[name], model=CORPUS[name], reading=Reading())
    for width in (40, 100):
        assert all(line.cell_length <= width for line in text_page(text, 1, 1, width).split("\n"))


@pytest.mark.parametrize("width", [30, 60, 100])
def test_no_line_of_the_public_is_wider_than_told(width: int) -> None:
    session = _spoilt()
    page = why_page(Reasons(session.log(), session.desk, session.drill.scenario), width)
    assert all(line.cell_length <= width for line in page.split("\n"))


# -- how firm it is ----------------------------------------------------------------------------------------------

BANDS = Bands(12, Band(61, 69.5), {"speed": Band(90, 97), "tone": None, "escalation": None, "conduct": None}, 0.1, 0.0)
MARK = Mark("Es1", 0.8, "the phones were down", "Nora")
MARKED = replace(
    fakes.CARD,
    total=68.0,
    changes=(
        Change("Es1", 41.0, 80.0, MARK),
        Change("CT2", "M", "S"),
        Change("a4.Tn3", 50.0, 90.0, Mark("a4.Tn3", 0.9, "fair enough", "Nora")),
    ),
    before=fakes.CARD,
)


async def test_the_summary_says_how_many_lines_were_assessed() -> None:
    app = review()
    async with app.run_test(size=(120, 80)) as pilot:
        await pilot.pause()
        assert "Assessed 11 of 12 lines; not assessed: updates and promises." in " ".join(text_of(app).split())


async def test_luck_is_shown_when_it_is_known_and_the_screen_does_not_wait_for_it() -> None:
    ready = threading.Event()

    def luck(folder: Path, stopped: Any) -> Bands | None:
        assert folder == Path("run")
        assert ready.wait(10) and not stopped()
        return BANDS

    app = Stage(lambda: ReviewScreen(fakes.FakeSession(), luck=luck))
    async with app.run_test(size=(120, 80)) as pilot:
        await pilot.press("2", "1")
        assert "with other luck" not in text_of(app), "it can be read before"
        ready.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = " ".join(text_of(app).split())
        assert "(61 to 69 with other luck)" in shown.partition("Summary")[0], "in the head"
        assert "65 (61 to 69 with other luck). What you did was played again in 12 worlds" in shown
        assert "10 % could not be done there" in shown


async def test_leaving_the_review_ends_the_playing_again() -> None:
    told: list[bool] = []
    left, done = threading.Event(), threading.Event()

    def luck(folder: Path, stopped: Any) -> Bands | None:
        del folder
        left.wait(10)
        told.append(stopped())
        done.set()
        return None

    app = Stage(lambda: ReviewScreen(fakes.FakeSession(), luck=luck))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
        left.set()
        done.wait(10)
        await pilot.pause()
    assert [True] == told


async def test_a_run_without_a_band_has_a_review_all_the_same() -> None:
    def luck(folder: Path, stopped: Any) -> Bands | None:
        raise DrillError("this run was played with version 1 of the draws")

    app = Stage(lambda: ReviewScreen(fakes.FakeSession(), luck=luck))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "luck" not in text_of(app) and "Went well" in text_of(app)


async def test_what_an_evaluator_changed_is_marked_with_who_why_and_what_it_was() -> None:
    app = review(fakes.FakeSession(card=MARKED))
    async with app.run_test(size=(120, 90)) as pilot:
        await pilot.pause()
        shown = " ".join(text_of(app).split())
        assert "65 as scored" in shown.partition("Summary")[0]
        assert "Es1 Level over time: 41 → 80, Nora: the phones were down" in shown
        assert "CT2 Classify and reclassify: M → S, follows" in shown
        await pilot.press("2", *"jjjjjjjj", "enter")
        await pilot.pause()
        assert "41 as scored; Nora: the phones were down" in " ".join(text_of(app).split())
        await pilot.press("3")
        await pilot.pause()
        assert "50 as scored; Nora: fair enough" in " ".join(text_of(app).split())


async def test_a_line_opens_to_its_rule() -> None:
    ruled = tuple(replace(line, rule="f of the time; 5, 10, 20 minutes.") for line in fakes.CARD.lines)
    app = review(fakes.FakeSession(card=replace(fakes.CARD, lines=ruled)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter")
        await pilot.pause()
        assert "= f of the time; 5, 10, 20 minutes." in text_of(app)


async def test_what_is_quoted_is_the_text_that_the_line_speaks_of() -> None:
    first, second = fakes.CARD.texts
    line = next(one for one in fakes.CARD.lines if one.id == "Tn1")
    spoken = replace(line, text="a5", evidence=(*line.evidence, Evidence(22 * fakes.MINUTE, "so serious")))
    texts = (replace(first, parts=(("Tn1", 0.9),)), replace(second, parts=(("Tn1", 0.1),)))
    app = review(fakes.FakeSession(card=replace(fakes.CARD, lines=(spoken,), texts=texts)))
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        work = text_of(app).partition("Work on")[2]
        assert "You wrote: “We take this very seriously.”" in work and "Hi Nora" not in work


async def test_praise_quotes_the_best_text() -> None:
    first, second = fakes.CARD.texts
    line = replace(next(one for one in fakes.CARD.lines if one.id == "Tn1"), score=0.9, text="a5")
    texts = (replace(first, parts=(("Tn1", 1.0),)), replace(second, parts=(("Tn1", 0.8),)))
    app = review(fakes.FakeSession(card=replace(fakes.CARD, lines=(line,), texts=texts)))
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        assert "You wrote: “Hi Nora" in text_of(app).partition("Went well")[2].partition("Work on")[0]


async def test_a_row_says_when_its_line_is_not_counted_or_counts_in_points() -> None:
    base = next(one for one in fakes.CARD.lines if one.id == "Tn1")
    lines = (
        replace(base, id="Tn9", title="Themes named", weight=0, score=0.0),
        replace(base, id="Tn10", title="Adapting to anger", weight=0, score=0.25, points=-2.5),
    )
    app = review(fakes.FakeSession(card=replace(fakes.CARD, lines=lines)))
    async with app.run_test(size=(120, 34)) as pilot:
        await pilot.press("2", "j", "enter")
        await pilot.pause()
        rows = text_of(app).splitlines()
        assert "not counted" in next(one for one in rows if "Themes named" in one)
        assert "-2.5 points" in next(one for one in rows if "Adapting to anger" in one)
        assert "-2.5 points of Tone, beside the weights" in text_of(app)
        assert "shown, not counted" not in text_of(app)


def test_a_low_part_without_a_fault_is_explained_in_own_words() -> None:
    reason = Reason("Tn4", "Nothing was found of this: their name.", "Sign with a name.")
    text = replace(fakes.CARD.texts[0], parts=(("Tn4", 0.15),), reading=Reading(), reasons=(reason,))
    shown = text_page(text, 1, 1, 100).plain
    assert " − Human and specific. Nothing was found of this: their name.\n   → Sign with a name." in shown


@pytest.mark.parametrize("size", [(80, 24), (120, 34)])
@pytest.mark.parametrize("number", range(2, len(PANES) + 1))
async def test_no_pane_is_blank_after_the_end_of_a_long_summary(number: int, size: tuple[int, int]) -> None:
    lines = tuple(replace(one, why=one.why * 12) for one in fakes.CARD.lines)
    app = review(fakes.FakeSession(card=replace(fakes.CARD, lines=lines)))
    async with app.run_test(size=size) as pilot:
        await pilot.press(str(number))
        await pilot.pause()
        wanted = [line.strip() for line in text_of(app).splitlines()[6:14]]
    again = review(fakes.FakeSession(card=replace(fakes.CARD, lines=lines)))
    async with again.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("G")
        await pilot.pause(0.3)
        assert again.screen.query_one("#summary").scroll_offset.y > 0
        await pilot.press(str(number))
        await pilot.pause()
        assert any(wanted) and wanted == [line.strip() for line in text_of(again).splitlines()[6:14]]


async def test_one_text_is_quoted_once_in_praise_and_once_in_blame() -> None:
    base = next(one for one in fakes.CARD.lines if one.id == "Tn1")
    lines = (replace(base, score=0.2), replace(base, id="Tn3", score=0.3))
    app = review(fakes.FakeSession(card=replace(fakes.CARD, lines=lines, texts=fakes.CARD.texts[:1])))
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        assert 1 == text_of(app).count("You wrote: ")
