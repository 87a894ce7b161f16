"""Liftings as a page needs them: a verdict once they count, and the form of those who may set aside more.

A page about an object of a situation (an orientation) does three things:
``juge = juger(verdict, objet=…, regle=…)`` then ``juge.ok``; show ``parcours/_levees.html`` with ``levee``;
on POST, ``lever(situation=…, objet=…, regle=…, verdict=verdict, **levee.formulaire.cleaned_data)``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from maillage.droit.api import Motif, Verdict
from maillage.parcours.forms.levee import EcarterRaison
from maillage.parcours.rules.levee import LeveeFaite, VerdictLeve, avec_levees, peut_lever, qui_leve
from maillage.parcours.selectors.levees import levees_de


@dataclass(frozen=True, slots=True)
class RaisonVue:
    """A reason on screen: set aside or not, and who may set it aside, in words (empty: nobody)."""

    motif: Motif
    oppose: bool
    raison: str
    precision: str
    par: str
    le: date | None
    par_qui: str
    a_reprendre: UUID | None = None


@dataclass(frozen=True, slots=True)
class LeveeVue:
    """What the page shows. ``formulaire`` is None where this reader has nothing left to set aside."""

    juge: VerdictLeve
    raisons: tuple[RaisonVue, ...]
    formulaire: EcarterRaison | None
    perimees: tuple[LeveeFaite, ...] = ()


def juger(verdict: Verdict, *, objet: UUID, regle: str, empreinte: str = "") -> VerdictLeve:
    """The verdict of the rule once what was recorded for this object, asked the same way, counts."""
    return avec_levees(verdict, levees_de(objet, regle, empreinte))


def levables(juge: VerdictLeve, role: str, *, designe: bool = False) -> tuple[Motif, ...]:
    """The reasons still opposing that this role, or the référent of this file, may set aside."""
    return tuple(motif for motif in juge.restants if peut_lever(motif, role, designe=designe))


def composer(
    juge: VerdictLeve,
    *,
    role: str,
    jour: date,
    donnees: Mapping[str, Any] | None = None,
    designe: bool = False,
    lecteur: int | None = None,
    perimees: tuple[LeveeFaite, ...] = (),
) -> LeveeVue:
    """The reasons, and the form where ``role`` may set one aside. ``donnees``: what was posted.

    ``lecteur``: the account that reads, to be offered to take back what it wrote itself. ``perimees``: the
    liftings that hold no more, said where their reason opposes again.
    """
    ouvertes = levables(juge, role, designe=designe)
    formulaire = EcarterRaison(donnees, levables=ouvertes, jour=jour) if ouvertes else None
    restants = {motif.code for motif in juge.restants}
    dites = tuple(faite for faite in perimees if faite.code in restants)
    return LeveeVue(juge, tuple(_vues(juge, lecteur)), formulaire, dites)


def _vues(juge: VerdictLeve, lecteur: int | None) -> list[RaisonVue]:
    vues = []
    for un in juge.motifs:
        faite = un.levee
        vues.append(
            RaisonVue(
                motif=un.motif,
                oppose=un.oppose and not juge.verdict.ok,
                raison=faite.raison if faite else "",
                precision=faite.precision if faite else "",
                par=faite.par if faite else "",
                le=faite.le if faite else None,
                par_qui=qui_leve(un.motif.force),
                a_reprendre=faite.cle if faite and lecteur is not None and faite.auteur == lecteur else None,
            )
        )
    return vues
