"""The report as files: each from the same frozen value as the page."""
