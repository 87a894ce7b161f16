"""Template library of the visual language."""
