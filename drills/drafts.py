"""What is being typed: kept in the run's folder as one types, so that a crash loses nothing."""

from __future__ import annotations

import json
from pathlib import Path

from drills.record import write_whole


class Drafts:
    """Texts by slot (a post's key, a statement's kind). Without a path they live in memory only."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._texts = _read(path) if path else {}

    def all(self) -> dict[str, str]:
        """What was typed and not sent, by slot."""
        return dict(self._texts)

    def of(self, slot: str) -> str:
        """What was typed in this slot and not sent, or ''."""
        return self._texts.get(slot, "")

    def save(self, slot: str, text: str) -> None:
        """Keep a text; an empty one is forgotten. Raises DrillError if the disk refuses."""
        if self.of(slot) == text:
            return
        if text:
            self._texts[slot] = text
        else:
            del self._texts[slot]
        if self._path:
            write_whole(self._path, json.dumps(self._texts))


def _read(path: Path) -> dict[str, str]:
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(slot): str(text) for slot, text in data.items()} if isinstance(data, dict) else {}
