"""Own posts that nobody at this desk wrote: those that hurt, and those that merely went out."""

from __future__ import annotations

from drills.desk import BRAND, Desk, PostView


def hurting(desk: Desk) -> list[PostView]:
    """Own posts that the public talks about, that are still up and that this team did not write.

    They want an action and no answer. Whoever flags one has seen it, and it is no longer named. A scheduled item that
    went out belongs to them only if it stirs people, or if the team itself says that this is at least L2.
    """
    themes = desk.talked_about
    return [view for view in _unwritten(desk) if view.event.theme in themes and not _harmless(desk, view)]


def gone_out(desk: Desk) -> list[PostView]:
    """Scheduled posts that went out, that hurt nobody so far and that nobody has flagged: worth a look, no more."""
    return [view for view in _unwritten(desk) if _harmless(desk, view)]


def _unwritten(desk: Desk) -> list[PostView]:
    written = {action.id for action in desk.actions}
    return [
        view for view in desk.by_author(BRAND) if view.event.cause not in written and not view.gone and not view.flags
    ]


def _harmless(desk: Desk, view: PostView) -> bool:
    item = desk.contents.get(view.key)
    return item is not None and not item.content.stirs and not view.replies and (desk.level or 0) < 2
