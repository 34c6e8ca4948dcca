"""What a new player needs: what is most urgent, what to do next, and a word after each action."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drills.desk import BRAND
from engine.events import ApprovalAsked, ApprovalDecided, ContentFired, Posted
from tests.tui.desk_pilot import Played, playing
from tests.tui.scripted import MINUTE, ScriptedSession, flood, post, story
from tui.next_step import next_step
from tui.widgets.waiting import hurting, waiting


def joke(theme: str = "safe") -> Posted:
    """A post of our own that nobody should have written."""
    return post("joke", 3, BRAND, "Brown is the new clear! #cheers", theme=theme, form="scripted", reach=38_000)


def told(session: ScriptedSession) -> str:
    session.tick()
    return next_step(session.desk, waiting(session.desk), session.now_ms)


def test_where_the_goal_is_an_answer_it_comes_before_the_level_until_one_has_gone_out() -> None:
    session = ScriptedSession([post("one", 1, "@mara", "My tea was cold.", need="complaint", theme="cold")])
    session.tick()

    def said() -> str:
        return next_step(session.desk, waiting(session.desk), session.now_ms, answer_first=True)

    assert "say what this is" in told(session)
    assert "r answers" in said()
    session.happen(post("two", 2, "@gereon", "Mine as well.", need="complaint", theme="lid"))
    session.act("reply", target="one", text="I am sorry, Mara. — Ana")
    session.tick()
    assert "say what this is" in said()


def test_what_is_in_the_outbox_is_not_asked_for() -> None:
    session = ScriptedSession([post("one", 1, "@mara", "My tea was cold.", need="complaint", theme="cold")])
    session.tick()
    rows = waiting(session.desk, leaving=["one"])
    assert rows[0].sending
    assert "r answers" not in next_step(session.desk, rows, session.now_ms, answer_first=True)


def test_an_own_post_that_hurts_comes_first() -> None:
    session = ScriptedSession([*story(), joke()])
    assert "D takes it down" in told(session)
    assert waiting(session.desk)[0].row.key == "joke"


@pytest.mark.parametrize("how", ["delete", "flag", "nobody talks about it"])
def test_an_own_post_is_named_no_longer(how: str) -> None:
    session = ScriptedSession([*story(), joke("dull" if how.startswith("nobody") else "safe")])
    session.tick()
    if how == "delete":
        session.act("delete", target="joke", kind="said")
    elif how == "flag":
        session.act("flag", target="joke", kind="dismissed")
    session.tick()
    assert hurting(session.desk) == []


def test_what_the_team_published_is_no_post_that_hurts() -> None:
    session = ScriptedSession(story())
    session.tick()
    done = session.act("publish", text="We are testing.", kind="holding", channels=("flit",))
    session.happen(replace(joke(), cause=done.id))
    session.tick()
    assert hurting(session.desk) == []


def went_out(session: ScriptedSession, key: str = "bill") -> None:
    """A scheduled post goes out in the middle of it; nobody is stirred by it so far."""
    session.happen(ContentFired(session.now_ms, key, "plaza"))
    session.happen(replace(joke(), key=key, cause=key, at_ms=session.now_ms, text="Tomorrow: leek and potato."))


@pytest.mark.parametrize("hurts", ["no", "they answer", "it is a crisis", "the scenario says so"])
def test_a_scheduled_post_hurts_only_if_it_stirs_people_or_it_is_serious(hurts: str) -> None:
    session = ScriptedSession(story())
    session.tick()
    went_out(session)
    if hurts == "they answer":
        session.happen(replace(post("why", 13, "mum", "Leek? Now?", theme="safe"), parent="bill"))
    elif hurts == "it is a crisis":
        session.act("classify", level=2)
    elif hurts == "the scenario says so":
        item = session.desk.contents["bill"]
        item.content = item.content.model_copy(update={"stirs": 3})
    session.tick()
    assert (hurts != "no") is ("bill" in [view.key for view in hurting(session.desk)])
    assert (hurts != "no") is ("D takes it down" in told(session))


def test_a_harmless_post_that_has_just_gone_out_is_worth_a_question_and_no_more() -> None:
    session = ScriptedSession(story())
    session.tick()
    session.act("classify", level=1)
    went_out(session)
    session.tick()

    def said(minutes: int = 0) -> str:
        return next_step(session.desk, [], session.now_ms + minutes * MINUTE)

    assert "is “Tomorrow: leek and potato.” all right now?" in said()
    assert "all right" not in told(session), "who waits comes first"
    assert "all right" not in said(11)
    session.act("flag", target="bill", kind="dismissed")
    session.tick()
    assert "all right" not in said()


def test_who_may_be_hurt_comes_before_the_question_what_this_is() -> None:
    session = ScriptedSession(story())
    assert told(session).startswith("harm from @oakfield_care")
    session.act("reply", target="care1", text="Bottled water is on its way.")
    assert told(session).endswith(": c")


def test_then_the_level_then_what_is_scheduled_then_the_most_urgent_row() -> None:
    session = ScriptedSession(story())
    session.tick()
    session.act("reply", target="care1", text="Bottled water is on its way.")
    assert told(session).endswith(": c")
    session.act("classify", level=3)
    assert "z holds it" in told(session)
    session.act("pause", target="spring")
    assert told(session).startswith("late question")


def test_before_anything_has_happened_nothing_is_advised() -> None:
    assert told(ScriptedSession(now_ms=0)) == ""


@pytest.mark.parametrize(("coach", "line", "asked"), [("on", True, True), ("ask", False, True), ("off", False, False)])
async def test_the_coach_speaks_always_when_asked_or_never(coach: str, line: bool, asked: bool) -> None:
    async with playing(ScriptedSession(story(), coach=coach)) as played:
        assert line is ("Next: harm from @oakfield_care" in played.lines[22])
        await played.press("h")
        assert asked is ("? Of those who wait: who could be hurt" in "\n".join(played.lines[20:23]))
        assert asked is bool(played.session.hints)


async def test_without_a_coach_the_composer_offers_no_check() -> None:
    async with playing(ScriptedSession(story(), coach="off")) as played:
        await played.press("j", "r", "f2")
        assert "F2" not in played.lines[23] and "without checks" in played.lines[22]


async def test_h_goes_to_the_most_urgent_row_from_anywhere() -> None:
    async with playing(ScriptedSession([*story(), joke()])) as played:
        await played.press("7", "h")
        assert played.desk.focused is played.desk.queue and played.desk.queue.current_key == "joke"
        await played.press("D", "s")
        assert played.did == ["delete"] and "Taken down, and said so." in played.lines[22]


async def test_after_sending_the_next_row_is_under_the_cursor() -> None:
    async with playing(ScriptedSession(story())) as played:
        first = played.desk.queue.current_key
        await played.press("r")
        await played.type("More at 15:00.")
        await played.press("ctrl+s", "y")
        assert "sending" in played.text and "draft kept" not in played.text
        assert played.desk.queue.current_key != first
        await played.outbox()
        assert "Sent: Flit · in public to" in played.lines[22]


async def test_dismissing_goes_on_to_the_next_row() -> None:
    async with playing(ScriptedSession(story())) as played:
        first = played.desk.queue.current_key
        await played.press("d")
        assert played.desk.queue.current_key != first and "u takes it back" in played.lines[22]
        await played.press("u")
        assert played.desk.queue.index_of(first) >= 0


async def test_a_queue_that_nobody_touches_takes_in_what_comes_below_the_cursor() -> None:
    async with playing(ScriptedSession(story())) as played:
        now = [played.desk.clock()]
        played.desk.clock = lambda: now[0]
        await played.press("j", "k")
        await played.happen(*flood(1, 4, "praise"))
        assert played.desk.queue.held and played.desk.queue.cursor == 0
        now[0] += 6
        played.desk.paint()
        assert not played.desk.queue.held and played.desk.queue.cursor == 0


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_the_row_under_the_cursor_never_moves_on_the_screen_by_itself(size: tuple[int, int]) -> None:
    async with playing(ScriptedSession(story()), size) as played:
        now = [played.desk.clock()]
        played.desk.clock = lambda: now[0]
        await played.press("j", "j", "j")
        queue = played.desk.queue
        key = queue.current_key

        def place() -> tuple[str, int]:
            at = next(at for at, text in enumerate(played.lines) if "so is it poison or not" in text)
            return queue.current_key, at

        was = place()
        await played.happen(*flood(1, 1, "praise", "harm"))
        now[0] += 60
        played.desk.paint()
        await played.settle()
        assert was == place() and 1 == len(queue.held), "it is counted, and waits for G"
        await played.press("G")
        assert not queue.held and queue.current_key == key


async def test_a_queue_of_one_row_does_not_move_either() -> None:
    async with playing(ScriptedSession(flood(1))) as played:
        await played.happen(*flood(1, 1, "praise", "harm"))
        assert [1, 1] == [len(played.desk.queue.items), len(played.desk.queue.held)]
        await played.press("h")
        assert 2 == len(played.desk.queue.items)


async def test_tab_stays_in_the_form() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("w")
        seen = []
        for _ in range(5):
            await played.press("tab")
            assert played.desk.focused is not None and played.desk.composer in played.desk.focused.ancestors
            seen.append(played.desk.focused.id)
        assert {"kind", "channels", "approval", "signed"} <= set(seen)


async def test_an_approved_draft_is_offered_for_publishing() -> None:
    async with playing(ScriptedSession(story())) as played:
        session = played.session
        asked = session.act("request_approval", kind="holding", to=("ana",), text="We are testing the water.")
        await played.happen(ApprovalAsked(13 * MINUTE, asked.id, "ana", 0))
        await played.happen(*_approved(played, asked.id))
        assert "Approved" in played.lines[22]
        await played.press("w")
        job = played.desk.composer.current()
        assert job is not None and job.approval == asked.id
        assert played.desk.composer.text == "We are testing the water."


def _approved(played: Played, action: str) -> list[ApprovalDecided]:
    return [ApprovalDecided(played.session.now_ms, action, "ana", "approved", "")]


async def test_escalating_from_the_inbox_answers_nothing_that_wants_no_answer() -> None:
    async with playing(ScriptedSession(story())) as played:
        played.session.desk.inbox["boss1"].needs_answer = False
        await played.press("3")
        inbox = played.desk.pane("inbox")
        inbox.cursor = inbox.index_of("boss1")
        await played.press("e", "enter")
        await played.type("Brown water since 08:00.")
        await played.send()
        assert played.session.acted[-1].do == "escalate" and played.session.acted[-1].target == ""
