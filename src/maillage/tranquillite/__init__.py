"""Public tranquillity: local scheme, walks, mediation, video protection (fiches 24 to 28, 31)."""
