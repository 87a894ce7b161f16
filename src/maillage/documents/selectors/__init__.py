"""Reads: always from what the actor may see."""
