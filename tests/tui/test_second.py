"""The semantic layer at the desk and in the review: a line of advice, never in the way."""

from __future__ import annotations

from typing import Any

from drills.tone.semantic import NOT_INSTALLED, Advice, Likeness
from engine.reading import Reading
from tests.tui import fakes_review as fakes
from tests.tui.desk_pilot import Played, impatient, playing
from tests.tui.scripted import ScriptedSession, story
from tests.tui.stage import Stage, text_of
from tui.screens.review import ReviewScreen


def advice(text: str) -> Advice:
    likely = (Likeness("jargon_boilerplate", 0.7, 0, len(text), True),)
    return Advice(text, {"jargon_boilerplate": 0.7}, 0.2, 0.05, True, likely)


class FakeAdviser:
    """Keeps what it is asked; answers when told to, from this thread."""

    def __init__(self, note: str = "") -> None:
        self.note = note
        self.asked: list[tuple[str, str, str, Any]] = []

    def ask(self, key: str, text: str, post: str, reading: Reading, then: Any) -> None:
        if not self.note:
            self.asked.append((key, text, post, then))

    def answer(self, which: int = -1) -> None:
        _, text, _, then = self.asked[which]
        then(advice(text))


async def writing(played: Played, adviser: FakeAdviser, text: str) -> None:
    played.app.adviser = adviser  # type: ignore[assignment]
    await played.press("j", "j", "r")
    await played.type(text)
    played.desk.composer.show_checks()
    await played.settle()


async def test_a_line_of_advice_comes_below_the_checks_when_it_is_ready() -> None:
    adviser = FakeAdviser()
    async with playing(ScriptedSession(story())) as played:
        await writing(played, adviser, "We value your feedback.")
        assert "No word for how people feel" in played.text and "semantic" not in played.text
        key, text, post, _ = adviser.asked[-1]
        assert ("draft", "We value your feedback.") == (key, text)
        assert post.startswith("We are a care home"), "it is judged against the post that it answers"
        adviser.answer()
        await played.settle()
        assert "~ may not answer this post (semantic, advice only)" in played.text
        assert "! No word for how people feel" in played.text


async def test_advice_on_an_older_text_is_dropped() -> None:
    adviser = FakeAdviser()
    async with playing(ScriptedSession(story())) as played:
        await writing(played, adviser, "We value your feedback.")
        asked = len(adviser.asked)
        await played.type(" Sorry.")
        adviser.answer(asked - 1)
        await played.settle()
        assert "semantic" not in played.text


async def test_advice_that_comes_when_nothing_is_written_any_more_is_dropped() -> None:
    adviser = FakeAdviser()
    async with playing(ScriptedSession(story())) as played:
        await writing(played, adviser, "We value your feedback.")
        await played.press("escape")
        adviser.answer()
        await played.settle()
        assert not played.desk.composer.open and "semantic" not in played.text


async def test_a_drill_played_without_checks_asks_nobody() -> None:
    adviser = FakeAdviser()
    async with playing(ScriptedSession(story())) as played:
        played.desk.composer.coach = "off"
        await writing(played, adviser, "We value your feedback.")
        assert [] == adviser.asked


async def reviewed(adviser: FakeAdviser | None, *, answers: bool = False) -> str:
    app = Stage(lambda: ReviewScreen(fakes.FakeSession()))
    app.adviser = adviser  # type: ignore[attr-defined]
    with impatient():
        async with app.run_test(size=(80, 60)) as pilot:
            await pilot.pause()
            await pilot.press("3", "enter")
            if adviser is not None and answers:
                for number in range(len(adviser.asked)):
                    adviser.answer(number)
            await pilot.pause()
            await pilot.pause()
            return text_of(app)


async def test_the_review_sets_a_second_opinion_apart_from_what_was_judged() -> None:
    adviser = FakeAdviser()
    shown = await reviewed(adviser, answers=True)
    assert ["text 0", "text 1"] == [key for key, *_ in adviser.asked]
    assert "A second opinion (semantic, advice only; no score knows of it)" in shown
    assert "~ reads like office language" in shown
    assert shown.index("A second opinion") > shown.index("Tone, part by part")


async def test_the_review_says_in_a_line_that_it_is_not_installed() -> None:
    shown = await reviewed(FakeAdviser(note=NOT_INSTALLED))
    assert 1 == shown.count("The semantic layer is not installed")
    assert "A second opinion" not in await reviewed(None)
