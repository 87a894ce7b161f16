"""Who acts in the mayor's name, on which decision, for which days."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from maillage.acteurs.api import Compte
from maillage.interface.formulaires import DateProcheField, Formulaire
from maillage.maire.forms.champs import texte
from maillage.maire.models import Pouvoir, QualiteDelegue


class DonnerDelegation(Formulaire):
    """L’élu, ses pouvoirs, l’arrêté, les dates."""

    disposition = ("compte", "qualite", "pouvoirs", ("arrete_numero", "arrete_le"), ("depuis", "jusqua"))

    def __init__(self, *args: Any, jour: date, elus: Sequence[Compte], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["compte"] = forms.ChoiceField(
            label="Élu ou élue",
            choices=[("", "Choisir"), *((str(elu.public_id), elu.nom_complet) for elu in elus)],
        )
        self.fields["qualite"] = forms.ChoiceField(
            label="Qualité", widget=forms.RadioSelect, choices=QualiteDelegue.choices
        )
        self.fields["pouvoirs"] = forms.MultipleChoiceField(
            label="Pouvoirs délégués", widget=forms.CheckboxSelectMultiple, choices=Pouvoir.choices
        )
        self.fields["arrete_numero"] = texte("Numéro de l’arrêté", 40, requis=True)
        self.fields["arrete_le"] = DateProcheField(label="Arrêté du", jusqu_au=jour)
        self.fields["depuis"] = DateProcheField(label="Premier jour")
        self.fields["jusqua"] = DateProcheField(
            label="Dernier jour", required=False, help_text="Vide si elle dure jusqu’à la fin du mandat."
        )


class FinirDelegation(Formulaire):
    """Le dernier jour."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jusqua"] = DateProcheField(label="Dernier jour", des_le=jour, initial=jour)
