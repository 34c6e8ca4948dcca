"""What the program remembers of its user between two starts: a small file of settings, written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

FILE = "settings.json"
_LONGEST = 100_000


def folder() -> Path:
    """Where settings and own keys are kept: STORMDRILL_HOME, or the user's folder for settings."""
    given = os.environ.get("STORMDRILL_HOME")
    if given:
        return Path(given)
    from platformdirs import user_config_path  # 10 ms that only this line needs

    return user_config_path("stormdrill", appauthor=False)


def own_keys_file() -> Path:
    """Where somebody's own keys are, or would be: STORMDRILL_KEYS, or keys.yaml beside the settings."""
    given = os.environ.get("STORMDRILL_KEYS")
    return Path(given) if given else folder() / "keys.yaml"


class Settings:
    """Names and short texts. A file that can't be read counts as empty: colours are not worth an error."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = folder() / FILE if path is None else path

    def get(self, name: str) -> str:
        """What is remembered under this name, or ''."""
        return self._all().get(name, "")

    def put(self, name: str, value: str) -> bool:
        """Remember it; whether that could be written."""
        every = self._all()
        if every.get(name) == value:
            return True
        return _written(self.path, {**every, name: value})

    def _all(self) -> dict[str, str]:
        try:
            data = json.loads(self.path.read_bytes()[:_LONGEST])
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(data, dict):
            return {}
        return {name: value for name, value in data.items() if isinstance(value, str)}


def _written(path: Path, settings: Mapping[str, str]) -> bool:
    """Write beside the file, then put it in its place: nobody ever reads half of it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(settings, file, indent=2, sort_keys=True)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError:
        return False
    return True
