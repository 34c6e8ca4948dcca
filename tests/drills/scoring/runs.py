"""Runs for the scoring tests: real worlds made of small scenarios, and logs made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from drills import coefficients
from drills.desk import Desk
from drills.drill import Drill, DrillFile
from drills.plan import Plan, colleagues, plain_plan
from drills.run import Run
from drills.scoring.record import Record
from drills.scoring.rubric import load
from engine.actions import Action
from engine.events import Acted, Ended, Event, Posted, Published, Started, TruthChanged
from engine.reading import PPM, Claim, Promise, Reading
from engine.setup import Persona, Setup
from engine.world import World
from scenarios.model import Scenario
from scenarios.moments import MINUTE

CAST = tuple(Persona(f"p{n}", f"Person {n}", f"@p{n}") for n in range(200))
WORDS = {"none": ("well",), "complaint": ("this is bad",), "question": ("why?",), "harm": ("it hurt me",)}

CRISIS: dict[str, Any] = {
    "id": "post",
    "title": "The cruel post",
    "lasts": "2h",
    "starts": "21:12",
    "brand": {"name": "Brightpan"},
    "channels": [
        {"id": "flit", "followers": 38000},
        {"id": "plaza", "followers": 52000},
        {"id": "mail"},
        {"id": "hub"},
    ],
    "truth": [{"level": "L3"}, {"at": "T+80m", "level": "L2"}],
    "accounts": [{"channels": ["flit"]}, {"at": "T+25m", "channels": ["flit", "plaza"]}],
    "root_cause": {"locus": "online", "kind": "own-post", "known": "T+8m"},
    "stance": {"cluster": "preventable"},
    "themes": [{"id": "cruelty", "title": "The cruel post", "severity": 0.7}],
    "cast": [{"id": "mara", "name": "Mara Quill", "voice": "journalist"}, {"id": "boss", "name": "Bo Ss"}],
    "beats": [
        {"id": "own", "at": "T+0m", "kind": "own_post", "text": "a joke", "theme": "cruelty", "stirs": 20, "heat": 0.2},
        {"id": "ruth", "at": "T+2m", "text": "I lost my mum", "needs": "harm", "theme": "cruelty"},
        {"id": "who", "at": "T+5m", "text": "Who wrote it?", "needs": "question", "theme": "cruelty"},
        {"id": "press", "at": "T+9m", "kind": "press", "by": "mara", "text": "Hacked?", "answer_within": "25m",
         "expects": {"does": {"acted": {"do": "answer_press", "target": "press"}}, "within": "25m", "task": "CT10"}},
    ],
    "facts": [{"id": "f1", "text": "An employee wrote it", "known": "T+8m", "sayable": "T+8m"}],
    "falsehoods": [{"id": "hacked", "text": "We were hacked", "said_as": ["hacked"], "lie": True}],
    "content": [
        {"id": "ad", "kind": "ad", "channel": "flit", "at": "T+35m", "text": "Mix it", "clash": "a joke beside grief"},
        {"id": "late", "kind": "post", "channel": "plaza", "at": "T+50m", "text": "Bake", "clash": "grief"},
    ],
    "expected": {
        "recipients": [{"to": "COM", "within": "10m"}, {"to": "EXE", "within": "30m"}],
        "stand_down": "T+100m",
        "steps": [{"id": "delete", "text": "Take it down and say so", "by": "T+10m",
                   "does": {"acted": {"do": "delete", "target": "own"}}}],
    },
    "models": [
        {"use": "holding", "text": "A model holding text."},
        {"use": "reply", "to": "ruth", "text": "A model reply to Ruth."},
        {"use": "reply", "text": "A model reply."},
    ],
}  # fmt: skip

DECOY: dict[str, Any] = {
    "id": "soup",
    "title": "One cold soup",
    "kind": "issue",
    "lasts": "60m",
    "brand": {"name": "Corner Café", "size": "small"},
    "channels": [{"id": "rateo", "followers": 400}, {"id": "flit", "followers": 900}],
    "truth": [{"level": "L1"}],
    "stance": {"cluster": "accidental"},
    "themes": [{"id": "soup", "title": "The cold soup", "severity": 0.3}],
    "cast": [{"id": "nora", "name": "Nora Vik", "followers": 40}],
    "public": {"baseline": 0},
    "beats": [
        {"id": "review", "at": "T+1m", "by": "nora", "text": "Cold soup", "needs": "complaint", "theme": "soup"},
        {"id": "friend", "at": "T+9m", "text": "Me too", "needs": "complaint", "theme": "soup"},
    ],
}  # fmt: skip


def scenario(base: Mapping[str, Any] = CRISIS, **changes: Any) -> Scenario:
    """One of the small scenarios, changed."""
    return Scenario.model_validate({**base, **changes})


def act(minute: float, do: Any, **fields: Any) -> Action:
    """An action, at a minute."""
    return Action(f"a-{do}-{minute:g}-{fields.get('target', '')}", round(minute * MINUTE), "SML", do, **fields)


def reading(
    overall: float = 0.8, *, claims: Sequence[tuple[str, Any]] = (), updates: Sequence[float] = (), **fields: Any
) -> Reading:
    """A reading; `dimensions` and `acts` as shares of one, `updates` as the minutes of promised updates."""
    dimensions = {
        name: None if value is None else round(value * PPM) for name, value in fields.pop("dimensions", {}).items()
    }
    return Reading(
        dimensions=dimensions,
        acts={name: round(value * PPM) for name, value in fields.pop("acts", {}).items()},
        overall=round(overall * PPM),
        claims=tuple(Claim(*claim) for claim in claims),
        promises=tuple(Promise("update", round(minute * MINUTE)) for minute in updates),
        **fields,
    )


GOOD = reading(
    dimensions={
        "acknowledgement": 1, "empathy": 1, "defensiveness": 0, "non_apology": 0, "human_voice": 0.9,
        "jargon_boilerplate": 0, "concrete_action": 1, "unprofessional": 0, "politeness": 1, "language_match": 1,
        "sincere_apology": 1,
    },
    acts={"apology_active": 0.9, "corrective": 0.8, "sympathy": 0.5},
    ladder=7,
    components=("responsibility", "repair", "regret", "repentance"),
    themes=("cruelty", "soup"),
    claims=(("f1", "true"),),
)  # fmt: skip
BAD = reading(
    0.2,
    dimensions={
        "acknowledgement": 0.2, "empathy": 0, "defensiveness": 0.8, "non_apology": 0.5, "human_voice": 0.2,
        "jargon_boilerplate": 0.5, "concrete_action": 0, "unprofessional": 0, "politeness": 0.5,
    },
    acts={"defensive": 0.9, "denial": 0.5},
    ladder=2,
    claims=(("hacked", "lie"),),
)  # fmt: skip


def run(
    base: Scenario | None = None,
    actions: Iterable[Action] = (),
    *,
    seed: int = 1,
    until_ms: int | None = None,
    pace: float = 2,
    plan: Plan | None = None,
    seat: str = "SML",
    rubric: Mapping[str, float] | None = None,
) -> Run:
    """A real run: the actions taken at their moments in a world of this scenario. `until_ms` cuts it."""
    story = base or scenario()
    given = setup(story, seed, plan)
    world = World(given)
    for action in sorted(actions, key=lambda one: one.at_ms):
        if until_ms is not None and action.at_ms > until_ms:
            break
        world.advance(action.at_ms)
        if not world.ended:
            world.act(action)
    if until_ms is None:
        world.advance(story.lasts)
    else:
        world.advance(until_ms)
        world.stop("stopped")
    return told(world.log, given, pace=pace, plan=plan, seat=seat, rubric=rubric, text_of=world.text_of)


def setup(story: Scenario, seed: int = 1, plan: Plan | None = None) -> Setup:
    """What a world of this scenario is given."""
    numbers = coefficients.resolve(coefficients.text(), story)
    staff = colleagues(plan or plain_plan(story), story)
    return Setup(story, seed, CAST, staff, numbers.coefficients, numbers.acts, numbers.diurnal, WORDS)


def told(
    log: Sequence[Event],
    given: Setup,
    *,
    pace: float = 2,
    plan: Plan | None = None,
    seat: str = "SML",
    rubric: Mapping[str, float] | None = None,
    text_of: Any = lambda post: post.text,
) -> Run:
    """A run of any log."""
    story = given.scenario
    file = DrillFile(id=story.id, scenario=story.id, rubric=dict(rubric or {}))
    desk = Desk(story, given.colleagues, {}, text_of, {})
    for event in log:
        desk.apply(event)
    return Run(Drill(file, story, plan, {}), given, pace, seat, tuple(log), "", desk)


def by_hand(*events: Event, base: Scenario | None = None, end: float = 120, why: str = "time", **fields: Any) -> Run:
    """A run whose log says exactly this: STARTEX, the events in order of time, and ENDEX at a minute."""
    story = base or scenario()
    log = [Started(0, story.id, 1), *sorted(events, key=lambda event: event.at_ms), Ended(round(end * MINUTE), why)]
    return told(log, setup(story, plan=fields.get("plan")), **fields)


def record(one: Run, **overrides: float) -> Record:
    """The record of a run."""
    return Record(one, load({name.replace("__", "."): value for name, value in overrides.items()}))


def truth(*steps: tuple[float, int]) -> list[Event]:
    """What it truly was: (minute, level)."""
    return [TruthChanged(round(minute * MINUTE), level, "") for minute, level in steps]


def acted(minute: float, do: Any, **fields: Any) -> Acted:
    """An action in the log."""
    action = act(minute, do, **fields)
    return Acted(action.at_ms, action)


def post(minute: float, key: str, need: str = "complaint", **fields: Any) -> Posted:
    """Somebody's post."""
    plain = Posted(
        round(minute * MINUTE), key, "p1", "flit", "cruelty", need, "", "cruelty", "original", "tense", "", "words", 200
    )
    return replace(plain, **fields)


def said(
    minute: float, form: str = "statement", *, targets: tuple[str, ...] = (), judged: Reading = GOOD, **fields: Any
) -> list[Event]:
    """One of our texts: the action and what came of it."""
    do = {"statement": "publish", "press": "answer_press", "fake": "review_fake"}.get(form, form)
    kind = fields.pop("kind", "holding" if form == "statement" else "")
    channels = fields.pop("channels", ("flit",) if form == "statement" else ())
    text = fields.pop("text", f"{form} at {minute:g}")
    event = acted(
        minute, do, target=targets[0] if targets else "", also=targets[1:], text=text, kind=kind, channels=channels,
        reading=judged, **fields,
    )  # fmt: skip
    signed = event.action.signed_by
    return [
        event,
        Published(event.at_ms, f"our-{form}-{minute:g}", event.action.id, form, kind, channels, targets, signed, text),
    ]
