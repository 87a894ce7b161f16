"""An amount of money: read as people write it, kept with two decimals, shown as it is printed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from maillage.interface.typographie import euros

#: No convention of a council is above: a longer number is a slip of the keyboard.
MAXIMUM: Final = Decimal("999999999.99")
A_ECRIRE: Final = "Écrivez un montant en euros, par exemple 24\u00a0000,50."
#: Thousands grouped by three, or not grouped at all: « 24 00 » is refused rather than guessed.
_MONTANT: Final = re.compile(r"(\d{1,3}(?: \d{3})+|\d+)(?:[.,](\d{1,2}))?")


class MontantIllisible(ValueError):
    """What was typed is not an amount."""


def lire_montant(saisie: str) -> Decimal:
    """`« 24 000,50 € »` → `24000.50`. Raises ``MontantIllisible``."""
    texte = " ".join(saisie.replace("\u202f", " ").split()).removesuffix("€").strip()
    lu = _MONTANT.fullmatch(texte)
    if lu is None:
        raise MontantIllisible(saisie)
    montant = Decimal(f"{lu[1].replace(' ', '')}.{lu[2] or '0'}").quantize(Decimal("0.01"))
    if montant > MAXIMUM:
        raise MontantIllisible(saisie)
    return montant


class MontantField(forms.Field):
    """Euros with two decimals; a refused text stays as typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        """The amount, or None where nothing was typed."""
        texte = str(value or "").strip()
        if not texte:
            return None
        try:
            return lire_montant(texte)
        except MontantIllisible:
            raise ValidationError(A_ECRIRE, code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        """A kept amount comes back as it is printed, without its sign; what was typed, as it was."""
        if isinstance(value, Decimal):
            return euros(value).removesuffix("\u00a0€")
        return value
