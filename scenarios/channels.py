"""The invented channels and the mechanics they bring; the data is in channels.yaml beside this file."""

from __future__ import annotations

from typing import Any

from scenarios.packaged import packaged

KNOWN: dict[str, dict[str, Any]] = packaged("scenarios", "channels.yaml")
