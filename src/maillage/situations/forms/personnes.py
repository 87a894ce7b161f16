"""Who is signalled or followed, and who answers for a minor."""

from collections.abc import Sequence
from typing import Any

from django import forms

from maillage.interface.formulaires import (
    DateNaissanceField,
    Formulaire,
    Option,
)
from maillage.situations.cercles import Ici
from maillage.situations.forms.champs import Choix, TexteGarde, avec_vide, choix_du_champ, options
from maillage.situations.identites import DonneesIdentite, DonneesRepresentant, IdentiteVue
from maillage.situations.models.signalement import TEXTE_MAX
from maillage.situations.rules import ages
from maillage.strategie.api import Item, liste


class IdentiteFormulaire(Formulaire):
    """The closed list of what may be recorded of a person."""

    disposition: Sequence[str | Sequence[str]] = (
        ("nom", "prenom"),
        "naissance",
        "naissance_estimee",
        "tranche",
        "sexe",
        "adresse",
        ("telephone", "courriel"),
    )

    nom = forms.CharField(
        label="Nom de naissance", max_length=80, widget=forms.TextInput({"autocomplete": "off"})
    )
    prenom = forms.CharField(label="Prénom", max_length=80, widget=forms.TextInput({"autocomplete": "off"}))
    naissance_estimee = forms.BooleanField(label="Cette date est estimée", required=False)
    sexe = forms.ChoiceField(
        label="Sexe", required=False, choices=[("", "Non précisé"), ("F", "Féminin"), ("M", "Masculin")]
    )
    adresse = forms.CharField(
        label="Adresse", max_length=200, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    telephone = forms.CharField(
        label="Téléphone", max_length=20, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    courriel = forms.EmailField(
        label="Courriel", max_length=120, required=False, widget=forms.EmailInput({"autocomplete": "off"})
    )

    def __init__(self, *args: Any, ici: Ici, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ici = ici
        self.fields["naissance"] = DateNaissanceField(required=False, aujourd_hui=lambda: ici.jour)
        self.fields["tranche"] = forms.ChoiceField(
            label="Tranche d’âge, si la date est inconnue",
            required=False,
            choices=avec_vide(ages.choix_de_tranche(ici.volet), "Date connue"),
        )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        connue = donnees.get("naissance") or donnees.get("tranche") or "naissance" in self.errors
        if not connue:
            self.add_error("tranche", "Indiquez la date de naissance, ou à défaut la tranche d’âge.")
        return donnees

    def personne(self) -> DonneesIdentite:
        lues = self.cleaned_data
        return DonneesIdentite(
            **{
                nom: lues[nom]
                for nom in ("nom", "prenom", "sexe", "adresse", "telephone", "courriel", "naissance")
            },
            naissance_estimee=bool(lues["naissance"] and lues["naissance_estimee"]),
        )


class FaireSignalement(IdentiteFormulaire):
    """Who, what was noticed, where it comes from. Judicial choices are offered to judicial members only."""

    disposition = (
        *IdentiteFormulaire.disposition,
        ("representant_nom", "representant_prenom", "representant_lien"),
        "exposition",
        "motif",
        "origine",
        "texte",
    )

    representant_nom = forms.CharField(
        label="Représentant légal : nom",
        max_length=80,
        required=False,
        help_text="Pour une personne mineure : il devra être informé.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    representant_prenom = forms.CharField(
        label="Prénom", max_length=80, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    texte = TexteGarde(
        label="Précision",
        max_length=TEXTE_MAX,
        required=False,
        help_text="Des faits, un lieu, une date. Ni santé, ni famille, ni procédure, ni autre personne.",
    )

    def __init__(self, *args: Any, ici: Ici, rapprochements: Choix = (), **kwargs: Any) -> None:
        super().__init__(*args, ici=ici, **kwargs)
        permis = ici.membre.judiciaire and ici.judiciaire_siege
        self.fields["representant_lien"] = forms.ChoiceField(
            label="Lien", required=False, choices=avec_vide(liste("liens_representant").choix())
        )
        motifs = liste("motifs_signalement", ici.jour)
        self.fields["motif"] = forms.ChoiceField(
            label="Motif",
            widget=forms.RadioSelect,
            choices=options(m for m in motifs if ici.volet in m.attributs["volets"] and _permis(m, permis)),
        )
        self.fields["origine"] = forms.ChoiceField(
            label="Origine",
            choices=avec_vide(
                (o.code, o.libelle) for o in liste("origines_signalement", ici.jour) if _permis(o, permis)
            ),
        )
        if ici.volet != "victime":
            expositions = liste("expositions", ici.jour)
            self.fields["exposition"] = forms.ChoiceField(
                label="Exposition",
                widget=forms.RadioSelect,
                choices=options(e for e in expositions if e.code != "recidive" or ici.judiciaire_siege),
            )
        if rapprochements:
            self.fields["rapprocher"] = forms.ChoiceField(
                label="Ces personnes sont à rapprocher. Est-ce l’une d’elles ?",
                widget=forms.RadioSelect,
                choices=[*rapprochements, ("autre", Option("Non, c’est une autre personne"))],
            )
            self.disposition = ("rapprocher", *self.disposition)

    def representants(self) -> tuple[DonneesRepresentant, ...]:
        lues = self.cleaned_data
        if not lues["representant_nom"]:
            return ()
        return (
            DonneesRepresentant(
                lues["representant_nom"], lues["representant_prenom"], lues["representant_lien"] or "autre"
            ),
        )


def _permis(item: Item, judiciaire: bool) -> bool:
    return judiciaire or not item.attributs.get("judiciaire")


class CompleterNaissance(Formulaire):
    """The birth date of someone signalled without it."""

    disposition = ("naissance", "naissance_estimee", "version")
    naissance_estimee = forms.BooleanField(label="Cette date est estimée", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, ici: Ici, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["naissance"] = DateNaissanceField(aujourd_hui=lambda: ici.jour)


class CorrigerIdentite(IdentiteFormulaire):
    """Rectification of an identity, at the version read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, ici: Ici, vue: IdentiteVue, **kwargs: Any) -> None:
        donnees = vue.donnees
        initial = {nom: getattr(donnees, nom) for nom in donnees.__dataclass_fields__}
        super().__init__(*args, ici=ici, initial={**initial, "version": vue.version}, **kwargs)
        del self.fields["tranche"]

    def clean(self) -> dict[str, Any]:
        return Formulaire.clean(self) or {}


class AjouterRepresentant(Formulaire):
    disposition = (("nom", "prenom"), "lien", "adresse", "telephone")

    nom = forms.CharField(label="Nom", max_length=80, widget=forms.TextInput({"autocomplete": "off"}))
    prenom = forms.CharField(label="Prénom", max_length=80, required=False)
    lien = forms.ChoiceField(label="Lien avec la personne")
    adresse = forms.CharField(label="Adresse", max_length=200, required=False)
    telephone = forms.CharField(label="Téléphone", max_length=20, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix_du_champ(self, "lien").choices = avec_vide(liste("liens_representant").choix())

    def representant(self) -> DonneesRepresentant:
        return DonneesRepresentant(**self.cleaned_data)
