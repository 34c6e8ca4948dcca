"""What a situation report says: seven items, found by simple phrases (sitrep.yaml)."""

from __future__ import annotations

import re
from functools import cache

from scenarios.packaged import packaged

NAMES = ("what", "since", "scope", "source", "done", "decision", "next")
"""What happened, since when, how big, how sure, what is done, what is needed by when, the next report (S0-25)."""


def items(text: str) -> tuple[str, ...]:
    """Which of the seven a text has. Phrases can be fooled; they are meant as a reminder, not as a reader."""
    plain = text.lower().replace("’", "'")
    return tuple(name for name in NAMES if all(pattern.search(plain) for pattern in _patterns()[name]))


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    data = packaged("drills.scoring", "sitrep.yaml")
    return {name: tuple(re.compile(pattern) for pattern in data[name]) for name in NAMES}
