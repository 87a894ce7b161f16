"""Choices and people, as the forms of mayor's acts ask for them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from maillage.interface.formulaires import DateNaissanceField, Formulaire, Option
from maillage.situations.api import DonneesIdentite, DonneesRepresentant
from maillage.strategie.api import Item, liste


def options(items: Iterable[Item]) -> list[tuple[str, Option]]:
    """Choices whose second line is the help of the list."""
    return [(item.code, Option(item.libelle, item.aide)) for item in items]


def coches(label: str, code: str, jour: date, **champ: Any) -> forms.ChoiceField:
    """One answer of a closed list, all shown."""
    return forms.ChoiceField(
        label=label, widget=forms.RadioSelect, choices=options(liste(code, jour)), **champ
    )


def deroulante(
    label: str, code: str, jour: date, *, vide: str = "Choisir", **champ: Any
) -> forms.ChoiceField:
    """One answer of a closed list, in a drop-down."""
    return forms.ChoiceField(label=label, choices=[("", vide), *liste(code, jour).choix()], **champ)


def texte(label: str, longueur: int, *, requis: bool = False, aide: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longueur,
        required=requis,
        help_text=aide,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class RepresentantFormulaire(Formulaire):
    """A parent or a legal representative."""

    disposition: Sequence[str | Sequence[str]] = (
        ("representant_nom", "representant_prenom"),
        "representant_lien",
        "representant_adresse",
    )

    def __init__(self, *args: Any, jour: date, requis: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["representant_nom"] = texte(
            "Parent ou représentant légal : nom",
            80,
            requis=requis,
            aide="Pour une personne mineure : une copie de la convocation lui est adressée.",
        )
        self.fields["representant_prenom"] = texte("Prénom du représentant", 80)
        self.fields["representant_lien"] = deroulante("Lien", "liens_representant", jour, required=False)
        self.fields["representant_adresse"] = texte("Adresse du représentant", 200)

    def representant(self) -> DonneesRepresentant | None:
        lues = self.cleaned_data
        if not lues["representant_nom"]:
            return None
        return DonneesRepresentant(
            nom=lues["representant_nom"],
            prenom=lues["representant_prenom"],
            lien=lues["representant_lien"] or "autre",
            adresse=lues["representant_adresse"],
        )


class PersonneFormulaire(RepresentantFormulaire):
    """Who is called to order: what the letter and the age need, no more."""

    disposition: Sequence[str | Sequence[str]] = (
        ("nom", "prenom"),
        "naissance",
        ("sexe", "telephone"),
        "adresse",
        *RepresentantFormulaire.disposition,
    )

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, jour=jour, requis=False, **kwargs)
        self.fields["nom"] = texte("Nom de naissance", 80, requis=True)
        self.fields["prenom"] = texte("Prénom", 80, requis=True)
        self.fields["naissance"] = DateNaissanceField(aujourd_hui=lambda: jour)
        self.fields["sexe"] = forms.ChoiceField(
            label="Sexe", required=False, choices=[("", "Non précisé"), ("F", "Féminin"), ("M", "Masculin")]
        )
        self.fields["telephone"] = texte("Téléphone", 20)
        self.fields["adresse"] = texte("Adresse", 200, aide="Pour envoyer la convocation.")

    def personne(self) -> DonneesIdentite:
        champs = ("nom", "prenom", "naissance", "sexe", "telephone", "adresse")
        return DonneesIdentite(**{champ: self.cleaned_data[champ] for champ in champs})

    def representants(self) -> tuple[DonneesRepresentant, ...]:
        un = self.representant()
        return (un,) if un is not None else ()
