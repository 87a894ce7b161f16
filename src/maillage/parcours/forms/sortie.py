"""What is typed to prepare a way out: codes of closed lists, bodies of the directory, dates. No free text."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from maillage.interface.formulaires import DateProcheField, Formulaire, Option
from maillage.strategie.api import Item, liste

#: Between the kind of actor and the body, in the value of one choice.
SEPARATEUR = "/"
Groupe = tuple[str, Sequence[tuple[str, str]]]


def _options(items: Iterable[Item]) -> list[tuple[str, Option]]:
    return [(item.code, Option(item.libelle, item.aide)) for item in items]


class OuvrirPlan(Formulaire):
    """D’où la personne sort, et le dernier jour de la mesure."""

    origine = forms.ChoiceField(label="D’où la personne sort", widget=forms.RadioSelect)

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origine"] = forms.ChoiceField(
            label="D’où la personne sort",
            widget=forms.RadioSelect,
            choices=_options(liste("origines_sortie", jour)),
        )
        self.fields["fin_prevue_le"] = DateProcheField(
            label="Dernier jour de la mesure",
            help_text="La date que le membre judiciaire a énoncée.",
            des_le=jour,
        )


class Etape(Formulaire):
    """Qui prend le relais, du premier au dernier jour. Une date inconnue reste vide."""

    disposition = ("acteur", ("prevue_le", "fin_le"))

    def __init__(self, *args: Any, acteurs: Sequence[Groupe], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "version" in self.initial:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
        self.fields["acteur"] = forms.ChoiceField(
            label="Qui prend le relais", choices=[("", "Choisir"), *acteurs]
        )
        self.fields["prevue_le"] = DateProcheField(
            label="Premier jour prévu", required=False, help_text="Vide tant qu’il n’est pas connu."
        )
        self.fields["fin_le"] = DateProcheField(
            label="Dernier jour", required=False, help_text="Vide si le relais dure."
        )

    def clean_acteur(self) -> str:
        choisi: str = self.cleaned_data["acteur"]
        return choisi

    def valeurs(self) -> dict[str, Any]:
        """What the command takes: the kind of actor and the body apart."""
        genre, _, organisme = self.cleaned_data["acteur"].partition(SEPARATEUR)
        return {
            "acteur": genre,
            "organisme": UUID(organisme) if organisme else None,
            "prevue_le": self.cleaned_data["prevue_le"],
            "fin_le": self.cleaned_data["fin_le"],
        }


class SansRelais(Formulaire):
    """Pourquoi un domaine n’a pas de relais."""

    raison = forms.ChoiceField(label="Pourquoi", widget=forms.RadioSelect)

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["raison"] = forms.ChoiceField(
            label="Pourquoi",
            widget=forms.RadioSelect,
            choices=_options(liste("raisons_sans_relais", jour)),
        )


class ConfirmerEtape(Formulaire):
    """Le jour où le relais a commencé."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effective_le"] = DateProcheField(label="Premier jour effectif", jusqu_au=jour)


class Confirmer(Formulaire):
    """Rien à remplir : la page dit ce qui change."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DeplacerFin(Formulaire):
    """Le nouveau dernier jour, et le genre de décision."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vers"] = DateProcheField(label="Nouveau dernier jour")
        self.fields["motif"] = forms.ChoiceField(
            label="Pourquoi",
            widget=forms.RadioSelect,
            choices=_options(liste("motifs_fin_deplacee", jour)),
        )


class ConstaterFin(Formulaire):
    """Le jour où la mesure a pris fin."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["le"] = DateProcheField(label="Dernier jour de la mesure", jusqu_au=jour)
