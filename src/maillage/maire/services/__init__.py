"""Writes, one function a command."""
