"""Where everything stands in a YAML text: from which character to which, and what is written between.

The C parser's events say where scalars and brackets are; its tokens say where keys, colons, commas and dashes are.
Both count characters. A block has no end of its own: it ends where the last thing in it does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml


@dataclass(slots=True)
class Span:
    """A value as it is written: text[start:end]."""

    start: int
    end: int
    kind: str
    """scalar, map or list."""
    style: str = ""
    """How a scalar is written: plain (''), ', \", | or >; `flow` or `block` for the others."""
    entries: list[Entry] = field(default_factory=list)

    def entry(self, name: str | int) -> Entry | None:
        """What stands under this key or at this index; of two keys with one name, the first."""
        if self.kind == "map" and isinstance(name, str):
            return next((one for one in self.entries if one.key == name), None)
        if self.kind == "list" and isinstance(name, int):
            return self.entries[name] if 0 <= name < len(self.entries) else None
        return None


@dataclass(slots=True)
class Entry:
    """A key and its value, or an item of a list."""

    key: str | None
    start: int
    """Where its key or its dash begins; in a list with brackets, where it begins itself."""
    head: int
    """Where its colon or its dash ends."""
    value: Span

    @property
    def end(self) -> int:
        """Where its value ends, or its colon or dash if it has none."""
        return max(self.head, self.value.end)


def spans(text: str) -> Span:
    """The document's value. The text must be one document that can be read, with a list or a mapping in it."""
    places = _Places(text)
    events = (
        event
        for event in yaml.parse(text, Loader=yaml.CSafeLoader)
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent)
    )
    return _value(next(events), events, places)


class _Places:
    """What only tokens tell, in order, and the text itself."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys: list[int] = []
        self.colons: list[int] = []
        self.dashes: list[int] = []
        of = {yaml.KeyToken: self.keys, yaml.ValueToken: self.colons, yaml.BlockEntryToken: self.dashes}
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if type(token) in of:
                of[type(token)].append(token.start_mark.index)


def _value(event: yaml.Event, events: Iterator[yaml.Event], places: _Places) -> Span:
    start, end = _marks(event)
    if isinstance(event, yaml.ScalarEvent):
        style = event.style or ""
        if style in ("|", ">"):
            end = _end_of_block_scalar(places.text, start, end)
        return Span(start, end, "scalar", style)
    assert isinstance(event, yaml.CollectionStartEvent)
    is_list = isinstance(event, yaml.SequenceStartEvent)
    span = Span(start, end, "list" if is_list else "map", "flow" if event.flow_style else "block")
    for inner in events:
        if isinstance(inner, yaml.CollectionEndEvent):
            if event.flow_style:
                span.end = _marks(inner)[1]
            elif span.entries:
                span.end = span.entries[-1].end
            break
        span.entries.append((_item if is_list else _pair)(span, inner, events, places))
    return span


def _item(span: Span, event: yaml.Event, events: Iterator[yaml.Event], places: _Places) -> Entry:
    start = _marks(event)[0]
    if span.style == "flow":
        return Entry(None, start, start, _value(event, events, places))
    # A list within a list begins where its own first dash does, so that the dash of its item is the one before.
    beside = isinstance(event, yaml.CollectionStartEvent) and event.flow_style is False
    find = bisect_left if beside and isinstance(event, yaml.SequenceStartEvent) else bisect_right
    dash = places.dashes[find(places.dashes, start) - 1]
    return Entry(None, dash, dash + 1, _value(event, events, places))


def _pair(span: Span, event: yaml.Event, events: Iterator[yaml.Event], places: _Places) -> Entry:
    assert isinstance(event, yaml.ScalarEvent)  # the reader refuses all other keys
    start, end = _marks(event)
    before = bisect_right(places.keys, start) - 1
    first = places.keys[before] if before >= 0 and places.keys[before] >= span.start else start
    value = _value(next(events), events, places)
    after = bisect_left(places.colons, end)
    known = after < len(places.colons) and places.colons[after] <= value.start
    return Entry(event.value, first, places.colons[after] + 1 if known else end, value)


def _end_of_block_scalar(text: str, start: int, end: int) -> int:
    """Blank lines after it belong to it only if its header says so."""
    header = text[start : text.find("\n", start)].partition("#")[0]
    return end if "+" in header else start + len(text[start:end].rstrip(" \n"))


def _marks(event: yaml.Event) -> tuple[int, int]:
    assert event.start_mark is not None and event.end_mark is not None  # the parser always knows
    return event.start_mark.index, event.end_mark.index
