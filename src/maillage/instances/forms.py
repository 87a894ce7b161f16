"""What the pages of councils, formations, mandates and texts accept."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet

from maillage.acteurs.api import Compte, Organisme, nom_organisme
from maillage.instances.communes_saisies import lire_communes
from maillage.instances.models import GenreConseil, Role, Schema, Siege, Volet
from maillage.instances.regles_conseil import FINS
from maillage.instances.selectors.composition import themes
from maillage.instances.territoire import CommuneNommee
from maillage.interface.formulaires import DateProcheField, Formulaire, Option

SANS_NOMS = "sans_noms"
FIN_DE_JOURNEE = time(23, 59)


def _choisir(formulaire: forms.Form, nom: str, choix: list[tuple[str, str]]) -> None:
    """Give a field its choices, known only when the page is asked for."""
    cast(forms.ChoiceField, formulaire.fields[nom]).choices = choix


class NouveauConseil(Formulaire):
    """A council as the municipal or intercommunal assembly deliberated it."""

    disposition = ("genre", "delibere_le", "schema", "nom")

    genre = forms.ChoiceField(
        label="Genre de conseil",
        widget=forms.RadioSelect,
        choices=[
            (
                GenreConseil.CLSPD,
                Option("Conseil local (CLSPD)", "Celui de la commune, présidé par le maire."),
            ),
            (
                GenreConseil.CISPD,
                Option("Conseil intercommunal (CISPD)", "Réunit les communes de l’intercommunalité."),
            ),
            (GenreConseil.CMSPD, Option("Conseil métropolitain (CMSPD)", "Celui d’une métropole.")),
            (
                GenreConseil.INTER_CLSPD,
                Option("Inter-CLSPD", "Réunit les conseils de communes voisines, sans les remplacer."),
            ),
        ],
    )
    delibere_le = DateProcheField(label="Date de la délibération")
    schema = forms.ChoiceField(
        label="Qui pilote",
        choices=Schema.choices,
        help_text="Le schéma de gouvernance, tel que la délibération l’écrit.",
    )
    nom = forms.CharField(
        label="Nom du conseil", max_length=160, required=False, help_text="À défaut, le nom de la commune."
    )
    associees = forms.CharField(
        label="Autres communes associées",
        required=False,
        max_length=600,
        help_text="Pour un conseil de plusieurs communes sans intercommunalité : leurs noms, séparés par des "
        "virgules. Ajoutez le département ou le code postal pour départager des homonymes.",
    )
    communes = forms.MultipleChoiceField(
        label="Communes membres", widget=forms.CheckboxSelectMultiple, required=False
    )
    opposees = forms.MultipleChoiceField(
        label="Communes opposées",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Le conseil intercommunal est empêché si elles réunissent la moitié de la population.",
    )

    def __init__(self, *args: Any, communes: Sequence[CommuneNommee] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(communes) < 2:
            del self.fields["communes"], self.fields["opposees"]
            return
        del self.fields["associees"]
        for nom in ("communes", "opposees"):
            _choisir(self, nom, [(commune.code, commune.nom) for commune in communes])

    def clean_associees(self) -> list[str]:
        """Codes of the other communes, named as people type them; every doubtful one is told at once."""
        lues = lire_communes(str(self.cleaned_data["associees"]))
        if lues.fautes:
            raise forms.ValidationError(list(lues.fautes))
        return list(lues.codes)


class NouveauGroupe(Formulaire):
    """A groupe: its name, its theme, and whether persons are named in it."""

    disposition = ("nom", "theme", "volet")

    nom = forms.CharField(label="Nom du groupe", max_length=160)
    theme = forms.ChoiceField(label="Thème")
    volet = forms.ChoiceField(
        label="Des personnes y sont-elles nommées ?",
        widget=forms.RadioSelect,
        choices=[
            (SANS_NOMS, Option("Non, sans noms", "Habitants, commerçants et employeurs peuvent y siéger.")),
            (Volet.JEUNE, Option("Oui, des jeunes", "Effacés au plus tard à leurs 25 ans.")),
            (
                Volet.MAJEUR,
                Option("Oui, des majeurs", "Si le délégué à la protection des données l’a confirmé."),
            ),
            (
                Volet.VICTIME,
                Option(
                    "Oui, des victimes ou des personnes vulnérables",
                    "Même condition ; jamais dans le groupe qui suit des auteurs.",
                ),
            ),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choisir(self, "theme", [("", "—"), *((code, libelle) for code, libelle, _ in themes())])

    def valeurs(self) -> dict[str, Any]:
        """What the command takes: a strand means that persons are named."""
        volet = self.cleaned_data["volet"]
        return {
            "nom": self.cleaned_data["nom"],
            "theme": self.cleaned_data["theme"],
            "nominatif": volet != SANS_NOMS,
            "volet": "" if volet == SANS_NOMS else volet,
        }


class ChoixOrganisme(forms.ModelChoiceField):
    """Bodies of the directory, by their name of today."""

    def label_from_instance(self, obj: Any) -> str:
        return nom_organisme(obj)


class NouveauSiege(Formulaire):
    disposition = ("organisme", "qualite")

    qualite = forms.CharField(
        label="Au titre de",
        max_length=120,
        required=False,
        help_text="Par exemple : conseillère justice de la mission locale.",
    )

    def __init__(self, *args: Any, organismes: QuerySet[Organisme], genre: str = "", **kwargs: Any) -> None:
        """``genre``: the kind of body the seat is meant for; those bodies come first."""
        super().__init__(*args, **kwargs)
        champ = ChoixOrganisme(
            label="Organisme",
            queryset=organismes,
            to_field_name="public_id",
            empty_label="—",
            help_text="Absent de la liste ? Inscrivez-le d’abord à l’annuaire.",
        )
        conviennent = [organisme for organisme in organismes if organisme.genre == genre]
        if conviennent:
            autres = [organisme for organisme in organismes if organisme.genre != genre]
            champ.choices = [
                ("", "—"),
                ("Correspond au siège", [(o.public_id, nom_organisme(o)) for o in conviennent]),
                ("Autres", [(o.public_id, nom_organisme(o)) for o in autres]),
            ]
        self.fields["organisme"] = champ


class Fin(Formulaire):
    """The last minute of a mandate, in the time of the territory."""

    disposition: Sequence[str | Sequence[str]] = (("fin_jour", "fin_heure"),)

    fin_jour = DateProcheField(label="Fin du mandat", help_text="La charte se relit chaque année.")
    fin_heure = forms.TimeField(
        label="Heure", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial=FIN_DE_JOURNEE
    )

    def __init__(self, *args: Any, fuseau: ZoneInfo, aujourd_hui: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("fin_jour", aujourd_hui + timedelta(days=365))
        self.fuseau = fuseau

    def fin(self) -> datetime:
        """The end, aware; excluded from the mandate."""
        return datetime.combine(
            self.cleaned_data["fin_jour"], self.cleaned_data["fin_heure"], tzinfo=self.fuseau
        )


class NouvelleHabilitation(Fin):
    disposition = ("agent", "role", ("fin_jour", "fin_heure"))

    agent = forms.ChoiceField(
        label="Agent", help_text="Les comptes ouverts des organismes qui siègent dans le groupe."
    )
    role = forms.ChoiceField(label="Rôle dans le groupe", choices=Role.choices, initial=Role.MEMBRE)

    def __init__(self, *args: Any, agents: Collection[tuple[Compte, Siege]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = [
            (f"{c.public_id}.{s.public_id}", f"{c.nom_complet}, {nom_organisme(s.organisme)}")
            for c, s in agents
        ]
        _choisir(self, "agent", [("", "—"), *choix])

    def agent_et_siege(self) -> tuple[str, str]:
        """Public ids of the account and of the seat."""
        compte, _, siege = self.cleaned_data["agent"].partition(".")
        return compte, siege


class FinDeMandat(Formulaire):
    motif = forms.ChoiceField(
        label="Motif",
        widget=forms.RadioSelect,
        choices=[(code, FINS[code]) for code in ("demande", "depart", "manquement")],
    )


class Proposition(Formulaire):
    contenu = forms.CharField(
        label="Texte",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text="Une ligne seule fait un titre ; un tiret en début de ligne fait une liste.",
    )


class Adoption(Formulaire):
    delibere_le = DateProcheField(label="Date de la délibération de la formation plénière")
    deliberation = forms.CharField(label="Référence de la délibération", max_length=80, required=False)


class Lecture(Formulaire):
    lu = forms.BooleanField(
        label="J’ai lu cette charte et je m’engage à la respecter pendant tout mon mandat.",
        error_messages={"required": "Cochez la case pour signer : elle vaut engagement."},
    )


class Confirmation(Formulaire):
    """Nothing to fill: an irreversible act has a page of its own."""


class OuvrirAvantSaDate(Confirmation):
    """The same, and the word that says it was meant."""

    avant_sa_date = forms.CharField(widget=forms.HiddenInput, initial="oui")


class ConfirmationDeVolet(Formulaire):
    analyse_du = DateProcheField(label="Date de l’analyse d’impact (RGPD, art. 35)")
