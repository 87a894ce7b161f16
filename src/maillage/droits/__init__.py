"""Requests of persons about their own data, and the registers of the data-protection officer."""
