"""The crowd: who is upset about what, and how that spreads.

Rules
1. A post breeds candidates when it appears; a candidate posts only if, when its moment comes, its own luck is under
   today's mood. So calming the mood prevents posts, and never makes new ones.
2. A candidate's author, moment, channel and parent come from its key alone; whether it is against us, as whom it
   speaks, what it asks and its words may follow the mood.
3. Everything that feeds back is an integer: milliseconds, or parts per million.
4. Nothing here reads a clock or a generator: time is the world's, luck is asked for by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

import simpy

from engine import luck, takes
from engine.ambient import Ambient
from engine.calendar import AGAIN, BACK, Calendar
from engine.events import Capped, Event, Posted, Shared, Volume
from engine.feeling import Feeling, mul
from engine.luck import ONE, Eight, Luck
from engine.mood import Moods
from engine.people import People
from engine.reading import PPM, Reading
from engine.setup import Setup
from engine.takes import Take
from scenarios.moments import HOUR, MINUTE

_WORST_ACTS = ("defensive", "denial", "attack", "humour", "promotion")
_REDEEMING_ACTS = ("instructing", "explaining", "corrective", "apology_active")
_LATE_MS = 30 * MINUTE
"""A good answer after this time is thanked for with a remark."""
_PASTED = 600_000
"""Sameness from which an answer reads as pasted."""


def reads_as_pasted(reading: Reading, posts: int) -> bool:
    """Whether an answer that goes to so many posts reads as a copy: it is one of an earlier answer, or many get the
    same and it isn't good."""
    return reading.sameness >= _PASTED or (posts > 3 and reading.overall < 600_000)


_LONGEST = 24
"""Characters of a key before a line of descent is cut short."""


def _bad(reading: Reading) -> bool:
    """Whether a text of ours makes it worse: a bad act, or half an apology and nothing else that helps anybody."""
    half = "apology_passive" in reading.acts and not any(act in reading.acts for act in _REDEEMING_ACTS)
    return half or any(act in reading.acts for act in _WORST_ACTS)


def _root(cause: Posted | Shared) -> str:
    """What the keys of those who react to a post begin with.

    The moment and the place of a scripted post, or of one of ours, may hang on what the team did, so they are part of
    the key: the same key always means the same moment on the same channel.
    """
    if isinstance(cause, Posted) and cause.form == "scripted":
        return f"{cause.key}@{cause.at_ms}:{cause.channel}"
    return cause.key


class Candidate(NamedTuple):
    """Somebody whose moment has come."""

    key: str
    numbers: Eight
    feeling: Feeling
    cause: str
    """The post, share or text of ours that brought them."""
    under: Posted
    """The post that they would answer or pass on."""


class Public:
    """The crowd of one world."""

    def __init__(
        self, env: simpy.Environment, setup: Setup, fortune: Luck, note: Callable[[Event], None], ends_ms: int
    ) -> None:
        self.env, self.setup, self.luck, self.note, self.ends_ms = env, setup, fortune, note, ends_ms
        self.c: Mapping[str, int] = setup.coefficients
        self.people = People(setup)
        self.moods = Moods(setup, lambda: self.now_ms, note)
        self.ambient = Ambient(
            setup, fortune, self.people, self._at, lambda: self.now_ms, self._appear, self._pass_on
        )
        self.posts: dict[str, Posted] = {}
        self.answered: dict[str, str] = {}
        """Who has an answer of ours; for a poor one, our text's key, else ''."""
        self._reactions: dict[str, str] = {}
        """Our statements by key, and the form in which people react to each."""
        self._backs: dict[str, tuple[str, str, str]] = {}
        """For whoever means to answer us, by the post we answered: their key, our text's key and the form."""
        self.gone: set[str] = set()
        """What was taken down."""
        self.hidden: set[str] = set()
        """What of that nobody has noticed yet; once they have, pictures of it go round."""
        self.minute_posts = self.minute_shares = 0
        self.recent: list[int] = []
        """Posts of each of the last minutes, for conditions on volume."""
        self.volume = PPM
        """How many join in, of the scenario's: the facilitator's dial."""
        self.bots = True
        """Whether accounts that are no people post: the facilitator's switch."""
        self._made = 0
        self._calendar = Calendar()

    @property
    def now_ms(self) -> int:
        """Sim-milliseconds since STARTEX."""
        return int(self.env.now)

    def start(self) -> None:
        """Set the minute's and the mood's rhythm going, and ordinary traffic."""
        self.env.process(self._minutes())

    # -- what the story does ---------------------------------------------------------------------------------

    def scripted(
        self, post: Posted, *, stirs: float = 0, vivid: bool = False, heat: float = 0, friendly: bool = False
    ) -> None:
        """A scripted post appears: it counts for its theme, stirs reactions, and may move the anger at once."""
        self._appear(post)
        feeling = self.moods.feelings.get(post.theme)
        if feeling is not None and heat:
            self.moods.shift(feeling, f"inject {post.key}", anger=round(heat * PPM))
            self.moods.infect(feeling)
        if feeling is not None and friendly:
            self.moods.notice("friend", post.theme, post.key)
        if stirs:
            most = round(stirs * PPM) * (2 if vivid else 1)
            self._breed(post, most)

    # -- what the team does ----------------------------------------------------------------------------------

    def hear(
        self, key: str, reading: Reading, *, themes: tuple[str, ...], channels: tuple[str, ...], seen: int,
        followers: int = 0,
    ) -> None:  # fmt: skip
        """A text of ours is out on these channels. `seen`: how much of those there feel it, in ppm; `followers`: those
        whom a statement reaches, who may react to it themselves; 0 for a reply."""
        alive = [self.moods.feelings[theme] for theme in themes if theme in self.moods.feelings]
        fresh = PPM - reading.sameness if reading.sameness >= _PASTED else PPM
        for feeling in alive:
            reached = mul(mul(seen, self._seen_on(feeling, channels)), fresh)
            if feeling.since_ms < 0:
                self.moods.disclose(feeling.theme.id)
            self.moods.hear(feeling, {act: mul(reached, value) for act, value in reading.acts.items()}, key)
            feeling.spoken = key
            if _bad(reading):
                feeling.sore = (key, self.now_ms, reached)
                self._sleep_on(feeling, reading, reached)
            elif reading.overall >= 600_000 and fresh == PPM:
                feeling.dear = (key, self.now_ms, reached)
            said = {claim.id for claim in reading.claims if claim.verdict == "true"}
            if any(fact in said for fact in feeling.theme.rumour):
                feeling.corrected = True
        if followers and alive:
            ten = luck.power_ppm(max(1, followers) * 100, self.c["followers_power"])  # followers / 10,000, in ppm
            form = "answer-poor" if _bad(reading) else "answer-good"
            form = "answer-canned" if reading.overall < 400_000 and form == "answer-good" else form
            loudest = max(alive, key=lambda feeling: (feeling.infectious, feeling.theme.id))
            self._reactions[key] = form
            post = replace(self.posts[key], theme=loudest.theme.id)
            self._breed(post, mul(mul(self.c["statement_stirs"], ten), self.c["most_mood"]))

    def _seen_on(self, feeling: Feeling, channels: tuple[str, ...]) -> int:
        """How much of a theme's public a text on these channels reaches: whoever talks there, and some of the rest."""
        total = sum(feeling.where.values())
        if not total or not channels:
            return PPM
        here = sum(count for channel, count in feeling.where.items() if channel in channels) * PPM // total
        return here + mul(PPM - here, self.c["seen_elsewhere"])

    def _sleep_on(self, feeling: Feeling, reading: Reading, reached: int) -> None:
        """A defensive answer gets worse with time, once."""
        if feeling.sleeper or not any(act in reading.acts for act in ("defensive", "attack")):
            return
        feeling.sleeper = True
        worse = -mul(mul(self.c["sleeper_quality"], self.moods.kappa), reached)
        delay = self.c["sleeper_hours"] * HOUR // PPM
        self._at(delay, lambda: self.moods.shift(feeling, "what we said sinks in", quality=worse))

    def answer(self, keys: tuple[str, ...], text_key: str, reading: Reading, *, public: bool) -> None:
        """We answered these people. They stop waiting, and some write back. In public, every tenth of the complainers
        counts for everybody who reads along; in private it helps that person only."""
        good = not _bad(reading) and reading.overall >= 400_000
        pasted = reads_as_pasted(reading, len(keys))
        for key in keys:
            post = self.posts.get(key)
            if post is None or key in self.answered:
                continue
            self.answered[key] = "" if good else text_key
            waited_ms = self.now_ms - post.at_ms
            late = "answer-late" if waited_ms > _LATE_MS else "answer-good"
            form = ("answer-canned" if pasted else late) if good else "answer-poor"
            feeling = self.moods.feelings.get(post.theme)
            if feeling is None:
                continue
            if public and good and not pasted and post.need in ("harm", "question", "complaint"):
                self._reassure(feeling, waited_ms, text_key)
            numbers = self.luck.of(f"{key}.back")
            if public and luck.below(numbers[1], self.c["writes_back"]):
                delay = luck.lognormal(self.c["back_minutes"] * MINUTE // PPM, self.c["back_sigma"], numbers[0])
                self._backs[key] = (f"{key}.back@{self.now_ms}", text_key, form)
                self._later(self.now_ms + max(20_000, delay), BACK, post)

    def _reassure(self, feeling: Feeling, waited_ms: int, text_key: str) -> None:
        """One more complainer has a good answer that everybody can read; every tenth of them counts, by how soon the
        answer came."""
        feeling.answered += 1
        feeling.waited_ms += waited_ms
        tenths = 10 * feeling.answered // max(10, feeling.complaints)
        while feeling.steps < min(10, tenths):
            feeling.steps += 1
            worth = self.moods.promptness(feeling.waited_ms // feeling.answered)
            self.moods.act(feeling, "personal_reply", worth, text_key)

    def over_react(self, by: str) -> None:
        """We made much of little: the matter grows, and somebody with a name says so. `by`: our text or action."""
        for theme in self.moods.over_react():
            feeling = self.moods.feelings[theme]
            numbers = self.luck.of(f"decoy/{theme}")
            if not self.people.channels:
                continue
            post = Posted(
                self.now_ms, f"decoy/{theme}@{self.now_ms}", self.people.author(numbers),
                self.people.any_channel(numbers), theme, "none", "", by, "original", self.moods.temper(feeling),
                "", "", self.c["decoy_reach"] // PPM, "joker", self.people.likes(numbers),
            )  # fmt: skip
            self._appear(post)
            reach = self.people.carries_with(self.c["decoy_reach"])
            self._breed(post, mul(mul(self.moods.breeding(feeling), reach), self.c["most_mood"]))

    # -- how it spreads --------------------------------------------------------------------------------------

    def _breed(self, cause: Posted | Shared, most: int) -> None:
        """Draw those whom a post or share may bring to post: `most` is their mean number at the highest mood, ppm."""
        under = self.posts[cause.post] if isinstance(cause, Shared) else cause
        if under.theme not in self.moods.feelings:
            return
        now_ms, root, most = self.now_ms, _root(cause), mul(most, self.volume)
        for k in range(luck.poisson(most, self.luck.of(f"{root}.kids")[0])):
            due_ms = now_ms + self.people.delay_ms(self.luck.of(self._key(root, k)), under.channel)
            if due_ms < self.ends_ms:  # most of a big crowd's candidates come after ENDEX: they cost nothing more
                self._later(due_ms, k, cause)

    def _key(self, root: str, k: int) -> str:
        """The key of a child: its line of descent, which is cut to a name of its own when it gets long."""
        key = f"{root}.{k}"
        if len(key) > _LONGEST:
            key = f"{root.partition('@')[0].partition('~')[0]}~{self.luck.of(key)[7]:016x}"
        return key

    def _at(self, delay_ms: int, then: Callable[[], None]) -> None:
        if self.now_ms + delay_ms < self.ends_ms:
            timeout = self.env.timeout(delay_ms)
            assert timeout.callbacks is not None
            timeout.callbacks.append(lambda _: then())

    def _later(self, due_ms: int, k: int, cause: Posted | Shared) -> None:
        """Put somebody on the calendar; whose moment is in this very minute is due by itself."""
        if due_ms >= self.ends_ms:
            return
        if due_ms // MINUTE > self.now_ms // MINUTE:
            self._calendar.add(due_ms, k, cause)
        else:
            self._expect(due_ms, k, cause)

    def _expect(self, due_ms: int, k: int, cause: Posted | Shared) -> None:
        timeout = self.env.timeout(due_ms - self.env.now, (k, cause))
        assert timeout.callbacks is not None
        timeout.callbacks.append(self._due)

    def _due(self, event: simpy.Event) -> None:
        """Somebody's moment has come."""
        assert event.value is not None
        k, cause = event.value
        if k == AGAIN:
            self._again(cause)
        elif k == BACK:
            self._write_back(cause)
        else:
            self._candidate(self._key(_root(cause), k), cause)

    def _candidate(self, key: str, cause: Posted | Shared) -> None:
        """Somebody might post now: they do if their own number is under today's mood. An account that is no person
        posts whatever the mood."""
        under = self.posts[cause.post] if isinstance(cause, Shared) else cause
        to_us = self._reactions.get(under.key, "")
        feeling = self.moods.feelings[under.theme]
        numbers = self.luck.of(key)
        bot = "" if to_us else self.people.bot(numbers)
        if bot and not self.bots:
            return
        mood = PPM if bot and not self.moods.exhausted else feeling.infectious
        if under.key in self.hidden:
            mood //= 2
        if not luck.below(numbers[1], min(PPM, mood * PPM // self.c["most_mood"])):
            return
        who = Candidate(key, numbers, feeling, cause.key, under)
        if bot:
            self._post(who, Take("bot", voice="bot"), author=bot)
        elif to_us:
            if numbers[3] * PPM // ONE < self.c["share_original"] + self.c["share_comment"]:
                self._post(who, Take(to_us, quotes=under.key))
            else:
                self._share(who)
        else:
            self._accept(who)

    def _write_back(self, post: Posted) -> None:
        if self.moods.exhausted:
            return
        key, text_key, form = self._backs[post.key]
        numbers = self.luck.of(f"{post.key}.back")
        who = Candidate(key, numbers, self.moods.feelings[post.theme], text_key, post)
        self._post(who, Take(form, voice=post.voice, quotes=text_key), author=post.author)

    def _accept(self, who: Candidate) -> None:
        """A candidate posts: it passes on, comments, or says something of its own."""
        original, comment = self.c["share_original"], self.c["share_comment"]
        kind = who.numbers[3] * PPM // ONE
        against = self.people.against(who.numbers, self.moods.negative(who.feeling))
        made: Posted | Shared | None
        if kind < original + comment:
            alone = kind < original
            take = (takes.original if alone else takes.comment)(
                who.numbers, who.feeling, self.people, against=against, now_ms=self.now_ms
            )
            made = self._post(who, take, alone=alone)
        else:
            made = self._share(who)
        reach = self.people.carries(who.numbers)
        reach = reach if against else mul(reach, self.c["friend_breeds"])
        if made is not None:
            self._breed(made, mul(mul(self.moods.breeding(who.feeling), reach), self.c["most_mood"]))

    def _post(self, who: Candidate, take: Take, *, author: str = "", alone: bool = False) -> Posted | None:
        """Somebody posts; nobody can where the public has no place to write."""
        people, numbers = self.people, who.numbers
        if not people.channels:
            return None
        bot = take.voice == "bot"
        followers = people.followers(numbers)
        if bot:
            followers = followers * (self.c["bot_followers"] // PPM) // (self.c["followers_median"] // PPM)
        post = Posted(
            self.now_ms, who.key, author or people.author(numbers),
            people.channel(numbers, who.under.channel, alone), who.feeling.theme.id, take.need,
            "" if alone or bot else who.under.key, who.cause, take.form,
            "calm" if take.kind else self.moods.temper(who.feeling), take.quotes, "",
            followers, take.voice or people.voice(numbers), 0 if bot else people.likes(numbers),
        )  # fmt: skip
        self._appear(post)
        return post

    def _share(self, who: Candidate) -> Shared:
        numbers = who.numbers
        shared = Shared(
            self.now_ms, who.key, who.under.key, self.people.author(numbers), self.people.followers(numbers),
            who.cause, self.people.share_likes(numbers),
        )  # fmt: skip
        self._count(who.feeling.theme.id, who.under.channel)
        self._pass_on(shared)
        return shared

    def _pass_on(self, shared: Shared) -> None:
        self.minute_shares += 1
        self.note(shared)

    def _appear(self, post: Posted) -> None:
        """A post is out: it counts, and whoever needs something starts to wait."""
        self.posts[post.key] = post
        self.minute_posts += 1
        self.note(post)
        feeling = self.moods.feelings.get(post.theme)
        if feeling is None or post.author == "brand":
            if feeling is not None and feeling.since_ms < 0:
                feeling.since_ms = self.now_ms
            return
        self._count(post.theme, post.channel)
        if post.need in ("harm", "question", "complaint"):
            feeling.complaints += 1
            if post.form not in ("again", "answer-poor"):
                self._wait(post)

    def _count(self, theme: str, channel: str) -> None:
        feeling = self.moods.feelings[theme]
        feeling.posts += 1
        feeling.where[channel] = feeling.where.get(channel, 0) + 1
        self._made += 1
        if feeling.since_ms < 0:
            feeling.since_ms = self.now_ms
            self.moods.infect(feeling)
        most = self.c["most_posts"] // PPM
        if self._made >= most and not self.moods.exhausted:
            self.moods.exhausted = True
            self.note(Capped(self.now_ms, self._made))
            self._calendar.clear()
            for each in self.moods.feelings.values():
                self.moods.infect(each)

    def _wait(self, post: Posted) -> None:
        """Patience: whoever is not answered in their own time may complain again (V surveys)."""
        patience = self.people.patience_ms(self.luck.of(f"{_root(post)}.again"), post.channel)
        self._later(self.now_ms + patience, AGAIN, post)

    def _again(self, first: Posted) -> None:
        poor = self.answered.get(first.key)
        if poor == "" or first.key in self.gone or self.moods.exhausted:
            return
        feeling = self.moods.feelings[first.theme]
        key = f"{_root(first)}.again"
        numbers = self.luck.of(key)
        if luck.below(numbers[1], mul(self.c["repeat_chance"], PPM - feeling.alpha)):
            self._appear(
                Posted(
                    self.now_ms, key, first.author, first.channel, first.theme, first.need, first.key,
                    poor or first.key, "answer-poor" if poor else "again", self.moods.temper(feeling), poor or "", "",
                    first.reach, first.voice, self.people.likes(numbers),
                )
            )  # fmt: skip

    # -- mood ------------------------------------------------------------------------------------------------

    def _minutes(self) -> simpy.events.ProcessGenerator:
        """Ordinary traffic and the minute's count; every fifth minute the mood settles a step."""
        minute = 0
        while True:
            for due_ms, k, cause in self._calendar.turn(minute):
                self._expect(due_ms, k, cause)
            self.ambient.minute(minute, mul(self.moods.hour(), self.volume))
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
