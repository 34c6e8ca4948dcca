"""The one family of errors that a person may see: what happened, where, and what to do about it."""


class DrillError(Exception):
    """Something that the person at the keyboard has to know, told in one sentence."""

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        super().__init__(what, where, remedy)
        self.what = what
        """What happened, without capital or full stop: "the disk is full"."""
        self.where = where
        """A file, a line, a run, or nothing."""
        self.remedy = remedy
        """What to do, as a command: "free some space and go on"."""

    def __str__(self) -> str:
        sentence = f"{self.where}: {self.what}" if self.where else self.what
        asks = sentence.endswith("?")
        if not self.remedy:
            return sentence if asks else f"{sentence}."
        return f"{sentence} ({self.remedy})" if asks else f"{sentence}; {self.remedy}."
