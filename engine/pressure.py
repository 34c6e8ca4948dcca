"""Who presses on the team unasked: executives whom nobody tells, journalists whom nobody answers.

Rules
1. An executive steps in at one and a half times what the plan gives the team, counted from when a level was truly
   reached and something could be seen of it. First they ask; then they want to approve everything; then they speak to
   a journalist themselves. A call, a report or an answer begins it anew, so whoever keeps to the plan hears nothing.
2. A journalist who was not answered in time writes that.
3. What a scenario scripts of this is left to the scenario: executives altogether, a journalist inject by inject.
4. They look once a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import simpy

from engine.conditions import State
from engine.events import Event, Received
from engine.luck import Luck
from engine.organisation import Organisation
from engine.public import Public
from engine.setup import Colleague, Setup, Wanted
from engine.story import Story
from scenarios.conditions import Condition
from scenarios.model import Inject, Scenario
from scenarios.moments import MINUTE

EVERY_MS = 30 * MINUTE
"""From one step to the next, where the plan does not say how often executives hear from the desk."""
ANSWER_MS = 15 * MINUTE
"""How long an executive waits for an answer (design choice)."""
APPROVES, SPEAKS = 2, 3
"""The steps after asking: they want to approve everything; they speak to a journalist."""


class Pressure:
    """The executives and journalists of one world, and how far their patience goes."""

    def __init__(
        self,
        env: simpy.Environment,
        setup: Setup,
        fortune: Luck,
        note: Callable[[Event], None],
        public: Public,
        story: Story,
        organisation: Organisation,
        state: State,
    ) -> None:
        self.env, self.setup, self.luck, self.note = env, setup, fortune, note
        self.public, self.story, self.organisation, self.state = public, story, organisation, state
        injects = story.injects.values()
        scripted = any(inject.kind == "executive" for inject in injects)
        known = organisation.people
        self._wanted = () if scripted else tuple(one for one in setup.wanted if one.person in known)
        self._press = [
            inject
            for inject in injects
            if inject.kind == "press" and inject.answer_within is not None and not _scripted(setup.scenario, inject)
        ]
        self._since: dict[int, int] = {}
        """Level to when it was truly reached."""
        self._heard: dict[str, tuple[int, int]] = {}
        """Executive to when they last heard from us, and the highest level at which they did."""
        self._step: dict[str, int] = {}
        """Executive to how far they have gone: 0 patient to `SPEAKS`."""
        self._stepped_ms: dict[str, int] = {}
        self._calls: dict[str, str] = {}
        """What executives have asked of us, by key, and who; until it is answered."""
        self._count = self._published = 0

    @property
    def now_ms(self) -> int:
        """Sim-milliseconds since STARTEX."""
        return int(self.env.now)

    def start(self) -> None:
        """Begin to look, where there is anybody to look."""
        if self._wanted or self._press:
            self.env.process(self._look())

    def _look(self) -> simpy.events.ProcessGenerator:
        while True:
            yield self.env.timeout(MINUTE)
            self._look_at_executives()
            self._look_at_press()

    # -- executives ------------------------------------------------------------------------------------------

    def _look_at_executives(self) -> None:
        if self.state.fired:
            for level in range(self.story.truth + 1):
                self._since.setdefault(level, self.now_ms)
        self._forget()
        out = self.state.published[self._published :]
        self._published += len(out)
        here = {action.seat for action in self.state.actions} | self.organisation.players
        for person in dict.fromkeys(one.person for one in self._wanted):
            colleague = self.organisation.people[person]
            if person in self.organisation.away or any(colleague.plays(seat) for seat in here):
                continue
            self._listen(person)
            rows = [one for one in self._wanted if one.person == person and one.level in self._since]
            if not rows:
                self._step[person] = 0
            if self._step.get(person, 0) >= APPROVES:
                for item, action in out:
                    asked = self.organisation.approved_by(action.approval, person)
                    if item.form in ("statement", "hub") and not asked:
                        self._receive(colleague, "mail", "bypassed", asks=False)
            due = self._due(person, rows)
            if due is not None and self.now_ms >= due:
                self._step_in(colleague)

    def _forget(self) -> None:
        """What is over must be told anew when it begins again."""
        truth = self.story.truth
        if any(level > truth for level in self._since):
            self._since = {level: at_ms for level, at_ms in self._since.items() if level <= truth}
            self._heard = {who: (at_ms, min(level, truth)) for who, (at_ms, level) in self._heard.items()}

    def _listen(self, person: str) -> None:
        """Whether they have heard from us: a call, or an answer to one of theirs, calms them."""
        told_ms = self.organisation.told.get(person, -1)
        for key in [key for key, who in self._calls.items() if who == person and key in self.state.answered]:
            told_ms = max(told_ms, self.state.answered[key])
            del self._calls[key]
        heard_ms, level = self._heard.get(person, (-1, -1))
        if told_ms > heard_ms:
            self._heard[person] = (told_ms, max(level, self.story.truth, self.state.level or 0))
            self._step[person] = 0

    def _due(self, person: str, rows: list[Wanted]) -> int | None:
        """When they step in next, or None. `rows`: what they want to be told now."""
        step = self._step.get(person, 0)
        if not rows or step >= SPEAKS:
            return None
        if step:
            return self._stepped_ms[person] + (self.setup.sitrep_ms or EVERY_MS)
        heard_ms, heard_of = self._heard.get(person, (-1, -1))
        dues = [self._since[one.level] + _patience(one.within_ms) for one in rows if one.level > heard_of]
        if self.setup.sitrep_ms and not dues:
            begun_ms = min(self._since[one.level] for one in rows)
            dues = [max(heard_ms, begun_ms) + _patience(self.setup.sitrep_ms)]
        return min(dues, default=None)

    def _step_in(self, colleague: Colleague) -> None:
        step = self._step[colleague.id] = self._step.get(colleague.id, 0) + 1
        self._stepped_ms[colleague.id] = self.now_ms
        if step == SPEAKS:
            key = self._receive(colleague, "news", "interview", asks=False)
            self.public.moods.notice("executive_alone", "", key)
            return
        key = self._receive(colleague, "executive", "controls" if step == APPROVES else "uninformed", asks=True)
        self._calls[key] = colleague.id

    def _receive(self, colleague: Colleague, medium: str, what: str, *, asks: bool) -> str:
        self._count += 1
        key = f"{colleague.id}-{what}-{self._count}"
        due_ms = self.now_ms + ANSWER_MS if asks else -1
        text = self._words(f"colleague.{what}", key).replace("{who}", colleague.name)
        self.note(Received(self.now_ms, key, medium, colleague.id, "", text, asks, due_ms, "", "", ""))
        return key

    # -- journalists -----------------------------------------------------------------------------------------

    def _look_at_press(self) -> None:
        for inject in list(self._press):
            fired_ms = self.state.fired.get(inject.id)
            if inject.id in self.state.answered:
                self._press.remove(inject)
            elif fired_ms is not None and self.now_ms >= fired_ms + (inject.answer_within or 0):
                self._press.remove(inject)
                self._write(inject, fired_ms + (inject.answer_within or 0))

    def _write(self, inject: Inject, due_ms: int) -> None:
        key, author = f"{inject.id}-unanswered", inject.by or ""
        member = self.story.members.get(author)
        minutes = self.public.moods.clock_ms(due_ms) // MINUTE
        text = self._words("press.unanswered", key).replace("{time}", f"{minutes // 60 % 24:02}:{minutes % 60:02}")
        text = text.replace("{who}", member.name if member else "A reporter")
        self.note(
            Received(self.now_ms, key, "news", author, inject.subject, text, False, -1, inject.theme or "", "", "")
        )
        self.public.moods.notice("press_unanswered", inject.theme or "", key)

    def _words(self, symbol: str, key: str) -> str:
        lines = self.setup.words.get(symbol, ("",))
        line = lines[self.luck.of(f"presses/{key}")[0] % len(lines)]
        return line.replace("{brand}", self.setup.scenario.brand.name)


def _patience(within_ms: int) -> int:
    return within_ms * 3 // 2


def _scripted(scenario: Scenario, inject: Inject) -> bool:
    """Whether something in the story depends on whether this inject was answered."""
    conditions = [branch.when for branch in scenario.branches]
    conditions += [one.when for one in (*scenario.beats, *scenario.contingency) if one.when is not None]
    return any(
        (one.unanswered is not None and one.unanswered.inject == inject.id)
        or (one.acted is not None and one.acted.target == inject.id)
        for condition in conditions
        for one in _parts(condition)
    )


def _parts(condition: Condition) -> Iterator[Condition]:
    yield condition
    for several in (condition.all_of, condition.any_of, condition.none_of):
        for one in several or ():
            yield from _parts(one)
