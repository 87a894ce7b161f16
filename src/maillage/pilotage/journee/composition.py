"""Compose the day of the actor: each function brings its own tasks, an account may exercise several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from maillage.acteurs.api import Compte
from maillage.instances.api import mes_chartes
from maillage.pilotage.journee import actes, conseils, conventions, donnees, dossiers
from maillage.pilotage.journee.taches import HORIZON, RECENT, Bloc, Tache, ranger
from maillage.situations.api import echeances

PRESIDENCE = ("maire", "president_epci", "elu_delegue")

Source = Callable[[date], Iterable[Tache]]


def _plenieres_a_tenir(jour: date) -> Iterable[Tache]:
    return conseils.plenieres(jour, tenus=True)


def _plenieres_du_ressort(jour: date) -> Iterable[Tache]:
    return conseils.plenieres(jour, tenus=False)


def _dossiers(jour: date) -> Iterable[Tache]:
    dues = echeances(jour=jour, horizon=jour + timedelta(days=HORIZON), depuis=jour - timedelta(days=RECENT))
    return dossiers.taches(dues, jour)


#: For everyone who may sit or be habilitated: séances, charter, own mandate, files of one's cercles.
DE_TOUS: tuple[Source, ...] = (
    conseils.seances,
    conseils.chartes,
    conseils.mandats,
    _dossiers,
    actes.actes,
    actes.droits,
)
#: What a function adds. Its objects are still those of its territory or mandate.
PAR_FONCTION: Mapping[str, tuple[Source, ...]] = {
    "coordonnateur": (
        conseils.signatures,
        conseils.textes,
        conventions.rappels,
        _plenieres_a_tenir,
        conseils.ma_commune,
    ),
    **dict.fromkeys(PRESIDENCE, (conseils.textes, _plenieres_a_tenir, conseils.ma_commune, donnees.lectures)),
    "prefecture": (_plenieres_du_ressort, conseils.communes),
    **dict.fromkeys(
        ("national", "president_departement", "conseil_departemental"), (conseils.plenieres_du_pays,)
    ),
    "dpo": (donnees.effacements, donnees.lectures),
    "administrateur_technique": (donnees.comptes,),
}


@dataclass(frozen=True, slots=True)
class Acces:
    """A groupe of the actor: its charter and mandate, as the side column says them."""

    groupe: str
    signee_le: datetime | None
    fin: datetime | None


@dataclass(frozen=True, slots=True)
class Journee:
    """``phrase`` is the page's one sentence; ``acces`` is empty for who is habilitated nowhere."""

    jour: date
    blocs: tuple[Bloc, ...]
    acces: tuple[Acces, ...]

    @property
    def vide(self) -> bool:
        return not self.blocs

    def nombre(self, code: str) -> int:
        """How many lines a block holds; 0 where it is absent."""
        return sum(len(bloc.lignes) for bloc in self.blocs if bloc.code == code)


def composer(compte: Compte, jour: date) -> Journee:
    """The day of this account, which must be the actor."""
    sources = [*DE_TOUS]
    for fonction in sorted(compte.fonctions):
        sources += [source for source in PAR_FONCTION.get(fonction, ()) if source not in sources]
    taches = [tache for source in sources for tache in source(jour)]
    acces = tuple(
        Acces(charte.formation.nom, charte.signee_le, charte.fin_mandat) for charte in mes_chartes()
    )
    return Journee(jour, ranger(taches, jour), acces)
