"""Runs without a person: a scripted team or an action file, over one seed or many."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from drills import responders
from drills.actions_file import Planned, play, shown
from drills.drill import Drill
from drills.joining import from_texts
from drills.run import Run
from drills.scoring import score
from drills.scoring.card import Scorecard
from drills.session import Session
from engine.events import Posted, Shared
from scenarios.moments import MINUTE


@dataclass(frozen=True, slots=True)
class Undone:
    """An action of an action file that the world could not take, or that came after ENDEX."""

    at_ms: int
    do: str
    target: str
    why: str


def rehearse(
    drill: Drill, *, seed: int, responder: str = "", actions: Sequence[Planned] | None = None, pace: float | None = None
) -> tuple[Run, tuple[Undone, ...]]:
    """One run with a scripted team or with the actions of a file, and what of them was not done."""
    session = Session.rehearse(drill, seed=seed, pace=pace)
    if actions is not None:
        return course(session, actions)
    responders.play(session, responder)
    return session.run(), _undone(session, ())


def course(session: Session, actions: Sequence[Planned]) -> tuple[Run, tuple[Undone, ...]]:
    """A fresh session played through with the actions of a file, and what of them was not done."""
    late = play(session, actions)
    return session.run(), _undone(session, late)


def _undone(session: Session, late: Sequence[Planned]) -> tuple[Undone, ...]:
    undone = [Undone(void.at_ms, void.do, void.target, void.why) for void in session.desk.voids]
    undone += [Undone(each.at_ms, each.do, shown(each.target), "the exercise had ended") for each in late]
    return tuple(undone)


@contextmanager
def unswept() -> Iterator[None]:
    """Let Python look for rubbish less often: a run makes much and drops little, and a large crowd takes half the
    time."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def row(run: Run, card: Scorecard, wall_ms: int, undone: Sequence[Undone] = ()) -> dict[str, Any]:
    """One run as `simulate --json` prints it."""
    scores = {
        "speed": _round(card.speed),
        "tone": _round(card.tone),
        "escalation": _round(card.escalation),
        "conduct": _round(card.conduct),
        "total": _round(card.total),
    }
    data: dict[str, Any] = {
        "seed": run.setup.seed,
        "fingerprint": run.fingerprint,
        "posts": sum(1 for event in run.log if isinstance(event, Posted) and event.author != "brand"),
        "shares": sum(1 for event in run.log if isinstance(event, Shared)),
        "scores": scores,
        "gates": [gate.id for gate in card.gates],
        "rating": card.rating,
        "void": [asdict(each) for each in undone],
        "sim_minutes": run.ended_ms // MINUTE,
        "wall_ms": wall_ms,
    }
    if card.controllable is not None:
        data["as_run"], data["controllable"] = _round(card.raw), _round(card.controllable)
    return data


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def simulate(
    drill: Drill, *, responder: str, actions: Sequence[Planned] | None, seed: int, runs: int, jobs: int
) -> Iterator[dict[str, Any]]:
    """The rows of `runs` seeds from `seed` on, in their order; `jobs` processes work at it."""
    texts = dict(drill.texts)
    if jobs <= 1 or runs == 1:
        for number in range(runs):
            yield _one(texts, responder, actions, seed + number)
        return
    from joblib import Parallel, delayed  # 250 ms that only a sweep pays

    tasks = (delayed(_one)(texts, responder, actions, seed + number) for number in range(runs))
    yield from Parallel(n_jobs=jobs, return_as="generator")(tasks)


def _one(texts: dict[str, str], responder: str, actions: Sequence[Planned] | None, seed: int) -> dict[str, Any]:
    """One run from texts alone, so that another process can do it."""
    drill = from_texts(texts)
    with unswept():
        began = time.perf_counter()
        run, undone = rehearse(drill, seed=seed, responder=responder, actions=actions)
        wall_ms = round((time.perf_counter() - began) * 1000)
        return row(run, score(run), wall_ms, undone)
