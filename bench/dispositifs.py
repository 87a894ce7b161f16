"""The explainable view of a person with many offers: worst place, all of them around the council measured."""

from __future__ import annotations

import os
from itertools import cycle
from statistics import median
from typing import Any

from bench.appel import Application, Navigateur
from bench.decor import Decor
from bench.mesure import chronometrer, processeur, resume
from bench.pages import PASSAGES, compter_les_requetes, mesurer_la_memoire

OFFRES = 20_000
HOTES = 200
PROCESSEUR = 9
#: One offer in this many has no place left: it must be passed over.
PLEINES = 5


def poser(decor: Decor, nombre: int) -> int:
    """Offers of every scheme, in every commune of the département; returns how many stand there."""
    from django.db import connection

    from maillage.acteurs.api import Organisme
    from maillage.instances.api import Conseil
    from maillage.parcours.api import Offre, Place, dispositifs
    from maillage.projet.bases import sous_le_proprietaire
    from maillage.socle.contexte import en_maintenance
    from maillage.socle.temps import aujourd_hui
    from maillage.territoires.api import Commune

    le = aujourd_hui()
    codes = [lu.code for lu in dispositifs(le)]
    with sous_le_proprietaire(), en_maintenance():
        manquent = nombre - Offre.objects.count()
        if manquent <= 0:
            return nombre
        conseil = Conseil.objects.get(public_id=decor.conseil)
        communes = list(Commune.objects.filter(departement=decor.departement).order_by("code"))
        hotes = Organisme.objects.bulk_create(
            Organisme(genre="commune", departement_code=decor.departement) for _ in range(HOTES)
        )
        posees = Offre.objects.bulk_create(
            (
                Offre(
                    dispositif_code=codes[rang % len(codes)],
                    conseil=conseil if rang % 2 else None,
                    organisme=hotes[rang % HOTES],
                    commune_code=communes[rang * 7919 % len(communes)].code,
                    departement_code=decor.departement,
                    intitule=f"Offre simulée {rang}",
                    tuteur_nom="Tuteur simulé",
                    tuteur_forme=rang % 3 > 0,
                    depuis=le,
                    source="partenaire",
                )
                for rang in range(manquent)
            ),
            batch_size=2_000,
        )
        Place.objects.bulk_create(
            (Place(offre=offre, du=le) for offre in posees[::PLEINES]), batch_size=2_000
        )
        with connection.cursor() as curseur:
            curseur.execute("RESET ROLE; ANALYZE parcours_offre; ANALYZE parcours_place")
    return nombre


def mesurer(application: Application, decor: Decor, repetitions: int, nombre: int) -> dict[str, Any]:
    """Times over several passes, queries and memory, as the coordination of the groupe measured."""
    offres, charge = poser(decor, nombre), os.getloadavg()
    coordination = Navigateur(application)
    coordination.entrer(decor.coordination)
    situations = cycle(decor.situations)

    def geste() -> object:
        return coordination.lire(f"/situations/{next(situations)}/dispositifs/")

    for _ in range(5):
        geste()
    passages = [[chronometrer(geste) for _ in range(repetitions)] for _ in range(PASSAGES)]
    return {
        "offres": offres,
        "charge_au_depart": [round(une, 2) for une in charge],
        **resume(passages),
        "processeur_ms": round(median(processeur(geste) for _ in range(PROCESSEUR)), 2),
        "requetes": compter_les_requetes(geste),
        "memoire_kio": mesurer_la_memoire(geste),
    }
