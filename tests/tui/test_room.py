"""A seat in a room as its person meets it: over a real room, from the keys to the screen."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from textual.pilot import Pilot

from drills.errors import DrillError
from drills.room.client import RemoteSession
from tests.drills.room.host import Host, opened, seats, until
from tests.tui.desk_pilot import impatient, screen_text
from tui import keys
from tui.app import StormdrillApp
from tui.plain.room import RoomDesk
from tui.room import RoomView
from tui.screens.desk import DeskScreen
from tui.screens.hotwash import HotwashScreen
from tui.screens.review import ReviewScreen
from tui.screens.room_dialogs import HandedDialog
from tui.screens.seat_briefing import SeatBriefingScreen
from tui.widgets import marker

MINUTE = 60_000


@pytest.fixture(autouse=True)
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words stand shorter than for people: each waits for the one before it."""
    monkeypatch.setattr(marker, "SAID", 1.5)


class Seat:
    """Somebody at a terminal, in a room."""

    def __init__(self, app: StormdrillApp, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def text(self) -> str:
        return screen_text(self.app)

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @property
    def words(self) -> str:
        """The screen without its line ends."""
        return " ".join(self.text.split())

    @property
    def session(self) -> RemoteSession:
        assert isinstance(self.app.session, RemoteSession)
        return self.app.session

    @property
    def desk(self) -> DeskScreen:
        return next(one for one in self.app.screen_stack if isinstance(one, DeskScreen))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it holds."""
        end = time.monotonic() + 15
        while not holds():
            assert time.monotonic() < end, f"{self.app.screen} shows\n{self.text}"
            await self.pilot.pause(0.02)
        await self.pilot.pause()

    async def shows(self, *words: str) -> None:
        """Wait until all of these are on the screen."""
        await self.until(lambda: all(one in self.words for one in words))

    async def comes(self, screen: type[Any]) -> None:
        """Wait until such a screen is in front."""
        await self.until(lambda: isinstance(self.app.screen, screen))

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def to_posts(self) -> None:
        """The cursor to a row of posts."""
        await self.until(lambda: any(one.posts for one in self.desk.queue.items))
        while (row := self.desk.queue.current) is None or not row.posts:
            await self.press("j")

    async def write(self, text: str) -> None:
        """Write into the composer, and send it past the outbox."""
        await self.until(lambda: self.desk.composer.open)
        self.desk.composer.area.insert(text)
        await self.press("ctrl+s", "y")
        self.desk.outbox.advance(6)
        await self.pilot.pause()


@asynccontextmanager
async def at(host: Host, seat: str, folder: Path, *, back: bool = False, size: tuple[int, int] = (100, 34)
             ) -> AsyncIterator[Seat]:  # fmt: skip
    """A person in this seat of the room, from the command line's way in on."""
    code = "" if back else host.do(lambda: host.room.invite(seat))
    app = StormdrillApp(begin=lambda: RemoteSession.join(host.where, code, folder / seat))
    with impatient():
        async with app.run_test(size=size, notifications=True) as pilot:
            one = Seat(app, pilot)
            await one.until(lambda: app.session is not None and len(app.screen_stack) > 1)
            await one.until(lambda: isinstance(app.screen, SeatBriefingScreen | DeskScreen | HandedDialog))
            yield one


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    with opened(tmp_path / "host", "tarn-and-tide") as made:
        yield made


@pytest.fixture
def sit(host: Host, tmp_path: Path) -> Iterator[Callable[..., RemoteSession]]:
    """Somebody in another seat, without a screen."""
    with seats(host, tmp_path / "far") as take:
        yield take


def start(host: Host) -> None:
    """STARTEX."""
    host.do(host.session.unpause)


# -- joining -----------------------------------------------------------------------------------------------------


async def test_who_joins_reads_their_seat_is_ready_and_waits_for_startex(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    lead = sit("SML")
    async with at(host, "LEG", tmp_path) as seat:
        assert isinstance(seat.app.screen, SeatBriefingScreen)
        await seat.shows("legal counsel (LEG)", "You may use Tell all", "Inform.", "lead (SML) is reading")
        await seat.shows("0 of 2 ready")
        assert "Only SML: Flag" in seat.words
        lead.say_ready()
        await seat.shows("1 of 2 ready", "social-media lead (SML) ready")
        await seat.press("enter")
        await seat.comes(DeskScreen)
        await seat.shows("Waiting for STARTEX · 2 of 2 ready")
        until(lead, lambda: set(lead.ready) == {"SML", "LEG"})
        start(host)
        await seat.shows("STARTEX: the exercise has begun.", "runs")
        await seat.until(lambda: "Waiting for STARTEX" not in seat.text)


async def test_who_comes_late_or_comes_back_goes_straight_to_the_desk(host: Host, sit: Any, tmp_path: Path) -> None:
    async with at(host, "LEG", tmp_path) as seat:
        await seat.press("enter")
        await seat.comes(DeskScreen)
        await seat.until(lambda: "LEG" in host.room.ready)
    async with at(host, "LEG", tmp_path, back=True) as seat:
        assert isinstance(seat.app.screen, DeskScreen)
        start(host)
        await seat.until(lambda: seat.session.now_ms > 0)
    async with at(host, "COM", tmp_path) as seat:
        assert isinstance(seat.app.screen, DeskScreen)


async def test_who_still_reads_at_startex_is_told_and_goes_when_they_like(host: Host, tmp_path: Path) -> None:
    async with at(host, "LEG", tmp_path) as seat:
        start(host)
        await seat.shows("The exercise runs")
        await seat.press("enter")
        await seat.comes(DeskScreen)


# -- what comes from the others ----------------------------------------------------------------------------------


def person(seat: RemoteSession, role: str) -> str:
    """The colleague of this role, as the plan has them."""
    return next(key for key, view in seat.desk.contacts.items() if view.colleague.role == role)


async def played(seat: Seat, host: Host, *others: RemoteSession) -> None:
    """At the desk, with the clock running."""
    if isinstance(seat.app.screen, SeatBriefingScreen):
        await seat.press("enter")
    await seat.comes(DeskScreen)
    start(host)
    for one in others:
        until(one, lambda one=one: not one.paused)  # type: ignore[misc]
    await seat.until(lambda: not seat.session.paused)


async def test_a_call_a_nudge_and_a_word_to_all_are_told_once_with_who_said_it(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    lead = sit("SML")
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host, lead)
        lead.act("note", text="The mother has a lawyer.")
        await seat.shows("SML: “The mother has a lawyer.”")
        lead.act("escalate", to=[person(lead, "LEG")], text="A child is ill.")
        await seat.shows("SML calls you (3): “A child is ill.”")
        host.do(lambda: host.session.steer("nudge", target="LEG", text="Think of the recall."))
        await seat.shows("The facilitator: “Think of the recall.”")
        assert ("SML", "The mother has a lawyer.") in [(one.who, one.what) for one in seat.session.desk.log]


async def test_who_begins_a_statement_is_told_to_the_others_and_again_when_one_begins_too(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    head = sit("COM")
    async with at(host, "SML", tmp_path) as seat:
        await played(seat, host, head)
        head.save_draft("publish", "We have heard")
        await seat.shows("The head of communications (COM) has begun a statement.")
        await seat.press("4")
        await seat.shows("● writing")
        await seat.press("w")
        await seat.shows("The head of communications (COM) writes a statement too: agree who speaks.")
        await seat.press("escape")
        head.save_draft("publish", "")
        await seat.until(lambda: "● writing" not in seat.words)


async def test_the_facilitators_word_stands_until_it_was_looked_at(host: Host, sit: Any, tmp_path: Path) -> None:
    def nudge(text: str) -> None:
        host.do(lambda: host.session.steer("nudge", target="LEG", text=text))

    async with at(host, "LEG", tmp_path, size=(80, 24)) as seat:
        await played(seat, host, sit("SML"))
        host.do(lambda: host.session.pause("frozen by the facilitator"))
        await seat.until(lambda: seat.session.paused)
        await seat.press("s")
        nudge("Think of the recall.")
        nudge("And of Nora.")
        await seat.until(lambda: len(seat.session.desk.inbox) >= 2)
        later = seat.desk.clock() + 60
        seat.desk.clock = lambda: later  # a minute passes under the open box
        await seat.press("escape")
        await seat.shows("The facilitator: “And of Nora.”", "1 more · 3 shows it · esc closes")
        await seat.press("escape")
        await seat.shows("The facilitator: “Think of the recall.”")
        assert "Nora" not in seat.words
        await seat.press("3")
        await seat.until(lambda: "● The facilitator:" not in seat.words)
        assert not seat.desk.heard.nudges and "And of Nora." in seat.words


async def test_what_was_said_before_one_came_stands_in_the_log_and_is_not_told(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    lead = sit("SML")
    start(host)
    until(lead, lambda: not lead.paused)
    lead.act("note", text="Before your time.")
    host.do(lambda: host.session.skip_to(5 * MINUTE))
    async with at(host, "LEG", tmp_path) as seat:
        await seat.until(lambda: bool(seat.session.desk.actions))
        lead.act("note", text="In your time.")
        await seat.shows("SML: “In your time.”")
        await seat.press("7")
        await seat.shows("Before your time.")
        assert "SML: “Before" not in seat.words


async def test_a_draft_is_decided_from_its_row_and_the_writer_is_told_who_and_why(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    law = sit("LEG")
    async with at(host, "SML", tmp_path) as seat:
        await played(seat, host, law)
        lawyer = person(seat.session, "LEG")
        draft = {"kind": "official", "to": [lawyer], "channels": ["flit"], "text": "We are sorry."}
        seat.session.act("request_approval", **draft)
        until(law, lambda: any(one.medium == "approval" for one in law.desk.inbox.values()))
        item = next(one for one in law.desk.inbox.values() if one.medium == "approval")
        law.act("decide", target=item.key, kind="return", text="Say since when we know.")
        await seat.shows("Returned by", "(LEG): Say since when we know.", "T writes it again")
        await seat.press("T")
        await seat.until(lambda: seat.desk.composer.open)
        await seat.shows("written again", "Returned by Per Sand (LEG): Say since when we", "We are sorry.")
        job = seat.desk.composer.current()
        assert job is not None and (job.kind, job.to, job.channels) == ("official", (lawyer,), ("flit",))
        await seat.write(" We know it since noon.")
        until(law, lambda: any(one.draft == "We are sorry. We know it since noon." for one in law.desk.inbox.values()))


async def test_whoever_validates_sees_the_draft_wait_and_approves_it_with_two_keys(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    lead = sit("SML")
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host, lead)
        lead.act("request_approval", kind="official", to=[person(lead, "LEG")], text="We are sorry.")
        await seat.shows("A draft of SML waits for you: y decides.", "left")
        await seat.press("h", "g")
        for _ in seat.desk.queue.items:
            if "y Decide" not in seat.text:
                await seat.press("j")
        await seat.shows("y Decide")
        await seat.press("y")
        await seat.shows("We are sorry.", "Approve it", "Whoever wrote it may then send it.")
        await seat.press("a")
        until(lead, lambda: any(view.state == "approved" for view in lead.desk.approvals.values()))
        await seat.until(lambda: "y Decide" not in seat.text)


async def test_a_draft_is_returned_with_what_has_to_change(host: Host, sit: Any, tmp_path: Path) -> None:
    lead = sit("SML")
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host, lead)
        lead.act("request_approval", kind="official", to=[person(lead, "LEG")], text="We are sorry.")
        await seat.shows("waits for you: y decides")
        await seat.press("y", "r")
        await seat.write("Name the batch.")
        until(lead, lambda: any(view.state == "returned" for view in lead.desk.approvals.values()))
        assert "Name the batch." == next(iter(lead.desk.approvals.values())).why


async def test_a_call_is_answered_by_a_call_to_whoever_made_it(host: Host, sit: Any, tmp_path: Path) -> None:
    lead = sit("SML")
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host, lead)
        lead.act("ask", to=[person(lead, "LEG")], text="May we name the batch?")
        await seat.shows("calls you")
        await seat.press("3", "r")
        await seat.write("Yes, name it.")
        until(lead, lambda: any(one.text == "Yes, name it." for one in lead.desk.inbox.values()))


# -- what the script says in somebody's name ---------------------------------------------------------------------


async def test_a_mail_of_the_script_in_a_players_name_is_marked_at_every_seat_and_in_their_own(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    boss, lead = sit("EXE"), sit("SML")
    word = {"target": "ada", "kind": "executive", "text": "Where are we?"}
    async with at(host, "LEG", tmp_path) as seat:
        await seat.shows("“script” stands after the name")
        await played(seat, host, boss, lead)
        host.do(lambda: host.session.steer("speak", **word))
        await seat.press("3")
        await seat.shows("Ada Strand · script", "Where are we?")
        await seat.press("enter")
        await seat.shows("The script says this, not the executive")
        boss.act("ask", to=[person(boss, "LEG")], text="My own words.")
        await seat.press("3", "g")
        await seat.shows("My own words.")
        called = next(one for one in seat.session.desk.inbox.values() if one.text == "My own words.")
        assert not seat.desk.script(called).sign


async def test_whoever_plays_is_told_that_the_script_speaks_for_them_and_answers_nothing_to_themselves(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    sit("SML")
    async with at(host, "EXE", tmp_path) as seat:
        await played(seat, host)
        host.do(lambda: host.session.steer("speak", target="ada", kind="executive", text="Where are we?"))
        await seat.press("3")
        await seat.shows("Ada Strand · script, for you", "The script speaks for you here.")
        await seat.press("enter")
        await seat.shows("The script speaks for you here.")
        await seat.press("r")
        await seat.shows("one of the others answers it")
        assert not seat.desk.composer.open


async def test_a_colleague_whom_nobody_plays_speaks_without_a_mark(host: Host, sit: Any, tmp_path: Path) -> None:
    sit("SML")
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host)
        host.do(lambda: host.session.steer("speak", target="ada", kind="executive", text="Where are we?"))
        await seat.press("3")
        await seat.shows("Ada Strand", "Where are we?")
        assert "script" not in seat.text


# -- what came of it ---------------------------------------------------------------------------------------------


async def test_what_came_of_a_draft_and_a_call_is_counted_until_the_team_pane_is_looked_at(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    law, rep = sit("LEG"), sit("REP")
    async with at(host, "SML", tmp_path, size=(160, 45)) as seat:
        await played(seat, host, law, rep)
        lawyer = person(seat.session, "LEG")
        seat.session.act("escalate", to=[lawyer], text="A child is ill.")
        await seat.shows("4 Team +1", "● ✓ Per Sand")
        seat.session.act("request_approval", kind="official", to=[lawyer], text="We are sorry.")
        until(law, lambda: any(one.medium == "approval" for one in law.desk.inbox.values()))
        item = next(one for one in law.desk.inbox.values() if one.medium == "approval")
        law.act("decide", target=item.key, kind="return", text="Say since when we know.")
        await seat.shows("4 Team +2")
        await seat.shows("Returned by Per Sand (LEG): Say since when we know. · T writes it again", "4 shows it")
        await seat.press("w")
        await seat.until(lambda: seat.desk.composer.open and "4 shows it" not in seat.text)
        await seat.press("escape")
        await seat.shows("4 shows it")
        await seat.press("4")
        await seat.until(lambda: "Team +" not in seat.text)
        await seat.shows("● √ official", "Per Sand answered")
        await seat.press("1")
        await seat.until(lambda: "● √" not in seat.text)
        until(rep, lambda: any(one.what == "returned the draft: Say since when we know." for one in rep.desk.log))


async def test_whoever_signs_learns_what_went_out_in_their_name_and_nobody_else_does(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    lead = sit("SML")
    boss = InLines(host, "EXE", tmp_path)
    async with at(host, "COM", tmp_path) as seat:
        await played(seat, host, lead)
        channel = lead.drill.scenario.channels[0].id
        lead.act("publish", text="We are sorry.", kind="official", channels=[channel], signed_by="Ingrid Voll")
        await seat.shows("4 Team +1")
        await seat.press("4")
        await seat.shows("SML published an official", "statement in your name: “We")
        lead.act("publish", text="All is well.", kind="update", channels=[channel], signed_by="Ada Strand, director")
        boss.tells("SML published an update statement in your name: “All is well.”")
        assert not [line for line in boss.lines if "We are sorry.”." in line]
    boss.room.close()


async def test_what_a_team_mate_did_is_told_with_their_seat(host: Host, sit: Any, tmp_path: Path) -> None:
    lead = sit("SML")
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host, lead)
        boss = person(lead, "EXE")
        lead.act("inform", to=[boss], text="A child is ill.")
        await seat.press("4")
        await seat.shows("SML informed", "» SML informed them: A child")
        seat.session.act("ask", to=[boss], text="May we say so?")
        await seat.shows("SML informed, you asked")


# -- what a seat may do ------------------------------------------------------------------------------------------


async def test_only_what_the_seat_may_do_is_offered_and_the_rest_says_who_may(
    host: Host, sit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.letters.SPAN_S", 0.0)  # a person reads each answer before the next key
    lead = sit("SML")
    host.do(lambda: host.session.skip_to(30 * MINUTE))
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host, lead)
        await seat.until(lambda: bool(seat.desk.queue.items))
        assert "Reply" not in seat.lines[-1] and "Classify" not in seat.lines[-1]
        for key in ("w", "f", "c", "S", "M", "d"):
            await seat.press(key)
            await seat.shows("is for the social-media lead (SML), not for your seat.")
            assert isinstance(seat.app.screen, DeskScreen) and not seat.desk.composer.open
        titles = {one.title for one in seat.app.get_system_commands(seat.app.screen)}
        assert "People: Escalate" in titles and "Speaking: Statement" not in titles
        await seat.press("v")
        await seat.shows("What do you do?", "Escalate")
        assert "Statement" not in seat.words and "Stand down" not in seat.words
        await seat.press("escape", "question_mark")
        await seat.shows("Keys to begin with", "answer whoever has called you")
        assert "classify" not in seat.words
        assert not [one for one in keys.table() if one.verb == "publish" and one.help in seat.words]
        await seat.press("escape", "6")
        await seat.until(lambda: seat.desk.pane_name == "content")
        assert "S sweeps" not in seat.words


async def test_the_last_line_offers_an_answer_only_where_the_seat_may_give_it(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    lead = sit("SML")
    host.do(lambda: host.session.skip_to(30 * MINUTE))
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host, lead)
        await seat.until(lambda: bool(seat.desk.queue.items) and bool(seat.session.desk.posts))
        await seat.press("2", "g", "enter")
        await seat.until(lambda: seat.desk.focused is seat.desk.thread)
        assert "Reply" not in seat.lines[-1] and "R answers all" not in seat.words
        lead.act("inform", to=(person(lead, "LEG"),), text="Come, please.")
        await seat.until(lambda: any(one.sender == "SML" for one in seat.session.desk.inbox.values()))
        await seat.press("escape", "3")
        await seat.until(lambda: "r Reply" in seat.lines[-1])
        await seat.press("r")
        await seat.until(lambda: seat.desk.composer.open)


async def test_the_plan_calls_nobody_elses_seat_ones_own(host: Host, sit: Any, tmp_path: Path) -> None:
    sit("SML")
    async with at(host, "LEG", tmp_path, size=(160, 45)) as seat:
        await seat.shows("legal counsel (LEG)")
        await seat.press("l", "3")
        await seat.shows("The plan of Tarn & Tide", "Per Sand")
        (own,) = [row for row in seat.lines if "your own seat" in row]
        assert "Per Sand" in own and "Jonas Lyng" not in own


async def test_an_observer_sees_it_all_and_is_told_that_nothing_can_be_done(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    lead = sit("SML")
    async with at(host, "OBS", tmp_path) as seat:
        await seat.shows("An observer", "You can do nothing here.", "0 of 1 ready")
        await played(seat, host, lead)
        lead.act("note", text="A child is ill.")
        await seat.shows("SML: “A child is ill.”")
        await seat.press("s")
        await seat.shows("Tell all is not for the observer.")
        assert isinstance(seat.app.screen, DeskScreen)


# -- whose a row is ----------------------------------------------------------------------------------------------


async def test_a_row_is_claimed_with_one_key_and_the_others_see_whose_it_is(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    lead = sit("SML")
    host.do(lambda: host.session.skip_to(30 * MINUTE))
    async with at(host, "REP", tmp_path) as seat:
        await played(seat, host, lead)
        await seat.to_posts()
        await seat.press("M")
        await seat.shows("It is yours now", "→ mine")
        key = next(one.event.key for one in seat.session.desk.posts.values() if one.assigned == "REP")
        until(lead, lambda: lead.desk.posts[key].assigned == "REP")
        await seat.press("enter")
        await seat.until(lambda: seat.text.count("→ mine") >= 2)
        lead.act("assign", target=key, to=["SML"])
        await seat.until(lambda: seat.text.count("→ SML") >= 2)
        lead.act("assign", target=key, to=["REP"])
        await seat.shows("SML gives this to you: ")
        await seat.press("M")
        await seat.shows("It is put back: nobody has it.")
        until(lead, lambda: not lead.desk.posts[key].assigned)


async def test_a_mail_that_is_claimed_says_so_in_queue_inbox_and_thread(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    lead = sit("SML")
    async with at(host, "LEG", tmp_path, size=(80, 24)) as seat:
        await played(seat, host, lead)
        host.do(lambda: host.session.steer("speak", target="ada", kind="mail", text="Where are we?", needs="question"))
        until(lead, lambda: any(one.text == "Where are we?" for one in lead.desk.inbox.values()))
        key = next(one.key for one in lead.desk.inbox.values() if one.text == "Where are we?")
        lead.act("assign", target=key, to=["SML"])
        for pane in ("1", "3"):
            await seat.press(pane)
            await seat.shows("Ada Strand", "→ SML")
        await seat.press("enter")
        await seat.shows("Facts", "→ SML")


async def test_who_writes_an_answer_is_told_when_another_takes_the_row(host: Host, sit: Any, tmp_path: Path) -> None:
    lead = sit("SML")
    host.do(lambda: host.session.skip_to(30 * MINUTE))
    async with at(host, "REP", tmp_path) as seat:
        await played(seat, host, lead)
        await seat.to_posts()
        await seat.press("r")
        await seat.until(lambda: seat.desk.composer.open)
        key = seat.desk.composer.job.target  # type: ignore[union-attr]
        until(lead, lambda: key in lead.desk.posts)
        lead.act("assign", target=key, to=["SML"])
        await seat.shows("SML takes what you are answering.")
        await seat.press("escape")
        await seat.press("m")
        await seat.shows("Somebody has taken this")


async def test_who_answers_a_post_that_another_has_taken_is_told_first(host: Host, sit: Any, tmp_path: Path) -> None:
    lead = sit("SML")
    host.do(lambda: host.session.skip_to(30 * MINUTE))
    async with at(host, "REP", tmp_path) as seat:
        await played(seat, host, lead)
        await seat.to_posts()
        row = seat.desk.queue.current
        assert row is not None
        until(lead, lambda: row.row.posts[-1] in lead.desk.posts)
        lead.act("assign", target=row.row.posts[-1], also=list(row.row.posts[:-1]), to=["SML"])
        await seat.shows("→ SML")
        await seat.press("r")
        await seat.shows("Somebody has taken this", "social-media lead (SML) is on it")
        await seat.press("n")
        assert not seat.desk.composer.open
        await seat.press("r")
        await seat.shows("Somebody has taken this")
        await seat.press("y")
        await seat.until(lambda: seat.desk.composer.open)


async def test_a_row_is_given_to_a_seat_that_plays_and_a_role_that_nobody_plays_is_a_colleague(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    lead = sit("SML")
    host.do(lambda: host.session.skip_to(30 * MINUTE))
    async with at(host, "REP", tmp_path) as seat:
        await played(seat, host, lead)
        await seat.to_posts()
        await seat.press("a")
        await seat.shows("Give it to", "Yourself", "social-media lead (SML)", "here")
        await seat.press("j", "enter")
        until(lead, lambda: any(one.assigned == "SML" for one in lead.desk.posts.values()))
        await seat.press("4")
        await seat.shows("● plays", "answers in about")


# -- the team's talk, and handing over ---------------------------------------------------------------------------


async def test_the_team_talks_with_one_key_while_the_clock_stands_too(host: Host, sit: Any, tmp_path: Path) -> None:
    lead = sit("SML")
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host, lead)
        host.do(lambda: host.session.pause("frozen by the facilitator"))
        await seat.shows("The clock stands still: you can read and write · s tells all")
        await seat.press("s")
        await seat.shows("Tell all")
        await seat.press(*"Back at ten", "enter")
        until(lead, lambda: any(one.who == "LEG" and one.what == "Back at ten" for one in lead.desk.log))
        lead.act("note", text="At ten, then.")
        await seat.shows("SML: “At ten, then.”")
        assert seat.session.paused and not seat.session.draft("note")


async def test_the_team_talks_before_startex_from_its_briefing(host: Host, sit: Any, tmp_path: Path) -> None:
    lead = sit("SML")
    async with at(host, "LEG", tmp_path) as seat:
        await seat.shows("s Tell all")
        lead.act("note", text="Who calls Nora?")
        await seat.shows("SML: Who calls Nora?")
        await seat.press("s")
        await seat.shows("Tell all", "Everybody reads it at once")
        await seat.press(*"I do", "enter")
        await seat.shows("LEG: I do")
        until(lead, lambda: any(one.who == "LEG" and one.what == "I do" for one in lead.desk.log))
        assert isinstance(seat.app.screen, SeatBriefingScreen) and not seat.session.begun


async def test_who_only_watches_is_not_offered_to_talk(host: Host, tmp_path: Path) -> None:
    async with at(host, "OBS", tmp_path) as seat:
        await seat.shows("enter Ready")
        assert "Tell all" not in seat.words
        await seat.press("s")
        assert isinstance(seat.app.screen, SeatBriefingScreen)


async def test_a_word_that_was_begun_stands_in_its_box_again_at_another_terminal_too(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host, sit("SML"))
        await seat.press("s", *"The lab", "escape", "s")
        await seat.shows("Tell all", "The lab", "esc keeps it for later")
        await seat.press(*" says", "escape")
        await seat.until(lambda: host.room.welcome("LEG")["drafts"].get("note") == "The lab says")
    async with at(host, "LEG", tmp_path, back=True) as seat:
        await seat.comes(DeskScreen)
        await seat.press("s")
        await seat.shows("Tell all", "The lab says")


async def test_a_hand_over_that_was_begun_is_kept_until_the_seat_is_given_up(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host, sit("SML"))
        await seat.press("ctrl+q", "g", *"Nora", "escape", "ctrl+q", "g")
        await seat.shows("Hand your seat over", "Nora")
        await seat.until(lambda: host.room.welcome("LEG")["drafts"].get("handover") == "Nora")
        await seat.press("enter")
        await seat.until(lambda: not seat.app.is_running or seat.app._exit)
    assert not host.room.welcome("LEG")["drafts"] and host.room.welcome("LEG")["handed"] == "Nora"


async def test_a_seat_is_handed_over_with_a_word_that_the_next_one_reads(host: Host, sit: Any, tmp_path: Path) -> None:
    lead = sit("SML")
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host, lead)
        await seat.press("ctrl+q")
        await seat.shows("Step out for now", "Give the seat up", "Stay")
        assert "End it" not in seat.words
        await seat.press("g")
        await seat.shows("Hand your seat over")
        await seat.press(*"The recall waits", "enter")
        await seat.until(lambda: not seat.app.is_running or seat.app._exit)
    until(lead, lambda: "LEG" not in lead.seats)
    until(lead, lambda: any("The recall waits" in one.what and one.who == "LEG" for one in lead.desk.log))
    async with at(host, "LEG", tmp_path / "next") as seat:
        await seat.comes(HandedDialog)
        await seat.shows("Handed over to you", "legal counsel (LEG) before you", "The recall waits")
        await seat.press("enter")
        await seat.comes(DeskScreen)


async def test_what_was_handed_over_before_startex_stands_on_the_next_ones_briefing(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    law = sit("LEG")
    law.leave("Ask Nora first.")
    async with at(host, "LEG", tmp_path) as seat:
        await seat.shows("Handed over to you", "Ask Nora first.")
        start(host)
        await seat.press("enter")
        await seat.until(lambda: seat.session.begun)
        await seat.until(lambda: any("Ask Nora first." in one.what for one in seat.session.desk.log))


async def test_who_steps_out_keeps_the_seat(host: Host, tmp_path: Path) -> None:
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host)
        await seat.press("ctrl+q")
        await seat.shows("Step out for now")
        await seat.press("y")
        await seat.until(lambda: seat.app._exit)
    assert "LEG" in host.do(lambda: host.room.taken)
    async with at(host, "LEG", tmp_path, back=True) as seat:
        assert isinstance(seat.app.screen, DeskScreen)


# -- what is out already -----------------------------------------------------------------------------------------


async def test_what_is_out_already_can_be_read_and_copied_at_every_seat(host: Host, sit: Any, tmp_path: Path) -> None:
    lead = sit("SML")
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host, lead)
        channel = lead.drill.scenario.channels[0].id
        lead.act("publish", text="We know of an ill child.", kind="holding", channels=[channel], signed_by="Ana")
        await seat.until(lambda: bool(seat.session.desk.published))
        await seat.press("Q")
        await seat.shows("Already said", "holding statement", "SML, signed Ana", "We know of an ill child.")
        await seat.press("Y")
        assert "We know of an ill child." in seat.app.clipboard and "EXERCISE" in seat.app.clipboard


# -- what the host refuses ---------------------------------------------------------------------------------------


async def test_a_draft_that_could_not_be_kept_is_told(host: Host, tmp_path: Path, monkeypatch: Any) -> None:
    async with at(host, "SML", tmp_path) as seat:
        await played(seat, host)

        def refuse(*_: Any) -> None:
            raise DrillError("the disk is full")

        host.do(lambda: monkeypatch.setattr(host.room, "draft", refuse))
        seat.session.save_draft("reply p1", "We are")
        await seat.shows("The disk is full")


# -- in lines ----------------------------------------------------------------------------------------------------


class InLines:
    """Somebody who plays in lines."""

    def __init__(self, host: Host, seat: str, folder: Path, *, live: bool = True) -> None:
        code = host.do(lambda: host.room.invite(seat))
        self.room = RemoteSession.join(host.where, code, folder / f"{seat}-lines")
        self.lines: list[str] = []
        self.desk = RoomDesk(cast(RoomView, self.room), self.lines.append, live=live)
        self.desk.begin()

    def tells(self, words: str) -> None:
        """Wait until a line has these words."""
        end = time.monotonic() + 10
        while not any(words in line for line in self.lines):
            assert time.monotonic() < end, "\n".join(self.lines)
            self.desk.tick()
            time.sleep(0.01)


def test_a_seat_is_played_in_lines_with_the_hosts_time(host: Host, sit: Any, tmp_path: Path) -> None:
    lead = sit("SML")
    law = InLines(host, "LEG", tmp_path)
    law.tells("You are the legal counsel (LEG). You may use note, call, ask")
    law.tells("social-media lead (SML), here")
    law.tells("“script” stands after the name then")
    law.tells("Waiting for STARTEX, 0 of 2 ready. ready says that you are.")
    law.desk.take("ready")
    until(lead, lambda: "LEG" in lead.ready)
    start(host)
    law.tells("The clock runs at pace")
    until(lead, lambda: not lead.paused)
    lead.act("note", text="A child is ill.")
    law.tells("SML: A child is ill.")
    for name in ("Jonas Lyng", "Per Sand"):
        speaks = next(key for key, view in lead.desk.contacts.items() if view.colleague.name == name)
        host.do(lambda who=speaks: host.session.steer("speak", target=who, kind="mail", text="Call me."))
    law.tells("mail from Jonas Lyng (script): “Call me.” The script says this, not the social-media lead (SML).")
    law.tells("mail from Per Sand (script, for you): “Call me.” The script speaks for you here.")
    law.desk.take("clock stop")
    law.tells("the clock is the facilitator's")
    law.desk.take("say holding flit: We are sorry.")
    law.desk.take("note I read the draft")
    until(lead, lambda: any(one.who == "LEG" and one.what == "I read the draft" for one in lead.desk.log))
    lead.act("request_approval", kind="official", to=[person(lead, "LEG")], text="We are sorry.")
    law.tells("draft to approve from social-media lead")
    law.desk.take("approve")
    until(lead, lambda: any(view.state == "approved" for view in lead.desk.approvals.values()))
    law.desk.take("give-up The recall waits")
    assert law.desk.left
    until(lead, lambda: "LEG" not in lead.seats)
    law.room.close()


def test_what_a_seat_may_not_do_is_said_in_lines_before_anything_is_written(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    sit("SML")
    law = InLines(host, "LEG", tmp_path)
    start(host)
    law.tells("The clock runs")
    law.desk.take("sweep")
    law.tells("Not done: Sweep is for the social-media lead (SML), not for your seat")
    law.room.close()


def test_piped_lines_wait_for_the_hosts_time(host: Host, tmp_path: Path) -> None:
    lead = InLines(host, "SML", tmp_path, live=False)
    host.do(lambda: host.session.set_pace(60))
    start(host)
    before = lead.room.now_ms
    lead.desk.take("wait 30s")
    assert lead.room.now_ms >= before + 30_000
    lead.desk.take("claim 1")
    until(lead.room, lambda: "SML" in {one.assigned for one in lead.room.desk.posts.values()})
    lead.desk.take("claim 1")
    until(lead.room, lambda: not any(one.assigned for one in lead.room.desk.posts.values()))
    lead.desk.take("leave")
    assert "SML" in host.do(lambda: host.room.taken) and lead.desk.left
    lead.room.close()


def test_who_is_put_out_of_the_room_is_told_in_lines(host: Host, tmp_path: Path) -> None:
    law = InLines(host, "LEG", tmp_path)
    host.do(lambda: host.room.leave("LEG"))
    law.tells("You are out of the room")
    assert law.desk.left
    law.room.close()


# -- after ENDEX -------------------------------------------------------------------------------------------------


async def test_after_endex_every_seat_has_its_hotwash_with_its_own_questions_first(
    host: Host, sit: Any, tmp_path: Path
) -> None:
    lead = sit("SML")
    async with at(host, "LEG", tmp_path) as seat:
        await played(seat, host, lead)
        lead.act("request_approval", kind="official", to=[person(lead, "LEG")], text="We are sorry.")
        await seat.shows("waits for you: y decides")
        await seat.press("y", "a")
        until(lead, lambda: any(view.state == "approved" for view in lead.desk.approvals.values()))
        lead.act("note", text="Nora calls back.")
        host.do(lambda: host.session.stop("facilitator"))
        await seat.shows("ENDEX")
        await seat.press("enter")
        await seat.comes(ReviewScreen)
        await seat.shows("h Hotwash", "your own questions first")
        await seat.press("h")
        await seat.comes(HotwashScreen)
        await seat.shows("Yours first: legal counsel (LEG)", "The longest draft lay before you for")
        assert "What did you do while your draft waited?" not in seat.words
        await seat.until(lambda: "Reading the run" not in seat.text)
        await seat.press("G")
        await seat.shows("One thing to keep", "Played as a team.")


async def test_a_real_emergency_stops_everything_from_the_briefing_too(host: Host, sit: Any, tmp_path: Path) -> None:
    lead = sit("SML")
    async with at(host, "LEG", tmp_path) as seat:
        await seat.press("X")
        await seat.shows("STOP the exercise?")
        await seat.press("up", "enter")
        until(lead, lambda: lead.ended)


async def test_who_loses_the_seat_while_reading_is_told_why_on_the_way_out(host: Host, tmp_path: Path) -> None:
    async with at(host, "LEG", tmp_path) as seat:
        host.do(lambda: host.room.leave("LEG"))
        await seat.until(lambda: seat.app._exit)
        assert "not yours any more" in str(seat.app.failed)
