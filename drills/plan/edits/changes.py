"""One change to a YAML text, made where it belongs and nowhere else: a value replaced, an entry added or dropped."""

from __future__ import annotations

from typing import Any

from drills.plan.edits.spans import Entry, Span
from drills.plan.edits.writing import WIDTH, after_head, block, inline, scalar, wrapped


def replaced(text: str, holder: Span, entry: Entry, value: Any) -> str:
    """The text with another value there."""
    old = entry.value
    if holder.style == "flow":
        return _replaced_between_brackets(text, entry, value)
    end = old.end - 1 if old.end > old.start and text[old.end - 1] == "\n" else old.end
    like = old.style if old.entries or (isinstance(value, str) and old.kind == "scalar") else ""
    gap = text[entry.head : old.start] if old.end > old.start else ""
    if "\n" in gap and old.style == "block" and isinstance(value, dict if old.kind == "map" else list) and value:
        return text[: old.start] + block(value, _column(text, old.start)) + text[end:]
    columns = _column(text, entry.start), _column(text, entry.head)
    fresh = after_head(value, *columns, like, dash=entry.key is None)
    first, newline, rest = fresh.partition("\n")
    if "\n" in gap:  # what follows the colon on its own line is a comment, and stays there
        return text[: entry.head] + first + gap.partition("\n")[0].rstrip() + newline + rest + text[end:]
    first = (gap or " ") + first[1:] if first else ""
    if not newline:
        return text[: entry.head] + first + text[max(end, entry.head) :]
    line_end = _line_end(text, max(end, entry.head))
    comment = text[max(end, entry.head) : line_end]
    return text[: entry.head] + first + comment + newline + rest + text[line_end:]


def _replaced_between_brackets(text: str, entry: Entry, value: Any) -> str:
    old = entry.value
    style = old.style if old.kind == "scalar" else ""
    if old.end > old.start:
        fresh = _between_brackets(value, _column(text, old.start), style)
        return text[: old.start] + fresh + text[old.end :]
    colon = "" if text[entry.head - 1] == ":" or entry.key is None else ":"
    fresh = _between_brackets(value, _column(text, entry.head) + 1 + len(colon))
    return f"{text[: entry.head]}{colon} {fresh}{text[entry.head :]}"


def _between_brackets(value: Any, column: int, style: str = "") -> str:
    if isinstance(value, dict | list | tuple):
        return wrapped(value, column)
    return scalar(value, flow=True, style=style)


def added(text: str, span: Span, key: str | None, value: Any) -> str:
    """The text with an entry more at the end of a list (no key) or mapping."""
    alone = [value] if key is None else {key: value}
    if not span.entries:
        return text[: span.start] + wrapped(alone, _column(text, span.start)) + text[span.end :]
    last = span.entries[-1]
    if span.style == "flow":
        return _added_between_brackets(text, span, inline(alone)[1:-1])
    indent = _column(text, span.entries[0].start)
    head = "-" if key is None else scalar(key, flow=False, key=True) + ":"
    like = last.value.style if key is None and last.value.entries else ""
    line = " " * indent + head + after_head(value, indent, indent + len(head), like, dash=key is None)
    if text[last.end - 1] == "\n":  # a block scalar that keeps its last line break
        return text[: last.end] + line + "\n" + text[last.end :]
    at = _line_end(text, last.end)
    return text[:at] + "\n" + line + text[at:]


def _added_between_brackets(text: str, span: Span, piece: str) -> str:
    last, close = span.entries[-1], span.end - 1
    comma = _comma(text, last.end, close)
    at = last.end if comma < 0 else comma + 1
    lead = "" if comma >= 0 else "," if last.value.end > last.value.start else " ,"
    line_end = _line_end(text, at)
    starts = [_line_start(text, one.start) for one in span.entries]
    apart = len(starts) > 1 and len(set(starts)) == len(starts)
    long = line_end - _line_start(text, at) + len(lead) + 1 + len(piece) > WIDTH
    if not apart and not long:
        return text[:at] + f"{lead} {piece}" + text[at:]
    pad = "\n" + " " * _column(text, span.entries[0].start)
    after = text[at:line_end]
    if after.lstrip().startswith("#"):  # the comment is the last entry's
        return text[:at] + lead + after + pad + piece + text[line_end:]
    return text[:at] + lead + pad + piece + text[at:]


def dropped(text: str, path: list[tuple[Span, Entry]]) -> str:
    """The text without the last entry of the path. What was its last item leaves an empty list or mapping."""
    holder, entry = path[-1]
    at = next(index for index, one in enumerate(holder.entries) if one is entry)
    if len(holder.entries) == 1:
        empty: Any = {} if holder.kind == "map" else []
        if holder.style == "flow" or len(path) == 1:
            return text[: holder.start] + inline(empty) + text[holder.end :]
        return replaced(text, *path[-2], empty)
    if holder.style == "flow":
        return _dropped_between_brackets(text, holder, at)
    start, end = _line_start(text, entry.start), entry.end
    if text[end - 1] != "\n":
        end = min(_line_end(text, end) + 1, len(text))
    if not text[start : entry.start].strip():
        return text[:start] + text[end:]
    after = holder.entries[at + 1].start  # the first entry, behind a dash: the next one takes its place
    if text[end:after].strip():
        return text[: entry.start].rstrip(" ") + "\n" + text[end:]
    return text[: entry.start] + text[after:]


def _dropped_between_brackets(text: str, holder: Span, at: int) -> str:
    """The comma that goes is the one behind the entry or, for the last one, the one before it."""
    entry = holder.entries[at]
    if at + 1 < len(holder.entries):
        start, end = entry.start, holder.entries[at + 1].start
        gap = (entry.end, end)
    else:
        start, end = holder.entries[at - 1].end, entry.end
        gap = (start, entry.start)
    if "#" not in text[gap[0] : gap[1]]:
        return text[:start] + text[end:]
    comma = _comma(text, *gap)
    for first, last in sorted([(comma, comma + 1), (entry.start, entry.end)], reverse=True):
        text = text[:first] + text[last:]
    return text


def _comma(text: str, start: int, end: int) -> int:
    """Where the comma between two entries stands, -1 if there is none. Only comments and space are around it."""
    while start < end:
        if text[start] == ",":
            return start
        start = _line_end(text, start) if text[start] == "#" else start + 1
    return -1


def _column(text: str, at: int) -> int:
    return at - _line_start(text, at)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found
