"""The crowd: who is upset about what, and how that spreads.

Rules
1. A post breeds candidates when it appears; a candidate posts only if, when its moment comes, its own luck is under
   today's mood. So calming the mood prevents posts, and never makes new ones.
2. A candidate's author, moment, channel, need and voice come from its key alone. Its words may follow the mood.
3. Everything that feeds back is an integer: milliseconds, or parts per million.
4. Nothing here reads a clock or a generator: time is the world's, luck is asked for by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import simpy

from engine import luck
from engine.events import Capped, Event, Posted, Shared, Volume
from engine.luck import ONE, Luck
from engine.mood import Feeling, Moods, band, mul
from engine.reading import PPM, Reading
from engine.setup import Setup
from scenarios.moments import HOUR, MINUTE

CUSTOMERS = ("hurt_customer", "angry_regular", "customer", "parent")
_DEFAULT_GROUPS = (("customer", 6), ("angry_regular", 2), ("bystander", 3), ("joker", 1), ("fan", 1), ("troll", 1))
_WORST_ACTS = ("defensive", "denial", "attack", "apology_passive", "humour", "promotion")


class Candidate(NamedTuple):
    """Somebody who may post when their moment comes. A big run makes a million of them, so it is a bare tuple."""

    key: str
    numbers: luck.Eight
    parent: str
    """The post it would answer."""
    cause: str
    """The post or share that brought it about."""
    channel: str
    theme: str
    to_us: str
    """'' or, for a reaction to a text of ours, the form: answer-good, answer-poor, answer-canned."""


def _root(post: Posted) -> str:
    """What the keys of those who react to a post begin with.

    The moment of a scripted post, or of one of ours, may hang on what the team did, so it is part of the key: the same
    key always means the same moment.
    """
    return f"{post.key}@{post.at_ms}" if post.form == "scripted" else post.key


def _as_weight(share: float) -> int:
    """A share above 0 as a weight to choose by; the smallest is still one."""
    return max(1, round(share * PPM))


class Public:
    """The crowd of one world."""

    def __init__(
        self, env: simpy.Environment, setup: Setup, fortune: Luck, note: Callable[[Event], None], ends_ms: int
    ) -> None:
        self.env, self.setup, self.luck, self.note, self.ends_ms = env, setup, fortune, note, ends_ms
        scenario = setup.scenario
        self.c: Mapping[str, int] = setup.coefficients
        self.moods = Moods(setup, lambda: self.now_ms, note)
        self.posts: dict[str, Posted] = {}
        self.voices: dict[str, str] = {}
        self.answered: set[str] = set()
        self._about: dict[str, str] = {}
        """For an answer to a reply of ours: the reply's key."""
        self.gone: set[str] = set()
        self.minute_posts = self.minute_shares = 0
        self.recent: list[int] = []
        """Posts of each of the last minutes, for conditions on volume."""
        self._made = 0
        groups = [(group.voice, _as_weight(group.share)) for group in scenario.public.groups] or _DEFAULT_GROUPS
        self._group_voices = [voice for voice, _ in groups]
        self._group_weights = [weight for _, weight in groups]
        open_to_all = [channel for channel in scenario.channels if channel.visitor_posts and channel.share > 0]
        self._channels = [channel.id for channel in open_to_all]
        self._channel_weights = [_as_weight(channel.share) for channel in open_to_all]
        self._kernel = luck.reaction_delays(
            self.c["kernel_flat_minutes"] * MINUTE // PPM,
            self.c["kernel_theta"],
            self.c["kernel_hours"] * HOUR // PPM,
        )

    @property
    def now_ms(self) -> int:
        """Sim-milliseconds since STARTEX."""
        return int(self.env.now)

    def start(self) -> None:
        """Set the minute's and the mood's rhythm going, and ordinary traffic."""
        self.env.process(self._minutes())

    # -- what the story does ---------------------------------------------------------------------------------

    def scripted(self, post: Posted, *, stirs: float, vivid: bool, heat: float, voice: str) -> None:
        """A scripted post appears: it counts for its theme, stirs reactions, and may raise the anger at once."""
        self._appear(post, voice)
        feeling = self.moods.feelings.get(post.theme)
        if feeling is not None and heat:
            self.moods.shift(feeling, anger=round(heat * PPM), quality=0)
            self.moods.infect(feeling)
        if stirs:
            most = round(stirs * PPM) * (2 if vivid else 1)
            self._breed(_root(post), post.key, post.key, post.channel, post.theme, most, "")

    # -- what the team does ----------------------------------------------------------------------------------

    def hear(self, key: str, reading: Reading, *, themes: tuple[str, ...], seen: int, followers: int) -> None:
        """A text of ours is out. `seen`: how much of the public feels it, in ppm; `followers`: 0 for a reply."""
        alive = [self.moods.feelings[theme] for theme in themes if theme in self.moods.feelings]
        for feeling in alive:
            for act in sorted(reading.acts):
                if act in self.setup.acts:
                    self.moods.act(feeling, act, mul(seen, reading.acts[act]))
            if any(act in reading.acts for act in _WORST_ACTS):
                feeling.sore = (key, self.now_ms)
            self.moods.infect(feeling)
        if followers and alive:
            ten = luck.power_ppm(max(1, followers) * 100, 600_000)  # followers / 10,000, in ppm
            form = "answer-poor" if any(a in reading.acts for a in _WORST_ACTS) else "answer-good"
            form = "answer-canned" if reading.overall < 400_000 and form == "answer-good" else form
            loudest = max(alive, key=lambda feeling: (feeling.infectious, feeling.theme.id))
            self._breed(
                _root(self.posts[key]),
                key,
                key,
                self.posts[key].channel,
                loudest.theme.id,
                mul(mul(self.c["statement_stirs"], ten), self.c["most_mood"]),
                form,
            )

    def answer(self, keys: tuple[str, ...], text_key: str, reading: Reading, *, public: bool) -> None:
        """We answered these people. They stop waiting; some write back; every tenth of the complainers counts."""
        good = not any(act in reading.acts for act in _WORST_ACTS) and reading.overall >= 400_000
        form = "answer-good" if good else "answer-poor"
        if reading.sameness >= 600_000 or (len(keys) > 3 and reading.overall < 600_000):
            form = "answer-canned"
        for key in keys:
            post = self.posts.get(key)
            if post is None or key in self.answered:
                continue
            self.answered.add(key)
            feeling = self.moods.feelings.get(post.theme)
            if feeling is not None and post.need in ("harm", "question", "complaint"):
                feeling.answered += 1
                tenths = 10 * feeling.answered // max(10, feeling.complaints)
                while form == "answer-good" and feeling.steps < min(10, tenths):
                    feeling.steps += 1
                    self.moods.act(feeling, "personal_reply", PPM)
            numbers = self.luck.of(f"{key}.back")
            if public and luck.below(numbers[1], self.c["writes_back"]):
                delay = luck.lognormal(self.c["back_minutes"] * MINUTE // PPM, self.c["back_sigma"], numbers[0])
                back = Candidate(f"{key}.back@{self.now_ms}", numbers, key, key, post.channel, post.theme, form)
                self._about[back.key] = text_key
                self._later(max(20_000, delay), back, self._write_back)

    # -- how it spreads --------------------------------------------------------------------------------------

    def _breed(self, root: str, cause: str, parent: str, channel: str, theme: str, most: int, to_us: str) -> None:
        """Draw the candidates that this post or share may breed: `most` is their mean number at the highest mood, in
        ppm; `parent` the post they would answer, `root` what their keys begin with."""
        if theme not in self.moods.feelings and not to_us:
            return
        left_ms = self.ends_ms - self.now_ms
        for k in range(luck.poisson(most, self.luck.of(f"{root}.kids")[0])):
            name = f"{root}.{k}"
            numbers = self.luck.of(name)
            delay_ms = max(1_000, luck.quantile(self._kernel, numbers[0]))
            if delay_ms < left_ms:  # most of a big crowd's candidates come after ENDEX: they cost nothing more
                candidate = Candidate(name, numbers, parent, cause, channel, theme, to_us)
                self._later(delay_ms, candidate, self._candidate)

    def _later(self, delay_ms: int, candidate: Candidate, then: Callable[[Candidate], None]) -> None:
        if self.now_ms + delay_ms < self.ends_ms:
            timeout = self.env.timeout(delay_ms)
            assert timeout.callbacks is not None
            timeout.callbacks.append(lambda _: then(candidate))

    def _candidate(self, candidate: Candidate) -> None:
        """Somebody might post now: they do if their own number is under today's mood."""
        feeling = self.moods.feelings[candidate.theme]
        mood = feeling.infectious
        if candidate.parent in self.gone:
            mood //= 2
        if not luck.below(candidate.numbers[1], min(PPM, mood * PPM // self.c["most_mood"])):
            return
        self._accept(candidate, feeling)

    def _write_back(self, candidate: Candidate) -> None:
        feeling = self.moods.feelings.get(candidate.theme)
        if feeling is not None:
            self._post(candidate, feeling, candidate.to_us, "none", voice=self.voices.get(candidate.parent, ""))

    def _accept(self, candidate: Candidate, feeling: Feeling) -> None:
        """A candidate posts: it passes on, comments, or says something of its own."""
        u = candidate.numbers
        original, comment = self.c["share_original"], self.c["share_comment"]
        kind = u[3] * PPM // ONE
        if candidate.to_us:
            if kind < original + comment:
                self._post(candidate, feeling, candidate.to_us, "none")
            else:
                self._share(candidate)
            return
        answered = candidate.key
        if kind < original:
            self._post(candidate, feeling, "original", self._need(candidate, feeling))
        elif kind < original + comment:
            self._post(candidate, feeling, "reaction", "none")
        else:
            self._share(candidate)
            answered = candidate.parent
        reach = self._carry(candidate)
        breeding = self.c["breeding_calm"] + mul(self.c["breeding_severity"], feeling.severity)
        most = mul(mul(breeding, reach), self.c["most_mood"])
        self._breed(candidate.key, candidate.key, answered, candidate.channel, candidate.theme, most, "")

    def _need(self, candidate: Candidate, feeling: Feeling) -> str:
        voice = self._voice(candidate)
        if voice not in CUSTOMERS:
            return "none"
        needs = feeling.theme.needs
        names = sorted(name for name, share in needs.items() if share > 0)
        if not names:
            return "none"
        return names[luck.pick(candidate.numbers[7], [_as_weight(needs[name]) for name in names])]

    def _voice(self, candidate: Candidate) -> str:
        chosen = luck.pick(candidate.numbers[5], self._group_weights)
        return self._group_voices[chosen]

    def _post(self, candidate: Candidate, feeling: Feeling, form: str, need: str, voice: str = "") -> None:
        u = candidate.numbers
        channel = candidate.channel
        if not self._channels:
            return  # there is no place where the public can write: it can only pass things on
        if channel not in self._channels or (form == "original" and not luck.below(u[6], self.c["stays_on_channel"])):
            channel = self._channels[luck.pick(u[6] * 7 % ONE, self._channel_weights)]
        quotes = self._about.get(candidate.key, candidate.parent) if candidate.to_us else ""
        parent = "" if form == "original" else candidate.parent
        if form in ("original", "reaction") and need == "none" and feeling.sore is not None:
            fresh = self.now_ms - feeling.sore[1] < HOUR
            if fresh and luck.below(u[4] * 5 % ONE, self.c["echo_chance"]):
                form, quotes = "echo", feeling.sore[0]
        post = Posted(
            at_ms=self.now_ms,
            key=candidate.key,
            author=self._author(candidate),
            channel=channel,
            theme=candidate.theme,
            need=need,
            parent=parent,
            cause=candidate.cause,
            form=form,
            mood=band(feeling.anger),
            quotes=quotes,
            text="",
            reach=self._followers(candidate),
        )
        self._appear(post, voice or self._voice(candidate))

    def _share(self, candidate: Candidate) -> None:
        self._count(candidate.theme)
        self.minute_shares += 1
        self.note(
            Shared(self.now_ms, candidate.key, candidate.parent, self._author(candidate), self._followers(candidate))
        )

    def _author(self, candidate: Candidate) -> str:
        return self.setup.cast[candidate.numbers[2] % len(self.setup.cast)].id

    def _followers(self, candidate: Candidate) -> int:
        return luck.lognormal(self.c["followers_median"] // PPM, self.c["followers_sigma"], self._spread(candidate))

    @staticmethod
    def _spread(candidate: Candidate) -> int:
        return candidate.numbers[4]

    def _carry(self, candidate: Candidate) -> int:
        """w(m) v: how far this author and this post carry, mean 1,000,000 (mood, design of the public)."""
        sigma = mul(self.c["followers_power"], self.c["followers_sigma"])
        by_reach = luck.lognormal(PPM, sigma, self._spread(candidate))
        reach = mul(by_reach, luck.exp_ppm(-mul(sigma, sigma) // 2))
        sticky = self.c["stickiness_sigma"]
        by_post = luck.lognormal(PPM, sticky, candidate.numbers[7] * 11 % ONE)
        return mul(reach, mul(by_post, luck.exp_ppm(-mul(sticky, sticky) // 2)))

    def _appear(self, post: Posted, voice: str) -> None:
        """A post is out: it counts, and whoever needs something starts to wait."""
        self.posts[post.key] = post
        self.voices[post.key] = voice
        self.minute_posts += 1
        self.note(post)
        feeling = self.moods.feelings.get(post.theme)
        if feeling is None or post.author == "brand":
            if feeling is not None and feeling.since_ms < 0:
                feeling.since_ms = self.now_ms
            return
        self._count(post.theme)
        if post.need in ("harm", "question", "complaint"):
            feeling.complaints += 1
            if post.form != "again":
                self._wait(post)

    def _count(self, theme: str) -> None:
        feeling = self.moods.feelings[theme]
        feeling.posts += 1
        self._made += 1
        if feeling.since_ms < 0:
            feeling.since_ms = self.now_ms
            self.moods.infect(feeling)
        most = self.c["most_posts"] // PPM
        if self._made >= most and not self.moods.exhausted:
            self.moods.exhausted = True
            self.note(Capped(self.now_ms, self._made))
            for each in self.moods.feelings.values():
                self.moods.infect(each)

    def _wait(self, post: Posted) -> None:
        """Patience: whoever is not answered in their own time may complain again (V surveys)."""
        key = f"{_root(post)}.again"
        numbers = self.luck.of(key)
        delay = luck.lognormal(self.c["patience_minutes"] * MINUTE // PPM, self.c["patience_sigma"], numbers[0])
        again = Candidate(key, numbers, post.key, post.key, post.channel, post.theme, "")
        self._later(max(MINUTE, delay), again, self._again)

    def _again(self, candidate: Candidate) -> None:
        first = self.posts[candidate.parent]
        if first.key in self.answered or first.key in self.gone:
            return
        feeling = self.moods.feelings[candidate.theme]
        if luck.below(candidate.numbers[1], mul(self.c["repeat_chance"], PPM - feeling.alpha)):
            post = Posted(
                self.now_ms, candidate.key, first.author, first.channel, first.theme, first.need, first.key,
                first.key, "again", band(feeling.anger), "", "", first.reach,
            )  # fmt: skip
            self._appear(post, self.voices.get(first.key, "customer"))

    # -- mood ------------------------------------------------------------------------------------------------

    def _minutes(self) -> simpy.events.ProcessGenerator:
        """Ordinary traffic and the minute's count; every fifth minute the mood settles a step."""
        baseline = round(self.setup.scenario.public.baseline * PPM) // 15
        minute = 0
        while True:
            if self._channels:
                mean = mul(baseline, self.moods.hour())
                for k in range(luck.poisson(mean, self.luck.of(f"chatter/{minute}")[0])):
                    name = f"chatter/{minute}.{k}"
                    numbers = self.luck.of(name)
                    self._later(
                        1 + (numbers[0] * (MINUTE - 2) // ONE), Candidate(name, numbers, "", "", "", "", ""), self._chat
                    )
            for feeling in self.moods.feelings.values():
                self.moods.infect(feeling)
            yield self.env.timeout(MINUTE)
            minute += 1
            self.note(Volume(self.now_ms, self.minute_posts, self.minute_shares))
            self.recent.append(self.minute_posts)
            self.minute_posts = self.minute_shares = 0
            if minute % 5 == 0:
                for feeling in self.moods.feelings.values():
                    if feeling.since_ms >= 0:
                        self.moods.settle(feeling)

    def _chat(self, candidate: Candidate) -> None:
        channel = self._channels[luck.pick(candidate.numbers[6], self._channel_weights)]
        post = Posted(
            self.now_ms, candidate.key, self._author(candidate), channel, "", "none", "", "ordinary traffic",
            "chatter", "calm", "", "", self._followers(candidate),
        )  # fmt: skip
        self._appear(post, "bystander")
