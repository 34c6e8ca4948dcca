"""What the facilitator's steering does to one world: one small function a verb, and why it can't be done."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import get_args

from engine.events import Event, Nudged, Steered
from engine.feeling import mul
from engine.organisation import Organisation
from engine.public import Public
from engine.reading import PPM
from engine.steering import EVERYBODY, LOUDEST, STEERS, SWITCHES, Steering
from engine.story import FACILITATOR, PUBLIC_KINDS, Story
from scenarios.model import Inject, InjectKind
from scenarios.terms import ROLES, Need


class Controls:
    """The facilitator's hand on one world."""

    def __init__(
        self, note: Callable[[Event], None], public: Public, story: Story, organisation: Organisation
    ) -> None:
        self.note, self.public, self.story, self.organisation = note, public, story, organisation
        self._verbs: dict[str, Callable[[Steering], None]] = {
            "fire": self._fire,
            "hold": lambda one: self.story.kept_back.add(one.target),
            "release": lambda one: self.story.let_go(one.target),
            "skip": lambda one: self.story.skipped.add(one.target),
            "shift": self._shift,
            "stretch": self._stretch,
            "volume": self._volume,
            "hostility": self._hostility,
            "switch": self._switch,
            "away": lambda one: self.organisation.away.add(one.target),
            "back": lambda one: self.organisation.away.discard(one.target),
            "speak": self._speak,
            "decide": self._decide,
            "reveal": lambda one: self.story.reveal(self._facts[one.target]),
            "withhold": lambda one: self.story.kept_back.add(one.target),
            "seat": self._seat,
            "nudge": lambda one: self.note(Nudged(self.story.now_ms, one.target, one.text)),
        }
        self._facts = {fact.id: fact for fact in story.setup.scenario.facts}

    def do(self, steering: Steering) -> None:
        """Carry out what `refusal` has nothing against."""
        self.note(Steered(self.story.now_ms, steering))
        verb = self._verbs.get(steering.do)
        if verb is not None:
            verb(steering)

    def refusal(self, one: Steering) -> str:
        """Why this can't be done, in a sentence; '' if it can."""
        if one.do not in STEERS:
            return f"there is no way to {one.do}"
        for field in STEERS[one.do].needs:
            if not getattr(one, field):
                return f"it needs {field}"
        match one.do:
            case "fire" | "hold" | "skip" | "release":
                return self._refuse_inject(one)
            case "stretch" if not PPM // 10 <= one.number <= 10 * PPM:
                return "what is to come can be stretched to between a tenth and ten times"
            case "volume" if not 0 <= one.number <= LOUDEST:
                return f"volume goes from 0 to {LOUDEST // 10_000} %"
            case "hostility" if not 0 <= one.number <= PPM:
                return "hostility goes from 0 to 100 %"
            case "switch":
                why = _unknown(one.target, SWITCHES, "switch")
                return why or ("" if one.kind in ("on", "off") else f"it is on or off, not {one.kind!r}")
            case "away" | "back":
                return _unknown(one.target, self.organisation.people, "colleague")
            case "speak":
                return self._refuse_speak(one)
            case "decide":
                return self._refuse_decide(one)
            case "reveal" | "withhold":
                why = _unknown(one.target, self._facts, "fact")
                return why or ("the team knows it already" if one.target in self.story.known else "")
            case "seat" | "nudge" if one.target not in (*ROLES, "OBS", *([EVERYBODY] if one.do == "nudge" else [])):
                return f"there is no seat {one.target}"
            case "seat" if one.kind not in ("taken", "left"):
                return f"a seat is taken or left, not {one.kind!r}"
        return ""

    def _refuse_inject(self, one: Steering) -> str:
        story = self.story
        if why := _unknown(one.target, story.injects, "inject"):
            return why
        if one.do == "release":
            return "" if one.target in story.kept_back else "it is not held"
        if one.target in story.state.fired:
            return "it has happened already"
        return "it was left out" if one.target in story.skipped and one.do != "fire" else ""

    def _refuse_speak(self, one: Steering) -> str:
        story, scenario = self.story, self.story.setup.scenario
        if one.kind not in get_args(InjectKind) or one.kind in ("own_post", "approval"):
            return f"nobody can speak by {one.kind!r}"
        if one.kind in PUBLIC_KINDS and one.target not in story.members:
            return f"{one.target} is not of the cast"
        if one.target not in story.members and one.target not in self.organisation.people:
            return f"there is nobody called {one.target}"
        if one.channel and one.channel not in [channel.id for channel in scenario.channels]:
            return f"there is no channel {one.channel}"
        if one.theme and one.theme not in self.public.moods.feelings:
            return f"there is no theme {one.theme}"
        if one.needs and one.needs not in get_args(Need):
            return f"nobody can need {one.needs!r}"
        return "" if 0 <= one.number <= 2_000 else "0 to 2,000 may react"

    def _refuse_decide(self, one: Steering) -> str:
        approval, _, person = one.target.partition("/")
        if not self.organisation.undecided(approval, person):
            return "no draft waits there"
        return "" if one.kind in ("approve", "return") else f"a draft is approved or returned, not {one.kind!r}"

    # -- one verb each ---------------------------------------------------------------------------------------

    def _fire(self, one: Steering) -> None:
        self.story.skipped.discard(one.target)
        self.story.kept_back.discard(one.target)
        self.story.fire(self.story.injects[one.target], FACILITATOR)

    def _shift(self, one: Steering) -> None:
        self.story.timeline.move(lambda due_ms: due_ms + one.number)

    def _stretch(self, one: Steering) -> None:
        now_ms = self.story.now_ms
        self.story.timeline.move(lambda due_ms: now_ms + mul(due_ms - now_ms, one.number))

    def _volume(self, one: Steering) -> None:
        self.public.volume = one.number

    def _hostility(self, one: Steering) -> None:
        self.public.moods.hostility = one.number
        self.public.people.set_hostility(one.number)

    def _switch(self, one: Steering) -> None:
        on, public = one.kind == "on", self.public
        match one.target:
            case "bots":
                public.bots = on
            case "competitors":
                public.people.set_competitors(on)
            case "night":
                public.moods.night = on

    def _speak(self, one: Steering) -> None:
        """What is said on the spot is an inject like any other: it can be answered, and counts as one."""
        given = {"id": f"live-{one.id}", "kind": one.kind, "by": one.target, "channel": one.channel or None}
        given |= {"subject": one.subject, "text": one.text, "needs": one.needs or "none", "theme": one.theme or None}
        inject = Inject.model_construct(**{**given, "stirs": float(one.number)})  # type: ignore[arg-type]  # checked above
        self.story.injects[inject.id] = inject
        self.story.fire(inject, FACILITATOR)

    def _decide(self, one: Steering) -> None:
        approval, _, person = one.target.partition("/")
        self.organisation.decide(approval, person, "approved" if one.kind == "approve" else "returned", one.text)

    def _seat(self, one: Steering) -> None:
        (self.organisation.sit_down if one.kind == "taken" else self.organisation.stand_up)(one.target)


def _unknown(name: str, known: Collection[str], what: str) -> str:
    return "" if name in known else f"there is no {what} called {name}"
