"""What is typed along a rappel à l'ordre: codes of closed lists, dates, the person. No story."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms

from maillage.droit.api import Motif
from maillage.interface.formulaires import DateProcheField, Formulaire, Option
from maillage.maire.forms.champs import (
    PersonneFormulaire,
    RepresentantFormulaire,
    coches,
    deroulante,
    options,
    texte,
)
from maillage.maire.rules.levee import PRECISION_MAX
from maillage.maire.services.rappel import Connu, Ecart, Saisine
from maillage.strategie.api import Item, liste


def _version(formulaire: Formulaire) -> None:
    formulaire.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)


class Confirmer(Formulaire):
    """Rien à remplir : la page dit ce qui change."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class FaitsFormulaire(PersonneFormulaire):
    """Who, what, when, where, from whom."""

    disposition: Sequence[str | Sequence[str]] = (
        "origine",
        "faits",
        "qualification",
        ("faits_le", "lieu", "lieu_commune"),
        *PersonneFormulaire.disposition,
    )

    def __init__(self, *args: Any, jour: date, communes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, jour=jour, **kwargs)
        self.jour = jour
        self.fields["origine"] = deroulante("Qui saisit le maire", "origines_rappel", jour)
        self.fields["faits"] = coches("Faits", "faits_rappel", jour)
        self.fields["qualification"] = coches("Ce que ces faits sont en droit", "qualifications_rappel", jour)
        self.fields["faits_le"] = DateProcheField(label="Date des faits", jusqu_au=jour)
        self.fields["lieu"] = deroulante("Genre de lieu", "lieux_faits", jour)
        self.fields["lieu_commune"] = forms.ChoiceField(label="Commune des faits", choices=communes)

    def saisine(self) -> Saisine:
        champs = ("origine", "faits", "qualification", "faits_le", "lieu", "lieu_commune")
        return Saisine(**{champ: self.cleaned_data[champ] for champ in champs})


class EnonceFormulaire(Formulaire):
    """What is known of a complaint or a procedure: that it exists or not, from whom, on which day."""

    disposition: Sequence[str | Sequence[str]] = ("enonce", ("source", "enonce_le"))

    def __init__(self, *args: Any, jour: date, requis: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if requis:
            _version(self)
        self.fields["enonce"] = coches(
            "Ce qui est connu d’une plainte ou d’une procédure",
            "enonces_procedure",
            jour,
            required=requis,
        )
        self.fields["source"] = deroulante("Qui l’énonce", "sources_enonce", jour, required=requis)
        self.fields["enonce_le"] = DateProcheField(label="Le", jusqu_au=jour, required=requis, initial=jour)

    def connu(self) -> Connu | None:
        lues = self.cleaned_data
        if not lues["enonce"]:
            return None
        return Connu(lues["enonce"], lues["source"], lues["enonce_le"])


class SaisirRappel(FaitsFormulaire):
    """A referral. ``maire``: the mayor may set aside, with a reason, the doctrine that opposes it."""

    disposition = (
        *FaitsFormulaire.disposition,
        "enonce",
        ("source", "enonce_le"),
        "raison",
        "precision",
    )

    def __init__(
        self,
        *args: Any,
        jour: date,
        maire: bool = False,
        proches: Sequence[tuple[str, Option]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, jour=jour, **kwargs)
        if proches:
            self.fields["rapprocher"] = forms.ChoiceField(
                label="Ce registre connaît ces personnes. Est-ce l’une d’elles ?",
                widget=forms.RadioSelect,
                choices=[*proches, ("autre", Option("Non, c’est une autre personne"))],
            )
            self.disposition = ("rapprocher", *self.disposition)
        connu = EnonceFormulaire(jour=jour, requis=False)
        for nom in ("enonce", "source", "enonce_le"):
            self.fields[nom] = connu.fields[nom]
        if maire:
            self.fields["raison"] = deroulante(
                "Écarter la doctrine qui s’y oppose",
                "motifs_levee_maire",
                jour,
                vide="Ne rien écarter",
                required=False,
                help_text="Réservé au maire. Une règle de droit ne s’écarte jamais.",
            )
            self.fields["precision"] = texte("Précision, si besoin", PRECISION_MAX)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("enonce"):
            for nom in ("source", "enonce_le"):
                if not donnees.get(nom) and nom not in self.errors:
                    self.add_error(nom, "Dites qui l’énonce, et quand.")
        return donnees

    def connu(self) -> Connu | None:
        lues = self.cleaned_data
        if not lues["enonce"]:
            return None
        return Connu(lues["enonce"], lues["source"], lues["enonce_le"])

    def rapprocher_de(self) -> UUID | None:
        choisi = self.cleaned_data.get("rapprocher", "autre")
        return None if choisi == "autre" else UUID(choisi)

    def ecart(self) -> Ecart | None:
        raison = self.cleaned_data.get("raison")
        return Ecart(raison, self.cleaned_data["precision"]) if raison else None


class CorrigerRappel(FaitsFormulaire):
    """What the file should have said, and why it did not."""

    disposition = ("motif", *FaitsFormulaire.disposition)

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, jour=jour, **kwargs)
        _version(self)
        self.fields["motif"] = coches("Ce qui était faux", "motifs_rectification", jour)


class RetirerRappel(Formulaire):
    """Why the file should not be there."""

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _version(self)
        self.fields["motif"] = coches("Pourquoi", "motifs_rectification", jour)


class AjouterRepresentant(RepresentantFormulaire):
    """A parent of a minor."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NoterReponse(Formulaire):
    """What the parquet answered."""

    def __init__(self, *args: Any, jour: date, des_le: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _version(self)
        self.fields["reponse"] = coches("Réponse du parquet", "reponses_parquet", jour)
        self.fields["reponse_le"] = DateProcheField(label="Reçue le", des_le=des_le, jusqu_au=jour)


class Convoquer(Formulaire):
    """When and where. Day, hour and place make the letter."""

    disposition = (("le", "heure"), "lieu", "impossibilite")

    def __init__(self, *args: Any, jour: date, mineur: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _version(self)
        self.fields["le"] = DateProcheField(label="Jour", des_le=jour)
        self.fields["heure"] = forms.TimeField(label="Heure", widget=forms.TimeInput({"type": "time"}))
        self.fields["lieu"] = deroulante("Lieu", "lieux_audition", jour)
        if mineur:
            self.fields["impossibilite"] = deroulante(
                "Aucun parent ne peut être prévenu",
                "impossibilites_representants",
                jour,
                vide="Sans objet : une copie leur est adressée",
                required=False,
            )


class NoterAudition(Formulaire):
    """What came of the convocation."""

    def __init__(self, *args: Any, jour: date, mineur: bool, des_le: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _version(self)
        self.fields["issue"] = forms.ChoiceField(
            label="Ce qui s’est passé",
            widget=forms.RadioSelect,
            choices=[
                ("tenue", "La personne a été entendue"),
                ("reportee", "L’audition est reportée"),
                ("carence", "La personne n’est pas venue"),
            ],
        )
        self.fields["tenue_le"] = DateProcheField(label="Jour", des_le=des_le, jusqu_au=jour)
        if mineur:
            self.fields["representants"] = forms.BooleanField(
                label="Un parent ou un représentant légal était présent", required=False
            )
            self.fields["responsable_educatif"] = forms.BooleanField(
                label="Un responsable éducatif était présent", required=False
            )
            self.fields["impossibilite"] = deroulante(
                "Personne ne pouvait l’accompagner",
                "impossibilites_representants",
                jour,
                vide="Sans objet",
                required=False,
            )
        self.fields["raison"] = deroulante(
            "Si elle est reportée, pourquoi", "raisons_report", jour, vide="Sans objet", required=False
        )


class Consigner(Formulaire):
    """The record. ``correction``: another one stands already."""

    def __init__(self, *args: Any, jour: date, correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _version(self)
        if correction:
            self.fields["motif"] = coches("Ce que ce compte rendu corrige", "motifs_rectification", jour)
        self.fields["regles_rappelees"] = forms.MultipleChoiceField(
            label="Règles rappelées",
            widget=forms.CheckboxSelectMultiple,
            choices=options(liste("regles_rappelees", jour)),
        )
        self.fields["position"] = coches("Position de la personne", "positions_rappel", jour)
        self.fields["engagements"] = forms.MultipleChoiceField(
            label="Engagements",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=options(liste("engagements_rappel", jour)),
        )


class DonnerSuite(Formulaire):
    """What follows, and who receives it."""

    def __init__(
        self,
        *args: Any,
        suites: Sequence[Item],
        destinataires: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _version(self)
        self.fields["suite"] = forms.ChoiceField(
            label="Suite", widget=forms.RadioSelect, choices=options(suites)
        )
        self.fields["vers"] = forms.ChoiceField(
            label="Qui la reçoit",
            required=False,
            choices=[("", "Personne"), *destinataires],
            help_text="Seulement pour un groupe ou un conseil des familles dont vous êtes membre.",
        )

    def clean_vers(self) -> UUID | None:
        lu = cast(str, self.cleaned_data["vers"])
        return UUID(lu) if lu else None


class CloreSansActe(Formulaire):
    """Why there is no act."""

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _version(self)
        self.fields["fin"] = coches("Pourquoi", "fins_rappel", jour)


class Ecarter(Formulaire):
    """Which reason, and why."""

    def __init__(self, *args: Any, jour: date, levables: Sequence[Motif], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _version(self)
        self.fields["code"] = forms.ChoiceField(
            label="Raison écartée",
            widget=forms.RadioSelect,
            choices=[(motif.code, motif.texte) for motif in levables],
        )
        self.fields["raison"] = coches("Pourquoi", "motifs_levee_maire", jour)
        self.fields["precision"] = texte("Précision, si besoin", PRECISION_MAX)


class FiltrerRappels(Formulaire):
    """Filters of the list."""

    def __init__(
        self,
        *args: Any,
        etats: Sequence[tuple[str, str]],
        annees: Sequence[int],
        registres: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["etat"] = forms.ChoiceField(
            label="Étape",
            required=False,
            choices=[("", "En cours"), ("tous", "Toutes les étapes"), *etats],
        )
        self.fields["annee"] = forms.ChoiceField(
            label="Année",
            required=False,
            choices=[("", "Toutes"), *((str(annee), str(annee)) for annee in annees)],
        )
        if len(registres) > 1:
            self.fields["registre"] = forms.ChoiceField(
                label="Commune", required=False, choices=[("", "Toutes"), *registres]
            )
