"""Luck and skill: what the same actions score with other luck.

Rules
1. What the team did is taken as it was journalled, with its readings and at its moments, in worlds of other seeds.
2. A post that is not there becomes the nearest in time of its kind (channel, theme, need) that nobody has taken yet;
   an own text is found again by the action that sent it. Where there is no such post, that piece is not done, and
   counts in `undone`. Nobody replies to what has not been posted.
3. A reply that left nobody of its kind waiting leaves nobody waiting there either: whoever answered all four who asked
   would have answered all six. Without this rule every busier world would look like less skill.
4. What the facilitator did is done there too, at its moment, where it can be.
5. What rested on somebody's word waits for it there too, as people would.
6. The band is from the 10th to the 90th percentile: eight of ten runs of the same skill lie within it. It says nothing
   of what the team would have done had it seen the other posts.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import quantiles
from typing import Any

from drills.desk import Desk
from drills.overrides import standing
from drills.record import lines_of, load_run, same_draws
from drills.run import Run
from drills.scoring import scored_with
from drills.scoring.card import DIMENSIONS, Mark, Scorecard
from engine.actions import Action
from engine.events import Acted, Event, Posted, Published, Steered, Void
from engine.steering import Steering
from engine.world import LOOK_MS, World

RUNS = 12
"""How many other seeds a review plays."""
BRAND = "brand"
Kind = tuple[str, str, str]
"""Channel, theme, need."""
Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Band:
    """From the 10th to the 90th percentile of a score, 0 to 100."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bands:
    """What the same actions scored with other luck."""

    runs: int
    total: Band
    dimensions: dict[str, Band | None]
    """None where a dimension was not assessed in most of the runs."""
    undone: float
    """The share of the actions' pieces (one for each person answered) that could not be done there."""
    moved: float
    """The share that went to another post of the same kind."""

    def as_data(self) -> dict[str, Any]:
        """As JSON has it, to a tenth of a point."""
        return {
            "runs": self.runs,
            "band": {"total": _plain(self.total), **{name: _plain(each) for name, each in self.dimensions.items()}},
            "undone": round(self.undone, 4),
            "moved": round(self.moved, 4),
        }


def _plain(band: Band | None) -> list[float] | None:
    return None if band is None else [round(band.low, 1), round(band.high, 1)]


@dataclass(slots=True)
class Fate:
    """What became of the actions in one other world, counted in pieces."""

    pieces: int = 0
    moved: int = 0
    undone: int = 0


def of_run(folder: Path, runs: int = RUNS, stopped: Stopped = lambda: False) -> Bands | None:
    """The bands of a run on disk, with the evaluator's marks where there are any; None once `stopped` says so.

    Raises DrillError when the run can't be read, or was played with another version of luck.
    """
    same_draws(lines_of(folder)[0], folder)
    run = load_run(folder)
    return bands(run, runs, standing(folder, run.fingerprint), stopped)


def bands(run: Run, runs: int = RUNS, marks: Sequence[Mark] = (), stopped: Stopped = lambda: False) -> Bands | None:
    """The bands of a run over the `runs` seeds that follow its own; None once `stopped` says so."""
    cards: list[Scorecard] = []
    fate = Fate()
    for seed in range(run.setup.seed + 1, run.setup.seed + 1 + runs):
        other = again(run, seed, fate, stopped)
        if other is None:
            return None
        cards.append(scored_with(other, marks))
    pieces = max(1, fate.pieces)
    return Bands(
        runs,
        _band([card.total for card in cards]),
        {name: _of([getattr(card, name) for card in cards]) for name in DIMENSIONS},
        fate.undone / pieces,
        fate.moved / pieces,
    )


def _of(scores: list[float | None]) -> Band | None:
    had = [score for score in scores if score is not None]
    return _band(had) if 2 * len(had) > len(scores) else None


def _band(scores: Sequence[float]) -> Band:
    """The 10th and the 90th percentile, straight between neighbours."""
    if len(scores) < 2:
        return Band(scores[0], scores[0])
    tenths = quantiles(scores, n=10, method="inclusive")
    return Band(tenths[0], tenths[-1])


# -- one other world ---------------------------------------------------------------------------------------------


def again(run: Run, seed: int, fate: Fate, stopped: Stopped = lambda: False) -> Run | None:
    """The same actions with another seed, to the same end; None once `stopped` says so. `fate` is added to."""
    setup = replace(run.setup, seed=seed)
    places = Places(run)
    world = World(setup, places.hear)
    steered = [event.steering for event in run.log if isinstance(event, Steered)]
    everything: list[Action | Steering] = [*steered, *run.actions()]
    waiting = [(one.at_ms, number, one) for number, one in enumerate(everything)]
    heapq.heapify(waiting)
    ends_ms = world.ends_ms if run.complete else run.ended_ms
    while waiting:
        at_ms, number, planned = heapq.heappop(waiting)
        if stopped():
            return None
        world.advance(max(world.now_ms, min(at_ms, ends_ms)))
        late = world.ended or at_ms >= ends_ms
        if isinstance(planned, Steering):
            moment = replace(planned, at_ms=world.now_ms)
            if not late and not world.controls.refusal(moment):
                world.steer(moment)
            continue
        if not late and _must_wait(world, planned):
            heapq.heappush(waiting, (at_ms + LOOK_MS, number, planned))
            continue
        pieces = max(1, len(_posts(run, planned)))
        fate.pieces += pieces
        if late:
            fate.undone += pieces
            continue
        action, lost = places.placed(replace(planned, at_ms=at_ms), fate)
        before = len(world.log)
        if action is not None:
            world.act(action)
        done = len(world.log) > before and not isinstance(world.log[before], Void)
        fate.undone += lost if done else pieces
    world.advance(ends_ms)
    if not run.complete:
        world.stop("stopped")
    desk = Desk(setup.scenario, setup.colleagues, {}, lambda post: post.text, {})
    return Run(run.drill, setup, run.pace, run.seat, tuple(world.log), world.fingerprint(), desk)


def _must_wait(world: World, action: Action) -> bool:
    return action.approval not in ("", "emergency") and not world.organisation.approved(action.approval)


def _targets(action: Action) -> tuple[str, ...]:
    return (action.target, *action.also) if action.target else action.also


def _posts(run: Run, action: Action) -> tuple[str, ...]:
    """Which of an action's targets are other people's posts."""
    posts = run.desk.posts
    return tuple(key for key in _targets(action) if key in posts and posts[key].event.author != BRAND)


class Places:
    """Where the targets of a run's actions are found in another world."""

    def __init__(self, run: Run) -> None:
        self._posts = {event.key: event for event in run.log if isinstance(event, Posted) and event.author != BRAND}
        self._sent = {event.key: event.action for event in run.log if isinstance(event, Published)}
        """Our own texts to the actions that sent them."""
        self._ours: dict[str, str] = {}
        """Those actions to the texts here."""
        self._here: dict[str, Posted] = {}
        self._kinds: dict[Kind, list[Posted]] = {}
        self._found: dict[str, str] = {}
        self._taken: set[str] = set()
        self._all = dict(_whole(run))
        self._meant = {key for action in run.actions() for key in _targets(action)}

    def hear(self, event: Event) -> None:
        """Take note of what appears in the other world."""
        if isinstance(event, Posted) and event.author != BRAND:
            self._here[event.key] = event
            self._kinds.setdefault(_kind(event), []).append(event)
        elif isinstance(event, Published):
            self._ours[event.action] = event.key

    def placed(self, action: Action, fate: Fate) -> tuple[Action | None, int]:
        """The action with targets of this world, and how many posts that it was about have no place here; None where
        nothing is left of it."""
        wanted = tuple(dict.fromkeys(_targets(action)))
        if not wanted:
            return action, 0
        found: list[str] = []
        for key in wanted:
            if key in self._sent:
                found.append(self._ours.get(self._sent[key], key))
            elif key not in self._posts:
                found.append(key)
            elif here := self._place(key):
                fate.moved += here != key
                found.append(here)
        lost = len(wanted) - len(found)
        more = [post.key for kind in self._all.get(action.id, ()) for post in self._free(kind)]
        self._taken.update(more)
        found += more
        return (replace(action, target=found[0], also=tuple(found[1:])) if found else None), lost

    def _place(self, key: str) -> str:
        if key not in self._found:
            post = self._posts[key]
            same = self._here.get(key)
            nearest: Posted | None
            if same is not None and _kind(same) == _kind(post) and key not in self._taken:
                nearest = same
            else:
                free = self._free(_kind(post))
                nearest = min(free, key=lambda one: (abs(one.at_ms - post.at_ms), one.at_ms, one.key), default=None)
            if nearest is None:
                return ""
            self._found[key] = nearest.key
            self._taken.add(nearest.key)
        return self._found[key]

    def _free(self, kind: Kind) -> list[Posted]:
        """What nobody has taken of a kind. A scripted post that the team was to act upon is kept for that."""
        return [
            one
            for one in self._kinds.get(kind, ())
            if one.key not in self._taken and not (one.form == "scripted" and one.key in self._meant)
        ]


def _whole(run: Run) -> Iterator[tuple[str, tuple[Kind, ...]]]:
    """The replies that left nobody of a kind waiting, with those kinds."""
    waiting: dict[Kind, set[str]] = {}
    kinds: dict[str, Kind] = {}
    for event in run.log:
        if isinstance(event, Posted) and event.author != BRAND:
            kinds[event.key] = _kind(event)
            waiting.setdefault(_kind(event), set()).add(event.key)
        elif isinstance(event, Acted) and event.action.do in ("reply", "message"):
            about = {key for key in _targets(event.action) if key in kinds}
            for key in about:
                waiting[kinds[key]].discard(key)
            if event.action.do == "reply":
                emptied = tuple(kind for kind in sorted({kinds[key] for key in about}) if not waiting[kind])
                if emptied:
                    yield event.action.id, emptied


def _kind(post: Posted) -> Kind:
    return post.channel, post.theme, post.need
