"""The field's small vocabularies, and the settings every authored model shares."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema


class Authored(BaseModel):
    """A part of an authored file: frozen, and no key is taken that is not named."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
"""Lower-case letters, digits and hyphens; it becomes part of the keys that luck is drawn by."""

RoleName = Literal["REP", "CSM", "SML", "COM", "LEG", "FUN", "SPK", "EXE", "CAB", "PTN"]
ROLES: dict[str, str] = {
    "REP": "customer-service rep",
    "CSM": "customer-service manager",
    "SML": "social-media lead",
    "COM": "head of communications",
    "LEG": "legal",
    "FUN": "the function that owns the cause",
    "SPK": "spokesperson",
    "EXE": "executive",
    "CAB": "crisis cabinet",
    "PTN": "partner outside the company",
}

Recipient = Annotated[str, Field(pattern=r"^(REP|CSM|SML|COM|LEG|FUN|SPK|EXE|CAB|PTN)(/[a-z][a-z_]{0,31})?$")]
"""A role, or a role in one department: `COM`, `FUN/quality`."""

LEVEL_NAMES = ("L0", "L1", "L2", "L3", "L4")
LEVEL_WORDS = ("routine", "issue", "watch", "crisis", "major crisis")


def _level(value: object) -> int:
    if value in LEVEL_NAMES:
        return LEVEL_NAMES.index(str(value))
    raise ValueError(f"expected a level from L0 to L4, got {str(value)!r}")


Level = Annotated[int, BeforeValidator(_level), WithJsonSchema({"enum": list(LEVEL_NAMES)})]
"""Authored as `L3`; held as 3. L0 routine, L1 issue, L2 watch, L3 crisis, L4 major crisis."""

Need = Literal["harm", "question", "complaint", "praise", "none"]
"""What a post wants from the team: `harm` is somebody hurt, in danger or vulnerable."""

ContentKind = Literal["post", "ad", "mail"]
StatementKind = Literal["holding", "official", "update"]

Do = Literal[
    "flag",
    "assign",
    "sweep",
    "classify",
    "note",
    "reply",
    "message",
    "publish",
    "pin",
    "hub",
    "answer_press",
    "pause",
    "edit",
    "resume",
    "delete",
    "hide",
    "close_account",
    "escalate",
    "ask",
    "request_approval",
    "decide",
    "inform",
    "stand_down",
    "review_fake",
]
"""What a seat can do."""

Act = Literal[
    "holding",
    "instructing",
    "explaining",
    "apology_active",
    "apology_passive",
    "corrective",
    "compensation",
    "sympathy",
    "channel_change",
    "hub_link",
    "thanks",
    "defensive",
    "denial",
    "denial_with_evidence",
    "humour",
    "promotion",
    "attack",
    "names_person",
    "asks_data",
    "hides",
]
"""What a text does to its readers."""

CauseLocus = Literal["online", "offline"]
Cluster = Literal["victim", "accidental", "preventable"]
"""How much blame the public gives: Coombs's three clusters of crisis types."""

Voice = Literal[
    "hurt_customer",
    "angry_regular",
    "customer",
    "parent",
    "fan",
    "troll",
    "joker",
    "employee",
    "journalist",
    "expert",
    "influencer",
    "politician",
    "competitor",
    "partner",
    "executive",
    "colleague",
    "authority",
    "bystander",
    "activist",
    "rumour_spreader",
]
