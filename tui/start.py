"""Starting the application on a terminal. Nothing here needs the command line's parser: the lobby opens without it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from drills.tone.background import Background
    from tui.app import StormdrillApp
    from tui.session_view import SessionView


def terminal() -> bool:
    """Whether a person can play here; Textual draws on standard error."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def at_the_desk(begin: Callable[[], SessionView]) -> None:
    """Open the desk on the session that `begin` makes; whatever happens, the run is kept. Raises what `begin` does."""
    app = application(begin)
    try:
        app.run()
    finally:
        app.close_session()
    if app.failed is not None:
        raise app.failed


def application(begin: Callable[[], SessionView] | None = None) -> StormdrillApp:
    """The application as its user has set it up: own keys, colours, glyphs. Raises SourceError where the file of own
    keys is wrong."""
    from tui import keys
    from tui.app import StormdrillApp
    from tui.ascii import ascii_wanted
    from tui.safe import AsciiFilter
    from tui.settings import Settings, own_keys_file

    if os.environ.get("STORMDRILL_KEYS") or own_keys_file().exists():
        from tui.own_keys import own_keys  # only who has any waits for it

        keys.rebind(own_keys())
    encoding = sys.stderr.encoding  # Textual draws there
    swapped = AsciiFilter(encoding) if ascii_wanted(encoding) else None
    return StormdrillApp(begin=begin, adviser=_adviser, settings=Settings(), ascii_filter=swapped)


def _adviser() -> Background:
    from drills.tone.background import Background

    return Background()
