"""The lines above a text: what kind it is, on which channels, who signs, who approves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from drills.desk import Desk
from drills.plan import Plan, says, validators
from drills.plan.showing import listed
from drills.signoff import asked_of, level_held
from scenarios.moments import show_moment
from tui.safe import line
from tui.widgets.choice_line import ChoiceLine
from tui.widgets.job import Job
from tui.widgets.typing import Field

KINDS = {
    "publish": ("holding", "official", "update"),
    "hub": ("open", "answer", "update"),
    "request_approval": ("holding", "official", "update", "reply", "press", "hub"),
    "decide": ("approve", "return"),
}
APPROVED_AS = {"publish": "", "reply": "reply", "message": "reply", "hub": "hub", "answer_press": "press"}
"""What each verb whose text somebody may have to approve is called in a request for approval; '' is the job's kind."""


class Signature(Horizontal):
    """Who signs: a label like those of the choices above it, and a name to write."""

    DEFAULT_CSS = """
    Signature {
        height: 1;
        & > Static { width: 10; color: $muted; }
        & > Input { width: 1fr; height: 1; border: none; padding: 0; background: $boost; }
    }
    """

    def __init__(self, name: str, may: str) -> None:
        """`may`: who may sign by the plan."""
        super().__init__()
        self._name, self._may = name, may

    def compose(self) -> ComposeResult:
        yield Static("Signed")
        yield Field(self._name, placeholder=self._may, id="signed", compact=True, select_on_focus=False)


def options(job: Job, desk: Desk, plan: Plan | None = None, me: str = "") -> list[ChoiceLine | Signature]:
    """The lines for this kind of text; most have none. `me`: whoever writes, who asks nothing of themselves."""
    out: list[ChoiceLine | Signature] = []
    if kinds := KINDS.get(job.do):
        out.append(ChoiceLine("Kind", [(kind, kind) for kind in kinds], [job.kind or kinds[0]], id="kind"))
    if job.do == "request_approval":
        people = [
            (view.colleague.id, view.colleague.name)
            for view in desk.contacts.values()
            if (view.colleague.validates or view.colleague.id in job.to) and view.colleague.id != me
        ]
        out.append(ChoiceLine("Ask whom", people, job.to, many=True, id="to"))
    if job.do == "publish":
        channels = [
            (channel.id, f"{channel.name} ({minutes}m)" if (minutes := desk.takes_minutes(channel)) else channel.name)
            for channel in desk.scenario.channels
            if channel.id != "floor"
        ]
        out.append(ChoiceLine("Channels", channels, job.channels or [channels[0][0]], many=True, id="channels"))
    if job.do in ("publish", "hub", "answer_press"):
        passed = [("", unapproved(job, desk, plan, me))]
        passed += _approved(job, desk)
        passed.append(("emergency", "emergency rule"))
        out.append(ChoiceLine("Approval", passed, [job.approval], id="approval"))
    if job.do == "publish":
        signs = signers(job, desk, plan)
        out.append(Signature(job.signed_by, signs))
    return out


def _approved(job: Job, desk: Desk) -> list[tuple[str, str]]:
    """The approved drafts that this may be; where several are of a kind, with when they were asked for."""
    fits = (APPROVED_AS[job.do],) if APPROVED_AS[job.do] else KINDS["publish"]
    found = {key: view for key, view in desk.approvals.items() if view.state == "approved" and view.action.kind in fits}
    many = Counter([view.action.kind for view in found.values()])
    return [
        (key, f"approved {view.action.kind}" + (f" {show_moment(view.asked_ms)}" if many[view.action.kind] > 1 else ""))
        for key, view in found.items()
    ]


def retell(composer: Widget, job: Job, desk: Desk, plan: Plan | None, me: str = "") -> None:
    """The kind has changed: say anew who signs and who must approve."""
    for choice in composer.query("#approval").results(ChoiceLine):
        words = unapproved(job, desk, plan, me)
        if choice.options[0] != ("", words):
            choice.options[0] = ("", words)
            choice.refresh(layout=True)
    for signed in composer.query("#signed").results(Input):
        signed.placeholder = signers(job, desk, plan)


def unapproved(job: Job, desk: Desk, plan: Plan | None, me: str = "") -> str:
    """What no approval is called: with whoever must give one by the plan, where somebody must. `me`: whoever writes;
    where nobody approves their own text, somebody else does."""
    kind = {"hub": "hub", "answer_press": "press"}.get(job.do, job.kind or "holding")
    groups = validators(plan, kind, level_held(desk)) if plan else ()
    other = me if plan is not None and plan.approval.separate else ""
    asked = [asked_of(group, other) for group in groups]
    names = _names(desk, asked)
    return f"none (plan: {listed(names)})" if names else "none"


def signers(job: Job, desk: Desk, plan: Plan | None) -> str:
    """What an empty signature says: who may sign by the plan."""
    names = _names(desk, says(plan, job.kind or "holding", level_held(desk)) if plan else ())
    may = f" (plan: {listed(names[:3], 'or')})" if names else ""
    return f"a name{may}"


def _names(desk: Desk, ids: Iterable[str]) -> list[str]:
    return [line(desk.contacts[one].colleague.name, 24) for one in ids if one in desk.contacts]


def chosen(composer: Widget, job: Job) -> Job:
    """The job with what its lines say now."""
    for choice in composer.query(ChoiceLine):
        match choice.id:
            case "kind":
                job = replace(job, kind=choice.value)
            case "approval":
                job = replace(job, approval=choice.value)
            case "channels":
                job = replace(job, channels=choice.values)
            case "to":
                job = replace(job, to=choice.values)
    for signed in composer.query("#signed").results(Input):
        job = replace(job, signed_by=signed.value.strip())
    return job
