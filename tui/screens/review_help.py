"""The help of the review: its keys, its panes, its signs."""

from __future__ import annotations

HELP = """
# Review

- `1` … `8`, `tab` to a pane
- `j` `k` move or scroll; `g` and `G` go to both ends
- `enter` opens a line: why it scored so, when that was, what would have been better, by which rule; again shuts it
- `y` tries again from the step or the text under the cursor: a new run with the same luck, paused there; this one
  stays as it is
- `x` writes the report into the run's folder: a page, Markdown, a workbook or data
- `z` makes a pane bigger, where several are on screen
- `m` where you led the exercise: your own word on the score, the task or the text under the cursor, or on a cap in the
  summary, with a reason and your name; what the rubric said stays beside it
- `h` after a team's run: the hotwash, your own questions first
- `q` back to the lobby

## Panes

- **1 Summary** ends with *How firm this is*: what was luck (that is worked out while you read), what was not
  assessed, what an evaluator changed (✎)
- **2 Scores**: every line of the score; `enter` opens one to its evidence
- **3 Own words**: `enter` reads a text, `n` and `N` go to the next and the one before, `esc` goes back
- **4 Timeline**: `←` and `→` step through what came, what you did and what it really was, with `shift` through what
  you did alone; `enter` gives the step the whole pane, `esc` shows the charts again
- **5 Tasks**: how each task of the drill went, P to U, and why
- **6 Why**: what moved the public, theme by theme, with your own sentences
- **7 Posts**: the lower part answers “why is this here?”; `w` or `enter` reads the whole of it, `o` shows those first
  that went furthest
- **8 Plan**: where the plan failed and where people did, who kept you waiting, what to change, whether the last change
  has stuck

## Signs

- Timeline: `▼` it came, `◆` you classified, `▲` you called or asked, `●` you spoke, `·` you did something else,
  `░` what it really was, `■` your own scheduled post; `↑` under the charts is where you are
- `╌` how angry the public was the last time you played this drill with the same luck
- Scores: `+` opens a line, `−` shuts it; P, S, M and U say how a task went: without challenges, with some, with
  major ones, not at all
"""
