"""Somebody's own keys: a YAML file that gives ids of the key map other keys.

```yaml
classify: ctrl+y
next-pane: ctrl+n
help: [f1, "?"]
```

The file is STORMDRILL_KEYS, or keys.yaml in the settings folder (`tui.settings`). A key that it names replaces all keys
of that id. Whatever is wrong with it is told as file:line:column, and nothing of it is used.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import RootModel

from scenarios.source import Problem, Source, SourceError, load, suggest
from tui.keys import Key, key_of, packed, shown
from tui.settings import own_keys_file

_NAMED = {
    "tab", "enter", "escape", "space", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown", "up",
    "down", "left", "right", *[f"f{number}" for number in range(1, 13)],
}  # fmt: skip
_AS_WRITTEN = {"esc": "escape", "return": "enter", "del": "delete", "pgup": "pageup", "pgdn": "pagedown"}
_SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+j": "enter", "ctrl+h": "backspace"}
"""What terminals send for these is another key."""
_CTRL = re.compile(r"ctrl\+(?:[a-z]|up|down|left|right|home|end|pageup|pagedown)")
_WHILE_WRITING = re.compile(r"ctrl\+.+|f\d+|escape|tab|shift\+tab|pageup|pagedown")
_TOGETHER = (("app", "desk", "list", "feed"), ("app", "composer"), ("app", "review"))
"""Scopes whose keys work at the same time; any other scope works with `app`."""


class _File(RootModel[Any]):
    """Anything; what it must be is said here, with the place."""


def own_keys() -> dict[str, str]:
    """Ids to keys as Textual names them; {} where there is no file. Raises SourceError with every problem."""
    file = own_keys_file()
    if not os.environ.get("STORMDRILL_KEYS") and not file.exists():
        return {}
    return read(load(file, _File))


def read(source: Source[_File]) -> dict[str, str]:
    """What a file of keys says. Raises SourceError with every problem in it."""
    rows = source.value.root
    if not isinstance(rows, dict):
        raise SourceError([source.problem((), "expected lines such as 'classify: ctrl+y', an id and its key")])
    problems: list[Problem] = []
    known = {key.id: key for key in packed()}
    found: dict[str, str] = {}
    for id_, value in rows.items():
        if id_ not in known:
            message = f"there is no key {id_!r}{suggest(id_, tuple(known))}; stormdrill keys lists them"
            problems.append(source.problem((id_,), message, key=True))
            continue
        wanted: list[str] = []
        given = value if isinstance(value, list) else [value]
        for at, one in enumerate(given):
            loc = (id_, at) if isinstance(value, list) else (id_,)
            try:
                wanted.append(_key(one, known[id_]))
            except ValueError as error:
                problems.append(source.problem(loc, str(error)))
        if not given:
            problems.append(source.problem((id_,), "expected at least one key"))
        if wanted:
            found[id_] = ",".join(dict.fromkeys(wanted))
    problems += [source.problem((id_,), message) for id_, message in conflicts(found)]
    if problems:
        raise SourceError(problems)
    return found


def _key(value: object, for_: Key) -> str:
    """A key as Textual names it. Raises ValueError, with what was expected."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"expected a key such as c, ctrl+n or f6, got {value!r}; write it in quotes")
    text = str(value)
    if len(text) == 1 and text.isprintable() and text != " ":
        key = key_of(text)
    else:
        words = text.strip().lower().replace("^", "ctrl+", 1)
        key = _AS_WRITTEN.get(words, words)
    if key in _SAME:
        raise ValueError(f"{key} is {_SAME[key]} to a terminal; take another key")
    if re.fullmatch(r"shift\+[a-z]", key):
        raise ValueError(f"write {key[-1].upper()} for {key}")
    plain = key.removeprefix("shift+")
    if not (len(text) == 1 or key in _NAMED or _CTRL.fullmatch(key) or (plain in _NAMED and plain != key)):
        expected = "write a sign, ctrl+ and a letter, f1 to f12, or a name such as space"
        raise ValueError(f"there is no key {text!r}; {expected}")
    if for_.scope == "composer" and not _WHILE_WRITING.fullmatch(key):
        raise ValueError(f"{shown(key)} writes a letter where {for_.id} works; take ctrl and a letter, or an F key")
    if for_.scope == "composer" and key in _editing():
        raise ValueError(f"{shown(key)} edits the text where {for_.id} works; take another key")
    return key


def _editing() -> set[str]:
    from textual.binding import Binding
    from textual.widgets import TextArea

    return {one for row in TextArea.BINDINGS if isinstance(row, Binding) for one in row.key.split(",")}


def conflicts(own: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each id whose new key does something else at the same place, and what to say about it."""
    laid = [(key, own.get(key.id, key.key).split(",")) for key in packed()]
    for mine, mine_keys in laid:
        if mine.id not in own:
            continue
        for other, other_keys in laid:
            if other is mine or not _together(mine.scope, other.scope):
                continue
            for one in [key for key in mine_keys if key in other_keys]:
                if other.id in own and packed().index(other) > packed().index(mine):
                    continue  # told at the other one
                yield mine.id, (
                    f"{shown(one)} is {other.label} already ({other.id}); give {other.id} another key too, "
                    f"or take another one here"
                )


def _together(one: str, other: str) -> bool:
    if one == other or "app" in (one, other):
        return True
    return any(one in scopes and other in scopes for scopes in _TOGETHER)
