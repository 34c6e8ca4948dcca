"""Who somebody in the crowd is: a pure function of their luck, whatever the mood or the team.

Eight numbers are drawn for every candidate. What each is for: 0 delay, 1 whether they post, 2 author and temper,
3 what they do, 4 reach, 5 voice, 6 channel, 7 need and what they miss. A second use of a number multiplies it by a
small odd constant, which keeps it uniform.
"""

from __future__ import annotations

from engine import luck
from engine.feeling import Feeling, mul
from engine.luck import ONE, Eight
from engine.reading import PPM
from engine.setup import Setup
from scenarios.moments import HOUR, MINUTE

CUSTOMERS = ("hurt_customer", "angry_regular", "customer", "parent")
"""Voices that may want something of us."""

_GROUPS = (
    ("customer", 60), ("angry_regular", 20), ("hurt_customer", 8), ("parent", 6), ("bystander", 26), ("joker", 8),
    ("fan", 8), ("troll", 7), ("activist", 5), ("competitor", 3), ("employee", 2),
)  # fmt: skip


def as_weight(share: float) -> int:
    """A share above 0 as a weight to choose by; the smallest is still one."""
    return max(1, round(share * PPM))


class People:
    """The people of one scenario's public."""

    def __init__(self, setup: Setup) -> None:
        scenario = setup.scenario
        self.setup, self.c = setup, setup.coefficients
        groups: list[tuple[str, int]] = [(group.voice, as_weight(group.share)) for group in scenario.public.groups]
        self._groups = groups or [*_GROUPS]
        self._voices = [voice for voice, _ in self._groups]
        self._hostility, self._competitors = round(scenario.public.hostility * PPM), True
        self._weigh()
        open_to_all = [channel for channel in scenario.channels if channel.visitor_posts and channel.share > 0]
        self.channels = [channel.id for channel in open_to_all]
        self._channel_weights = [as_weight(channel.share) for channel in open_to_all]
        self._rhythms = {channel.id: channel.rhythm for channel in scenario.channels}
        self._kernels = {
            rhythm: luck.reaction_delays(
                self.c[f"{rhythm}_flat_minutes"] * MINUTE // PPM,
                self.c[f"{rhythm}_theta"],
                self.c[f"{rhythm}_hours"] * HOUR // PPM,
            )
            for rhythm in dict.fromkeys(("microblog", *self._rhythms.values()))
        }

    def set_hostility(self, ppm: int) -> None:
        """How harsh people get: trolls come by it, as many as the scenario says at half."""
        self._hostility = ppm
        self._weigh()

    def set_competitors(self, there: bool) -> None:
        """Whether anybody speaks for a competitor. Somebody always speaks, so who is alone in the public stays."""
        self._competitors = there
        self._weigh()

    def _weigh(self) -> None:
        weights = [
            max(1, mul(weight, 2 * self._hostility)) if voice == "troll" else weight for voice, weight in self._groups
        ]
        without = [0 if voice == "competitor" else weight for voice, weight in zip(self._voices, weights, strict=True)]
        self._voice_weights = weights if self._competitors or not any(without) else without

    def delay_ms(self, numbers: Eight, channel: str) -> int:
        """How long until they react to something on a channel."""
        kernel = self._kernels[self._rhythms.get(channel, "microblog")]
        return max(1_000, luck.quantile(kernel, numbers[0]))

    def patience_ms(self, numbers: Eight, channel: str) -> int:
        """How long they wait for an answer there before they lose patience."""
        rhythm = self._rhythms.get(channel, "microblog")
        median = self.c[f"{rhythm}_patience_minutes"] * MINUTE // PPM
        return max(MINUTE, luck.lognormal(median, self.c[f"{rhythm}_patience_sigma"], numbers[0]))

    def author(self, numbers: Eight) -> str:
        """A persona of the cast."""
        return self.setup.cast[numbers[2] % len(self.setup.cast)].id

    def bot(self, numbers: Eight) -> str:
        """The account that is no person, or '' for a person."""
        bots = self.setup.bots
        return bots[numbers[2] % len(bots)].id if bots and luck.below(numbers[6] * 3 % ONE, self.c["bots"]) else ""

    def voice(self, numbers: Eight) -> str:
        """As whom they speak."""
        return self._voices[luck.pick(numbers[5], self._voice_weights)]

    def against(self, numbers: Eight, chance: int) -> bool:
        """Whether what they write is against us, at this chance."""
        return luck.below(numbers[2] * 5 % ONE, chance)

    def stands_up(self, numbers: Eight, trust: int) -> bool:
        """Whether somebody who is not against us speaks for us."""
        return luck.below(numbers[2] * 7 % ONE, mul(trust, trust))

    def needs(self, numbers: Eight, voice: str, feeling: Feeling) -> str:
        """What they want of us."""
        if voice not in CUSTOMERS:
            return "none"
        shares = feeling.theme.needs
        names = sorted(name for name, share in shares.items() if share > 0)
        return names[luck.pick(numbers[7], [as_weight(shares[name]) for name in names])] if names else "none"

    def channel(self, numbers: Eight, here: str, original: bool) -> str:
        """Where they post: what is their own may cross over to another channel."""
        stays = here in self.channels and not (original and not luck.below(numbers[6], self.c["stays_on_channel"]))
        return here if stays else self.channels[luck.pick(numbers[6] * 7 % ONE, self._channel_weights)]

    def followers(self, numbers: Eight) -> int:
        """How many follow them."""
        return luck.lognormal(self.c["followers_median"] // PPM, self.c["followers_sigma"], numbers[4])

    def carries(self, numbers: Eight) -> int:
        """w(m) v: how far this author and this post carry, mean 1,000,000 (marked Hawkes, Mishra 2016; Zhao 2015)."""
        sigma = mul(self.c["followers_power"], self.c["followers_sigma"])
        reach = mul(luck.lognormal(PPM, sigma, numbers[4]), luck.exp_ppm(-mul(sigma, sigma) // 2))
        sticky = self.c["stickiness_sigma"]
        post = luck.lognormal(PPM, sticky, numbers[7] * 11 % ONE)
        return mul(reach, mul(post, luck.exp_ppm(-mul(sticky, sticky) // 2)))

    def carries_with(self, followers_ppm: int) -> int:
        """w(m) of somebody with so many followers, in ppm of a person."""
        sigma = mul(self.c["followers_power"], self.c["followers_sigma"])
        reach = luck.power_ppm(followers_ppm // (self.c["followers_median"] // PPM), self.c["followers_power"])
        return mul(reach, luck.exp_ppm(-mul(sigma, sigma) // 2))

    def likes(self, numbers: Eight) -> int:
        """How many of their own followers will like what they post."""
        by_reach = luck.lognormal(PPM, mul(self.c["likes_power"], self.c["followers_sigma"]), numbers[4])
        return luck.poisson(mul(self.c["likes_own"], by_reach), numbers[3] * 13 % ONE)

    def share_likes(self, numbers: Eight) -> int:
        """How many likes their passing it on brings."""
        return luck.poisson(self.c["likes_share"], numbers[3] * 17 % ONE)

    def ordinary_shares(self, numbers: Eight) -> int:
        """How often an ordinary post of theirs is passed on (Poisson-lognormal fit on 14,485 posts to airlines)."""
        by_reach = luck.lognormal(PPM, mul(self.c["ambient_shares_power"], self.c["followers_sigma"]), numbers[4])
        by_post = luck.lognormal(PPM, self.c["ambient_shares_sigma"], numbers[7] * 11 % ONE)
        mean = min(1_000 * PPM, mul(self.c["ambient_shares"], mul(by_reach, by_post)))
        return luck.poisson(mean, numbers[3] * 13 % ONE)

    def any_channel(self, numbers: Eight) -> str:
        """Where an ordinary post appears."""
        return self.channels[luck.pick(numbers[6], self._channel_weights)]
