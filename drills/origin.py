"""Where a run that was tried again comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Origin:
    """Of which run, and from which moment of it, a run was tried again."""

    run: str
    """The older run's folder, by name."""
    at_ms: int
    before: str
    """The action that was to be done otherwise, or '' where only a moment was chosen."""

    @classmethod
    def of(cls, header: Mapping[str, Any]) -> Origin | None:
        """What a record's header says of it; None for an ordinary run, and for words that mean nothing here."""
        match header.get("from"):
            case {"run": str(run), "at": int(at_ms), "before": str(before)}:
                return cls(run, at_ms, before)
        return None
