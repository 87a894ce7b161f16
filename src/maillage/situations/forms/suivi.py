"""What is written during a follow-up."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from maillage.interface.formulaires import (
    DateProcheField,
    Formulaire,
)
from maillage.situations.forms.champs import Choix, DateDuJour, TexteGarde, avec_vide, choix_du_champ, options
from maillage.situations.models.suivi import BILAN_MAX, COURT
from maillage.situations.states import LIBELLES
from maillage.strategie.api import Item, liste


class NoterContact(Formulaire):
    """« Noter un contact » : comment, avec qui, combien de temps, la suite. Pas de récit."""

    disposition = (("le", "duree_min"), "moyen", "avec", "suite")
    duree_min = forms.TypedChoiceField(
        label="Durée",
        coerce=int,
        choices=[
            (10, "10 min"),
            (15, "15 min"),
            (30, "30 min"),
            (45, "45 min"),
            (60, "1 h"),
            (90, "1 h 30"),
            (120, "2 h"),
        ],
        initial=30,
    )
    moyen = forms.ChoiceField(label="Comment", widget=forms.RadioSelect)
    avec = forms.ChoiceField(label="Avec qui", widget=forms.RadioSelect)
    suite = forms.ChoiceField(label="Suite", widget=forms.RadioSelect)

    def __init__(self, *args: Any, jour: date, ouverte_le: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["le"] = DateDuJour(label="Date du contact", jour=jour, des_le=ouverte_le)
        for nom, code in (("moyen", "contacts"), ("avec", "contacts_avec"), ("suite", "suites_contact")):
            choix_du_champ(self, nom).choices = options(liste(code, jour))


class PartagerElement(Formulaire):
    """The precision of one category: a closed answer where the list has some, else a few guarded words."""

    def __init__(self, *args: Any, categorie: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        valeurs = categorie.attributs["valeurs"]
        self.fields["precision"] = (
            forms.ChoiceField(
                label=categorie.libelle,
                help_text=categorie.aide,
                widget=forms.RadioSelect,
                choices=[(valeur, valeur) for valeur in valeurs],
            )
            if valeurs
            else TexteGarde(label="Précision", help_text=categorie.aide, max_length=COURT, required=False)
        )


class PoserObjectif(Formulaire):
    disposition = ("libelle", "domaine", "echeance")
    libelle = TexteGarde(
        label="Objectif",
        max_length=COURT,
        help_text="Par exemple : Reprendre les cours cinq matins sur cinq.",
    )
    domaine = forms.ChoiceField(label="Domaine")

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix_du_champ(self, "domaine").choices = avec_vide(liste("domaines_objectif", jour).choix())
        self.fields["echeance"] = DateProcheField(label="À atteindre avant le", des_le=jour)


class ChangerEtat(Formulaire):
    libelles: Mapping[str, Mapping[str, str]] = {"etat": LIBELLES}
    etat = forms.ChoiceField(label="Où en est cet objectif", widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, etats: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix_du_champ(self, "etat").choices = [(etat, LIBELLES[etat]) for etat in etats]


class DesignerReferent(Formulaire):
    """A member of the groupe, one of the professions of fiche 4, a date; the agreement may come later."""

    disposition = ("referent", "profession", ("depuis", "accord_personne_le"), "relais_le")
    referent = forms.UUIDField(label="Professionnel")
    profession = forms.ChoiceField(label="Profession", widget=forms.RadioSelect)

    def __init__(self, *args: Any, jour: date, ouverte_le: date, membres: Choix, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["referent"] = forms.TypedChoiceField(
            label="Professionnel du groupe", choices=avec_vide(membres), coerce=UUID
        )
        choix_du_champ(self, "profession").choices = options(liste("professions_referent", jour))
        self.fields["depuis"] = DateDuJour(label="Désigné le", jour=jour, des_le=ouverte_le)
        self.fields["accord_personne_le"] = DateDuJour(
            label="Accord de la personne, le", jour=jour, required=False, initial=None
        )
        self.fields["relais_le"] = DateProcheField(
            label="Fin prévue du suivi judiciaire",
            required=False,
            help_text="S’il existe : le référent prendra alors le relais.",
        )


class NoterAccord(Formulaire):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, ouverte_le: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["le"] = DateDuJour(label="Accord donné le", jour=jour, des_le=ouverte_le)


class RemettreLettre(Formulaire):
    disposition = ("destinataire", "moyen", "remise_le")
    destinataire = forms.ChoiceField(label="Lettre remise à", widget=forms.RadioSelect)
    moyen = forms.ChoiceField(label="Comment", widget=forms.RadioSelect)

    def __init__(self, *args: Any, jour: date, ouverte_le: date, destinataires: Choix, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix_du_champ(self, "destinataire").choices = destinataires
        choix_du_champ(self, "moyen").choices = options(liste("moyens_remise", jour))
        self.fields["remise_le"] = DateDuJour(label="Remise le", jour=jour, des_le=ouverte_le)


class EcrireBilan(Formulaire):
    texte = TexteGarde(
        label="Bilan d’intervention",
        max_length=BILAN_MAX,
        lignes=6,
        help_text="Ce qui a été fait, ce qui est atteint, la suite. Rien de ce qui a été confié.",
    )


class Confirmer(Formulaire):
    """No field but the version read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Retirer(Formulaire):
    """Nothing to fill in: what is about to go is on the page."""


class Clore(Formulaire):
    disposition = ("issue", "le")
    issue = forms.ChoiceField(label="Motif de clôture", widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, ouverte_le: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix_du_champ(self, "issue").choices = options(liste("issues_cloture", jour))
        self.fields["le"] = DateDuJour(label="Close le", jour=jour, des_le=ouverte_le)


class OuvrirArchive(Formulaire):
    motif = forms.ChoiceField(label="Pourquoi ouvrir cette archive", widget=forms.RadioSelect)

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix_du_champ(self, "motif").choices = options(liste("motifs_archive", jour))
