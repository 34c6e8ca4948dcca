"""The scenarios that come with stormdrill."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable


def names() -> list[str]:
    """The ids of the shipped scenarios, in alphabetical order."""
    return sorted(
        entry.name.removesuffix(".yaml") for entry in files(__name__).iterdir() if entry.name.endswith(".yaml")
    )


def path(name: str) -> Traversable:
    """The shipped file of that name; it may not exist."""
    return files(__name__).joinpath(f"{name}.yaml")
