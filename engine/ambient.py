"""Ordinary traffic: what people post about the brand when nothing is wrong, with its rhythm, its lumps and its harmless
bursts. Nothing that the team does changes it.

The level wanders as an Ornstein-Uhlenbeck process around the hour's usual (which makes the counts as over-dispersed as
those of real brands); a burst rises in a straight line and falls exponentially.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import isqrt

from engine import luck
from engine.events import Posted, Shared
from engine.feeling import mul
from engine.luck import ONE, Luck
from engine.people import People
from engine.reading import PPM
from engine.setup import Setup
from scenarios.moments import HOUR, MINUTE

_STEP = 5
"""Minutes for which the level stays as it is."""
BURSTS = 6
"""Kinds of harmless stories: the symbols burst.1 to burst.6 of the words."""


class Ambient:
    """The ordinary traffic of one world."""

    def __init__(
        self,
        setup: Setup,
        fortune: Luck,
        people: People,
        at: Callable[[int, Callable[[], None]], None],
        now: Callable[[], int],
        appear: Callable[[Posted], None],
        share: Callable[[Shared], None],
    ) -> None:
        """`at(delay_ms, then)` calls back later; `appear` and `share` put something on the public's pages."""
        self.c, self.luck, self.people = setup.coefficients, fortune, people
        self._at, self._now, self._appear, self._share = at, now, appear, share
        self._baseline = round(setup.scenario.public.baseline * PPM) // 15
        self._wander = 0
        """The level's logarithm in standard deviations, ppm."""
        self._bursts = self._plan_bursts(setup.scenario.lasts)

    def _plan_bursts(self, lasts_ms: int) -> list[tuple[int, int]]:
        """(minute of the peak, kind) of each harmless burst."""
        numbers = self.luck.of("bursts")
        days = max(PPM, lasts_ms * PPM // (24 * HOUR))
        count = min(3 * days // PPM, luck.poisson(mul(self.c["bursts"], days), numbers[0]))
        plans = []
        for number in range(count):
            mine = self.luck.of(f"bursts/{number}")
            plans.append((mine[0] * (lasts_ms // MINUTE) // ONE, 1 + mine[1] % BURSTS))
        return plans

    def minute(self, minute: int, hour: int) -> None:
        """Put this minute's ordinary posts on the calendar. `hour`: how busy the hour is, mean 1,000,000."""
        if not self.people.channels:
            return
        if minute % _STEP == 0:
            self._drift(minute // _STEP)
        usual = mul(self._baseline, hour)
        sigma = self.c["ambient_sigma"]
        level = luck.exp_ppm((mul(sigma, self._wander) - mul(sigma, sigma) // 2) // 1_000 * 1_000)
        self._post(f"chatter/{minute}", mul(usual, level), "")
        for number, (peak, kind) in enumerate(self._bursts):
            shape = self._shape(minute - peak)
            if shape:
                self._post(f"burst/{number}/{minute}", mul(mul(usual, self.c["burst_peak"]), shape), f"burst.{kind}")

    def _drift(self, step: int) -> None:
        """One step of the level; it starts from its long-run spread."""
        noise = luck.normal(self.luck.of(f"ambient/{step}")[0])
        if step == 0:
            self._wander = noise
            return
        stays = luck.exp_ppm(-_STEP * MINUTE * PPM // (self.c["ambient_hours"] * HOUR // PPM))
        self._wander = mul(stays, self._wander) + mul(isqrt(PPM * PPM - stays * stays), noise)

    def _shape(self, minutes: int) -> int:
        """How high a burst stands this many minutes after its peak, in ppm of it."""
        if minutes < 0:
            rise = self.c["burst_rise_minutes"] // PPM
            return max(0, PPM + minutes * PPM // rise)
        left = luck.exp_ppm(-minutes * PPM * PPM // self.c["burst_fall_minutes"])
        return left if left > 20_000 else 0

    def _post(self, name: str, mean: int, form: str) -> None:
        for k in range(luck.poisson(mean, self.luck.of(name)[0])):
            key = f"{name}.{k}"
            delay_ms = 1 + self.luck.of(key)[0] * (MINUTE - 2) // ONE
            self._at(delay_ms, partial(self._say, key, form))

    def _say(self, key: str, form: str) -> None:
        numbers = self.luck.of(key)
        people = self.people
        channel = people.any_channel(numbers)
        grumbles = luck.below(numbers[1], self.c["grumbles"])
        self._appear(
            Posted(
                self._now(), key, people.author(numbers), channel, "", "none", "",
                key.rpartition("/")[0] if form else "ordinary traffic", form or ("grumble" if grumbles else "chatter"),
                "calm", "", "", people.followers(numbers), "bystander", people.likes(numbers),
            )
        )  # fmt: skip
        for k in range(people.ordinary_shares(numbers)):
            self._at(
                people.delay_ms(self.luck.of(f"{key}/{k}"), channel),
                partial(self._pass_on, f"{key}/{k}", key),
            )

    def _pass_on(self, key: str, post: str) -> None:
        numbers = self.luck.of(key)
        people = self.people
        self._share(
            Shared(
                self._now(), key, post, people.author(numbers), people.followers(numbers), post,
                people.share_likes(numbers),
            )
        )  # fmt: skip
