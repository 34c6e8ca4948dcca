"""Plain mode: the drill in lines of text, for screen readers, scripts and terminals that can't move a cursor.

Rules
1. One event a line, one sentence or two, no colour, no cursor movement. What wants no answer is counted, not told.
2. Everything that can be answered has a number, given once and never given to anything else.
3. With a person at the keyboard the clock runs; with piped commands it stands, and only `wait` and `next` move it, so
   the same lines give the same run.
"""
