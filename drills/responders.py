"""Scripted teams. Each is a short policy that looks at the desk and acts through the session, as a person does.

`textbook` plays by the book: the scenario's own model answers and expectations, with the time that people need.
`silent` does nothing. `defensive` protects itself. Their texts are in responders.yaml.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drills.desk import InboxItem, Row
from drills.plan import emergency_rule, validators
from drills.scripted import Team, texts
from drills.session import Session
from scenarios.model import Model
from scenarios.moments import MINUTE, SECOND

LOOK_MS = 10 * SECOND
"""How often a scripted team looks at the desk."""

_BY_LEVEL = (("SML", 2), ("COM", 2), ("LEG", 3), ("FUN", 3), ("EXE", 3), ("CAB", 3))
"""Who must be told from which level on, where a scenario doesn't say."""

Step = Callable[[], bool]


class Silent:
    """Nobody is at the desk."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def look(self) -> None:
        """Do nothing."""


class Textbook(Team):
    """Plays by the book."""

    def look(self) -> None:
        """Do the most urgent thing that is to be done, if the hands are free."""
        if self.session.now_ms < self.free_ms or not (self.desk.posts or self.desk.inbox):
            return
        steps: tuple[Step, ...] = (
            self.sweep, self.take_down, self.classify, self.escalate, self.acknowledge, self.stop_content,
            self.urgent, self.open_hub, self.official, self.update, self.answer, self.stand_down,
        )  # fmt: skip
        for step in steps:
            if step():
                return

    @property
    def level(self) -> int:
        return self.desk.level or 0

    def sweep(self) -> bool:
        """Look over all accounts and everything scheduled, first of all."""
        return self.once("sweep") and self.act("sweep", 30 * SECOND)

    def take_down(self) -> bool:
        """An own post that hurts comes down at once, and openly."""
        for inject in self.scenario.beats:
            view = self.desk.posts.get(inject.id)
            if (
                inject.kind == "own_post"
                and inject.stirs
                and view is not None
                and not view.gone
                and self.once(inject.id)
            ):
                return self.act("delete", 30 * SECOND, target=inject.id, kind="said")
        return False

    def classify(self) -> bool:
        """Three minutes after it has changed, say what it is."""
        now = self.session.now_ms
        truth = [step for step in self.scenario.truth if step.at + 3 * MINUTE <= now]
        if not truth or (self.desk.level == truth[-1].level):
            return False
        cause = self.scenario.root_cause
        accounts = [step for step in self.scenario.accounts if step.at <= now]
        return self.act(
            "classify",
            20 * SECOND,
            level=truth[-1].level,
            root_cause=cause.kind if cause and cause.known <= now else "",
            accounts=accounts[-1].channels if accounts else (self.origin(),),
            themes=tuple(theme.id for theme in self.scenario.themes if theme.at <= now),
            confidence="high" if cause and cause.known <= now else "medium",
        )

    def escalate(self) -> bool:
        """Tell whoever must be told, the most urgent first, with a situation report."""
        wanted = sorted(self.scenario.expected.recipients, key=lambda each: each.within)
        roles = [each.to for each in wanted if each.of <= self.level]
        if not wanted:
            roles = [role for role, level in _BY_LEVEL if level <= self.level]
        for role in roles:
            if role in self.done:
                continue
            people = [p for p, c in self.desk.contacts.items() if c.colleague.plays(role) and c.state == "idle"]
            self.done.add(role)
            if people:
                model = self.model("sitrep", "")
                text = model.text if model else self.filled(texts()["textbook"]["sitrep"])
                return self.act("escalate", 40 * SECOND, to=(people[0],), text=text)
        return False

    def acknowledge(self) -> bool:
        """From L3 (or L2 where one is written), the holding statement where it started, signed."""
        if self.level < 3 or not self.scenario.expected.official:
            return False
        model = self.model("holding", "")
        text = model.text if model else self.filled(texts()["textbook"]["holding"][0])
        return self.say("holding", model or Model(use="holding", text=text, signed_by="Mia Holm"))

    def official(self) -> bool:
        """The official statement, as soon as everything in it may be said."""
        model = self.model("official", "")
        if model is None or self.level < 2 or "holding" not in self.done or "official" in self.done:
            return False
        if "official" not in self.asked and self.session.now_ms // LOOK_MS % 6:
            return False  # read it again once a minute
        reading = self.session.check(model.text, do="publish", kind="official")
        if any(claim.verdict != "true" for claim in reading.claims):
            return False
        return self.say("official", model)

    def say(self, kind: str, model: Model) -> bool:
        """Publish a statement, through the validators that the plan wants."""
        if kind in self.done:
            return False
        limits = {channel.id: channel for channel in self.scenario.channels}
        named = self.desk.classification.accounts if self.desk.classification else ()
        fits = {name: each for name, each in limits.items() if each.share > 0 and len(model.text) <= each.char_limit}
        channels = tuple(name for name in dict.fromkeys((self.origin(), *named)) if name in fits) or tuple(fits)[:1]
        cleared = self.cleared(kind, kind, model.text, channels, model.signed_by)
        if cleared is None:
            return self.asked_now
        fields = {"kind": kind, "channels": channels, "text": model.text, "signed_by": model.signed_by}
        return self.publish(kind, {**fields, "approval": cleared})

    def cleared(self, slot: str, kind: str, text: str, channels: tuple[str, ...], signed_by: str) -> str | None:
        """The approval under which this text may go out, '' where none is needed, None while it is not given.

        Asks for it when it hasn't been asked for; `asked_now` says whether that was this moment.
        """
        self.asked_now = False
        plan = self.session.drill.plan
        needed = [group[0] for group in validators(plan, kind, self.level)] if plan else []
        if plan is None or not needed:
            return ""
        if slot not in self.asked:
            before = len(self.desk.actions)
            self.asked_now = self.act(
                "request_approval", 40 * SECOND, to=tuple(needed), kind=kind, text=text, channels=channels,
                signed_by=signed_by,
            )  # fmt: skip
            if self.asked_now:
                self.asked[slot] = self.desk.actions[before].id
            return None
        view = self.desk.approvals[self.asked[slot]]
        if view.state == "approved":
            return view.action.id
        late = view.state == "timed out" and emergency_rule(plan, self.level)
        return "emergency" if late and kind == "holding" else None

    def publish(self, kind: str, fields: dict[str, Any]) -> bool:
        """Put it out, and remember that it is out."""
        if self.act("publish", 2 * MINUTE, **fields):
            self.done.add(kind)
            self.done.add("spoke")
            return True
        return False

    def stop_content(self) -> bool:
        """From L2, hold everything that is scheduled and clashes."""
        for view in self.desk.contents.values():
            clashes = self.level >= 2 and view.state == "scheduled" and view.content.clash
            if clashes and self.once(f"pause {view.content.id}"):
                return self.act("pause", 15 * SECOND, target=view.content.id)
        return False

    def urgent(self) -> bool:
        """Somebody hurt, a journalist, an executive, a draft that must not go out."""
        for item in self.desk.inbox.values():
            if item.waiting and item.key not in self.done and self.handle(item):
                return True
        rows = [row for row in self.desk.queue() if row.need == "harm"]
        return bool(rows) and self.reply(rows[0])

    def handle(self, item: InboxItem) -> bool:
        """Answer something that reached us directly."""
        book = texts()["textbook"]
        if item.medium in ("press", "call"):
            model = self.model("press", item.inject)
            text = model.text if model else self.filled(book["press"][0])
            if item.key in self.asked:
                text = self.desk.approvals[self.asked[item.key]].action.text
            cleared = self.cleared(item.key, "press", text, (), "")
            if cleared is None:
                return self.asked_now
            self.done.add(item.key)
            return self.act("answer_press", 90 * SECOND, target=item.key, text=text, approval=cleared)
        self.done.add(item.key)
        if item.medium == "approval":
            return self.act("decide", 30 * SECOND, target=item.key, kind="return", text="No: this isn't true enough.")
        if item.medium == "message":
            model = self.model("message", item.inject)
            text = model.text if model else self.filled(self.turn("message", book["message"]))
            return self.act("message", 60 * SECOND, target=item.key, text=text)
        bosses = [p for p, c in self.desk.contacts.items() if c.colleague.name == item.author]
        bosses = bosses or [p for p, c in self.desk.contacts.items() if c.colleague.role in ("COM", "SML", "EXE")]
        if not bosses:
            return False
        return self.act("inform", 45 * SECOND, target=item.key, to=(bosses[0],), text=self.filled(book["boundary"]))

    def open_hub(self) -> bool:
        """The crisis page, where one is needed."""
        model = self.model("hub", "")
        if model is None or self.level < 3 or self.scenario.expected.hub != "needed" or "hub" in self.done:
            return False
        if self.act("hub", 90 * SECOND, kind="open", text=model.text):
            self.done.add("hub")
            return True
        return False

    def update(self) -> bool:
        """Keep speaking while it lasts, as often as the scenario asks."""
        every = self.scenario.expected.update_every
        said = [out.at_ms for out in self.desk.published.values() if out.form in ("statement", "hub")]
        if every is None or not said or self.level < 2 or self.session.now_ms - said[-1] < every - 3 * MINUTE:
            return False
        models = [model for model in self.scenario.models if model.use == "update"]
        text = ""
        for model in models:
            if model.text not in self.done:
                reading = self.session.check(model.text, do="publish", kind="update")
                if all(claim.verdict == "true" for claim in reading.claims):
                    text = model.text
                    self.done.add(model.text)
                    break
        text = text or self.filled(self.turn("update", texts()["textbook"]["update"]))
        return self.act("publish", 60 * SECOND, kind="update", channels=(self.origin(),), text=text)

    def answer(self) -> bool:
        """Whoever has waited longest, in groups that need the same answer."""
        rows = [row for row in self.desk.queue() if row.posts]
        return bool(rows) and self.reply(rows[0])

    def reply(self, row: Row) -> bool:
        """One public answer to a row of the queue."""
        newest = self.desk.posts[row.posts[-1]]
        model = self.model("reply", newest.event.cause if newest.event.form == "scripted" else "")
        theme = next((each for each in self.scenario.themes if each.id == newest.event.theme), None)
        by_theme = self.model("reply", newest.event.theme) if theme else None
        if model is None and by_theme is not None and self.once(f"model {newest.event.theme}"):
            model = by_theme
        if model is not None:
            text = model.text
        else:
            lines = texts()["textbook"][row.need if row.need in texts()["textbook"] else "complaint"]
            text = self.filled(self.turn(row.need, lines), newest.handle, theme.title if theme else "")
        also = tuple(key for key in row.posts[:-1])
        if self.act("reply", (45 + 3 * len(also)) * SECOND, target=newest.key, also=also, text=text):
            return True
        self.act("flag", 5 * SECOND, target=newest.key, also=also, kind="dismissed")
        return False

    def stand_down(self) -> bool:
        """End it when the scenario says that it may be ended, and nobody waits."""
        moment = self.scenario.expected.stand_down
        ready = moment is not None and self.session.now_ms >= moment + MINUTE
        return ready and self.once("stand_down") and self.act("stand_down", MINUTE)

    def model(self, use: str, to: str) -> Model | None:
        """The scenario's model text for this."""
        fitting = [model for model in self.scenario.models if model.use == use]
        exact = [model for model in fitting if model.to == to] if to else [m for m in fitting if m.to is None]
        if exact:
            return exact[0]
        return None if to or use in ("reply", "message", "press") else (fitting[0] if fitting else None)


class Defensive(Team):
    """Protects itself: calls it small, denies, deletes, leaves the advertisements in."""

    def look(self) -> None:
        """Do the next thing that makes it worse."""
        now = self.session.now_ms
        if now < self.free_ms or not self.desk.posts:
            return
        book = texts()["defensive"]
        if now >= 6 * MINUTE and self.once("classify") and self.act("classify", MINUTE, level=1, confidence="high"):
            return
        for inject in self.scenario.beats:
            if (
                inject.kind == "own_post"
                and inject.id in self.desk.posts
                and now >= 8 * MINUTE
                and self.once(inject.id)
            ):
                self.act("delete", MINUTE, target=inject.id, kind="silent")
                return
        for number, after in enumerate((12 * MINUTE, 45 * MINUTE)):
            if now >= after and self.once(f"statement {number}"):
                text = self.filled(book["statement"][number])
                kind = ("holding", "official")[number]
                self.act("publish", 3 * MINUTE, kind=kind, channels=(self.origin(),), text=text)
                return
        for item in self.desk.inbox.values():
            if item.waiting and item.medium in ("press", "call") and self.once(item.key):
                self.act("answer_press", 2 * MINUTE, target=item.key, text=self.filled(book["press"][0]))
                return
        rows = [row for row in self.desk.queue() if row.posts]
        if rows and now >= 10 * MINUTE:
            self.act("reply", 3 * MINUTE, target=rows[0].posts[-1], text=self.turn("reply", book["reply"]))


RESPONDERS: dict[str, type[Silent] | type[Textbook] | type[Defensive]] = {
    "textbook": Textbook,
    "silent": Silent,
    "defensive": Defensive,
}


def play(session: Session, responder: str) -> None:
    """Let a scripted team play a session to its end."""
    team = RESPONDERS[responder](session)
    while not session.ended:
        team.look()
        session.skip_to(session.now_ms + LOOK_MS)
