"""Where the team waited for somebody: for an approval, for an answer to a call, for keys that somebody else holds."""

from __future__ import annotations

from drills.gaps.model import Wait
from drills.scoring.record import Record
from engine.events import ApprovalAsked, ApprovalDecided, Escalated, Reached, Unreachable, Void

_DRAFTS = {"holding": "holding statement", "official": "official statement", "update": "update"}
_DOING = {"pause": "stop", "edit": "change", "resume": "let go", "delete": "take down", "publish": "publish on",
          "hub": "open the", "close_account": "close"}  # fmt: skip


def waits(record: Record) -> tuple[Wait, ...]:
    """Every stretch of waiting, in order of its beginning. What had no end lasts until the run's."""
    found = [*_approvals(record), *_calls(record), *_keys(record)]
    return tuple(sorted(found, key=lambda one: (one.at_ms, one.until_ms, one.who, one.what)))


def _name(record: Record, person: str) -> str:
    return record.people[person].name if person in record.people else person


def _approvals(record: Record) -> list[Wait]:
    """A draft waits for a validator until they decide, or until it goes out without them."""
    ends: dict[tuple[str, str], int] = {}
    for decided in record.of(ApprovalDecided):
        ends.setdefault((decided.action, decided.to), decided.at_ms)
    out = {
        text.action.approval: text.at_ms
        for text in reversed(record.texts)
        if text.action is not None and text.action.approval
    }
    kinds = {action.id: action.kind for action in record.actions}
    found = []
    for event in record.of(ApprovalAsked):
        until = min(ends.get((event.action, event.to), record.end_ms), out.get(event.action, record.end_ms))
        if until > event.at_ms:
            what = f"approval of the {_DRAFTS.get(kinds.get(event.action, ''), 'draft')}"
            found.append(Wait(event.at_ms, until, _name(record, event.to), what))
    return found


def _calls(record: Record) -> list[Wait]:
    """A call rings until somebody answers, or nobody is left to try. One that was answered at once is no wait."""
    begun: dict[tuple[str, str], int] = {}
    found = []
    for event in record.log:
        match event:
            case Escalated():
                begun.setdefault((event.action, event.to), event.at_ms)
            case Reached() | Unreachable():
                start = begun.pop((event.action, event.to), event.at_ms)
                if event.at_ms > start:
                    found.append(Wait(start, event.at_ms, _name(record, event.to), "answer to a call"))
            case _:
                pass
    open_ = [Wait(at, record.end_ms, _name(record, to), "answer to a call") for (_, to), at in begun.items()]
    return [*found, *(one for one in open_ if one.until_ms > one.at_ms)]


def _keys(record: Record) -> list[Wait]:
    """From the first refusal for want of keys until whoever holds them answered a call, until the same was done after
    all, or until it could not be done any more."""
    first: dict[tuple[str, str], Void] = {}
    for void in record.of(Void):
        if void.reason == "lock-out":
            first.setdefault((void.do, void.target), void)
    found = []
    for (do, target), void in first.items():
        done = [action.at_ms for action in record.actions if action.do == do and action.at_ms >= void.at_ms
                and target in (action.target, *action.channels)]  # fmt: skip
        fired = record.fired_content.get(target, record.end_ms)
        keys, post = record.run.setup.keys, record.posts.get(target)
        holder = keys.get(post.channel if post else target, "")
        done += [event.at_ms for event in record.of(Reached) if event.to == holder and event.at_ms >= void.at_ms]
        until = min([*done, fired if fired >= void.at_ms else record.end_ms])
        if until > void.at_ms:
            what = f"keys to {_DOING.get(do, do.replace('_', ' '))} {target}"
            found.append(Wait(void.at_ms, until, _name(record, holder) if holder else "whoever holds the keys", what))
    return found
