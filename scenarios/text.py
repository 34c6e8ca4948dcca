r"""Text from outside, made safe to store and to show.

Posts, names, replies, mails and file names are other people's words. A terminal obeys some of them, an eye is
deceived by others. `clean` is called where text comes in and again where it is shown.

Rules
1. A terminal sequence goes whole: with the ESC also the parameters of a CSI and the payload of an OSC (link,
   clipboard). A payload that never ends takes the rest of its line with it, as it would on a terminal.
2. What is left of forbidden characters goes one by one, so nothing that was removed can form a new sequence.
3. A joiner (ZWJ, ZWNJ) stays where a script or an emoji needs it, one at a time. A letter keeps four marks.
4. Cleaning twice changes nothing more.
"""

from __future__ import annotations

import re
import unicodedata

MARKS_PER_LETTER = 4

# Line and paragraph separators are here because an editor and YAML count them as line breaks, and Python's
# splitlines too, while a terminal does not.
_FORBIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # who is left and who is right, and old format controls
    "\u180e\u200b\u2028\u2029\u2060-\u2065\ufeff\ufff9-\ufffb"  # no width, or none of its own
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"  # no characters, half characters, tags
)
FORBIDDEN = re.compile(f"[{_FORBIDDEN}]")
"""One character that no text may hold. Newline, tab and joiners are not among them."""

_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_SEQUENCE = re.compile(
    # OSC, DCS, SOS, PM, APC: up to what ends it, or else to the end of the line
    rf"(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])(?:[^{_CONTROL}]*(?:\x07|\x18|\x1a|\x9c|\x1b\\)|[^{_CONTROL}\r\n]*)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, movement, modes
    r"|\x1b[ -/]*[0-~]?"  # all other escapes
)

_LINE_BREAK = re.compile("\r\n?|[\u2028\u2029]")
_JOINERS = re.compile("[\u200c\u200d]+")
_PERHAPS_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{MARKS_PER_LETTER + 1},}}")

# Scripts whose letters change shape beside a joiner: Arabic and its kin, South and South-East Asia.
_SHAPING = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1c4f\ua800-\ua8ff\ua980-\uaaff"
    "\ufb50-\ufdff\ufe70-\ufefc\U00011000-\U0001147f]"
)
_PICTURE = "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_EMOJI_BEFORE = re.compile(f"[{_PICTURE}\ufe0f\u20e3]")
_EMOJI_AFTER = re.compile(f"[{_PICTURE}]")


def clean(text: str, *, limit: int | None = None, multiline: bool = True) -> str:
    """The text without anything that a terminal would obey or an eye would miss.

    Line breaks become newlines or, if not `multiline`, each run of them one space; a tab becomes a space. At
    most `limit` characters are kept. Markup such as `[bold]` stays: in `Content` and `Text` it is harmless.
    """
    if not (text.isascii() and text.isprintable()):
        text = _scrubbed(text)
        if not multiline and "\n" in text:
            text = re.sub("\n+", " ", text)
    if limit is not None and len(text) > limit:
        # A cut may part a joiner from what it joined.
        text = _JOINERS.sub(_joiner, text[:limit])
    return text


def is_clean(text: str) -> bool:
    """Whether `clean` would leave this text as it is."""
    return clean(text) == text


def describe(character: str) -> str:
    """The code point and the name of a character that cannot be shown: `U+202E RIGHT-TO-LEFT OVERRIDE`."""
    point = ord(character)
    return f"U+{point:04X} {_NAMES.get(point) or unicodedata.name(character, _kind(point))}"


_NAMES = {
    0x00: "NUL",
    0x07: "BELL",
    0x08: "BACKSPACE",
    0x0D: "CARRIAGE RETURN",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
    0x85: "NEXT LINE",
    0x9B: "CONTROL SEQUENCE INTRODUCER",
    0x9D: "OPERATING SYSTEM COMMAND",
}


def _kind(point: int) -> str:
    if 0xD800 <= point <= 0xDFFF:
        return "(half of a character)"
    return "(control character)" if point < 0xA0 else "(no character)"


def _scrubbed(text: str) -> str:
    # isprintable is true of letters, marks and emoji, and false of everything forbidden.
    if not text.isprintable():
        text = _LINE_BREAK.sub("\n", _SEQUENCE.sub("", text))
        text = FORBIDDEN.sub("", text.replace("\t", " "))
    if not text.isascii():
        # Marks first: a joiner that goes later must not have hidden a fifth mark from the count.
        text = _JOINERS.sub(_joiner, _PERHAPS_MARKS.sub(_thinned, text))
    return text


def _thinned(run: re.Match[str]) -> str:
    """Keep four marks on a letter; what follows a fifth, up to the next letter, goes with it."""
    kept = []
    marks = 0
    for character in run[0]:
        if unicodedata.category(character) in ("Mn", "Me"):
            marks += 1
        elif character not in "\u200c\u200d":
            marks = 0
        if marks <= MARKS_PER_LETTER:
            kept.append(character)
    return "".join(kept)


def _joiner(run: re.Match[str]) -> str:
    """One joiner where its neighbours need it, else none. The neighbours are never joiners, so they stay."""
    text, joiner = run.string, run[0][0]
    before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    if _SHAPING.match(before):
        return joiner
    in_emoji = joiner == "\u200d" and _EMOJI_BEFORE.match(before) and _EMOJI_AFTER.match(after)
    return joiner if in_emoji else ""
