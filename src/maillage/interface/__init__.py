"""Templates, components, theme and forms: what every screen is made of. Knows no business room."""
