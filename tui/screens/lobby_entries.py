"""What stands in the lobby: exercises in the order of the ladder, then drills, and how words find them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drills.drill import Drill
from drills.practice.ladder import Exercise, exercises, step_of
from drills.practice.model import CardsFile
from drills.practice.standing import Standing

PRACTICE = "Practice, alone, some minutes each"
DRILLS = "Drills"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lobby that can be chosen."""

    group: str
    drill: Drill | None
    """None for cards."""
    exercise: Exercise | None
    """None for a drill that is played rather than practised."""

    @property
    def id(self) -> str:
        if self.drill is not None:
            return self.drill.id
        assert self.exercise is not None
        return self.exercise.id

    @property
    def title(self) -> str:
        if self.drill is not None:
            return self.drill.title
        assert self.exercise is not None
        return self.exercise.title

    @property
    def minutes(self) -> int:
        """Real minutes it takes about."""
        if self.drill is not None:
            return self.drill.real_minutes
        assert self.exercise is not None
        return self.exercise.minutes

    @property
    def step(self) -> str:
        """Its step on the ladder, or ''."""
        return self.exercise.ladder if self.exercise is not None else ""


def entries(drills: Sequence[Drill], cards: Iterable[CardsFile]) -> list[Entry]:
    """Everything that can be played or practised, by group."""
    by_id = {drill.id: drill for drill in drills}
    practice, played = [], []
    for one in exercises(drills, cards):
        drill = by_id.get(one.id) if one.kind == "drill" else None
        if drill is None or drill.file.length == "micro":
            practice.append(Entry(PRACTICE, drill, one))
        else:
            played.append(Entry(DRILLS, drill, one))
    played += [Entry(DRILLS, drill, None) for drill in drills if drill.file.practice is None]
    order = {drill.id: at for at, drill in enumerate(drills)}
    return practice + sorted(played, key=lambda entry: order[entry.id])


def grouped(every: Iterable[Entry]) -> list[Entry | str]:
    """The entries, each group with its name before it."""
    rows: list[Entry | str] = []
    for entry in every:
        if entry.group not in rows:
            rows.append(entry.group)
        rows.append(entry)
    return rows


def found(every: Iterable[Entry], words: str, standing: Standing | None) -> list[Entry]:
    """Those in which every word stands somewhere: title, skill, brand, aims, level, length, people, content notes,
    `due` or `new`."""
    wanted = words.casefold().split()
    return [entry for entry in every if all(word in _text(entry, standing) for word in wanted)]


def _text(entry: Entry, standing: Standing | None) -> str:
    parts = [entry.title, entry.group, f"{entry.minutes} min"]
    exercise, drill = entry.exercise, entry.drill
    if exercise is not None:
        step = step_of(exercise.ladder)
        parts += [exercise.ladder, exercise.kind, exercise.skill, exercise.about, *exercise.notes]
        parts += [step.title, step.teaches] if step is not None else []
        skill = standing.of(exercise.id) if standing is not None else None
        if skill is not None and standing is not None:
            parts.append("due" if skill in standing.due else "new" if skill.tried is None else skill.freshness)
    if drill is not None:
        file, scenario = drill.file, drill.scenario
        parts += [file.length, file.blurb, *file.objectives, *file.seats, scenario.title, scenario.brand.name]
        parts += ["alone" if file.people == 1 else f"team {file.people} people", *scenario.content_notes]
    return " ".join(parts).casefold()
