"""What every test shares: the two tiers, and hypothesis set up for two busy cores."""

import os

import pytest
from hypothesis import HealthCheck, settings

# A deadline on a shared machine fails for its neighbours' reasons, never for ours.
settings.register_profile("quick", deadline=None, max_examples=60)
settings.register_profile(
    "slow", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow]
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the second tier."""
    parser.addoption("--slow", action="store_true", help="run all seeds, kills and sweeps too")


def pytest_configure(config: pytest.Config) -> None:
    """More examples in the slow tier; the same width of lines everywhere."""
    os.environ.pop("COLUMNS", None)  # some shells export how wide their window is
    settings.load_profile("slow" if config.getoption("--slow") else "quick")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave slow tests to --slow, and say so."""
    if not config.getoption("--slow"):
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow: needs --slow"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat, just above the last line, which of `./run test`'s other checks failed."""
    if failed := os.environ.get("STORMDRILL_FAILED_CHECKS"):
        terminalreporter.section(f"failed before the tests: {failed}", red=True, bold=True)
