"""The contingency plan under test. These frozen models are the only definition of its authored format.

Small things stay small: an id, a company and the people who take part make a plan. What a plan leaves out it
does not say, and the lint tells what that costs. Rule ids (S0-24, S2-12 ...) cite docs/sources.md.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, field_validator

from drills.plan.organisation import (
    Account,
    Bypass,
    Cabinet,
    Committee,
    Company,
    Meta,
    Partner,
    Person,
    Scheduled,
    Spokesperson,
)
from drills.plan.rules import Approval, Escalation, Ids, Permitted, Severity, Task
from drills.plan.terms import Day, Hours, Signal
from scenarios.moments import Duration
from scenarios.terms import Authored, Id, Level

Often = Literal["weekly", "fortnightly", "monthly", "quarterly", "yearly"]

Stance = Literal[
    "rebuild",
    "adjust_not_rebuild",
    "instruct_then_rebuild",
    "instruct_adjust",
    "repair",
    "refute_with_proof",
    "light_touch",
    "standard_service",
]


class Terms(Authored):
    """What is listened for."""

    brand: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    lookalikes: tuple[str, ...] = ()


class Monitoring(Authored):
    """Who listens when, for what (S1-15, S3-08)."""

    hours: Hours | None = Field(None, description="When somebody reads along.")
    otherwise: Id | None = Field(None, description="Who gets the alerts when nobody reads along.")
    terms: Terms = Terms()
    languages: tuple[str, ...] = ()
    alerts: tuple[Signal, ...] = ()


class Holding(Authored):
    """A statement written and approved beforehand; only what stands in braces is filled in."""

    id: Id
    types: tuple[Id, ...] = Field(min_length=1, description="The kinds of crisis it serves.")
    approved_by: Ids = ()
    expires: Day | None = None
    text: str = Field(max_length=2000)

    @field_validator("text")
    @classmethod
    def _balanced(cls, text: str) -> str:
        rest = re.sub(r"\{[a-z][a-z_]*\}", "", text)
        if "{" in rest or "}" in rest:
            raise ValueError("expected slots such as {time}: lower-case words in a pair of braces")
        return text

    @property
    def shown(self) -> str:
        """The text as people read it: what is to be filled in stands in brackets, as in every pattern of the coach."""
        return re.sub(r"\{([a-z_]+)\}", lambda slot: f"[{slot[1].replace('_', ' ')}]", self.text)

    @property
    def slots(self) -> tuple[str, ...]:
        """The parts to fill in, in the order of the text, each once."""
        return tuple(dict.fromkeys(re.findall(r"\{([a-z_]+)\}", self.text)))


class Playbook(Authored):
    """What to do about one kind of crisis (S0-46, S2-18)."""

    type: Id
    root: Id = Field("any", description="The root cause: own-post, product, supplier, operations, ...")
    stance: Stance | None = None
    holding: Id | None = None
    hub_needed: bool = False
    humour: Literal["never", "only_if_no_victim", "light"] = "never"
    lexicon: dict[str, str] = Field({}, description="Words of the trade, and what to say instead.")
    first_steps: tuple[Id, ...] = ()
    limits: tuple[Id, ...] = ()
    bypass: bool = Field(False, description="The person at the top is left out.")
    at_least: Level | None = None
    post_mortem: bool = Field(False, description="An analysis is published afterwards.")


class Way(Authored):
    """How one channel leads into private."""

    line: str = Field("", description="What is said in public.")
    via: str = ""
    needs_follow: bool = False


class PrivatePath(Authored):
    """Going private, channel by channel (S3-22 to S3-25)."""

    channels: dict[Id, Way] = Field({}, description="Channel to how it is done there.")
    data_rule: str = ""


class Agents(Authored):
    """How many people answer."""

    day: int = Field(1, ge=0)
    night: int = Field(0, ge=0)


class Surge(Authored):
    """Who helps when it gets too much."""

    who: Ids
    within: Duration


class Capacity(Authored):
    """How much the team can answer (S1-14)."""

    replies_per_agent_per_15m: int = Field(9, ge=1)
    agents: Agents | None = None
    surge: Surge | None = None


class StandDown(Authored):
    """When the crisis mode ends, and how long we still listen (S1-19)."""

    all_of: tuple[Signal, ...] = ()
    tail_days: dict[Level, int] = Field({}, description="How long we still listen, by the level it had.")
    resume: tuple[Signal, ...] = Field((), description="What must hold before advertising starts again.")


class After(Authored):
    """What follows (S3-19)."""

    hotwash_within: Duration | None = None
    report_days: int | None = Field(None, ge=1)
    publish_analysis: Ids = Field((), description="The kinds of crisis whose analysis is published.")
    thank_helpers: bool = False


class Review(Authored):
    """How the plan itself is kept fit."""

    next_table_read: Day | None = None
    next_drill: Day | None = None
    drills: dict[Literal["micro", "pair", "team", "full"], Often] = Field({}, description="How often.")


class Plan(Authored):
    """A contingency plan."""

    id: Id
    company: Company
    meta: Meta = Meta()
    principles: tuple[str, ...] = Field((), description="They settle conflicts, in this order.")
    committee: Committee = Committee()
    people: tuple[Person, ...] = Field(min_length=1)
    cabinet: Cabinet | None = None
    spokespeople: tuple[Spokesperson, ...] = ()
    bypass: Bypass | None = None
    dashboard: tuple[Task, ...] = ()
    approval: Approval = Approval()
    severity: Severity = Severity()
    escalation: Escalation = Escalation()
    permitted: Permitted = Permitted()
    channels: tuple[Account, ...] = ()
    monitoring: Monitoring = Monitoring()
    content: tuple[Scheduled, ...] = ()
    partners: tuple[Partner, ...] = ()
    holding: tuple[Holding, ...] = ()
    playbooks: tuple[Playbook, ...] = ()
    private_path: PrivatePath = PrivatePath()
    capacity: Capacity = Capacity()
    stand_down: StandDown = StandDown()
    after: After = After()
    review: Review = Review()

    def person(self, id_: str) -> Person | None:
        """The person with this id, or None."""
        return next((person for person in self.people if person.id == id_), None)

    @property
    def callable_ids(self) -> tuple[str, ...]:
        """Everybody who can be called: people, then partners."""
        return (*(one.id for one in self.people), *(one.id for one in self.partners))
