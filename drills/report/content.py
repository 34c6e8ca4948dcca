"""What is in a report: everything made from a run, its scorecard and its analysis, and cleaned in one place."""

from __future__ import annotations

from drills.bands import Bands
from drills.gaps.model import Analysis
from drills.report import annexes, hotwash
from drills.report.mapped import mapped
from drills.report.model import Cover, Report, TaskView
from drills.report.played import events
from drills.report.series import series
from drills.report.summary import summary
from drills.report.timeline import timeline
from drills.review_score import changed
from drills.review_text import ended
from drills.run import Run
from drills.scoring import rubric
from drills.scoring.card import Scorecard
from drills.scoring.record import Record
from drills.scoring.steps import steps
from drills.version import our_version
from drills.why import Reasons
from scenarios.terms import ROLES
from scenarios.text import clean


def report_of(run: Run, card: Scorecard, analysis: Analysis, *, name: str = "", bands: Bands | None = None) -> Report:
    """The report of a run: the same values give the same report.

    `name` is the run's folder, `bands` what was luck. No text in it holds anything that a terminal would obey or an
    eye would miss; markup of any form is still in it, and every form escapes its own.
    """
    record = Record(run, rubric.load(run.drill.file.rubric))
    found = Report(
        cover=_cover(run, card, name),
        summary=summary(record, card, analysis, bands),
        series=series(record),
        timeline=timeline(record, card, analysis),
        tasks=_tasks(card, analysis),
        analysis=analysis,
        card=card,
        hotwash=hotwash.questions(record, card, analysis),
        feedback=hotwash.feedback(),
        events=events(record, steps(record)),
        texts=annexes.texts(record, card),
        scores=annexes.scores(card),
        facts=annexes.facts(record),
        public=Reasons.of(run).as_data(),
        luck=bands.as_data() if bands is not None else None,
    )
    return mapped(found, clean)


def _cover(run: Run, card: Scorecard, name: str) -> Cover:
    drill, scenario = run.drill, run.drill.scenario
    seats = dict.fromkeys((run.seat, *(action.seat for action in run.actions())))
    marks = dict.fromkeys(change.mark.by for change in card.changes if change.mark)
    return Cover(
        title=drill.title,
        drill=drill.id,
        run=name,
        played=run.started,
        scenario=scenario.id,
        premise="\n\n".join(" ".join(part.split()) for part in scenario.premise.strip().split("\n\n")),
        brand=scenario.brand.name,
        about=scenario.brand.about,
        type=drill.file.length,
        plan=drill.plan.id if drill.plan else "",
        plan_version=drill.plan.meta.version if drill.plan else "",
        seats=tuple(f"{seat} ({ROLES.get(seat, 'observer')})" for seat in seats),
        evaluators=tuple(marks),
        starts=f"{scenario.weekday} {scenario.starts}",
        ended=ended(run.desk),
        lasted_ms=run.ended_ms,
        pace=run.pace,
        seed=run.setup.seed,
        objectives=drill.file.objectives,
        version=our_version(),
    )


def _tasks(card: Scorecard, analysis: Analysis) -> tuple[TaskView, ...]:
    """The critical tasks that this run asked for."""
    why = {one.task: one for one in analysis.attributions}
    found = []
    for task in card.tasks:
        if task.rating == "-":
            continue
        one = why.get(task.id)
        shown = {(item.at_ms, item.text): item for item in (*task.evidence, *(one.evidence if one else ()))}
        found.append(
            TaskView(
                id=task.id,
                title=task.title,
                rating=task.rating,
                observation=task.why,
                evidence=tuple(sorted(shown.values(), key=lambda item: item.at_ms)),
                label=one.label if one else "",
                why=one.why if one else "",
                step=one.step if one else "",
                gaps=one.gaps if one else (),
                changed=changed(card, task.id),
            )
        )
    return tuple(found)
