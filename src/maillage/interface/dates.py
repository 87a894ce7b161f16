"""Date fields: three boxes for a birth, the browser's calendar for a near date.

A native picker is slow for a birth and follows the browser's language; three boxes are quick to
type, and each fault can be named (« Le mois va de 1 à 12 ») while what was typed stays on screen.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

ANNEE_MINIMALE = 1900
CASES = ("jour", "mois", "annee")


class TroisCases(forms.MultiWidget):
    """Day, month and year, three short text boxes under one legend."""

    template_name = "maillage/formulaires/trois_cases.html"

    def __init__(self, *, naissance: bool = False) -> None:
        libelles = {"jour": "Jour", "mois": "Mois", "annee": "Année"}
        cases: dict[str, forms.Widget | type[forms.Widget]] = {
            nom: forms.TextInput(
                attrs={
                    "class": f"form-control m-case-{nom}",
                    "inputmode": "numeric",
                    "autocomplete": "off",
                    "data-libelle": libelles[nom],
                }
            )
            for nom in CASES
        }
        super().__init__(cases)
        self.naissance = naissance

    def decompress(self, value: datetime.date | None) -> list[Any]:
        """A stored date, box by box."""
        if isinstance(value, datetime.date):
            return [value.day, value.month, value.year]
        return [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name each box: its label is visible, not only a hint that vanishes while typing."""
        contexte = super().get_context(name, value, attrs)
        for case in contexte["widget"]["subwidgets"]:
            case["libelle"] = case["attrs"].pop("data-libelle")
        return contexte

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """What was typed. A whole date pasted in the first box is spread over the three."""
        typed = [str(v or "").strip() for v in super().value_from_datadict(data, files, name)]
        colle = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", typed[0])
        if colle and not any(typed[1:]):
            return list(colle.groups())
        return typed


class DateNaissanceField(forms.Field):
    """A date of birth. `aujourd_hui` is given by the form's author, so that time can be set."""

    widget = TroisCases
    default_error_messages = {
        "required": "Indiquez la date de naissance : elle évite de confondre deux personnes.",
    }

    def __init__(self, *, aujourd_hui: Callable[[], datetime.date] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Date de naissance")
        kwargs.setdefault("help_text", "Par exemple 14 5 2011.")
        super().__init__(**kwargs)
        self.aujourd_hui = aujourd_hui

    def to_python(self, value: Any) -> datetime.date | None:
        """Read the three boxes; the first thing to correct is said, one at a time."""
        if value in self.empty_values or isinstance(value, datetime.date):
            return value or None
        jour, mois, annee = ([*value, "", "", ""])[:3]
        if not (jour or mois or annee):
            return None
        fautes = [
            (not jour or not mois or not annee, "Indiquez le jour, le mois et l’année de naissance."),
            (not (jour + mois + annee).isdecimal(), "Écrivez la date de naissance en chiffres."),
            (len(annee) != 4, "Écrivez l’année de naissance avec quatre chiffres."),
        ]
        for presente, message in fautes:
            if presente:
                raise ValidationError(message, code="invalid")
        return self._date(int(jour), int(mois), int(annee))

    def _date(self, jour: int, mois: int, annee: int) -> datetime.date:
        if not 1 <= mois <= 12:
            raise ValidationError("Le mois de naissance va de 1 à 12.", code="invalid")
        if annee < ANNEE_MINIMALE:
            raise ValidationError(f"L’année de naissance commence à {ANNEE_MINIMALE}.", code="invalid")
        dernier = calendar.monthrange(annee, mois)[1]
        if not 1 <= jour <= dernier:
            raise ValidationError(f"Ce mois-là, le jour de naissance va de 1 à {dernier}.", code="invalid")
        return datetime.date(annee, mois, jour)

    def validate(self, value: Any) -> None:
        """Nobody is born tomorrow."""
        super().validate(value)
        if value and self.aujourd_hui and value > self.aujourd_hui():
            raise ValidationError("La date de naissance est dans le futur.", code="futur")


class DateProcheField(forms.DateField):
    """A near date: the browser's own calendar, typed or picked."""

    def __init__(self, **kwargs: Any) -> None:
        attributs = {
            nom: borne.isoformat()
            for nom, borne in (("min", kwargs.pop("des_le", None)), ("max", kwargs.pop("jusqu_au", None)))
            if borne
        }
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attributs}))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y"])
        super().__init__(**kwargs)
