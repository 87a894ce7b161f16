"""Backups of the embedded server: one encrypted file, checked when it is written and when it comes back."""
