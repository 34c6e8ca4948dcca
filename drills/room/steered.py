"""What a facilitator needs to know beside the desk: how the dials stand, who is away, what was noted, who did what.

A fold over the log, as everything else: whoever comes back to the console, or comes late, sees the same as who stayed.
"""

from __future__ import annotations

from dataclasses import dataclass

from drills.room.msel import Entry, msel
from drills.room.notes import Note, note_down
from engine.actions import Action
from engine.events import (
    Acted,
    ApprovalAsked,
    ApprovalDecided,
    Called,
    ContentChanged,
    ContentFired,
    Event,
    FactLearnt,
    InjectFired,
    Started,
    Steered,
    TruthChanged,
)
from engine.reading import PPM
from engine.setup import Colleague
from engine.steering import Steering
from scenarios.model import Scenario

_STORY = (Started, InjectFired, FactLearnt, ContentChanged, ContentFired, TruthChanged, Steered)
"""What the timeline is folded from."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that lies before a validator who has not decided."""

    key: str
    """What `decide` is done to."""
    at_ms: int
    action: Action
    """The request."""
    person: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What a seat did, or what the facilitator told it."""

    at_ms: int
    action: Action | None = None
    told: str = ""


class Helm:
    """See the module. `apply` is the only way in."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.volume = PPM
        """How many people join in, in parts per million of the scenario's."""
        self.hostility = round(scenario.public.hostility * PPM)
        """How harsh they get, in parts per million."""
        self.off: set[str] = set()
        """What of SWITCHES was switched off."""
        self.away: set[str] = set()
        """The colleagues whom nobody can reach, by id."""
        self.notes: list[Note] = []
        self.drafts: dict[str, Draft] = {}
        """The drafts that lie before somebody, played or simulated, the oldest first."""
        self.deeds: dict[str, list[Deed]] = {}
        """Seat to what it did, and what the facilitator said to it."""
        self.calls: dict[str, list[Called]] = {}
        """Seat to the calls that came since it last did anything."""
        self._requests: dict[str, Action] = {}
        self._spoken: list[Entry] = []
        self._story: list[Event] = []
        self._listed: list[Entry] | None = None

    def apply(self, event: Event) -> None:
        """Take one event of the log that the facilitator is told."""
        if isinstance(event, _STORY):
            self._story.append(event)
            self._listed = None
        match event:
            case Steered(steering=steering):
                self._steered(steering)
            case Acted(action=action):
                self.deeds.setdefault(action.seat, []).append(Deed(event.at_ms, action))
                self.calls.pop(action.seat, None)
                if action.do == "request_approval":
                    self._requests[action.id] = action
            case Called(role=role):
                self.calls.setdefault(role, []).append(event)
            case ApprovalAsked(action=request, to=person):
                key = f"{request}/{person}"
                self.drafts[key] = Draft(key, event.at_ms, self._requests[request], person)
            case ApprovalDecided(action=request, to=person):
                self.drafts.pop(f"{request}/{person}", None)

    def _steered(self, one: Steering) -> None:
        match one.do:
            case "volume":
                self.volume = one.number
            case "hostility":
                self.hostility = one.number
            case "switch":
                (self.off.discard if one.kind == "on" else self.off.add)(one.target)
            case "away":
                self.away.add(one.target)
            case "back":
                self.away.discard(one.target)
            case "observe":
                note_down(self.notes, one)
            case "nudge":
                self.deeds.setdefault(one.target, []).append(Deed(one.at_ms, told=one.text))
            case "speak":
                names = {member.id: member.name for member in self.scenario.cast}
                who, title = names.get(one.target, one.target), one.subject or one.text
                self._spoken.append(
                    Entry(
                        f"live-{one.id}", "spoken", title, -1, one.kind, who, one.at_ms, "facilitator", note=one.text
                    )
                )  # fmt: skip

    def timeline(self) -> list[Entry]:
        """The list of everything that was, is and comes (`msel`), with what the facilitator has said on the spot: its
        `kind` is spoken, its `note` what was said."""
        if self._listed is None:
            listed = msel(self.scenario, self._story)
            done = sorted([one for one in (*listed, *self._spoken) if one.done], key=lambda one: one.done_ms)
            self._listed = [*done, *[one for one in listed if not one.done]]
        return self._listed

    def lies_with(self, role: str, colleagues: dict[str, Colleague]) -> list[Draft]:
        """The drafts that lie before whoever has this role. `colleagues`: by id."""
        return [one for one in self.drafts.values() if one.person in colleagues and colleagues[one.person].role == role]
