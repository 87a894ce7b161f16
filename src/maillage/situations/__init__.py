"""Signalements and situations: what a groupe may know of a person, no more, and for how long."""
