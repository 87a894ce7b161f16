"""Forms of conventions. The fields of a kind come from its data: a new kind needs no new form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from maillage.documents.modeles import Champ, Modele
from maillage.documents.models import Moyen
from maillage.documents.models.convention import COURT
from maillage.documents.rules.conventions import LIBELLES_MODE, Mode, Renouvellement
from maillage.documents.rules.genres import Genre, genres
from maillage.documents.services.commun import Contenu, PartieSaisie
from maillage.documents.states import LIBELLES, EtatConvention
from maillage.interface.formulaires import DateProcheField, Formulaire, Groupe, Ligne, Option, Rangee
from maillage.interface.montants import MontantField, MontantIllisible, lire_montant

Choix = Sequence[tuple[str, Any]]
AUTRE = ""
LONG = 600
#: Prefixes of the fields drawn from the data.
CHAMP, PARTIE, AUTRE_NOM, SIGNATAIRE, QUALITE = "champ_", "partie_", "autre_", "signataire_", "qualite_"


class EcrireConvention(Formulaire):
    """Everything of a convention: who it is about, its days, its parties, the fields of its template."""

    def __init__(
        self,
        *args: Any,
        genre: Genre,
        modele: Modele,
        organismes: Choix,
        objets: Choix | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.genre, self.modele = genre, modele
        rangees: list[Rangee] = []
        if objets is not None:
            self.fields["objet"] = forms.TypedChoiceField(
                label="Personne", choices=[("", "Choisir"), *objets], coerce=UUID
            )
            rangees.append("objet")
        self.fields["debut"] = DateProcheField(label="Premier jour")
        self.fields["fin"] = DateProcheField(label="Dernier jour")
        rangees.append(("debut", "fin"))
        rangees += [
            self._partie(partie.role, partie.libelle, organismes, requise=partie.requise)
            for partie in genre.parties
            if not partie.personne
        ]
        saisis = [CHAMP + champ.code for champ in modele.saisis()]
        self.fields |= {CHAMP + champ.code: _champ(champ) for champ in modele.saisis()}
        rangees.append(Groupe("Ce que la convention prévoit", (*saisis, *self._renouvellement())))
        self.disposition = rangees
        if "version" in self.initial:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)

    def _partie(self, role: str, libelle: str, organismes: Choix, *, requise: bool) -> Groupe:
        """The legend names the party: the labels need not say it again."""
        self.fields[PARTIE + role] = forms.ChoiceField(
            label="Dans l’annuaire",
            choices=[(AUTRE, "Aucun de l’annuaire"), *organismes],
            required=False,
        )
        self.fields[PARTIE + role].__dict__["demande"] = requise
        self.fields[AUTRE_NOM + role] = forms.CharField(
            label="Nom, s’il n’est pas dans l’annuaire", max_length=COURT, required=False
        )
        # One of the two is asked: neither is optional where the party must be named.
        self.fields[AUTRE_NOM + role].__dict__["demande"] = requise
        self.fields[SIGNATAIRE + role] = forms.CharField(label="Qui signe", max_length=120, required=False)
        self.fields[QUALITE + role] = forms.CharField(
            label="En quelle qualité", max_length=120, required=False
        )
        return Groupe(
            libelle,
            ((PARTIE + role, AUTRE_NOM + role), (SIGNATAIRE + role, QUALITE + role)),
            "" if requise else "Facultatif : si vous la nommez, elle signe.",
        )

    def _renouvellement(self) -> list[Ligne]:
        possibles = self.genre.renouvellements
        self.fields["mode"] = forms.ChoiceField(
            label="Renouvellement",
            choices=[(mode.value, LIBELLES_MODE[mode]) for mode in possibles],
            widget=forms.RadioSelect,
            initial=possibles[0].value,
        )
        if Mode.TACITE not in possibles:
            return ["mode"]
        for nom, libelle in (
            ("duree_mois", "Durée de chaque renouvellement tacite, en mois"),
            ("fois", "Nombre de renouvellements tacites"),
            ("preavis_jours", "Préavis pour le refuser, en jours"),
        ):
            self.fields[nom] = forms.IntegerField(label=libelle, required=False, min_value=0, max_value=730)
        return ["mode", ("duree_mois", "fois"), "preavis_jours"]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and fin and fin < debut:
            self.add_error("fin", "Le dernier jour vient avant le premier.")
        for partie in self.genre.parties:
            if (
                not partie.personne
                and donnees.get(PARTIE + partie.role)
                and donnees.get(AUTRE_NOM + partie.role)
            ):
                self.add_error(
                    AUTRE_NOM + partie.role, "Choisissez dans l’annuaire, ou écrivez un nom : pas les deux."
                )
        return donnees

    def contenu(self) -> Contenu:
        """What the service takes."""
        lu = self.cleaned_data
        return Contenu(
            debut=lu["debut"],
            fin=lu["fin"],
            champs={champ.code: lu[CHAMP + champ.code] for champ in self.modele.saisis()},
            parties={
                partie.role: PartieSaisie(
                    organisme=UUID(lu[PARTIE + partie.role]) if lu[PARTIE + partie.role] else None,
                    denomination=lu[AUTRE_NOM + partie.role],
                    signataire=lu[SIGNATAIRE + partie.role],
                    qualite=lu[QUALITE + partie.role],
                )
                for partie in self.genre.parties
                if not partie.personne
            },
            renouvellement=Renouvellement(
                Mode(lu["mode"]),
                lu.get("duree_mois") or 0,
                lu.get("fois") or 0,
                lu.get("preavis_jours") or 0,
            ),
        )


def initiales(contenu: Contenu, version: int, modele: Modele) -> dict[str, Any]:
    """The values of a form that corrects what was prepared."""
    regle = contenu.renouvellement
    valeurs: dict[str, Any] = {
        "debut": contenu.debut,
        "fin": contenu.fin,
        "mode": regle.mode.value,
        "duree_mois": regle.duree_mois or None,
        "fois": regle.fois or None,
        "preavis_jours": regle.preavis_jours or None,
        "version": version,
    }
    montants = {champ.code for champ in modele.saisis() if champ.genre == "montant"}
    for code, valeur in contenu.champs.items():
        valeurs[CHAMP + code] = _montant(valeur) if code in montants else valeur
    for role, partie in contenu.parties.items():
        valeurs |= {
            PARTIE + role: str(partie.organisme or AUTRE),
            AUTRE_NOM + role: partie.denomination,
            SIGNATAIRE + role: partie.signataire,
            QUALITE + role: partie.qualite,
        }
    return valeurs


def _montant(valeur: Any) -> Any:
    """A draft begun on an older version of its template may hold a text: it is shown as it is."""
    try:
        return lire_montant(str(valeur))
    except MontantIllisible:
        return valeur


def _champ(champ: Champ) -> forms.Field:
    commun: dict[str, Any] = {
        "label": champ.libelle,
        "required": champ.obligatoire,
        "help_text": champ.aide,
    }
    if champ.choix:
        courts = len(champ.choix) <= 4
        choix = list(champ.choix.items()) if courts else [("", "Choisir"), *champ.choix.items()]
        return forms.ChoiceField(
            choices=choix, widget=forms.RadioSelect if courts else forms.Select, **commun
        )
    if champ.genre == "date":
        return DateProcheField(**commun)
    if champ.genre == "nombre":
        return forms.RegexField(
            r"^\d{1,7}([.,]\d{1,2})?$",
            error_messages={"invalid": f"Écrivez en chiffres : {champ.libelle.lower()}."},
            **commun,
        )
    if champ.genre == "montant":
        return MontantField(**commun)
    if champ.genre == "long":
        return forms.CharField(max_length=LONG, widget=forms.Textarea(attrs={"rows": 3}), **commun)
    return forms.CharField(max_length=COURT, **commun)


class FiltrerRegistre(Formulaire):
    """Kind, state, and the day before which it ends."""

    genre = forms.ChoiceField(label="Sorte de convention", required=False)
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[
            ("vivantes", "En cours"),
            *((etat.value, LIBELLES[etat]) for etat in EtatConvention),
            ("toutes", "Toutes"),
        ],
    )
    terme_avant = DateProcheField(label="Prend fin avant le", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["genre"]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = [("", "Toutes"), *((g.code, g.libelle) for g in genres().values())]


class Signer(Formulaire):
    """How the party signed; the day only where it was on paper."""

    def __init__(
        self, *args: Any, moyens: Mapping[str, Option], jour: date, des_le: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moyen"] = forms.ChoiceField(
            label="Comment la partie signe",
            choices=list(moyens.items()),
            widget=forms.RadioSelect,
            initial=next(iter(moyens)),
        )
        if Moyen.PAPIER.value in moyens:
            self.fields["le"] = DateProcheField(
                label="Date écrite sur le papier", des_le=des_le, jusqu_au=jour, initial=jour, required=False
            )


class Amender(Formulaire):
    disposition = ("objet", ("prend_effet_le", "nouvelle_fin"))
    objet = forms.CharField(
        label="Ce qui change",
        max_length=COURT,
        help_text="Une phrase. Par exemple : Les horaires passent du matin à l’après-midi.",
    )

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["prend_effet_le"] = DateProcheField(label="Prend effet le", initial=jour)
        self.fields["nouvelle_fin"] = DateProcheField(
            label="Nouveau dernier jour", required=False, help_text="Si la durée change."
        )


class Renouveler(Formulaire):
    disposition = (("debut", "fin"),)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["debut"] = DateProcheField(label="Premier jour de la suivante")
        self.fields["fin"] = DateProcheField(label="Dernier jour de la suivante")


class Resilier(Formulaire):
    disposition = ("effet", "motif")
    version = forms.IntegerField(widget=forms.HiddenInput)
    motif = forms.CharField(
        label="Pourquoi", max_length=COURT, help_text="Quelques mots, sans rien dire d’une personne."
    )

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effet"] = DateProcheField(
            label="Premier jour où elle ne s’applique plus", des_le=jour, initial=jour
        )


class Confirmer(Formulaire):
    """An act to confirm, over the version on screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
