"""The lines above a text: what kind it is, on which channels, who signs, who approves."""

from __future__ import annotations

from dataclasses import replace

from textual.widget import Widget
from textual.widgets import Input

from drills.desk import Desk
from drills.plan import Plan, says
from tui.safe import line
from tui.widgets.choice_line import ChoiceLine
from tui.widgets.job import Job

UNCLEAR = 2
"""The level that is assumed while the team has named none."""
KINDS = {
    "publish": ("holding", "official", "update"),
    "hub": ("open", "answer", "update"),
    "request_approval": ("holding", "official", "update", "reply", "press", "hub"),
    "decide": ("approve", "return"),
}


def options(job: Job, desk: Desk, plan: Plan | None = None) -> list[ChoiceLine | Input]:
    """The lines for this kind of text; most have none."""
    out: list[ChoiceLine | Input] = []
    if kinds := KINDS.get(job.do):
        out.append(ChoiceLine("Kind", [(kind, kind) for kind in kinds], [job.kind or kinds[0]], id="kind"))
    if job.do == "request_approval":
        people = [
            (view.colleague.id, view.colleague.name)
            for view in desk.contacts.values()
            if view.colleague.validates or view.colleague.id in job.to
        ]
        out.append(ChoiceLine("By", people, job.to, many=True, id="to"))
    if job.do == "publish":
        channels = [(channel.id, channel.name) for channel in desk.scenario.channels if channel.id != "floor"]
        out.append(ChoiceLine("Channels", channels, job.channels or [channels[0][0]], many=True, id="channels"))
    if job.do in ("publish", "hub", "answer_press"):
        passed = [("", "none")]
        passed += [
            (key, f"approved {line(view.action.kind, 10)}")
            for key, view in desk.approvals.items()
            if view.state == "approved"
        ]
        passed.append(("emergency", "emergency rule"))
        out.append(ChoiceLine("Approval", passed, [job.approval], id="approval"))
    if job.do == "publish":
        signs = says(plan, job.kind or "holding", UNCLEAR if desk.level is None else desk.level) if plan else ()
        names = [line(desk.contacts[one].colleague.name, 24) for one in signs if one in desk.contacts]
        may = f" (by the plan {' or '.join(names[:3])})" if names else ""
        who = f"Signed by: a name, or initials{may}"
        out.append(Input(job.signed_by, placeholder=who, id="signed", compact=True, select_on_focus=False))
    return out


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
