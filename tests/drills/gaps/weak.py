"""For every gap a plan that has it, what a run then shows, and a plan or a run beside it that does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from drills.drill import Drill
from drills.plan import Plan
from drills.run import Run
from engine.events import (
    ApprovalAsked,
    ApprovalDecided,
    ContentFired,
    Escalated,
    Event,
    InjectFired,
    Published,
    Reached,
    Received,
    Unreachable,
    Void,
)
from scenarios.moments import MINUTE
from scenarios.source import loads
from tests.drills.scoring.runs import CRISIS, acted, by_hand, post, reading, said, scenario, truth

PLAN: dict[str, Any] = {
    "id": "brightpan",
    "company": {"name": "Brightpan", "lookalikes": ["Bright Pann"]},
    "meta": {"owner": "com"},
    "principles": ["People before product."],
    "people": [
        {"id": "sml", "role": "SML", "deputy": "com"},
        {"id": "com", "role": "COM", "deputy": "leg"},
        {"id": "leg", "role": "LEG", "deputy": "csm"},
        {"id": "csm", "role": "CSM", "deputy": "rep"},
        {"id": "rep", "role": "REP"},
        {"id": "exe", "role": "EXE"},
        {"id": "chair", "role": "EXE"},
    ],
    "dashboard": [
        {"task": "holding-statement", "does": "sml", "says": "sml", "validates": "com", "limit": "15m"},
        {"task": "pause-content", "does": "sml", "covers": ["post", "ad", "mail"]},
        {"task": "internal-notice", "does": "com"},
    ],
    "severity": {"L3": {"triggers": ["same_topic_per_15m >= 8"]}},
    "permitted": {"L3": ["reply", "holding"]},
    "channels": [
        {"id": "flit", "owner": "sml", "credentials": "vault"},
        {"id": "plaza", "owner": "sml", "credentials": "rep"},
        {"id": "hub", "owner": "com"},
    ],
    "content": [
        {"id": "ad", "channel": "flit", "kind": "ad", "owner": "sml"},
        {"id": "late", "channel": "plaza", "kind": "post", "owner": "sml"},
    ],
    "partners": [{"id": "film", "name": "Film house", "kind": "creator", "contract_clause": "crisis line"}],
    "holding": [{"id": "h-post", "types": ["own-post"], "text": "It was ours and it was wrong. - {name}"}],
    "playbooks": [
        {"type": "slip", "root": "own-post", "lexicon": {"recall": "bring it back"}, "first_steps": ["delete"]},
        {"type": "opportunity", "stance": "light_touch"},
        {"type": "lookalike"},
    ],
    "private_path": {"channels": {"flit": {"via": "form link"}}},
    "capacity": {"agents": {"day": 4, "night": 4}},
    "stand_down": {"all_of": ["open_priority_flags == 0"]},
}  # fmt: skip
DROP = object()


def plan_text(changes: Mapping[str, Any]) -> str:
    """The sound plan with some places changed (`people.5.deputy`), as YAML."""
    data = deepcopy(PLAN)
    for path, value in changes.items():
        *keys, last = (int(part) if part.isdigit() else part for part in path.split("."))
        place: Any = data
        for key in keys:
            place = place[key]
        if value is DROP:
            del place[last]
        else:
            place[last] = value
    return yaml.safe_dump(data, sort_keys=False)


@dataclass(frozen=True)
class Case:
    """What must show the gap, and what must not."""

    events: tuple[Event, ...]
    weak: Mapping[str, Any] = field(default_factory=dict)
    """The plan's weakness."""
    mended: Mapping[str, Any] | None = None
    """The plan without it; None where other events, not another plan, make the difference."""
    harmless: tuple[Event, ...] | None = None
    """Events that show nothing; the same where the plan makes the difference."""
    story: Mapping[str, Any] = field(default_factory=dict)
    end: float = 120

    def run(self, *, weak: bool) -> Run:
        """The run that shows the gap, or the one that doesn't."""
        changes = self.weak if weak or self.mended is None else self.mended
        events = self.events if weak or self.harmless is None else self.harmless
        return run(events, changes, self.story, self.end)


def run(events: Iterable[Event], changes: Mapping[str, Any], story: Mapping[str, Any], end: float = 120) -> Run:
    """A log made by hand, with a plan's text as a drill has it."""
    text = plan_text(changes)
    plan = loads(text, "brightpan.yaml", Plan).value
    log = events if any(type(event).__name__ == "TruthChanged" for event in events) else [*truth((0, 3)), *events]
    made = by_hand(*log, base=scenario(**story), end=end, plan=plan)
    return replace(made, drill=Drill(made.drill.file, made.drill.scenario, plan, {"plan": text}))


def ms(minute: float) -> int:
    return round(minute * MINUTE)


def approved(asked: float, decided: float, out: float) -> tuple[Event, ...]:
    """A draft that waits for the head of communications."""
    ask = acted(asked, "request_approval", kind="holding", text="We are sorry.", to=("com",))
    id_ = ask.action.id
    waits = [ApprovalAsked(ms(asked), id_, "com", 0), ApprovalDecided(ms(decided), id_, "com", "approved", "")]
    return (acted(1, "classify", level=3), ask, *waits, *said(out, text="We are sorry.", approval=id_))


def called(person: str, role: str, *, why: str = "", deputy: str = "") -> tuple[Event, ...]:
    ask = acted(5, "escalate", to=(person,), text="Since 21:12.")
    id_ = ask.action.id
    rings = Escalated(ms(5), id_, person, role, "escalate")
    return (ask, rings, Unreachable(ms(17), id_, person, role, deputy, why))


def answered(person: str, role: str) -> tuple[Event, ...]:
    ask = acted(5, "escalate", to=(person,), text="Since 21:12.")
    return (ask, Escalated(ms(5), ask.action.id, person, role, "escalate"), Reached(ms(8), ask.action.id, person, role))


def mail(id_: str, by: str, medium: str = "mail") -> tuple[Event, ...]:
    return (InjectFired(ms(20), id_, "time"), Received(ms(20), id_, medium, by, "", "What now?", True, -1, "", id_, ""))


def void(do: str, target: str, why: str, reason: str = "") -> Void:
    return Void(ms(30), "a-void", do, target, why, reason)


def beats(*more: dict[str, Any], **story: Any) -> dict[str, Any]:
    return {"beats": [*CRISIS["beats"], *more], **story}


CROWD = tuple(post(0.5 + n / 2, f"c{n}") for n in range(58))
QUIET = (*truth((0, 1)), *(post(minute, f"q{minute}") for minute in (1, 2, 40, 41)))
RUTH = post(2, "ruth", "harm", form="scripted", text="I lost my mum")
HUB = acted(10, "hub", kind="open", text="What we know")
LIE = reading(claims=(("hacked", "lie"),))
STAFF = {"cast": [{"id": "pat", "name": "Pat", "voice": "employee"}]}
LEAK = post(20, "leak", form="scripted", author="pat", text="I work there")
MISTAKEN = post(20, "who", form="scripted", text="Is Bright Pann closing?")
PARTNER = {"cast": [{"id": "hob", "name": "Hob stores", "voice": "partner"}]}
ORDER = {"id": "order", "at": "T+20m", "kind": "executive", "text": "Leave the ad on", "trap": "obedience"}
STOPPED = (acted(5, "sweep"), acted(6, "pause", target="late"), ContentFired(ms(35), "ad", "flit"))


def on_hub(minute: float) -> Published:
    return Published(ms(minute), "our-hub-1", HUB.action.id, "hub", "open", ("hub",), (), "", "What we know")


CASES: dict[str, Case] = {
    "PG-01": Case(approved(5, 50, 52), harmless=approved(5, 7, 8)),
    "PG-02": Case(called("exe", "EXE"), harmless=answered("exe", "EXE")),
    "PG-03": Case(tuple(said(10)), {"holding": []}, {}),
    "PG-04": Case(CROWD, {"severity.L3.triggers": ["same_topic_per_15m >= 900"]}, {}),
    "PG-05": Case(QUIET, {"severity": {"L2": {"triggers": ["volume_per_15m >= 2"]}}}, {}, end=60),
    "PG-06": Case(STOPPED, {"dashboard.1.covers": ["post"]}, harmless=STOPPED[2:]),
    "PG-07": Case((void("pause", "late", "rep has the keys", "lock-out"),), harmless=(void("pause", "late", "gone"),)),
    "PG-08": Case(
        (RUTH,), harmless=(RUTH, acted(4, "flag", target="ruth", kind="priority")),
        story={"themes": [{"id": "cruelty", "title": "The cruel post", "terms": ["mum"]}]},
    ),
    "PG-09": Case(called("leg", "LEG", why="off duty"), {"people.2.hours": "08-17"}, harmless=answered("leg", "LEG")),
    "PG-10": Case(called("exe", "EXE"), {"dashboard.0.validates": "exe"}, {"dashboard.0.validates": "exe",
                                                                           "people.5.deputy": "com"}),
    "PG-11": Case(tuple(said(10, judged=LIE)), {"dashboard.0.validates": []}, {}),
    "PG-12": Case((), {"stand_down": {}}, {}, end=150),
    "PG-13": Case((void("ask", "", "there is nobody called quality"),), harmless=(void("ask", "", "it needs text"),)),
    "PG-14": Case(called("exe", "EXE", why="number"), harmless=called("exe", "EXE")),
    "PG-15": Case((HUB, on_hub(100)), harmless=(HUB, on_hub(25)), story={"expected": {"hub": "needed"}}),
    "PG-16": Case((post(5, "x"), void("message", "x", "flit has no private messages")), {"private_path": {}}, {}),
    "PG-17": Case(mail("order", "boss", "executive"), {"principles": []}, {}, story=beats(ORDER)),
    "PG-18": Case((LEAK,), {"dashboard.2": {"task": "stand-down"}}, {}, story=STAFF),
    "PG-19": Case(mail("ask", "hob"), {}, {"partners.0.name": "Hob stores"}, story=PARTNER),
    "PG-20": Case(
        (InjectFired(ms(20), "hijack", "time"),), {"playbooks.0.root": "layoffs"},
        {"playbooks.0": {"type": "layoffs", "first_steps": ["rotate-credentials"]}},
        story=beats({"id": "hijack", "at": "T+20m", "kind": "own_post", "text": "Hello from HR"},
                    root_cause={"locus": "online", "kind": "layoffs"}),
    ),
    "PG-21": Case(tuple(said(10, judged=reading(acts={"humour": 1}))), {"playbooks": []}, {}),
    "PG-22": Case(
        (*said(10, text="This is a recall of all pans."), *said(20, text="It is a withdrawal, not more.")),
        {"playbooks.0.lexicon": {}}, {},
    ),
    "PG-23": Case((acted(20, "ask", to=("leg",), text="May I say that we are sorry?"),), {"permitted": {}}, {}),
    "PG-24": Case(CROWD, {"capacity.agents": {"day": 1, "night": 1}}, {}),
    "PG-25": Case((MISTAKEN,), {"playbooks.2": {"type": "other"}}, {}),
}  # fmt: skip
