"""Dated legal parameters and the vocabulary of rules. Imports no Django."""
