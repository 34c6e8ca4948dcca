"""The room: one session that several seats share. `server` and `client` are its two ends of a wire.

Solo play is a room of one without a socket: the same session, the same record, the same fold.
"""
