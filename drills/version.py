"""Which version of stormdrill this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def our_version() -> str:
    """The version of stormdrill that is running."""
    try:
        return version("stormdrill")
    except PackageNotFoundError:
        return "unknown"
