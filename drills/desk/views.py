"""What a team sees of each thing: a post, a message, a colleague, a draft. `fold` fills these in, screens show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Flag, auto

from engine.actions import Action
from engine.events import Posted
from engine.setup import Colleague
from scenarios.model import Content, Fact
from scenarios.moments import MINUTE

BRAND = "brand"
"""The author of our own posts."""
LIKED_MS = 30 * MINUTE
"""Within this time all of an author's own followers have liked what they will like (design choice)."""


class Changed(Flag):
    """What a batch of events touched, so that a screen repaints only that."""

    NOTHING = 0
    POSTS = auto()
    INBOX = auto()
    FACTS = auto()
    CONTENT = auto()
    TEAM = auto()
    MOOD = auto()
    LOG = auto()
    ENDED = auto()


@dataclass(slots=True)
class PostView:
    """A public post and what became of it."""

    event: Posted
    author: str
    handle: str
    write: Callable[[Posted], str] = field(repr=False)
    """Gives the words of a crowd post; asked when somebody looks, and once."""
    shares: int = 0
    replies: int = 0
    shared_reach: int = 0
    """Followers of all who shared it; one person may be counted several times."""
    shared_likes: int = 0
    """Likes that the shares brought."""
    answered_ms: int = -1
    """When we first answered it, or -1."""
    answered_by: str = ""
    """Our text's key."""
    flags: tuple[str, ...] = ()
    assigned: str = ""
    gone: str = ""
    """How it was taken down: said, silent, hidden, or ''."""
    due_ms: int = -1
    """By when an answer is expected, or -1 when none is."""
    number: int = 0
    """How many posts had come before it."""
    _words: str = field(default="", repr=False)

    @property
    def text(self) -> str:
        """What it says."""
        if not self._words:
            self._words = self.event.text or self.write(self.event)
        return self._words

    @property
    def reach(self) -> int:
        """How many could have seen it: those who follow its author, and all who shared it."""
        return self.event.reach + self.shared_reach

    def likes_at(self, now_ms: int) -> int:
        """Its likes, at a moment not before the last event: its author's come in over 30 minutes, the first the
        fastest; those of a share at once."""
        left = max(0, LIKED_MS - max(0, now_ms - self.event.at_ms))
        own = self.event.likes * (LIKED_MS * LIKED_MS - left * left) // (LIKED_MS * LIKED_MS)
        return own + self.shared_likes

    @property
    def key(self) -> str:
        return self.event.key

    @property
    def ours(self) -> bool:
        return self.event.author == BRAND

    @property
    def waiting(self) -> bool:
        """Whether somebody still waits for us here."""
        return self.due_ms >= 0 and self.answered_ms < 0 and not self.gone and "dismissed" not in self.flags


@dataclass(slots=True)
class InboxItem:
    """Something that reached us directly: a message, mail, call, press query, colleague, validator."""

    key: str
    at_ms: int
    medium: str
    author: str
    subject: str
    text: str
    due_ms: int = -1
    needs_answer: bool = False
    draft: str = ""
    inject: str = ""
    answered_ms: int = -1
    sender: str = ""
    """The id of whoever sent it."""
    flags: tuple[str, ...] = ()
    assigned: str = ""

    @property
    def waiting(self) -> bool:
        return self.needs_answer and self.answered_ms < 0 and "dismissed" not in self.flags


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue: posts that need the same answer, or one inbox item."""

    key: str
    """Stable while the group lives: a post's or an inbox item's key, or channel/theme/need."""
    title: str
    need: str
    """harm, question, complaint, praise, press, message"""
    due_ms: int
    reach: int
    channel: str
    posts: tuple[str, ...]
    """Keys, newest last; empty for an inbox item."""
    item: str = ""
    """The inbox item's key."""


@dataclass(slots=True)
class FactView:
    """A line of the fact sheet."""

    fact: Fact
    learnt_ms: int
    sayable: bool = False


@dataclass(slots=True)
class ContentView:
    """A scheduled item that the team knows of."""

    content: Content
    state: str = "scheduled"
    """scheduled, paused, edited, fired"""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of what we and a colleague have said to each other."""

    at_ms: int
    what: str
    """Ours: escalate, ask, inform or request_approval. Theirs: a medium, or what happened, in words."""
    text: str = ""
    ours: bool = False
    key: str = ""
    """The inbox item that it came as, or ''."""
    seat: str = ""
    """Ours: the seat that said it."""


@dataclass(slots=True)
class ContactView:
    """Where things stand with a colleague."""

    colleague: Colleague
    state: str = "idle"
    """idle, calling, reached, unreachable"""
    since_ms: int = 0
    told: tuple[str, ...] = ()
    """For what we have contacted them: escalate, ask, inform."""
    told_by: tuple[str, ...] = ()
    """The seats that did, in the same order."""
    why: str = ""
    """Why they were last unreachable: number, off duty, or '' for no answer."""
    called_ms: int = -1
    """When we last called them, alone or with the cabinet; -1 if never."""
    with_us: bool = False
    """Whether they have answered a call since STARTEX: then their keys are ours."""
    heard: list[Said] = field(default_factory=list)
    """What we know of them that they did not write: that they were reached, what they decided."""


@dataclass(slots=True)
class ApprovalView:
    """A draft on its way through the validators."""

    action: Action
    waiting_for: tuple[str, ...]
    asked_ms: int
    verdicts: dict[str, str] = field(default_factory=dict)
    """Validator's id to approved, returned or timed out."""
    lies_with: dict[str, int] = field(default_factory=dict)
    """Validator's id to when they got it; where the plan wants turns, the later ones are still to come."""
    why: str = ""
    used: bool = False

    @property
    def state(self) -> str:
        """waiting, approved, returned, timed out or used."""
        if self.used:
            return "used"
        for verdict in ("returned", "timed out"):
            if verdict in self.verdicts.values():
                return verdict
        done = all(self.verdicts.get(person) == "approved" for person in self.waiting_for)
        return "approved" if done else "waiting"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of something that a seat has asked for, or what was done in its name."""

    seat: str
    """Whom it concerns."""
    at_ms: int
    text: str
    good: bool = True
    who: str = ""
    """The colleague's id whom it is about, or ''."""
    approval: str = ""
    """The request whose draft was decided on, or ''."""
    signed: bool = False
    """Whether somebody else has signed a text with this seat's name."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the team's log."""

    at_ms: int
    who: str
    what: str
