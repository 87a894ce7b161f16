"""What opens a register beside the groupes: of which commune, decided when."""

from collections.abc import Sequence
from typing import Any

from django import forms

from maillage.instances.models import GenreFormation
from maillage.instances.territoire import CommuneNommee
from maillage.interface.formulaires import DateProcheField, Formulaire, Option

TOUT_L_EPCI = "tous"


class OuvrirActes(Formulaire):
    """The commune whose mayor acts, and the day of the mayor's decision."""

    fixe_le = DateProcheField(label="Date de la décision du maire")

    def __init__(self, *args: Any, communes: Sequence[CommuneNommee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"] = forms.ChoiceField(
            label="Commune", choices=[(commune.code, commune.nom) for commune in communes]
        )
        self.order_fields(["commune", "fixe_le"])


class EnregistrerFamilles(Formulaire):
    """A family council or a cell, as a deliberation created it."""

    genre = forms.ChoiceField(
        label="Ce qui a été créé",
        widget=forms.RadioSelect,
        choices=[
            (
                GenreFormation.CDDF,
                Option(
                    "Un conseil pour les droits et devoirs des familles (CDDF)",
                    "Il entend les familles et leur propose une aide.",
                ),
            ),
            (
                GenreFormation.CCTP,
                Option(
                    "Une cellule de citoyenneté et de tranquillité publique (CCTP)",
                    "Elle prépare les suites, sous la même protection.",
                ),
            ),
        ],
    )
    delibere_le = DateProcheField(label="Date de la délibération")
    deliberation = forms.CharField(label="Numéro de la délibération", max_length=80)

    def __init__(
        self, *args: Any, communes: Sequence[CommuneNommee], intercommunal: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choix = [(commune.code, commune.nom) for commune in communes]
        if intercommunal:
            choix = [(TOUT_L_EPCI, "Toute l’intercommunalité"), *choix]
        self.fields["commune"] = forms.ChoiceField(label="Territoire", choices=choix)
        self.order_fields(["genre", "commune", "delibere_le", "deliberation"])

    def valeurs(self) -> dict[str, Any]:
        """What the command takes: no commune for the whole EPCI."""
        lues = dict(self.cleaned_data)
        return {**lues, "commune": "" if lues["commune"] == TOUT_L_EPCI else lues["commune"]}


class OuvrirDroits(Formulaire):
    """The day the controller decided who answers to persons."""

    fixe_le = DateProcheField(label="Date de la décision du responsable du traitement")
