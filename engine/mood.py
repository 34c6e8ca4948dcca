"""The mood: how the public of each theme feels, what moves it, and how infectious the theme is because of it.

Rules
1. Anger and trust settle every five minutes towards where the facts, the silence and our answers pull them.
2. An act of ours jumps anger and response quality, and multiplies infectiousness by a factor that fades.
3. Everything is an integer: milliseconds, or parts per million. The numbers are in public.yaml.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine import luck
from engine.events import Event, Mood
from engine.reading import PPM
from engine.setup import Setup
from scenarios.model import Theme
from scenarios.moments import HOUR, MINUTE

TICK_MS = 5 * MINUTE


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
    silence_ms: int = 0
    """The silence clock: time without acknowledgement."""
    posts: int = 0
    since_ms: int = -1
    """When the first post on it appeared, or -1."""
    effects: list[tuple[int, int, int]] = field(default_factory=list)
    """(from_ms, m, tau_ms): what the team and the story have done to its infectiousness."""
    infectious: int = 0
    """rho: recomputed every minute and after every action."""
    last: dict[str, int] = field(default_factory=dict)
    """When each act was last heard."""
    complaints: int = 0
    answered: int = 0
    steps: int = 0
    """Tenths of the complainers answered, already counted."""
    sore: tuple[str, int] | None = None
    """Our worst text that people still quote: its key and when it was said."""


class Moods:
    """The feelings of one world's public, theme by theme."""

    def __init__(self, setup: Setup, now: Callable[[], int], note: Callable[[Event], None]) -> None:
        scenario = setup.scenario
        self.setup, self.c, self._now, self.note = setup, setup.coefficients, now, note
        self.kappa = round(scenario.public.contrast * PPM)
        self.exhausted = False
        """True once the run holds as many posts as it may: nothing spreads any more."""
        hours, minutes = scenario.starts.split(":")
        self._starts_ms = int(hours) * HOUR + int(minutes) * MINUTE
        blame = self.c[f"blame_{scenario.stance.cluster}"]
        trust = round(scenario.brand.trust * PPM)
        self.feelings = {
            theme.id: Feeling(theme, round(theme.severity * PPM), blame, self.c["anger_before"], trust)
            for theme in scenario.themes
        }
        for feeling in self.feelings.values():
            self.infect(feeling)

    @property
    def now_ms(self) -> int:
        """Sim-milliseconds since STARTEX."""
        return self._now()

    def alive(self) -> tuple[str, ...]:
        """The themes that somebody has posted about."""
        return tuple(name for name, feeling in self.feelings.items() if feeling.since_ms >= 0)

    def notice(self, act: str, theme: str) -> None:
        """The public sees a deed that is not a text: a deletion, a closed account, an advertisement."""
        names = (theme,) if theme in self.feelings else self.alive()
        for name in names:
            self.act(self.feelings[name], act, PPM)
            self.infect(self.feelings[name])

    def over_react(self) -> bool:
        """A big public gesture about next to nothing makes a story of it. True where it did."""
        grew = False
        for name in self.alive():
            feeling = self.feelings[name]
            if feeling.severity < self.c["decoy_severity"]:
                feeling.severity += self.c["decoy_step"]
                self.infect(feeling)
                grew = True
        return grew

    def heat(self, theme: str | None, m: int, tau_ms: int, anger: int) -> None:
        """A turn of the story multiplies the infectiousness of one theme, or of every theme that is alive."""
        for feeling in self.feelings.values():
            if feeling.theme.id == theme or (theme is None and feeling.since_ms >= 0):
                if m != PPM:
                    feeling.effects.append((self.now_ms, m, tau_ms))
                self.shift(feeling, anger=anger, quality=0)
                self.infect(feeling)

    def act(self, feeling: Feeling, act: str, strength: int) -> None:
        """One row of the action table, scaled by strength, lateness, repetition and the contrast knob."""
        row = self.setup.acts[act]
        now = self.now_ms
        m, anger, quality = row["m"], row["anger"], row["quality"]
        if act == "denial_with_evidence" and feeling.blame >= 350_000:
            return self.act(feeling, "denial", strength)
        if quality > 0 or anger < 0:
            strength = mul(strength, self._lateness(feeling))
        repeated = now - feeling.last.get(act, -(1 << 40)) < self.c["repeat_minutes"] * MINUTE // PPM
        if repeated and act != "personal_reply":
            strength = mul(strength, self.c["repeat_left"])
        feeling.last[act] = now
        feeling.effects.append((now, PPM + mul(mul(m - PPM, strength), self.kappa), row["tau_ms"]))
        self.shift(
            feeling, anger=mul(mul(anger, strength), self.kappa), quality=mul(mul(quality, strength), self.kappa)
        )
        reached = mul(row["alpha"], min(PPM, strength))
        if reached >= feeling.alpha:
            feeling.alpha, feeling.alpha_ms = reached, now
        return None

    def settle(self, feeling: Feeling) -> None:
        """One step of the mood towards where the facts and our answers pull it ."""
        c, now = self.c, self.now_ms
        if feeling.alpha > c["holding_left"] and now - feeling.alpha_ms > c["holding_minutes"] * MINUTE // PPM:
            feeling.alpha = c["holding_left"]
        feeling.silence_ms += mul(PPM - feeling.alpha, TICK_MS)
        impatient = luck.lognormal_share(c["patience_minutes"] * MINUTE // PPM, c["patience_sigma"], feeling.silence_ms)
        calm = c["anger_before"]
        blame = c["blame_floor"] + mul(c["blame_slope"], feeling.blame)
        base = calm + mul(mul(blame, feeling.severity), PPM - calm)
        goal = base + mul(mul(c["silence_anger"], PPM - base), impatient)
        goal -= mul(mul(c["quality_anger"], feeling.quality), base - calm)
        goal = max(0, min(PPM, goal))
        step = PPM - luck.exp_ppm(-TICK_MS * PPM // (c["anger_minutes"] * MINUTE // PPM))
        feeling.anger += mul(goal - feeling.anger, step)
        prior = round(self.setup.scenario.brand.trust * PPM)
        trust = prior - mul(mul(mul(c["trust_blame"], feeling.blame), feeling.severity), PPM - feeling.quality)
        trust -= mul(mul(c["trust_silence"], impatient), feeling.severity)
        slow = PPM - luck.exp_ppm(-TICK_MS * PPM // (c["trust_minutes"] * MINUTE // PPM))
        feeling.trust += mul(max(0, trust) - feeling.trust, slow)
        self.infect(feeling)
        self.say(feeling)

    def say(self, feeling: Feeling) -> None:
        """Note how a theme's public feels now."""
        breeding = self.c["breeding_calm"] + mul(self.c["breeding_severity"], feeling.severity)
        self.note(
            Mood(
                self.now_ms, feeling.theme.id, feeling.anger, feeling.trust, feeling.quality,
                mul(breeding, feeling.infectious), feeling.posts,
            )
        )  # fmt: skip

    def shift(self, feeling: Feeling, *, anger: int, quality: int) -> None:
        """Jump anger and response quality; a jump of a hundredth or more is told at once."""
        feeling.anger = max(0, min(PPM, feeling.anger + anger))
        feeling.quality = max(-500_000, min(600_000, feeling.quality + quality))
        if abs(anger) >= PPM // 100 and feeling.since_ms >= 0:
            self.infect(feeling)
            self.say(feeling)

    def _lateness(self, feeling: Feeling) -> int:
        """What is left of a good answer by how late it comes."""
        since = feeling.since_ms if feeling.since_ms >= 0 else self.now_ms
        late = self.now_ms - since - self.c["late_grace_minutes"] * MINUTE // PPM
        if late <= 0:
            return PPM
        floor = self.c["late_floor"]
        return floor + mul(PPM - floor, _fade(late, self.c["late_minutes"] * MINUTE // PPM))

    def infect(self, feeling: Feeling) -> None:
        """rho: the product of anger, attention, the hour, our actions and the audience that is left."""
        now = self.now_ms
        if self.exhausted:
            feeling.infectious = 0
            return
        rho = luck.exp_ppm(mul(self.c["anger_to_spread"], feeling.anger - self.c["anger_middle"]))
        if feeling.since_ms >= 0:
            minutes = (now - feeling.since_ms) // TICK_MS * 5
            aged = PPM + minutes * PPM // (self.c["attention_minutes"] // PPM)
            rho = mul(rho, luck.power_ppm(aged, -self.c["attention_power"]))
        rho = mul(rho, self.hour())
        kept = []
        for from_ms, m, tau_ms in feeling.effects:
            left = _fade(now - from_ms, tau_ms)
            if left > 5_000:
                kept.append((from_ms, m, tau_ms))
                rho = mul(rho, PPM + mul(m - PPM, left))
        feeling.effects = kept
        audience = self.setup.scenario.public.audience
        feeling.infectious = max(0, mul(rho, max(0, PPM - feeling.posts * PPM // audience)))

    def hour(self) -> int:
        return self.setup.diurnal[(self._starts_ms + self.now_ms) // HOUR % 24]


def _fade(elapsed_ms: int, tau_ms: int) -> int:
    """e to the power of -elapsed/tau, in ppm; the exponent in steps of 1/256, so that the table stays small."""
    steps = elapsed_ms * 256 // max(1, tau_ms)
    return luck.exp_ppm(-steps * PPM // 256) if steps < 4096 else 0
