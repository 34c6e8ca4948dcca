"""Looking for things at the desk: filter and search, one theme or channel, an author's posts, jumping, copying.

Each list has its own view (`VirtualList.view`); a key changes that of the list that was used last.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from textual import on, work
from textual.widgets import Input

from drills.desk.search import View, search
from tui import keys
from tui.screens import desk_copy, desk_lists
from tui.screens.desk_counts import NAMES
from tui.screens.desk_focus import DeskFocus
from tui.screens.desk_target import Target, target_of
from tui.screens.dialogs import ChoiceDialog
from tui.screens.jump import JumpScreen, lettered
from tui.widgets.choices import Choice
from tui.widgets.feed import Feed
from tui.widgets.queue import Queue
from tui.widgets.thread import author_of
from tui.widgets.virtual import VirtualList

_NAME = re.compile(r"@\w{2,}")
_KEYS = {"theme": "{by-theme}", "channel": "{by-channel}"}


class DeskLook(DeskFocus):
    """See the module."""

    @property
    def list_(self) -> VirtualList[Any]:
        """The list that keys like these mean."""
        return self._last or self.queue

    def look_at(self, pane: VirtualList[Any], view: View) -> None:
        """Another part of a list."""
        pane.view = view
        desk_lists.refill(self, pane)
        self.marker()

    # -- filter and search -------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Ask for the words. What is typed from this moment on goes there, however fast it comes."""
        box = self.query_one("#filter", Input)
        box.value = self.list_.view.typed
        self.query_one("#filtering").display = True
        self.set_focus(box)

    @on(Input.Submitted, "#filter")
    def _filter_given(self, event: Input.Submitted) -> None:
        event.stop()
        pane, typed = self.list_, event.value.strip()
        self._close_filter()
        self.look_at(pane, replace(pane.view, search=search(typed), typed=typed))

    def _close_filter(self) -> None:
        self.set_focus(self.list_ if self.list_.region else self.pane(self.pane_name))
        self.query_one("#filtering").display = False

    def widen(self) -> bool:
        """Esc: out of the filter, or all rows again. Whether there was anything to leave."""
        if isinstance(self.focused, Input) and self.focused.id == "filter":
            self._close_filter()
        elif self.list_.view:
            self.look_at(self.list_, View())
        else:
            return False
        return True

    @on(VirtualList.Sought)
    def _sought(self, event: VirtualList.Sought) -> None:
        event.stop()
        if not event.pane.view.search:
            self.say(keys.told("Nothing is searched for: {filter} asks for the words."))
        elif event.many:
            self.say(f"Match {event.at} of {event.many}.")
        else:
            self.say("No match here.")

    # -- themes and channels -----------------------------------------------------------------------------------

    def action_cycle(self, key: str) -> None:
        """The next theme or channel of queue or feed, after the last all of it."""
        pane = self.list_
        if not isinstance(pane, Queue | Feed):
            self.say(keys.told("Queue ({pane-queue}) and feed ({pane-feed}) can be looked at by theme and by channel."))
            return
        known = [one for one, _ in self.counts(pane, key)]
        on_now = pane.view.theme if key == "theme" else pane.view.channel
        at = known.index(on_now) if on_now in known else 0
        self.action_look(key, known[(at + 1) % len(known)])
        if len(known) < 2:
            self.say(f"Nothing here belongs to a {key} yet.")

    def action_look(self, key: str, one: str) -> None:
        """One theme or channel of the list; '' for all."""
        pane = self.list_
        other = replace(pane.view, theme=one, channel="") if key == "theme" else replace(
            pane.view, theme="", channel=one)  # fmt: skip
        self.look_at(pane, other)
        if not one:
            self.say(keys.told(f"All of it again; {_KEYS[key]} begins anew."))

    # -- an author ---------------------------------------------------------------------------------------------

    @work(group="verb", exclusive=True)
    async def action_author(self) -> None:
        """Everything that the author under the cursor has posted; where the post names others, ask whom."""
        desk, target = self.session.desk, target_of(self.list_)
        post = target.post(desk) if target is not None else None
        item = target.item(desk) if target is not None else None
        key = target.key if target is not None else ""
        sender = post.event.author if post is not None else item.sender if item is not None else key
        named = [author_of(desk, name) for name in _NAME.findall(post.text)] if post is not None else []
        known = [one for one in dict.fromkeys([sender, *named]) if one in desk.contacts or desk.by_author(one)]
        if len(known) > 1:
            choices = [Choice(one, desk.handle_of(one), aside=desk.name_of(one)) for one in known]
            answer = await self.app.push_screen_wait(ChoiceDialog("Whose posts?", choices))
            known = list(answer or ())
        elif not known:
            self.say("Nobody who has posted is under the cursor.", "warning")
        for one in known[:1]:
            self.show_target(Target(one) if one in desk.contacts else Target("", author=one))

    @on(VirtualList.Named)
    def _named(self, event: VirtualList.Named) -> None:
        event.stop()
        if author := author_of(self.session.desk, event.name):
            self.show_target(Target("", author=author))
        else:
            self.say(f"{event.name} has not posted anything here.")

    def show_target(self, target: Target) -> None:
        """Something else than the row under the cursor, in the thread."""
        if self.composer.open:
            self.say(keys.told("Close what you write first ({keep} keeps it)."), "warning")
            return
        self._shown = target
        self.go("thread")
        self._show_thread(fresh=True)

    # -- jump and copy -----------------------------------------------------------------------------------------

    @work(group="jump", exclusive=True)
    async def action_jump(self) -> None:
        """Letters over all rows in sight, until one is pressed."""
        lists = [one for one in self.query(VirtualList) if one.region]
        places = lettered(lists)
        for pane in lists:
            pane.letters = {key: letter for letter, (one, key) in places.items() if one is pane}
            pane.redraw()
        digits = [str(number) for number in range(1, len(NAMES) + 2)]
        self.say("Press a letter to go there, a digit for its pane, esc to stay.")
        self.jumping = True
        self._foot()
        letter = await self.app.push_screen_wait(JumpScreen(places, digits))
        self.jumping = False
        self._foot()
        for pane in lists:
            pane.letters = {}
            pane.redraw()
        if letter in places:
            pane, key = places[letter]
            pane.focus()
            pane.cursor = max(0, pane.index_of(key))
        elif letter:
            self.go([*NAMES, "thread"][int(letter) - 1])

    def action_copy(self) -> None:
        """Copy the row under the cursor, or all that are marked."""
        text = desk_copy.copied(self.list_)
        if text:
            self.app.copy_to_clipboard(desk_copy.marked(text))
            self.say("Copied, with EXERCISE around it.", "done")
        else:
            self.say("There is nothing to copy here.", "warning")

    def get_selected_text(self) -> str | None:
        """What is selected with the mouse, as it may leave the desk."""
        text = super().get_selected_text()
        return desk_copy.marked(text) if text else text
