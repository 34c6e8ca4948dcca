"""An action in a line of words, for the log and the review."""

from __future__ import annotations

from engine.actions import Action


def describe(action: Action) -> str:
    """An action in one line, for the log and the review."""
    to = ", ".join(action.to)
    where = ", ".join(action.channels)
    short = action.text if len(action.text) <= 80 else action.text[:79] + "…"
    match action.do:
        case "classify":
            return f"says this is L{action.level}" + (f", {action.confidence} confidence" if action.confidence else "")
        case "publish":
            return f"published {action.kind} on {where}: “{short}”"
        case "reply" | "message" | "answer_press" | "review_fake":
            many = f" and {len(action.also)} more" if action.also else ""
            return (
                f"{'answered' if action.do != 'review_fake' else 'planted praise for'} {action.target}{many}: “{short}”"
            )
        case "escalate" | "ask" | "inform":
            verb = {"escalate": "escalated to", "ask": "asked", "inform": "informed"}[action.do]
            return f"{verb} {to}: “{short}”"
        case "request_approval":
            return f"asked {to} to approve {action.kind}: “{short}”"
        case "decide":
            return f"{'approved' if action.kind == 'approve' else 'returned'} the draft of {action.target}"
        case "flag":
            return f"marked {action.target} {action.kind}"
        case "assign":
            return f"gave {action.target} to {to}"
        case "hub":
            return f"crisis page, {action.kind}: “{short}”"
        case "note":
            return action.text
        case "delete":
            return f"took down {action.target}, {'saying so' if action.kind == 'said' else 'without a word'}"
        case "stand_down":
            return "stood down"
        case "sweep":
            return "swept all own accounts and everything scheduled"
        case _:
            return f"{action.do.replace('_', ' ')} {action.target}".strip()
