"""Calls, applications and co-funding of prevention actions (fiches 23, 33 and 42)."""
