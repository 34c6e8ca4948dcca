"""The semantic layer on a thread of its own: it loads while people do other things, and nobody ever waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Thread

from drills.tone.semantic import NOT_INSTALLED, Absent, Advice, Adviser, installed, load
from engine.reading import Reading

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())

Then = Callable[[Advice | None], object]
"""What is called with the advice, on the thread of the layer; None where there is none to give."""


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    post: str
    reading: Reading
    then: Then


class Background:
    """Advice for whoever asks. A question replaces an older one with the same key that was not yet answered."""

    def __init__(self, loading: Callable[[], Adviser] = load, *, here: Callable[[], bool] = installed) -> None:
        """`loading` gives the layer or raises Absent; `here` says quickly whether there is anything to load."""
        self._loading = loading
        self._waiting: dict[str, _Question] = {}
        self._more = Condition()
        self._thread: Thread | None = None
        self.note = "" if here() else NOT_INSTALLED
        """Why there is no advice; '' where there is, or may yet be."""

    def start(self) -> None:
        """Begin to load; again, nothing."""
        if self._thread is None and not self.note:
            # A daemon: leaving must not wait until something has been loaded that nobody wants any more.
            self._thread = Thread(target=self._run, name="semantic", daemon=True)
            self._thread.start()

    def ask(self, key: str, text: str, post: str, reading: Reading, then: Then) -> None:
        """Have a text judged that answers `post` ('' where it answers none). Returns at once."""
        self.start()
        with self._more:
            if not self.note:
                self._waiting[key] = _Question(text, post, reading, then)
                self._more.notify()

    def _run(self) -> None:
        try:
            adviser = self._loading()
        except Absent as absent:
            with self._more:
                self.note = str(absent)
                left = list(self._waiting.values())
                self._waiting.clear()
            for question in left:
                _answer(question, None)
            return
        while True:
            with self._more:
                self._more.wait_for(lambda: self._waiting)
                question = self._waiting.pop(next(iter(self._waiting)))
            try:
                advice = adviser.advise(question.text, question.post, question.reading)
            except Exception:
                _LOG.warning("the semantic layer could not judge a text", exc_info=True)
                advice = None
            _answer(question, advice)


def _answer(question: _Question, advice: Advice | None) -> None:
    try:
        question.then(advice)
    except Exception:  # whoever asked may have gone: the screen was left, the loop closed
        _LOG.info("nobody takes the advice any more", exc_info=True)
