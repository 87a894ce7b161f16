"""Territories: communes, intercommunalités, départements, régions and priority neighbourhoods."""
