"""The forms of the room: they only read, so they travel in the address."""

from __future__ import annotations

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from maillage.droit.api import DERNIER_JOUR, PREMIER_JOUR

HORS_BORNES = f"Choisissez une date de {PREMIER_JOUR.year} à {DERNIER_JOUR.year}."


class JugerAuForm(forms.Form):
    """The day on which the law is judged."""

    le = forms.DateField(
        label="Juger à la date du",
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[
            MinValueValidator(PREMIER_JOUR, HORS_BORNES),
            MaxValueValidator(DERNIER_JOUR, HORS_BORNES),
        ],
        error_messages={"invalid": "Cette date n’existe pas. Écrivez-la ainsi : 27/05/2021."},
    )
