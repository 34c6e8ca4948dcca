"""The crowd's names, made once by Faker and stored in the record: Faker's data changes between versions."""

from __future__ import annotations

import re
import unicodedata

from engine.luck import Luck
from engine.setup import Persona

SIZE = 600
"""How many people the crowd is drawn from."""

_TAILS = ("", "", "_", "x", "91", "_uk", "77", "b", "says", "_k", "2", "88", "real", "_z", "03")


BOTS = 40
"""How many accounts that are no people."""


def bots(seed: int, size: int = BOTS) -> tuple[Persona, ...]:
    """Accounts with made-up names: a first name and digits, as such accounts have."""
    fortune = Luck(seed)
    firsts = ("Anna", "Max", "Lena", "Tom", "Mia", "Ben", "Eva", "Sam", "Lou", "Kim", "Nia", "Jon", "Ada", "Leo", "Zoe")
    people = []
    for number in range(size):
        u = fortune.of(f"bot/{number}")
        name = firsts[u[0] % len(firsts)]
        people.append(Persona(f"b{number}", name, f"@{name.lower()}{u[1] % 90_000_000 + 10_000_000}"))
    return tuple(people)


def make(seed: int, size: int = SIZE) -> tuple[Persona, ...]:
    """`size` people with names and distinct handles. Same seed and Faker version: the same people."""
    from faker import Faker  # 60 ms that only a new run pays

    faker = Faker("en_GB", use_weighting=False)
    faker.seed_instance(seed)
    fortune = Luck(seed)
    taken: set[str] = set()
    people = []
    for number in range(size):
        first, last = faker.first_name(), faker.last_name()
        u = fortune.of(f"handle/{number}")
        tail = _TAILS[u[1] % len(_TAILS)]
        plain = (
            f"{first}{last}", f"{first}_{last}", f"{first[0]}{last}", f"{first}{last[0]}", f"{last}{first}", first
        )[u[0] % 6]  # fmt: skip
        handle = re.sub(r"[^a-z0-9_]", "", unicodedata.normalize("NFKD", plain + tail).lower())
        if handle in taken or len(handle) < 3:
            handle = f"{handle}{number}"
        taken.add(handle)
        people.append(Persona(f"p{number}", f"{first} {last}", f"@{handle}"))
    return tuple(people)
