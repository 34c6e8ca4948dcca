"""The help of a screen that is no desk: what it is for, then its keys from the key map, as Markdown."""

from __future__ import annotations

from tui import keys


def help_words(title: str, about: str, *scopes: str) -> str:
    """`about`: our own words, Markdown. The keys of these scopes follow, then those that work everywhere."""
    lines = [f"# {title}", "", about.strip(), ""]
    own = [key for key in keys.table() if key.scope in scopes]
    everywhere = [key for key in keys.table() if key.scope == "app" and key.id != "no-duff"]
    for key in [*own, *everywhere]:
        lines.append(f"- `{key.all_shown}` {key.label}: {key.help}")
    return "\n".join(lines)
