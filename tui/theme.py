"""Two calm themes: four semantic hues beside neutral, told apart by eyes that see fewer colours (Machado 2009).

Every colour of a word has a contrast of 4.5 or more on each ground that it may stand on (WCAG 2.2, 1.4.3): on the
background, on the bars at head and foot, under the cursor, and under a cursor without the keyboard.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="stormdrill-dark",
    primary="#6cb6ff",
    secondary="#8b98a9",
    accent="#6cb6ff",
    error="#ff7a59",
    warning="#ffe08a",
    success="#3fbfa6",
    foreground="#d7dee8",
    background="#11161d",
    surface="#11161d",
    panel="#2a3441",
    boost="#1a222c",
    dark=True,
    variables={
        "muted": "#8b98a9",
        "text-muted": "#8b98a9",
        "text-disabled": "#8b98a9",
        "cursor": "#1f2f43",
        "block-cursor-blurred-background": "#1f2f43",
        "cursor-blur": "#1b2530",
        "border-blurred": "#2f3b49",
        "input-selection-background": "#6cb6ff 35%",
        "scrollbar": "#2f3b49",
        "scrollbar-hover": "#45566a",
        "scrollbar-active": "#6cb6ff",
        "scrollbar-background": "#11161d",
        "scrollbar-background-hover": "#11161d",
        "scrollbar-background-active": "#11161d",
        "scrollbar-corner-color": "#11161d",
    },
)

LIGHT = Theme(
    name="stormdrill-light",
    primary="#0b62b8",
    secondary="#5b6675",
    accent="#0b62b8",
    error="#8c1c13",
    warning="#806100",
    success="#006b5a",
    foreground="#1f2833",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#dcd9d0",
    boost="#f1efe9",
    dark=False,
    variables={
        "muted": "#5b6675",
        "text-muted": "#5b6675",
        "text-disabled": "#5b6675",
        "cursor": "#dae9f8",
        "block-cursor-blurred-background": "#dae9f8",
        "cursor-blur": "#ebe9e2",
        "border-blurred": "#cfcbc0",
        "input-selection-background": "#0b62b8 25%",
        "scrollbar": "#cfcbc0",
        "scrollbar-hover": "#b0aa9b",
        "scrollbar-active": "#0b62b8",
        "scrollbar-background": "#fbfaf7",
        "scrollbar-background-hover": "#fbfaf7",
        "scrollbar-background-active": "#fbfaf7",
        "scrollbar-corner-color": "#fbfaf7",
    },
)

THEMES = (DARK, LIGHT)

FALLBACKS = {
    "muted": "#808890",
    "cursor": "#30455f",
    "cursor-blur": "#2a3038",
    "border-blurred": "#505860",
}
"""Our own variables for themes that do not set them."""
