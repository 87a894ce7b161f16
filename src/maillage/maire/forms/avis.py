"""What is typed about a notice due to the mayor: a kind, two days, a number. Never a name."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from maillage.interface.formulaires import DateProcheField, Formulaire, Option
from maillage.maire.rules.avis import REFERENCE_MAX, REFERENCE_NOMINATIVE, reference_opaque
from maillage.strategie.api import liste


def _options(code: str, jour: date, debiteur: str = "") -> list[tuple[str, Option]]:
    return [
        (item.code, Option(item.libelle, item.aide))
        for item in liste(code, jour)
        if not debiteur or item.attributs["debiteur"] == debiteur
    ]


class DemanderAvis(Formulaire):
    """Which notice, for which cause, asked when."""

    disposition: Sequence[str | Sequence[str]] = ("genre", ("cause_le", "demande_le"), "reference")

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["genre"] = forms.ChoiceField(
            label="Avis attendu", widget=forms.RadioSelect, choices=_options("avis_dus", jour)
        )
        self.fields["cause_le"] = DateProcheField(label="Signalement ou infraction, le", jusqu_au=jour)
        self.fields["demande_le"] = DateProcheField(label="Dû ou demandé depuis le", jusqu_au=jour)
        self.fields["reference"] = forms.CharField(
            label="Numéro donné par le parquet",
            max_length=REFERENCE_MAX,
            required=False,
            help_text="Ce numéro seul, par exemple 24/123. Jamais un nom.",
            widget=forms.TextInput({"autocomplete": "off"}),
        )

    def clean_reference(self) -> str:
        reference = str(self.cleaned_data["reference"]).strip().upper()
        if not reference_opaque(reference):
            raise forms.ValidationError(REFERENCE_NOMINATIVE.texte)
        return reference


class RecevoirAvis(Formulaire):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, debiteur: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reponse"] = forms.ChoiceField(
            label="Ce que dit l’avis",
            widget=forms.RadioSelect,
            choices=_options("reponses_avis", jour, debiteur),
        )
        self.fields["recu_le"] = DateProcheField(label="Reçu le", jusqu_au=jour, initial=jour)


class RelancerAvis(Formulaire):
    """Rien à remplir : la page dit ce qui est daté."""


class RetirerAvis(Formulaire):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motif"] = forms.ChoiceField(
            label="Pourquoi", widget=forms.RadioSelect, choices=_options("motifs_rectification", jour)
        )
