"""Reads, from what the actor may see."""
