"""What happens: the world's log is a list of these, in order, and everything that is seen is a fold over them.

All fields are ints, strings, bools and tuples of these, so that an event is one line of canonical JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from engine.actions import Action
from engine.reading import Claim, Finding, Promise, Reading
from engine.steering import Steering


@dataclass(frozen=True, slots=True)
class Started:
    """STARTEX."""

    at_ms: int
    scenario: str
    seed: int


@dataclass(frozen=True, slots=True)
class Posted:
    """Somebody posted. Scripted posts carry their text; the crowd's words are made when somebody looks
    (`engine.words.Grammar.text_of`), from the key and the small context that stands here."""

    at_ms: int
    key: str
    author: str
    """A persona's or a cast member's id; 'brand' for our own."""
    channel: str
    theme: str
    """'' for ordinary traffic."""
    need: str
    parent: str
    """The post it answers, or ''."""
    cause: str
    """What brought it about: an inject, a post, a share, a text or action of ours, "ordinary traffic", or a burst."""
    form: str
    """scripted; of the crowd: original, reaction, defence, again (a second complaint), answer-good, answer-poor,
    answer-canned, answer-late, echo, echo-kind, missing-word, -sorry, -facts, -plan, -people (what we failed to say),
    bot; ordinary traffic: chatter, grumble, burst.1 and on."""
    mood: str
    """calm, tense, angry or furious: the band of its theme's anger when it was written; confused while it was new, or
    weary when it was dying down."""
    quotes: str
    """The key of the team's text that it speaks about, or ''."""
    text: str
    """Scripted words, or '' where words are made from the key."""
    reach: int
    """Followers of the author."""
    voice: str = ""
    """As whom they write: customer, troll, fan, bot ..., or '' for our own and for ordinary traffic."""
    likes: int = 0
    """How many of those who follow the author will like it; the likes that shares bring come on top."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Somebody passed a post on without words."""

    at_ms: int
    key: str
    post: str
    author: str
    reach: int
    cause: str = ""
    """The post or share that brought it about."""
    likes: int = 0
    """How many likes it brings to the post."""


@dataclass(frozen=True, slots=True)
class Received:
    """Something reached the team that is not a public post: a private message, mail, call, press query, an
    executive's word, a colleague's answer, news, a metric."""

    at_ms: int
    key: str
    medium: str
    """message, mail, call, press, executive, approval, news, metric, colleague"""
    author: str
    subject: str
    text: str
    needs_answer: bool
    due_ms: int
    """The sender's own deadline in sim-milliseconds, or -1."""
    theme: str
    inject: str
    draft: str


@dataclass(frozen=True, slots=True)
class FactLearnt:
    """The team knows something now."""

    at_ms: int
    fact: str
    source: str


@dataclass(frozen=True, slots=True)
class FactSayable:
    """From now on it may be said in public."""

    at_ms: int
    fact: str


@dataclass(frozen=True, slots=True)
class Acted:
    """The team did something, and the world has taken it."""

    at_ms: int
    action: Action


@dataclass(frozen=True, slots=True)
class Void:
    """An action that could not be taken, and why. Nothing else happened."""

    at_ms: int
    action: str
    do: str
    target: str
    """For a statement or the crisis page: the channel that was locked or down."""
    why: str
    reason: str = ""
    """lock-out (somebody who can't be asked at the desk holds the keys), down (the channel does not work), or ''."""


@dataclass(frozen=True, slots=True)
class Published:
    """A text of ours is out: a statement, a reply, a private message, a hub answer, a press line."""

    at_ms: int
    key: str
    action: str
    form: str
    """statement, reply, message, hub, press, content, fake"""
    kind: str
    channels: tuple[str, ...]
    targets: tuple[str, ...]
    signed_by: str
    text: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """A post was taken down or hidden, or an account closed."""

    at_ms: int
    post: str
    action: str
    how: str
    """said, silent, hidden, closed"""


@dataclass(frozen=True, slots=True)
class Noticed:
    """The public noticed that something was taken down."""

    at_ms: int
    post: str
    action: str


@dataclass(frozen=True, slots=True)
class ContentFired:
    """A scheduled item went out."""

    at_ms: int
    content: str
    channel: str


@dataclass(frozen=True, slots=True)
class ContentChanged:
    """A scheduled item was paused, edited, resumed or found."""

    at_ms: int
    content: str
    state: str
    """scheduled, paused, edited, found"""
    action: str


@dataclass(frozen=True, slots=True)
class Escalated:
    """Somebody is being called, or told; whether they pick up is another matter."""

    at_ms: int
    action: str
    to: str
    role: str
    purpose: str
    """escalate, ask or inform"""


@dataclass(frozen=True, slots=True)
class Reached:
    """They answered."""

    at_ms: int
    action: str
    to: str
    role: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """They didn't. `deputy` is whom the switchboard tries next; '' where the plan names nobody who was not tried."""

    at_ms: int
    action: str
    to: str
    role: str
    deputy: str
    why: str = ""
    """number (it is not in use any more), off duty, or '' for no answer."""


@dataclass(frozen=True, slots=True)
class ApprovalAsked:
    """A draft waits for a validator."""

    at_ms: int
    action: str
    to: str
    position: int
    """How many drafts lie before it."""


@dataclass(frozen=True, slots=True)
class ApprovalDecided:
    """A validator approved or returned a draft, with reasons."""

    at_ms: int
    action: str
    to: str
    verdict: str
    """approved, returned"""
    why: str


@dataclass(frozen=True, slots=True)
class ApprovalTimedOut:
    """Nobody decided in the plan's time; the plan's emergency rule may apply now."""

    at_ms: int
    action: str
    to: str


@dataclass(frozen=True, slots=True)
class Called:
    """A call to somebody whose seat is taken: they hear it at once, in these words."""

    at_ms: int
    action: str
    to: str
    role: str
    purpose: str
    """escalate, ask or inform"""
    caller: str
    """The seat that calls."""
    text: str


@dataclass(frozen=True, slots=True)
class Laid:
    """A draft lies before somebody whose seat is taken: they decide, not the simulation."""

    at_ms: int
    key: str
    """What `decide` is done to."""
    action: str
    """The request for approval."""
    to: str
    role: str
    kind: str
    writer: str
    """The seat that asks."""
    text: str
    due_ms: int
    """When it counts as timed out."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A draft lies before somebody no more: their seat is empty, and the simulation decides."""

    at_ms: int
    key: str
    role: str


@dataclass(frozen=True, slots=True)
class Steered:
    """The facilitator did something. Hidden from the team until ENDEX."""

    at_ms: int
    steering: Steering


@dataclass(frozen=True, slots=True)
class Nudged:
    """A word of the facilitator's to one seat."""

    at_ms: int
    to: str
    text: str


@dataclass(frozen=True, slots=True)
class InjectFired:
    """A scripted inject was delivered. `by` is 'time', 'condition', 'branch' or 'facilitator'."""

    at_ms: int
    inject: str
    by: str


@dataclass(frozen=True, slots=True)
class Branched:
    """What the team did or left undone has changed the story. Hidden from the team until ENDEX."""

    at_ms: int
    branch: str


@dataclass(frozen=True, slots=True)
class TruthChanged:
    """What this really is. Hidden from the team until ENDEX."""

    at_ms: int
    level: int
    why: str


@dataclass(frozen=True, slots=True)
class Mood:
    """How one theme's public feels now, in parts per million, and the terms that made it so."""

    at_ms: int
    theme: str
    anger: int
    trust: int
    quality: int
    """Response quality, -500,000 to 600,000."""
    infectious: int
    """R_eff: how many posts a post breeds now; above 1,000,000 it grows."""
    posts: int
    terms: tuple[tuple[str, int], ...] = ()
    """What has moved anger since the last one, by name; they sum to the difference."""
    factors: tuple[tuple[str, int], ...] = ()
    """What infectiousness is the product of, beside how much the theme breeds."""


@dataclass(frozen=True, slots=True)
class Volume:
    """How many posts and shares the last minute brought."""

    at_ms: int
    posts: int
    shares: int


@dataclass(frozen=True, slots=True)
class Capped:
    """The crowd reached the most posts a run may hold; no more are made."""

    at_ms: int
    posts: int


@dataclass(frozen=True, slots=True)
class Ended:
    """ENDEX. `why` is 'time', 'stood down', 'facilitator' or 'stopped'."""

    at_ms: int
    why: str


Event = (
    Started
    | Posted
    | Shared
    | Received
    | FactLearnt
    | FactSayable
    | Acted
    | Void
    | Published
    | Deleted
    | Noticed
    | ContentFired
    | ContentChanged
    | Escalated
    | Reached
    | Unreachable
    | ApprovalAsked
    | ApprovalDecided
    | ApprovalTimedOut
    | Called
    | Laid
    | Withdrawn
    | Steered
    | Nudged
    | InjectFired
    | Branched
    | TruthChanged
    | Mood
    | Volume
    | Capped
    | Ended
)

HIDDEN = (Branched, TruthChanged, Steered)
"""Events that nobody at the desk may see before ENDEX."""

_TYPES: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (*Event.__args__, Action, Steering, Reading, Claim, Promise, Finding)
}


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def to_data(thing: Any) -> Any:
    """Any event, action or reading as plain JSON data; `{"type": ...}` names the dataclass."""
    if is_dataclass(thing) and not isinstance(thing, type):
        data: dict[str, Any] = {"type": type(thing).__name__}
        for name in _names(type(thing)):
            value = getattr(thing, name)
            data[name] = value if isinstance(value, str | int) else to_data(value)
        return data
    if isinstance(thing, tuple | list):
        return [to_data(item) for item in thing]
    if isinstance(thing, dict):
        return {key: to_data(value) for key, value in thing.items()}
    return thing


def from_data(data: Any) -> Any:
    """The event, action or reading that `to_data` was given. Raises KeyError or TypeError on foreign data."""
    if isinstance(data, dict):
        if "type" in data:
            kind = _TYPES[data["type"]]
            return kind(**{key: from_data(value) for key, value in data.items() if key != "type"})
        return {key: from_data(value) for key, value in data.items()}
    if isinstance(data, list):
        return tuple(from_data(item) for item in data)
    return data
