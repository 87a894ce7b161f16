"""« Écarter une raison »: one reason that is not the law, why, and a few guarded words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from maillage.droit.api import Motif
from maillage.interface.formulaires import Formulaire, Option
from maillage.parcours.rules.levee import PRECISION_MAX
from maillage.situations.forms.champs import TexteGarde, choix_du_champ, options
from maillage.strategie.api import liste


class EcarterRaison(Formulaire):
    """Its cleaned values are the arguments ``code``, ``raison``, ``precision`` of the service ``lever``."""

    disposition = ("code", "raison", "precision")
    code = forms.ChoiceField(label="Raison à écarter", widget=forms.RadioSelect)
    raison = forms.ChoiceField(label="Pourquoi", widget=forms.RadioSelect)
    precision = TexteGarde(
        label="Précision",
        max_length=PRECISION_MAX,
        required=False,
        help_text="Demandée pour « Autre raison ». Quelques mots, rien de la vie de la personne.",
    )

    def __init__(self, *args: Any, levables: Iterable[Motif], jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = [(motif.code, Option(motif.texte, motif.base_legale)) for motif in levables]
        choix_du_champ(self, "code").choices = choix
        if len(choix) == 1:
            self.initial.setdefault("code", choix[0][0])
        choix_du_champ(self, "raison").choices = options(liste("motifs_levee", jour))
