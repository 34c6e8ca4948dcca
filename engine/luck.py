"""Keyed luck: the same name always draws the same numbers, whatever else happened.

Rules
1. Luck is asked for by name, never by turn: `luck.of("insult/41.2.0")`. So what one action changes cannot reshuffle
   anybody else's luck, and "what if" compares like with like (Buffalo, Pearson, Klein 2026; Starsim 3.5).
2. Tables are integers computed with `decimal`, whose `ln` and `exp` are correctly rounded by specification. No
   logarithm or power of the machine's own library is ever used: those differ between systems in the last bit.
"""

from __future__ import annotations

import hashlib
import struct
from bisect import bisect_right
from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from functools import lru_cache
from math import isqrt
from typing import Any

from engine.reading import PPM

_SALT = 2
"""`DRAWS` as it was when a number last changed its meaning: what happens around luck does not reshuffle it."""
ONE = 1 << 64
Eight = tuple[int, int, int, int, int, int, int, int]
_unpack: Callable[[bytes], Any] = struct.Struct("<8Q").unpack


class Luck:
    """Eight 64-bit numbers for every name."""

    def __init__(self, seed: int) -> None:
        self._start = hashlib.blake2b(b"drill/%d/%d/" % (_SALT, seed), digest_size=64)

    def of(self, name: str) -> Eight:
        """Eight numbers, each in [0, 2**64)."""
        digest = self._start.copy()
        digest.update(name.encode())
        eight: Eight = _unpack(digest.digest())
        return eight


def below(u: int, ppm: int) -> bool:
    """Whether the number `u` falls under a chance of `ppm` parts per million."""
    return u < ppm * ONE // PPM


def pick(u: int, weights: Sequence[int]) -> int:
    """The index that `u` chooses among weights. Raises ValueError if they sum to nothing."""
    total = 0
    sums = []
    for weight in weights:
        total += weight
        sums.append(total)
    if total <= 0:
        raise ValueError("no weight to choose by")
    return bisect_right(sums, u * total // ONE)


def _decimal(function: Callable[[], int]) -> int:
    with localcontext() as context:
        context.prec = 28
        return function()


@lru_cache(maxsize=65_536)
def exp_ppm(x_ppm: int) -> int:
    """e to the power of x, both in parts per million."""
    return _decimal(lambda: int((Decimal(x_ppm) / PPM).exp() * PPM))


@lru_cache(maxsize=65_536)
def power_ppm(base_ppm: int, exponent_ppm: int) -> int:
    """base to the power of exponent, all in parts per million; base above 0."""
    return _decimal(lambda: int(((Decimal(base_ppm) / PPM).ln() * Decimal(exponent_ppm) / PPM).exp() * PPM))


# Poisson -----------------------------------------------------------------------------------------------------


def poisson(mean_ppm: int, u: int) -> int:
    """A Poisson draw. The mean is rounded to a geometric grid of 1 % steps, so it errs by at most 0.5 %; above 200 it
    is a normal draw with the same mean and spread."""
    if mean_ppm < 500:
        return 0
    if mean_ppm > _MANY:
        return max(0, (mean_ppm + isqrt(mean_ppm * PPM) * normal(u) // PPM) // PPM)
    return bisect_right(_poisson(bisect_right(_grid(), mean_ppm) + _LOWEST), u)


_MANY = 200 * PPM
_LOWEST, _HIGHEST = -800, 560
"""Steps of the grid of means: 1.01 to these powers."""


@lru_cache
def _grid() -> tuple[int, ...]:
    """Where the next step of the grid begins, in ppm: half a step above each."""
    with localcontext() as context:
        context.prec = 28
        base = Decimal(101) / 100
        return tuple(int(base**step * base.sqrt() * PPM) for step in range(_LOWEST, _HIGHEST))


@lru_cache(maxsize=4_096)
def _poisson(step: int) -> tuple[int, ...]:
    with localcontext() as context:
        context.prec = 40
        mean = (Decimal(101) / 100) ** step
        term = total = (-mean).exp()
        sums = []
        for k in range(1, 4_000):
            sums.append(int(total * ONE))
            if k > mean and term < Decimal(10) ** -21:
                break
            term = term * mean / k
            total += term
        return tuple(sums)


# Normal, log-normal ---------------------------------------------------------------------------------------------

_KNOTS = 257
_RANGE = 4


@lru_cache
def _normal() -> tuple[int, ...]:
    """The normal distribution function at 257 knots from -4 to 4, as 64-bit thresholds."""
    with localcontext() as context:
        context.prec = 40
        root = (Decimal(2) * _pi()).sqrt()
        out = []
        for k in range(_KNOTS):
            x = Decimal(2 * _RANGE * k) / (_KNOTS - 1) - _RANGE
            # Phi(x) = 1/2 + phi(x) (x + x^3/3 + x^5/15 + ...), Marsaglia 2004
            term = total = x
            n = 1
            while abs(term) > Decimal(10) ** -30:
                n += 2
                term = term * x * x / n
                total += term
            cdf = Decimal(1) / 2 + total * (-x * x / 2).exp() / root
            out.append(min(ONE - 1, max(0, int(cdf * ONE))))
        return tuple(out)


def _pi() -> Decimal:
    """Pi to 40 digits."""
    return Decimal("3.141592653589793238462643383279502884197")


_Z = tuple((2 * _RANGE * k * PPM) // (_KNOTS - 1) - _RANGE * PPM for k in range(_KNOTS))


def normal(u: int) -> int:
    """A standard normal draw in ppm, cut at four standard deviations."""
    return between_knots(_normal(), _Z, u)


@lru_cache(maxsize=1_024)
def lognormal_table(median: int, sigma_ppm: int) -> tuple[int, ...]:
    """Values of a log-normal at the knots: the median times e to the power of sigma z."""
    with localcontext() as context:
        context.prec = 28
        step = Decimal(2 * _RANGE) / (_KNOTS - 1)
        return tuple(int(median * (Decimal(sigma_ppm) / PPM * (step * k - _RANGE)).exp()) for k in range(_KNOTS))


def lognormal(median: int, sigma_ppm: int, u: int) -> int:
    """A log-normal draw, in the unit of the median; cut at four standard deviations."""
    return between_knots(_normal(), lognormal_table(median, sigma_ppm), u)


def lognormal_share(median: int, sigma_ppm: int, value: int) -> int:
    """The share of a log-normal that lies under `value`, in parts per million."""
    table = lognormal_table(median, sigma_ppm)
    if value <= table[0]:
        return 0
    if value >= table[-1]:
        return PPM
    return between_knots(table, _normal(), value) * PPM // ONE


def between_knots(xs: Sequence[int], ys: Sequence[int], x: int) -> int:
    """The piecewise linear function through the knots (xs ascending) at x, held flat outside them."""
    i = bisect_right(xs, x)
    if i == 0:
        return ys[0]
    if i == len(xs):
        return ys[-1]
    x0, x1, y0, y1 = xs[i - 1], xs[i], ys[i - 1], ys[i]
    return y0 + (y1 - y0) * (x - x0) // (x1 - x0)


# Delays ---------------------------------------------------------------------------------------------------------


@lru_cache
def reaction_delays(flat_ms: int, theta_ppm: int, horizon_ms: int) -> tuple[int, ...]:
    """Quantiles at k/1024 of the reaction kernel: flat for `flat_ms`, then a power law, cut at the horizon
    (SEISMIC, Zhao et al. 2015; theta 0.242)."""
    with localcontext() as context:
        context.prec = 28
        theta, flat, horizon = Decimal(theta_ppm) / PPM, Decimal(min(flat_ms, horizon_ms // 2)), Decimal(horizon_ms)
        knee = theta / (1 + theta)
        most = 1 - (-theta * (horizon / flat).ln()).exp() / (1 + theta)
        out = []
        for k in range(1025):
            u = most * k / 1024
            if u <= knee:
                delay = u * flat * (1 + theta) / theta
            else:
                delay = flat * (-((1 + theta) * (1 - u)).ln() / theta).exp()
            out.append(int(delay))
        return tuple(out)


def quantile(table: Sequence[int], u: int) -> int:
    """The value at `u` of a table of 1,025 quantiles."""
    x = u >> 34
    i = x >> 20
    return table[i] + ((table[i + 1] - table[i]) * (x & 0xFFFFF) >> 20)


def reach_delay(p50_ms: int, p90_ms: int, u: int) -> int:
    """How long a colleague takes: piecewise linear through 0.3 of the median, p50, p90 and twice p90."""
    xs = (0, ONE // 2, ONE * 9 // 10, ONE)
    return between_knots(xs, (p50_ms * 3 // 10, p50_ms, max(p50_ms, p90_ms), 2 * max(p50_ms, p90_ms)), u)
