"""JSON Schemas of the authored files, for editors. The committed copies lie in docs/schema/."""

from __future__ import annotations

import json

from drills.drill import DrillFile
from drills.plan import Plan
from drills.practice.model import CardsFile
from scenarios.model import Scenario
from scenarios.terms import Authored

KINDS: dict[str, type[Authored]] = {"scenario": Scenario, "plan": Plan, "drill": DrillFile, "cards": CardsFile}


def schema_text(kind: str) -> str:
    """The schema of one kind of file, as it is committed."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **KINDS[kind].model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
