"""The national strategy as data: its 43 fiches, its partners, its vocabulary and the closed lists of the
journey.

A pure data room: no Django, no database. Other rooms import ``maillage.strategie.api`` only.
"""
