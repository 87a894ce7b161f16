"""Pages of the room: authorise, read the form, call one command, show."""
