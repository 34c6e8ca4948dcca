"""The states of a seat in a room: joining it, what the others do, whose a row is, leaving it, and what comes after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from drills.report.model import Question
from drills.room.rights import SEATS, may
from engine.actions import VERBS, Action
from engine.events import Acted, ApprovalAsked, ApprovalDecided, Event, Laid, Nudged, Published, Steered
from engine.steering import Steering
from tests.hostile import CORPUS
from tests.tui import fakes_review as fakes
from tests.tui.scripted import MINUTE, ScriptedSession, story
from tests.tui.state import State, desk, screen
from tests.tui.states_desk import CARE
from tui.screens.hotwash import HotwashScreen
from tui.screens.review import ReviewScreen
from tui.screens.room_dialogs import HandedDialog
from tui.screens.seat_briefing import SeatBriefingScreen

NOW = 12 * MINUTE + 40_000
HANDED = "The recall waits for Nora, who calls back at three. The mother has had my number since noon."
LONG_DRAFT = (
    "We know that the water in Northside is brown, and that this is frightening. The lab found iron and manganese from "
    "old pipes, and no chemicals. Do not give it to babies. We bring bottled water to every house from noon on."
)


class ScriptedRoom(ScriptedSession):
    """A seat of a room whose others do what a test says."""

    def __init__(
        self, events: Iterable[Event] = (), *, seat: str = "LEG", begun: bool = True, handed: str = "",
        now_ms: int = NOW,
    ) -> None:  # fmt: skip
        super().__init__(events, now_ms=now_ms if begun else 0, coach="off")
        self.seat, self.alone, self.has_clock, self.begun = seat, False, False, begun
        self.where = "127.0.0.1:7788"
        self.seats = {"COM": True, "FAC": True, "LEG": True, "SML": False}
        self.ready: tuple[str, ...] = () if begun else ("COM",)
        self.stating: tuple[str, ...] = ()
        self.lost, self.handed, self.newcomer = "", handed, True
        self.left: list[str] = []
        if not begun:
            self.paused, self.why_paused = True, "before STARTEX"

    def may(self, do: str) -> bool:
        lies = do == "decide" and any(one.medium == "approval" and one.waiting for one in self.desk.inbox.values())
        return lies or may(self.seat, do, self.seats)

    def who_may(self, do: str) -> tuple[str, ...]:
        return tuple([seat for seat in SEATS if seat in self.seats and may(seat, do, self.seats)])

    def say_ready(self, *, ready: bool = True) -> None:
        self.ready = (*self.ready, self.seat) if ready else tuple([one for one in self.ready if one != self.seat])

    def leave(self, handed: str = "") -> None:
        self.left.append(handed)


def before() -> ScriptedRoom:
    return ScriptedRoom(begun=False)


def talked() -> ScriptedRoom:
    """The team talks before STARTEX, and somebody writes what a terminal would obey."""
    room = before()
    words = ("Who is here?", f"I am. {CORPUS['markup_action']} {CORPUS['bidi_override']}", LONG_DRAFT)
    for at, text in enumerate(words):
        room.happen(Acted(0, Action(f"a3{at}", 0, ("COM", "LEG", "COM")[at], "note", text=text)))
    return room


def hostile_handed() -> ScriptedRoom:
    return ScriptedRoom(begun=False, handed=f"{HANDED} {CORPUS['markup_action']} {CORPUS['bidi_override']}")


def asked_for(text: str = LONG_DRAFT, writer: str = "SML") -> list[Event]:
    """A draft lies before the lawyer."""
    at = 12 * MINUTE
    asked = Action("a9", at, writer, "request_approval", kind="official", to=("lea",), text=text)
    return [Acted(at, asked), Laid(at, "a9/lea", "a9", "lea", "LEG", "official", writer, text, at + 20 * MINUTE)]


def claimed(seat: str, *posts: str) -> Event:
    at = 12 * MINUTE + 10_000
    return Acted(at, Action(f"a-{seat}", at, seat, "assign", target=posts[0], also=posts[1:], to=(seat,)))


def lawyer() -> ScriptedRoom:
    return ScriptedRoom([*story(), *asked_for()])


def lead() -> ScriptedRoom:
    """The social-media lead, with rows of one's own and of others."""
    return ScriptedRoom([*story(), claimed("SML", "care1"), claimed("COM", "watch1", "lola1")], seat="SML")


def news() -> ScriptedRoom:
    """What came of what the lead asked for: a call that nobody took, a draft that was returned, one's name under it."""
    session = lead()
    text = "We are sorry for the brown water. We replace the pipes."
    asked = Action("b1", NOW, "SML", "request_approval", kind="official", to=("lea",), channels=("flit",), text=text)
    out = Action("b2", NOW, "COM", "publish", kind="holding", channels=("flit",), signed_by="Ben Holm", text=LONG_DRAFT)
    session.happen(
        Acted(NOW, asked), ApprovalAsked(NOW, "b1", "lea", 0),
        ApprovalDecided(NOW, "b1", "lea", "returned", "Say since when we know it."),
        Acted(NOW, out), Published(NOW, "our9", "b2", "statement", "holding", ("flit",), (), "Ben Holm", LONG_DRAFT),
    )  # fmt: skip
    return session


def talk() -> ScriptedRoom:
    session = lead()
    session.happen(Acted(NOW, Action("a20", NOW, "COM", "note", text="The mayor wants a call at one. I take it.")))
    return session


def nudged() -> ScriptedRoom:
    """The facilitator has said two things, and one of them is long."""
    session = lead()
    session.happen(Nudged(NOW, "SML", f"{LONG_DRAFT} {CORPUS['markup_action']}"), Nudged(NOW, "SML", "Ask Lea."))
    return session


def heard() -> ScriptedRoom:
    """The host could not keep a draft."""
    session = lead()
    session.says.append("the disk is full: your draft is on this machine alone")
    return session


def outs() -> ScriptedRoom:
    """All kinds of texts are out."""
    rows = [
        ("reply", "", ("flit",), ("care1",), "", "We send 200 bottles by 14:00. Please call 0800 111.", "SML"),
        ("message", "", (), ("mum1",), "", "May we call you? Your kids come first.", "SML"),
        ("statement", "holding", ("flit", "plaza"), (), "Ana Ruiz", LONG_DRAFT * 3, "COM"),
        ("press", "", (), ("press1",), "", f"Ana Ruiz speaks at noon. {CORPUS['markup_action']}", "COM"),
        ("hub", "open", ("hub",), (), "", "What we know, and what to do now.", "SML"),
    ]
    events: list[Event] = []
    for at, (form, kind, channels, targets, by, text, seat) in enumerate(rows):
        when = 11 * MINUTE + at * 20_000
        do = {"statement": "publish", "press": "answer_press"}.get(form, form)
        assert do in VERBS
        events.append(Acted(when, Action(f"o{at}", when, seat, do, target="x", text=text)))  # type: ignore[arg-type]
        events.append(Published(when, f"our{at}", f"o{at}", form, kind, channels, targets, by, text))
    return ScriptedRoom([*story(), *events])


@dataclass
class TeamRun(fakes.FakeSession):
    """A run that a team has played."""

    def log(self) -> list[Event]:  # type: ignore[override]
        taken = [Steering(f"s{at}", 0, "seat", role, kind="taken") for at, role in enumerate(("SML", "LEG"))]
        return [*[Steered(0, one) for one in taken], *self.story, *asked_for()]


QUESTIONS = (
    Question("opening", "How are you? (A minute each, before anything else.)", ""),
    Question("communication", "Which sentence are we proud of, and which would we take back?",
             "Tone ranges from 41 (T+0:09:00) to 88 (T+0:31:00)."),
    Question("support", "Where did we wait, and for whom?", "Longest: 22 min for Lea Sand (approval of a statement)."),
    Question("closing", "One thing to keep, one to change in the plan, one to practise. Who does it, and by when?", ""),
)  # fmt: skip


def hotwash() -> HotwashScreen:
    return HotwashScreen(TeamRun().log(), "LEG", lambda: QUESTIONS, 20)


def still(room: ScriptedRoom) -> SeatBriefingScreen:
    return SeatBriefingScreen(room, lambda _: None)


ROOM: dict[str, State] = {
    "seat": screen(lambda: still(before()), shows="1 of 3 ready"),
    "seat-talk": screen(lambda: still(talked()), shows="Who is here?"),
    "seat-handed": screen(lambda: still(hostile_handed()), shows="Handed over to you"),
    "seat-late": screen(lambda: still(ScriptedRoom()), shows="The exercise runs"),
    "room-waiting": desk(before, shows="Waiting for STARTEX"),
    "room-queue": desk(lead, *CARE, shows="mine"),
    "room-draft": desk(lawyer, "G", shows="y Decide"),
    "room-decide": desk(lawyer, "y", "j", "enter", shows="Whoever wrote it"),
    "room-refused": desk(lawyer, "w", shows="not for your seat"),
    "room-verbs": desk(lawyer, "v", shows="What do you do?"),
    "room-help": desk(lawyer, "3", "question_mark", shows="answer whoever has called you"),
    "room-news": desk(news, shows="+4"),
    "room-news-team": desk(news, "4", shows="COM published"),
    "room-mend": desk(news, "T", shows="Returned by Lea Sand"),
    "room-talk": desk(talk, shows="The mayor"),
    "room-log": desk(talk, "7", shows="The mayor"),
    "room-typed": desk(lead, *"The mayor", shows="Nothing was typed"),
    "room-private": desk(lead, *CARE, "m", write="We bring bottles by noon.", then=("ctrl+s",), shows="private"),
    "room-note": desk(lead, "s", shows="Tell all"),
    "room-assign": desk(lead, *CARE, "a", shows="Yourself"),
    "room-taken": desk(lead, *CARE, "j", "j", "r", shows="Somebody has taken this"),
    "room-nudge": desk(nudged, shows="The facilitator"),
    "room-host": desk(heard, shows="The disk is full"),
    "room-leave": desk(lead, "ctrl+q", shows="Give the seat up"),
    "room-hand-over": desk(lead, "ctrl+q", "g", shows="Hand your seat over"),
    "room-handed": screen(lambda: HandedDialog(ScriptedRoom(handed=HANDED)), shows="Handed over to you"),
    "said": desk(outs, "Q", shows="Already said"),
    "said-none": desk(before, "Q", shows="Nothing is out in your name"),
    "hotwash": screen(hotwash, shows="Yours first"),
    "review-team": screen(lambda: ReviewScreen(TeamRun(), luck=lambda *_: None, ghost=lambda _: None, seat="LEG"),
                          shows="Hotwash"),
}  # fmt: skip
