"""A session without an engine: a real desk, folded from events made by hand. The desk's tests drive this."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from drills.coach.model import Hint, Taken
from drills.desk import Changed, Desk
from drills.drill import Drill, DrillFile
from drills.errors import DrillError
from drills.plan import Plan
from drills.scoring.card import Scorecard
from engine.actions import VERBS, Action
from engine.events import (
    Acted,
    ApprovalAsked,
    ContentChanged,
    ContentFired,
    Deleted,
    Ended,
    Escalated,
    Event,
    FactLearnt,
    FactSayable,
    Mood,
    Posted,
    Published,
    Reached,
    Received,
    Shared,
    Started,
    Unreachable,
    Volume,
)
from engine.reading import Claim, Finding, Reading
from engine.setup import Colleague
from scenarios.model import Scenario

MINUTE = 60_000

SCENARIO = Scenario.model_validate(
    {
        "id": "brown-water",
        "title": "Brown water, Northside",
        "kind": "crisis",
        "lasts": "45m",
        "brand": {"name": "North Water", "size": "medium", "about": "Tap water for 400,000 people."},
        "channels": [
            {"id": "flit", "name": "Flit", "handle": "@NorthWater", "char_limit": 280},
            {"id": "plaza", "name": "Plaza"},
            {"id": "hub"},
        ],
        "truth": [{"level": "L3"}],
        "themes": [
            {"id": "safe", "title": "Is the tap water safe to drink?"},
            {"id": "chemicals", "title": "Rumour: “factory dumped chemicals”"},
            {"id": "praise", "title": "Thanks for the street team"},
        ],
        "cast": [{"id": "radio", "name": "Radio Five", "handle": "@radio5_desk"}],
        "beats": [{"id": "first", "at": "T+1m", "text": "Brown water from my tap."}],
        "facts": [
            {"id": "iron", "text": "Lab result 11:50: iron and manganese above the limit, no chemicals found.",
             "insert": "The lab found iron and manganese from old pipes, and no chemicals."},
            {"id": "next", "text": "The next lab result is expected at 15:00."},
            {"id": "valve", "text": "Valve 7 was opened by a contractor.", "sayable": "never",
             "why": "The contractor has not been heard yet."},
        ],
        "content": [
            {"id": "spring", "kind": "post", "channel": "flit", "at": "T+20m", "text": "Pure. Fresh. Yours. #spring"},
            {"id": "bill", "kind": "mail", "channel": "plaza", "at": "T+30m", "text": "Your new prices from May."},
        ],
    }
)  # fmt: skip

PLAN = Plan.model_validate(
    {
        "id": "water-plan",
        "company": {"name": "North Water", "size": "medium"},
        "people": [
            {"id": "ana", "name": "Ana Ruiz", "role": "COM", "deputy": "ben", "reach": {"phone": "ext-100"}},
            {"id": "ben", "name": "Ben Holm", "role": "SML", "reach": {"phone": "ext-110"}},
            {"id": "lea", "name": "Lea Sand", "role": "LEG", "reach": {"phone": "ext-150"}},
        ],
        "dashboard": [
            {"task": "holding-statement", "levels": ["L0", "L1", "L2", "L3"], "does": "ben", "says": "ana",
             "validates": "ana", "preapproved": True, "limit": "15m"},
            {"task": "official-statement", "levels": ["L0", "L1", "L2", "L3", "L4"], "does": "ana", "says": "ana",
             "validates": ["lea", "ana"]},
        ],
        "holding": [
            {"id": "water-quality", "types": ["water-quality"],
             "text": "We know that the water in {district} is brown. Our lab is testing it; "
                     "we tell you more here at {next_update}."},
        ],
    }
)  # fmt: skip

COLLEAGUES = (
    Colleague("ana", "Ana Ruiz", "COM", "comms", 120_000, 600_000, "ben", True, 240_000, ("holding", "official")),
    Colleague("ben", "Ben Holm", "SML", "comms", 60_000, 300_000, "", True, 120_000, ("reply",)),
    Colleague("lea", "Lea Sand", "LEG", "legal", 600_000, 1_800_000, "", False, 600_000, ("official", "press")),
    Colleague("sato", "Dr Sato", "FUN", "laboratory", 300_000, 900_000, "", True, 0, ()),
)
NAMES = {
    "mum": ("Mia Hart", "@mum_of_two"),
    "watch": ("Northside Watch", "@northside_watch"),
    "kev": ("Kevin Doyle", "@kev_plumber"),
    "care": ("Oakfield Care", "@oakfield_care"),
    "mike": ("Old Mike", "@oldmike"),
    "lola": ("Lola", "@cafe_lola"),
    "radio": ("Radio Five", "@radio5_desk"),
    "brand": ("North Water", "@NorthWater"),
}
DUE = {"harm": 10 * MINUTE, "question": 12 * MINUTE, "complaint": 15 * MINUTE, "praise": 60 * MINUTE}


def post(
    key: str,
    minute: float,
    author: str,
    text: str,
    *,
    need: str = "none",
    theme: str = "",
    form: str = "original",
    parent: str = "",
    reach: int = 300,
    channel: str = "flit",
    likes: int = 0,
) -> Posted:
    """A post of the crowd, or a scripted one."""
    return Posted(round(minute * MINUTE), key, author, channel, theme, need, parent, "first", form, "tense", "",
                  text, reach, likes=likes)  # fmt: skip


def flood(many: int, start: float = 4, theme: str = "safe", need: str = "question") -> list[Event]:
    """Many posts that want the same."""
    return [
        post(f"{theme}{number}", start + number / 100, "mum",
             f"Number {number}: my kids drank it, what do we do??{' #brownwater' * (number % 4 == 0)}",
             need=need, theme=theme, reach=120 + number, likes=number % 3)
        for number in range(many)
    ]  # fmt: skip


def story() -> list[Event]:
    """What has happened by T+0:12:40 in Northside."""
    found: list[Event] = [
        Started(0, "brown-water", 7),
        FactLearnt(1 * MINUTE, "iron", "laboratory"),
        FactSayable(2 * MINUTE, "iron"),
        FactLearnt(3 * MINUTE, "next", "laboratory"),
        FactSayable(3 * MINUTE, "next"),
        FactLearnt(5 * MINUTE, "valve", "operations"),
        post("own1", 0.5, "brand", "Works on the main in Northside until Friday.", reach=9_000),
        *flood(36, 0.2),
        post("watch1", 4, "watch", "confirmed by a friend who works there. SHARE before they delete it.",
             need="complaint", theme="chemicals", form="scripted", reach=41_000, likes=320),
        post("kev1", 5, "kev", "has anyone asked the lab? stop guessing", parent="watch1", reach=900),
        post("mum1", 6, "mum", "so is it poison or not???", parent="watch1", need="question", theme="chemicals"),
        Shared(7 * MINUTE, "s1", "watch1", "kev", 900, "watch1", 12),
        post("care1", 8, "care", "We are a care home: 60 residents, no bottled water. Phone lines are busy.",
             need="harm", theme="safe", form="scripted", reach=2_100),
        post("mike1", 9, "mike", "two of your people knocked on my door. Well done.", need="praise", theme="praise"),
        post("lola1", 10, "lola", "third day I cannot open. Any date at all?", need="question", form="scripted",
             reach=9_400, channel="plaza"),
        Received(9 * MINUTE, "press1", "press", "radio", "On air in 20 minutes",
                 "Who can we talk to? Is it safe to drink?", True, 14 * MINUTE, "safe", "p1", ""),
        Received(10 * MINUTE, "boss1", "executive", "ana", "Call me before you post",
                 "The mayor is on the line. Where are we?", True, 20 * MINUTE, "", "e1", ""),
        Received(11 * MINUTE, "draft1", "approval", "ben", "Reply to the care home", "Can this go out?", True, -1, "",
                 "d1", "We send 200 bottles by 14:00. Please call 0800 111."),
        Acted(11 * MINUTE, Action("a1", 11 * MINUTE, "SML", "escalate", to=("ana",), text="Brown water since 08:00.")),
        Escalated(11 * MINUTE, "a1", "ana", "COM", "escalate"),
        Reached(12 * MINUTE, "a1", "ana", "COM"),
        Acted(12 * MINUTE, Action("a2", 12 * MINUTE, "SML", "inform", to=("lea",), text="For your information.")),
        Escalated(12 * MINUTE, "a2", "lea", "LEG", "inform"),
        Unreachable(12 * MINUTE + 20_000, "a2", "lea", "LEG", ""),
    ]  # fmt: skip
    for minute in range(1, 13):
        anger = 150_000 + 45_000 * minute
        found.append(Mood(minute * MINUTE, "safe", anger, 500_000, 0, 1_200_000 - 40_000 * minute, 5))
        found.append(Volume(minute * MINUTE, (minute * 7) % 40, minute))
    return sorted(found, key=lambda event: event.at_ms)


class ScriptedSession:
    """Like drills.session.Session as far as a desk can tell. `now_ms` is moved by the test."""

    def __init__(self, events: Iterable[Event] = (), *, now_ms: int = 12 * MINUTE + 40_000, coach: str = "on") -> None:
        self.drill = Drill(DrillFile(id="brown-water", scenario="brown-water", plan="water-plan"), SCENARIO, PLAN, {})
        self.desk = Desk(SCENARIO, COLLEAGUES, NAMES, lambda event: event.key, DUE)
        self.seat, self.seed, self.path, self.coach = "SML", 7, Path("run"), coach
        self.paused, self.why_paused, self.pace = False, "", 2.0
        self.alone = self.has_clock = True
        self.seats: dict[str, bool] = {}
        self.forbidden: tuple[str, ...] = ()
        """Verbs that this seat may not use."""
        self.says: list[str] = []
        self.now_ms, self.ends_ms = now_ms, 45 * MINUTE
        self.closed = 0
        self.acted: list[Action] = []
        self.refuse = ""
        self.kept: dict[str, str] = {}
        self.checked: list[str] = []
        self.hinted: list[Taken] = []
        self._fresh = list(events)

    @property
    def ended(self) -> bool:
        return self.desk.ended is not None

    def may(self, do: str) -> bool:
        return do not in self.forbidden

    def who_may(self, do: str) -> tuple[str, ...]:
        return () if self.may(do) else ("COM",)

    def told(self) -> tuple[str, ...]:
        said, self.says = tuple(self.says), []
        return said

    @property
    def hints(self) -> tuple[Taken, ...]:
        return tuple(self.hinted)

    def took(self, hint: Hint) -> None:
        self.hinted.append(Taken(self.now_ms, hint.situation, hint.about, hint.rung))

    @property
    def drafts(self) -> dict[str, str]:
        return dict(self.kept)

    def happen(self, *events: Event) -> None:
        """Let something happen; the desk learns of it at the next tick."""
        self._fresh += events
        self.now_ms = max([self.now_ms, *[event.at_ms for event in events]])

    def tick(self) -> Changed:
        changed = Changed.NOTHING
        events, self._fresh = self._fresh, []
        for event in events:
            changed |= self.desk.apply(event)
        self.desk.now_ms = self.now_ms
        return changed

    def act(self, do: str, **given: Any) -> Action:
        if self.refuse:
            raise DrillError(self.refuse)
        for need in VERBS[do].needs:
            assert given.get(need) not in (None, "", ()), f"{do} needs {need}"
        action = Action(f"t{len(self.acted)}", self.now_ms, self.seat, do, **given)  # type: ignore[arg-type]
        self.acted.append(action)
        self.happen(Acted(self.now_ms, action), *self._then(action))
        return action

    def _then(self, action: Action) -> list[Event]:
        at, do = self.now_ms, action.do
        forms = {"reply": "reply", "message": "message", "publish": "statement", "hub": "hub", "answer_press": "press"}
        if do in forms:
            targets = tuple(key for key in (action.target, *action.also) if key)
            return [Published(at, f"our-{action.id}", action.id, forms[do], action.kind, action.channels, targets,
                              action.signed_by, action.text)]  # fmt: skip
        if do in ("escalate", "ask", "inform"):
            return [Escalated(at, action.id, one, "COM", do) for one in action.to]
        if do == "request_approval":
            return [ApprovalAsked(at, action.id, one, 0) for one in action.to]
        if do in ("pause", "edit", "resume"):
            state = {"pause": "paused", "edit": "edited", "resume": "scheduled"}[do]
            return [ContentChanged(at, action.target, state, action.id)]
        if do in ("delete", "hide"):
            return [Deleted(at, action.target, action.id, action.kind or "hidden")]
        return []

    def check(self, text: str, *, do: str, target: str = "", kind: str = "") -> Reading:
        self.checked.append(text)
        cold = Finding(
            "empathy", 0, 0, "no-empathy", -500_000, "No word for how people feel", "say that it is frightening"
        )
        findings = [] if "frightening" in text else [cold]
        claims: tuple[Claim, ...] = ()
        if "15:00" in text:
            findings.append(Finding("concrete_action", 0, 0, "next-update", 400_000, "Says when there is more", ""))
        if "poison" in text:
            claims = (Claim("no-poison", "unsafe"),)
        return Reading(findings=tuple(findings), claims=claims)

    def pause(self, why: str = "paused") -> None:
        self.paused, self.why_paused = True, why

    def unpause(self) -> None:
        self.paused, self.why_paused = False, ""

    def set_pace(self, pace: float) -> None:
        self.pace = pace

    def save_draft(self, slot: str, text: str) -> None:
        self.kept.pop(slot, None)
        if text:
            self.kept[slot] = text

    def draft(self, slot: str) -> str:
        return self.kept.get(slot, "")

    def stop(self, why: str = "stopped") -> None:
        self.happen(Ended(self.now_ms, why))
        self.tick()

    def close(self) -> None:
        self.closed += 1

    def fire(self, content: str) -> None:
        """A scheduled item goes out."""
        self.happen(ContentFired(self.now_ms, content, "flit"))

    def scorecard(self) -> Scorecard:
        return Scorecard(60, 70, 80, 90, 72, 72, "S", None, (), (), (), ())

    def truth(self) -> list[tuple[int, int]]:
        return [(0, 3)]

    def levels(self) -> list[tuple[int, int]]:
        return list(self.desk.levels)
