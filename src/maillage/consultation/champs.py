"""One declared field of a rule as a field of a form: dates, yes or no, numbers, words, communes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from maillage.consultation.questions import NAISSANCE, Mots
from maillage.droit.entrees import Champ, Genre
from maillage.instances.communes_saisies import lire_communes
from maillage.interface.formulaires import DateNaissanceField, DateProcheField
from maillage.territoires import referentiel

OUI, NON, ATTENTE = "oui", "non", "attente"
_BOOLEENS: Final = {OUI: True, NON: False, ATTENTE: None}
#: Beyond, a choice is a drop-down list: twenty buttons hide a page on a phone.
_BOUTONS = 7


def _sans_espaces(brut: Any) -> str:
    return "".join(str(brut or "").split())


class EntierField(forms.IntegerField):
    """A whole number; « 15 001 » is read as people write it."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        return super().to_python(_sans_espaces(value))


class MontantField(forms.CharField):
    """Euros as people write them: « 8 000,50 »."""

    def __init__(self, *, convertir: Callable[[Any], Any], **kwargs: Any) -> None:
        saisie = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=saisie, **kwargs)
        self.convertir = convertir

    def clean(self, value: Any) -> str:
        lu = super().clean(_sans_espaces(value).replace(",", ".").removesuffix("€"))
        if lu:
            try:
                self.convertir(lu)
            except ValueError:
                raise ValidationError("Écrivez un montant en euros, par exemple 8 000,50.") from None
        return str(lu)


class CommuneField(forms.CharField):
    """A commune by its name or by its code; the doubt is told, with the names that fit."""

    def clean(self, value: Any) -> str:
        saisie = str(super().clean(value)).strip()
        # A code the register knows needs no search; an empty answer neither.
        if not saisie or referentiel.commune(saisie.upper()) is not None:
            return saisie.upper()
        lues = lire_communes(saisie)
        if lues.fautes:
            raise ValidationError(lues.fautes[0])
        if len(lues.codes) != 1:
            raise ValidationError("Indiquez une seule commune.")
        return lues.codes[0]


def champ_de_formulaire(
    champ: Champ, mots: Mots, chemin: str, *, requis: bool, en_ligne: bool, jour: date
) -> forms.Field:
    """The field of the form. ``en_ligne``: one cell of a line, where a short list is kept short."""
    communs: dict[str, Any] = {
        "label": f"{mots.libelle}, en {mots.unite}" if mots.unite else mots.libelle,
        "help_text": mots.aide,
        "required": requis,
    }
    if chemin == NAISSANCE:
        return DateNaissanceField(aujourd_hui=lambda: jour, **communs)
    simples: dict[Genre, Callable[[], forms.Field]] = {
        Genre.JOUR: lambda: DateProcheField(**communs),
        Genre.ENTIER: lambda: EntierField(min_value=champ.minimum, max_value=champ.maximum, **communs),
        Genre.MONTANT: lambda: MontantField(convertir=champ.convertir, **communs),
        Genre.TEXTE: lambda: forms.CharField(
            max_length=champ.maximum, widget=forms.TextInput(attrs={"autocomplete": "off"}), **communs
        ),
        Genre.CODE: lambda: CommuneField(max_length=120, **communs),
        Genre.BOOLEEN: lambda: _oui_ou_non(mots, **communs),
        Genre.CHOIX: lambda: _choix(champ, mots, en_ligne=en_ligne, **communs),
        Genre.LISTE: lambda: _plusieurs(champ, mots, **communs),
    }
    fait = simples[champ.genre]()
    fait.initial = _initiale(champ.defaut) if requis else None
    return fait


def _initiale(defaut: Any) -> Any:
    if isinstance(defaut, bool):
        return OUI if defaut else NON
    return defaut.value if isinstance(defaut, StrEnum) else defaut


def _oui_ou_non(mots: Mots, **communs: Any) -> forms.Field:
    choix = [(OUI, "Oui"), (NON, "Non"), *([(ATTENTE, mots.nul)] if mots.nul else [])]
    champ = forms.ChoiceField(choices=choix, widget=forms.RadioSelect, **communs)
    champ.__dict__["en_colonnes"] = True
    return champ


def _choix(champ: Champ, mots: Mots, *, en_ligne: bool, **communs: Any) -> forms.Field:
    choix = [(valeur, mots.options[valeur]) for valeur in champ.valeurs]
    if not en_ligne and len(choix) <= _BOUTONS and communs["required"]:
        return forms.ChoiceField(choices=choix, widget=forms.RadioSelect, **communs)
    return forms.ChoiceField(choices=[("", "Choisir"), *choix], **communs)


def _plusieurs(champ: Champ, mots: Mots, **communs: Any) -> forms.Field:
    assert champ.element is not None  # a list says what it holds
    choix = [(valeur, mots.options[valeur]) for valeur in champ.element.valeurs]
    return forms.MultipleChoiceField(choices=choix, widget=forms.CheckboxSelectMultiple, **communs)


def en_json(champ: Champ, valeur: Any) -> Any:
    """A cleaned value as the rule reads it: what the command line would receive."""
    if isinstance(valeur, date):
        return valeur.isoformat()
    return _BOOLEENS[valeur] if champ.genre is Genre.BOOLEEN else valeur
