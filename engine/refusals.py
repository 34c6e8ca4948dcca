"""Why an action of the team cannot be done: one small question a verb, asked before anything is touched."""

from __future__ import annotations

import simpy

from engine.actions import VERBS, Action
from engine.conditions import State
from engine.organisation import Organisation
from engine.public import Public
from engine.setup import Setup
from engine.story import Story
from scenarios.terms import LEVEL_NAMES


class Refusals:
    """What stands in the way in one world: what it holds, and what the team itself has closed, opened and decided."""

    def __init__(
        self,
        env: simpy.Environment,
        setup: Setup,
        public: Public,
        story: Story,
        organisation: Organisation,
        state: State,
    ) -> None:
        self.env, self.setup = env, setup
        self.public, self.story, self.organisation, self.state = public, story, organisation, state
        self.channels = {channel.id: channel for channel in setup.scenario.channels}
        self.closed: set[str] = set()
        """Own accounts that are shut."""
        self.hub_open = False
        self.decided: set[str] = set()
        """Drafts of colleagues that we have approved or returned."""

    @property
    def now_ms(self) -> int:
        """Sim-milliseconds since STARTEX."""
        return int(self.env.now)

    def refusal(self, action: Action) -> str:
        """Why this action can't be done in this world, in a sentence; '' if it can."""
        return self.refused(action)[0]

    def refused(self, action: Action) -> tuple[str, str, str]:
        """The same, and the reason and the target as `Void` has them."""
        for field in VERBS[action.do].needs:
            if getattr(action, field) in ("", (), None):
                return f"it needs {field.replace('_', ' ')}", "", action.target
        check = getattr(self, f"_refuse_{action.do}", None)
        if check and (why := check(action)):
            return why, "", action.target
        for reason, ask in (("down", self._down), ("lock-out", self._locked)):
            why, what = ask(action)
            if why:
                return why, reason, action.target or what
        return "", "", ""

    def _down(self, action: Action) -> tuple[str, str]:
        """Statements and the crisis page need channels that work."""
        channels = {"publish": action.channels, "hub": ("hub",)}.get(action.do, ())
        for one in channels:
            if any(gap.from_ <= self.now_ms < gap.until for gap in self.channels[one].down):
                return f"{'the crisis page' if one == 'hub' else one} can't be reached at the moment", one
        return "", ""

    def _locked(self, action: Action) -> tuple[str, str]:
        """Who holds the keys that this needs and has not answered a call since STARTEX; and the keys to what.

        Statements, own posts and scheduled items need the keys to their account or tool. Replies and private messages
        don't: they are written in the inbox that the desk works in every day. A holder who sits at the desk needs no
        call; a call to anybody else opens nothing, since only the holder has the keys.
        """
        for what in self._keys_for(action):
            holder = self.organisation.people.get(self.setup.keys.get(what, ""))
            if holder is None or holder.id in self.organisation.with_us or holder.plays(action.seat):
                continue
            return f"{holder.name} holds the keys to {self._lock(what)}: call them first (i, inform)", what
        return "", ""

    def _keys_for(self, action: Action) -> tuple[str, ...]:
        match action.do:
            case "pause" | "edit" | "resume" | "close_account":
                return (action.target,)
            case "publish":
                return action.channels
            case "delete":
                return (self.public.posts[action.target].channel,)
            case "hub":
                return ("hub",)
        return ()

    def _lock(self, what: str) -> str:
        content = self.story.contents.get(what)
        if content is None:
            return self.channels[what].name
        return {"ad": "the advertisements", "mail": "the mail tool"}.get(
            content.kind, self.channels[content.channel].name if content.channel in self.channels else content.channel
        )

    def _refuse_people(self, action: Action) -> str:
        unknown = [person for person in action.to if person not in self.organisation.people]
        return f"there is nobody called {unknown[0]}" if unknown else ""

    _refuse_escalate = _refuse_ask = _refuse_inform = _refuse_request_approval = _refuse_people

    def _refuse_flag(self, action: Action) -> str:
        known = action.target in self.public.posts or action.target in self.state.received
        return "" if known else f"there is nothing called {action.target} to mark"

    def _refuse_assign(self, action: Action) -> str:
        if why := self._refuse_flag(action):
            return why
        seats = self.organisation.players  # where somebody sits, a post can be given to the seat
        unknown = [one for one in action.to if one not in self.organisation.people and one not in seats]
        return f"there is nobody called {unknown[0]}" if unknown else ""

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
        post = self.public.posts.get(action.target)
        if post is None and action.target in self.state.received:
            return ""
        if post is None or post.author == "brand":
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
        if "hub" in self.closed:
            return "the crisis page is closed"
        return "" if action.kind == "open" or self.hub_open else "the crisis page is not open yet"

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
        if post is None or post.author == "brand":
            return f"there is no post {action.target} to hide"
        return "it is gone already" if action.target in self.public.gone else ""

    def _refuse_close_account(self, action: Action) -> str:
        if action.target not in self.channels:
            return f"we have no account {action.target}"
        return "it is closed already" if action.target in self.closed else ""

    def _refuse_classify(self, action: Action) -> str:
        return "" if action.level in range(len(LEVEL_NAMES)) else f"a level is L0 to L4, not {action.level}"

    def _refuse_pin(self, action: Action) -> str:
        return "" if action.target in self.story.quotes else f"{action.target} is no statement of ours"

    def _refuse_decide(self, action: Action) -> str:
        if action.target in self.organisation.laid:
            person = self.organisation.people[self.organisation.laid[action.target][1]]
            if person.role != action.seat:
                return f"this draft lies with {person.name}"
            return "" if action.kind in ("approve", "return") else "a draft is approved or returned"
        inject = self.story.injects.get(action.target)
        if inject is None or inject.kind != "approval" or inject.id not in self.state.fired:
            return f"nobody has sent us a draft {action.target}"
        if inject.id in self.decided:
            return "that draft has been decided on"
        return "" if action.kind in ("approve", "return") else "a draft is approved or returned"

    def _refuse_review_fake(self, action: Action) -> str:
        return "" if action.target in self.channels else f"we have no channel {action.target}"
