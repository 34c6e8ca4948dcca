"""`stormdrill keys`: the key map, with one's own keys in it."""

from __future__ import annotations

from tui.commands.speech import Json, print_json, show


def keys(as_json: Json = False) -> None:
    """Print every key: what it does, its id, and where your own keys are read from."""
    from tui import keys as map_
    from tui.own_keys import own_keys
    from tui.settings import own_keys_file

    own = own_keys()
    rows = [(key, own.get(key.id, key.key)) for key in map_.packed()]
    if as_json:
        print_json(
            {
                "file": str(own_keys_file()),
                "keys": [
                    {"id": key.id, "keys": now.split(","), "own": key.id in own, "scope": key.scope, "label": key.label,
                     "group": key.group, "help": key.help, "menu": key.menu}
                    for key, now in rows
                ],
            }
        )  # fmt: skip
        return
    longest = max(len(key.id) for key, _ in rows)
    group = ""
    for key, now in rows:
        if key.group != group:
            group = key.group
            show(group)
        written = " ".join(map_.shown(one) for one in now.split(","))
        show(f"  {written:<12} {key.id:<{longest}} {key.label}: {key.help}{' (yours)' if key.id in own else ''}")
    none = "" if own else " (none yet)"
    show(f"Your own keys: {own_keys_file()}{none}; a line such as 'classify: ctrl+y' changes one.")
