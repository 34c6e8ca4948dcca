"""Looking for something in what was seen: words, phrases in quotes, and a few small terms.

`water "third day" theme:safe channel:flit author:mum need:harm mood:angry late` finds what holds all of it. What a
term is compared with are the id and the name, by their beginning or any word's; letters' case never matters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from drills.desk.views import InboxItem, PostView

TERMS = ("theme", "channel", "author", "need", "mood")
"""What can stand before a colon."""
LATE = "late"

_PART = re.compile(r'(?:(\w+):)?(?:"([^"]*)"|(\S+))')


@dataclass(frozen=True, slots=True)
class Facets:
    """What one thing can be found by. Several names of the same, such as an id and a title, stand beside each other."""

    text: str
    author: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    need: tuple[str, ...] = ()
    mood: tuple[str, ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. Without anything it finds everything."""

    words: tuple[str, ...] = ()
    """Words and phrases, folded; all of them must be in the text, the author's names or the channel's."""
    terms: tuple[tuple[str, str], ...] = ()
    """A name of TERMS and what must match it."""
    late: bool = False
    """Only what is past its time."""

    def __bool__(self) -> bool:
        return bool(self.words or self.terms or self.late)

    def finds(self, one: Facets) -> bool:
        """Whether it holds everything that is looked for."""
        if self.late and not one.late:
            return False
        if any(not _named(getattr(one, term), wanted) for term, wanted in self.terms):
            return False
        if not self.words:
            return True
        text = " ".join((one.text, *one.author, *one.channel)).casefold()
        return all(word in text for word in self.words)


def search(text: str) -> Search:
    """Read what somebody typed. A term that nobody knows is a word like any other."""
    words: list[str] = []
    terms: list[tuple[str, str]] = []
    late = False
    for term, phrase, word in _PART.findall(text):
        value = " ".join((phrase or word).casefold().split())
        name = term.casefold()
        if not value:
            continue
        if name in TERMS:
            terms.append((name, value.removeprefix("@")))
        elif term:
            words.append(f"{name}:{value}")
        elif word.casefold() == LATE:
            late = True
        else:
            words.append(value)
    return Search(tuple(words), tuple(terms), late)


def _named(names: tuple[str, ...], wanted: str) -> bool:
    folded = [name.casefold().removeprefix("@") for name in names]
    return any(name.startswith(wanted) or f" {wanted}" in name for name in folded)


@dataclass(frozen=True, slots=True)
class View:
    """A way to look at a list: one theme, one channel, what is searched for. Without any of it all is shown."""

    theme: str = ""
    """A theme's id."""
    channel: str = ""
    """A channel's id."""
    search: Search = field(default_factory=Search)
    typed: str = ""
    """The search as somebody typed it."""

    def __bool__(self) -> bool:
        return bool(self.theme or self.channel or self.search)


def of_post(view: PostView, now_ms: int, names: Mapping[str, str], *, words: bool = True) -> Facets:
    """What a post can be found by. `names`: what people call a theme or a channel, by its id. Without `words` its
    text is left out: the crowd's texts are made when somebody looks, and many would have to be made."""
    event = view.event
    return Facets(
        view.text if words else "",
        author=(view.handle, view.author, event.author),
        theme=_both(event.theme, names),
        channel=_both(event.channel, names),
        need=(event.need,),
        mood=(event.mood,),
        late=view.waiting and view.due_ms < now_ms,
    )


def of_item(item: InboxItem, now_ms: int) -> Facets:
    """What something in the inbox can be found by."""
    return Facets(
        f"{item.subject} {item.text} {item.draft}",
        author=(item.author,),
        channel=(item.medium,),
        need=(item.medium,),
        late=item.waiting and 0 <= item.due_ms < now_ms,
    )


def _both(one: str, names: Mapping[str, str]) -> tuple[str, ...]:
    return (one, names[one]) if one in names else (one,) if one else ()
