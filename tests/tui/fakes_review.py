"""A small finished run, made by hand: for the lobby, the briefing and the review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from drills.coach.model import Taken
from drills.desk import Desk
from drills.drill import Drill, DrillFile
from drills.gaps.model import Analysis, Attribution, Improvement, PlanGap, Stuck, Wait
from drills.ghost import Ghost
from drills.origin import Origin
from drills.plan import Plan
from drills.scoring.card import Evidence, Gate, Line, Scorecard, Task, TextScore
from drills.shelf import RunInfo
from engine.actions import Action
from engine.events import (
    Acted,
    ContentFired,
    Ended,
    Event,
    InjectFired,
    Mood,
    Posted,
    Published,
    Reached,
    Received,
    Shared,
    Volume,
)
from engine.reading import Finding, Reading
from engine.setup import Colleague
from scenarios.model import Scenario

MINUTE = 60_000

SCENARIO = Scenario.model_validate(
    {
        "id": "cafe-lumo",
        "title": "Café Lumo: one cold soup",
        "kind": "issue",
        "premise": "It is Wednesday morning. You look after the accounts of Café Lumo, four cafés and a bakery. "
        "A guest has left one star and a photo of a bowl of soup.\nNobody else has written yet.",
        "content_notes": ["an angry customer", "a sick child is mentioned"],
        "lasts": "60m",
        "brand": {"name": "Café Lumo", "size": "small", "about": "Four cafés and a bakery by the harbour."},
        "channels": [
            {"id": "rateo", "name": "Rateo", "about": "reviews", "dm": "none"},
            {"id": "flit", "name": "Flit", "about": "short posts", "handle": "@cafelumo", "char_limit": 280},
        ],
        "truth": [{"level": "L1"}],
        "themes": [{"id": "soup", "title": "The soup was cold"}],
        "cast": [{"id": "nora", "name": "Nora Vik"}],
        "beats": [{"id": "review", "at": "T+1m", "by": "nora", "text": "Cold soup, and nobody cared."}],
        "content": [{"id": "brunch", "kind": "post", "channel": "flit", "at": "T+20m", "text": "Brunch is love!"}],
    }
)  # fmt: skip

PLAN = Plan.model_validate(
    {
        "id": "lumo-plan",
        "company": {"name": "Café Lumo", "size": "small"},
        "principles": ["Answer the guest before you answer the crowd.", "Never discuss a guest in public."],
        "people": [
            {"id": "mia", "name": "Mia Berg", "role": "SML", "deputy": "jon", "reach": {"phone": "ext-110"}},
            {"id": "jon", "name": "Jon Aas", "role": "CSM", "reach": {"phone": "ext-201", "p50": "4m", "p90": "12m"}},
            {"id": "ida", "name": "Ida Holt", "role": "COM", "deputy": "mia", "reach": {"phone": "ext-100"}},
            {"id": "per", "name": "Per Sand", "role": "LEG", "hours": "08-18", "reach": {"phone": "ext-150"}},
            {"id": "ada", "name": "Ada Strand", "role": "EXE", "reach": {"phone": "ext-001"}},
        ],
        "dashboard": [
            {"task": "individual-reply", "levels": ["L0", "L1", "L2"], "does": "mia", "says": "mia"},
            {"task": "holding-statement", "levels": ["L2", "L3"], "does": "mia", "says": "ida", "validates": "ida",
             "preapproved": True, "limit": "15m"},
            {"task": "official-statement", "levels": ["L3", "L4"], "does": "ida", "says": "ida",
             "validates": ["per", "ada"], "in_order": True},
        ],
        "approval": {"timeout": "10m", "emergency": {"levels": ["L3", "L4"], "by": "mia", "after": "10m"}},
        "permitted": {"L1": ["reply", "dm", "thank"], "never": ["delete_criticism", "fake_review"]},
    }
)  # fmt: skip

OWN = "Hi Nora, sorry if you feel the soup was cold. Our kitchen is completely safe. I will call you by noon. Mia"


FILE = DrillFile(
    id="cafe-lumo",
    scenario="cafe-lumo",
    plan="lumo-plan",
    pace=12,
    blurb="One guest, one cold soup, one star. The right answer is a kind one, and no more than that.",
    objectives=("Answer one person warmly, in public and by name", "Keep a small thing small"),
)
DRILL = Drill(FILE, SCENARIO, PLAN, {})


def drills() -> list[Drill]:
    """Four drills, as the library has them."""
    rows: tuple[tuple[str, str, Any, int, float], ...] = (
        ("brightpan-debate-night", "Brightpan on debate night", "pair", 2, 4),
        ("stackfold-is-down", "Stackfold is down", "team", 4, 2),
        ("tarn-and-tide", "Tarn & Tide: the recall", "full", 6, 1),
    )
    return [DRILL] + [
        Drill(DrillFile(id=id_, scenario=id_, title=title, length=length, people=people, pace=pace), SCENARIO, None, {})
        for id_, title, length, people, pace in rows
    ]


def runs() -> list[RunInfo]:
    """Newest first: one left open, one good, one stopped."""
    hour = 60 * MINUTE
    soup = ("cafe-lumo", "Café Lumo: one cold soup")
    return [
        RunInfo(Path("r3"), "stackfold-is-down", "Stackfold is down", "2026-11-21T16:40:00", 1, "SML", "unfinished",
                750_000, 2 * hour, None, ""),
        RunInfo(Path("r2"), *soup, "2026-11-20T09:05:00", 1, "SML", "ended", hour, hour, 84.2, "P"),
        RunInfo(Path("r1"), *soup, "2026-11-12T09:00:00", 1, "SML", "stopped", 9 * MINUTE, hour, 41.0, "U"),
    ]  # fmt: skip


def _action(id_: str, minute: float, do: Any, **fields: Any) -> Action:
    return Action(id_, int(minute * MINUTE), "SML", do, **fields)


ACTIONS = (
    _action("a1", 3, "flag", target="review", kind="priority"),
    _action("a2", 6, "classify", level=3, confidence="low"),
    _action("a3", 9, "escalate", to=("ada",), text="One star, cold soup, photo."),
    _action("a4", 12.5, "reply", target="review", text=OWN),
    _action("a5", 22, "publish", kind="official", channels=("flit",), text="We take this very seriously."),
    _action("a6", 31, "classify", level=1),
)


POST = Posted(MINUTE, "review", "nora", "rateo", "soup", "complaint", "", "review", "scripted", "calm", "",
              "Cold soup, and nobody cared.", 200, "customer", 4)  # fmt: skip


def events() -> list[Event]:
    """An hour in which a team made too much of a soup."""
    found: list[Event] = [
        InjectFired(MINUTE, "review", "time"),
        POST,
        Posted(8 * MINUTE, "one", "p1", "flit", "soup", "none", "review", "review", "reaction", "calm", "",
               "Mine was cold too. #coldsoup", 300),
        Shared(9 * MINUTE, "pass", "review", "p2", 150, "review", 3),
        Posted(int(12.5 * MINUTE), "o1", "brand", "rateo", "soup", "none", "review", "a4", "scripted", "calm", "",
               OWN, 8_000),
        Posted(14 * MINUTE, "back", "nora", "rateo", "soup", "none", "o1", "o1", "answer-poor", "tense", "o1",
               "If I feel? It was cold.", 0, "customer", 2),
        *[Acted(action.at_ms, action) for action in ACTIONS],
        Reached(11 * MINUTE, "a3", "ada", "EXE"),
        Received(13 * MINUTE, "m1", "executive", "ada", "Soup?", "You woke me for a soup?", True, -1, "", "boss", ""),
        Published(int(12.5 * MINUTE), "o1", "a4", "reply", "", ("rateo",), ("review",), "Mia", OWN),
        ContentFired(20 * MINUTE, "brunch", "flit"),
    ]  # fmt: skip
    for minute in range(1, 61):
        posts = max(0, 14 - abs(minute - 26)) if minute > 12 else minute // 6
        anger = 150_000 + 30_000 * max(0, 18 - abs(minute - 30))
        found.append(Volume(minute * MINUTE, posts, posts // 3))
        terms: tuple[tuple[str, int], ...] = (("the matter", -30_000 if minute > 30 else 0), ("silence", 0))
        if 12 < minute <= 30:
            terms = (("silence", 20_000), ("apology_passive o1", 10_000))
        elif minute > 48:
            terms = ()
        factors = (("anger", 750_000 + 20_000 * minute % 400_000), ("the hour", 1_200_000))
        found.append(Mood(minute * MINUTE, "soup", anger, 500_000, 0, 900_000, 5, terms, factors))
    found.append(Ended(60 * MINUTE, "time"))
    return sorted(found, key=lambda event: event.at_ms)


def desk(story: Sequence[Event] | None = None) -> Desk:
    """A desk that has seen the story."""
    made = Desk(
        SCENARIO,
        [Colleague("ada", "Ada Strand", "EXE", "management", 480_000, 1_800_000, "", True, 360_000, ())],
        {"nora": ("Nora Vik", "@nora")},
        lambda event: event.key,
        {"complaint": 60 * MINUTE},
    )
    for event in events() if story is None else story:
        made.apply(event)
    return made


def _finding(text: str, words: str, rule: str, value: int, why: str, tip: str) -> Finding:
    start = text.index(words) if words else 0
    return Finding("any", start, start + len(words), rule, value, why, tip)


FINDINGS = (
    _finding(OWN, "sorry if you feel", "non-apology.if", -500_000,
             "An apology with “if” doubts that anything happened.", "Say: I am sorry the soup was cold."),
    _finding(OWN, "completely safe", "absolute.safety", -300_000,
             "Nobody had asked, and nobody here can promise it.", "Leave it out."),
    _finding(OWN, "I will call you by noon", "action.time", 400_000, "A step with a time.", ""),
    _finding(OWN, "Mia", "signed", 200_000, "A name makes it a person.", ""),
)  # fmt: skip

READING = Reading(findings=FINDINGS, overall=550_000)


def _line(id_: str, dimension: str, title: str, weight: float, score: float | None, why: str, better: str = "",
          evidence: tuple[tuple[float, str], ...] = ()) -> Line:  # fmt: skip
    found = tuple(Evidence(int(minute * MINUTE), text) for minute, text in evidence)
    return Line(id_, dimension, title, weight, score, why, found, better, "S0-18, S1-21")


CARD = Scorecard(
    speed=96.4,
    tone=61.5,
    escalation=48.2,
    conduct=55.0,
    raw=67.4,
    total=65.0,
    rating="M",
    controllable=71.8,
    lines=(
        _line("Sp1", "speed", "Detection", 15, 1.0, "The review was marked 2 minutes after it appeared.",
              evidence=((3, "marked review priority"),)),
        _line("Sp2", "speed", "Classification", 15, 0.9, "The first level came after 5 minutes.",
              evidence=((6, "L3"),)),
        _line("Sp3", "speed", "First public word where it started", 35, 1.0,
              "Nora had an answer on Rateo within 12 minutes.", evidence=((12.5, "answered review"),)),
        _line("Sp4", "speed", "First answer to each message", 25, 0.93, "14 of 15 messages got an answer in time."),
        _line("Sp5", "speed", "Updates and promises", 10, None, "Not assessed: no update was promised."),
        _line("Tn1", "tone", "Empathy", 20, 0.5, "The guest is named, what happened to her is not.",
              "Name the cold soup in the first sentence.", ((12.5, "sorry if you feel the soup was cold"),)),
        _line("Tn3", "tone", "Not defensive", 20, 0.5, "Two phrases defend the house.", "Leave the kitchen out of it.",
              ((12.5, "completely safe"), (22, "We take this very seriously"))),
        _line("Tn5", "tone", "Action and next step", 15, 1.0, "A call by noon was promised, and a name given."),
        _line("Es1", "escalation", "Level over time", 30, 0.41,
              "The team said L3 for 25 minutes; it was L1 throughout.",
              "Stay at L1: one complaint, one answer, no group.", ((6, "says this is L3"), (31, "says this is L1"))),
        _line("Es2", "escalation", "Right people", 20, 0.7, "The chief executive was woken and was not needed.",
              "Tell the customer-service manager, in the shift log.", ((9, "escalated to Ada Strand"),)),
        _line("Cd1", "conduct", "Coverage", 20, 0.85, "The complaint and most of the reactions were answered."),
        _line("Cd3", "conduct", "Proportion", 30, 0.36, "An official statement answered a single review.",
              "One kind reply under the review is enough.", ((22, "published an official statement on Flit"),)),
    ),
    gates=(
        Gate("G-OVER", "Over-reaction", 65, "A public action two steps above what this was.",
             (Evidence(22 * MINUTE, "published an official statement on Flit: “We take this very seriously.”"),)),
    ),
    tasks=(
        Task("CT1", "Detect and sweep", "P", "Done at once and clean.", (Evidence(3 * MINUTE, "marked review"),)),
        Task("CT2", "Classify and reclassify", "M", "Too high for 25 minutes."),
        Task("CT4", "Stop scheduled content", "U", "The brunch post went out.", (Evidence(20 * MINUTE, "went out"),)),
        Task("CT5", "Acknowledge where it started", "S", "In time, with minor findings."),
        Task("CT6", "Instruct and protect people", "-", "Nobody was in danger."),
    ),
    texts=(
        TextScore(int(12.5 * MINUTE), "a4", "SML", "reply", "review", OWN, 0.55,
                  (("Tn1", 0.5), ("Tn3", 0.5), ("Tn5", 1.0)), READING,
                  "Hi Nora, I am sorry that your soup was cold and that nobody helped. I am in the café until six: "
                  "ask for Mia, or tell me here what you would like us to put right."),
        TextScore(22 * MINUTE, "a5", "SML", "publish", "", "We take this very seriously.", 0.2, (("Tn7", 0.2),),
                  Reading(findings=(_finding("We take this very seriously.", "very seriously", "filler", -400_000,
                                             "Filler without an action.", "Say what you do, and by when."),))),
    ),
    branches=(Evidence(24 * MINUTE, "The statement made thirty people ask what the fuss is about."),),
)  # fmt: skip


@dataclass
class FakeSession:
    """A run that has ended."""

    drill: Drill = DRILL
    desk: Desk = field(default_factory=desk)
    seed: int = 7
    path: Path = Path("run")
    origin: Origin | None = None
    hints: tuple[Taken, ...] = ()
    card: Scorecard = CARD
    story: Sequence[Event] = field(default_factory=lambda: events())

    def log(self) -> Sequence[Event]:
        return self.story

    def scorecard(self) -> Scorecard:
        return self.card

    def truth(self) -> list[tuple[int, int]]:
        return [(0, 1)] if self.desk.ended else []

    def levels(self) -> list[tuple[int, int]]:
        return list(self.desk.levels)


def stopped() -> FakeSession:
    """A run that was cut before its end, without a word written."""
    story = [event for event in events() if event.at_ms <= 5 * MINUTE]
    why = "Not assessed: the run was stopped before."
    lines = tuple(one if one.id == "Sp1" else replace(one, score=None, why=why, better="", evidence=())
                  for one in CARD.lines)  # fmt: skip
    tasks = tuple(one if one.id == "CT1" else replace(one, rating="-", why=why, evidence=()) for one in CARD.tasks)
    card = replace(CARD, speed=100.0, tone=None, escalation=None, conduct=None, raw=100.0, total=100.0, rating="P",
                   lines=lines, tasks=tasks, gates=(), texts=(), branches=(), controllable=None, complete=False)
    story.append(Ended(5 * MINUTE, "stopped"))
    return FakeSession(desk=desk(story), card=card, story=story)


GHOST = Ghost(
    "20260105-100000-cafe-lumo", "2026-01-05T10:00:00+01:00", 48.0, "U", 40 * MINUTE,
    ((8 * MINUTE, 2),), ((0, 15), (14 * MINUTE, 62), (30 * MINUTE, 95)), ((9 * MINUTE, "first reply"),),
)  # fmt: skip

_GAP = PlanGap(
    "PG-01", "approval chain too slow", "A holding statement takes 40 min to be approved; its limit is 15 min.",
    "The first word is due within minutes (S1-22).", "file", "medium", (), "Let somebody approve who answers sooner.",
    "--- a\n+++ b\n-  after: 40m\n+  after: 10m\n", 12,
)  # fmt: skip
_FIX = Improvement(
    "IP-PG-02", "unreachable role", "planning", "Give every role a deputy.", "plan", "Head of communications",
    "Ada Strand", date(2026, 1, 6), date(2026, 2, 5), "cafe-lumo",
)  # fmt: skip
ANALYSIS = Analysis(
    gaps=(
        _GAP,
        replace(_GAP, id="PG-02", title="unreachable role", finding="Ada Strand did not answer two calls.", seen="both",
                evidence=(Evidence(9 * MINUTE, "Ada Strand did not answer"),), diff="", line=0),
    ),
    attributions=(
        Attribution("CT2", "Classify and reclassify", "M", "training gap", "Say L1 within five minutes.",
                    "Nothing stood in the way."),
        Attribution("CT5", "Acknowledge where it started", "S", "plan gap", "", "The approver was out.", (),
                    ("PG-02",)),
    ),
    improvements=(_FIX,),
    stuck=(
        Stuck(replace(_FIX, id="IP-CT4", area="Stop scheduled content"), "20260105-100000-cafe-lumo", "came back",
              "CT4 was rated U again."),
    ),
    waits=(Wait(9 * MINUTE, 14 * MINUTE, "Ada Strand", "answer to a call"),),
    waited_ms=5 * MINUTE,
    as_run=67.4,
    controllable=71.8,
    diff="",
    shared=("PG-02",),
)  # fmt: skip
