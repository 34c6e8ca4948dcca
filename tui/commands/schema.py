"""`stormdrill schema`: the JSON Schema of a kind of file."""

from __future__ import annotations

from typing import Annotated, Literal

import typer


def schema(
    kind: Annotated[Literal["scenario", "plan", "drill", "cards"], typer.Argument(help="Of which files.")],
) -> None:
    """Print the JSON Schema of a kind of file, for editors."""
    from drills.schema import schema_text

    print(schema_text(kind), end="")
