"""The team's texts for the review: each with its score and with a better one, where the scenario has one."""

from __future__ import annotations

from collections.abc import Sequence, Set

from drills.scoring.card import TextScore
from drills.scoring.reasons import reasons
from drills.scoring.record import Record
from drills.scoring.spoken import PLAIN, Text
from drills.scoring.tone import Judged
from scenarios.model import Model

_USES = {"reply": ("reply",), "message": ("message", "reply"), "press": ("press",), "hub": ("hub",)}


def scored(record: Record, texts: list[Judged]) -> tuple[TextScore, ...]:
    """Every judged text, in order."""
    return tuple(_scored(record, one) for one in texts)


def _scored(record: Record, one: Judged) -> TextScore:
    event, action = one.text.event, one.text.action
    return TextScore(
        at_ms=event.at_ms,
        action=event.action,
        seat=action.seat if action else "",
        do=action.do if action else "publish",
        target=event.targets[0] if event.targets else "",
        text=event.text,
        score=one.score,
        parts=tuple(one.parts.items()),
        reading=(action.reading if action else None) or PLAIN,
        model=model_for(record, one.text),
        reasons=tuple(reasons(record, one)),
    )


def model_for(record: Record, text: Text) -> str:
    """The scenario's model for such a text: the one written to this very post, else to its theme, else to nobody.

    A model to another post or theme is not shown; '' where there is none.
    """
    uses = _USES.get(text.form, (text.event.kind,) if text.form == "statement" else ())
    targets = set(text.event.targets)
    themes = {record.posts[key].theme for key in targets if key in record.posts} or set(text.reading.themes)
    return fitting(record.scenario.models, uses, targets, themes)


def fitting(models: Sequence[Model], uses: Sequence[str], targets: Set[str], themes: Set[str]) -> str:
    """The model for one of these uses that fits best: for one of the targets, else a theme, else nobody in
    particular; among equals the one for the first use. '' where there is none."""
    best, found = 0, ""
    for model in models:
        if model.use not in uses:
            continue
        rank = 1 if model.to is None else 3 if model.to in targets else 2 if model.to in themes else 0
        rank = 2 * rank + (model.use == uses[0]) if rank else 0
        if rank > best:
            best, found = rank, model.text
    return found
