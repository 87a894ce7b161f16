"""What is typed about a request: codes of closed lists, days, the person. No story, no document."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from maillage.droits.lieux import Lieu
from maillage.droits.rules.demandes import PRESTATAIRE, VALEUR_MAX, constats_possibles
from maillage.droits.selectors import Candidat
from maillage.droits.services.demandes import Recue
from maillage.instances.api import Formation
from maillage.interface.formulaires import DateNaissanceField, DateProcheField, Formulaire, Groupe, Option
from maillage.situations.api import DonneesIdentite, DonneesRepresentant
from maillage.strategie.api import liste

AUCUNE = "aucune"


def _options(code: str, jour: date) -> list[tuple[str, Option]]:
    return [(item.code, Option(item.libelle, item.aide)) for item in liste(code, jour)]


def _radio(libelle: str, code: str, jour: date, **champ: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=libelle, widget=forms.RadioSelect, choices=_options(code, jour), **champ)


def _deroulante(libelle: str, code: str, jour: date, **champ: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=libelle, choices=[("", "Choisir"), *liste(code, jour).choix()], **champ)


def _texte(libelle: str, longueur: int, *, requis: bool = True, aide: str = "") -> forms.CharField:
    saisie = forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=libelle, max_length=longueur, required=requis, help_text=aide, widget=saisie)


class EnregistrerDemande(Formulaire):
    """Who asks, what, since when."""

    disposition = (
        Groupe("La demande", ("droit", ("champ", "valeur"), ("recue_le", "canal"), "qualite")),
        Groupe(
            "La personne",
            (("nom", "prenom"), "naissance", ("telephone", "courriel"), "adresse"),
        ),
        Groupe("Qui la représente, s’il y a lieu", (("parent_nom", "parent_prenom"), "lien")),
    )

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["droit"] = _radio("Ce qui est demandé", "droits_personnes", jour)
        self.fields["champ"] = _deroulante("Donnée à rectifier", "champs_rectifiables", jour, required=False)
        self.fields["valeur"] = _texte(
            "Valeur exacte",
            VALEUR_MAX,
            requis=False,
            aide="Pour une rectification seulement. Une date s’écrit 04/05/2011.",
        )
        self.fields["recue_le"] = DateProcheField(label="Reçue le", jusqu_au=jour, initial=jour)
        self.fields["canal"] = _deroulante("Par quel moyen", "canaux_droits", jour)
        self.fields["qualite"] = _radio("Qui demande", "qualites_demandeur", jour, initial="personne")
        self.fields["nom"] = _texte("Nom de naissance", 80)
        self.fields["prenom"] = _texte("Prénom", 80)
        self.fields["naissance"] = DateNaissanceField(label="Date de naissance", aujourd_hui=lambda: jour)
        self.fields["telephone"] = _texte("Téléphone", 20, requis=False)
        self.fields["courriel"] = forms.EmailField(label="Courriel", required=False, max_length=120)
        self.fields["adresse"] = _texte("Adresse", 200, requis=False, aide="Pour envoyer la réponse.")
        self.fields["parent_nom"] = _texte("Nom", 80, requis=False)
        self.fields["parent_prenom"] = _texte("Prénom du représentant", 80, requis=False)
        self.fields["lien"] = _deroulante("Lien", "liens_representant", jour, required=False)

    def clean(self) -> dict[str, Any]:
        lues = super().clean() or {}
        if lues.get("parent_nom") and not lues.get("lien"):
            self.add_error("lien", "Dites son lien avec la personne.")
        return lues

    def demande(self) -> Recue:
        champs = ("droit", "qualite", "canal", "recue_le", "champ", "valeur")
        return Recue(**{champ: self.cleaned_data[champ] for champ in champs})

    def personne(self) -> DonneesIdentite:
        champs = ("nom", "prenom", "naissance", "telephone", "courriel", "adresse")
        return DonneesIdentite(**{champ: self.cleaned_data[champ] for champ in champs})

    def representants(self) -> Sequence[DonneesRepresentant]:
        lues = self.cleaned_data
        if not lues["parent_nom"]:
            return ()
        return (DonneesRepresentant(lues["parent_nom"], lues["parent_prenom"], lues["lien"]),)


class Etape(Formulaire):
    """A step: its version, and the fields it adds."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ajouter(jour)

    def ajouter(self, jour: date) -> None:
        """Nothing to fill: the page says what changes."""


class Verifier(Etape):
    def ajouter(self, jour: date) -> None:
        self.fields["verification"] = _radio(
            "Comment l’identité a été vérifiée", "verifications_identite", jour
        )
        self.fields["verifiee_le"] = DateProcheField(label="Le", jusqu_au=jour, initial=jour)


class Prolonger(Etape):
    def ajouter(self, jour: date) -> None:
        self.fields["motif"] = _radio("Raison", "motifs_prolongation_droits", jour)


class Repondre(Etape):
    def ajouter(self, jour: date) -> None:
        self.fields["decision"] = _radio("Réponse", "decisions_droits", jour)
        self.fields["motif"] = _deroulante(
            "Motif du refus, même partiel",
            "refus_droits",
            jour,
            required=False,
            help_text="La lettre le dit à la personne, avec ses voies de recours.",
        )


class Lever(Formulaire):
    """That the person was told, before the restriction is lifted."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    informee = forms.BooleanField(label="La personne a été informée de la levée")

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jour = jour


class Interroger(Formulaire):
    """Which formations are asked."""

    def __init__(self, *args: Any, formations: Sequence[Formation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["formations"] = forms.MultipleChoiceField(
            label="Qui est interrogé",
            widget=forms.CheckboxSelectMultiple,
            choices=[(str(f.public_id), f.nom) for f in formations],
            initial=[str(f.public_id) for f in formations],
        )


class RepondreAuDelegue(Etape):
    """What the holder found and did."""

    disposition = ("identite", "constat", "limitation", "motif")

    def __init__(
        self, *args: Any, jour: date, droit: str, ou: Lieu, candidats: Sequence[Candidat], **kwargs: Any
    ) -> None:
        super().__init__(*args, jour=jour, **kwargs)
        self.fields["identite"] = forms.ChoiceField(
            label="La personne est-elle connue ici ?",
            widget=forms.RadioSelect,
            choices=[
                *((str(c.identite.public_id), Option(c.libelle, ", ".join(c.raisons))) for c in candidats),
                (AUCUNE, Option("Personne", "Rien n’est tenu ici à ce nom.")),
            ],
            initial=None if candidats else AUCUNE,
        )
        utiles = {"non_trouve"} | constats_possibles(droit, ou.vu.genre)
        self.fields["constat"] = forms.ChoiceField(
            label="Ce que vous répondez",
            widget=forms.RadioSelect,
            choices=[(c, o) for c, o in _options("constats_droits", jour) if c in utiles],
            initial=None if candidats else "non_trouve",
        )
        if droit == "limitation" and ou.vu.genre != PRESTATAIRE:
            self.fields["limitation"] = _radio("Cas de limitation", "motifs_limitation", jour, required=False)
        refus = [
            (item.code, item.libelle)
            for item in liste("refus_droits", jour)
            if droit in item.attributs["droits"] and item.code != "identite_non_etablie"
        ]
        self.fields["motif"] = forms.ChoiceField(
            label="Pourquoi la demande n’est pas exécutée",
            choices=[("", "Sans objet"), *refus],
            required=False,
        )
