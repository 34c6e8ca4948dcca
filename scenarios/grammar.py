"""The language of the crowd's words, and the stock of them that every scenario starts from.

`#symbol#` expands one of the symbol's alternatives; `{name}` is a variable; all else is literal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from scenarios.yaml_events import read

VARIABLES = ("brand", "handle", "who", "quote", "wait", "channel", "hashtag", "hour", "hourword")
_VARIABLES = frozenset(VARIABLES)
_MARK = re.compile(r"#([a-z0-9][a-z0-9.-]*)#|\{([a-z]+)\}")
_MOST_DEPTH = 12

Part = tuple[str, str]
"""('text' | 'symbol' | 'variable', its value)"""


class GrammarError(ValueError):
    """A grammar that cannot be used: `symbol`, `index` of the alternative, and a sentence."""

    def __init__(self, symbol: str, index: int, message: str) -> None:
        super().__init__(message)
        self.symbol, self.index = symbol, index


@lru_cache(maxsize=65_536)
def parse(alternative: str) -> tuple[Part, ...]:
    """An alternative cut into text, symbols and variables."""
    parts: list[Part] = []
    at = 0
    for mark in _MARK.finditer(alternative):
        if mark.start() > at:
            parts.append(("text", alternative[at : mark.start()]))
        parts.append(("symbol", mark[1]) if mark[1] else ("variable", mark[2]))
        at = mark.end()
    if at < len(alternative):
        parts.append(("text", alternative[at:]))
    return tuple(parts)


def faults(words: Mapping[str, tuple[str, ...]], stock: Mapping[str, tuple[str, ...]]) -> Iterator[GrammarError]:
    """Everything wrong with a scenario's words: unknown symbols and variables, empty lists, endless recursion."""
    known = {**stock, **words}
    for symbol, alternatives in words.items():
        if not alternatives:
            yield GrammarError(symbol, 0, f"#{symbol}# has no alternatives")
        symbols, variables = _used(alternatives)
        if symbols <= known.keys() and variables <= _VARIABLES:
            continue  # one look at the whole list: a scenario has thousands of lines
        for index, alternative in enumerate(alternatives):
            for kind, value in parse(alternative):
                if kind == "symbol" and value not in known:
                    yield GrammarError(symbol, index, f"unknown symbol #{value}#")
                if kind == "variable" and value not in VARIABLES:
                    names = ", ".join("{" + name + "}" for name in VARIABLES)
                    yield GrammarError(symbol, index, f"unknown variable {{{value}}}; there are {names}")
    depths: dict[str, int] = {}
    for symbol in words:
        if _depth(symbol, known, depths) > _MOST_DEPTH:
            yield GrammarError(symbol, 0, f"#{symbol}# expands itself without end, or deeper than {_MOST_DEPTH}")


def _used(alternatives: tuple[str, ...]) -> tuple[set[str], set[str]]:
    """The symbols and the variables that these lines name; no mark reaches over the end of a line."""
    marks = _MARK.findall("\n".join(line.replace("\n", " ") for line in alternatives))
    return {symbol for symbol, _ in marks if symbol}, {variable for _, variable in marks if variable}


def _depth(symbol: str, known: Mapping[str, tuple[str, ...]], depths: dict[str, int]) -> int:
    """How deep a symbol expands; more than the most when it comes back to itself. `depths` remembers."""
    if symbol not in depths:
        depths[symbol] = _MOST_DEPTH + 1  # as long as it is open: whoever meets it again goes round in a circle
        inner, _ = _used(known.get(symbol, ()))
        depths[symbol] = 1 + max((_depth(name, known, depths) for name in sorted(inner)), default=0)
    return depths[symbol]


@cache
def stock(language: str = "en") -> dict[str, tuple[str, ...]]:
    """The words that come with stormdrill, by symbol."""
    words: dict[str, tuple[str, ...]] = {}
    for file in sorted(files("scenarios").joinpath("words").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(f"{language}.yaml"):
            root = read(file.read_text("utf-8")).root
            assert root is not None, file.name
            words.update({symbol: tuple(map(str, lines)) for symbol, lines in root.value.items()})
    return words
