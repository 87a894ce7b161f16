"""What is stated for a scheme: days and closed answers, never a narrative."""

from datetime import date
from typing import Any

from django import forms

from maillage.interface.formulaires import DateProcheField, Formulaire, Option
from maillage.parcours.forms.orientations import NATURES
from maillage.parcours.rules.tig import Nature
from maillage.situations.forms.champs import DateDuJour, choix_du_champ
from maillage.strategie.api import Item


class EnoncerPeine(Formulaire):
    """Its cleaned values are the arguments of the service ``enoncer_peine``."""

    disposition = ("heures", "nature", ("decision", "faits"))
    heures = forms.IntegerField(
        label="Heures prononcées", min_value=1, max_value=999, help_text="De 20 à 400 heures pour un délit."
    )
    nature = forms.ChoiceField(
        label="Prononcé pour", widget=forms.RadioSelect, choices=NATURES, initial=Nature.DELIT
    )

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"] = DateDuJour(
            label="Jour de la décision", jour=jour, initial=None, help_text="La loi de ce jour s’applique."
        )
        self.fields["faits"] = DateProcheField(
            label="Jour des faits", help_text="Pour l’âge que demande la loi ; rien d’autre des faits."
        )


class EnoncerCondition(Formulaire):
    disposition = ("reponse", "le")
    reponse = forms.ChoiceField(label="Ce qui est énoncé", widget=forms.RadioSelect)

    def __init__(self, *args: Any, jour: date, condition: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mots = condition.attributs
        choix_du_champ(self, "reponse").choices = [
            ("oui", Option(str(mots["oui"]))),
            ("non", Option(str(mots["non"]))),
        ]
        self.fields["le"] = DateDuJour(label="Le", jour=jour)
