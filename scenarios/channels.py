"""The invented channels and the mechanics they bring; the data is in channels.yaml beside this file."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

KNOWN: dict[str, dict[str, Any]] = yaml.safe_load(files("scenarios").joinpath("channels.yaml").read_text("utf-8"))
