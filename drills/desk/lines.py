"""An action in a line of words, for the log and the review."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.actions import Action

if TYPE_CHECKING:
    from drills.desk.state import State

TEXTS = {"holding": "holding statement", "official": "official statement", "update": "update",
         "press": "line to the press", "hub": "text for the crisis page", "reply": "reply"}  # fmt: skip
"""What the kinds of texts are called that are published, or sent for approval."""
_DONE = {"pause": "held", "hide": "hid", "pin": "pinned", "edit": "changed"}
_TRIED = {"publish": "publish a statement", "hub": "write on the crisis page", "pause": "hold",
          "resume": "let go out", "delete": "take down", "request_approval": "ask for approval",
          "review_fake": "plant praise", "classify": "say what this is"}  # fmt: skip
_QUOTED = 30
"""Letters of a text by which it is named."""


def described(action: Action, desk: State) -> str:
    """An action in one line, with names in place of keys, as far as the desk knows them."""
    channels = {one.id: one.name for one in desk.scenario.channels}
    return describe(
        replace(
            action,
            to=tuple([desk.name_of(one) for one in action.to]),
            channels=tuple([channels.get(one, one) for one in action.channels]),
            target=draft_named(action.target, desk) if action.do == "decide" else named(action.target, desk),
        )
    )


def draft_named(key: str, desk: State) -> str:
    """Whose draft it is and what: `SML's official statement “We know …”`; a colleague's that came by mail by its first
    words. The key of anything else. Of a draft that lies before one of several the key is `ACTION/PERSON`."""
    asked = desk.approvals.get(key.partition("/")[0])
    if asked is not None:
        return f"{asked.action.seat}'s {TEXTS.get(asked.action.kind, 'text')} {quoted(asked.action.text)}"
    if key in desk.inbox:
        item = desk.inbox[key]
        return f"the draft of {item.author} {quoted(item.draft or item.text)}"
    return key


def named(key: str, desk: State) -> str:
    """What people call a post, an inbox item, a scheduled item, a text of ours, a channel; the key of anything else."""
    if key in desk.posts:
        post = desk.posts[key]
        return f"our post {quoted(post.text)}" if post.ours else post.handle or post.author
    if key in desk.inbox:
        return desk.inbox[key].author
    if key in desk.contents:
        view = desk.contents[key]
        return f"the {view.content.kind} {quoted(view.text)}"
    if key in desk.published:
        return f"our text {quoted(desk.published[key].text)}"
    return next((one.name for one in desk.scenario.channels if one.id == key), key)


def indefinite(what: str) -> str:
    """`an official statement`."""
    return f"{'an' if what[:1] in 'aeiou' else 'a'} {what}"


def quoted(text: str, most: int = _QUOTED) -> str:
    """The first words of a text, in quotation marks: no more than so many letters."""
    one = " ".join(text.split())
    return f"“{one if len(one) <= most else one[: most - 1].rstrip() + '…'}”"


def tried(do: str) -> str:
    """What somebody could not do, in words: `publish a statement`."""
    return _TRIED.get(do, do.replace("_", " "))


def describe(action: Action) -> str:
    """An action in one line, for the log and the review. Its target is what it shall be called by."""
    to = ", ".join(action.to)
    where = ", ".join(action.channels)
    short = action.text if len(action.text) <= 80 else action.text[:79] + "…"
    match action.do:
        case "classify":
            return f"says this is L{action.level}" + (f", {action.confidence} confidence" if action.confidence else "")
        case "publish":
            return f"published {indefinite(TEXTS.get(action.kind, 'statement'))} on {where}: “{short}”"
        case "reply" | "message" | "answer_press" | "review_fake":
            many = f" and {len(action.also)} more" if action.also else ""
            return (
                f"{'answered' if action.do != 'review_fake' else 'planted praise for'} {action.target}{many}: “{short}”"
            )
        case "escalate" | "ask" | "inform":
            verb = {"escalate": "escalated to", "ask": "asked", "inform": "informed"}[action.do]
            return f"{verb} {to}: “{short}”"
        case "request_approval":
            return f"asked {to} to approve {indefinite(TEXTS.get(action.kind, 'text'))}: “{short}”"
        case "decide":
            why = f": “{short}”" if short else ""
            verdict = "approved" if action.kind == "approve" else "returned"
            return f"{verdict} {action.target}{why}"
        case "flag":
            return f"marked {action.target} {action.kind}"
        case "assign":
            if not action.to:
                return f"put {action.target} back"
            return f"takes {action.target}" if action.to == (action.seat,) else f"gave {action.target} to {to}"
        case "hub":
            did = {"open": "opened", "answer": "added an answer to"}.get(action.kind, "updated")
            return f"{did} the crisis page: “{short}”"
        case "note":
            return f"hands the seat over: {action.text}" if action.kind == "handover" else action.text
        case "delete":
            return f"took down {action.target}, {'saying so' if action.kind == 'said' else 'without a word'}"
        case "stand_down":
            return "stood down"
        case "pause" | "hide" | "pin" | "edit":
            return f"{_DONE[action.do]} {action.target}"
        case "resume":
            return f"let {action.target} go out after all"
        case "close_account":
            return f"closed the account on {action.target}"
        case "sweep":
            return "swept all own accounts and everything scheduled"
