"""Forms of local schemes, offers and places."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms

from maillage.acteurs.api import Organisme
from maillage.instances.api import Conseil
from maillage.interface.formulaires import DateProcheField, Formulaire
from maillage.parcours.catalogue import Dispositif
from maillage.parcours.models import DispositifLocal, Offre
from maillage.parcours.services.offres import DonneesOffre
from maillage.socle.temps import aujourd_hui
from maillage.strategie.api import liste

VIDE = ("", "Choisir…")
COMMUNE = r"^(\d{5}|2[AB]\d{3})$"


def _age(libelle: str) -> forms.IntegerField:
    """An age that may stay unsaid."""
    return forms.IntegerField(label=libelle, min_value=0, max_value=120, required=False)


class ChoixDOrganisme(forms.ModelChoiceField):
    """Bodies of the directory by their name of today."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.nom_le(aujourd_hui()))


class ChoixDeConseil(forms.ModelChoiceField):
    """Councils by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.nom)


def _choix(formulaire: forms.Form, nom: str, choix: Iterable[tuple[str, str]]) -> None:
    """Give a field its choices, known only when the page is asked for."""
    cast(forms.ChoiceField, formulaire.fields[nom]).choices = list(choix)


class FiltreDOffres(Formulaire):
    """What narrows the register."""

    dispositif = forms.ChoiceField(label="Dispositif", required=False)
    commune = forms.RegexField(label="Commune (code Insee)", regex=COMMUNE, required=False)
    contact = forms.ChoiceField(
        label="Contact avec le lieu",
        required=False,
        choices=lambda: [("", "Tous"), *liste("contacts_accueil").choix()],
    )
    libres = forms.BooleanField(label="Avec une place libre", required=False)
    fermees = forms.BooleanField(label="Offres fermées", required=False)

    def __init__(self, *args: Any, dispositifs: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choix(self, "dispositif", [("", "Tous"), *dispositifs])


class SaisieDeDispositif(Formulaire):
    """A local scheme as its coordination writes it."""

    disposition = (
        "conseil",
        "libelle",
        "objet",
        "source",
        ("depuis", "jusqua"),
        ("age_min", "age_max"),
        "tuteur_forme",
        "sensible",
        "libelle_neutre",
    )

    conseil = ChoixDeConseil(
        label="Conseil", queryset=Conseil.objects.none(), to_field_name="public_id", empty_label=None
    )
    libelle = forms.CharField(label="Nom du dispositif", max_length=120)
    objet = forms.CharField(
        label="Ce qu’il faut réunir avant de commencer",
        max_length=200,
        required=False,
        help_text="Par exemple : un rendez-vous avec l’équipe.",
    )
    source = forms.CharField(
        label="Ce qui l’a créé",
        max_length=160,
        help_text="Délibération, convention, appel à projets, avec sa date.",
    )
    depuis = DateProcheField(label="Ouvert depuis le")
    jusqua = DateProcheField(label="Dernier jour, s’il est connu", required=False)
    age_min = _age("À partir de (ans)")
    age_max = _age("Jusqu’à (ans, année entière comprise)")
    tuteur_forme = forms.BooleanField(label="Demande une personne formée pour accompagner", required=False)
    sensible = forms.BooleanField(
        label="Son nom révèle un suivi de santé ou de justice",
        required=False,
        help_text="Qui n’a pas à le connaître lira les mots neutres ci-dessous.",
    )
    libelle_neutre = forms.CharField(label="Mots neutres", max_length=120, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, conseils: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["conseil"]).queryset = conseils

    def donnees(self) -> dict[str, Any]:
        """What the service is told, the council and the version aside."""
        return {nom: v for nom, v in self.cleaned_data.items() if nom not in {"conseil", "version"}}


def initial_du_local(local: DispositifLocal) -> dict[str, Any]:
    """The present values of a local scheme."""
    champs = (
        "libelle",
        "libelle_neutre",
        "sensible",
        "objet",
        "source",
        "age_min",
        "age_max",
        "tuteur_forme",
        "depuis",
        "jusqua",
        "version",
    )
    return {"conseil": local.conseil.public_id, **{nom: getattr(local, nom) for nom in champs}}


class SaisieDOffre(Formulaire):
    """An offer as its coordination writes it."""

    disposition = (
        ("conseil", "dispositif"),
        "organisme",
        "intitule",
        ("commune_code", "secteur"),
        ("contact", "source"),
        ("capacite", "mineurs"),
        ("tuteur_nom", "tuteur_forme"),
        ("depuis", "jusqua"),
        ("age_min", "age_max"),
        ("heures_min", "heures_max"),
        "habilitee_jusqua",
    )

    conseil = ChoixDeConseil(
        label="Conseil", queryset=Conseil.objects.none(), to_field_name="public_id", empty_label=None
    )
    dispositif = forms.ChoiceField(label="Dispositif")
    organisme = ChoixDOrganisme(
        label="Lieu d’accueil ou organisme",
        queryset=Organisme.objects.filter(actif=True).prefetch_related("noms"),
        to_field_name="public_id",
        empty_label="Choisir…",
        help_text="S’il n’y est pas, inscrivez-le d’abord à l’annuaire des organismes.",
    )
    intitule = forms.CharField(
        label="Intitulé", max_length=160, help_text="Le poste, la place ou le parrainage proposé."
    )
    commune_code = forms.RegexField(
        label="Commune (code Insee)",
        regex=COMMUNE,
        required=False,
        error_messages={"invalid": "Le code Insee compte cinq signes."},
    )
    secteur = forms.ChoiceField(
        label="Secteur",
        required=False,
        choices=lambda: [("", "Non précisé"), *liste("secteurs_activite").choix()],
    )
    contact = forms.ChoiceField(
        label="Contact avec le lieu",
        choices=lambda: list(liste("contacts_accueil").choix()),
        help_text="Seul un accord donné ouvre l’offre.",
    )
    source = forms.ChoiceField(
        label="Connue par", choices=lambda: list(liste("sources_offre").choix(**{"import": False}))
    )
    capacite = forms.IntegerField(label="Places en même temps", min_value=1, max_value=500)
    mineurs = forms.BooleanField(label="Reçoit des mineurs", required=False)
    tuteur_nom = forms.CharField(
        label="Tuteur, parrain ou animateur",
        max_length=120,
        required=False,
        help_text="Nom et fonction, jamais ceux d’une personne suivie.",
    )
    tuteur_forme = forms.BooleanField(label="Formé à cet accompagnement", required=False)
    depuis = DateProcheField(label="Ouverte depuis le")
    jusqua = DateProcheField(label="Dernier jour, s’il est connu", required=False)
    age_min = _age("À partir de (ans)")
    age_max = _age("Jusqu’à (ans)")
    heures_min = forms.IntegerField(label="Heures au moins", min_value=0, max_value=2000, required=False)
    heures_max = forms.IntegerField(label="Heures au plus", min_value=0, max_value=2000, required=False)
    habilitee_jusqua = DateProcheField(
        label="Dernier jour d’habilitation",
        required=False,
        help_text="Pour un TIG dans un organisme privé. Laissez vide pour une personne publique.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, conseils: Any, dispositifs: Iterable[Dispositif], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["conseil"]).queryset = conseils
        _choix(self, "dispositif", [VIDE, *((lu.code, lu.libelle) for lu in dispositifs)])

    def donnees(self) -> DonneesOffre:
        """What the service is told of the offer itself."""
        hors = {"conseil", "dispositif", "organisme", "version"}
        return DonneesOffre(**{nom: valeur for nom, valeur in self.cleaned_data.items() if nom not in hors})


class ChangementDOffre(SaisieDOffre):
    """The same, once its council, its scheme and its host are set."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom in ("conseil", "dispositif", "organisme"):
            del self.fields[nom]


def initial_de_l_offre(offre: Offre) -> dict[str, Any]:
    """The present values of an offer."""
    champs = [nom for nom in SaisieDOffre.base_fields if nom not in {"conseil", "dispositif", "organisme"}]
    return {nom: getattr(offre, nom) for nom in champs}


class PriseDePlace(Formulaire):
    """An anonymous occupation."""

    disposition = (("du", "au"),)

    du = DateProcheField(label="Place prise à partir du")
    au = DateProcheField(label="Dernier jour, s’il est connu", required=False)

    def jours(self) -> tuple[date, date | None]:
        return self.cleaned_data["du"], self.cleaned_data["au"]
