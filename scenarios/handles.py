"""The @names under which people and brands post."""


def handle_of(given: str, name: str) -> str:
    """The handle that was given, with its @; or one made from the letters and digits of the name."""
    return "@" + (given.removeprefix("@") or plain(name))


def plain(name: str) -> str:
    """A name as a handle or a hashtag has it: small letters and digits only."""
    return "".join(ch for ch in name.lower() if ch.isalnum())
