"""What an action of the team does to the world: one small function a verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import simpy

from engine import luck
from engine.actions import VERBS, Action
from engine.conditions import State
from engine.events import Acted, Deleted, Event, Noticed, Posted, Published
from engine.luck import Luck
from engine.mood import band
from engine.organisation import Organisation
from engine.public import Public
from engine.reading import PPM, Reading
from engine.setup import Setup
from engine.story import Story
from scenarios.moments import MINUTE

PLAIN = Reading()
TAIL_MS = 5 * MINUTE
"""From a rightful stand-down to ENDEX."""
NOTICE_MS = 3 * MINUTE
"""How long it takes until people notice that something is gone (design choice)."""


class Deeds:
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
        self.env, self.setup, self.luck, self.note = env, setup, fortune, note
        self.public, self.story, self.organisation, self.state = public, story, organisation, state
        self.channels = {channel.id: channel for channel in setup.scenario.channels}
        self.closed: set[str] = set()
        self.hub_open = False
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

    @property
    def now_ms(self) -> int:
        """Sim-milliseconds since STARTEX."""
        return int(self.env.now)

    def do(self, action: Action) -> None:
        """Carry out an action that `refusal` had nothing against."""
        self.state.actions.append(action)
        self.note(Acted(self.now_ms, action))
        verb = self._verbs.get(action.do)
        if verb is not None:
            verb(action)

    def refusal(self, action: Action) -> str:
        """Why this action can't be done in this world, in a sentence; '' if it can."""
        for field in VERBS[action.do].needs:
            if getattr(action, field) in ("", (), None):
                return f"it needs {field.replace('_', ' ')}"
        check = getattr(self, f"_refuse_{action.do}", None)
        return check(action) if check else ""

    # -- why not ---------------------------------------------------------------------------------------------

    def _refuse_people(self, action: Action) -> str:
        unknown = [person for person in action.to if person not in self.organisation.people]
        return f"there is nobody called {unknown[0]}" if unknown else ""

    _refuse_escalate = _refuse_ask = _refuse_inform = _refuse_request_approval = _refuse_people

    def _refuse_reply(self, action: Action) -> str:
        post = self.public.posts.get(action.target)
        if post is None or post.author == "brand":
            return f"there is no post {action.target} to answer"
        if action.target in self.public.gone:
            return "that post is gone"
        if post.channel in self.closed:
            return f"our account on {post.channel} is closed"
        limit = self.channels[post.channel].char_limit
        return f"{len(action.text)} characters; {post.channel} takes {limit}" if len(action.text) > limit else ""

    def _refuse_message(self, action: Action) -> str:
        if action.target in self.story.injects and action.target in self.state.fired:
            return ""
        post = self.public.posts.get(action.target)
        if post is None:
            return f"there is nobody to write to at {action.target}"
        return f"{post.channel} has no private messages" if self.channels[post.channel].dm == "none" else ""

    def _refuse_answer_press(self, action: Action) -> str:
        inject = self.story.injects.get(action.target)
        if inject is None or inject.id not in self.state.fired or inject.kind not in ("press", "call"):
            return f"there is no press query {action.target}"
        return ""

    def _refuse_publish(self, action: Action) -> str:
        if action.kind not in ("holding", "official", "update"):
            return f"a statement is holding, official or update, not {action.kind!r}"
        for channel_id in action.channels:
            channel = self.channels.get(channel_id)
            if channel is None:
                return f"we have no channel {channel_id}"
            if channel_id in self.closed:
                return f"our account on {channel_id} is closed"
            if self._down(channel_id):
                return f"{channel_id} can't be reached at the moment"
            if len(action.text) > channel.char_limit:
                return f"{len(action.text)} characters; {channel_id} takes {channel.char_limit}"
        return self._refuse_unapproved(action)

    def _refuse_unapproved(self, action: Action) -> str:
        if action.approval in ("", "emergency") or self.organisation.approved(action.approval):
            return ""
        return f"approval {action.approval} has not been given"

    def _refuse_hub(self, action: Action) -> str:
        if "hub" not in self.channels:
            return "there is no crisis page in this exercise"
        if action.kind not in ("open", "answer", "update"):
            return f"the crisis page can be opened, given an answer or updated, not {action.kind!r}"
        if self._down("hub"):
            return "the crisis page can't be reached at the moment"
        return "" if action.kind == "open" or self.hub_open else "the crisis page is not open yet"

    def _down(self, channel: str) -> bool:
        return any(gap.from_ <= self.now_ms < gap.until for gap in self.channels[channel].down)

    def _refuse_content(self, action: Action) -> str:
        state = self.story.content_states.get(action.target)
        if state is None:
            return f"nothing scheduled is called {action.target}"
        return "it has gone out already" if state == "fired" else ""

    _refuse_pause = _refuse_edit = _refuse_content

    def _refuse_resume(self, action: Action) -> str:
        state = self.story.content_states.get(action.target)
        return "" if state == "paused" else f"nothing that is held is called {action.target}"

    def _refuse_delete(self, action: Action) -> str:
        post = self.public.posts.get(action.target)
        if post is None or post.author != "brand":
            return f"{action.target} is no post of ours"
        if not self.channels[post.channel].posts_delete:
            return f"what went out on {post.channel} can't be taken back"
        return "it is gone already" if action.target in self.public.gone else ""

    def _refuse_hide(self, action: Action) -> str:
        post = self.public.posts.get(action.target)
        return "" if post is not None and post.author != "brand" else f"there is no post {action.target} to hide"

    def _refuse_close_account(self, action: Action) -> str:
        return "" if action.target in self.channels else f"we have no account {action.target}"

    def _refuse_pin(self, action: Action) -> str:
        return "" if action.target in self.story.quotes else f"{action.target} is no statement of ours"

    def _refuse_decide(self, action: Action) -> str:
        inject = self.story.injects.get(action.target)
        if inject is None or inject.kind != "approval" or inject.id not in self.state.fired:
            return f"nobody has sent us a draft {action.target}"
        return "" if action.kind in ("approve", "return") else "a draft is approved or returned"

    def _refuse_review_fake(self, action: Action) -> str:
        return "" if action.target in self.channels else f"we have no channel {action.target}"

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
            band(feeling.anger) if feeling else "calm", "", action.text, self.channels[channel].followers,
        )  # fmt: skip
        self.public.scripted(post, stirs=0, vivid=False, heat=0, voice="")

    def _reply(self, action: Action) -> None:
        """A personal answer, in public or in private, to one post or to a group."""
        reading = action.reading or PLAIN
        targets = tuple(key for key in (action.target, *action.also) if key in self.public.posts)
        public = action.do == "reply"
        form = {"reply": "reply", "message": "message", "answer_press": "press"}[action.do]
        key = self._key(form)
        self._publish_event(action, key, form, (action.target, *action.also))
        themes = tuple(dict.fromkeys(self.public.posts[target].theme for target in targets))
        if public:
            first = self.public.posts[action.target]
            self._our_post(action, key, first.channel, first.key, first.theme)
            self.public.hear(key, reading, themes=themes, seen=self.public.c["reply_seen"], followers=0)
        elif form == "press":
            themes = self._spoken_of(reading)
            self.public.hear(key, reading, themes=themes, seen=self.public.c["press_seen"], followers=0)
        self.public.answer(targets, key, reading, public=public)

    def _spoken_of(self, reading: Reading) -> tuple[str, ...]:
        """The living themes that a statement speaks to: those it names, or all when it names none."""
        alive = self.public.moods.alive()
        return tuple(theme for theme in alive if theme in reading.themes) or alive

    def _publish(self, action: Action) -> None:
        delay = max(self.channels[channel].opens_minutes for channel in action.channels) * MINUTE
        self._after(delay, lambda: self._put_out(action))

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
            self.public.moods.over_react()
        if action.kind == "holding" and "holding" not in reading.acts:
            reading = replace(reading, acts={**reading.acts, "holding": PPM // 2})
        self.public.hear(key, reading, themes=themes, seen=PPM, followers=followers)

    def _hub(self, action: Action) -> None:
        delay = self.channels["hub"].opens_minutes * MINUTE if action.kind == "open" else 0
        self._after(delay, lambda: self._open_hub(action))

    def _open_hub(self, action: Action) -> None:
        self.hub_open = True
        key = self._key("hub")
        shown = action if action.channels else replace(action, channels=("hub",))
        self._publish_event(shown, key, "hub", ())
        acts = {"hub_link": PPM, **(action.reading or PLAIN).acts}
        reading = replace(action.reading or PLAIN, acts=acts)
        self.public.hear(key, reading, themes=self.public.moods.alive(), seen=PPM, followers=0)

    def _plant(self, action: Action) -> None:
        """Praise under another name: it looks well for a while, then somebody finds out."""
        key = self._key("fake")
        self._publish_event(replace(action, channels=(action.target,)), key, "fake", ())
        self._our_post(action, key, action.target, "", "")
        found = (20 + luck.pick(self.luck.of(f"found/{key}")[0], [1] * 21)) * MINUTE
        self._after(found, lambda: self.public.moods.notice("planted_praise", ""))

    # -- taking down -----------------------------------------------------------------------------------------

    def _delete(self, action: Action) -> None:
        post = self.public.posts[action.target]
        said = action.kind == "said"
        self._take_down(post.key, action, "said" if said else "silent")
        if said:
            self.public.moods.notice("deletion_said", post.theme)
        else:
            self._noticed(post, action, self.public.c["noticed_deletion"])

    def _hide(self, action: Action) -> None:
        post = self.public.posts[action.target]
        self._take_down(post.key, action, "hidden")
        abuse = self.public.voices.get(post.key) == "troll"
        self._noticed(post, action, self.public.c["noticed_abuse" if abuse else "noticed_deletion"])

    def _take_down(self, key: str, action: Action, how: str) -> None:
        self.public.gone.add(key)
        self.note(Deleted(self.now_ms, key, action.id, how))

    def _noticed(self, post: Posted, action: Action, chance: int) -> None:
        if luck.below(self.luck.of(f"noticed/{post.key}")[0], chance):

            def tell() -> None:
                self.note(Noticed(self.now_ms, post.key, action.id))
                self.public.moods.notice("deletion_noticed", post.theme)

            self._after(NOTICE_MS, tell)

    def _close(self, action: Action) -> None:
        self.closed.add(action.target)
        self.note(Deleted(self.now_ms, action.target, action.id, "closed"))
        self.public.moods.notice("account_closed", "")

    # -- content ---------------------------------------------------------------------------------------------

    def _edit(self, action: Action) -> None:
        self.story.content_texts[action.target] = action.text
        self.story.change_content(action.target, "edited", action)

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
        top = any(self.organisation.people[person].role in ("EXE", "CAB") for person in action.to)
        if action.do == "escalate" and top and self.story.truth < 2:
            self.public.moods.over_react()

    def _request_approval(self, action: Action) -> None:
        for person in action.to:
            self.organisation.submit(action, person)

    def _decide(self, action: Action) -> None:
        """A colleague's draft: approved, it goes out in our name."""
        inject = self.story.injects[action.target]
        self.state.answered.setdefault(inject.id, self.now_ms)
        if action.kind == "approve":
            channel = inject.channel or self.setup.scenario.channels[0].id
            key = self._key("reply")
            out = replace(action, text=inject.draft, channels=(channel,), kind="reply")
            self._publish_event(out, key, "reply", ())
            self._our_post(out, key, channel, "", inject.theme or "")
            themes = (inject.theme,) if inject.theme else self.public.moods.alive()
            self.public.hear(key, action.reading or PLAIN, themes=themes, seen=PPM // 2, followers=0)

    def _classify(self, action: Action) -> None:
        self.state.level = action.level

    def _stand_down(self, _: Action) -> None:
        rightful = self.setup.scenario.expected.stand_down
        if rightful is not None and self.now_ms >= rightful:
            self.over_ms = self.now_ms + TAIL_MS
