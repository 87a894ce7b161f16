"""Permissions of the room: a rule names nobody, so any account may ask."""

from maillage.socle.permissions import declarer

REGLES_CONSULTER = declarer("consultation.regles", "Demander si un acte est possible", tout_compte=True)
