"""What is proposed to a person over time: schemes, placements, community work (fiches 6 to 14)."""
