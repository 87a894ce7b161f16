"""The retention run of this room: the file handed over first, then the request and all that hangs on it.

Run as ``m_maintenance`` after that of situations. Each batch is one transaction with its certificate in the
journal: killed at any point, it resumes; run twice, the second finds nothing.
"""

from collections import Counter
from datetime import date

from maillage.droits.models import DemandeDeDroit, Envoi, FichierDeReponse, Question, Reponse
from maillage.droits.scellement import detruire_apres, effacer_les_demandes
from maillage.instances.api import Formation, GenreFormation, fuseau_du_conseil
from maillage.socle.contexte import en_maintenance
from maillage.socle.journal import journaliser
from maillage.socle.temps import aujourd_hui

LOT = 200


def purger_demandes(le: date | None = None) -> Counter[str]:
    """Erase what is due ``le`` or before: today in each territory by default. Counts by table."""
    effaces: Counter[str] = Counter()
    with en_maintenance():
        jours = {
            formation.cercle_id or 0: aujourd_hui(fuseau_du_conseil(formation.conseil))
            for formation in Formation.objects.filter(genre=GenreFormation.DROITS).select_related("conseil")
        }
    for cercle, jour in jours.items():
        terme = min(le or jour, jour)
        while _un_lot_de_fichiers(cercle, terme, effaces):
            pass
        while _un_lot_de_questions(cercle, terme, effaces):
            pass
        while _un_lot(cercle, terme, effaces):
            pass
    return effaces


def _un_lot_de_fichiers(cercle: int, terme: date, effaces: Counter[str]) -> bool:
    """The file handed over, and the extracts it was made of: shorter-lived than the request."""
    with en_maintenance():
        echus = FichierDeReponse.objects.filter(cercle=cercle, expire_le__lte=terme)
        lot = list(
            echus.order_by("pk").values_list("pk", "public_id", "demande_id", "demande__public_id")[:LOT]
        )
        if not lot:
            return False
        pistes = Envoi.objects.filter(cercle=cercle, demande__in=[cle for _, _, cle, _ in lot]).values(
            "piste"
        )
        vides = Reponse.objects.filter(cercle=cercle, piste__in=pistes, contenu__isnull=False)
        detruire_apres([*vides.values_list("public_id", flat=True), *(public for _, public, *_ in lot)])
        effaces["extrait"] += vides.update(contenu=None)
        effaces["fichierdereponse"] += echus.filter(pk__in=[cle for cle, *_ in lot]).delete()[0]
        _certifier(cercle, terme, [str(public) for *_, public in lot], "fichiers")
    return True


def _un_lot_de_questions(cercle: int, terme: date, effaces: Counter[str]) -> bool:
    """What was asked of a groupe and names someone there: never kept beyond the day it says."""
    with en_maintenance():
        echues = Question.objects.filter(cercle_origine=cercle, expire_le__lte=terme).order_by("pk")
        lot = dict(echues.select_for_update(skip_locked=True)[:LOT].values_list("pk", "public_id"))
        if not lot:
            return False
        detruire_apres(list(lot.values()))
        effaces["question"] += Question.objects.filter(pk__in=lot).delete()[0]
        _certifier(cercle, terme, [str(public) for public in lot.values()], "questions")
    return True


def _un_lot(cercle: int, terme: date, effaces: Counter[str]) -> bool:
    with en_maintenance():
        echues = list(
            DemandeDeDroit.objects.filter(cercle=cercle, expire_le__lte=terme)
            .order_by("pk")
            .select_for_update(skip_locked=True)[:LOT]
        )
        if not echues:
            return False
        effaces.update(effacer_les_demandes(echues))
        _certifier(cercle, terme, [str(demande.public_id) for demande in echues], "demandes")
    return True


def _certifier(cercle: int, terme: date, publics: list[str], quoi: str) -> None:
    journaliser("destruction", cercle=cercle, details={"le": terme.isoformat(), quoi: publics})
