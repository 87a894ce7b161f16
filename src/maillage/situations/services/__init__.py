"""Writes of the room, one function a command."""
