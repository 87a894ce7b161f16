"""What waits for the actor in the files: for the day page of a higher room.

First name and initial only, dates, and codes: the page is read in shared offices. One journal entry holds
the pseudonyms of everything it shows; the number of queries does not grow with the files.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from maillage.droit.api import echeance_mois, entier
from maillage.instances.api import CercleVu, Habilitation, Role, cercles_visibles, habilites
from maillage.situations import identites
from maillage.situations.models import (
    Bilan,
    Contact,
    Designation,
    Lettre,
    Objectif,
    Signalement,
    Situation,
)
from maillage.situations.rules.ages import est_mineur
from maillage.situations.rules.suivi import GENRES_TRAVAIL_SOCIAL
from maillage.situations.selectors import visibles
from maillage.situations.states import A_EXAMINER, EtatObjectif, EtatSituation
from maillage.socle.contexte import acteur_courant
from maillage.socle.journal import journaliser
from maillage.socle.temps import maintenant
from maillage.strategie.api import liste

#: Longest list of one kind on a day page: beyond, its own page shows them all.
LIMITE = 50
#: The individual letter is handed over within a month of the opening (RGPD, art. 14, § 3).
MOIS_POUR_INFORMER = 1
#: A bilan is prepared before the review: the groupe decides on it (fiche 4).
JOURS_AVANT_REVUE = 14


@dataclass(frozen=True, slots=True)
class Echeance:
    """Something due on a file. ``genre`` says what; ``objet`` is the public id its page answers to.

    ``qui`` is « Théo M. ». ``detail`` is a code or a count the page puts into words.
    """

    genre: str
    objet: UUID
    groupe: str
    qui: str
    le: date
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Brute:
    """The same before names are read: the cercle and the identity it is about."""

    genre: str
    objet: UUID
    cercle: int
    identite: int
    le: date
    detail: str = ""


#: What a higher room adds: (cercles the actor reads, today, horizon) -> what is due there.
Source = Callable[[Mapping[int, CercleVu], date, date], Iterable[Brute]]
_sources: dict[str, Source] = {}


def enregistrer_source(nom: str, source: Source) -> None:
    """Register a room's deadlines at start; two under one name is an error."""
    if _sources.setdefault(nom, source) is not source:
        raise ValueError(f"source d’échéances déjà enregistrée : {nom}")


def echeances(*, jour: date, horizon: date, depuis: date) -> tuple[Echeance, ...]:
    """Everything due to the actor up to ``horizon``, and new since ``depuis``, by date. Journalled once."""
    cercles = {vu.id: vu for vu in cercles_visibles()}
    if not cercles:
        return ()
    brutes = [
        *_de_la_coordination(cercles, jour, horizon),
        *_du_referent(jour, horizon),
        *_a_contresigner(),
        *_nouveautes(cercles, depuis),
    ]
    for source in _sources.values():
        brutes += source(cercles, jour, horizon)
    if not brutes:
        return ()
    noms = identites.lire_plusieurs(brute.identite for brute in brutes)
    objets = sorted({str(brute.objet) for brute in brutes})
    journaliser("lecture_liste", details={"liste": "journee", "objets": objets})
    return tuple(
        sorted(
            (
                Echeance(
                    brute.genre,
                    brute.objet,
                    cercles[brute.cercle].nom,
                    noms[brute.identite].initiales,
                    brute.le,
                    brute.detail,
                )
                for brute in brutes
            ),
            key=lambda echeance: (echeance.le, echeance.genre, echeance.qui),
        )
    )


def _ou(cercles: dict[int, CercleVu], *roles: str) -> list[int]:
    return [cle for cle, vu in cercles.items() if vu.role in roles]


# --- Coordination ----------------------------------------------------------------------------------


def _de_la_coordination(cercles: dict[int, CercleVu], jour: date, horizon: date) -> Iterable[Brute]:
    """Signalements to examine, reviews, letters and erasures of the groupes the actor coordinates."""
    miens = _ou(cercles, Role.COORDONNATEUR)
    if not miens:
        return
    for signalement in (
        visibles(Signalement)
        .filter(cercle__in=miens, etat__in=[etat.value for etat in A_EXAMINER])
        .order_by("expire_le", "pk")[:LIMITE]
    ):
        yield _brute("signalement", signalement, signalement.expire_le, signalement.etat)
    for situation in (
        visibles(Situation)
        .filter(cercle__in=miens, etat=EtatSituation.OUVERTE, revue_le__lte=horizon)
        .order_by("revue_le", "pk")[:LIMITE]
    ):
        yield _brute("revue", situation, situation.revue_le)
    yield from _relais(miens, jour)
    yield from _lettres(miens, horizon)
    yield from _effacements(miens, horizon)


def _brute(genre: str, ligne: Signalement | Situation, le: date, detail: str = "") -> Brute:
    return Brute(genre, ligne.public_id, ligne.cercle_id, ligne.identite_id, le, detail)


def _relais(cercles: Collection[int], jour: date) -> Iterable[Brute]:
    """Files whose référent is no longer a member of the groupe: another one takes over (fiche 4)."""
    mandats = habilites(maintenant()).filter(cercle=OuterRef("cercle_id"), compte=OuterRef("referent_id"))
    designations = (
        visibles(Designation)
        .filter(~Exists(mandats), cercle__in=cercles, jusqua=None, situation__etat=EtatSituation.OUVERTE)
        .select_related("situation")
        .order_by("pk")[:LIMITE]
    )
    for designation in designations:
        yield _brute("relais", designation.situation, jour)


def _lettres(cercles: Collection[int], horizon: date) -> Iterable[Brute]:
    """Letters not handed over yet: to the person, and to a legal representative of a minor."""
    remises = Lettre.objects.filter(situation=OuterRef("pk"), cercle=OuterRef("cercle_id"))
    mineures = [item.code for item in liste("tranches_age") if est_mineur(None, item.code, horizon)]
    lignes = (
        visibles(Situation)
        .filter(cercle__in=cercles, etat=EtatSituation.OUVERTE)
        .annotate(
            informee=Exists(remises.filter(destinataire="personne")),
            representant_informe=Exists(remises.filter(destinataire="representant")),
        )
        .filter(Q(informee=False) | Q(representant_informe=False, tranche_age__in=mineures))
        .order_by("ouverte_le", "pk")[:LIMITE]
    )
    for situation in lignes:
        le = echeance_mois(situation.ouverte_le, MOIS_POUR_INFORMER)
        if le <= horizon:
            yield _brute("lettre", situation, le, "representant" if situation.informee else "personne")


def _effacements(cercles: Collection[int], horizon: date) -> Iterable[Brute]:
    """What will be erased by itself: nothing to do, unless it should come back to a séance."""
    for signalement in (
        visibles(Signalement)
        .filter(cercle__in=cercles, etat__in=["oriente", "non_retenu"], expire_le__lte=horizon)
        .order_by("expire_le", "pk")[:LIMITE]
    ):
        yield _brute("effacement_signalement", signalement, signalement.expire_le)
    for situation in (
        visibles(Situation)
        .filter(cercle__in=cercles, expire_le__lte=horizon)
        .order_by("expire_le", "pk")[:LIMITE]
    ):
        yield _brute("effacement", situation, situation.expire_le or horizon, situation.etat)


# --- Référent --------------------------------------------------------------------------------------


def _mes_suivis() -> QuerySet[Situation]:
    """Open situations of which the actor is the référent now."""
    return visibles(Situation).filter(
        etat=EtatSituation.OUVERTE,
        designations__referent=acteur_courant(),
        designations__jusqua__isnull=True,
    )


def _du_referent(jour: date, horizon: date) -> Iterable[Brute]:
    """Contacts, objectives and bilans due to the référent."""
    contacts = (
        Contact.objects.filter(situation=OuterRef("pk"), cercle=OuterRef("cercle_id"))
        .order_by()
        .values("situation")
        .annotate(n=Max("le"))
        .values("n")
    )
    suivis = _mes_suivis().annotate(dernier=Coalesce(Subquery(contacts), F("designations__depuis")))
    delai = timedelta(days=entier("situation.contact_jours", jour))
    seuil = horizon - delai
    for suivi in suivis.filter(dernier__lte=seuil).order_by("dernier", "pk")[:LIMITE]:
        du = suivi.dernier + delai
        yield _brute("contact", suivi, du, suivi.dernier.isoformat())
    objectifs = (
        visibles(Objectif)
        .filter(
            situation__in=_mes_suivis().values("pk"),
            etat__in=[EtatObjectif.A_DEMARRER, EtatObjectif.EN_COURS],
            echeance__lte=horizon,
        )
        .select_related("situation")
        .order_by("echeance", "pk")[:LIMITE]
    )
    for objectif in objectifs:
        yield _brute("objectif", objectif.situation, objectif.echeance, objectif.domaine)
    recents = Bilan.objects.filter(
        situation=OuterRef("pk"),
        cercle=OuterRef("cercle_id"),
        le__gte=jour - timedelta(days=JOURS_AVANT_REVUE * 4),
    )
    a_revoir = _mes_suivis().filter(~Exists(recents), revue_le__lte=jour + timedelta(days=JOURS_AVANT_REVUE))
    for situation in a_revoir.order_by("revue_le", "pk")[:LIMITE]:
        yield _brute("bilan", situation, situation.revue_le)


def _a_contresigner() -> Iterable[Brute]:
    """Bilans that wait for a member of the social work, who did not write them (fiche 4)."""
    travail_social = (
        Habilitation.objects.en_vigueur(maintenant())
        .filter(compte=acteur_courant(), siege__organisme__genre__in=GENRES_TRAVAIL_SOCIAL)
        .values("cercle_id")
    )
    lignes = (
        visibles(Bilan)
        .filter(cercle__in=travail_social, contresigne_le__isnull=True, situation__etat=EtatSituation.OUVERTE)
        .exclude(par=acteur_courant())
        .select_related("situation")
        .order_by("le", "pk")[:LIMITE]
    )
    for bilan in lignes:
        yield _brute("contreseing", bilan.situation, bilan.le)


# --- News ------------------------------------------------------------------------------------------


def _nouveautes(cercles: dict[int, CercleVu], depuis: date) -> Iterable[Brute]:
    """What the members' groupes received or opened lately; the elected official is not disturbed by it."""
    lus = _ou(cercles, Role.COORDONNATEUR, Role.MEMBRE, Role.PARQUET, Role.REFERENT)
    for signalement in (
        visibles(Signalement)
        .filter(cercle__in=lus, recu_le__gte=depuis, etat__in=[etat.value for etat in A_EXAMINER])
        .exclude(auteur=acteur_courant())
        .order_by("-recu_le", "-pk")[:LIMITE]
    ):
        yield _brute("nouveau_signalement", signalement, signalement.recu_le, signalement.motif)
    for situation in (
        visibles(Situation)
        .filter(cercle__in=lus, etat=EtatSituation.OUVERTE, ouverte_le__gte=depuis)
        .order_by("-ouverte_le", "-pk")[:LIMITE]
    ):
        yield _brute("nouvelle_situation", situation, situation.ouverte_le)
