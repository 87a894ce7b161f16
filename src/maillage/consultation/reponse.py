"""The answer as the page shows it: yes or no, each reason and who may set it aside, what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from maillage.consultation.questions import Question
from maillage.consultation.regles import regle
from maillage.droit.api import Force, Lecture, Motif, ValeurDatee, Verdict, nombre
from maillage.parcours.rules.levee import qui_leve

_FORCES: Final = {
    Force.LOI: "Loi ou règlement",
    Force.DOCTRINE: "Doctrine : stratégie nationale ou consigne de l’État",
    Force.USAGE: "Usage de l’application",
}
_SANS_UNITE: Final = frozenset({"texte", "liste", "oui_non", "effectif"})
_UNITES: Final = {"pourcent": "%", "par_an": "par an"}


@dataclass(frozen=True, slots=True)
class Raison:
    """A reason with its force in words; ``par_qui`` may set it aside, empty where nobody may."""

    motif: Motif
    force: str
    par_qui: str


@dataclass(frozen=True, slots=True)
class Appui:
    """A parameter the answer rests on, as it held that day."""

    libelle: str
    valeur: str
    base_legale: str
    a_verifier: bool


@dataclass(frozen=True, slots=True)
class Reponse:
    """``titre`` is the answer in words; ``jours`` the days whose law was applied."""

    ok: bool
    titre: str
    raisons: tuple[Raison, ...]
    echeances: dict[str, date]
    appuis: tuple[Appui, ...]
    jours: tuple[date, ...]

    @property
    def a_verifier(self) -> bool:
        """Whether something it rests on was not read in its source yet."""
        return any(raison.motif.a_verifier for raison in self.raisons) or any(
            appui.a_verifier for appui in self.appuis
        )


def composer(question: Question, verdict: Verdict, lectures: Iterable[Lecture], acte: date | None) -> Reponse:
    """The answer of a rule, from its verdict and from the parameters it read; ``acte`` is the day asked."""
    declaration = regle(question.nom)
    mots = declaration.oui if verdict.ok else declaration.non
    lues = list(lectures)
    return Reponse(
        ok=verdict.ok,
        titre=mots if question.sans_oui else f"{'Oui' if verdict.ok else 'Non'} : {mots}",
        raisons=tuple(
            Raison(motif, _FORCES[motif.force], "" if verdict.ok else qui_leve(motif.force))
            for motif in verdict.motifs
        ),
        echeances={nom: jour for nom, jour in verdict.echeances.items() if jour is not None},
        appuis=tuple(
            _appui(lue, question) for lue in {(lue.parametre.code, lue.le): lue for lue in lues}.values()
        ),
        jours=tuple(sorted({lue.le for lue in lues})) or ((acte,) if acte else ()),
    )


def _appui(lue: Lecture, question: Question) -> Appui:
    return Appui(
        libelle=lue.parametre.libelle,
        valeur=_en_clair(lue.valeur, lue.parametre.unite, question),
        base_legale=lue.valeur.base_legale,
        a_verifier=lue.valeur.a_verifier,
    )


def _en_clair(valeur: ValeurDatee, unite: str, question: Question) -> str:
    """The value in words: a code is said as the question says it."""
    dits = {code: mots for champ in question.champs.values() for code, mots in champ.options.items()}
    brute = valeur.valeur
    if isinstance(brute, bool):
        return "oui" if brute else "non"
    if isinstance(brute, tuple):
        return ", ".join(dits.get(mot, mot.replace("_", " ")) for mot in brute)
    texte = nombre(brute) if isinstance(brute, int) else dits.get(brute, brute.replace("_", " "))
    return texte if unite in _SANS_UNITE else f"{texte} {_UNITES.get(unite, unite)}"
