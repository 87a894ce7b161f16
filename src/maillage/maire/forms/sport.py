"""What is typed about a sports venue: codes of closed lists, days, the person. No story."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from maillage.interface.formulaires import DateNaissanceField, DateProcheField, Formulaire, Option
from maillage.maire.rules.sport import BASE_MAX, EQUIPEMENT_MAX, Projet
from maillage.maire.services.sport import Faits
from maillage.situations.api import DonneesIdentite, DonneesRepresentant
from maillage.strategie.api import liste

HEURES_MAX = 99


def _options(code: str, jour: date) -> list[tuple[str, Option]]:
    return [(item.code, Option(item.libelle, item.aide)) for item in liste(code, jour)]


def _radio(libelle: str, code: str, jour: date) -> forms.ChoiceField:
    return forms.ChoiceField(label=libelle, widget=forms.RadioSelect, choices=_options(code, jour))


def _cases(libelle: str, code: str, jour: date, **champs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=libelle, widget=forms.CheckboxSelectMultiple, choices=_options(code, jour), **champs
    )


def _deroulante(libelle: str, code: str, jour: date) -> forms.ChoiceField:
    return forms.ChoiceField(label=libelle, choices=[("", "Choisir"), *liste(code, jour).choix()])


def _texte(libelle: str, longueur: int, *, requis: bool = True, aide: str = "") -> forms.CharField:
    saisie = forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=libelle, max_length=longueur, required=requis, help_text=aide, widget=saisie)


class Representant(Formulaire):
    """A parent or a legal representative, who gets a copy."""

    disposition: Sequence[str | Sequence[str]] = (("parent_nom", "parent_prenom"), "lien", "parent_adresse")

    def __init__(self, *args: Any, jour: date, requis: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if requis:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
        self.fields["parent_nom"] = _texte("Nom du parent ou du représentant", 80, requis=requis)
        self.fields["parent_prenom"] = _texte("Prénom du parent", 80, requis=False)
        choix = [("", "Choisir"), *liste("liens_representant", jour).choix()]
        self.fields["lien"] = forms.ChoiceField(label="Lien avec la personne", required=requis, choices=choix)
        self.fields["parent_adresse"] = _texte("Adresse du parent", 200, requis=False)

    def clean(self) -> dict[str, Any]:
        lues = super().clean() or {}
        if lues.get("parent_nom") and not lues.get("lien"):
            self.add_error("lien", "Dites son lien avec la personne.")
        return lues

    def representant(self) -> DonneesRepresentant | None:
        lues = self.cleaned_data
        if not lues["parent_nom"]:
            return None
        return DonneesRepresentant(
            nom=lues["parent_nom"],
            prenom=lues["parent_prenom"],
            lien=lues["lien"],
            adresse=lues["parent_adresse"],
        )


class OuvrirMesure(Representant):
    """What happened, where, and who."""

    disposition = (
        "origine",
        "faits",
        "faits_le",
        ("equipement_genre", "equipement"),
        "proprietaire",
        ("nom", "prenom"),
        "naissance",
        "sexe",
        "adresse",
        *Representant.disposition,
    )

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, jour=jour, requis=False, **kwargs)
        self.fields["origine"] = _deroulante("Qui saisit la mairie", "origines_sport", jour)
        self.fields["faits"] = _radio("Faits", "faits_sport", jour)
        self.fields["faits_le"] = DateProcheField(label="Date des faits", jusqu_au=jour)
        self.fields["equipement_genre"] = _deroulante("Genre d’équipement", "equipements_sport", jour)
        self.fields["equipement"] = _texte(
            "Nom de l’équipement", EQUIPEMENT_MAX, aide="Le nom du lieu, jamais celui d’une personne."
        )
        self.fields["proprietaire"] = forms.ChoiceField(
            label="À qui est l’équipement",
            widget=forms.RadioSelect,
            initial="commune",
            choices=[
                ("commune", "À la commune"),
                ("epci", Option("À l’intercommunalité", "Son président décide : le maire ne le peut pas.")),
            ],
        )
        self.fields["nom"] = _texte("Nom de naissance", 80)
        self.fields["prenom"] = _texte("Prénom", 80)
        self.fields["naissance"] = DateNaissanceField(label="Date de naissance", aujourd_hui=lambda: jour)
        self.fields["sexe"] = forms.ChoiceField(
            label="Sexe", required=False, choices=[("", "Non précisé"), ("F", "Féminin"), ("M", "Masculin")]
        )
        self.fields["adresse"] = _texte("Adresse", 200, requis=False)

    def faits_dits(self) -> Faits:
        lues = self.cleaned_data
        champs = ("origine", "faits", "faits_le", "equipement_genre", "equipement", "proprietaire")
        return Faits(**{champ: lues[champ] for champ in champs})

    def personne(self) -> DonneesIdentite:
        lues = self.cleaned_data
        return DonneesIdentite(**{c: lues[c] for c in ("nom", "prenom", "sexe", "naissance", "adresse")})


class Etape(Formulaire):
    """A step: its version, and the fields it adds."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jour = jour
        self.ajouter(jour)

    def ajouter(self, jour: date) -> None:
        """Rien à remplir : la page dit ce qui change."""


class Essayer(Etape):
    def ajouter(self, jour: date) -> None:
        self.fields["preventive"] = _radio("Ce qui est essayé", "mesures_sport", jour)
        self.fields["prevue_le"] = DateProcheField(label="Prévu le")


class Inviter(Etape):
    disposition = ("composition", ("audition_jour", "audition_heure"))

    def ajouter(self, jour: date) -> None:
        self.fields["composition"] = _cases("Qui siège à la commission", "composition_exclusion", jour)
        self.fields["audition_jour"] = DateProcheField(
            label="Jour de l’audition", required=False, des_le=jour
        )
        self.fields["audition_heure"] = forms.TimeField(
            label="Heure", required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
        )

    def audition(self, fuseau: ZoneInfo) -> datetime | None:
        """The hearing offered, in the time of the territory; none when no day is given."""
        jour = self.cleaned_data["audition_jour"]
        heure = self.cleaned_data["audition_heure"] or time(9)
        return datetime.combine(jour, heure, fuseau) if jour else None


class Observer(Etape):
    def ajouter(self, jour: date) -> None:
        self.fields["mode"] = _radio("Comment la personne s’est expliquée", "observations_sport", jour)
        self.fields["recues_le"] = DateProcheField(label="Le", jusqu_au=jour, initial=jour)


class Decider(Etape):
    disposition = ("decision", "motifs", "base", "maximum_jours", ("debut", "fin"))

    def ajouter(self, jour: date) -> None:
        self.fields["decision"] = _radio("Décision", "decisions_sport", jour)
        self.fields["motifs"] = _cases("Motifs", "motifs_exclusion", jour, required=False)
        self.fields["base"] = _texte(
            "Article du règlement de l’équipement",
            BASE_MAX,
            requis=False,
            aide="Par exemple : règlement du 12 mars 2024, art. 7.",
        )
        self.fields["maximum_jours"] = forms.IntegerField(
            label="Durée maximale que ce règlement permet, en jours",
            required=False,
            min_value=1,
            max_value=3650,
        )
        self.fields["debut"] = DateProcheField(label="Premier jour", required=False, des_le=jour)
        self.fields["fin"] = DateProcheField(label="Dernier jour", required=False, des_le=jour)

    def projet(self) -> Projet:
        champs = ("decision", "motifs", "base", "maximum_jours", "debut", "fin")
        return Projet(**{champ: self.cleaned_data[champ] for champ in champs})


class Notifier(Etape):
    def ajouter(self, jour: date) -> None:
        self.fields["notifiee_le"] = DateProcheField(label="Remise le", jusqu_au=jour, initial=jour)


class Recourir(Etape):
    def ajouter(self, jour: date) -> None:
        self.fields["genre"] = _radio("Recours", "recours_sport", jour)
        self.fields["recu_le"] = DateProcheField(label="Reçu le", jusqu_au=jour, initial=jour)


class ConclureRecours(Etape):
    def ajouter(self, jour: date) -> None:
        self.fields["issue"] = _radio("Issue", "issues_recours", jour)
        self.fields["fin"] = DateProcheField(
            label="Nouveau dernier jour", required=False, help_text="Seulement si la durée est réduite."
        )


class Convenir(Etape):
    def ajouter(self, jour: date) -> None:
        self.fields["tache"] = _radio("Tâche", "taches_reparation", jour)
        self.fields["heures"] = forms.IntegerField(label="Heures", min_value=1, max_value=HEURES_MAX)
        self.fields["accord_le"] = DateProcheField(
            label="Accord de la personne, le",
            jusqu_au=jour,
            initial=jour,
            help_text="Et de ses parents si elle est mineure.",
        )


class FinirReparation(Etape):
    def ajouter(self, jour: date) -> None:
        self.fields["heures_faites"] = forms.IntegerField(
            label="Heures faites", min_value=0, max_value=HEURES_MAX
        )
        self.fields["faite_le"] = DateProcheField(label="Finie le", jusqu_au=jour, initial=jour)


class Retirer(Etape):
    def ajouter(self, jour: date) -> None:
        self.fields["motif"] = _radio("Pourquoi", "motifs_rectification", jour)
