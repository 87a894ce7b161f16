"""Fields and choices shared by the forms of the room."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse_lazy

from maillage.interface.formulaires import (
    DateProcheField,
    Option,
    erreur_de_garde,
)
from maillage.situations import garde
from maillage.strategie.api import Item

Choix = Sequence[tuple[str, Any]]


class TexteGarde(forms.CharField):
    """A short free text. The guard refuses it on the server, quotes the words and says what to write."""

    def __init__(self, *, lignes: int = 2, **kwargs: Any) -> None:
        attributs = {"rows": lignes, "autocomplete": "off", "data-garde": reverse_lazy("situations:garde")}
        super().__init__(widget=forms.Textarea(attrs=attributs), **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        signaux = garde.examiner(value or "")
        if signaux:
            premier = signaux[0]
            memes = tuple(s.extrait for s in signaux if s.code == premier.code)
            message = f"« {self.label} » {garde.libelle(premier.code)}."
            raise erreur_de_garde(message, memes, premier.conseil)


def options(items: Iterable[Item]) -> list[tuple[str, Option]]:
    """Choices whose second line is the help of the list."""
    return [(item.code, Option(item.libelle, item.aide)) for item in items]


def avec_vide(choix: Iterable[tuple[str, Any]], mot: str = "Choisir") -> list[tuple[str, Any]]:
    return [("", mot), *choix]


class DateDuJour(DateProcheField):
    """A near date that has happened: today at the latest, in the council's territory."""

    def __init__(self, *, jour: date, des_le: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", jour)
        super().__init__(des_le=des_le, jusqu_au=jour, **kwargs)


def choix_du_champ(formulaire: forms.BaseForm, nom: str) -> forms.ChoiceField:
    """A field declared without its choices: the list of the day fills it."""
    champ = formulaire.fields[nom]
    assert isinstance(champ, forms.ChoiceField)
    return champ
