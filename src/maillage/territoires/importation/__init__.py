"""Reading of the files people bring: lines understood, lines refused with their number and the reason."""
