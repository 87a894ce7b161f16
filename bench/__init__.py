"""Benchmarks: each runs alone, measures the product as it is served, and writes JSON.

``python -m bench --help`` lists them. See README.md.
"""
