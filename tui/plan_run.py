"""How far a run has come along its plan: which level since when, who has been told, which steps are done.

It reads only what the team can see. Times are sim-milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence

from drills.desk import Desk
from drills.plan import CABINET, Plan
from drills.plan.showing import Call, calls, listed
from scenarios.moments import show_duration, show_moment
from tui.glyphs import short_left
from tui.safe import line

SOON_MS = 5 * 60_000
"""A call that is due within this is worth a colour."""
MISSED = {"": "no answer", "number": "bad number", "off duty": "off duty"}
TELLING = ("escalate", "ask", "inform")


def reached_ms(desk: Desk, level: int) -> int | None:
    """Since when the team has held it to be at least this level, or None if it does not."""
    since: int | None = None
    for at_ms, said in desk.levels:
        if said < level:
            since = None
        elif since is None:
            since = at_ms
    return since


def told_ms(desk: Desk, id_: str) -> int | None:
    """When somebody was first called, asked or informed; whoever convenes the cabinet calls all its seats."""
    cabinet = desk.contacts.get(CABINET)
    names = {id_, CABINET} if cabinet is not None and id_ in cabinet.colleague.seats else {id_}
    return next((one.at_ms for one in desk.actions if one.do in TELLING and names & set(one.to)), None)


def standing(call: Call, desk: Desk | None, level: int) -> tuple[str, str]:
    """Where a call stands, in words, and its style."""
    due = f"within {show_duration(call.within_ms)}"
    if call.own:
        return "your own seat", "$muted"
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


def wanted(called: Sequence[Call], desk: Desk, level: int) -> list[tuple[Call, int]]:
    """Whom the plan still wants told, with the time that is left; late ones are under zero."""
    since = reached_ms(desk, level)
    if since is None:
        return []
    return [
        (call, since + call.within_ms - desk.now_ms)
        for call in called
        if not call.own and call.id in desk.contacts and told_ms(desk, call.id) is None
    ]


def due_calls(plan: Plan | None, desk: Desk, seat: str) -> list[tuple[Call, int]]:
    """`wanted` at the level that the team holds now."""
    if plan is None or desk.level is None:
        return []
    return wanted(calls(plan, desk.scenario, desk.level, seat, desk.now_ms), desk, desk.level)


def asked(plan: Plan | None, desk: Desk, seat: str) -> str:
    """Whom the plan wants told now, in one line; '' where it wants nobody."""
    due = due_calls(plan, desk, seat)
    some = [f"{line(call.name, 24)} in {short_left(left, coarse=True)}" for call, left in due[:2] if left >= 0]
    if not some:
        return ""
    more = [f"{len(due) - len(some)} more"] if len(due) > len(some) else []
    return f"L{desk.level}: call {listed([*some, *more])} (l: the plan)"


def pressing(plan: Plan | None, desk: Desk, seat: str) -> str:
    """Whom the plan wants told within minutes, or wanted just now, with the keys; '' where nobody presses."""
    due = [(call, left) for call, left in due_calls(plan, desk, seat) if abs(left) < SOON_MS]
    if not due:
        return ""
    call, left = due[0]
    when = f"within {short_left(left, coarse=True)}" if left >= 0 else "by now"
    return f"the plan wants {line(call.name, 24)} told {when}: e calls, l shows the plan"


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
