"""Pictures of every screen, to look at: `python -m tests.tui.pictures FOLDER [NAME...]`.

Each screen of tests/tui/screens.py at each size is drawn dark, light and without colours, as SVG, and with Chromium
also on one PNG that holds the three.
"""

from __future__ import annotations

import asyncio
import html
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.tui.looks import LOOKS, SIZES, wear
from tests.tui.screens import SCREENS

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
MARGIN = 8


async def drawn(name: str, size: tuple[int, int], folder: Path) -> list[Path]:
    """The looks of one screen, in files."""
    out = []
    async with SCREENS[name](size) as shown:
        for look in LOOKS:
            await wear(shown, look)
            file = folder / f"{name}-{size[0]}x{size[1]}-{look}.svg"
            file.write_text(shown.app.export_screenshot(title=f"{name}, {look}"), "utf-8")
            out.append(file)
    return out


def photographed(files: list[Path], out: Path, columns: int = 1) -> None:
    """Files of SVG on one PNG, as Chromium draws them: it keeps every cell where it is."""
    boxes = [re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', file.read_text("utf-8")) for file in files]
    sizes = [(float(box[1]), float(box[2])) for box in boxes if box]
    wide, high = max(width for width, _ in sizes), max(height for _, height in sizes)
    rows = -(-len(files) // columns)
    images = "".join(
        [f'<img src="{html.escape(file.resolve().as_uri())}" width="{wide}" height="{high}">' for file in files]
    )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        page = Path(scratch) / "page.html"
        page.write_text(
            f"<body style='margin:0;background:#777;display:grid;grid-template-columns:repeat({columns},max-content);"
            f"gap:{MARGIN}px'>{images}",
            "utf-8",
        )
        window = f"{int(columns * (wide + MARGIN))},{int(rows * (high + MARGIN))}"
        subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={scratch}",
             f"--screenshot={out}", f"--window-size={window}", page.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


def main() -> None:
    """Draw what was asked for."""
    if len(sys.argv) < 2 or set(sys.argv[2:]) - set(SCREENS):
        sys.exit(f"{__doc__}\nNames: {', '.join(SCREENS)}")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or SCREENS:
        for size in SIZES:
            files = asyncio.run(drawn(name, size, folder))
            if CHROMIUM:
                photographed(files, folder / f"{name}-{size[0]}x{size[1]}.png")
            print(f"{name} {size[0]}x{size[1]}")


if __name__ == "__main__":
    main()
