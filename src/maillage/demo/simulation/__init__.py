"""Simulated volumes: whole councils with years of history, loaded in bulk for trials and benchmarks."""
