"""Writes of the room: one function a command, keyword-only, journalled."""
