"""Codes and tokens: who may take which seat, and who may not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.room.invites import ALPHABET, LENGTH, MINUTE_S, TRIES, DeniedError, Invites, heard, name_of, spoken


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_code_gives_its_seat_once(clock: Clock) -> None:
    room = Invites(clock)
    code = room.invite("SML")
    seat, token = room.exchange(code, "here")
    assert ("SML", "SML") == (seat, room.seat_of(token))
    with pytest.raises(DeniedError):
        room.exchange(code, "here")


def test_a_code_has_sixty_bits_and_a_token_two_hundred_and_fifty_six(clock: Clock) -> None:
    room = Invites(clock)
    code = room.invite("SML")
    assert LENGTH * 5 == 60 and len(heard(code)) == LENGTH and set(heard(code)) <= set(ALPHABET)
    assert len(room.exchange(code, "here")[1]) == 43  # 32 bytes in base 64


@given(st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_a_code_may_be_typed_in_small_letters_with_spaces_and_with_letters_for_digits(code: str) -> None:
    assert heard(spoken(code)) == heard(spoken(code).lower().replace("-", " ")) == code
    assert heard(code.replace("0", "o").replace("1", "l")) == code


def test_an_old_code_and_a_revoked_one_are_not_taken(clock: Clock) -> None:
    room = Invites(clock)
    old = room.invite("REP", lasts_s=60)
    clock.now += 61
    revoked = room.invite("COM")
    room.revoke("COM")
    again = room.invite("LEG")
    newer = room.invite("LEG")
    for code in (old, revoked, again):
        with pytest.raises(DeniedError):
            room.exchange(code, "here")
    assert "LEG" == room.exchange(newer, "here")[0]


def test_guessing_is_slowed_down_and_does_not_lock_out_others(clock: Clock) -> None:
    room = Invites(clock)
    code = room.invite("SML")
    for _ in range(TRIES):
        with pytest.raises(DeniedError):
            room.exchange("0000-0000-0000", "mallory")
    with pytest.raises(DeniedError, match="wait a minute"):
        room.exchange(code, "mallory")
    assert "SML" == room.exchange(code, "ana")[0]
    code = room.invite("COM")
    clock.now += MINUTE_S
    assert "COM" == room.exchange(code, "mallory")[0]


def test_a_new_token_ends_the_one_before_as_soon_as_it_is_used_and_expelling_ends_all(clock: Clock) -> None:
    room = Invites(clock)
    _, first = room.exchange(room.invite("SML"), "here")
    second = room.token("SML")
    assert "SML" == room.seat_of(first), "the answer with the second may have got lost"
    assert "SML" == room.seat_of(second)
    with pytest.raises(DeniedError):
        room.seat_of(first)
    room.expel("SML")
    with pytest.raises(DeniedError):
        room.seat_of(second)


@given(st.text())
def test_nothing_that_was_not_handed_out_is_taken(text: str) -> None:
    room = Invites(Clock())
    room.invite("SML")
    with pytest.raises(DeniedError):
        room.exchange(text, "here")
    with pytest.raises(DeniedError):
        room.seat_of(text)


def test_codes_and_tokens_outlive_the_process_and_spent_ones_stay_spent(clock: Clock) -> None:
    room = Invites(clock)
    open_, spent = room.invite("SML"), room.invite("COM")
    _, token = room.exchange(spent, "here")
    later = Invites(clock, json.loads(json.dumps(room.data())))
    assert {"COM"} == later.seated and "COM" == later.seat_of(token)
    with pytest.raises(DeniedError):
        later.exchange(spent, "here")
    assert "SML" == later.exchange(open_, "here")[0]


def test_nothing_that_is_kept_gives_a_secret_away(clock: Clock) -> None:
    room = Invites(clock)
    code = room.invite("SML")
    assert heard(code) not in repr(vars(room)) and code not in repr(vars(room))
    _, token = room.exchange(code, "here")
    assert token not in repr(vars(room)) + repr(room.data()) and name_of(token) not in token
