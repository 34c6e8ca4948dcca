"""Practice: card exercises, pass marks of practice drills, and what one person's history says is due.

Nothing here compares people. `model` defines what authors write; the other modules are pure functions of records.
"""
