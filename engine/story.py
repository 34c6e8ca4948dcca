"""The story: beats, branches, scheduled content, facts and the truth, as the scenario scripts them.

A beat happens at its moment, or when its condition comes to hold; a contingency inject waits until a branch or the
facilitator lets it loose. Everything happens once, unless the facilitator moves it, keeps it back or leaves it out.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import simpy

from engine.actions import Action
from engine.conditions import State
from engine.events import (
    Branched,
    ContentChanged,
    ContentFired,
    Event,
    FactLearnt,
    FactSayable,
    InjectFired,
    Posted,
    Received,
    TruthChanged,
)
from engine.luck import Luck
from engine.public import Public
from engine.reading import PPM
from engine.setup import Colleague, Setup
from engine.thumbs import QUOTE, typed
from engine.timeline import Timeline
from engine.words import Grammar, Told
from scenarios.conditions import Condition
from scenarios.handles import handle_of, plain
from scenarios.model import Branch, Content, Fact, Inject
from scenarios.moments import HOUR

HOURS = (
    "twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
)  # fmt: skip
FACILITATOR = "facilitator"
"""By whom an inject was fired, or from whom a fact came, that the facilitator let happen."""
PUBLIC_KINDS = ("post", "own_post")
PRIVATE_NEEDS = ("message", "mail", "press", "executive", "approval", "call")
"""Media that expect an answer when the inject names a deadline, an expectation or a need."""


class Story:
    """What is scripted, and what of it has happened."""

    def __init__(
        self,
        env: simpy.Environment,
        setup: Setup,
        fortune: Luck,
        note: Callable[[Event], None],
        public: Public,
        state: State,
    ) -> None:
        scenario = setup.scenario
        self.env, self.setup, self.luck, self.note, self.public, self.state = env, setup, fortune, note, public, state
        self.grammar = Grammar(scenario.words, setup.words)
        self.injects = {inject.id: inject for inject in (*scenario.beats, *scenario.contingency)}
        self.members = {member.id: member for member in scenario.cast}
        self.personas = {persona.id: persona for persona in setup.cast}
        self.contents = {content.id: content for content in scenario.content}
        self.content_states = {content.id: "scheduled" for content in scenario.content}
        self.content_texts = {content.id: content.text for content in scenario.content}
        self.timeline = Timeline(env, scenario.lasts)
        self.kept_back: set[str] = set()
        """Injects and facts that the facilitator keeps back."""
        self._ripe: dict[str, Callable[[], None]] = {}
        """Those of them whose moment has passed, and what would have happened."""
        self.skipped: set[str] = set()
        self.known: set[str] = set()
        self.asked: set[str] = set()
        """Facts that a role has been asked for."""
        self.truth = scenario.truth[0].level
        self._floor, self._cap = 0, 4
        self._waiting = [inject for inject in scenario.beats if inject.when is not None and inject.at is None]
        self._branches = list(scenario.branches)
        self.quotes: dict[str, str] = {}
        """Our texts by key, for those who quote them."""

    @property
    def now_ms(self) -> int:
        """Sim-milliseconds since STARTEX."""
        return int(self.env.now)

    def start(self) -> None:
        """Put everything that has a moment on the calendar."""
        scenario, put = self.setup.scenario, self.timeline.put
        for number, step in enumerate(scenario.truth):
            put(f"truth/{number}", step.at, partial(self._turn, step.level, step.why))
        for fact in scenario.facts:
            if fact.ask is None:
                put(f"known/{fact.id}", fact.known, partial(self.learn, fact, "the situation"))
            if fact.sayable is not None:
                put(f"sayable/{fact.id}", fact.sayable, partial(self._clear, fact))
        for inject in scenario.beats:
            if inject.at is not None:
                put(f"inject/{inject.id}", inject.at, partial(self._due, inject))
        for content in scenario.content:
            put(f"content/{content.id}", content.at, partial(self._fire_if_scheduled, content))

    def _at(self, at_ms: int, then: Callable[[], None]) -> None:
        if at_ms < self.setup.scenario.lasts:
            timeout = self.env.timeout(at_ms - self.now_ms)
            assert timeout.callbacks is not None
            timeout.callbacks.append(lambda _: then())

    # -- injects and branches --------------------------------------------------------------------------------

    def look(self, holds: Callable[[Condition], bool]) -> None:
        """Fire every waiting inject and branch whose condition has come to hold."""
        for inject in [one for one in self._waiting if one.when is not None and holds(one.when)]:
            self._waiting.remove(inject)
            self.fire(inject, "condition")
        for branch in list(self._branches):
            if branch.until is not None and self.now_ms >= branch.until:
                self._branches.remove(branch)
            elif holds(branch.when):
                self._branches.remove(branch)
                self._at(self.now_ms + branch.then.after, partial(self._branch, branch))

    def _due(self, inject: Inject) -> None:
        if inject.when is None:
            self.fire(inject, "time")
        else:
            self._waiting.append(inject)

    def _branch(self, branch: Branch) -> None:
        effect = branch.then
        self.note(Branched(self.now_ms, branch.id))
        if effect.heat is not None or effect.anger:
            m = PPM if effect.heat is None else round(effect.heat * PPM)
            self.public.moods.heat(effect.theme, m, effect.for_, round(effect.anger * PPM), f"branch {branch.id}")
        if effect.level is not None:
            if effect.level >= self.truth:
                self._floor = max(self._floor, effect.level)
            else:
                self._cap = min(self._cap, effect.level)
            self._turn(effect.level, branch.note)
        for inject in effect.fires:
            self.fire(self.injects[inject], "branch")

    def fire(self, inject: Inject, by: str) -> None:
        """Deliver an inject, unless it was delivered before or the facilitator keeps it back."""
        if inject.id in self.state.fired or inject.id in self.skipped:
            return
        if by != FACILITATOR and self._keeps(inject.id, partial(self.fire, inject, by)):
            return
        self.note(InjectFired(self.now_ms, inject.id, by))
        author = inject.by or self._somebody(inject)
        if inject.kind in PUBLIC_KINDS:
            self._post(inject, "brand" if inject.kind == "own_post" else author)
            return
        asks = inject.answer_within is not None or inject.needs != "none" or inject.kind == "approval"
        due = -1 if inject.answer_within is None else self.now_ms + inject.answer_within
        self.note(
            Received(
                self.now_ms, inject.id, inject.kind, author, inject.subject, inject.text,
                asks and inject.kind in PRIVATE_NEEDS, due, inject.theme or "", inject.id, inject.draft,
            )
        )  # fmt: skip

    def _somebody(self, inject: Inject) -> str:
        cast = self.setup.cast
        return cast[self.luck.of(f"inject/{inject.id}")[2] % len(cast)].id

    def _post(self, inject: Inject, author: str) -> None:
        scenario = self.setup.scenario
        member = self.members.get(author)
        channel = inject.channel or scenario.channels[0].id
        theme = inject.theme or ""
        if author == "brand":
            reach = next((each.followers for each in scenario.channels if each.id == channel), 0)
        else:
            reach = member.followers if member else 200
        feeling = self.public.moods.feelings.get(theme)
        post = Posted(
            self.now_ms, inject.id, author, channel, theme, inject.needs, "", inject.id, "scripted",
            self.public.moods.temper(feeling) if feeling else "calm", "", inject.text, reach,
            "" if author == "brand" else member.voice if member else "customer",
            self.public.people.likes(self.luck.of(f"likes/{inject.id}")),
        )  # fmt: skip
        if author == "brand":
            self.quotes[inject.id] = inject.text
        self.public.scripted(
            post, stirs=inject.stirs, vivid=inject.vivid, heat=inject.heat, friendly=inject.friendly
        )

    # -- truth and facts -------------------------------------------------------------------------------------

    def _turn(self, level: int, why: str) -> None:
        level = max(self._floor, min(self._cap, level)) if self._floor <= self._cap else self._floor
        if level != self.truth or self.now_ms == 0:
            self.truth = level
            self.note(TruthChanged(self.now_ms, level, why))

    # -- what the facilitator keeps back ---------------------------------------------------------------------

    def _keeps(self, name: str, then: Callable[[], None]) -> bool:
        if name in self.kept_back:
            self._ripe[name] = then
        return name in self.kept_back

    def let_go(self, name: str) -> None:
        """Keep something back no longer; if its moment has passed, it happens."""
        self.kept_back.discard(name)
        if name in self._ripe:
            self._ripe.pop(name)()

    def reveal(self, fact: Fact) -> None:
        """The team learns a fact now, and may say it if its moment for that has come."""
        self.kept_back.discard(fact.id)
        self._ripe.pop(fact.id, None)
        self.learn(fact, FACILITATOR)

    def learn(self, fact: Fact, source: str) -> None:
        """The team knows a fact from now on, unless it is kept back."""
        if fact.id not in self.known and not self._keeps(fact.id, partial(self.learn, fact, source)):
            self.known.add(fact.id)
            self.note(FactLearnt(self.now_ms, fact.id, source))
            if fact.sayable is not None and self.now_ms >= fact.sayable:
                self.note(FactSayable(self.now_ms, fact.id))

    def _clear(self, fact: Fact) -> None:
        if fact.id in self.known:
            self.note(FactSayable(self.now_ms, fact.id))

    def reached(self, colleague: Colleague, action: Action) -> str:
        """Somebody answered a call: the facts they hold are learnt, now or when they come; and what they say."""
        held = [
            fact
            for fact in self.setup.scenario.facts
            if fact.ask is not None and colleague.plays(fact.ask) and fact.id not in self.asked
        ]
        for fact in held:
            self.asked.add(fact.id)
            self._at(max(fact.known, self.now_ms), partial(self.learn, fact, colleague.name))
        ready = [fact for fact in held if fact.known <= self.now_ms]
        if ready:
            return f"{self._say(colleague, 'fact')} {ready[0].text}"
        return self._say(colleague, {"ask": "nothing", "inform": "informed"}.get(action.do, "reached"))

    def _say(self, colleague: Colleague, what: str) -> str:
        words, usual = self.setup.words, f"colleague.{what}"
        own = (f"{usual}.{colleague.role}.{colleague.dept}", f"{usual}.{colleague.role}", usual)
        lines = next((words[one] for one in own if words.get(one)), ("",))
        count = len(self.known) + len(self.asked) + self.now_ms
        return lines[self.luck.of(f"says/{colleague.id}/{what}/{count}")[0] % len(lines)]

    # -- scheduled content -----------------------------------------------------------------------------------

    def _fire_if_scheduled(self, content: Content) -> None:
        if self.content_states[content.id] in ("scheduled", "edited"):
            self.fire_content(content)

    def fire_content(self, content: Content) -> None:
        """A scheduled item goes out: an advertisement in the middle of a crisis angers people."""
        self.content_states[content.id] = "fired"
        self.state.fired_content.add(content.id)
        self.note(ContentFired(self.now_ms, content.id, content.channel))
        channel = next((each for each in self.setup.scenario.channels if each.id == content.channel), None)
        if content.kind != "mail" and channel is not None:
            text = self.content_texts[content.id]
            self.quotes[content.id] = text
            theme = next(iter(self.public.moods.alive()), "")
            post = Posted(
                self.now_ms, content.id, "brand", content.channel, theme, "none", "", content.id, "scripted", "calm",
                "", text, channel.followers,
            )  # fmt: skip
            stirs = content.stirs if self.truth >= 2 else 0
            self.public.scripted(post, stirs=stirs)
        if self.truth >= 2:
            self.public.moods.notice("marketing", "", content.id)

    def change_content(self, content_id: str, state: str, action: Action) -> None:
        """Pause, edit or let go a scheduled item."""
        if state != "found":
            self.content_states[content_id] = state
        self.note(ContentChanged(self.now_ms, content_id, state, action.id))

    # -- words -----------------------------------------------------------------------------------------------

    def text_of(self, post: Posted) -> str:
        """What a crowd post says, as its author types it."""
        if post.text:
            return post.text
        scenario = self.setup.scenario
        channel = next((each for each in scenario.channels if each.id == post.channel), scenario.channels[0])
        parent = self.public.posts.get(post.parent)
        ours = handle_of(channel.handle, scenario.brand.name)
        feeling = self.public.moods.feelings.get(post.theme)
        begun = feeling.since_ms if feeling else post.at_ms
        since = parent.at_ms if parent and not post.form.startswith("missing") else begun
        tags = (feeling.theme.hashtags if feeling else ()) or (plain(scenario.brand.name),)
        numbers = self.luck.of(f"tag/{post.key}")
        hour = (self.public.moods.clock_ms(post.at_ms) // HOUR + numbers[1] % 6 - 3) % 12
        told = Told(
            brand=scenario.brand.name,
            handle=ours,
            who=self._who(parent) if post.form in ("defence", "reaction") else ours,
            quote=_snippet(self.quotes.get(post.quotes, "")),
            wait=str(max(5, (post.at_ms - since) // 60_000)),
            channel=channel.name,
            hashtag=f"#{tags[0] if post.mood in ('calm', 'confused') else tags[numbers[0] % len(tags)]}",
            hour=str(hour or 12),
            hourword=HOURS[hour],
        )
        text = self.grammar.text_of(post, parent, told, self.luck)
        return typed(
            text, key=post.key, author=post.author, form=post.form, voice=post.voice, need=post.need, mood=post.mood,
            handle=ours, hashtag=told.hashtag, luck=self.luck, words=self.setup.words,
        )  # fmt: skip

    def _who(self, parent: Posted | None) -> str:
        """The @name of whoever wrote the post that is answered, or ''."""
        author = parent.author if parent else ""
        if author in self.members:
            member = self.members[author]
            return handle_of(member.handle, member.name)
        if author in self.personas:
            return self.personas[author].handle
        return ""


def _snippet(text: str) -> str:
    """The few words of a text that people would quote: its first sentence or clause, at most eleven words, with dots
    where it goes on. Marked, so that nobody's thumbs change it."""
    words = text.replace("\n", " ").split()
    while words and words[0].startswith("@"):
        words.pop(0)
    cut: list[str] = []
    for word in words[:11]:
        cut.append(word)
        if word[-1] in ".!?;:," and len(cut) >= 4:
            break
    said = " ".join(cut)
    whole = said[-1:] in ".!?" or len(cut) == len(words)
    return f"{QUOTE[0]}{said.rstrip('.,;:')}{'' if whole else ' …'}{QUOTE[1]}" if cut else ""
