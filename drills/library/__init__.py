"""The drills and plans that come with stormdrill."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable


def names(kind: str) -> list[str]:
    """The ids of the shipped `drills` or `plans`, in alphabetical order."""
    folder = files(__name__).joinpath(kind)
    return sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))


def path(kind: str, name: str) -> Traversable:
    """The shipped file of that kind and name; it may not exist."""
    return files(__name__).joinpath(kind, f"{name}.yaml")
