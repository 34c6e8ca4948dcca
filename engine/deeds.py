"""What an action of the team does to the world: one small function a verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import simpy

from engine import luck
from engine.actions import Action
from engine.conditions import State
from engine.events import Acted, Deleted, Event, Noticed, Posted, Published
from engine.luck import Luck
from engine.organisation import Organisation
from engine.public import Public
from engine.reading import PPM, Reading
from engine.refusals import Refusals
from engine.setup import Setup
from engine.story import Story
from scenarios.moments import MINUTE

PLAIN = Reading()
TAIL_MS = 5 * MINUTE
"""From a rightful stand-down to ENDEX."""
DISCLOSING = ("explaining", "instructing", "corrective", "apology_active")
"""What a text must do to count as telling first what others would have found out."""
NOTICE_MS = 3 * MINUTE
"""How long it takes until people notice that something is gone (design choice)."""


class Deeds(Refusals):
    """Carries out actions in one world."""

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
        super().__init__(env, setup, public, story, organisation, state)
        self.luck, self.note = fortune, note
        self.over_ms = -1
        """When the run ends because the team has rightly stood down, or -1."""
        self._counts: dict[str, int] = {}
        self._verbs: dict[str, Callable[[Action], None]] = {
            "reply": self._reply,
            "message": self._reply,
            "answer_press": self._reply,
            "review_fake": self._plant,
            "publish": self._publish,
            "hub": self._hub,
            "pause": lambda action: self.story.change_content(action.target, "paused", action),
            "edit": self._edit,
            "resume": self._resume,
            "delete": self._delete,
            "hide": self._hide,
            "close_account": self._close,
            "escalate": self._call,
            "ask": self._call,
            "inform": self._call,
            "request_approval": self._request_approval,
            "decide": self._decide,
            "sweep": self._sweep,
            "classify": self._classify,
            "stand_down": self._stand_down,
        }

    def do(self, action: Action) -> None:
        """Carry out an action that `refusal` had nothing against."""
        self.state.actions.append(action)
        self.note(Acted(self.now_ms, action))
        verb = self._verbs.get(action.do)
        if verb is not None:
            verb(action)

    # -- speaking --------------------------------------------------------------------------------------------

    def _key(self, form: str) -> str:
        count = self._counts[form] = self._counts.get(form, 0) + 1
        return f"our-{form}-{count}"

    def _publish_event(self, action: Action, key: str, form: str, targets: tuple[str, ...]) -> None:
        event = Published(
            self.now_ms, key, action.id, form, action.kind, action.channels, targets,
            action.signed_by or (action.reading or PLAIN).signed, action.text,
        )  # fmt: skip
        self.story.quotes[key] = action.text
        self.state.published.append((event, action))
        self.note(event)

    def _our_post(self, action: Action, key: str, channel: str, parent: str, theme: str) -> None:
        feeling = self.public.moods.feelings.get(theme)
        post = Posted(
            self.now_ms, key, "brand", channel, theme, "none", parent, action.id, "scripted",
            self.public.moods.temper(feeling) if feeling else "calm", "", action.text, self.channels[channel].followers,
        )  # fmt: skip
        self.public.scripted(post)

    def _reply(self, action: Action) -> None:
        """A personal answer, in public or in private, to one post or to a group."""
        reading = action.reading or PLAIN
        targets = tuple(key for key in (action.target, *action.also) if self._is_theirs(key))
        public = action.do == "reply"
        form = {"reply": "reply", "message": "message", "answer_press": "press"}[action.do]
        key = self._key(form)
        self._publish_event(action, key, form, tuple(dict.fromkeys((action.target, *targets))))
        themes = tuple(dict.fromkeys(self.public.posts[target].theme for target in targets))
        if public:
            first = self.public.posts[action.target]
            self._our_post(action, key, first.channel, first.key, first.theme)
            seen = self.public.c["reply_seen"]
            self.public.hear(key, reading, themes=themes, channels=(first.channel,), seen=seen)
        elif form == "press":
            self.public.hear(
                key, reading, themes=self._spoken_of(reading), channels=(), seen=self.public.c["press_seen"]
            )
        self.public.answer(targets, key, reading, public=public)

    def _is_theirs(self, key: str) -> bool:
        """Whether this is a post of somebody else's that still stands."""
        post = self.public.posts.get(key)
        return post is not None and post.author != "brand" and key not in self.public.gone

    def _spoken_of(self, reading: Reading) -> tuple[str, ...]:
        """The living themes that a statement speaks to: those it names, or all when it names none."""
        alive = self.public.moods.alive()
        return tuple(theme for theme in alive if theme in reading.themes) or alive

    def _told_first(self, reading: Reading) -> tuple[str, ...]:
        """The themes that a statement brings up, with its reasons, before anybody else has spoken of them."""
        if not any(act in reading.acts for act in DISCLOSING):
            return ()
        alive = self.public.moods.alive()
        return tuple(
            theme.id
            for theme in self.setup.scenario.themes
            if theme.id in reading.themes and theme.id not in alive
        )

    def _publish(self, action: Action) -> None:
        delay = max(self._takes_ms(channel) for channel in action.channels)
        self._after(delay, lambda: self._put_out(action))

    def _takes_ms(self, channel: str) -> int:
        """How long it takes until a statement can stand on a channel; a crisis page that is open takes it at once."""
        return 0 if channel == "hub" and self.hub_open else self.channels[channel].opens_minutes * MINUTE

    def _after(self, delay_ms: int, then: Callable[[], None]) -> None:
        if delay_ms == 0:
            then()
            return
        timeout = self.env.timeout(delay_ms)
        assert timeout.callbacks is not None
        timeout.callbacks.append(lambda _: then())

    def _put_out(self, action: Action) -> None:
        """A statement is out, on all its channels at once."""
        reading = action.reading or PLAIN
        key = self._key("statement")
        self._publish_event(action, key, "statement", ())
        themes = self._spoken_of(reading)
        theme = themes[0] if themes else ""
        for number, channel in enumerate(action.channels):
            self._our_post(action, key if number == 0 else f"{key}-{channel}", channel, "", theme)
        followers = max(self.channels[channel].followers for channel in action.channels)
        if action.kind != "update":
            self.public.over_react(key)
        acts = dict(reading.acts)
        if action.kind == "holding" and "holding" not in acts:
            acts["holding"] = PPM // 2
        if self._by_the_chief(action, reading):
            acts["executive"] = PPM if any(self.channels[one].opens_minutes for one in action.channels) else PPM // 2
        self.public.hear(
            key, replace(reading, acts=acts), themes=(*themes, *self._told_first(reading)), channels=action.channels,
            seen=PPM, followers=followers,
        )  # fmt: skip

    def _by_the_chief(self, action: Action, reading: Reading) -> bool:
        """Whether the chief executive signs it."""
        signer = action.signed_by or reading.signed
        chiefs = [person.name for person in self.setup.colleagues if person.role == "EXE"]
        return bool(signer) and any(name in signer or signer in name for name in chiefs)

    def _hub(self, action: Action) -> None:
        delay = self.channels["hub"].opens_minutes * MINUTE if action.kind == "open" else 0
        self._after(delay, lambda: self._put_on_hub(action))

    def _put_on_hub(self, action: Action) -> None:
        self.hub_open = True
        key = self._key("hub")
        shown = action if action.channels else replace(action, channels=("hub",))
        self._publish_event(shown, key, "hub", ())
        acts = {"hub_link": PPM, **(action.reading or PLAIN).acts}
        reading = replace(action.reading or PLAIN, acts=acts)
        for feeling in self.public.moods.feelings.values():
            feeling.hub = True
        self.public.hear(key, reading, themes=self.public.moods.alive(), channels=(), seen=PPM)

    def _plant(self, action: Action) -> None:
        """Praise under another name: it looks well for a while, then somebody finds out."""
        key = self._key("fake")
        self._publish_event(replace(action, channels=(action.target,)), key, "fake", ())
        self._our_post(action, key, action.target, "", "")
        found = (20 + luck.pick(self.luck.of(f"found/{key}")[0], [1] * 21)) * MINUTE
        self._after(found, lambda: self.public.moods.notice("planted_praise", "", key))

    # -- taking down -----------------------------------------------------------------------------------------

    def _delete(self, action: Action) -> None:
        post = self.public.posts[action.target]
        said = action.kind == "said"
        self._take_down(post.key, action, "said" if said else "silent")
        if said:
            self.public.moods.notice("deletion_said", post.theme, action.id)
        else:
            self._noticed(post, action, self.public.c["noticed_deletion"])

    def _hide(self, action: Action) -> None:
        post = self.public.posts[action.target]
        self._take_down(post.key, action, "hidden")
        abuse = post.voice in ("troll", "bot")
        self._noticed(post, action, self.public.c["noticed_abuse" if abuse else "noticed_deletion"])

    def _take_down(self, key: str, action: Action, how: str) -> None:
        self.public.gone.add(key)
        self.public.hidden.add(key)
        self.note(Deleted(self.now_ms, key, action.id, how))

    def _noticed(self, post: Posted, action: Action, chance: int) -> None:
        if luck.below(self.luck.of(f"noticed/{post.key}")[0], chance):

            def tell() -> None:
                self.public.hidden.discard(post.key)
                self.note(Noticed(self.now_ms, post.key, action.id))
                self.public.moods.notice("deletion_noticed", post.theme, action.id)

            self._after(NOTICE_MS, tell)

    def _close(self, action: Action) -> None:
        self.closed.add(action.target)
        self.note(Deleted(self.now_ms, action.target, action.id, "closed"))
        self.public.moods.notice("account_closed", "", action.id)

    # -- content ---------------------------------------------------------------------------------------------

    def _edit(self, action: Action) -> None:
        """New words; what is held stays held until somebody lets it go."""
        self.story.content_texts[action.target] = action.text
        held = self.story.content_states[action.target] == "paused"
        self.story.change_content(action.target, "paused" if held else "edited", action)

    def _resume(self, action: Action) -> None:
        content = self.story.contents[action.target]
        self.story.change_content(action.target, "scheduled", action)
        if self.now_ms >= content.at:
            self.story.fire_content(content)

    def _sweep(self, action: Action) -> None:
        """A look round finds what is on no list."""
        for content in self.setup.scenario.content:
            if not content.listed and self.story.content_states[content.id] == "scheduled":
                self.story.change_content(content.id, "found", action)

    # -- people ----------------------------------------------------------------------------------------------

    def _call(self, action: Action) -> None:
        for person in action.to:
            self.organisation.call(action, person)
        if action.target in self.state.fired or action.target in self.state.received:
            # a word to whoever wrote is an answer to what they wrote
            self.state.answered.setdefault(action.target, self.now_ms)

    def _request_approval(self, action: Action) -> None:
        self.organisation.submit(action, self.state.level or 0)

    def _decide(self, action: Action) -> None:
        """A colleague's draft: approved, it goes out in our name. One of the team's own: whoever wrote it sends it."""
        if action.target in self.organisation.laid:
            request, person = self.organisation.laid[action.target]
            verdict = "approved" if action.kind == "approve" else "returned"
            self.organisation.decide(request.id, person, verdict, action.text)
            return
        inject = self.story.injects[action.target]
        self.decided.add(inject.id)
        self.state.answered.setdefault(inject.id, self.now_ms)
        if action.kind == "approve":
            channel = inject.channel or self.setup.scenario.channels[0].id
            key = self._key("reply")
            out = replace(action, text=inject.draft, channels=(channel,), kind="reply")
            self._publish_event(out, key, "reply", ())
            self._our_post(out, key, channel, "", inject.theme or "")
            themes = (inject.theme,) if inject.theme else self.public.moods.alive()
            self.public.hear(key, action.reading or PLAIN, themes=themes, channels=(channel,), seen=PPM // 2)

    def _classify(self, action: Action) -> None:
        self.state.level = action.level

    def _stand_down(self, _: Action) -> None:
        rightful = self.setup.scenario.expected.stand_down
        if rightful is not None and self.now_ms >= rightful:
            self.over_ms = self.now_ms + TAIL_MS
