"""Tone: from a text to a `Reading` with evidence, by rules alone.

`read` is pure: no clock, no chance, no network; the same text in the same context reads the same everywhere. Rules are
data (en.yaml), and so is what they weigh together (weights.yaml). What rules can't see: sincerity, irony, new slang.
"""

from drills.tone.context import Context
from drills.tone.read import read

__all__ = ["Context", "read"]
