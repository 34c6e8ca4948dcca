"""The mood: how the public of each theme feels, what moves it, and how infectious the theme is because of it.

Rules
1. Anger and trust settle every five minutes towards where the facts, the silence and our answers pull them.
2. An act of ours jumps anger and response quality, and multiplies infectiousness by a factor that fades.
3. Whatever moves anger is written down by name, so that every `Mood` event says why it differs from the last one.
4. Everything is an integer: milliseconds, or parts per million. The numbers are in public.yaml.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from engine import luck
from engine.events import Event, Mood
from engine.feeling import Effect, Feeling, band, mul
from engine.reading import PPM
from engine.setup import Setup
from scenarios.moments import HOUR, MINUTE

TICK_MS = 5 * MINUTE
TROUBLE = ("defensive", "denial", "attack", "deletion_noticed", "account_closed", "planted_praise")
"""After one of these an apology is believed less."""
OVER = ("apology_active", "compensation")
"""What takes on blame that nobody had given."""
FACTUAL = ("explaining", "instructing", "corrective")
"""Before one of these a chief executive has nothing to say."""
KIND = ("apology_active", "apology_passive", "explaining", "instructing", "corrective", "compensation", "sympathy")


class Moods:
    """The feelings of one world's public, theme by theme."""

    def __init__(self, setup: Setup, now: Callable[[], int], note: Callable[[Event], None]) -> None:
        scenario = setup.scenario
        self.setup, self.c, self._now, self.note = setup, setup.coefficients, now, note
        self.kappa = round(scenario.public.contrast * PPM)
        self.hostility = round(scenario.public.hostility * PPM)
        self.night = True
        """Whether nights are quiet: the facilitator's switch."""
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

    # -- what moves it ---------------------------------------------------------------------------------------

    def notice(self, act: str, theme: str, by: str) -> None:
        """The public sees a deed that is not a text: a deletion, a closed account, an advertisement. `by`: its key."""
        names = (theme,) if theme in self.feelings else self.alive()
        for name in names:
            self.act(self.feelings[name], act, PPM, by)
            self.infect(self.feelings[name])

    def over_react(self) -> list[str]:
        """A big public gesture about next to nothing makes a story of it. The themes that grew."""
        grown = []
        for name in self.alive():
            feeling = self.feelings[name]
            if feeling.severity < self.c["decoy_severity"]:
                feeling.severity += self.c["decoy_step"]
                self.infect(feeling)
                grown.append(name)
        return grown

    def heat(self, theme: str | None, m: int, tau_ms: int, anger: int, by: str) -> None:
        """A turn of the story multiplies the infectiousness of one theme, or of every theme that is alive."""
        for feeling in self.feelings.values():
            if feeling.theme.id == theme or (theme is None and feeling.since_ms >= 0):
                if m != PPM:
                    feeling.effects.append(Effect(by, self.now_ms, m, tau_ms))
                self.shift(feeling, by, anger=anger)
                self.infect(feeling)

    def disclose(self, theme: str) -> None:
        """Stealing thunder: we speak of it before anybody else does."""
        feeling = self.feelings[theme]
        if feeling.disclosed:
            return
        feeling.disclosed = True
        feeling.severity = mul(feeling.severity, self.c["thunder_severity"])
        self.shift(feeling, "told first", quality=self.c["thunder_quality"])
        feeling.alpha, feeling.alpha_ms = max(feeling.alpha, 900_000), self.now_ms

    def hear(self, feeling: Feeling, acts: dict[str, int], by: str) -> None:
        """A text of ours with these acts and strengths reaches the theme's public. `by`: the text's key."""
        before = dict(feeling.last)
        for act in sorted(acts):
            if act in self.setup.acts:
                self.act(feeling, act, acts[act], by, together=acts, before=before)
                if self.setup.acts[act]["alpha"]:
                    feeling.alpha_ms = self.now_ms  # a follow-up: whoever waits for our next word has it
        self.infect(feeling)

    def act(
        self,
        feeling: Feeling,
        act: str,
        strength: int,
        by: str,
        together: Collection[str] = (),
        before: dict[str, int] | None = None,
    ) -> None:
        """One row of the action table, scaled by strength, lateness, repetition, what went before, and contrast."""
        now = self.now_ms
        before = feeling.last if before is None else before
        row = self.setup.acts[self._row(feeling, act, together, before)]
        m, anger, quality = row["m"], row["anger"], row["quality"]
        if (quality > 0 or anger < 0) and act != "personal_reply":
            strength = mul(strength, self._lateness(feeling))
        repeated = now - before.get(act, -(1 << 40)) < self.c["repeat_minutes"] * MINUTE // PPM
        if repeated and act != "personal_reply":
            strength = mul(strength, self.c["repeat_left"])
        feeling.last[act] = now
        self._effect(feeling, act, PPM + mul(mul(m - PPM, strength), self.kappa), row["tau_ms"])
        if act in ("apology_active", "executive") and any(each in before for each in TROUBLE):
            anger, quality = mul(anger, self.c["soured"]), mul(quality, self.c["soured"])
        if act in OVER and feeling.blame < self.c["over_blame"]:
            quality = mul(quality, self.c["over_blame_left"])
            feeling.blame += mul(self.c["over_blame_step"], min(PPM, strength))
        if act in ("explaining", "apology_active"):
            self._make_amends(feeling, min(PPM, strength))
        self.shift(
            feeling,
            f"{act} {by}",
            anger=mul(mul(anger, strength), self.kappa),
            quality=mul(mul(quality, strength), self.kappa),
        )
        reached = mul(row["alpha"], min(PPM, strength))
        if reached >= feeling.alpha:
            feeling.alpha, feeling.alpha_ms, feeling.alpha_falls = reached, now, act == "holding"

    def _row(self, feeling: Feeling, act: str, together: Collection[str], before: Collection[str]) -> str:
        """The row that applies: the act's own, or the one for this case."""
        cases = {
            "hot": feeling.anger > 600_000,
            "alone": not any(each in together for each in KIND),
            "after": any(each in before or each in together for each in ("explaining", "instructing", "sympathy")),
            "harm": feeling.theme.needs.get("harm", 0) > 0 and not any(e in together for e in KIND if e != "sympathy"),
            "spared": feeling.blame < self.c["spared_blame"]
            or (act == "executive" and not any(each in before or each in together for each in FACTUAL)),
        }
        for case, applies in cases.items():
            if applies and f"{act}.{case}" in self.setup.acts:
                return f"{act}.{case}"
        return act

    def _make_amends(self, feeling: Feeling, strength: int) -> None:
        """A deletion that is explained soon, where everybody sees it, hurts half as much."""
        noticed = feeling.last.get("deletion_noticed")
        if noticed is None or self.now_ms - noticed > self.c["amends_minutes"] * MINUTE // PPM:
            return
        del feeling.last["deletion_noticed"]
        row, half = self.setup.acts["deletion_noticed"], strength // 2
        for effect in feeling.effects:
            if effect.name == "deletion_noticed":
                effect.m = PPM + mul(effect.m - PPM, PPM - half)
        self.shift(
            feeling, "the deletion explained",
            anger=-mul(mul(row["anger"], self.kappa), half), quality=-mul(mul(row["quality"], self.kappa), half),
        )  # fmt: skip

    def _effect(self, feeling: Feeling, name: str, m: int, tau_ms: int) -> None:
        if m != PPM:
            feeling.effects.append(Effect(name, self.now_ms, m, tau_ms))

    def shift(self, feeling: Feeling, why: str, *, anger: int = 0, quality: int = 0) -> None:
        """Jump anger and response quality; a jump of a hundredth or more is told at once."""
        moved = max(0, min(PPM, feeling.anger + anger)) - feeling.anger
        feeling.anger += moved
        if moved:
            feeling.terms[why] = feeling.terms.get(why, 0) + moved
        feeling.quality = max(-500_000, min(600_000, feeling.quality + quality))
        if abs(anger) >= PPM // 100 and feeling.since_ms >= 0:
            self.infect(feeling)
            self.say(feeling)

    # -- where it settles ------------------------------------------------------------------------------------

    def settle(self, feeling: Feeling) -> None:
        """One step of the mood towards where the facts and our answers pull it."""
        c, now = self.c, self.now_ms
        lasts_ms = c["holding_minutes"] * MINUTE // PPM
        if feeling.alpha_falls and feeling.alpha > c["holding_left"] and now - feeling.alpha_ms > lasts_ms:
            feeling.alpha = c["holding_left"]
        feeling.silence_ms += mul(PPM - feeling.alpha, TICK_MS)
        rhythm = f"{self._loudest(feeling)}_patience"
        impatient = luck.lognormal_share(
            c[f"{rhythm}_minutes"] * MINUTE // PPM, c[f"{rhythm}_sigma"], feeling.silence_ms
        )
        calm = c["anger_before"]
        blame = c["blame_floor"] + mul(c["blame_slope"], feeling.blame)
        base = calm + mul(mul(blame, feeling.severity), PPM - calm)
        silence = mul(mul(c["silence_anger"], PPM - base), impatient)
        ours = -mul(mul(c["quality_anger"], feeling.quality), base - calm)
        step = PPM - luck.exp_ppm(-TICK_MS * PPM // (c["anger_minutes"] * MINUTE // PPM))
        moved = mul(max(0, min(PPM, base + silence + ours)) - feeling.anger, step)
        feeling.anger += moved
        by_silence, by_us = mul(silence, step), mul(ours, step)
        for why, much in (("silence", by_silence), ("our answers", by_us), ("the matter", moved - by_silence - by_us)):
            if much:
                feeling.terms[why] = feeling.terms.get(why, 0) + much
        prior = round(self.setup.scenario.brand.trust * PPM)
        trust = prior - mul(mul(mul(c["trust_blame"], feeling.blame), feeling.severity), PPM - feeling.quality)
        trust -= mul(mul(c["trust_silence"], impatient), feeling.severity)
        slow = PPM - luck.exp_ppm(-TICK_MS * PPM // (c["trust_minutes"] * MINUTE // PPM))
        feeling.trust += mul(max(0, trust) - feeling.trust, slow)
        self.infect(feeling)
        self.say(feeling)

    def _loudest(self, feeling: Feeling) -> str:
        """The rhythm of the channel where most of the theme's talk is."""
        if not feeling.where:
            return "microblog"
        channel = max(sorted(feeling.where), key=lambda name: feeling.where[name])
        return next((each.rhythm for each in self.setup.scenario.channels if each.id == channel), "microblog")

    def say(self, feeling: Feeling) -> None:
        """Note how a theme's public feels now, and why."""
        mixture = self._mixture(feeling)
        self.note(
            Mood(
                self.now_ms, feeling.theme.id, feeling.anger, feeling.trust, feeling.quality,
                mul(mul(self.breeding(feeling), mixture), feeling.infectious), feeling.posts,
                tuple(feeling.terms.items()), (*feeling.factors.items(), ("who posts", mixture)),
            )
        )  # fmt: skip
        feeling.terms = {}

    def temper(self, feeling: Feeling) -> str:
        """The mood in which somebody writes now: a band of anger, or confused while it is new, or weary when it is
        dying down. The scenario's hostility caps it."""
        anger = feeling.anger if self.hostility >= 250_000 else min(feeling.anger, 690_000)
        anger = anger if self.hostility >= 100_000 else min(anger, 490_000)
        if feeling.since_ms >= 0:
            age = self.now_ms - feeling.since_ms
            if age < self.c["confused_minutes"] * MINUTE // PPM and anger < 500_000:
                return "confused"
            if age > self.c["weary_minutes"] * MINUTE // PPM and feeling.infectious < self.c["weary_spread"]:
                return "weary"
        return band(anger)

    def negative(self, feeling: Feeling) -> int:
        """The chance that a new post is against us."""
        return min(PPM, self.c["negative_calm"] + mul(self.c["negative_anger"], feeling.anger))

    def breeding(self, feeling: Feeling) -> int:
        """n(S): how many posts a post breeds at infectiousness 1. A rumour breeds more until it is corrected."""
        bred = self.c["breeding_calm"] + mul(self.c["breeding_severity"], feeling.severity)
        if feeling.theme.rumour:
            bred = mul(bred, self.c["rumour_breeds"])
            bred = mul(bred, self.c["rumour_corrected"]) if feeling.corrected else bred
            bred = mul(bred, self.c["rumour_hub"]) if feeling.hub else bred
        return bred

    def _mixture(self, feeling: Feeling) -> int:
        """How much a post breeds on average, given how many are friends or no people."""
        against = self.negative(feeling)
        bred = against + mul(self.c["friend_breeds"], PPM - against)
        return mul(bred, PPM - self.c["bots"]) if self.setup.bots else bred

    def promptness(self, waited_ms: int) -> int:
        """g(w): what an answer to a person is worth after a wait (airline conjoint: 1, .45, .12 after 6, 22, 60
        minutes)."""
        late = waited_ms - self.c["reply_grace_minutes"] * MINUTE // PPM
        if late <= 0:
            return PPM
        return max(self.c["reply_floor"], _fade(late, self.c["reply_minutes"] * MINUTE // PPM))

    # -- how infectious it is --------------------------------------------------------------------------------

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
        factors = feeling.factors = {}
        if self.exhausted:
            feeling.infectious = 0
            return
        factors["anger"] = luck.exp_ppm(mul(self.c["anger_to_spread"], feeling.anger - self.c["anger_middle"]))
        if feeling.since_ms >= 0:
            minutes = (now - feeling.since_ms) // TICK_MS * 5
            aged = PPM + minutes * PPM // (self.c["attention_minutes"] // PPM)
            factors["attention"] = luck.power_ppm(aged, -self.c["attention_power"])
        factors["the hour"] = self.hour()
        feeling.effects = [each for each in feeling.effects if _fade(now - each.from_ms, each.tau_ms) > 5_000]
        for effect in feeling.effects:
            left = PPM + mul(effect.m - PPM, _fade(now - effect.from_ms, effect.tau_ms))
            factors[effect.name] = mul(factors.get(effect.name, PPM), left)
        audience = self.setup.scenario.public.audience
        factors["who is left"] = max(0, PPM - feeling.posts * PPM // audience)
        rho = PPM
        for factor in factors.values():
            rho = mul(rho, factor)
        feeling.infectious = max(0, rho)

    def hour(self) -> int:
        """How much people post at this hour of the day, mean 1,000,000."""
        usual = self.setup.diurnal[self.clock_ms(self.now_ms) // HOUR % 24]
        return usual if self.night else max(PPM, usual)

    def clock_ms(self, at_ms: int) -> int:
        """The time of the day at a sim moment, in milliseconds since the midnight before STARTEX."""
        return self._starts_ms + at_ms


def _fade(elapsed_ms: int, tau_ms: int) -> int:
    """e to the power of -elapsed/tau, in ppm; the exponent in steps of 1/256, so that the table stays small."""
    steps = elapsed_ms * 256 // max(1, tau_ms)
    return luck.exp_ppm(-steps * PPM // 256) if steps < 4096 else 0
