"""A room without a wire: a real session of a small story, seen from the facilitator's seat. Its clock stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from drills.drill import Drill
from drills.errors import DrillError
from drills.joining import from_texts
from drills.session import Session
from engine.events import Event
from engine.steering import Steering

MINUTE = 60_000
SCENARIO = """
id: brown-water
title: Brown water, Northside
premise: Brown water comes from the taps of Northside.
lasts: 90m
brand: {name: North Water, size: medium, about: "Tap water for 400,000 people."}
channels: [{id: flit, handle: "@NorthWater", followers: 20000}, {id: plaza, followers: 9000}]
truth: [{level: L2, why: Nobody knows yet what it is}, {at: T+40m, level: L3, why: The mayor speaks of a scandal}]
themes:
  - {id: safe, title: Is the tap water safe to drink?, severity: 0.6}
  - {id: video, title: The video, severity: 0.4}
cast:
  - {id: care, name: Oakfield Care, handle: "@oakfield_care", followers: 2100, voice: customer,
     bio: "A care home with 60 residents."}
  - {id: radio, name: Mara Quill, handle: "@radio5_desk", followers: 41000, voice: journalist,
     bio: "Radio Five, on air every full hour."}
  - {id: mayor, name: Office of the mayor, handle: "@northside_mayor", followers: 12000, voice: authority}
public: {baseline: 0, audience: 800, hostility: 0.4}
facts:
  - {id: iron, text: "The lab found iron and manganese from old pipes, and no chemicals.", known: T+15m, sayable: T+15m}
  - {id: valve, text: "Valve 7 was opened by a contractor.", known: T+35m, sayable: never,
     why: The contractor has not been heard yet.}
  - {id: number, text: "82 streets are affected.", ask: FUN/network}
beats:
  - {id: colour, at: T+2m, by: care, channel: flit, needs: harm, theme: safe, stirs: 0,
     text: "60 residents and the water is brown. Nobody answers your phone. What are we to do?",
     expects: {does: {acted: {do: reply, target: colour}}, within: 10m, task: CT6}}
  - {id: live, at: T+13m30s, kind: press, by: radio, subject: A live voice at two, answer_within: 15m, needs: question,
     text: "We go on air at two. Who speaks to us, and is it safe to drink?", theme: safe,
     note: If the team sends nobody she says so on air.}
  - {id: bill, at: T+18m, kind: mail, subject: The bill of May, text: "Do I pay for this as well?", needs: question}
  - {id: clip, at: T+24m, channel: plaza, theme: video, stirs: 60, vivid: true,
     text: "Look at this: black sludge out of a hydrant. They knew."}
  - {id: quiet, when: {after: T+26m, none_of: [{published: {}}]}, kind: executive, by: mayor,
     subject: Call me, text: "Half an hour, and not a word from you.", answer_within: 10m}
  - {id: gate, at: T+52m, kind: call, by: radio, text: "I stand at your gate with a camera. Who comes down?",
     answer_within: 5m, needs: question}
contingency:
  - {id: thanks, channel: flit, by: care, theme: safe, needs: praise,
     text: "Two of your people brought us 200 bottles. Thank you.", note: When the team helps the care home.}
  - {id: leak, kind: news, by: radio, subject: Internal mail, text: "Northside knew in March, an internal mail says."}
content:
  - {id: spring, kind: post, channel: flit, at: T+30m, text: "Pure. Fresh. Yours. #spring", clash: Brown water.}
words:
  complaint: ["Brown again, {brand}.", "Third day of tea from the tap #time#"]
  question: ["Can my kids drink it? #time#", "Is it safe, {brand}?"]
  harm: ["My baby drank it."]
  none: ["lol {handle}", "brown", "tap water #time#"]
  reaction: ["{who} same here", "{who} #time# for me"]
  echo: ["“{quote}” they say"]
  again: ["Asked {wait} minutes ago, {handle}"]
  answer-good: ["{who} thanks"]
  answer-poor: ["{who} really?"]
  answer-canned: ["{who} copy and paste"]
  chatter: ["Rain over Northside"]
  time: ["since Monday", "for an hour", "all day"]
"""
PLAN = """
id: water-plan
company: {name: North Water, size: medium}
people:
  - {id: ana, name: Ana Ruiz, role: COM, deputy: ben, reach: {phone: ext-100}}
  - {id: ben, name: Ben Holm, role: SML, reach: {phone: ext-110}}
  - {id: lea, name: Lea Sand, role: LEG, reach: {phone: ext-150}}
  - {id: sato, name: Dr Sato, role: FUN, dept: network, reach: {phone: ext-160}}
  - {id: ada, name: Ada Strand, role: EXE, reach: {phone: ext-1}}
dashboard:
  - {task: holding-statement, levels: [L0, L1, L2, L3], does: ben, says: ana, validates: [lea], limit: 15m}
"""
DRILL = """
id: brown-water
scenario: brown-water
plan: water-plan
title: Brown water, Northside
length: team
seats: [SML, COM, LEG]
pace: 1
"""
HOLDING = "We know that the water in Northside is brown. Our lab is testing it. Please don't drink it; more at two."


def water() -> Drill:
    """The story, its plan and its drill."""
    return from_texts({"scenario": SCENARIO, "plan": PLAN, "drill": DRILL})


class FakeRoom:
    """The facilitator's end of a room; everything that is steered goes to a real session."""

    seat, alone, has_clock, newcomer, handed, coach = "FAC", False, True, False, "", "off"
    where = "127.0.0.1:7788"

    def __init__(self, folder: Path, *, begun: bool = True) -> None:
        self.session = Session.start(water(), folder, seed=8, clock=lambda: 0.0, coach="off")
        self.session.pause("before STARTEX" if not begun else "")
        self.seats: dict[str, bool] = {"FAC": True, "SML": True, "COM": True, "LEG": False, "OBS": True}
        self.ready: list[str] = ["SML"]
        self.writing: dict[str, Mapping[str, str]] = {}
        self.told_: list[str] = []
        self.clock_says: list[str] = []
        self.refuse = self.lost = ""
        for seat in ("SML", "COM", "LEG"):
            self.session.steer("seat", target=seat, kind="taken")
        self.begun = begun
        if begun:
            self.session.unpause()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.session, name)

    @property
    def events(self) -> Sequence[Event]:
        return self.session.world.log

    @property
    def paused(self) -> bool:
        return self.session.paused or bool(self.lost)

    @property
    def why_paused(self) -> str:
        return f"no connection: {self.lost}" if self.lost else self.session.why_paused

    def told(self) -> tuple[str, ...]:
        found, self.told_ = tuple(self.told_), []
        return found

    def steer(self, do: str, **given: Any) -> Steering:
        if self.refuse:
            raise DrillError(self.refuse)
        return self.session.steer(do, **given)

    def unpause(self) -> None:
        self.begun = True
        self.session.unpause()

    def stop(self, why: str = "stopped") -> None:
        self.session.stop(why)

    def to(self, minutes: float) -> FakeRoom:
        """Let time pass."""
        self.session.skip_to(round(minutes * MINUTE))
        return self

    def does(self, seat: str, do: str, **given: Any) -> str:
        """Somebody at a seat does something; its id."""
        return self.session.act(do, seat=seat, **given).id


def waiting(folder: Path) -> FakeRoom:
    """Before STARTEX."""
    return FakeRoom(folder, begun=False)


def running(folder: Path) -> FakeRoom:
    """Twelve minutes and forty seconds in: two seats at work, a draft with legal, one with nobody."""
    room = FakeRoom(folder).to(4)
    room.does("SML", "classify", level=2, root_cause="unknown")
    room.does("SML", "reply", target="colour", text="We send you 200 bottles by two. Please call 0800 111. Ben")
    room.to(6)
    room.does("SML", "request_approval", to=("lea",), text=HOLDING, kind="holding", channels=("flit",))
    press = {"text": "Our first word to the press.", "kind": "press", "channels": ("flit",)}
    room.does("COM", "request_approval", to=("ada",), **press)
    room.to(9)
    room.does("SML", "escalate", to=("ana",), text="Brown water since eight. 60 people in a care home.")
    room.steer("observe", target="SML", text="Asked the care home for a number before promising a time.", kind="CT6")
    return room.to(12 + 40 / 60)


def steered(folder: Path) -> FakeRoom:
    """The same, with the facilitator's hand all over it."""
    room = running(folder)
    room.steer("hold", target="live")
    room.steer("skip", target="bill")
    room.steer("fire", target="leak")
    room.steer("withhold", target="iron")
    room.steer("shift", number=3 * MINUTE)
    room.steer("volume", number=1_500_000)
    room.steer("switch", target="bots", kind="off")
    room.steer("away", target="ada")
    room.steer("speak", target="care", kind="post", channel="flit", text="Still no bottles here.", needs="question")
    room.steer("nudge", target="COM", text="Who speaks for you on air?")
    room.steer("observe", target="COM", text="Left the radio waiting, and did not say by when she hears.", kind="CT10",
               subject="M")
    room.steer("observe", text="Nobody has looked at what is scheduled.", kind="CT4")
    room.writing = {"COM": {"press/live": "Dear Mara, our head of network"}}
    return room.to(17 + 10 / 60)
