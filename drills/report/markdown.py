"""The report as Markdown: the same content, in tables and quotations. What people wrote can make no heading or link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from drills import markdown as outside
from drills.overrides import change_words, item_words
from drills.report import hotwash, tables
from drills.report.model import Report
from drills.report.summary import sentence, span
from drills.report.tables import Table
from drills.report.timeline import short
from drills.review_text import RATINGS, WATERMARK, letter_words, points
from drills.scoring.card import Evidence
from scenarios.moments import show_moment


def markdown(report: Report) -> str:
    """The whole report, between watermarks."""
    return "\n".join((WATERMARK, "", *_front(report), *_body(report), *_annexes(report), WATERMARK)) + "\n"


# -- the first page ----------------------------------------------------------------------------------------------


def _front(report: Report) -> Iterator[str]:
    cover, summary, analysis = report.cover, report.summary, report.analysis
    yield f"# After-action report: {plain(cover.title)}"
    plan = f", plan under test {plain(cover.plan)} {plain(cover.plan_version)}" if cover.plan else ""
    played = f"played {plain(cover.played)}" if cover.played else "simulated"
    yield from ("", f"Drill {plain(cover.drill)}{plan}, seed {cover.seed}, {played}, {plain(cover.ended)}.", "")
    yield from ("## 1 Summary", "", *(f"{plain(one)}  " for one in summary.happened), "")
    yield f"**{points(summary.total.score)} of 100: {summary.total.rating}, {letter_words(report.card)}.**"
    if summary.capped:
        yield f"Raw {points(summary.raw)}, capped by {plain(summary.capped)}."
    if analysis.controllable is not None:
        yield f"As run {points(analysis.as_run)}; {points(analysis.controllable)} without waiting for others."
    if summary.total.luck:
        yield f"The same actions come to {summary.total.luck} with other luck."
    yield from ("", "| Speed | Tone | Escalation | Conduct |", "|---:|---:|---:|---:|")
    yield f"| {' | '.join(f'{points(one.score)} {one.rating}' for one in summary.figures)} |"
    yield from ("", f"{'; '.join(f'{letter} {RATINGS[letter]}' for letter in 'PSMU')}.", "")
    for title, found in (("What went well", summary.strengths), ("What to improve", summary.areas)):
        yield from (f"### {title}", "")
        for one in found:
            yield f"- **{plain(one.title)}**: {plain(one.why)}{f' Better: {plain(one.better)}' if one.better else ''}"
        yield from () if found else ("Nothing stands out.",)
        yield ""
    yield from ("### What to change in the plan", "", _top_gap(report), "")
    if analysis.stuck:
        yield from ("### Did the fix stick?", "", *_grid(tables.stuck(report)), "")


def _top_gap(report: Report) -> str:
    gap = report.summary.gap
    if gap is None:
        found = "No gap of the plan showed, in its file or in this run."
        return found if report.cover.plan else "No plan was under test."
    return f"**{plain(gap.id)} {plain(sentence(gap.title))}**: {plain(gap.finding)} {plain(gap.advice)}"


# -- the body ----------------------------------------------------------------------------------------------------


def _body(report: Report) -> Iterator[str]:
    cover = report.cover
    yield from ("## 2 Overview", "")
    yield f"- Company: {plain(cover.brand)}{f': {plain(cover.about)}' if cover.about else ''}"
    yield f"- Scenario {plain(cover.scenario)}, begins {plain(cover.starts)}; {span(cover.lasted_ms)} of scenario time"
    yield f"- Participants: {plain(', '.join(cover.seats))}"
    yield f"- Evaluators: {plain(', '.join(cover.evaluators)) or 'none'}"
    yield f"- Run {plain(cover.run) or 'not kept'}, {cover.type} drill, pace {cover.pace:g}, {plain(cover.version)}"
    yield from (f"- Objective: {plain(one)}" for one in cover.objectives)
    yield from (f"- {plain(one)}" for one in report.summary.firm)
    for gate in report.card.gates:
        yield f"- **{plain(gate.id)} {plain(gate.title)}**, at most {points(gate.cap)}: {plain(gate.why)}"
        yield from _evidence(gate.evidence, "  ")
    yield from ("", *quote(cover.premise), "")
    yield from ("## 3 Timeline", "", "| Time | Kind | Who | What |", "|---|---|---|---|")
    for one in report.timeline:
        yield _row((show_moment(one.at_ms), one.kind, one.who, one.what))
    yield from ("", *_titled(tables.waits(report)), *_tasks(report), *_gaps(report), "## 6 Strengths to keep", "")
    yield from (f"- **{plain(one.title)}**: {plain(one.why)}" for one in report.summary.strengths)
    for why in report.analysis.attributions:
        if why.rating == "P" or why.label == "plan addition":
            yield f"- **{plain(why.title)}** ({plain(why.label)}): {plain(why.why)}"
    yield from ("", "## 7 Improvement plan", "")
    yield from _grid(tables.improvements(report)) or ("This run asks for no corrective action.",)
    yield from ("", "## 8 Hotwash", "", f"{hotwash.minutes()} minutes, within the hour, by subject.", "")
    for question in report.hotwash:
        hint = f" *{plain(question.hint)}*" if question.hint else ""
        yield f"- {plain(question.dimension.capitalize())}: {plain(question.text)}{hint}"
    yield from ("", "## 9 Participant feedback", "", "| Statement | 1 | 2 | 3 | 4 | 5 |", "|---|---|---|---|---|---|")
    yield from (f"{_row((one,))[:-1]}| | | | | |" for one in report.feedback)
    yield ""


def _tasks(report: Report) -> Iterator[str]:
    yield from ("## 4 Tasks", "")
    for task in report.tasks:
        rated = f"{task.rating}, {RATINGS[task.rating]}"
        yield f"- **{plain(task.id)} {plain(task.title)}**: {rated}. {plain(task.observation)}"
        if task.label:
            step = f" The plan says: {plain(task.step)}" if task.step else ""
            about = f" ({', '.join(plain(one) for one in task.gaps)})" if task.gaps else ""
            yield f"  - {plain(task.label.capitalize())}{about}: {plain(task.why)}{step}"
        if task.changed:
            yield f"  - *Evaluator*: {plain(task.changed)}"
        yield from _evidence(task.evidence, "  ")
    yield ""


def _gaps(report: Report) -> Iterator[str]:
    yield from ("## 5 Plan gaps", "")
    if not report.analysis.gaps:
        yield from (_top_gap(report), "")
    for gap in report.analysis.gaps:
        yield from (
            f"### {plain(gap.id)} {plain(sentence(gap.title))}",
            "",
            f"{plain(gap.finding)} {plain(gap.reason)}",
            "",
        )
        seen = "the file and the run" if gap.seen == "both" else f"the {gap.seen}"
        yield from (f"Seen in {seen}, {gap.confidence} confidence.", "", *_evidence(gap.evidence), "")
        yield from (f"Change: {plain(gap.advice)}", "", *fenced(gap.diff, "diff"))


# -- the annexes -------------------------------------------------------------------------------------------------


def _annexes(report: Report) -> Iterator[str]:
    yield from ("## A List of events as played", "", *_grid(tables.events_in_short(report)), "")
    yield from ("## B Texts sent", "")
    if not report.texts:
        yield from ("The team wrote nothing.", "")
    for one in report.texts:
        yield f"### {show_moment(one.at_ms)} {plain(one.seat)} {plain(tables.sent_words(one))}".rstrip()
        tone = f"Tone {points(one.tone)}: " if one.tone is not None else ""
        yield from ("", *quote(one.text), "", f"{tone}{plain(one.reading)}", "")
        yield from (f"- {plain(finding)}" for finding in one.findings)
        if one.better:
            yield from ("", "A better text:", "", *quote(one.better))
        yield ""
    yield from ("## C Score sheet", "", *_grid(tables.scores_in_short(report)), "")
    for change in report.card.changes:
        yield f"- *Evaluator*: {plain(item_words(report.card, change.item))}: {plain(change_words(change))}"
    yield from ("", "## D Fact sheet", "", *_grid(tables.facts(report)), "")
    yield from ("## E What moved the public", "", *_public(report))
    if report.analysis.diff:
        yield from ("## F All changes to the plan", "", *fenced(report.analysis.diff, "diff"))


def _public(report: Report) -> Iterator[str]:
    themes = report.public["themes"]
    if not themes:
        yield from ("Nobody was moved: no theme came up.", "")
    for theme in themes:
        yield from (f"### {plain(theme['title'])}", "")
        yield (
            f"Anger {theme['start']:.0f} → {theme['end']:.0f} of 100, highest {theme['peak']:.0f} at "
            f"{show_moment(theme['peak_ms'])}; {theme['posts']:,} posts and shares."
        )
        yield ""
        for move in theme["moves"][:8]:
            said = f": “{plain(short(move['quote']))}”" if move["quote"] else ""
            yield f"- **{move['points']:+.1f}** {plain(move['words'])}{said}"
        yield ""
    for one in report.public["most_shared"]:
        yield (
            f"- {show_moment(one['at_ms'])} **{plain(one['author'])}** {plain(short(one['text'], 200))} "
            f"({one['shares']:,} shares, reach {one['reach']:,})"
        )
    yield ""


# -- pieces ------------------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """A text as one line of a paragraph; spaces before it would make it code."""
    return outside.plain(text.strip())


def quote(text: str) -> Iterator[str]:
    """A text as a quotation, without the spaces before its lines."""
    for line in text.split("\n"):
        yield from outside.quote(line.strip())


def fenced(text: str, kind: str = "") -> Iterator[str]:
    """A text in a fence that is longer than any it holds; nothing for nothing."""
    if text:
        longest = max((len(run) for run in re.findall("`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        yield from (f"{fence}{kind}", *text.rstrip("\n").split("\n"), fence, "")


def _titled(table: Table) -> Iterator[str]:
    if table.rows:
        yield from (f"### {table.title}", "", *_grid(table), "")


def _grid(table: Table) -> list[str]:
    """A table, or nothing where it has no rows."""
    if not table.rows:
        return []
    head = _row(tuple(column.title for column in table.columns))
    return [head, f"|{'---|' * len(table.columns)}", *(_row(row) for row in table.rows)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(plain(cell) for cell in cells)} |"


def _evidence(evidence: Sequence[Evidence], indent: str = "") -> Iterator[str]:
    for one in evidence:
        yield f"{indent}- {show_moment(one.at_ms)} {plain(one.text)}"
