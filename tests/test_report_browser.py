"""A report in a real browser: it loads nothing, runs nothing, fits its page on the screen and on paper."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from drills.gaps.analysis import analyse, asked_for
from drills.report.content import report_of
from drills.report.html import html
from drills.scoring import score
from tests.drills.report import reports

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
    "--enable-logging=stderr", "--v=0",
)  # fmt: skip
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: a browser must open the report")
paper = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no poppler-utils here: they read the print")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A played run's report."""
    run = reports.played("tarn-and-tide", "slow")
    card = score(run)
    found = analyse(run, card, earlier=[asked_for("an-earlier-run", run, card)])
    path = tmp_path_factory.mktemp("browser") / "EXERCISE_report.html"
    path.write_text(html(report_of(run, card, found, name="a-run")), "utf-8")
    return path


def browse(path: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    """Open a page in a browser that nobody has used before."""
    return subprocess.run(
        [str(CHROMIUM), *FLAGS, f"--user-data-dir={path.parent / 'profile'}", *flags, path.as_uri()],
        capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=120, check=False,
    )  # fmt: skip


def measured(page: Path, script: str, *flags: str) -> dict[str, object]:
    """What a script finds in a copy of the page that may run it."""
    copy = page.with_name("measured.html")
    text = POLICY.sub("", page.read_text("utf-8"))
    writes = f"document.documentElement.dataset.found = JSON.stringify((() => {{ {script} }})());"
    copy.write_text(text.replace("</body>", f"<script>{writes}</script></body>"), "utf-8")
    found = re.search(r'<html[^>]* data-found="([^"]*)"', browse(copy, "--dump-dom", *flags).stdout)
    assert found is not None
    data = json.loads(found[1].replace("&quot;", '"').replace("&amp;", "&"))
    assert isinstance(data, dict)
    return data


def requests_of(page: Path) -> set[str]:
    """What the page itself asked the network for. What the browser asks for on its own has no page that began it."""
    log = page.with_name("net.json")
    assert "</html>" in browse(page, f"--log-net-log={log}", "--dump-dom").stdout
    asked = [event.get("params", {}) for event in json.loads(log.read_text("utf-8"))["events"]]
    return {
        one["url"]
        for one in asked
        if one.get("initiator", "not an origin") != "not an origin" and not one["url"].startswith(("file:", "data:"))
    }


def complaints(page: Path) -> list[str]:
    """What stands in the browser's console."""
    return [line for line in browse(page, "--dump-dom").stderr.splitlines() if "CONSOLE" in line]


def test_it_asks_the_network_for_nothing_and_makes_no_error(page: Path) -> None:
    assert set() == requests_of(page)
    assert [] == complaints(page)


def test_a_script_or_a_picture_would_be_refused_and_a_request_noticed(page: Path) -> None:
    """The test above can fail: what it looks for shows when it is there."""
    bad = '<script>document.title = "ran"</script><img src="http://127.0.0.1:9/x.png">'
    text = page.read_text("utf-8").replace("</main>", f"{bad}</main>")
    guarded, open_ = page.with_name("guarded.html"), page.with_name("open.html")
    guarded.write_text(text, "utf-8")
    open_.write_text(POLICY.sub("", text), "utf-8")
    assert set() == requests_of(guarded)
    assert 2 <= sum(1 for line in complaints(guarded) if "Content Security Policy" in line)
    assert {"http://127.0.0.1:9/x.png"} == requests_of(open_)


WIDE = """
document.querySelectorAll('details').forEach(one => one.open = true);
const page = document.documentElement.clientWidth;
const over = [...document.querySelectorAll('table, pre, figure, svg, td, th, p, li')].filter(
    one => one.getBoundingClientRect().right > page + 1 || one.tagName == 'PRE' && one.scrollWidth > one.clientWidth + 1
);
return {page: page, scrolls: document.documentElement.scrollWidth, over: over.length, tables:
    document.querySelectorAll('table').length, first: over.length ? over[0].outerHTML.slice(0, 200) : ''};
"""


@pytest.mark.parametrize("width", [1280, 800, 500])
def test_nothing_is_wider_than_its_page(page: Path, width: int) -> None:
    found = measured(page, WIDE, f"--window-size={width},900")
    assert (0, "") == (found["over"], found["first"])
    assert found["scrolls"] == found["page"]
    assert int(str(found["tables"])) > 8


def test_the_first_page_fits_one_screen(page: Path) -> None:
    script = """const end = document.querySelector('.front').lastElementChild.getBoundingClientRect().bottom;
    return {end: Math.ceil(end), wide: window.innerWidth};"""
    found = measured(page, script, "--window-size=1280,900")
    assert 500 < int(str(found["end"])) <= 900 and 1280 == found["wide"]


def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    ids = set(re.findall(r' id="([^"]+)"', text))
    assert len(ids) == len(re.findall(r' id="([^"]+)"', text)), "no id stands twice"
    assert set(re.findall(r'href="#([^"]+)"', text)) <= ids


@pytest.fixture(scope="module")
def printed(page: Path) -> list[str]:
    """The text of every printed page, as it is laid out."""
    pdf = page.with_name("report.pdf")
    browse(page, f"--print-to-pdf={pdf}")
    info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Page size:\s+[\d.]+ x [\d.]+ pts \(A4\)", info)
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return done.stdout.rstrip("\f").split("\f")


@paper
def test_every_printed_page_says_exercise_twice(printed: list[str]) -> None:
    assert len(printed) > 10
    spaced = r"E\s*X\s*E\s*R\s*C\s*I\s*S\s*E"
    for number, text in enumerate(printed, 1):
        lines = [line for line in text.splitlines() if line.strip()]
        assert re.search(spaced, lines[0]) and re.search(spaced, lines[-1]), f"page {number}"
        assert re.search(rf"{number} / {len(printed)}", lines[-1]), f"page {number}"


@paper
def test_the_summary_is_the_first_printed_page(printed: list[str]) -> None:
    assert "What went well" in printed[0] and "What to improve" in printed[0] and "Did the fix stick?" in printed[0]
    assert "Contents" not in printed[0] and "Contents" in printed[1]


@paper
def test_the_print_opens_the_annexes_and_repeats_the_heads_of_tables(printed: list[str]) -> None:
    whole = "\n".join(printed)
    assert "List of events" in whole and "Score sheet" in whole and "Fact sheet" in whole
    heads = [text for text in printed if re.search(r"No\s+Sent\s+What\s+From\s+Content\s+Expected action", text)]
    assert len(heads) > 2
    assert "@tarnandtide my son is 14 months old" in whole


@paper
def test_nothing_is_cut_off_in_print(page: Path) -> None:
    """Every word of the page stands on paper, inside the margins."""
    pdf = page.with_name("report.pdf")
    browse(page, f"--print-to-pdf={pdf}")
    boxes = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    width, words = 0.0, 0
    for line in boxes.splitlines():
        if sheet := re.search(r'<page width="([\d.]+)"', line):
            width = float(sheet[1])
        elif word := re.search(r'<word xMin="([-\d.]+)" yMin="[-\d.]+" xMax="([-\d.]+)"', line):
            words += 1
            assert 36 <= float(word[1]) and float(word[2]) <= width - 36, line
    assert words > 5000
