"""The YAML that comes with stormdrill: numbers and words of our own, trusted, and so read by the fast C parser.

What a person wrote goes through `scenarios.source` instead, which says what is wrong with it and where.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def packaged(package: str, name: str) -> Any:
    """The values of a YAML file beside a package's modules. They are shared: nobody may change them."""
    return values(files(package).joinpath(name).read_text("utf-8"))


def values(text: str) -> Any:
    """The values of a YAML text of our own."""
    return yaml.load(text, Loader=_LOADER)
