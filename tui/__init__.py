"""The screens, and the command line that leads to them."""

import os

# How often a second Textual looks whether something must be drawn. A key that has just missed one look waits for the
# next but one. More looks draw nothing more; Textual reads this when it is imported, which is after this.
os.environ.setdefault("TEXTUAL_FPS", "120")
