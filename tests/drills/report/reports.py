"""Reports to look at: real runs, an analysis made by hand, and the same with hostile words in every sentence."""

from __future__ import annotations

from datetime import date
from functools import cache

from drills import joining, responders
from drills.gaps.model import Analysis, Attribution, Improvement, PlanGap, Stuck, Wait
from drills.report.content import report_of
from drills.report.mapped import mapped
from drills.report.model import Report
from drills.run import Run
from drills.scoring import score, scored_with
from drills.scoring.card import Evidence, Mark, Scorecard
from drills.session import Session
from scenarios.text import clean
from tests.engine.worlds import STORY

MINUTE = 60_000

DIFF = """\
--- a/tarn-and-tide.yaml
+++ b/tarn-and-tide.yaml
@@ -3,2 +3,2 @@
   - {task: holding-statement, levels: [L4], does: com-head, says: quality-head,
-     validates: ceo, limit: 15m}
+     validates: quality-head, limit: 15m}
"""

FIXED = (
    "<script>alert(1)</script>", "</style><script>alert(1)</script>", "</title>", "--></svg>", "{{ 7 * 7 }}{% raw %}",
    '" onmouseover="alert(1)', "![x](https://evil.example/x.png)", "[x](javascript:alert(1))", "](javascript:x)",
    "<https://evil.example>", "```\n# heading", "| a | b |", "# heading", "> quote", "=HYPERLINK(\"x\")", "+1+1",
    "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\x1b[31mred\x1b[0m", "safe\u202egnp.exe", "&lt;b&gt;", "\\`*_", "~~~\ncode",
)  # fmt: skip


def analysis(card: Scorecard) -> Analysis:
    """What a run might say about its plan, made by hand."""
    gap = PlanGap(
        "PG-01", "Approval chain too slow", "Ada Strand may take 30 min; the holding statement at L4 has 15 min.",
        "An approval that takes longer than its limit makes silence the plan (S2-12).", "both", "high",
        (Evidence(12 * MINUTE, "holding draft asked of Ada Strand"),), "Let Lise Holm approve it, ext-140.", DIFF, 71,
        ("CT5",),
    )  # fmt: skip
    other = PlanGap(
        "PG-07", "Keys with somebody else", "Brygge Media holds the keys of ads and mail.",
        "Nobody else can stop them.", "run", "medium", (), "Put the keys into the vault.", "", 0, ("CT4",),
    )  # fmt: skip
    why = tuple(
        Attribution(task.id, task.title, task.rating, "strength" if task.rating == "P" else "structural plan gap",
                    "The social lead posts the approved text.", "The approval took longer than its limit.",
                    (Evidence(12 * MINUTE, "asked"),), ("PG-01",))
        for task in card.tasks if task.rating != "-"
    )  # fmt: skip
    first = Improvement("IP-PG-01", "Approval", "planning", "Pre-approve the text, so that nobody waits.", "plan",
                        "COM", "Ingrid Voll", date(2026, 11, 22), date(2026, 12, 6), "tarn-and-tide")  # fmt: skip
    second = Improvement("IP-CT7", "Answers", "training", "Answer all harm within 10 min.", "training", "SML", "",
                         None, None, "tarn-and-tide")  # fmt: skip
    return Analysis(
        gaps=(gap, other), attributions=why, improvements=(first, second),
        stuck=(Stuck(first, "20261101-tarn-and-tide", "came back", "Ada Strand took 21 min again."),),
        waits=(Wait(12 * MINUTE, 33 * MINUTE, "Ada Strand", "approval of the holding statement"),),
        waited_ms=21 * MINUTE, as_run=card.raw, controllable=card.raw + 5, diff=DIFF, shared=("PG-01",),
    )  # fmt: skip


@cache
def played(drill: str, responder: str) -> Run:
    """A whole run of a shipped drill."""
    session = Session.rehearse(joining.find(drill))
    responders.play(session, responder)
    return session.run()


@cache
def report(drill: str = "tarn-and-tide", responder: str = "slow") -> Report:
    """Its report, with an evaluator's mark."""
    run = played(drill, responder)
    card = scored_with(run, [Mark("Sp3", 0.5, "It was pinned late.", "Nora Quist", "2026-11-22T09:00:00+00:00")])
    return report_of(run, card, analysis(card), name="20261122-tarn-and-tide")


def small(text: str = "No, Ruth, it was not, and I am sorry. — Ana") -> Run:
    """A run of the small story, in which this was answered and noted."""
    session = Session.rehearse(joining.from_texts({"scenario": STORY}), seed=1)
    session.skip_to(3 * MINUTE)
    session.act("reply", target="ruth-asks", text=text)
    session.act("classify", level=2)
    session.act("note", text=text)
    session.act("publish", kind="holding", channels=("flit", "plaza"), text=text, signed_by="com")
    session.skip_to(60 * MINUTE)
    return session.run()


@cache
def mini() -> Report:
    """The report of the small story."""
    run = small()
    card = score(run)
    return report_of(run, card, analysis(card), name="mini-run")


def hostile(words: str) -> Report:
    """The small story's report with these words in every sentence of it, before and after."""
    safe = clean(words)
    return mapped(mini(), lambda text: f"{safe} {text} {safe}" if " " in text else text)
