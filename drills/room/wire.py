"""What both ends of the wire must agree on."""

PATH = "/room"
HEARTBEAT_S = 20.0
"""A connection that is silent for so long is dead; a proxy's usual minute is longer."""
BEFORE = "before STARTEX"
"""Why the clock of a room stands until its facilitator starts it."""
