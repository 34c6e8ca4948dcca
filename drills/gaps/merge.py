"""What the plan's file says and what the run shows, as one list of gaps with their repairs.

Confidence
- high: the file and the run say the same; medium: the run alone, or the file where the run touched its tasks; low: the
  file alone on a matter that this run did not touch, or a run that shows it only in part.
- A gap that an earlier run of the drill showed too goes one step up: two teams rarely fail at one place by chance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Literal

from drills.gaps.model import PlanGap
from drills.gaps.scene import Scene, Sign
from drills.plan import Plan, check_plan
from drills.plan.edits import Add, Drop, Edit, Loc, Put, diff, edited
from drills.plan.gap_rules import gap_rules
from drills.plan.lint import lint
from drills.plan.lint.view import Finding
from scenarios.source import Source, SourceError, loads

Confidence = Literal["low", "medium", "high"]
STEPS: tuple[Confidence, ...] = ("low", "medium", "high")


class PlanFile:
    """The plan's text as the run's record holds it, and what changes to it would look like."""

    def __init__(self, plan: Plan, text: str | None) -> None:
        self.name = f"{plan.id}.yaml"
        self.ids = {one.id for one in plan.people} | {one.task for one in plan.dashboard}
        self.source: Source[Plan] | None = None if text is None else loads(text, self.name, Plan)

    def line(self, loc: Loc) -> int:
        """The line of a place, from 1; 0 for what is not there at all."""
        if self.source is None or not loc or loc[0] not in self.source.value.model_fields_set:
            return 0
        return self.source.place(loc)[0]

    def diff(self, edits: Sequence[Edit]) -> str:
        """A unified diff of the edits; '' where there is none, or they would not leave a plan that passes check."""
        if self.source is None or not edits:
            return ""
        key = (self.source.text, self.name, repr(edits))
        if key not in _MADE:
            if len(_MADE) >= KEPT:
                _MADE.clear()
            _MADE[key] = self._diff(self.source.text, edits)
        return _MADE[key]

    def _diff(self, text: str, edits: Sequence[Edit]) -> str:
        try:
            after = edited(text, edits)
            sound = not any(one.severity == "error" for one in check_plan(loads(after, self.name, Plan)))
        except (ValueError, SourceError):
            return ""
        return diff(text, after, self.name) if sound else ""


_MADE: dict[tuple[str, str, str], str] = {}
KEPT = 500
"""Diffs that are kept: the runs of a drill share their plan, and most of what is proposed for it."""


def merged(
    scene: Scene,
    signs: Sequence[Sign],
    file: PlanFile,
    as_of: date | None,
    touched: Collection[str],
    shown_before: Collection[str],
) -> tuple[tuple[PlanGap, ...], str]:
    """All gaps in order of their ids, what the run shows first, and one diff of everything proposed.

    `touched`: the critical tasks that the run asked for. `shown_before`: gaps that earlier runs showed.
    """
    findings = list(lint(scene.plan, scene.scenario, as_of=as_of))
    found: list[tuple[PlanGap, tuple[Edit, ...]]] = []
    for sign in signs:
        same = next((one for one in findings if one.gap == sign.gap and _one_place(one.loc, sign.loc)), None)
        if same is not None:
            findings.remove(same)
        found.append(_gap(file, sign, same, touched, shown_before))
    found += [_gap(file, None, one, touched, shown_before) for one in findings]
    found.sort(key=lambda one: one[0].id)
    return tuple(gap for gap, _ in found), _together(file, [edits for gap, edits in found if gap.diff])


def _one_place(one: Loc, other: Loc) -> bool:
    """Whether two places are the same item of the plan, or one holds the other; a list is none of its items."""
    short = min(len(one), len(other), 2)
    return one[:short] == other[:short] and not any(isinstance(part, int) for part in (*one[short:2], *other[short:2]))


def _gap(
    file: PlanFile, sign: Sign | None, finding: Finding | None, touched: Collection[str], shown_before: Collection[str]
) -> tuple[PlanGap, tuple[Edit, ...]]:
    id_ = sign.gap if sign is not None else finding.gap if finding is not None else ""
    about = gap_rules()[id_]
    seen: Literal["file", "run", "both"] = "file" if sign is None else "run" if finding is None else "both"
    sure = _confidence(seen, weak=sign is not None and sign.weak, touched=bool(set(about.tasks) & set(touched)))
    if id_ in shown_before and sign is not None:
        sure = STEPS[min(2, STEPS.index(sure) + 1)]
    edits, shown = _repair(file, sign, finding)
    loc: Loc = sign.loc if sign is not None else finding.loc if finding is not None else ()
    if sign is not None:
        words, advice, evidence = sign.finding, sign.advice, sign.evidence
    else:
        assert finding is not None
        words, advice, evidence = _sentence(finding.message, file.ids), _sentence(finding.advice), ()
    tasks = tuple(dict.fromkeys((*about.tasks, *(sign.forced if sign is not None else ()))))
    gap = PlanGap(id_, about.title, words, about.reason, seen, sure, evidence, advice, shown, file.line(loc), tasks)
    return gap, edits


def _sentence(words: str, ids: Collection[str] = ()) -> str:
    """The lint's words, which go on after a colon, as a sentence of their own. An id stays as the plan writes it."""
    first = words.split(" ", 1)[0].removesuffix("'s")
    return f"{words[:1] if first in ids else words[:1].upper()}{words[1:].rstrip('.')}."


def _confidence(seen: str, *, weak: bool, touched: bool) -> Confidence:
    if seen == "both":
        return "medium" if weak else "high"
    if seen == "run":
        return "low" if weak else "medium"
    return "medium" if touched else "low"


def _repair(file: PlanFile, sign: Sign | None, finding: Finding | None) -> tuple[tuple[Edit, ...], str]:
    """The run's proposal, else the file's: the first that leaves a sound plan."""
    for one in (sign, finding):
        if one is not None and one.edits and (shown := file.diff(one.edits)):
            return tuple(one.edits), shown
    return (), ""


def _together(file: PlanFile, proposals: Iterable[Sequence[Edit]]) -> str:
    """One diff of all proposals that can stand together: of two for one place the first, whatever is dropped last."""
    chosen: list[Edit] = []
    able: list[list[Edit]] = []
    taken: set[Loc] = set()
    for edits in proposals:
        new = [edit for edit in edits if edit not in chosen]
        places = {edit.loc for edit in new if not isinstance(edit, Add)}
        if new and not any(one[: len(other)] == other[: len(one)] for one in places for other in taken):
            able.append(new)
            chosen += new
            taken |= places
    whole = file.diff(_ordered(chosen))
    if whole or not chosen:
        return whole
    chosen = []
    for new in able:  # two of them do not go together: leave out whichever comes later
        if file.diff(_ordered([*chosen, *new])):
            chosen += new
    return file.diff(_ordered(chosen))


def _ordered(edits: Sequence[Edit]) -> list[Edit]:
    """Values first, then new items, then what goes, from the end of each list, so that every index still holds."""
    keep = [edit for edit in edits if isinstance(edit, Put)] + [edit for edit in edits if isinstance(edit, Add)]
    drops = sorted((edit for edit in edits if isinstance(edit, Drop)), key=lambda edit: tuple(map(_key, edit.loc)))
    return [*keep, *reversed(drops)]


def _key(part: str | int) -> tuple[int, str]:
    return (part, "") if isinstance(part, int) else (-1, part)
