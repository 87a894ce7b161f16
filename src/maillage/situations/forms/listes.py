"""Filters and search of the lists."""

from typing import Any

from django import forms

from maillage.interface.formulaires import (
    Formulaire,
)
from maillage.situations.forms.champs import Choix, avec_vide, choix_du_champ
from maillage.strategie.api import liste


class Filtrer(Formulaire):
    """Filters of the list, in the address: no name among them."""

    etat = forms.ChoiceField(
        label="État", required=False, choices=[("ouverte", "Ouvertes"), ("close", "Closes, en archive")]
    )
    groupe = forms.ChoiceField(label="Groupe", required=False)
    exposition = forms.ChoiceField(label="Exposition", required=False)
    tranche = forms.ChoiceField(label="Tranche d’âge", required=False)
    referent = forms.ChoiceField(label="Référent", required=False)

    def __init__(self, *args: Any, groupes: Choix, referents: Choix, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix_du_champ(self, "groupe").choices = groupes
        choix_du_champ(self, "exposition").choices = avec_vide(liste("expositions").choix(), "Toutes")
        choix_du_champ(self, "tranche").choices = avec_vide(liste("tranches_age").choix(), "Toutes")
        choix_du_champ(self, "referent").choices = [("", "Tous"), ("sans", "Sans référent"), *referents]


class Chercher(Formulaire):
    """A search by name or number: always a POST, so that no name enters an address or a server's log."""

    q = forms.CharField(
        label="Nom ou numéro",
        max_length=80,
        help_text="Accents et orthographe approchée acceptés",
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
