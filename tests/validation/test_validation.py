"""V1 to V15: the simulated public against published data, and against what it was designed to do.

The quick tier simulates a part of what the page shows; `--slow` all of it.
"""

from __future__ import annotations

import pytest

from tests.validation import measures
from tests.validation.measures import Result

QUICK = {"v3": 0.5, "v4": 0.4, "v5": 0.35, "v6": 0.35, "v10": 0.12, "v11": 0.3, "v12": 0.25, "v2": 0.6}
SLOW_ONLY = {"v3", "v12"}
"""What says nothing on a small scale."""


def failures(result: Result) -> list[str]:
    return [
        f"{check.what}: {check.value:.4g} is not in [{check.least:.4g}, {check.most:.4g}]"
        for check in result.checks
        if not check.holds
    ]


@pytest.mark.parametrize("each", measures.ALL, ids=lambda each: each.__name__)
def test_the_public_is_lifelike(each, request) -> None:  # type: ignore[no-untyped-def]
    name = each.__name__
    slow = request.config.getoption("--slow")
    if name in SLOW_ONLY and not slow:
        pytest.skip("slow: needs --slow")
    if name == "v15":
        pytest.skip("a speed is measured by tests.validation.page, never asserted")
    assert failures(each(1 if slow else QUICK.get(name, 1))) == []


def test_a_wrong_kernel_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    right = measures.luck.reaction_delays
    monkeypatch.setattr(measures.luck, "reaction_delays", lambda flat, theta, horizon: right(2 * flat, theta, horizon))
    assert failures(measures.v1(0.2))


def test_repetitive_texts_would_be_seen() -> None:
    same = [f"I waited {n} minutes and nobody told me what to do about it, what a shame" for n in range(200)]
    broken = [check.what for check in measures.language_checks(measures.measure(same)) if not check.holds]
    assert {"distinct pairs of words", "near-duplicates in 1,000", "self-BLEU-4"} <= set(broken)
