"""What the team does: the only input a world takes after STARTEX.

One frozen record with a verb; VERBS says which fields a verb reads. The sim time of an action is given by the
session, never by whoever acts.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.reading import Reading
from scenarios.terms import Do


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the team did. Which fields mean something depends on `do`; the rest stay empty."""

    id: str
    at_ms: int
    seat: str
    do: Do
    target: str = ""
    """The post, inject, content, approval, statement or channel it is done to."""
    also: tuple[str, ...] = ()
    """Further posts that the same reply goes to."""
    text: str = ""
    channels: tuple[str, ...] = ()
    kind: str = ""
    """publish, request_approval: holding, official or update. hub: open, answer or update. flag: the mark.
    decide: approve or return. delete: said or silent."""
    signed_by: str = ""
    to: tuple[str, ...] = ()
    """Colleagues' ids, for escalate, ask, inform, request_approval and assign; assign: a role whose seat is taken, or
    nobody, which puts it back."""
    level: int | None = None
    root_cause: str = ""
    accounts: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    confidence: str = ""
    approval: str = ""
    """The approval this publication rests on: its id, or 'emergency' for the plan's emergency rule."""
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb needs and does, in words for help, palette and errors."""

    title: str
    about: str
    needs: tuple[str, ...] = ()
    speaks: bool = False
    """Its text is heard by the public or one of them, and is read (judged) first."""


VERBS: dict[str, Verb] = {
    "flag": Verb("Flag", "mark a post: priority, rumour, press, thanks, dismissed, or done", ("target", "kind")),
    "assign": Verb("Assign", "give a post to a colleague, or back to all of us", ("target",)),
    "sweep": Verb("Sweep", "look over all your own accounts and everything that is scheduled"),
    "classify": Verb("Classify", "say what this is: level, root cause, accounts, themes, confidence", ("level",)),
    "note": Verb("Note", "write a line into the log", ("text",)),
    "reply": Verb("Reply", "answer in public, to one post or a group", ("target", "text"), speaks=True),
    "message": Verb("Message", "answer one person privately", ("target", "text"), speaks=True),
    "publish": Verb("Statement", "write a statement: holding, official or update", ("text", "kind", "channels"), True),
    "pin": Verb("Pin", "pin one of our own statements on its channel", ("target",)),
    "hub": Verb("Crisis page", "open the crisis page, add an answer to it, or update it", ("kind", "text"), True),
    "answer_press": Verb("Answer the press", "reply to a journalist's query", ("target", "text"), True),
    "pause": Verb("Hold", "hold a scheduled post, ad or mail", ("target",)),
    "edit": Verb("Edit", "change the words of a scheduled item", ("target", "text"), True),
    "resume": Verb("Let go out", "let a held item go out after all", ("target",)),
    "delete": Verb("Take down", "take down one of our own posts, saying so or silently", ("target",)),
    "hide": Verb("Hide", "hide somebody else's post", ("target",)),
    "close_account": Verb("Close an account", "shut one of our own accounts", ("target",)),
    "escalate": Verb("Escalate", "wake somebody, with a situation report", ("to", "text")),
    "ask": Verb("Ask", "ask a colleague for a fact or a decision", ("to", "text")),
    "request_approval": Verb("Ask for approval", "send a draft to whoever must approve it", ("to", "text"), True),
    "decide": Verb("Decide", "approve or return a draft that somebody sent us", ("target", "kind"), True),
    "inform": Verb("Inform", "tell colleagues or partners what is going on", ("to", "text")),
    "stand_down": Verb("Stand down", "end the crisis mode", ()),
    "review_fake": Verb("Plant praise", "write praise of ourselves under another name", ("target", "text"), True),
}
