"""The public's numbers, from engine/public.yaml, with a scenario's overrides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from engine.reading import PPM
from scenarios.model import Scenario
from scenarios.moments import MINUTE

_TIMES = ("_minutes", "_hours")
_SIZES = ("most_mood", "most_posts", "followers_median", "kernel_theta")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a world is given: everything in parts per million, but for `tau_ms`."""

    coefficients: dict[str, int]
    acts: dict[str, dict[str, int]]
    diurnal: tuple[int, ...]


def text() -> str:
    """The file as it stands, for the record's header."""
    return files("engine").joinpath("public.yaml").read_text("utf-8")


def resolve(source: str, scenario: Scenario) -> Numbers:
    """The numbers of one run: the file's text with the scenario's overrides."""
    data: Mapping[str, Any] = yaml.safe_load(source)
    values = {name: entry["value"] for name, entry in data["coefficients"].items()}
    values.update({k: v for k, v in scenario.public.coefficients.items() if k in values})
    return Numbers(
        {name: round(value * PPM) for name, value in values.items()},
        {
            act: {
                "m": round(row["m"] * PPM),
                "tau_ms": row["minutes"] * MINUTE,
                "anger": round(row["anger"] * PPM),
                "quality": round(row["quality"] * PPM),
                "alpha": round(row["alpha"] * PPM),
            }
            for act, row in data["acts"].items()
        },
        tuple(round(value * PPM) for value in data["diurnal"]),
    )


def ranges() -> dict[str, tuple[float, float]]:
    """The coefficients that a scenario may override, and between which values: up to ten times the usual, and down to
    nothing, but for times and sizes, which must stay above a tenth of it.

    Beyond that the crowd's arithmetic means nothing, and a run could take for ever.
    """
    usual = {name: entry["value"] for name, entry in yaml.safe_load(text())["coefficients"].items()}
    return {
        name: (value / 10 if name.endswith(_TIMES) or name in _SIZES else 0, value * 10)
        for name, value in usual.items()
    }
