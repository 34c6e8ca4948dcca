"""The rungs: which comes next in a situation, and what it says."""

from __future__ import annotations

from collections.abc import Iterable

from drills.coach.model import RUNGS, Hint, Situation, Taken, frame, texts
from drills.desk import Desk
from drills.scoring.texts import fitting


def next_rung(situation: Situation, taken: Iterable[Taken]) -> int:
    """The rung above the highest that was taken in this situation, 1 to 5; 5 is above the ladder."""
    had = [one.rung for one in taken if (one.situation, one.about) == (situation.id, situation.about)]
    return min(max(had, default=0) + 1, len(RUNGS) + 1)


def step(situation: Situation, taken: Iterable[Taken], desk: Desk) -> Hint | None:
    """The next rung in a situation, or the highest one again where there is none above it; None where it has none."""
    rungs = range(min(next_rung(situation, taken), len(RUNGS)), 0, -1)
    return next((found for rung in rungs if (found := hint(situation, rung, desk)) is not None), None)


def fresh(one: Hint, taken: Iterable[Taken]) -> bool:
    """Whether a hint has not been taken before."""
    return (one.situation, one.about, one.rung) not in {(old.situation, old.about, old.rung) for old in taken}


def hint(situation: Situation, rung: int, desk: Desk) -> Hint | None:
    """What a rung says in a situation; None for a rung that it has not, or has not yet: a model text comes only after
    a try at such a text."""
    if (text := _text(situation, rung, desk)) is None:
        return None
    said = texts(situation.id)
    words = _words(situation)
    pointer = rung == 2
    return Hint(
        situation.id,
        situation.about,
        rung,
        text,
        str(said["rule"]).format_map(words) if pointer else "",
        str(said.get("does", "")) if rung > 1 else "",
        _text(situation, rung + 1, desk) is not None,
    )


def _text(situation: Situation, rung: int, desk: Desk) -> str | None:
    if rung == len(RUNGS):
        return _model(situation, desk) or None
    if not 1 <= rung < len(RUNGS):
        return None
    return str(texts(situation.id)[RUNGS[rung - 1]]).format_map(_words(situation)) or None


def _words(situation: Situation) -> dict[str, str]:
    use = situation.words.get("use", "")
    return {**situation.words, "frame": frame(use) or frame(use.partition("/")[0])}


def _model(situation: Situation, desk: Desk) -> str:
    """The scenario's own text for this, once the team has tried one of its kind: to this post, to its theme, or to
    everybody."""
    targets, themes = {situation.about}, {situation.theme} - {""}
    tried = {text.kind if text.form == "statement" else text.form for text in desk.published.values()
             if not text.targets or _meets(desk, text.targets, targets, themes)}  # fmt: skip
    tried |= {"sitrep", "note"} if any(one.do in ("escalate", "inform") for one in desk.actions) else set()
    if not tried.intersection(situation.uses):
        return ""
    return fitting(desk.scenario.models, situation.uses, targets, themes)


def _meets(desk: Desk, sent: Iterable[str], targets: set[str], themes: set[str]) -> bool:
    return any(key in targets or (key in desk.posts and desk.posts[key].event.theme in themes) for key in sent)
