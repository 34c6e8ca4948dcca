"""How the public of one theme feels: the state that `engine.mood` moves and everybody else reads."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.reading import PPM
from scenarios.model import Theme


def mul(a: int, b: int) -> int:
    """Two parts-per-million numbers multiplied."""
    return a * b // PPM


def band(anger: int) -> str:
    """The mood in a word: calm under 0.3, tense under 0.5, angry under 0.7, else furious."""
    for word, under in (("calm", 300_000), ("tense", 500_000), ("angry", 700_000)):
        if anger < under:
            return word
    return "furious"


@dataclass(slots=True)
class Effect:
    """Something that multiplies a theme's infectiousness, and fades."""

    name: str
    from_ms: int
    m: int
    tau_ms: int


@dataclass(slots=True)
class Feeling:
    """How the public of one theme feels."""

    theme: Theme
    severity: int
    blame: int
    anger: int
    trust: int
    quality: int = 0
    alpha: int = 0
    """How far we have acknowledged it: 0 not at all, 1,000,000 fully."""
    alpha_ms: int = 0
    alpha_falls: bool = False
    """Whether that came from a holding statement, which lasts only so long."""
    silence_ms: int = 0
    """The silence clock: time without acknowledgement."""
    posts: int = 0
    since_ms: int = -1
    """When the first post on it appeared, or -1."""
    effects: list[Effect] = field(default_factory=list)
    infectious: int = 0
    """rho: recomputed every minute and after every action."""
    factors: dict[str, int] = field(default_factory=dict)
    """What rho is the product of."""
    terms: dict[str, int] = field(default_factory=dict)
    """What has moved anger since the last `Mood` event."""
    last: dict[str, int] = field(default_factory=dict)
    """When each act was last heard."""
    complaints: int = 0
    answered: int = 0
    waited_ms: int = 0
    """How long those answered had waited, all together."""
    steps: int = 0
    """Tenths of the complainers answered, already counted."""
    spoken: str = ""
    """The key of our last text about it."""
    sore: tuple[str, int, int] | None = None
    """Our worst text that people still quote: its key, when it was said, and how many have seen it, in ppm."""
    dear: tuple[str, int, int] | None = None
    """Our last good text, the same way."""
    sleeper: bool = False
    """Whether a defensive answer of ours is sinking in."""
    disclosed: bool = False
    """Whether we told it first."""
    where: dict[str, int] = field(default_factory=dict)
    """Channel to how many have posted about it there."""
    corrected: bool = False
    """For a rumour: whether the truth has been said."""
    hub: bool = False
