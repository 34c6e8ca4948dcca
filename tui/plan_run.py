"""How far a run has come along its plan: which level since when, who has been told, which steps are done.

It reads only what the team can see. Times are sim-milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence

from drills.coach.calls import due_calls, reached_ms, told_ms
from drills.desk import Desk
from drills.plan import Plan
from drills.plan.showing import Call, listed
from scenarios.moments import show_duration, show_moment
from tui import keys
from tui.glyphs import short_left
from tui.safe import line

SOON_MS = 5 * 60_000
"""A call that is due within this is worth a colour."""
MISSED = {"": "no answer", "number": "bad number", "off duty": "off duty"}


def standing(call: Call, desk: Desk | None, level: int) -> tuple[str, str]:
    """Where a call stands, in words, and its style."""
    due = f"within {show_duration(call.within_ms)}"
    if call.own:
        return "your own seat" if call.me else "your own role", "$muted"
    if desk is None:
        return due, ""
    if (told := told_ms(desk, call.id)) is not None:
        return _told(call, desk, told)
    since = reached_ms(desk, level)
    if since is None:
        return due, ""
    left = since + call.within_ms - desk.now_ms
    if left < 0:
        return f"! late {short_left(left)}", "bold $error"
    return f"in {short_left(left)}", "bold $warning" if left < SOON_MS else "bold"


def _told(call: Call, desk: Desk, told: int) -> tuple[str, str]:
    contact = desk.contacts.get(call.id)
    when = show_moment(told)
    if contact is not None and contact.state == "unreachable":
        return f"! {MISSED.get(contact.why, MISSED[''])}, {when}", "bold $error"
    if contact is not None and contact.state == "calling":
        return f"… calling, {when}", "$warning"
    return f"✓ told {when}", "$success"


def asked(plan: Plan | None, desk: Desk, seat: str) -> str:
    """Whom the plan wants told now, in one line; '' where it wants nobody."""
    due = due_calls(plan, desk, seat)
    some = [f"{line(call.name, 24)} in {short_left(left, coarse=True)}" for call, left in due[:2] if left >= 0]
    if not some:
        return ""
    more = [f"{len(due) - len(some)} more"] if len(due) > len(some) else []
    return f"L{desk.level}: call {listed([*some, *more])} ({keys.named('plan')}: the plan)"


def pressing(plan: Plan | None, desk: Desk, seat: str) -> str:
    """Whom the plan wants told within minutes, or wanted just now, with the keys; '' where nobody presses."""
    due = [(call, left) for call, left in due_calls(plan, desk, seat) if abs(left) < SOON_MS]
    if not due:
        return ""
    call, left = due[0]
    when = f"within {short_left(left, coarse=True)}" if left >= 0 else "by now"
    return f"the plan wants {line(call.name, 24)} told {when}: {keys.told('{escalate} calls, {plan} shows the plan')}"


def steps_done(desk: Desk, called: Sequence[Call], level: int) -> dict[str, str]:
    """The steps of the way that this run has taken, with when."""
    done: dict[str, int] = {}
    if (since := reached_ms(desk, level)) is not None:
        done["level"] = since
    others = [told_ms(desk, call.id) for call in called if not call.own]
    if others and None not in others:
        done["tell"] = max(at for at in others if at is not None)
    for text in desk.published.values():
        if step := {"statement": text.kind, "hub": "hub", "reply": "answer"}.get(text.form):
            done.setdefault(step, text.at_ms)
    held = [one.at_ms for one in desk.actions if one.do == "pause"]
    if held and not any(view.state == "scheduled" for view in desk.contents.values()):
        done["stop"] = max(held)
    if desk.stood_down_ms >= 0:
        done["over"] = desk.stood_down_ms
    return {step: show_moment(at) for step, at in done.items()}
