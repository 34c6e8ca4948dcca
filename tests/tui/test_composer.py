"""Writing: drafts never die, two keys to send, five seconds to recall, checks in words."""

from __future__ import annotations

from engine.events import ApprovalDecided
from tests.tui.desk_pilot import playing
from tests.tui.scripted import MINUTE, ScriptedSession, flood, story


async def test_every_change_is_a_draft_at_once_and_is_offered_again() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r", "H", "i")
        assert played.session.kept == {"reply care1": "Hi"}
        await played.press("escape")
        assert not played.desk.composer.open and "The draft is kept" in played.text
        await played.press("r")
        assert played.desk.composer.text == "Hi"


async def test_a_draft_for_a_group_is_found_again_when_the_group_has_grown() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("r", "H", "i", "escape")
        await played.happen(*flood(40, 0.21)[36:])
        assert "… draft" in played.lines[3] and "×40" in played.lines[3]
        await played.press("r")
        assert played.desk.composer.text == "Hi"


async def test_letters_typed_are_letters() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r", *"rReqXd1v")
        assert played.desk.composer.text == "rReqXd1v"
        assert played.did == [] and not played.session.ended


async def test_sending_takes_two_keys_and_five_seconds() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r")
        await played.type("We are on our way.")
        await played.press("y")
        assert played.desk.composer.text.endswith("y"), "without a review, y is a letter"
        await played.press("backspace", "ctrl+s", "y")
        assert played.did == [] and "Sending in 5 s" in played.text
        played.desk.outbox.advance(3)
        await played.pilot.pause()
        assert played.did == [] and "Sending in 2 s" in played.text
        assert played.session.kept, "the draft is kept until the text has left"
        await played.outbox()
        assert played.did == ["reply"] and played.session.kept == {}
        assert "Sending" not in played.text


async def test_u_recalls_what_is_in_the_outbox() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r")
        await played.type("Oops")
        await played.press("ctrl+s", "y", "u")
        assert played.desk.composer.open and played.desk.composer.text == "Oops"
        await played.outbox()
        assert played.did == []


async def test_the_outbox_waits_while_the_drill_is_paused() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r")
        await played.type("Hello")
        await played.press("ctrl+s", "y", "f8")
        left = played.desk.outbox.waiting[0].left
        await played.pilot.pause(0.2)
        assert left == played.desk.outbox.waiting[0].left


async def test_what_is_refused_on_leaving_stays_a_draft() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r")
        await played.type("Hello")
        played.session.refuse = "that account is closed"
        await played.send()
        assert played.did == [] and played.session.kept == {"reply care1": "Hello"}
        assert "that account is closed" in played.text


async def test_checks_say_at_most_three_findings_and_one_praise() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r")
        await played.type("It is poison, more at 15:00.")
        await played.press("f2")
        assert "! that is not true, and could hurt somebody (no-poison)" in played.text
        assert "! No word for how people feel" in played.text
        assert "✓ Says when there is more" in played.text
        assert "252 characters left" in played.text


async def test_the_checks_wait_for_a_pause_in_typing() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r", *"Sorry")
        assert "Sorr" not in played.session.checked
        await played.pilot.pause(0.5)
        assert played.session.checked[-1] == "Sorry"


async def test_a_coach_that_must_be_asked_says_nothing_until_then() -> None:
    async with playing(ScriptedSession(story(), coach="ask")) as played:
        await played.press("j", "j", "r")
        await played.type("Hello")
        await played.pilot.pause(0.5)
        assert played.session.checked == [] and "F2 checks this draft" in played.text
        await played.press("f2")
        assert "No word for how people feel" in played.text


async def test_too_long_a_text_is_not_sent() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r")
        await played.type("x" * 281)
        assert "! 1 characters too many" in played.text
        await played.send()
        assert played.did == [] and played.desk.composer.open


async def test_f3_inserts_a_fact_that_may_be_said_and_no_other() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r")
        await played.type("Hello.")
        await played.press("f3")
        assert "not to be said" in played.text and "The contractor has not been heard yet." in played.text
        await played.press("3")
        assert played.desk.composer.text == "Hello.", "it cannot be chosen"
        await played.press("1")
        assert played.desk.composer.text == "Hello. The lab found iron and manganese from old pipes, and no chemicals."


async def test_templates_come_from_the_plan() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("w", "ctrl+o", "enter")
        assert "We know that the water in {district} is brown." in played.desk.composer.text


async def test_f4_asks_whoever_the_plan_names() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("w")
        await played.type("We are sorry.")
        await played.press("f4")
        assert played.desk.composer.text == "We are sorry."
        await played.send()
        action = played.session.acted[-1]
        assert ("request_approval", "holding", ("ana",)) == (action.do, action.kind, action.to)


async def test_an_approved_draft_can_be_published_with_its_approval() -> None:
    async with playing(ScriptedSession(story())) as played:
        played.desk.act("request_approval", kind="official", to=("ana",), text="Sorry.")
        await played.happen(ApprovalDecided(13 * MINUTE, "t0", "ana", "approved", ""))
        await played.press("w")
        assert "approved official" in played.text
        await played.send()
        assert played.session.acted[-1].approval == "t0" and played.session.acted[-1].text == "Sorry."


async def test_a_statement_takes_kind_channels_and_signature() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("w")
        await played.type("We test the water.")
        await played.press("shift+tab", *"Ana", "shift+tab", "shift+tab", "right", "space", "shift+tab", "right")
        await played.send()
        action = played.session.acted[-1]
        assert ("official", ("flit", "plaza"), "Ana") == (action.kind, action.channels, action.signed_by)
