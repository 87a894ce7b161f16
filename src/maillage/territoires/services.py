"""Loads of the register: from the package at installation, from files afterwards.

Run by an operator's command, under the maintenance role: the web role may only read these tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import transaction

from maillage.socle.contexte import en_maintenance
from maillage.socle.temps import aujourd_hui, maintenant
from maillage.territoires import referentiel, registre
from maillage.territoires.importation import ecriture
from maillage.territoires.importation.ecriture import Bilan
from maillage.territoires.importation.lecture import (
    LigneAncienne,
    LigneCommune,
    LigneQpv,
    lire_communes,
    lire_qpv,
)
from maillage.territoires.importation.rapport import Rapport
from maillage.territoires.models import Departement, Importation, Region
from maillage.territoires.models.epci import EPCI, EPT
from maillage.territoires.registre import LISTE_DES_QPV

REFERENTIEL, COMMUNES, QPV = "referentiel", "communes", "qpv"


def charger_referentiel() -> Rapport:
    """Load the register shipped with the package. Does nothing when these very bytes are already loaded."""
    empreinte = _empreinte(registre.DONNEES / "registre.zip")
    if Importation.objects.filter(genre=REFERENTIEL, empreinte=empreinte).exists():
        return Rapport(REFERENTIEL)
    return _executer(REFERENTIEL, empreinte, _ecrire_referentiel, essai=False)


def importer_communes(chemin: Path, *, le: date | None = None, essai: bool = False) -> Rapport:
    """Import a file of communes; a changed population takes effect on `le`, by default the first of January.

    Raises FichierIllisible. With `essai`, everything is judged and nothing is kept.
    """
    lecture = lire_communes(chemin)
    effet = le or _premier_janvier()

    def ecrire(bilan: Bilan) -> int:
        _garantir_le_referentiel()
        ecriture.ecrire_communes([x for x in lecture.lignes if isinstance(x, LigneCommune)], effet, bilan)
        ecriture.ecrire_anciennes([x for x in lecture.lignes if isinstance(x, LigneAncienne)], bilan)
        return lecture.lues

    return _executer(COMMUNES, _empreinte(chemin), ecrire, essai=essai).avec_refus(lecture.refusees)


def importer_qpv(chemin: Path, *, liste: int = LISTE_DES_QPV, essai: bool = False) -> Rapport:
    """Import a file of priority neighbourhoods. Raises FichierIllisible."""
    lecture = lire_qpv(chemin)

    def ecrire(bilan: Bilan) -> int:
        _garantir_le_referentiel()
        ecriture.ecrire_qpv(lecture.lignes, liste, bilan)
        return lecture.lues

    return _executer(QPV, _empreinte(chemin), ecrire, essai=essai).avec_refus(lecture.refusees)


def _executer(genre: str, empreinte: str, ecrire: Callable[[Bilan], int], *, essai: bool) -> Rapport:
    """Write in a savepoint, keep it unless it is a trial, leave the trace that tells caches to reload."""
    bilan = Bilan(genre)
    with en_maintenance():
        point = transaction.savepoint()
        lues = ecrire(bilan)
        rapport = bilan.rapport(lues, essai=essai)
        if essai:
            transaction.savepoint_rollback(point)
            return rapport
        transaction.savepoint_commit(point)
        if not rapport.sans_effet or genre == REFERENTIEL:
            Importation.objects.create(
                genre=genre,
                empreinte=empreinte,
                le=maintenant(),
                lues=rapport.lues,
                creees=rapport.creees,
                modifiees=rapport.modifiees,
                refusees=len(rapport.refusees),
            )
    return rapport


def _garantir_le_referentiel() -> None:
    """A file of communes only makes sense on known départements."""
    if not Departement.objects.exists():
        _ecrire_referentiel(Bilan(REFERENTIEL))


def _ecrire_referentiel(bilan: Bilan) -> int:
    le = _premier_janvier()
    ecriture.ecrire_decoupage(
        [Region(code=r.code, nom=r.nom, chef_lieu=r.chef_lieu, zone=r.zone) for r in referentiel.regions()],
        [
            Departement(code=d.code, nom=d.nom, region_id=d.region, chef_lieu=d.chef_lieu, zone=d.zone)
            for d in referentiel.departements()
        ],
    )
    lignes = [
        LigneCommune(
            rang,
            c.code,
            c.nom,
            c.population,
            c.codes_postaux,
            c.siren,
            c.arrondissement,
            c.densite,
            c.ruralite,
            c.centralite,
        )
        for rang, c in enumerate(referentiel.communes(), 1)
    ]
    ecriture.ecrire_communes(lignes, le, bilan)
    anciennes = list(referentiel.anciennes())
    ecriture.ecrire_anciennes(
        [LigneAncienne(0, a.code, a.nom or "", a.nature, a.actuelle) for a in anciennes], Bilan(REFERENTIEL)
    )
    groupements = referentiel.tous_les_epci()
    ecriture.ecrire_epci(groupements, {g.code: EPT if g.nature == "EPT" else EPCI for g in groupements}, le)
    ecriture.ecrire_qpv(
        [LigneQpv(0, q.code, q.nom, commune) for q in referentiel.tous_les_qpv() for commune in q.communes],
        LISTE_DES_QPV,
        Bilan(REFERENTIEL),
    )
    return len(lignes)


def _premier_janvier() -> date:
    """Legal populations take effect on the first of January."""
    return aujourd_hui().replace(month=1, day=1)


def _empreinte(chemin: Path) -> str:
    return hashlib.sha256(chemin.read_bytes()).hexdigest()
