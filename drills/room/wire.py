"""What both ends of the wire must agree on."""

PATH = "/room"
HEARTBEAT_S = 20.0
"""A connection that is silent for so long is dead; a proxy's usual minute is longer."""
BEFORE = "before STARTEX"
"""Why the clock of a room stands until its facilitator starts it."""
TALK = "note"
"""The action by which a team talks."""
HANDOVER = "handover"
"""The kind of a note that hands a seat over; the slot of its draft too."""
