"""Documents from versioned templates, and the one engine of conventions."""
