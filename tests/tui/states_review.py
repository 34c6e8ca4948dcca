"""The states of the review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from drills.bands import Band, Bands
from drills.errors import DrillError
from drills.gaps.model import Analysis
from drills.ghost import Ghost
from drills.origin import Origin
from drills.practice.marks_model import Practice
from drills.run import Run
from drills.scoring.card import Change, Mark
from tests.tui import fakes_review as fakes
from tests.tui.state import State, screen
from tui.screens.review import ReviewScreen

MINUTE = 60_000
BANDS = Bands(12, Band(61, 69.5), {"speed": Band(90, 97), "tone": None, "escalation": None, "conduct": None}, 0.1, 0.0)
MARK = Mark("Es1", 0.8, "the phones were down", "Nora")
_MARKED = {"Es1": 0.8, "Tn3": 0.9}
MARKED = replace(  # what these four marks make of the card, by the rubric's weights
    fakes.CARD,
    tone=76.0,
    escalation=71.6,
    raw=76.8,
    total=75.0,
    rating="S",
    controllable=None,
    lines=tuple(replace(one, score=_MARKED.get(one.id, one.score)) for one in fakes.CARD.lines),
    gates=(replace(fakes.CARD.gates[0], cap=75),),
    tasks=tuple(replace(one, rating="S" if one.id == "CT2" else one.rating) for one in fakes.CARD.tasks),
    texts=(
        replace(fakes.CARD.texts[0], score=0.8, parts=(("Tn1", 0.5), ("Tn3", 0.9), ("Tn5", 1.0))), fakes.CARD.texts[1]
    ),
    changes=(
        Change("a4.Tn3", 50.0, 90.0, Mark("a4.Tn3", 0.9, "fair enough", "Nora")),
        Change("a4.Tone", 55.0, 80.0),
        Change("Tn3", 50.0, 90.0),
        Change("Es1", 41.0, 80.0, MARK),
        Change("G-OVER", "at most 65", "at most 75", Mark("G-OVER", 75.0, "it was taken down at once", "Nora")),
        Change("CT2", "M", "S"),
    ),
    before=fakes.CARD,
)  # fmt: skip


def review(
    *keys: str,
    of: Callable[[], Any] = fakes.FakeSession,
    shows: str,
    then: Sequence[str] = (),
    ghost: Ghost | None = None,
    analysis: Analysis | None = fakes.ANALYSIS,
    luck: Bands | None = None,
    marking: bool = False,
) -> State:
    """The review of a run of which all is known beforehand."""

    def analyse(_: Path) -> Analysis:
        if analysis is None:
            raise DrillError("this run has no record")
        return analysis

    def made() -> ReviewScreen:
        return ReviewScreen(
            of(), analyse=analyse, ghost=lambda _: ghost, luck=lambda *_: luck,
            export=lambda *_: Path("run/EXERCISE_cafe-lumo.html"), marking=marking,
        )  # fmt: skip

    return screen(made, *keys, then=tuple(then), shows=shows)


class Practised(fakes.FakeSession):
    """A run of an exercise of one skill."""

    def run(self) -> Run:
        return Run(self.drill, None, 2.0, "SML", tuple(self.story), "", self.desk)  # type: ignore[arg-type]


def practised(*marks: dict[str, Any]) -> Callable[[], Any]:
    """The run, with these marks to reach."""

    def made() -> Practised:
        practice = Practice.model_validate({"id": "MD-01", "skill": "warm-reply", "passes": marks})
        return Practised(replace(fakes.DRILL, file=fakes.FILE.model_copy(update={"practice": practice})))

    return made


REVIEW: dict[str, State] = {
    "review-1": review("1", shows="Went well"),
    "review-2": review("2", "j", "j", "j", "j", "j", "enter", shows="Name the cold soup"),
    "review-3": review("3", shows="Hi Nora"),
    "review-3-read": review("3", "enter", shows="sorry if you feel"),
    "review-4": review("4", "shift+right", "shift+right", "shift+right", ghost=fakes.GHOST, shows="4 of 8"),
    "review-4-read": review("4", "shift+right", "enter", shows="What came of it"),
    "review-5": review("5", "j", "j", "enter", shows="went out"),
    "review-6": review("6", shows="The soup was cold"),
    "review-7": review("7", "j", shows="@"),
    "review-7-read": review("7", "j", "enter", shows="@"),
    "review-8": review("8", shows="Where the plan"),
    "review-8-open": review("8", "j", "enter", shows="Let somebody approve"),
    "review-8-sound": review("8", analysis=Analysis((), (), (), (), (), 0, 80.0, None, ""), shows="Nothing was found"),
    "review-8-unread": review("8", analysis=None, shows="this run has no record"),
    "review-luck": review("1", "G", luck=BANDS, shows="other luck)"),
    "review-marked": review("1", of=lambda: fakes.FakeSession(card=MARKED), shows="65 as scored"),
    "review-mark": review("2", *"jjjjj", "m", marking=True, shows="Who says so"),
    "review-mark-task": review("5", "j", "m", marking=True, shows="not asked for"),
    "review-stopped": review("1", of=fakes.stopped, shows="Went well"),
    "review-retry": review(
        of=lambda: fakes.FakeSession(origin=Origin("20260105-100000-cafe-lumo", 12 * MINUTE, "a4")), shows="Tried again"
    ),
    "review-passed": review(
        "1", of=practised({"first_reply_within": "15m"}, {"line": "Sp3", "at_least": 0.8}), shows="PASSED"
    ),
    "review-not-passed": review(
        "1",
        of=practised({"line": "Sp3", "at_least": 0.8}, {"no_gate": True}, {"level_never_above": "L1"}),
        shows="NOT YET",
    ),
    "review-again": review("4", "shift+right", "shift+right", "y", shows="Try again from"),
    "review-nowhere": review("y", shows="choose the moment"),
    "review-export": review("x", shows="Write the report"),
    "review-exported": review("x", "enter", shows="EXERCISE_cafe-lumo.html"),
    "review-help": review("question_mark", shows="esc closes"),
}
