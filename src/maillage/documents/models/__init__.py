"""One aggregate a file."""
