"""The retention run: erase what has reached its term, keep anonymous facts, leave a certificate.

Run by an operator's command as ``m_maintenance``, once a day. Each batch is one transaction with its
certificate in the journal: killed at any point, it resumes; run twice, the second finds nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from maillage.documents.api import effacer_conventions
from maillage.droit.api import Force, Motif, Verdict
from maillage.instances.api import Formation, effacer_points, fuseau_du_conseil
from maillage.situations import effacement, retenues
from maillage.situations.identites import effacer as effacer_identites
from maillage.situations.models import (
    Bilan,
    Contact,
    Designation,
    Element,
    Identite,
    Lettre,
    Objectif,
    Signalement,
    Situation,
)
from maillage.situations.states import EtatSituation
from maillage.socle.contexte import en_maintenance
from maillage.socle.journal import journaliser
from maillage.socle.models import FaitStatistique
from maillage.socle.refus import Refus
from maillage.socle.temps import aujourd_hui

LOT = 200
#: The journal's word for a run of the retention, whatever it found.
PASSAGE = "purge"
DE_SUIVI = (Lettre, Element, Designation, Objectif, Contact, Bilan)


@dataclass
class Certificat:
    """What was erased: counts by table, and the pseudonyms of the files. Names nobody."""

    le: date
    essai: bool
    lignes: Counter[str] = field(default_factory=Counter)
    situations: list[str] = field(default_factory=list)
    signalements: list[str] = field(default_factory=list)

    @property
    def vide(self) -> bool:
        return not self.situations and not self.signalements


JOUR_A_VENIR = Motif(
    "jour_a_venir",
    "Ce jour est à venir : rien ne s’efface avant son terme. Comptez sans effacer, avec « --essai ».",
    "RGPD, art. 5, § 1, e et f",
    Force.LOI,
)


def purger(le: date | None = None, *, essai: bool = False) -> Certificat:
    """Erase every file whose term is ``le`` or before: today, unless an earlier day is asked.

    Today is that of each territory: a file of Martinique is not erased on the day of Paris. A day to come
    is refused, unless ``essai``, which counts and erases nothing. ``noter_le_passage`` ends the whole run.
    """
    jour = aujourd_hui()
    if le is not None and le > jour and not essai:
        raise Refus(Verdict.refus([JOUR_A_VENIR]), statut=422)
    certificat = Certificat(le=le or jour, essai=essai)
    with en_maintenance():
        echu = _echu(le, essai=essai)
        if essai:
            certificat.situations = _publics(_situations_echues(echu))
            certificat.signalements = _publics(_signalements_echus(echu))
            return certificat
    while _un_lot(certificat, echu):
        pass
    return certificat


def noter_le_passage(le: date, *, a_reecrire: int = 0) -> None:
    """Say that a whole run, of every room, has ended. ``a_reecrire``: tables another one kept from us.

    The last act of a run: killed before it, the run has not passed, and the next one does it all again.
    """
    with en_maintenance():
        details: dict[str, Any] = {"le": le.isoformat()}
        if a_reecrire:
            details["a_reecrire"] = a_reecrire
        journaliser(PASSAGE, details=details)


def echus(*, retard: timedelta) -> tuple[QuerySet[Situation], QuerySet[Signalement]]:
    """What was due ``retard`` ago or before, to be read as ``m_maintenance``."""
    echu = _echu(None, retard=retard)
    return _situations_echues(echu), _signalements_echus(echu)


def _echu(le: date | None, *, essai: bool = False, retard: timedelta = timedelta()) -> Q:
    """The rows whose term has come, on the day it is where their groupe works."""
    if essai and le is not None:
        return Q(expire_le__lte=le)
    par_jour: dict[date, list[int]] = {}
    for formation in Formation.objects.filter(cercle__isnull=False).select_related("conseil"):
        ici = aujourd_hui(fuseau_du_conseil(formation.conseil))
        par_jour.setdefault(min(le or ici, ici) - retard, []).append(formation.cercle_id or 0)
    echu = Q(pk__in=())
    for jour, cercles in par_jour.items():
        echu |= Q(cercle__in=cercles, expire_le__lte=jour)
    return echu


def _publics(lignes: Iterable[Situation] | Iterable[Signalement]) -> list[str]:
    return [str(ligne.public_id) for ligne in lignes]


def _situations_echues(echu: Q) -> QuerySet[Situation]:
    return retenues.sans_les_retenues(Situation.objects.filter(echu)).order_by("pk")


def _signalements_echus(echu: Q) -> QuerySet[Signalement]:
    """A signalement that became a situation lives and dies with it."""
    suivis = Situation.objects.filter(signalement=OuterRef("pk"))
    return retenues.sans_les_retenues(Signalement.objects.filter(echu, ~Exists(suivis))).order_by("pk")


def _un_lot(certificat: Certificat, echu: Q) -> bool:
    """Erase one batch and journal its certificate, in one transaction. False when nothing was left."""
    with en_maintenance():
        situations = list(_situations_echues(echu).select_for_update(skip_locked=True)[:LOT])
        if situations:
            _effacer_situations(situations, certificat)
            return True
        signalements = list(_signalements_echus(echu).select_for_update(of=("self",), skip_locked=True)[:LOT])
        if signalements:
            _effacer_signalements(signalements, certificat)
            return True
    return False


def _effacer_situations(situations: list[Situation], certificat: Certificat) -> None:
    cles = [s.pk for s in situations]
    _oublier_les_termes([s.fil for s in situations if s.etat == EtatSituation.CLOSE])
    lignes = effacement.effacer(cles)
    for modele in DE_SUIVI:
        lignes[modele._meta.model_name or ""] += _supprimer(modele.objects.filter(situation__in=cles))
    origines = {s.signalement_id for s in situations if s.signalement_id}
    lies = Signalement.objects.filter(pk__in=origines).values_list("public_id", flat=True)
    lignes["point"] += effacer_points([*(s.public_id for s in situations), *lies])
    lignes.update(retenues.oublier([*(s.public_id for s in situations), *lies]))
    lignes["convention_nominative"] += effacer_conventions([s.public_id for s in situations])
    lignes["situation"] += _supprimer(Situation.objects.filter(pk__in=cles))
    lignes["signalement"] += _supprimer(Signalement.objects.filter(pk__in=origines, situations__isnull=True))
    _effacer_identites({s.identite_id for s in situations}, lignes)
    _certifier(certificat, lignes, situations=situations)


def _effacer_signalements(signalements: list[Signalement], certificat: Certificat) -> None:
    lignes: Counter[str] = Counter()
    cles = [s.pk for s in signalements]
    lignes["point"] += effacer_points([s.public_id for s in signalements])
    lignes.update(retenues.oublier([s.public_id for s in signalements]))
    lignes["signalement"] += _supprimer(Signalement.objects.filter(pk__in=cles))
    _effacer_identites({s.identite_id for s in signalements}, lignes)
    _certifier(certificat, lignes, signalements=signalements)


def _effacer_identites(cles: set[int], lignes: Counter[str]) -> None:
    """Whoever no file names any more."""
    restantes = Identite.objects.filter(pk__in=cles)
    orphelines = list(
        restantes.filter(
            ~Exists(Situation.objects.filter(identite=OuterRef("pk"))),
            ~Exists(Signalement.objects.filter(identite=OuterRef("pk"))),
        ).values_list("pk", flat=True)
    )
    lignes.update(effacer_identites(orphelines))


def effacer_de_nouveau(publics: Collection[UUID]) -> int:
    """After a restore: erase the files of the persons whose keys were destroyed; how many files.

    Their certificates were journalled the first time; those of this time are too.
    """
    certificat = Certificat(le=aujourd_hui(), essai=False)
    with en_maintenance():
        personnes = Identite.objects.filter(public_id__in=publics)
        situations = list(Situation.objects.filter(identite__in=personnes).order_by("pk"))
        if situations:
            _effacer_situations(situations, certificat)
        signalements = list(Signalement.objects.filter(identite__in=personnes).order_by("pk"))
        if signalements:
            _effacer_signalements(signalements, certificat)
    return len(certificat.situations) + len(certificat.signalements)


def _supprimer(lignes: QuerySet[Any]) -> int:
    return lignes.delete()[0]


def _oublier_les_termes(fils: Sequence[UUID]) -> None:
    """The planned end of a closed follow-up: no figure reads it, and it tells a year of birth."""
    FaitStatistique.objects.filter(evenement="terme", fil__in=fils).delete()


def _certifier(
    certificat: Certificat,
    lignes: Counter[str],
    *,
    situations: Sequence[Situation] = (),
    signalements: Sequence[Signalement] = (),
) -> None:
    """The certificate of destruction of a batch, by cercle: pseudonyms and counts, for ever."""
    certificat.lignes += lignes
    certificat.situations += _publics(situations)
    certificat.signalements += _publics(signalements)
    for cercle in sorted({ligne.cercle_id for ligne in (*situations, *signalements)}):
        journaliser(
            "destruction",
            cercle=cercle,
            details={
                "le": certificat.le.isoformat(),
                "situations": _publics([s for s in situations if s.cercle_id == cercle]),
                "signalements": _publics([s for s in signalements if s.cercle_id == cercle]),
            },
        )
