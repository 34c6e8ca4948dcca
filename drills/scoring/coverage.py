"""Coverage: who was answered or found their answer on the crisis page, by how much each need asks for (Cd1)."""

from __future__ import annotations

from drills.scoring.card import Evidence, Line
from drills.scoring.harm import most_answered
from drills.scoring.lines import count, line, percent, weighted
from drills.scoring.record import BRAND, Record, Waiter
from drills.scoring.rubric import NEEDS
from drills.scoring.speed import due, shown, worth


def covered(record: Record) -> Line:
    """Cd1."""
    rubric = record.rubric
    people = due(record)
    if not people:
        return line(rubric, "Cd1", None, "Not assessed: nobody had waited long enough for an answer.")
    had = dict.fromkeys(linked(record, people), 1.0)
    for one in people:
        if one.answered_ms is not None:
            had[one.key] = max(had.get(one.key, 0.0), worth(record, one))
    pairs: list[tuple[float, float | None]] = []
    told: list[str] = []
    for need in NEEDS:
        of = [one for one in people if one.need == need]
        if of:
            share = sum(had.get(one.key, 0.0) for one in of) / len(of)
            wanted = rubric[f"tiers.{need}"]
            pairs.append((rubric[f"answer_weights.{need}"], min(1.0, share / wanted) if wanted else 1.0))
            told.append(f"{need} {percent(share)} ({percent(wanted)} wanted)")
    flags = _open_flags(record)
    public = _public_share(record)
    score = weighted(
        [
            (rubric["coverage.tiers"], weighted(pairs)),
            (rubric["coverage.flags"], None if flags is None else float(not flags)),
            (rubric["coverage.public"], public),
        ]
    )
    why = f"Answered or covered by the crisis page: {', '.join(told)}"
    why += f"; {count(len(flags), 'priority mark')} left open." if flags else "."
    missed = [one for one in people if had.get(one.key, 0.0) < 1]
    missed.sort(key=lambda one: (one.answered_ms is not None, not one.scripted, NEEDS.index(one.need), one.at_ms))
    evidence = [
        Evidence(one.at_ms, f"{one.need}, {_treated(one)}: “{shown(record, one)}”", one.key) for one in missed[:4]
    ]
    better = "Nobody in danger is left out; then questions, then complaints."
    earned = most_answered(record, linked(record, record.waiters))
    return line(rubric, "Cd1", score, why, evidence, better, earned=earned)


def _treated(one: Waiter) -> str:
    return "left alone" if one.answered_ms is None else "given an empty copy"


def linked(record: Record, people: list[Waiter]) -> set[str]:
    """Whose question or complaint stands in a thread where we had answered with the crisis page."""
    roots: dict[str, int] = {}
    for text in record.texts:
        if text.form == "reply" and text.does("hub_link") > 0:
            for key in text.event.targets:
                roots.setdefault(_root(record, key), text.at_ms)
    return {one.key for one in people if one.need in ("question", "complaint") and _root(record, one.key) in roots}


def _root(record: Record, key: str) -> str:
    seen: set[str] = set()
    while key in record.posts and record.posts[key].parent in record.posts and key not in seen:
        seen.add(key)
        key = record.posts[key].parent
    return key


def _open_flags(record: Record) -> set[str] | None:
    """Priority marks on what nobody answered; None where the team marked nothing."""
    marked: set[str] = set()
    used = False
    for action in record.actions:
        if action.do == "flag" and action.kind == "priority":
            used = True
            marked ^= {action.target, *action.also}
        elif action.do == "flag" and action.kind in ("done", "dismissed"):
            marked -= {action.target, *action.also}
    for text in record.texts:
        marked -= set(text.event.targets)
    marked &= {post.key for post in record.posts.values() if post.author != BRAND}
    return marked if used else None


def _public_share(record: Record) -> float | None:
    answers = [text for text in record.texts if text.form in ("reply", "message")]
    total = sum(len(text.event.targets) for text in answers)
    wanted = record.rubric["coverage.public_share"]
    if not total or not wanted:
        return None
    return min(1.0, sum(len(text.event.targets) for text in answers if text.public) / total / wanted)
