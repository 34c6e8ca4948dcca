"""A text that is being written: what to ask about it, what a reader trips over, what must not leave by accident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drills.coach.model import Situation, number
from drills.desk import Desk, FactView, PostView
from drills.scoring import rubric
from drills.tone.gravity import faults
from drills.tone.sameness import SAME
from engine.public import reads_as_pasted
from engine.reading import PPM, Finding, Reading
from scenarios.moments import show_moment

PRIVATE = frozenset(("message", "escalate", "ask", "inform", "request_approval", "decide", "note"))
"""What the public doesn't read."""
_USES = {
    "reply": ("reply",), "message": ("message", "reply"), "hub": ("hub",), "answer_press": ("press",),
    "escalate": ("sitrep",), "ask": ("sitrep",), "inform": ("note",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """Words that a reader may trip over. `start` and `end` are places in the text that was judged."""

    start: int
    end: int
    why: str


def situation(
    desk: Desk, text: str, reading: Reading | None, *, do: str, target: str = "", kind: str = ""
) -> Situation:
    """What one may want help with in a draft: the worst that was found in it, or how to begin, or to go on."""
    post = desk.posts.get(target)
    uses = (kind,) if kind and do in ("publish", "request_approval") else _USES.get(do, ())
    need = f"/{post.event.need}" if post is not None and do == "reply" and post.event.need != "none" else ""
    words = {"use": f"{uses[0]}{need}" if uses else "reply"}
    theme = post.event.theme if post is not None else ""
    if reading is None or not text.strip():
        return Situation("blank", target, words, uses, theme)
    wrong = faults(reading.findings)
    if not wrong and any(claim.verdict != "true" for claim in reading.claims):
        return Situation("claim", target, words, uses, theme)
    if not wrong:
        return Situation("sound", target, words, uses, theme)
    worst = wrong[0]
    spot = text[worst.start : worst.end] if _small(worst, text) else ""
    named = {"spot": f"“{spot}”: " if spot else "", "why": worst.why, "rule": worst.rule}
    return Situation("draft", " ".join(filter(None, (target, worst.rule))), {**words, **named}, uses, theme)


def spots(text: str, findings: Sequence[Finding], most: int = 4) -> list[Spot]:
    """The words to trip over, the gravest first; what is missing in the text has no words. None overlap."""
    out: list[Spot] = []
    for one in faults(findings):
        free = all(one.end <= other.start or other.end <= one.start for other in out)
        if _small(one, text) and free and len(out) < most:
            out.append(Spot(one.start, one.end, one.why))
    return out


def _small(one: Finding, text: str) -> bool:
    """Whether a finding is about some words of a text, and not about all of it."""
    return 0 <= one.start < one.end <= len(text) and one.end - one.start < len(text.strip())


def gate(reading: Reading, do: str) -> str:
    """Why a text must not leave without a second yes: it would shut G-SAFE or G-PII; '' where nothing speaks against.

    The bounds are those of the scores (drills.scoring.gates).
    """
    if any(claim.verdict == "unsafe" for claim in reading.claims):
        return "It says something untrue that could hurt people"
    strong = rubric.load()["strong"] * PPM
    asks, leaks = reading.acts.get("asks_data", 0), reading.dimensions.get("personal_data_leak") or 0
    if do not in PRIVATE and max(asks, leaks) >= strong:
        return "It asks for personal data, or gives it away, where everybody can read it"
    return ""


def many(posts: Sequence[PostView], reading: Reading | None) -> str:
    """How many get the same words, and what the public makes of it; '' for an answer to one post.

    `reading`: None where the words are not judged.
    """
    people = len({view.event.author for view in posts})
    if len(posts) < 2:
        return ""
    whose = f"{people} people" if people == len(posts) else f"{len(posts)} posts by {_people(people)}"
    told = f"{whose} get the same words"
    if reading is None:
        return f"{told}."
    worth = reading.overall * 100 // PPM
    if reads_as_pasted(reading, len(posts)):
        return f"{told}. The text is worth {worth} of 100: it reads as pasted, and calms nobody who reads along."
    if reading.sameness >= SAME:
        share = f"{rubric.load()['answers.empty']:.0%}"
        return f"{told}, much like your last reply: a copy without content counts {share} of an answer."
    if len(posts) >= number("notice_posts"):
        return f"{told}. The text is worth {worth} of 100: that holds; under 60 the public takes it for a copy."
    return f"{told}."


def _people(count: int) -> str:
    return "one person" if count == 1 else f"{count} people"


def may_say(view: FactView, now_ms: int) -> str:
    """Whether a fact may be said: `may be said`, `from T+0:20:00`, or `never`."""
    if view.sayable:
        return "may be said"
    if view.fact.sayable is None:
        return "never"
    if view.fact.sayable > now_ms:
        return f"from {show_moment(view.fact.sayable)}"
    return "not released yet"
