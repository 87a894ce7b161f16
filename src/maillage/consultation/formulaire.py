"""The form of a rule, drawn from its declaration: objects as groups, lists as lines one may add and remove.

It works without JavaScript: « Ajouter une ligne » posts the page again, and what was typed comes back. The
rule itself is asked while the form is checked; what it cannot read is said beside the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.http import QueryDict

from maillage.consultation.champs import champ_de_formulaire, en_json
from maillage.consultation.questions import JOUR, NAISSANCE, Mots, Question
from maillage.consultation.regles import regle
from maillage.droit.api import Lecture, Motif, Verdict, suivre_lectures
from maillage.droit.entrees import INCONNUE, INVALIDE, MANQUANTE, Champ, Genre
from maillage.interface.formulaires import Formulaire
from maillage.interface.ton import message_requis
from maillage.interface.typographie import date_longue

LIGNES_MAX: Final = 24
_VIDES: Final[tuple[object, ...]] = (None, "", [])
_CITE: Final = re.compile(r"« ([a-z_]+(?:\[\d+\])?(?:\.[a-z_]+)*) »")
_CODES_D_ENTREE: Final = frozenset({INCONNUE, MANQUANTE, INVALIDE})


def compteur(liste: str) -> str:
    """Name of the hidden field that says how many lines a list has."""
    return f"{liste}-lignes"


@dataclass(frozen=True, slots=True)
class Ligne:
    """Fields that go together: one line of a list, an object, or what stands alone."""

    champs: tuple[BoundField, ...]
    legende: str = ""
    #: What the « Retirer » button sends; empty where nothing is removed.
    retirer: str = ""


@dataclass(frozen=True, slots=True)
class Partie:
    """One part of the form. ``liste``: its name when lines may be added, with the words of the button."""

    lignes: tuple[Ligne, ...]
    titre: str = ""
    aide: str = ""
    liste: str = ""
    ajouter_mots: str = ""

    @property
    def pleine(self) -> bool:
        """Whether no line can be added any more."""
        return len(self.lignes) >= LIGNES_MAX


@dataclass(slots=True)
class _Plan:
    """Names of the fields of one part, before they are bound."""

    titre: str = ""
    aide: str = ""
    liste: str = ""
    ajouter_mots: str = ""
    lignes: list[tuple[str, str, list[str]]] = field(default_factory=list)


class FormulaireDeRegle(Formulaire):
    """``verdict`` and ``lectures`` hold the answer once the form is valid.

    ``en_cours``: the person is still filling (a line added, a return from the answer): nothing is checked.
    """

    def __init__(
        self,
        donnees: QueryDict | None = None,
        *,
        question: Question,
        aujourd_hui: date,
        en_cours: bool = False,
    ) -> None:
        super().__init__(donnees)
        self.question, self.aujourd_hui, self.en_cours = question, aujourd_hui, en_cours
        self.declaration = regle(question.nom)
        self.verdict: Verdict | None = None
        self.lectures: list[Lecture] = []
        self._noms: dict[str, str] = {}
        self._plans: list[_Plan] = [_Plan()]
        for cle, champ in self._declares():
            self._poser(cle, champ)

    def _declares(self) -> Iterator[tuple[str, Champ]]:
        """The fields this question asks; the birth only where an age counts."""
        for cle, champ in self.declaration.tous_les_champs(self.aujourd_hui).items():
            if cle == "personne":
                if self.question.naissance:
                    yield cle, champ
            elif cle != JOUR or self.question.datee:
                yield cle, champ

    # --- Drawing -----------------------------------------------------------------------------------

    def _mots(self, chemin: str) -> Mots:
        return self.question.champs[chemin]

    def _poser(self, cle: str, champ: Champ) -> None:
        if champ.champs is not None:
            self._poser_objet(cle, champ)
        elif champ.element is not None and champ.element.champs is not None:
            self._poser_lignes(cle, champ.element.champs)
        else:
            self._plans[0].lignes.append(
                ("", "", [self._ajouter(cle, cle, champ, requis=cle == JOUR or _requis(champ))])
            )

    def _poser_objet(self, cle: str, champ: Champ) -> None:
        assert champ.champs is not None
        if cle == "personne":
            requise = self.question.naissance == "requise"
            nom = self._ajouter("personne-naissance", NAISSANCE, champ.champs["naissance"], requis=requise)
            self._plans[0].lignes.append(("", "", [nom]))
            return
        mots = self._mots(cle)
        noms = [
            self._ajouter(f"{cle}-{sous}", f"{cle}.{sous}", un, requis=not _omissible(champ) and _requis(un))
            for sous, un in champ.champs.items()
        ]
        self._plans.append(_Plan(titre=mots.libelle, aide=mots.aide, lignes=[("", "", noms)]))

    def _poser_lignes(self, cle: str, champs: Mapping[str, Champ]) -> None:
        mots = self._mots(cle)
        nombre = self._nombre(cle, mots)
        self.fields[compteur(cle)] = forms.CharField(widget=forms.HiddenInput, required=False, initial=nombre)
        plan = _Plan(titre=mots.libelle, aide=mots.aide, liste=cle, ajouter_mots=mots.ajouter)
        for rang in range(nombre):
            noms = [
                self._ajouter(f"{cle}-{rang}-{sous}", f"{cle}.{sous}", un, requis=False, en_ligne=True)
                for sous, un in champs.items()
            ]
            plan.lignes.append((f"{mots.un} {rang + 1}", f"{cle}-{rang}", noms))
        self._plans.append(plan)

    def _nombre(self, cle: str, mots: Mots) -> int:
        """How many lines the page shows: those it said, within reason."""
        brut = str(self.data.get(compteur(cle), "")) if self.is_bound else str(mots.lignes)
        return min(int(brut), LIGNES_MAX) if brut.isdecimal() and len(brut) < 4 else mots.lignes

    def _ajouter(self, nom: str, chemin: str, champ: Champ, *, requis: bool, en_ligne: bool = False) -> str:
        fait = champ_de_formulaire(
            champ, self._mots(chemin), chemin, requis=requis, en_ligne=en_ligne, jour=self.aujourd_hui
        )
        if chemin == JOUR:
            fait.initial = self.aujourd_hui
        self.fields[nom] = fait
        self._noms[nom] = chemin
        return nom

    @property
    def parties(self) -> tuple[Partie, ...]:
        """The form as the page draws it."""
        return tuple(
            Partie(
                lignes=tuple(
                    Ligne(tuple(self[nom] for nom in noms), legende, retirer)
                    for legende, retirer, noms in plan.lignes
                ),
                titre=plan.titre,
                aide=plan.aide,
                liste=plan.liste,
                ajouter_mots=plan.ajouter_mots,
            )
            for plan in self._plans
        )

    # --- Reading -----------------------------------------------------------------------------------

    def full_clean(self) -> None:
        if self.en_cours:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Ask the rule, once every field reads well."""
        brut = {
            cle: valeur for cle, champ in self._declares() if (valeur := self._lire(cle, champ)) is not _RIEN
        }
        if not self.errors:
            with suivre_lectures() as lues:
                verdict = self.declaration.repondre(brut, self.aujourd_hui)
            fautes = [motif for motif in verdict.motifs if motif.code in _CODES_D_ENTREE]
            for motif in fautes:
                self.add_error(*self._situer(motif))
            if not fautes:
                self.verdict, self.lectures = verdict, lues
        return self.cleaned_data

    def _lire(self, cle: str, champ: Champ) -> Any:
        if champ.champs is not None:
            return self._lire_objet(cle, champ)
        if champ.element is not None and champ.element.champs is not None:
            sous = champ.element.champs
            return [
                self._lire_champs(f"{cle}-{rang}", sous)
                for rang in range(self._nombre(cle, self._mots(cle)))
                if not self._vide(f"{cle}-{rang}", sous)
            ]
        return self._valeur(cle, champ)

    def _lire_objet(self, cle: str, champ: Champ) -> Any:
        assert champ.champs is not None
        if _omissible(champ) and self._vide(cle, champ.champs):
            return None if champ.requis else _RIEN
        return self._lire_champs(cle, champ.champs)

    def _lire_champs(self, prefixe: str, champs: Mapping[str, Champ]) -> dict[str, Any]:
        """An object of the case; what it needs and lacks is asked for beside the field."""
        lus = {}
        for cle, champ in champs.items():
            nom = f"{prefixe}-{cle}"
            valeur = self._valeur(nom, champ)
            if valeur is not _RIEN:
                lus[cle] = valeur
            elif champ.requis and nom in self.fields and nom not in self.errors:
                libelle = str(self.fields[nom].label)
                self.add_error(nom, message_requis(self.fields[nom], libelle))
        return lus

    def _valeur(self, nom: str, champ: Champ) -> Any:
        valeur = self.cleaned_data.get(nom)
        if valeur not in _VIDES:
            return en_json(champ, valeur)
        return None if champ.nul and champ.requis else _RIEN

    def _vide(self, prefixe: str, champs: Mapping[str, Champ]) -> bool:
        """Nothing was typed there; a wrong entry is not nothing."""
        noms = [f"{prefixe}-{cle}" for cle in champs]
        return all(self.cleaned_data.get(nom) in _VIDES and nom not in self.errors for nom in noms)

    def _situer(self, motif: Motif) -> tuple[str | None, str]:
        """The field a reason is about, and its sentence with the labels in place of the keys."""
        cites = [chemin for chemin in _CITE.findall(motif.texte) if self._sans_rang(chemin) is not None]
        texte = _CITE.sub(self._libelle, motif.texte).removeprefix("La clé ")
        if not cites:
            return None, texte
        chemin = self._sans_rang(cites[0]) or ""
        manque = self._mots(chemin).manque
        nom = next((n for n, c in self._noms.items() if c == chemin or c.startswith(f"{chemin}.")), None)
        return nom, manque or texte

    def _sans_rang(self, cite: str) -> str | None:
        chemin = re.sub(r"\[\d+\]", "", cite)
        return chemin if chemin in self.question.champs else None

    def _libelle(self, trouve: re.Match[str]) -> str:
        chemin = self._sans_rang(trouve[1])
        return f"« {self._mots(chemin).libelle} »" if chemin else trouve[0]

    @property
    def reponses(self) -> list[tuple[str, str]]:
        """What was answered, in words, for the sheet that is printed. Needs a valid form."""
        return [
            (f"{legende} : {self[nom].label}" if legende else str(self[nom].label), mots)
            for plan in self._plans
            for legende, _, noms in plan.lignes
            for nom in noms
            if (mots := self._en_mots(nom))
        ]

    def _en_mots(self, nom: str) -> str:
        valeur = self.cleaned_data.get(nom)
        if valeur in _VIDES:
            return ""
        choix = dict(getattr(self.fields[nom], "choices", ()))
        if choix:
            valeurs = valeur if isinstance(valeur, list) else [valeur]
            return ", ".join(str(choix[une]) for une in valeurs)
        if isinstance(valeur, date):
            return date_longue(valeur)
        # A commune is shown as it was typed, a number as it was read.
        return str(self.data.get(nom, valeur)).strip()


class _Rien:
    """Left out of the case: the rule takes its default."""


_RIEN: Final = _Rien()


def _requis(champ: Champ) -> bool:
    """Whether the page insists: a default is proposed, null may be left empty unless it has its own words."""
    if champ.genre in {Genre.BOOLEEN, Genre.CHOIX} and (champ.defaut is not None or champ.requis):
        return True
    return champ.requis and not champ.nul


def _omissible(champ: Champ) -> bool:
    """An object that may be left out or null: its fields are then all optional together."""
    return champ.nul or not champ.requis


def avec_une_ligne(donnees: QueryDict, liste: str) -> QueryDict:
    """What was posted, with one more line at the end of the list."""
    change = donnees.copy()
    change[compteur(liste)] = str(min(_compte(donnees, liste) + 1, LIGNES_MAX))
    return change


def sans_la_ligne(donnees: QueryDict, ligne: str) -> QueryDict:
    """What was posted, without the line « liste-rang »: those after it move up."""
    liste, _, rang = ligne.rpartition("-")
    nombre = _compte(donnees, liste)
    if not rang.isdecimal() or len(rang) > 3 or int(rang) >= nombre:
        return donnees
    change = donnees.copy()
    montent = {}
    for nom in donnees:
        debut, _, reste = nom.removeprefix(f"{liste}-").partition("-")
        if not nom.startswith(f"{liste}-") or not debut.isdecimal() or int(debut) < int(rang):
            continue
        del change[nom]
        if int(debut) > int(rang):
            montent[f"{liste}-{int(debut) - 1}-{reste}"] = donnees.getlist(nom)
    for nom, valeurs in montent.items():
        change.setlist(nom, valeurs)
    change[compteur(liste)] = str(nombre - 1)
    return change


def _compte(donnees: QueryDict, liste: str) -> int:
    brut = donnees.get(compteur(liste), "0")
    return min(int(brut), LIGNES_MAX) if brut.isdecimal() and len(brut) < 4 else 0
