"""What the pages of the room accept."""

from datetime import date
from typing import Any

from django import forms

from maillage.acteurs import selectors
from maillage.acteurs.fonctions import FONCTIONS, PORTEES
from maillage.acteurs.models import Organisme
from maillage.acteurs.models.compte import Civilite
from maillage.acteurs.services.comptes import FicheDeCompte
from maillage.interface.formulaires import DateProcheField, Formulaire
from maillage.socle.temps import aujourd_hui
from maillage.strategie.api import acteurs

VIDE = ("", "Choisir")


class ChoixOrganisme(forms.ModelChoiceField):
    """Bodies by their name of today."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.nom_le(aujourd_hui()))


class Fiche(Formulaire):
    """An account as its administrator writes it."""

    disposition = (("prenom", "nom"), ("courriel", "civilite"), ("organisme", "fonction_libelle"))

    courriel = forms.EmailField(label="Adresse électronique professionnelle", max_length=254)
    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    civilite = forms.ChoiceField(
        label="Civilité",
        choices=[("", "Non précisée"), *Civilite.choices],
        required=False,
        help_text="Sert à écrire la fonction comme la personne la porte.",
    )
    fonction_libelle = forms.CharField(
        label="Fonction affichée",
        max_length=120,
        required=False,
        help_text="Par exemple : Coordonnatrice du conseil local. À défaut, la fonction exercée s’affiche.",
    )
    organisme = ChoixOrganisme(
        label="Organisme",
        queryset=Organisme.objects.filter(actif=True).prefetch_related("noms"),
        to_field_name="public_id",
        required=False,
        empty_label="Aucun",
    )
    double_facteur_exige = forms.BooleanField(
        label="Exiger un second facteur à chaque connexion", required=False, initial=True
    )

    def fiche(self) -> FicheDeCompte:
        return FicheDeCompte(**self.cleaned_data)


class Exercice(Formulaire):
    """A function to give."""

    disposition = ("code", ("portee_genre", "portee_code"))

    code = forms.ChoiceField(
        label="Fonction", choices=[VIDE, *((f.code, f.libelle()) for f in FONCTIONS.values())]
    )
    portee_genre = forms.ChoiceField(label="Territoire", choices=list(PORTEES.items()))
    portee_code = forms.CharField(
        label="Code du territoire",
        required=False,
        max_length=40,
        help_text="Code INSEE de la commune ou du département, SIREN de l’intercommunalité.",
    )


class RechercheDeComptes(Formulaire):
    recherche = forms.CharField(label="Nom ou adresse électronique", required=False, max_length=80)
    fonction = forms.ChoiceField(
        label="Fonction",
        required=False,
        choices=[("", "Toutes"), *((f.code, f.libelle()) for f in FONCTIONS.values())],
    )
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous"), ("actif", "Ouverts"), ("ferme", "Fermés")]
    )


def _genres() -> list[tuple[str, str]]:
    """Kinds of bodies, by name."""
    genres = ((genre.code, genre.libelle) for genre in acteurs() if genre.nature == "organisme")
    return sorted(genres, key=lambda genre: genre[1])


#: The bodies of care of fiche 6, found together.
SOINS = (selectors.SOINS, "Structures de soin (CMP, CMPP, MDA, CSAPA, CAARUD, CJC)")


class RechercheDOrganismes(Formulaire):
    recherche = forms.CharField(label="Nom, actuel ou ancien", required=False, max_length=80)
    genre = forms.ChoiceField(
        label="Genre", required=False, choices=lambda: [("", "Tous"), SOINS, *_genres()]
    )
    departement = forms.CharField(label="Département (code)", required=False, max_length=3)


class Nom(Formulaire):
    nom = forms.CharField(label="Nom", max_length=200)
    depuis = DateProcheField(label="Porté depuis le")

    def clean_depuis(self) -> date:
        depuis: date = self.cleaned_data["depuis"]
        if depuis.year < 1800:
            raise forms.ValidationError("Cette date est trop ancienne.")
        return depuis


class NouvelOrganisme(Nom):
    genre = forms.ChoiceField(label="Genre", choices=lambda: [VIDE, *_genres()])
    siret = forms.RegexField(
        label="Numéro SIRET",
        regex=r"^\d{14}$",
        required=False,
        error_messages={"invalid": "Le numéro SIRET compte quatorze chiffres."},
    )
    commune_code = forms.RegexField(
        label="Commune (code INSEE)",
        regex=r"^(\d{5}|2[AB]\d{3})$",
        required=False,
        error_messages={"invalid": "Le code INSEE compte cinq signes."},
    )
    departement_code = forms.RegexField(
        label="Département (code)",
        regex=r"^(\d{2,3}|2[AB])$",
        required=False,
        error_messages={"invalid": "Le code du département compte deux ou trois signes."},
    )
    disposition = ("nom", ("genre", "depuis"), "siret", ("commune_code", "departement_code"))
