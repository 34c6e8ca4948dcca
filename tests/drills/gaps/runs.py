"""Runs for the tests of gaps: example D, as the same team plays it whatever its plan says."""

from __future__ import annotations

from pathlib import Path

from drills import joining
from drills.drill import Drill
from drills.plan import preapproved, validators
from drills.run import Run
from drills.session import Session
from engine.events import ApprovalDecided
from scenarios.moments import MINUTE

DATA = Path(__file__).parents[2] / "data" / "gaps"
WORDS = (
    "If your kettle sparks, please unplug it and do not use it. We are looking at it now with the people who made it, "
    "and say here what we find as soon as we know. - Ben Oke"
)
ANSWERS = {
    "first": "Ona, I am sorry about your hand. Please see a doctor, and unplug the kettle. I write to you now. - Eli",
    "q1": "Piet, as far as we know the grey one from this spring. - Eli",
    "q2": "Lio, please leave it unplugged until we know more. - Eli",
    "q3": "Piet, it is under the base, six digits. - Eli",
    "q4": "Yes, Lio, any shop takes it back today. - Eli",
    "q5": "Piet, our workshop has two of them open right now. - Eli",
}
UPDATES = (
    "We have opened two kettles and found a loose wire.",
    "The wire is the cause in both; we test more of them.",
    "Five more kettles have the same wire. Please keep yours unplugged.",
    "The shops have taken the kettle off their shelves.",
)


def example_d(plan_text: str | None = None) -> Drill:
    """The drill, with another text of its plan if one is given."""
    drill = joining.from_path(DATA / "slow-approval.yaml")
    return drill if plan_text is None else joining.from_texts({**drill.texts, "plan": plan_text})


def played(drill: Drill, session: Session | None = None) -> Run:
    """The same course of action under any plan: what was approved beforehand goes out at once, anything else goes to
    whom the plan names, and out at the next look after the last of them has approved. In memory, unless a session
    is given."""
    assert drill.plan is not None
    session = session or Session.rehearse(drill)
    at(session, 2, "flag", target="first", kind="priority")
    at(session, 4, "classify", level=3, root_cause="product", accounts=("flit",), themes=("sparks",))
    session.skip_to(9 * MINUTE)
    minute, approval = 9, ""
    if not preapproved(drill.plan, "holding", 3):
        asked = tuple(group[0] for group in validators(drill.plan, "holding", 3))
        at(session, 9, "request_approval", kind="holding", text=WORDS, to=asked)
        approval = next(one.id for one in reversed(list(session.run().actions())))
        replies(session, 13)
        for minute in range(16, 120, 7):
            session.skip_to(minute * MINUTE)
            if len([one for one in session.run().log if isinstance(one, ApprovalDecided)]) == len(asked):
                break
    at(session, minute, "publish", kind="holding", channels=("flit",), text=WORDS, approval=approval)
    if not approval:
        replies(session, 13)
    for number, text in enumerate(UPDATES, 1):
        if minute + 28 * number < 135:
            at(session, minute + 28 * number, "publish", kind="update", channels=("flit",), text=f"{text} - Ben Oke")
    session.skip_to(session.ends_ms)
    return session.run()


def replies(session: Session, minute: int) -> None:
    """Six answers, of thirteen that were wanted."""
    for key, text in ANSWERS.items():
        at(session, minute, "reply", target=key, text=text)


def at(session: Session, minute: int, do: str, **fields: object) -> None:
    """Something done at a minute."""
    session.skip_to(minute * MINUTE)
    session.act(do, **fields)
