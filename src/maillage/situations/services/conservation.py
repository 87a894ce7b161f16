"""The retention run: erase what has reached its term, keep anonymous facts, leave a certificate.

Run by an operator's command as ``m_maintenance``, once a day. Each batch is one transaction with its
certificate in the journal: killed at any point, it resumes; run twice, the second finds nothing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from maillage.instances.api import Formation
from maillage.situations.models import (
    Bilan,
    Contact,
    Designation,
    Element,
    Identite,
    Lettre,
    Objectif,
    Representant,
    Signalement,
    Situation,
)
from maillage.situations.states import EtatSituation
from maillage.socle.contexte import en_maintenance
from maillage.socle.faits import noter
from maillage.socle.journal import journaliser

LOT = 200
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


def purger(le: date, *, essai: bool = False) -> Certificat:
    """Erase every file whose term is ``le`` or before. ``essai`` counts and erases nothing."""
    certificat = Certificat(le=le, essai=essai)
    if essai:
        with en_maintenance():
            certificat.situations = _publics(_situations_echues(le))
            certificat.signalements = _publics(_signalements_echus(le))
        return certificat
    while _un_lot(certificat):
        pass
    return certificat


def _publics(lignes: Iterable[Situation] | Iterable[Signalement]) -> list[str]:
    return [str(ligne.public_id) for ligne in lignes]


def _situations_echues(le: date) -> QuerySet[Situation]:
    return Situation.objects.filter(expire_le__lte=le).order_by("pk")


def _signalements_echus(le: date) -> QuerySet[Signalement]:
    """A signalement that became a situation lives and dies with it."""
    suivis = Situation.objects.filter(signalement=OuterRef("pk"))
    return Signalement.objects.filter(~Exists(suivis), expire_le__lte=le).order_by("pk")


def _un_lot(certificat: Certificat) -> bool:
    """Erase one batch and journal its certificate, in one transaction. False when nothing was left."""
    with en_maintenance():
        situations = list(_situations_echues(certificat.le).select_for_update(skip_locked=True)[:LOT])
        if situations:
            _effacer_situations(situations, certificat)
            return True
        signalements = list(
            _signalements_echus(certificat.le).select_for_update(of=("self",), skip_locked=True)[:LOT]
        )
        if signalements:
            _effacer_signalements(signalements, certificat)
            return True
    return False


def _effacer_situations(situations: list[Situation], certificat: Certificat) -> None:
    cles = [s.pk for s in situations]
    for situation in situations:
        if situation.etat == EtatSituation.OUVERTE:
            _compter_la_fin(situation, certificat.le)
    lignes: Counter[str] = Counter()
    for modele in DE_SUIVI:
        lignes[modele._meta.model_name or ""] += _supprimer(modele.objects.filter(situation__in=cles))
    origines = {s.signalement_id for s in situations if s.signalement_id}
    lignes["situation"] += _supprimer(Situation.objects.filter(pk__in=cles))
    lignes["signalement"] += _supprimer(Signalement.objects.filter(pk__in=origines, situations__isnull=True))
    _effacer_identites({s.identite_id for s in situations}, lignes)
    _certifier(certificat, lignes, situations=situations)


def _effacer_signalements(signalements: list[Signalement], certificat: Certificat) -> None:
    lignes: Counter[str] = Counter()
    cles = [s.pk for s in signalements]
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
    lignes["representant"] += _supprimer(Representant.objects.filter(identite__in=orphelines))
    lignes["identite"] += _supprimer(Identite.objects.filter(pk__in=orphelines))


def _supprimer(lignes: QuerySet[Any]) -> int:
    return lignes.delete()[0]


def _compter_la_fin(situation: Situation, le: date) -> None:
    """A file still open at its term ends by the age limit: the year's figures must say so."""
    formation = Formation.objects.select_related("conseil").get(cercle=situation.cercle_id)
    noter(
        "cloture",
        le=min(situation.expire_le or le, le),
        instance=formation.conseil_id,
        departement=formation.conseil.departement_code,
        volet=situation.volet,
        fil=situation.fil,
        exposition=situation.exposition,
        tranche_age=situation.tranche_age,
        issue="limite_age",
    )


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
