"""The public's numbers, from engine/public.yaml, with a scenario's overrides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from engine.reading import PPM
from scenarios.model import Scenario
from scenarios.moments import MINUTE
from scenarios.packaged import values

_TIMES = ("_minutes", "_hours", "_theta")
_SIZES = ("most_mood", "most_posts", "followers_median", "bot_followers", "decoy_reach")
CELLS = {
    "m": (0.1, 3.0),
    "minutes": (1.0, 10_000.0),
    "anger": (-1.0, 1.0),
    "quality": (-1.0, 1.0),
    "alpha": (0.0, 1.0),
}
"""The columns of the table of acts, and between which values each may stand."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a world is given: everything in parts per million, but for `tau_ms`."""

    coefficients: dict[str, int]
    acts: dict[str, dict[str, int]]
    diurnal: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One of the public's numbers, as it is shown."""

    name: str
    value: float
    usual: float
    tag: str
    """V read in a source, C in published code, M measured, R recalled and not checked, D a design choice."""
    source: str


def text() -> str:
    """The file as it stands, for the record's header."""
    return files("engine").joinpath("public.yaml").read_text("utf-8")


@lru_cache(maxsize=8)
def _parsed(source: str) -> Mapping[str, Any]:
    """The file's values. Reading it anew would cost every run a twentieth of a second."""
    data: Mapping[str, Any] = values(source)
    return data


def every(source: str, overrides: Mapping[str, float] = MappingProxyType({})) -> list[Coefficient]:
    """All numbers of the file's text, an act's cells as `corrective.m`, with a scenario's overrides."""
    data = _parsed(source)
    rows = [
        Coefficient(name, overrides.get(name, entry["value"]), entry["value"], entry["tag"], entry["source"])
        for name, entry in data["coefficients"].items()
    ]
    for act, row in data["acts"].items():
        for cell in CELLS:
            name = f"{act}.{cell}"
            rows.append(
                Coefficient(name, overrides.get(name, row[cell]), row[cell], row.get("tag", "D"), row["source"])
            )
    return rows


def resolve(source: str, scenario: Scenario) -> Numbers:
    """The numbers of one run: the file's text with the scenario's overrides."""
    values = {each.name: each.value for each in every(source, scenario.public.coefficients)}
    data = _parsed(source)
    acts = {}
    for act in data["acts"]:
        cells = {cell: values[f"{act}.{cell}"] for cell in CELLS}
        acts[act] = {name: round(value * PPM) for name, value in cells.items() if name != "minutes"}
        acts[act]["tau_ms"] = round(cells["minutes"] * MINUTE)
    return Numbers(
        {name: round(values[name] * PPM) for name in data["coefficients"]},
        acts,
        tuple(round(value * PPM) for value in data["diurnal"]),
    )


_RATES = ("breeding_", "likes_", "ambient_shares", "bursts", "kernel", "anger_to", "friend_breeds")


def _is_share(each: Coefficient) -> bool:
    """Whether a number is a share or a level of 0 to 1, which no more than 1 can be."""
    if each.name.endswith((*_TIMES, "_sigma", "_power")) or each.name.startswith(_RATES):
        return False
    return each.value <= 1


@cache
def ranges() -> dict[str, tuple[float, float]]:
    """The numbers that a scenario may override, and between which values: up to ten times the usual, and down to
    nothing, but for times and sizes, which must stay above a tenth of it; an act's cells within their columns' bounds.

    Beyond that the crowd's arithmetic means nothing, and a run could take for ever.
    """
    found = {}
    for each in every(text()):
        cell = each.name.rpartition(".")[2]
        if "." in each.name:
            found[each.name] = CELLS[cell]
        else:
            least = each.value / 10 if each.name.endswith(_TIMES) or each.name in _SIZES else 0
            most = each.value * (2 if each.name.endswith(("_sigma", "_power")) else 10)
            found[each.name] = (least, min(most, 1.0) if _is_share(each) else most)
    return found
