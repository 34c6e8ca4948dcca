"""Invitations to a room, and the tokens that they are exchanged for.

Rules
1. An invite code is twelve signs of Crockford's base 32: 60 bits. It belongs to one seat, works once, and for a time.
2. It is exchanged for a seat token of 256 bits. Of both only a hash is kept, and hashes are compared in constant time.
3. Whoever guesses has a few tries a minute, by where they come from; a right code that comes too soon is not taken.
4. A seat has one token. Coming back gives a new one, and the first use of the new one ends the one before: answers
   that got lost on the way lock nobody out, however many.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from drills.errors import DrillError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O and U, so that a code can be read aloud."""
LENGTH = 12
LASTS_S = 24 * 3600.0
TRIES = 5
"""Wrong codes a minute from one place."""
MINUTE_S = 60.0
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class DeniedError(DrillError):
    """A code or token that is not taken. It never says which part of it was wrong."""


@dataclass(frozen=True, slots=True)
class Invite:
    """One invitation, as it is kept."""

    seat: str
    hash: bytes
    until_s: float
    spent: bool = False


def spoken(code: str) -> str:
    """A code as it is handed out: `7K3M-9QPX-2VBT`."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def heard(text: str) -> str:
    """A code as it was typed, made plain: case, spaces and dashes don't matter, nor O for 0, I and L for 1."""
    return text.upper().translate(_MEANT)


def digest(secret: str) -> bytes:
    """What is kept of a secret."""
    return blake2b(secret.encode("utf-8", "replace"), digest_size=32, person=b"stormdrill-room").digest()


class Invites:
    """Codes and tokens of one room. `clock`: seconds; those of the day, where invitations are to outlive the process.
    `kept`: what `data` gave before."""

    def __init__(self, clock: Callable[[], float], kept: Mapping[str, Any] | None = None) -> None:
        self._clock = clock
        data = kept or {"invites": (), "tokens": {}}
        self._invites: list[Invite] = []
        self._tokens: dict[str, list[bytes]] = {}
        """Seat to the hashes of its token and of the one that was used last, until the newer has been used."""
        self._wrong: dict[str, list[float]] = {}
        self.restore(data)

    def restore(self, data: Mapping[str, Any]) -> None:
        """Be as it was when `data` gave this."""
        self._invites = [Invite(seat, bytes.fromhex(code), until) for seat, code, until in data["invites"]]
        self._tokens = {seat: [bytes.fromhex(one) for one in tokens] for seat, tokens in data["tokens"].items()}

    def invite(self, seat: str, lasts_s: float = LASTS_S) -> str:
        """A new code for a seat; one that was handed out for it before works no longer."""
        self.revoke(seat)
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        self._invites.append(Invite(seat, digest(code), self._clock() + lasts_s))
        return spoken(code)

    def revoke(self, seat: str) -> None:
        """Take back the code of a seat. Who sits there already stays."""
        self._invites = [one for one in self._invites if one.seat != seat]

    def expel(self, seat: str) -> None:
        """End the token of a seat: who sits there must be invited anew."""
        self._tokens.pop(seat, None)

    def exchange(self, typed: str, place: str) -> tuple[str, str]:
        """The seat and a token for a code. `place`: where it comes from, such as an address. Raises DeniedError."""
        now = self._clock()
        # the clock of the day may be set back meanwhile: then, too, a minute is a minute
        recent = [at for at in self._wrong.get(place, ()) if abs(now - at) < MINUTE_S]
        self._wrong = {one: times for one, times in self._wrong.items() if abs(now - times[-1]) < MINUTE_S}
        if len(recent) >= TRIES:
            raise DeniedError("too many wrong codes: wait a minute")
        wanted = digest(heard(typed))
        found = None
        for one in self._invites:  # every one of them is looked at, so that time tells nothing
            if hmac.compare_digest(one.hash, wanted) and not one.spent and now < one.until_s:
                found = one
        if found is None:
            self._wrong[place] = [*recent, now]
            raise DeniedError("this code is not taken: ask for a new one")
        self._invites = [replace(one, spent=True) if one is found else one for one in self._invites]
        return found.seat, self.token(found.seat)

    def token(self, seat: str) -> str:
        """A new token for a seat. The one before works until this one has been used."""
        token = secrets.token_urlsafe(32)
        self._tokens[seat] = [digest(token), *self._tokens.get(seat, [])[:1]]
        return token

    def renewed(self, token: str) -> tuple[str, str]:
        """Whose token this is, and the one that takes its place; this one works until that has been used.

        Raises DeniedError.
        """
        seat, newer = self.seat_of(token), secrets.token_urlsafe(32)
        self._tokens[seat] = [digest(newer), digest(token)]
        return seat, newer

    def seat_of(self, token: str) -> str:
        """Whose token this is. Raises DeniedError."""
        wanted, found, newest = digest(token), "", False
        for seat, kept in self._tokens.items():
            for at, one in enumerate(kept):
                if hmac.compare_digest(one, wanted):
                    found, newest = seat, at == 0
        if not found:
            raise DeniedError("this seat is not yours any more: join with a new code")
        if newest:
            del self._tokens[found][1:]
        return found

    @property
    def seated(self) -> frozenset[str]:
        """The seats that somebody has taken and was not sent away from."""
        return frozenset(self._tokens)

    def data(self) -> dict[str, Any]:
        """What is to be kept, as JSON: hashes only."""
        return {
            "invites": [[one.seat, one.hash.hex(), one.until_s] for one in self._invites if not one.spent],
            "tokens": {seat: [one.hex() for one in kept] for seat, kept in self._tokens.items()},
        }


def name_of(token: str) -> str:
    """Six signs by which a log may call a token; they give nothing of it away."""
    return digest(token).hex()[:6]
