"""Rules of the room: the clock of a request, what may be answered and why. Pure."""
