"""The facilitator's console: what it shows, that every key does what it is for, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea
from textual.worker import WorkerState

from drills.errors import DrillError
from drills.room.client import RemoteSession
from drills.room.msel import Entry
from drills.room.notes import notes_of
from engine.events import Steered
from tests.drills.room.host import Host, until
from tests.hostile import CORPUS
from tests.tui.desk_pilot import impatient, screen_text
from tests.tui.fakes_console import MINUTE, running, steered, waiting
from tui import keys
from tui.app import StormdrillApp
from tui.screens.console import ConsoleScreen
from tui.screens.console_fill import lit
from tui.screens.console_shift import step_of
from tui.screens.console_timeline import timeline_rows
from tui.screens.desk import DeskScreen
from tui.theme import LIGHT
from tui.widgets.feed import Feed


class Console:
    """A running console."""

    def __init__(self, app: StormdrillApp, room: Any, pilot: Pilot[None]) -> None:
        self.app, self.room, self.pilot = app, room, pilot
        self.screen = cast(ConsoleScreen, app.screen)

    async def press(self, *pressed: str) -> None:
        """Press keys, one after the other; each finds the screen at rest."""
        for key in pressed:
            await self.pilot.press(key)
            await self.settle()

    async def settle(self) -> None:
        """Until two looks at the screen agree, and whatever a key has begun is under way."""
        before = ""
        for _ in range(40):
            await self.pilot.pause()
            if self.text == before and not any(one.state is WorkerState.PENDING for one in self.app.workers):
                return
            before = self.text

    async def type(self, text: str) -> None:
        """Put a text where the keyboard is."""
        field = self.app.focused
        assert isinstance(field, Input | TextArea)
        if isinstance(field, Input):
            field.insert_text_at_cursor(text)
        else:
            field.insert(text)
        await self.settle()

    async def look(self) -> None:
        """Let the console see what has happened meanwhile."""
        self.screen.tick()
        self.screen.paint()
        await self.settle()

    @property
    def text(self) -> str:
        return screen_text(self.app)

    @property
    def did(self) -> list[str]:
        """What the room was steered to since the story stood, in order."""
        return [event.steering.do for event in self.room.events if isinstance(event, Steered)][4:]

    def steering(self) -> Any:
        """The last steering."""
        return [event.steering for event in self.room.events if isinstance(event, Steered)][-1]


@asynccontextmanager
async def console(room: Any, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Console]:
    app = StormdrillApp(session=room)
    with impatient():
        async with app.run_test(size=size, notifications=True) as pilot:
            shown = Console(app, room, pilot)
            await shown.settle()
            shown.screen = cast(ConsoleScreen, app.screen)
            yield shown


# -- what it shows ---------------------------------------------------------------------------------------------


async def test_it_opens_for_the_facilitator_of_a_room_and_for_nobody_else(tmp_path: Path) -> None:
    async with console(running(tmp_path / "fac")) as shown:
        assert isinstance(shown.app.screen, ConsoleScreen)
        assert "EXERCISE CONTROL" in shown.text
    other = running(tmp_path / "sml")
    other.seat, other.has_clock, other.stating = "SML", False, ()  # type: ignore[misc,attr-defined]
    async with console(other) as shown:
        assert isinstance(shown.app.screen, DeskScreen)


async def test_before_startex_it_says_who_is_ready_and_which_key_begins(tmp_path: Path) -> None:
    async with console(waiting(tmp_path)) as shown:
        assert "Begin (STARTEX): space" in shown.text
        assert "✓ SML ready" in shown.text and "· COM not yet" in shown.text and "○ LEG not connected" in shown.text
        shown.room.ready.append("COM")
        await shown.look()
        assert "✓ COM ready" in shown.text


async def test_startex_asks_while_somebody_is_not_ready_and_goes_when_all_are(tmp_path: Path) -> None:
    async with console(waiting(tmp_path)) as shown:
        await shown.press("space")
        assert "Not ready yet: COM, LEG." in shown.text and not shown.room.begun
        await shown.press("n")
        assert not shown.room.begun
        shown.room.ready = ["SML", "COM", "LEG"]
        await shown.press("space")
        assert shown.room.begun and not shown.room.paused and "Before STARTEX" not in shown.text


async def test_the_timeline_tells_what_was_what_comes_what_is_held_and_where_nothing_comes(tmp_path: Path) -> None:
    async with console(steered(tmp_path), (99, 45)) as shown:
        rows = shown.text.split("\n")

        def row(words: str) -> str:
            return next(line for line in rows if words in line)

        assert "✓ T+0:12:40" in row("Internal mail") and "by you" in row("Internal mail")
        assert "held, due 40s ago" in row("A live voice") and "held" in row("The lab found")
        assert "skipped" in row("The bill of May")
        assert "Look at this" in row("T+0:27:00") and "in 9m50s" in row("T+0:27:00")
        assert "condition" in row("Call me") and "if asked" in row("82 streets") and "ready" in row("Two of your")
        assert "nothing reaches the team for 22m" in shown.text and "ENDEX T+1:30:00" in shown.text


async def test_the_cursor_stays_on_what_comes_next_until_somebody_moves_it(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        assert shown.screen.timeline.current_key == "inject/live"
        shown.room.to(14)
        await shown.look()
        assert shown.screen.timeline.current_key == "fact/iron"
        await shown.press("j")
        shown.room.to(16)
        await shown.look()
        assert shown.screen.timeline.current_key == "inject/bill"
        shown.room.to(19)
        await shown.look()
        assert shown.screen.timeline.current_key == "inject/bill"
        await shown.press("t")
        assert shown.screen.timeline.current_key == "inject/clip"


async def test_no_key_brings_the_cursor_onto_a_quiet_line(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        timeline = shown.screen.timeline
        for key in ("g", "j", "j", "j", "k", "k", "G", "k", "ctrl+u", "ctrl+u", "ctrl+d", "pagedown", "pageup", "home"):
            await shown.press(key)
            assert timeline.chosen is not None, key


async def test_each_seat_says_who_sits_there_what_it_did_and_what_waits(tmp_path: Path) -> None:
    async with console(steered(tmp_path)) as shown:
        await shown.press("2")
        rows = shown.text.split("\n")
        sml = next(at for at, line in enumerate(rows) if "● SML" in line)
        assert "escalated to Ana Ruiz" in rows[sml + 1]
        assert "writes Dear Mara" in shown.text and "1 call" in next(line for line in rows if "● COM" in line)
        law = next(line for line in rows if "○ LEG" in line)
        assert "○ LEG" in law and "not connected" in law and "1 draft" in law
        assert "simulated: Dr Sato" in shown.text


async def test_what_is_late_stands_above_the_seats_with_who_has_it_and_leads_there(tmp_path: Path) -> None:
    room = running(tmp_path)
    async with console(room) as shown:
        await shown.press("2")
        assert "1 open, none late" in shown.text
        room.steer("speak", target="care", kind="post", channel="flit", text="Still no bottles here.", needs="question")
        room.to(60)
        await shown.look()
        queue = room.desk.queue()
        late = [row for row in queue if 0 <= row.due_ms < room.now_ms]
        rule = next(line for line in shown.text.split("\n") if "oldest" in line)
        assert f"{len(queue)} open, {len(late)} late · oldest" in rule
        ours = next(row for row in late if row.posts)
        assert "nobody has it" in next(line for line in shown.text.split("\n") if "! " in line and "nobody" in line)
        room.does("SML", "assign", target=ours.posts[-1], also=ours.posts[:-1], to=("COM",))
        await shown.look()
        assert "→ COM" in shown.text
        await shown.press("g")
        while getattr(shown.screen.row, "holder", "") != "COM":
            await shown.press("j")
        await shown.press("m")
        assert "A word to COM" in " ".join(shown.text.split())
        await shown.press("escape", "enter")
        feed = shown.screen.query_one(Feed)
        assert feed.has_focus and feed.current_key == ours.posts[-1] and not feed.following


async def test_what_the_host_has_to_say_is_told(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        shown.room.told_ = ["the disk of the host is full"]
        await shown.look()
        assert "The disk of the host is full" in shown.text


async def test_hostile_words_stay_words(tmp_path: Path) -> None:
    for name in ("csi_clear", "markup_action", "bidi_override", "osc_title"):
        room = steered(tmp_path / name)
        room.steer("speak", target="care", kind="mail", subject=CORPUS[name][:90], text=CORPUS[name])
        room.steer("observe", target="SML", text=CORPUS[name])
        room.writing = {"SML": {"reply/x": CORPUS[name]}}
        async with console(room, (120, 40)) as shown:
            for key in ("1", "2", "3", "4", "5"):
                await shown.press(key)
                assert not set("\x1b\u202e\x07") & set(shown.text), (name, key)
                assert {len(line) for line in shown.text.split("\n") if line.isascii()} <= {120}


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (100, 30), (120, 34), (160, 45), (200, 60)])
async def test_it_fits_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with console(steered(tmp_path), size) as shown:
        for key in ("1", "2", "3", "4", "5"):
            await shown.press(key)
            assert "EXERCISE CONTROL" in shown.text and "? Help" in shown.text
            assert shown.app.focused is not None and shown.app.focused.region


async def test_a_window_that_is_too_small_says_so(tmp_path: Path) -> None:
    async with console(running(tmp_path), (50, 14)) as shown:
        assert "60 x 18 at least" in shown.text and "T+0:12:40" in shown.text


# -- what it does ----------------------------------------------------------------------------------------------


async def test_an_inject_is_fired_after_one_question(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press("enter")
        assert "Fire now?" in shown.text and "Who speaks to us" in shown.text and shown.did == []
        await shown.press("escape", "enter", "y")
        assert shown.did == ["fire"] and "Fired: press, A live voice at two" in shown.text
        assert "live" in shown.room.desk.inbox


async def test_a_fact_is_kept_back_and_revealed(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press("j", "h", "h", "enter")
        assert "Reveal now?" in shown.text and shown.did == ["withhold"]
        await shown.press("y")
        assert "iron" in shown.room.desk.facts


async def test_hold_lets_go_again_and_what_was_due_meanwhile_happens_at_once(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press("h")
        shown.room.to(15)
        await shown.look()
        assert "live" not in shown.room.desk.inbox
        shown.screen.timeline.to("inject/live")
        await shown.press("h")
        assert "it happens now" in shown.text and "live" in shown.room.desk.inbox


async def test_the_cursor_stays_on_what_was_just_held(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press("h")
        await shown.look()
        assert shown.screen.timeline.current_key == "inject/live"
        await shown.press("h")
        assert shown.did == ["hold", "release"]


@pytest.mark.parametrize(
    ("row", "key", "told"),
    [
        ("content/spring", "h", "is the team's"),
        ("truth/1", "enter", "follows from the story"),
        ("inject/colour", "x", "It has happened already"),
        ("fact/iron", "x", "kept back with h"),
    ],
)
async def test_what_can_not_be_done_says_why_and_does_nothing(tmp_path: Path, row: str, key: str, told: str) -> None:
    async with console(running(tmp_path)) as shown:
        shown.screen.timeline.to(row)
        await shown.press(key)
        assert told in shown.text and shown.did == []


@pytest.mark.parametrize(
    ("typed", "do", "number"),
    [
        ("5", "shift", 5 * MINUTE),
        ("-1.5", "shift", -90_000),
        ("+3m", "shift", 3 * MINUTE),
        ("x1.5", "stretch", 1_500_000),
        ("×0.5", "stretch", 500_000),
    ],
)
def test_what_is_typed_to_move_is_understood(typed: str, do: str, number: int) -> None:
    step = step_of(typed)
    assert step is not None and (do, number) == (step.do, step.number)


@pytest.mark.parametrize("typed", ["", "0", "soon", "1:20", "x0", "x11", "5h", "--5"])
def test_what_can_not_be_meant_is_not_taken(typed: str) -> None:
    assert step_of(typed) is None


async def test_moving_shows_what_comes_of_it_and_then_does_just_that(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press("s")
        await shown.type("x2")
        assert "T+0:13:30 → T+0:14:20" in shown.text and "T+0:52:00 → T+1:31:20" in shown.text
        await shown.press("enter")
        due = {entry.id: entry.due_ms for entry in shown.screen.helm.timeline()}
        assert (due["live"], due["gate"]) == (14 * MINUTE + 20_000, 91 * MINUTE + 20_000)
        assert shown.did == ["stretch"]


async def test_the_dials_show_how_they_stand_and_only_what_was_turned_is_sent(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press("i")
        assert "(•) 100 % now" in shown.text and "(•) 40 % now" in shown.text
        await shown.press("right", "enter")
        assert shown.did == ["volume"] and shown.steering().number == 1_500_000
        await shown.press("i")
        assert "(•) 150 % now" in shown.text


async def test_the_last_line_names_what_the_keys_do_to_the_row_and_nothing_that_they_can_t(tmp_path: Path) -> None:
    def foot(shown: Console) -> str:
        return shown.text.split("\n")[-1]

    async with console(steered(tmp_path)) as shown:
        await shown.press("g")
        assert "Fire" not in foot(shown) and "Hold" not in foot(shown) and "Skip" not in foot(shown)
        for key, label in (("inject/live", "h Let go"), ("fact/iron", "enter Reveal"), ("inject/clip", "x Skip")):
            assert shown.screen.timeline.to(key), key
            await shown.settle()
            assert label in foot(shown)
        shown.room.lost = "the host has gone"
        await shown.look()
        assert foot(shown).split() == ["?", "Help"]


async def test_the_tab_of_the_pane_with_the_keyboard_is_lit(tmp_path: Path) -> None:
    async with console(steered(tmp_path), (160, 45)) as shown:
        assert lit(shown.screen) == "timeline"
        await shown.press("2")
        assert shown.app.focused.id == "seats-side" and lit(shown.screen) == "seats"  # type: ignore[union-attr]
        await shown.press("1")
        assert lit(shown.screen) == "timeline"


async def test_what_the_team_did_shows_its_end_when_the_desk_is_opened(tmp_path: Path) -> None:
    async with console(steered(tmp_path)) as shown:
        await shown.press("5")
        assert "Ada Strand     has not decided in time" in shown.text


async def test_a_word_goes_to_the_only_seat_without_a_question(tmp_path: Path) -> None:
    room = running(tmp_path)
    room.seats = {"FAC": True, "SML": True}
    async with console(room) as shown:
        await shown.press("m")
        assert "A word to SML" in shown.text


async def test_bots_competitors_and_the_night_are_switched_in_the_same_dialogue(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press("i", "tab", "tab")
        assert "[x] bots   [x] competitors   [x] the quiet of the night" in shown.text
        await shown.press("space", "right", "right", "space", "ctrl+s")
        assert shown.did == ["switch", "switch"] and shown.room.session.world.public.bots is False
        await shown.press("i", "tab", "tab")
        assert "[ ] bots   [x] competitors   [ ] the quiet of the night" in shown.text
        await shown.press("left", "space", "ctrl+s")
        assert (shown.steering().target, shown.steering().kind) == ("bots", "on")


async def test_a_persona_posts_and_a_journalist_asks(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press("3", "G")
        shown.screen.query_one("#people").to("cast radio")  # type: ignore[attr-defined]
        await shown.press("p")
        assert "Speak as Mara Quill" in shown.text
        await shown.type("Nobody has called me back.")
        await shown.press("ctrl+s")
        assert any(post.text == "Nobody has called me back." for post in shown.room.desk.posts.values())
        await shown.press("p", "tab", "right", "right", "right")
        assert "subject" in shown.text and "Where" not in shown.text
        shown.app.screen.query_one("#text", TextArea).insert("Is it safe?")
        await shown.press("ctrl+s")
        assert shown.steering().kind == "press" and shown.steering().channel == ""
        assert any(item.medium == "press" and item.text == "Is it safe?" for item in shown.room.desk.inbox.values())


async def test_a_colleague_can_not_post(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press("3")
        shown.screen.query_one("#people").to("colleague sato")  # type: ignore[attr-defined]
        await shown.press("p")
        assert "Speak as Dr Sato" in shown.text and "private message" in shown.text and "(•) post" not in shown.text


async def test_a_draft_is_returned_in_a_colleagues_place_and_the_writer_is_told_why(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press("3", "j", "enter")
        assert "In the place of Ada Strand" in shown.text
        await shown.press("r")
        await shown.type("Say by when.")
        await shown.press("enter")
        request = shown.steering().target.split("/")[0]
        assert shown.room.desk.approvals[request].why == "Say by when."
        assert "Returned in the place of Ada Strand." in shown.text


async def test_a_note_is_put_right_where_it_stands(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        assert "enter Correct" not in shown.text
        await shown.press("4")
        assert "enter Correct" in shown.text
        before = shown.room.session.world.log[-1].at_ms
        await shown.press("enter", *["backspace"] * 200)
        await shown.type("Gave the care home a time.")
        await shown.press("escape")
        assert "before promising a time" in shown.text, "what is not taken changes nothing"
        await shown.press("enter", "enter")
        one = shown.steering()
        assert ("observe", 1, "SML", "CT6", "Gave the care home a time.") == (
            one.do, one.number, one.target, one.kind, one.text,
        )  # fmt: skip
        assert "Put right: Gave the care home a time." in shown.text
        assert "before promising a time" not in shown.text
        (note,) = notes_of(shown.room.session.world.log)
        assert note.at_ms <= before


async def test_a_note_has_the_seat_under_the_cursor_and_its_task_says_what_it_means(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press("2", "j", "n")
        await shown.type("Asks before answering.")
        await shown.press("tab", "tab")
        assert "S some challenges" not in shown.text, "a note on no task has no rating"
        await shown.press("right", "tab", "right", "right", "enter", "4")
        one = shown.steering()
        assert ("observe", "COM", "CT1", "Asks before answering.") == (one.do, one.target, one.kind, one.text)
        assert one.subject == "S"
        assert "Asks before answering." in shown.text and "Detect and sweep · S some challenges" in shown.text


async def test_what_was_typed_is_there_again_after_a_refusal_and_after_esc(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press("2", "m")
        await shown.type("Who speaks for you?")
        shown.room.refuse = "there is no connection now"
        await shown.press("enter")
        assert "There is no connection now" in shown.text and shown.did == []
        await shown.press("m")
        assert "Who speaks for you?" in shown.text
        await shown.type(" Now?")
        await shown.press("escape", "m")
        assert "Who speaks for you? Now?" in shown.text
        shown.room.refuse = ""
        await shown.press("enter")
        assert shown.steering().text == "Who speaks for you? Now?"
        await shown.press("m")
        assert "What do you want to tell them?" in shown.text


async def test_a_lost_connection_is_shown_and_the_clock_is_not_touched(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        shown.room.lost = "the host has gone"
        await shown.look()
        assert "‖ no connection" in shown.text and "nothing you do arrives until it is back" in shown.text
        await shown.press("space", "E")
        assert not shown.room.session.paused and not shown.room.session.ended
        assert "the clock is not reached" in shown.text
        shown.room.lost = ""
        await shown.look()
        assert "● runs" in shown.text


async def test_endex_asks_and_then_leads_to_the_review_as_for_everybody(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press("E")
        assert "ENDEX: end the exercise?" in shown.text and not shown.room.session.ended
        await shown.press("y")
        shown.screen.tick()
        await shown.settle()
        assert "The facilitator has ended it." in shown.text


async def test_a_real_emergency_works_from_within_a_dialogue(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press("2", "m", "f10")
        assert "STOP the exercise?" in shown.text
        await shown.press("up", "enter")
        assert "NO DUFF: exercise stopped" in shown.text and shown.room.session.ended


async def test_a_seat_that_is_taken_away_ends_it_with_a_sentence(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        def gone() -> None:
            raise DrillError("this seat is not yours any more")

        shown.room.tick = gone
        await shown.look()
        assert "this seat is not yours any more" in shown.text
        await shown.press("h")
        assert shown.did == []


# -- over a real wire ------------------------------------------------------------------------------------------


async def test_over_a_real_room_and_after_coming_back_all_is_as_it_was(tmp_path: Path) -> None:
    host = Host(tmp_path / "host", "tarn-and-tide")
    seats = []
    try:
        code, other = host.do(lambda: host.room.invite("FAC")), host.do(lambda: host.room.invite("SML"))
        room = RemoteSession.join(host.where, code, tmp_path / "fac")
        seats += [room, RemoteSession.join(host.where, other, tmp_path / "sml")]
        until(room, lambda: "SML" in room.seats and bool(room.events))
        async with console(room, (120, 34)) as shown:
            assert "Begin (STARTEX): space" in shown.text and "SML not yet" in shown.text
            await shown.press("space", "y")
            until(seats[1], lambda: not seats[1].paused)
            await shown.press("G", "k", "h", "n")
            await shown.type("Calm.")
            await shown.press("enter")
            assert "Noted: Calm." in shown.text
            until(room, lambda: len([one for one in room.events if isinstance(one, Steered)]) >= 3)
            known = [one.id for one in (*room.drill.scenario.themes, *room.drill.scenario.facts)]
            assert room.desk.facts and len(known) == len(set(known)), "who has the story whole is brought nothing twice"
        again = RemoteSession.join(host.where, "", tmp_path / "fac")
        seats.append(again)
        until(again, lambda: len(again.events) >= len(room.events))
        async with console(again, (120, 34)) as shown:
            await shown.press("4")
            assert "Calm." in shown.text
            assert [entry.id for entry in shown.screen.helm.timeline() if entry.held]
    finally:
        for one in seats:
            one.close()
        host.close()


# -- keys ------------------------------------------------------------------------------------------------------

Holds = Callable[[Console], bool]


def shows(words: str) -> Holds:
    """These words are on the screen."""
    return lambda shown: words in shown.text


def did(do: str) -> Holds:
    """The room was steered so."""
    return lambda shown: do in shown.did


def at(pane: str) -> Holds:
    """This list has the keyboard."""
    return lambda shown: shown.app.focused is not None and shown.app.focused.id == pane


KEYS: dict[str, tuple[tuple[str, ...], Holds]] = {
    "run": ((), lambda shown: shown.room.paused),
    "fire": ((), shows("Fire now?")),
    "hold": ((), did("hold")),
    "skip": ((), shows("Leave it out?")),
    "earlier": ((), lambda shown: "shift" in shown.did and shown.steering().number == -MINUTE),
    "later": ((), lambda shown: "shift" in shown.did and shown.steering().number == MINUTE),
    "move": ((), shows("Move what is to come")),
    "next-inject": (("g",), lambda shown: shown.screen.timeline.current_key == "inject/live"),
    "console-slower": ((), lambda shown: shown.room.pace == 0.5),
    "console-faster": ((), lambda shown: shown.room.pace == 2),
    "intensity": ((), shows("Hostility is how harsh they get")),
    "endex": ((), shows("ENDEX: end the exercise?")),
    "nudge": ((), shows("A word to which seat?")),
    "observe": ((), shows("Note, T+0:12:40")),
    "speak": ((), shows("Speak as whom?")),
    "decide-for": ((), shows("Decide on which draft?")),
    "away": ((), shows("Who is away, or back?")),
    "console-timeline": (("4",), at("timeline")),
    "console-seats": ((), at("seats")),
    "console-people": ((), at("people")),
    "console-notes": ((), at("notes")),
    "console-desk": ((), at("feed")),
    "form-take": (("2", "m", "H", "i"), did("nudge")),
    "help": ((), shows("You lead the exercise from here")),
    "commands": ((), shows("Search for commands")),
    "light": ((), lambda shown: shown.app.theme == LIGHT.name),
    "leave": ((), shows("Leave the room?")),
    "no-duff": ((), shows("STOP the exercise?")),
}
SCOPES = ("app", "console", "form")
PRESSES = [(key.id, one.strip()) for key in keys.packed() if key.scope in SCOPES for one in key.key.split(",")]


def test_no_key_is_left_out_of_the_table() -> None:
    assert {key.id for key in keys.packed() if key.scope in SCOPES} == set(KEYS)


def test_no_key_of_the_console_means_two_things_there() -> None:
    scopes = ("app", "console")
    bound = [one for key in keys.packed() if key.scope in scopes for one in key.key.split(",")]
    assert len(bound) == len(set(bound))


@pytest.mark.parametrize(("name", "key"), PRESSES, ids=[f"{name}-{key}" for name, key in PRESSES])
async def test_every_key_does_what_it_is_for(tmp_path: Path, name: str, key: str) -> None:
    before, holds = KEYS[name]
    async with console(running(tmp_path)) as shown:
        await shown.press(*before)
        assert not holds(shown), "it would hold without the key"
        await shown.press(key)
        assert holds(shown)


@pytest.mark.parametrize("pane", ["2", "3", "4", "5"])
async def test_the_clock_notes_and_personas_work_in_every_pane(tmp_path: Path, pane: str) -> None:
    async with console(running(tmp_path)) as shown:
        await shown.press(pane, "space")
        assert shown.room.paused
        await shown.press("n")
        assert "Note, T+" in shown.text
        await shown.press("escape", "p")
        assert "Speak as" in shown.text


@pytest.mark.parametrize("pane", ["timeline", "seats", "people", "notes", "desk"])
def test_the_last_line_names_at_most_seven_keys(pane: str) -> None:
    assert 1 <= len(keys.foot(f"console-{pane}")) <= 7


async def test_the_palette_has_every_key_of_the_console(tmp_path: Path) -> None:
    async with console(running(tmp_path)) as shown:
        titles = {command.title for command in shown.app.get_system_commands(shown.app.screen)}
        ours = [key for key in keys.packed() if key.scope == "console"]
        assert [] == [key.id for key in ours if f"{key.group}: {key.label}" not in titles]


def test_gaps_stand_where_they_begin() -> None:
    entries = [Entry("a", "inject", "A", 5 * MINUTE), Entry("b", "inject", "B", 40 * MINUTE),
               Entry("c", "fact", "C", 20 * MINUTE)]  # fmt: skip
    entries.sort(key=lambda one: one.due_ms)
    rows = [row.rule or (row.item.id if row.item else "") for row in timeline_rows(entries, 0, 45 * MINUTE)]
    quiet = "nothing reaches the team for 35m"
    assert ["now T+0:00:00, next in 5m00s", "a", quiet, "c", "b", "ENDEX T+0:45:00"] == rows
