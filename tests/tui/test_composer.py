"""Writing: drafts never die, two keys to send, five seconds to recall, checks in words."""

from __future__ import annotations

import pytest
from textual import events

from drills.scoring.card import TextScore
from drills.tone import Context
from drills.tone.read import read
from engine.actions import Action
from engine.events import Acted, ApprovalAsked, ApprovalDecided
from engine.reading import Claim, Finding, Reading
from tests.tui.desk_pilot import playing
from tests.tui.scripted import MINUTE, ScriptedSession, flood, story
from tests.tui.states_desk import unapproved
from tui.screens.review_words import text_page
from tui.widgets.findings import painted, said


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
        assert "✎ draft" in played.lines[3] and "×40" in played.lines[3]
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
        played.stop_clock()
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
        played.stop_clock()
        await played.press("ctrl+s", "y", "u")
        assert played.desk.composer.open and played.desk.composer.text == "Oops"
        await played.outbox()
        assert played.did == []


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_what_is_recalled_stands_beside_what_it_answers(size: tuple[int, int]) -> None:
    async with playing(ScriptedSession(story()), size) as played:
        await played.press("j", "j", "r")
        await played.type("Oops")
        played.stop_clock()
        await played.press("ctrl+s", "y")
        assert "care1" not in [part.key for part in played.desk.thread.items], "the desk has gone on to another row"
        await played.press("u")
        assert "care1" in [part.key for part in played.desk.thread.items]
        assert "60 residents" in played.text


async def test_an_answer_to_marked_posts_stands_beside_the_first_of_them() -> None:
    async with playing(ScriptedSession(story()), (120, 34)) as played:
        await played.press("j", "j", "space", "j", "j", "space", "r")
        job = played.desk.composer.job
        assert job is not None and job.target in [part.key for part in played.desk.thread.items]


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
        assert "That account is closed" in played.text


async def test_checks_say_at_most_three_findings_and_one_praise() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r")
        await played.type("It is poison, more at 15:00.")
        await played.press("f2")
        assert "! that is not true, and could hurt somebody (no-poison)" in played.text
        assert "! No word for how people feel" in played.text
        assert "✓ Says when there is more" in played.text
        assert "252 characters left" in played.text


POOR = (
    "Thank you, Ruth! Our supplier did it, we regret any inconvenience to anyone who may have felt offended. Please "
    "post your phone number here, you liar. We guarantee that it will never happen again. We are so sorry."
)


async def test_the_facts_stand_below_the_thread_while_one_replies_in_a_small_window() -> None:
    async with playing(ScriptedSession(story()), (80, 24)) as played:
        await played.press("j", "r")
        assert played.desk.composer.open
        assert "Facts" in played.text and "may be said" in played.text


def test_of_many_findings_three_are_shown_the_worst_first_and_one_praise() -> None:
    reading = read(POOR, Context())
    assert 8 <= len(reading.findings)
    rows = said(reading)
    assert [False, False, False, True] == [row.good for row in rows]
    assert "liar" in POOR and "insult" in rows[0].text, rows
    whys = {finding.why: finding.dimension for finding in reading.findings}
    kinds = [next(kind for why, kind in whys.items() if _begins(row.text, why)) for row in rows[:3]]
    assert ["unprofessional", "personal_data_leak"] == kinds[:2] and 3 == len(set(kinds)), "one of each kind"


def test_words_that_are_a_part_of_a_fault_are_not_praised() -> None:
    rows = said(read("Sorry if anyone felt offended.", Context()))
    assert rows and not [row.text for row in rows if row.good and "sorry" in row.text]
    rows = said(read("We are sorry that the water is brown.", Context()))
    assert [row.text for row in rows if row.good and "sorry" in row.text]


def _begins(text: str, why: str) -> bool:
    return text.casefold().startswith(why.rstrip(".").casefold())


def test_what_the_composer_leaves_out_is_in_the_review() -> None:
    reading = read(POOR, Context())
    page = text_page(TextScore(0, "a1", "SML", "reply", "ruth", POOR, 0.1, (), reading), 1, 1, 500).plain
    assert all(finding.why in page for finding in reading.findings)
    assert all(finding.tip in page for finding in reading.findings if finding.value < 0)


def test_a_cap_on_the_whole_text_outweighs_a_phrase() -> None:
    phrase = Finding("jargon_boilerplate", 0, 9, "jargon.x", -600_000, "a stock phrase", "")
    whole = Finding("acknowledgement", 0, 9, "gate.off-topic", -500_000, "does not answer this post", "")
    rows = said(Reading(findings=(phrase, whole)))
    assert ["does not answer this post", "a stock phrase"] == [row.text for row in rows]


@pytest.mark.parametrize("verdict", ["unsafe", "lie", "false", "unknown", "too_early"])
def test_what_must_not_be_claimed_is_said_before_any_phrase(verdict: str) -> None:
    reading = read(POOR, Context())
    claims = (Claim("fine", "true"), Claim("f-1", verdict))  # type: ignore[arg-type]
    rows = said(Reading(findings=reading.findings, claims=claims))
    assert 4 == len(rows) and not rows[0].good and "insult" in rows[1].text
    # Of what is not known yet not even the name is told.
    assert ("(f-1)" in rows[0].text) == (verdict != "unknown") and "f-1" not in rows[0].text.replace("(f-1)", "")


def test_nothing_in_a_finding_moves_a_cell() -> None:
    nasty = Finding("defensiveness", 0, 1, "x", -900_000, "bad \x1b[2J\u202e界界 👩‍🚒\nword " * 9, "界" * 90)
    shown = painted(said(Reading(findings=(nasty,))), 40, 2)
    assert 2 == len(shown.plain.splitlines()) and all(line.cell_length <= 40 for line in shown.split("\n"))
    assert not set("\x1b\u202e\u200d") & set(shown.plain)


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
        assert "x not to be said" in played.text and "The contractor has not been heard yet." in played.text
        assert "may be said" in played.text
        await played.press("3")
        assert played.desk.composer.text == "Hello.", "it cannot be chosen"
        await played.press("1")
        assert played.desk.composer.text == "Hello. The lab found iron and manganese from old pipes, and no chemicals."


IRON = "The lab found iron and manganese from old pipes, and no chemicals."


@pytest.mark.parametrize(
    ("before", "after", "gap", "rest"),
    [("Hello.", "More at three.", " ", " "), ("Hello. ", "More.", "", " "), ("Hello:", ", and more.", " ", ""),
     ("Hello.", " More.", " ", ""), ("Hello (", ") again.", "", ""), ("", "@mum asked.", "", " "),
     ("Hello.\n", "\nMore.", "", "")],
)  # fmt: skip
async def test_a_fact_is_a_word_apart_from_what_stands_around_it(before: str, after: str, gap: str, rest: str) -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("j", "j", "r")
        await played.type(before + after)
        area = played.desk.composer.area
        area.move_cursor(area.document.get_location_from_index(len(before)))
        await played.press("f3", "1")
        assert played.desk.composer.text == f"{before}{gap}{IRON}{rest}{after}"


async def test_templates_come_from_the_plan() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("w", "ctrl+o", "enter")
        assert "We know that the water in [district] is brown." in played.desk.composer.text


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


async def test_only_approvals_of_such_a_text_are_offered_and_two_of_a_kind_are_told_apart() -> None:
    async with playing(ScriptedSession(story())) as played:
        for at, kind in enumerate(("update", "press", "update")):
            played.desk.act("request_approval", kind=kind, to=("ana",), text="Sorry.")
            await played.happen(ApprovalDecided((13 + at) * MINUTE, f"t{at}", "ana", "approved", ""))
        await played.press("w")
        assert "approved update T+0:12:40" in played.text and "approved update T+0:14:00" in played.text
        assert "approved press" not in played.text


async def test_a_channel_that_takes_its_time_says_so_and_so_does_the_word_after_sending() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("w")
        assert "Hub (12m)" in played.text
        await played.type("We test the water.")
        await played.press("shift+tab", "shift+tab", "shift+tab", "right", "right", "space")
        await played.send()
        assert "hub" in played.session.acted[-1].channels
        assert "Sent, and out in 12 minutes: Hub takes that long." in played.text


async def test_a_statement_takes_kind_channels_and_signature() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("w")
        await played.type("We test the water.")
        await played.press("shift+tab", *"Ana", "shift+tab", "shift+tab", "right", "space", "shift+tab", "right")
        await played.send()
        action = played.session.acted[-1]
        assert ("official", ("flit", "plaza"), "Ana") == (action.kind, action.channels, action.signed_by)


async def test_keys_that_come_in_a_burst_count_in_their_order() -> None:
    async with playing(ScriptedSession(story())) as played:
        await played.press("w")
        for key in ("t", "e", "h", "backspace", "backspace", "h", "e", "left", "left", "left", "O", "h"):
            played.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await played.settle()
        assert "Ohthe" == played.desk.composer.text


# -- what the plan wants -----------------------------------------------------------------------------------------


async def test_before_a_text_goes_out_it_is_said_whose_word_is_missing_and_whether_the_emergency_rule_holds() -> None:
    async with playing(unapproved()) as played:
        await played.press("w")
        missing = "! Without Ana Ruiz's word it counts against you. Emergency rule: only 10m after"
        assert missing in " ".join(played.text.replace("│", " ").split())
        await played.type("We know that the water is brown.")
        await played.press("ctrl+s")
        assert "Without Ana Ruiz's word" in played.text and "y send" in played.text
        await played.press("e")
        played.desk.query_one("#approval").focus()
        await played.press("right", "space")
        assert "! The emergency rule does not hold: only 10m after asking." in " ".join(played.text.split())
        await played.happen(*asked_long_ago(played.session))
        assert "✓ The emergency rule holds now." in played.text


async def test_what_the_plan_wants_stops_nobody() -> None:
    async with playing(unapproved()) as played:
        await played.press("w")
        await played.type("We know that the water is brown.")
        await played.send()
        assert ["classify", "publish"] == played.did


def asked_long_ago(session: ScriptedSession) -> tuple[Acted, ApprovalAsked]:
    """A draft has lain with somebody for a quarter of an hour."""
    at_ms = session.now_ms - 15 * MINUTE
    asked = Action("a9", at_ms, "SML", "request_approval", kind="holding", to=("ana",), text="Brown water.")
    return Acted(at_ms, asked), ApprovalAsked(at_ms, "a9", "ana", 0)
