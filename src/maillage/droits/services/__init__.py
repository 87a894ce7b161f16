"""Writes of the room: a request to its answer, the gate, the restriction of a file."""
