"""A scenario: what may happen. These frozen models are the only definition of the authored format.

Small things stay small: a brand, a channel, one inject and a truth make a scenario that plays. Every other field
has a default that suits. Rule ids (S0-16, W70 ...) and numbers cite the sources listed in docs/sources.md.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from scenarios.channels import KNOWN
from scenarios.conditions import Condition
from scenarios.moments import MINUTE, Duration, Moment, MomentOrNever
from scenarios.terms import (
    Authored,
    CauseLocus,
    Cluster,
    ContentKind,
    Id,
    Level,
    Need,
    Recipient,
    Voice,
)

Share = Annotated[float, Field(ge=0, le=1)]
Hashtag = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{2,40}$", examples=["BinBrightpan"])]
"""Letters, digits and underscores, without the # before them."""


class Brand(Authored):
    """Whose crisis it is."""

    name: str = Field(max_length=60)
    size: Literal["small", "medium", "large"] = "medium"
    about: str = Field("", description="One line on what it does, for the briefing.")
    trust: float = Field(0.65, ge=0, le=1, description="How the public felt about it before, 0 to 1.")


class Channel(Authored):
    """A place where people post. Known ids (flit, plaza, ...) bring their mechanics; any field may be overridden."""

    id: Id
    name: str = Field(max_length=30)
    about: str = ""
    handle: str = Field("", description="The brand's name there; the brand's name without spaces if left out.")
    followers: int = Field(0, ge=0)
    char_limit: int = Field(2000, ge=1, le=20000)
    dm: Literal["open", "follow_needed", "inbox", "form", "none"] = "open"
    visitor_posts: bool = Field(True, description="Whether the public can post here at all.")
    posts_delete: bool = Field(True, description="Whether the brand can take its own words back.")
    rhythm: Literal["microblog", "page", "feed", "forum"] = Field(
        "microblog", description="How fast people react here, and how long they wait for an answer."
    )
    share: float = Field(1, ge=0, description="How much of the crowd's talk happens here, beside the other channels.")
    opens_minutes: int = Field(0, ge=0, description="Minutes that publishing takes (a hub page, a video).")
    down: tuple[Down, ...] = Field((), description="When the channel itself does not work.")

    @model_validator(mode="before")
    @classmethod
    def _known(cls, data: object) -> object:
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            return {**KNOWN.get(data["id"], {}), **data}
        return data


class Down(Authored):
    """A stretch of time in which a channel cannot be reached."""

    from_: Moment = Field(0, alias="from")
    until: Moment


class Truth(Authored):
    """What this really is from a moment on. Hidden from the team until ENDEX."""

    at: Moment = 0
    level: Level
    why: str = ""


class Accounts(Authored):
    """Own accounts where the topic is alive from a moment on."""

    at: Moment = 0
    channels: tuple[Id, ...]


class RootCause(Authored):
    """Where it comes from (S0-11 to S0-16)."""

    locus: CauseLocus
    kind: Id = Field(description="own-post, wrong-account, product, supplier, operations, service, ...")
    known: Moment = Field(0, description="From when the team could say so.")


class Stance(Authored):
    """How the public assigns blame, and what an answer may concede (SCCT, W65 W66)."""

    cluster: Cluster = "accidental"
    ladder: tuple[LadderBand, ...] = Field(
        (), description="The allowed rungs of the responsibility ladder (0 attack to 8 own fault and repair)."
    )


class LadderBand(Authored):
    at: Moment = 0
    lowest: int = Field(ge=0, le=8)
    highest: int = Field(ge=0, le=8)


class Theme(Authored):
    """One thing that the public is upset about."""

    id: Id
    title: str = Field(max_length=80, description="As the desk names the group of posts.")
    at: Moment = Field(0, description="From when it can be talked about.")
    severity: Share = Field(0.5, description="How bad it is: 0 nothing, 1 the worst.")
    needs: dict[Need, Annotated[float, Field(ge=0)]] = Field(
        {"question": 0.25, "complaint": 0.45, "none": 0.3}, description="What its posts want, in shares."
    )
    terms: tuple[str, ...] = Field((), description="Words that name it; a text that uses one speaks of this theme.")
    harmed: tuple[str, ...] = Field((), description="Words for those affected and what happened to them.")
    rumour: tuple[Id, ...] = Field((), description="It is untrue: the facts that correct it once they are said.")
    hashtags: tuple[Hashtag, ...] = Field(
        (), description="What people tag it with, without #; the brand's name if empty."
    )


class Member(Authored):
    """Somebody with a name who takes part: a customer, a journalist, a chief executive."""

    id: Id
    name: str = Field(max_length=60)
    voice: Voice = "customer"
    handle: str = Field("", description="Made from the name if left out.")
    followers: int = Field(200, ge=0)
    bio: str = ""


class Group(Authored):
    """A part of the public, by what it is and needs."""

    voice: Voice
    share: float = Field(gt=0)
    about: str = ""


class Fact(Authored):
    """Something true, and from when it is known and may be said (S2-14)."""

    id: Id
    text: str = Field(max_length=280)
    known: Moment = 0
    sayable: MomentOrNever = 0
    why: str = Field("", description="Why it can't be said before: the desk shows it.")
    ask: Recipient | None = Field(None, description="Arrives only when this role has been reached.")
    insert: str = Field("", description="A sentence for the composer; the text itself if left out.")
    said_as: tuple[str, ...] = Field((), description="Phrases that say it; `*` stands for up to three words.")


class Falsehood(Authored):
    """Something untrue that a team may be tempted to say."""

    id: Id
    text: str = Field(max_length=280)
    said_as: tuple[str, ...] = Field(min_length=1)
    safety: bool = Field(False, description="Saying it could hurt somebody: the gate G-SAFE.")
    lie: bool = Field(False, description="The team can know that it is untrue: the gate G-LIE.")
    why: str = ""


class Expectation(Authored):
    """What a good team does about an inject, and by when."""

    does: Condition
    within: Duration
    task: Literal["CT1", "CT2", "CT3", "CT4", "CT5", "CT6", "CT7", "CT8", "CT9", "CT10", "CT11", "CT12"] = Field(
        description="The critical task it belongs to (docs/scoring.md)."
    )
    why: str = ""


InjectKind = Literal["post", "own_post", "message", "mail", "call", "press", "news", "executive", "approval", "metric"]


class Inject(Authored):
    """A scripted thing that reaches the team, at a moment or when a condition comes to hold.

    `post` and `own_post` are public; `message` is private from the public; `executive`, `mail`, `call`, `approval`
    and `metric` come from colleagues and partners; `press` is a journalist with a deadline; `news` is published.
    """

    id: Id
    at: Moment | None = None
    when: Condition | None = None
    kind: InjectKind = "post"
    by: Id | None = Field(None, description="A member of the cast; left out, somebody of the public.")
    channel: Id | None = Field(None, description="Where a post appears; the first channel if left out.")
    subject: str = Field("", max_length=100)
    text: str = Field(max_length=2000)
    needs: Need = "none"
    theme: Id | None = None
    stirs: float = Field(0, ge=0, le=2000, description="How many may react directly; a third to a half of them do.")
    vivid: bool = Field(False, description="A photo or a video: doubles what it stirs.")
    heat: float = Field(0, ge=0, le=1, description="Anger it adds to its theme at once.")
    friendly: bool = Field(False, description="Somebody well known who speaks up for the brand, with facts: it calms.")
    answer_within: Duration | None = Field(None, description="A journalist's or an executive's own deadline.")
    draft: str = Field("", max_length=2000, description="The text a colleague wants approved (kind: approval).")
    expects: Expectation | None = None
    trap: str = Field("", description="The mistake it invites: for whoever leads the debriefing. No screen shows it.")
    note: str = Field("", description="For the facilitator.")


class Effect(Authored):
    """What a branch changes."""

    heat: float | None = Field(None, gt=0, le=3, description="Multiplies how infectious the topic is.")
    for_: Duration = Field(2 * 60 * MINUTE, alias="for", description="How fast the multiplier fades.")
    anger: float = Field(0, ge=-1, le=1, description="Added to the anger of the theme at once.")
    theme: Id | None = Field(None, description="Left out: every theme that is alive.")
    fires: tuple[Id, ...] = Field((), description="Contingency injects it lets loose.")
    level: Level | None = Field(None, description="What this really becomes.")
    after: Duration = Field(0, description="How long after the condition came to hold.")


class Branch(Authored):
    """If this, then that: once, the first time the condition holds."""

    id: Id
    when: Condition
    until: Moment | None = Field(None, description="It can't happen from this moment on.")
    then: Effect
    note: str = Field("", description="Said in the review: what the team brought about.")


class Content(Authored):
    """Scheduled content: it fires at its moment unless somebody stops it (S0-26, S0-27)."""

    id: Id
    kind: ContentKind
    channel: Id
    at: Moment
    text: str = Field(max_length=2000)
    clash: str = Field("", description="Why it must not go out now.")
    stirs: float = Field(0, ge=0, le=500)
    listed: bool = Field(True, description="false: it is on no list and must be found by a sweep.")


class Wanted(Authored):
    """Somebody who must be told, and by when."""

    to: Recipient
    within: Duration
    of: Level = Field(3, description="Counted from the moment this level is truly reached.")
    why: str = ""


class Expected(Authored):
    """What a good team does with this scenario. What is left out, the rubric says (docs/scoring.md)."""

    recipients: tuple[Wanted, ...] = ()
    public_within: Duration | None = Field(None, description="The first public word, from the level that needs one.")
    origin: Id | None = Field(None, description="Where it started; the first inject's channel if left out.")
    hub: Literal["needed", "useful", "not_needed"] = "not_needed"
    update_every: Duration | None = Field(None, description="How often the public hears something while it lasts.")
    official: bool = Field(True, description="Whether an official statement belongs to a good answer.")
    instructs: bool = Field(False, description="Whether people must be told what to do to be safe.")
    stand_down: Moment | None = Field(None, description="From when it may be ended.")
    steps: tuple[Step, ...] = Field((), description="Other things that belong to a good answer.")


class Step(Authored):
    """One more thing a good team does; it counts for plan adherence."""

    id: Id
    text: str
    does: Condition
    by: Moment | None = None


class Model(Authored):
    """A good text to learn from, shown after the attempt only."""

    use: Literal["holding", "official", "update", "reply", "message", "press", "hub", "note", "sitrep"]
    to: Id | None = Field(None, description="The inject or the theme it answers.")
    text: str = Field(max_length=2000)
    signed_by: str = ""
    why: str = ""


class Public(Authored):
    """The crowd's size and temper."""

    baseline: float = Field(3, ge=0, le=500, description="Ordinary posts about the brand in 15 minutes.")
    chatter: tuple[str, ...] = Field((), description="What ordinary posts say; a stock of lines if left out.")
    audience: int = Field(4000, ge=50, le=50000, description="How many could join in.")
    contrast: float = Field(1, ge=0.25, le=1, description="Kappa: 1 teaches, 0.5 is conservative.")
    hostility: Share = Field(
        0.5, description="How harsh people get: trolls come by it, and below 0.25 nobody is furious, below 0.1 angry."
    )
    groups: tuple[Group, ...] = ()
    coefficients: dict[str, float] = Field(
        {}, description="Overrides of the crowd's numbers: a name, or an act's cell such as `corrective.m`."
    )


class Scenario(Authored):
    """What may happen, from STARTEX to ENDEX."""

    id: Id
    title: str = Field(max_length=80)
    modelled_on: str | None = Field(None, pattern=r"^[CGX][0-9]{2}$", description="The case it is modelled on.")
    kind: Literal["crisis", "issue", "opportunity"] = "crisis"
    language: Literal["en"] = "en"
    premise: str = Field("", max_length=2000, description="What the team may know before STARTEX.")
    content_notes: tuple[str, ...] = Field((), description="What may be hard to read: bereavement, a sick child, ...")
    lasts: Duration
    starts: str = Field("09:00", pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="The hour of STARTEX.")
    weekday: Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] = "Wed"
    brand: Brand
    channels: tuple[Channel, ...] = Field(min_length=1)
    truth: tuple[Truth, ...] = Field(min_length=1)
    accounts: tuple[Accounts, ...] = ()
    root_cause: RootCause | None = None
    stance: Stance = Stance()
    themes: tuple[Theme, ...] = ()
    cast: tuple[Member, ...] = ()
    public: Public = Public()
    facts: tuple[Fact, ...] = ()
    falsehoods: tuple[Falsehood, ...] = ()
    beats: tuple[Inject, ...] = Field(min_length=1)
    contingency: tuple[Inject, ...] = Field(
        (), description="Injects held ready: a branch or the facilitator fires them."
    )
    branches: tuple[Branch, ...] = ()
    content: tuple[Content, ...] = Field((), description="Scheduled posts, ads and mails.")
    expected: Expected = Expected()
    humour: Literal["never", "late", "fine"] = Field("never", description="Whether a light touch can be right here.")
    models: tuple[Model, ...] = ()
    words: dict[str, tuple[str, ...]] = Field({}, description="What the crowd says: symbol to alternatives.")
