"""Who the plan is about: the company, its people and partners, its own accounts, what is scheduled there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from drills.plan.terms import Day, Dept, Hours
from scenarios.moments import MINUTE, Duration, Moment
from scenarios.terms import Authored, ContentKind, Id, Level, Recipient

Phase = Literal["done", "in_progress", "never"]
PersonRole = Literal["REP", "CSM", "SML", "COM", "LEG", "FUN", "SPK", "EXE"]

HABITS: Mapping[str, tuple[int, int, int]] = {
    "REP": (2, 6, 3),
    "CSM": (4, 12, 4),
    "SML": (3, 8, 4),
    "COM": (4, 10, 5),
    "LEG": (9, 25, 8),
    "FUN": (8, 25, 5),
    "SPK": (6, 20, 5),
    "EXE": (8, 30, 6),
    "PTN": (12, 40, 8),
}
"""By role, in minutes: half of the calls are answered within the first, nine in ten within the second, half
of the drafts are read within the third. Judgement, not measurement: a company should write down its own."""

DEPTS: Mapping[str, str] = {
    "REP": "customer_service",
    "CSM": "customer_service",
    "SML": "social",
    "COM": "communication",
    "LEG": "legal",
    "FUN": "operations",
    "SPK": "communication",
    "EXE": "management",
}
"""The department a role belongs to unless the plan says otherwise."""


class Company(Authored):
    """Whose plan it is."""

    name: str = Field(max_length=60)
    sector: str = ""
    size: Literal["small", "medium", "large"] = "medium"
    timezone: str = "UTC"
    brands: tuple[str, ...] = ()
    lookalikes: tuple[str, ...] = Field((), description="Third parties that people confuse with us.")


class Phases(Authored):
    """How far each of the four phases of a plan has come (S2-10)."""

    assessment: Phase = "never"
    planning: Phase = "never"
    testing: Phase = "never"
    implementation: Phase = "never"


class Meta(Authored):
    """The plan as a document: whose it is, and how fresh."""

    version: str = "1"
    owner: Id | None = None
    approved_by: Id | None = None
    approved_on: Day | None = None
    review_every_days: int = Field(365, ge=1, le=3650)
    next_review: Day | None = None
    last_tested: Day | None = None
    phases: Phases = Phases()


class Weakness(Authored):
    """Something the committee knows to be weak, and who mends it."""

    id: Id
    text: str
    owner: Id | None = None


class Committee(Authored):
    """The standing social-media committee (S1-10)."""

    cadence: Literal["weekly", "fortnightly", "monthly", "quarterly"] | None = None
    departments: tuple[Dept, ...] = ()
    last_met: Day | None = None
    known_weaknesses: tuple[Weakness, ...] = ()


class Reach(Authored):
    """How to call somebody, and how long it takes until they answer. Left out, the habits of their role."""

    phone: str = ""
    p50: Duration | None = Field(None, description="Half of the calls are answered within this.")
    p90: Duration | None = Field(None, description="Nine calls in ten are answered within this.")
    checked: Day | None = Field(None, description="When the number was last tried.")

    @model_validator(mode="after")
    def _ordered(self) -> Reach:
        if self.p50 is not None and self.p90 is not None and self.p90 < self.p50:
            raise ValueError("p90 is shorter than p50: nine calls in ten can't be answered sooner than five")
        return self

    def times(self, role: str) -> tuple[int, int]:
        """p50 and p90 in milliseconds; what is left out keeps the proportion that the role has."""
        half, most, _ = HABITS[role]
        if self.p50 is None and self.p90 is None:
            return half * MINUTE, most * MINUTE
        p50 = self.p50 if self.p50 is not None else (self.p90 or 0) * half // most
        return p50, self.p90 if self.p90 is not None else p50 * most // half


class Person(Authored):
    """Somebody in the company who can be called."""

    id: Id
    name: str = Field("", max_length=60, description="Made from the id if left out.")
    role: PersonRole
    also: tuple[Recipient, ...] = Field((), description="Further roles of the same person: COM, FUN/kitchen.")
    dept: Dept = Field("", description="The role's usual department if left out.")
    deputy: Id | None = None
    reach: Reach = Reach()
    hours: Hours = "24x7"
    review: Duration | None = Field(None, description="How long reading a draft takes them, at the median.")
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _filled(cls, data: object) -> object:
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            dept = DEPTS.get(str(data.get("role")), "operations")
            return {"name": data["id"].replace("-", " ").title()[:60], "dept": dept, **data}
        return data


class Partner(Authored):
    """Somebody outside whom the plan calls on: agency, creator, retailer, supplier, authority (S2-24)."""

    id: Id
    name: str = Field(max_length=60)
    kind: Dept = Field("partner", description="agency, creator, retailer, supplier, authority, ...")
    contact: str = ""
    hours: Hours = "24x7"
    reach: Reach = Reach()
    controls: tuple[str, ...] = Field((), description="What only they can touch: ads, mail_tool, ...")
    paid: bool = False
    contract_clause: str = Field("", description="What the contract says for a crisis.")


class Cabinet(Authored):
    """The crisis cabinet, by department (S2-13)."""

    convene_at: Level = 3
    seats: dict[Dept, Id] = Field(min_length=1)


class Spokesperson(Authored):
    """Who speaks, at which levels, on what."""

    person: Id
    levels: tuple[Level, ...] = Field(min_length=1)
    topics: tuple[str, ...] = ()


class Bypass(Authored):
    """Who speaks and decides when the person at the top is the problem."""

    if_implicated: Id
    then: Id
    phone: str = ""


class Account(Authored):
    """An own account: who runs it, who holds the keys, what people can do there."""

    id: Id = Field(description="The channel: flit, plaza, hub, mail, ...")
    handle: str = ""
    url: str = ""
    owner: Id | None = None
    backup: Id | None = None
    credentials: str = Field("", description="`vault`, or the id of whoever holds them.")
    followers: int = Field(0, ge=0)
    list_size: int = Field(0, ge=0)
    visitor_posts: bool = False
    comments: Literal["open", "held_for_review", "off"] | None = None
    dm: Literal["open", "follow_needed", "inbox", "form", "none"] | None = None
    char_limit: int | None = Field(None, ge=1)
    mechanic: Literal["current", "legacy_2010"] = "current"
    hosted_separately: bool | None = Field(None, description="Whether it stands when our own site falls.")
    dark_site_ready: bool | None = Field(None, description="Whether a crisis page waits, written and empty.")
    publishes_in: Duration | None = Field(None, description="How long a page takes from text to public.")


class Scheduled(Authored):
    """What the company believes is scheduled. Where the world differs, that is a plan gap (S0-26)."""

    id: Id
    channel: Id
    kind: ContentKind
    at: Moment | None = None
    text: str = ""
    owner: Id | None = None
