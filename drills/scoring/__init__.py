"""From a run to a scorecard: pure functions of the record. What is scored, and why so: docs/scoring.md."""

from drills.scoring.assembly import score, scored_with

__all__ = ["score", "scored_with"]
