"""The retention run of this room: a file that has reached its term goes, with its person; its line stays.

Run as ``m_maintenance`` after that of situations. Each batch is one transaction with its certificate in the
journal: killed at any point, it resumes; run twice, the second finds nothing.
"""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import QuerySet

from maillage.documents.api import effacer_conventions
from maillage.instances.api import Formation, GenreFormation, effacer_points, fuseau_du_conseil
from maillage.maire.conservation import FAMILLES, Famille
from maillage.maire.models import AvisDu, LeveeDuMaire, Rectification, RelanceAvis
from maillage.situations.api import effacer_identites, oublier_les_retenues, sans_les_retenues
from maillage.socle.contexte import en_maintenance
from maillage.socle.journal import journaliser
from maillage.socle.temps import aujourd_hui

LOT = 200
GENRES = (GenreFormation.ACTES_MAIRE, GenreFormation.CDDF, GenreFormation.CCTP)


def purger_actes(le: date | None = None, *, essai: bool = False) -> Counter[str]:
    """Erase the files due ``le`` or before: today in each territory by default. Counts by table.

    ``essai`` counts the files due and erases nothing.
    """
    effaces: Counter[str] = Counter()
    with en_maintenance():
        jours = {
            formation.cercle_id or 0: aujourd_hui(fuseau_du_conseil(formation.conseil))
            for formation in Formation.objects.filter(genre__in=GENRES).select_related("conseil")
        }
    for cercle, jour in jours.items():
        terme = min(le or jour, jour)
        if essai:
            with en_maintenance():
                effaces["avisdu"] += AvisDu.objects.filter(cercle=cercle, expire_le__lte=terme).count()
        else:
            while _un_lot_d_avis(cercle, terme, effaces):
                pass
        for famille in FAMILLES:
            if essai:
                with en_maintenance():
                    effaces[famille.nom] += _echus(famille, cercle, terme).count()
                continue
            while _un_lot(famille, cercle, terme, effaces):
                pass
    return effaces


def _un_lot_d_avis(cercle: int, terme: date, effaces: Counter[str]) -> bool:
    """Notices name nobody, but their number leads to a procedure: they go at their term like the rest."""
    with en_maintenance():
        echus = AvisDu.objects.filter(cercle=cercle, expire_le__lte=terme).order_by("pk")
        lot = echus.select_for_update(skip_locked=True)[:LOT]
        lignes = dict(lot.values_list("pk", "public_id"))
        if not lignes:
            return False
        effaces["relanceavis"] += RelanceAvis.objects.filter(avis__in=lignes).delete()[0]
        effaces["rectification"] += Rectification.objects.filter(
            cercle=cercle, objet__in=lignes.values()
        ).delete()[0]
        effaces["avisdu"] += AvisDu.objects.filter(pk__in=lignes).delete()[0]
        journaliser(
            "destruction",
            cercle=cercle,
            details={"le": terme.isoformat(), "actes": [str(public) for public in lignes.values()]},
        )
    return True


def _echus(famille: Famille, cercle: int, terme: date) -> QuerySet[Any]:
    lignes: QuerySet[Any] = famille.lignes.filter(cercle=cercle, expire_le__lte=terme)
    return sans_les_retenues(lignes).order_by("pk")


def _un_lot(famille: Famille, cercle: int, terme: date, effaces: Counter[str]) -> bool:
    with en_maintenance():
        echus = list(_echus(famille, cercle, terme).select_for_update(skip_locked=True)[:LOT])
        if not echus:
            return False
        cles, publics = [d.pk for d in echus], [d.public_id for d in echus]
        for piece in famille.pieces:
            siennes: QuerySet[Any] = piece._default_manager.all()
            effaces[piece._meta.model_name or ""] += siennes.filter(dossier__in=cles).delete()[0]
        effaces["rectification"] += Rectification.objects.filter(cercle=cercle, objet__in=publics).delete()[0]
        effaces["leveedumaire"] += LeveeDuMaire.objects.filter(cercle=cercle, objet__in=publics).delete()[0]
        effaces["point"] += effacer_points(publics)
        effaces.update(oublier_les_retenues(publics))
        effaces["convention_nominative"] += effacer_conventions(publics)
        effaces[famille.nom] += famille.lignes.filter(pk__in=cles).delete()[0]
        effaces.update(effacer_identites(_orphelines({d.identite_id for d in echus})))
        journaliser(
            "destruction",
            cercle=cercle,
            details={"le": terme.isoformat(), "actes": [str(public) for public in publics]},
        )
    return True


def _orphelines(identites: set[int]) -> set[int]:
    """Whoever no file of the room names any more."""
    restantes = set(identites)
    for famille in FAMILLES:
        nommees = famille.lignes.filter(identite__in=restantes).values_list("identite_id", flat=True)
        restantes -= set(nommees)
    return restantes
