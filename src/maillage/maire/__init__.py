"""The mayor's own powers: rappel à l'ordre, transaction, hearing of families (fiches 5, 29 and 37)."""
