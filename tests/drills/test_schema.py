"""The committed schemas are those of the models."""

from __future__ import annotations

from pathlib import Path

import pytest

from drills.schema import KINDS, schema_text

FOLDER = Path(__file__).parents[2] / "docs" / "schema"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_committed_schema_is_current(kind: str) -> None:
    expected = schema_text(kind)
    found = (FOLDER / f"{kind}.json").read_text("utf-8")
    assert expected == found, f"run: stormdrill schema {kind} > docs/schema/{kind}.json"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_schema_refuses_unknown_keys(kind: str) -> None:
    assert '"additionalProperties": false' in schema_text(kind)
