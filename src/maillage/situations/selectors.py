"""Reads of the room. Every one starts from ``visibles_par``; lists are journalled as one entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, DateField, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Least

from maillage.acteurs.api import Compte as Agent
from maillage.acteurs.api import lire_avec_noms
from maillage.instances.api import LigneNominative, mes_cercles
from maillage.situations import identites
from maillage.situations.models import (
    Contact,
    Designation,
    Identite,
    Lettre,
    Objectif,
    Signalement,
    Situation,
)
from maillage.situations.states import A_EXAMINER, EtatObjectif, EtatSignalement, EtatSituation
from maillage.socle.contexte import acteur_courant
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable

M = TypeVar("M", bound=LigneNominative)

#: Counts stop there: « plus de 100 ». A list longer than that is filtered, not counted.
PLAFOND = 100
PAR_PAGE = 20
SANS_REFERENT = "sans"


def visibles_par(acteur: int | None, modele: type[M]) -> QuerySet[M]:
    """Rows of the cercles the actor reads now; none when asked for anybody but the actor.

    The wall of the database says the same: two belts, neither trusts the other.
    """
    if acteur is None or acteur != acteur_courant():
        return modele._default_manager.none()
    return modele._default_manager.filter(cercle__in=mes_cercles())


def visibles(modele: type[M]) -> QuerySet[M]:
    """``visibles_par`` the actor of the transaction."""
    return visibles_par(acteur_courant(), modele)


def une(modele: type[M], public_id: UUID, *, verrou: bool = False) -> M:
    """One visible row by its public id, locked when it is about to change. Raises ``Introuvable``."""
    lignes = visibles(modele)
    if verrou:
        lignes = lignes.select_for_update(of=("self",))
    ligne = lignes.filter(public_id=public_id).first()
    if ligne is None:
        raise Introuvable(public_id)
    return ligne


# --- Lists -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filtres:
    """What narrows a list. ``cles`` is the outcome of a search by name, already inside the cercles.

    ``tri`` is ``echeance``, ``nom`` or ``conservation``: dates and names order the work, nothing else.
    """

    cercles: tuple[int, ...] = ()
    etat: str = EtatSituation.OUVERTE.value
    exposition: str = ""
    tranche: str = ""
    referent: str = ""
    echeance_avant: date | None = None
    cles: tuple[int, ...] | None = None
    tri: str = "echeance"


@dataclass(frozen=True, slots=True)
class Compte:
    """A capped count: ``nombre`` is exact up to ``PLAFOND``."""

    nombre: int
    plafonne: bool

    def __str__(self) -> str:
        return f"plus de {PLAFOND}" if self.plafonne else str(self.nombre)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, its count, and the cursor of the next one."""

    lignes: tuple[Any, ...]
    compte: Compte
    suivante: str = ""


@dataclass(frozen=True, slots=True)
class LigneDeSituation:
    """One line: what the list shows of a situation."""

    situation: Situation
    identite: identites.IdentiteVue
    designation: Designation | None
    prochaine: date
    prochaine_quoi: str


def compter(lignes: QuerySet[Any]) -> Compte:
    """Count at most one more than the cap: constant cost on a large list."""
    nombre = lignes.order_by().values("pk")[: PLAFOND + 1].count()
    return Compte(min(nombre, PLAFOND), nombre > PLAFOND)


def _prochaine_date() -> Least:
    """The nearest of the review and the earliest unfinished objective."""
    objectif = (
        Objectif.objects.filter(
            situation=OuterRef("pk"),
            cercle=OuterRef("cercle_id"),
            etat__in=[EtatObjectif.A_DEMARRER, EtatObjectif.EN_COURS],
        )
        .order_by()
        .values("situation")
        .annotate(n=Min("echeance"))
        .values("n")
    )
    return Least("revue_le", Coalesce(Subquery(objectif, output_field=DateField()), "revue_le"))


def _filtrer(filtres: Filtres) -> QuerySet[Situation]:
    lignes = visibles(Situation).filter(cercle__in=filtres.cercles, etat=filtres.etat)
    if filtres.exposition:
        lignes = lignes.filter(exposition=filtres.exposition)
    if filtres.tranche:
        lignes = lignes.filter(tranche_age=filtres.tranche)
    if filtres.cles is not None:
        lignes = lignes.filter(identite__in=filtres.cles)
    if filtres.referent == SANS_REFERENT:
        en_cours = Designation.objects.filter(
            situation=OuterRef("pk"), cercle=OuterRef("cercle_id"), jusqua__isnull=True
        )
        lignes = lignes.filter(~Exists(en_cours))
    elif filtres.referent:
        lignes = lignes.filter(
            designations__referent__public_id=filtres.referent, designations__jusqua__isnull=True
        )
    if filtres.echeance_avant:
        lignes = lignes.alias(prochaine=_prochaine_date()).filter(prochaine__lte=filtres.echeance_avant)
    return lignes


def situations(filtres: Filtres, *, curseur: str = "", par_page: int = PAR_PAGE) -> Page:
    """A page of situations with what each line shows, in a constant number of queries, journalled."""
    lignes = _filtrer(filtres)
    compte = compter(lignes)
    remise = Lettre.objects.filter(situation=OuterRef("pk"), cercle=OuterRef("cercle_id"))
    lignes = lignes.annotate(prochaine=_prochaine_date(), informee=Exists(remise))
    if filtres.tri == "nom":
        page, suivante = _page_par_nom(lignes, curseur, par_page)
    else:
        champ = "expiration" if filtres.tri == "conservation" else "prochaine"
        if filtres.tri == "conservation":
            lignes = lignes.annotate(expiration=Coalesce("expire_le", Value(date.max, DateField())))
        page, suivante = _page_par_date(lignes, champ, curseur, par_page)
    vues = lignes_de_situations(page)
    journaliser("lecture_liste", details={"liste": "situations", "objets": [str(s.public_id) for s in page]})
    return Page(vues, compte, suivante)


def _page_par_date(
    lignes: QuerySet[Situation], champ: str, curseur: str, par_page: int
) -> tuple[list[Situation], str]:
    """Cursor ``AAAA-MM-JJ.id``: the page after it, stable when rows appear before it."""
    depuis = lire_curseur(curseur)
    if depuis is not None:
        jour, cle = depuis
        lignes = lignes.filter(Q(**{f"{champ}__gt": jour}) | Q(**{champ: jour, "pk__gt": cle}))
    page = list(lignes.order_by(champ, "pk")[: par_page + 1])
    if len(page) <= par_page:
        return page, ""
    page = page[:par_page]
    return page, f"{getattr(page[-1], champ).isoformat()}.{page[-1].pk}"


def lire_curseur(curseur: str) -> tuple[date, int] | None:
    """The date and the key of a cursor; None when it is not one of ours (the first page is shown)."""
    jour, _, cle = curseur.partition(".")
    try:
        return date.fromisoformat(jour), int(cle)
    except ValueError:
        return None


def _page_par_nom(lignes: QuerySet[Situation], curseur: str, par_page: int) -> tuple[list[Situation], str]:
    """Names are compared in Python only: no index, no collation on a personal column."""
    par_identite: dict[int, list[int]] = {}
    for cle, identite in lignes.order_by("pk").values_list("pk", "identite_id"):
        par_identite.setdefault(identite, []).append(cle)
    cles = [cle for identite in identites.cles_par_nom(par_identite) for cle in par_identite[identite]]
    debut = int(curseur) if curseur.isdecimal() and len(curseur) < 10 else 0
    choisies = cles[debut : debut + par_page]
    trouvees = {situation.pk: situation for situation in lignes.filter(pk__in=choisies)}
    suivante = str(debut + par_page) if debut + par_page < len(cles) else ""
    return [trouvees[cle] for cle in choisies if cle in trouvees], suivante


def lignes_de_situations(page: Sequence[Situation]) -> tuple[LigneDeSituation, ...]:
    """Identity, référent, first letter and next date of each, in two queries whatever their number."""
    noms = identites.lire_plusieurs(s.identite_id for s in page)
    cles = [s.pk for s in page]
    en_cours = visibles(Designation).filter(situation__in=cles, jusqua__isnull=True)
    designations = {
        d.situation_id: d
        for d in lire_avec_noms(en_cours.select_related("referent", "structure"), "structure")
    }
    return tuple(
        LigneDeSituation(
            situation=s,
            identite=noms[s.identite_id],
            designation=designations.get(s.pk),
            prochaine=getattr(s, "prochaine", s.revue_le),
            prochaine_quoi=_quoi(s, informee=s.__dict__["informee"]),
        )
        for s in page
    )


def _quoi(situation: Situation, *, informee: bool) -> str:
    """What the next date is: a code the template turns into words."""
    if situation.etat == EtatSituation.CLOSE:
        return "archive"
    if not informee:
        return "lettre"
    return (
        "revue" if getattr(situation, "prochaine", situation.revue_le) == situation.revue_le else "objectif"
    )


def signalements(
    cercles: Iterable[int], *, etat: str = "a_examiner", curseur: str = "", par_page: int = PAR_PAGE
) -> Page:
    """Signalements by expiry, the nearest first: what would be erased without the groupe's decision."""
    etats = [e.value for e in A_EXAMINER] if etat == "a_examiner" else [etat]
    archivees = Situation.objects.filter(
        signalement=OuterRef("pk"), cercle=OuterRef("cercle_id"), etat=EtatSituation.CLOSE
    )
    lignes = visibles(Signalement).filter(~Exists(archivees), cercle__in=list(cercles), etat__in=etats)
    compte = compter(lignes)
    depuis = lire_curseur(curseur)
    if depuis is not None:
        jour, cle = depuis
        lignes = lignes.filter(Q(expire_le__gt=jour) | Q(expire_le=jour, pk__gt=cle))
    page = list(lignes.select_related("auteur").order_by("expire_le", "pk")[: par_page + 1])
    suivante = ""
    if len(page) > par_page:
        page = page[:par_page]
        suivante = f"{page[-1].expire_le.isoformat()}.{page[-1].pk}"
    noms = identites.lire_plusieurs(s.identite_id for s in page)
    journaliser(
        "lecture_liste", details={"liste": "signalements", "objets": [str(s.public_id) for s in page]}
    )
    return Page(tuple((s, noms[s.identite_id]) for s in page), compte, suivante)


def archives_de(signalements_: Iterable[Signalement]) -> dict[int, Situation]:
    """The closed situation of each signalement that has one: what it says of the person is archived."""
    closes = visibles(Situation).filter(
        signalement__in=[s.pk for s in signalements_], etat=EtatSituation.CLOSE
    )
    return {situation.signalement_id or 0: situation for situation in closes}


def chercher(cercles: Iterable[int], demande: str) -> tuple[UUID, ...]:
    """Public ids of the situations whose number or names answer. Journalled without what was typed.

    An archived file answers to its number only: its names are closed.
    """
    cercles = [cercle for cercle in cercles if cercle in set(mes_cercles())]
    cles = identites.chercher(cercles=cercles, demande=demande)
    trouvees = (
        visibles(Situation)
        .filter(cercle__in=cercles)
        .filter(
            Q(identite__in=cles, etat=EtatSituation.OUVERTE)
            | Q(numero=demande.strip().lower().removeprefix("n°").strip())
        )
        .order_by("pk")
    )
    publics = tuple(trouvees.values_list("public_id", flat=True)[:PLAFOND])
    journaliser("recherche", details={"objets": [str(public) for public in publics]})
    return publics


def cles_identites(publics: Iterable[UUID]) -> tuple[int, ...]:
    """Identity keys of visible situations, for the filter of a search kept on the server."""
    return tuple(
        visibles(Situation).filter(public_id__in=list(publics)).values_list("identite_id", flat=True)
    )


# --- Workload --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Charge:
    """How many open situations a référent follows in these cercles, and the latest contact."""

    referent: Any
    suivis: int
    dernier_contact: date | None


def charge_des_referents(cercles: Iterable[int]) -> list[Charge]:
    """Workload by référent, by name. No rank, no target: the reader judges."""
    cercles = list(cercles)
    en_cours = visibles(Designation).filter(
        cercle__in=cercles, jusqua__isnull=True, situation__etat=EtatSituation.OUVERTE
    )
    comptes = dict(en_cours.values_list("referent").annotate(n=Count("pk")).order_by())
    contact = visibles(Contact).filter(cercle__in=cercles, par=OuterRef("pk")).order_by().values("par")
    referents = Agent.objects.filter(pk__in=comptes).annotate(
        dernier_contact=Subquery(contact.annotate(n=Max("le")).values("n"))
    )
    return sorted(
        (Charge(referent, comptes[referent.pk], referent.dernier_contact) for referent in referents),
        key=lambda charge: (charge.referent.nom, charge.referent.prenom, charge.referent.pk),
    )


def referents_de(cercles: Iterable[int]) -> list[tuple[str, str]]:
    """Public id and name of those who follow an open situation there, by name: the choices of a filter."""
    suivis = visibles(Designation).filter(
        cercle__in=list(cercles), jusqua__isnull=True, situation__etat=EtatSituation.OUVERTE
    )
    agents = Agent.objects.filter(pk__in=suivis.values("referent")).order_by("nom", "prenom", "pk")
    return [
        (str(public), f"{prenom} {nom}".strip())
        for public, prenom, nom in agents.values_list("public_id", "prenom", "nom")
    ]


def a_examiner(cercle: int) -> QuerySet[Signalement]:
    """Signalements the groupe has not decided on yet, the nearest to erasure first."""
    return (
        visibles(Signalement)
        .filter(cercle=cercle, etat__in=[EtatSignalement.RECU, EtatSignalement.INSCRIT])
        .order_by("expire_le", "pk")
    )


def a_revoir(cercle: int, avant: date) -> QuerySet[Situation]:
    """Open situations whose review falls before that day, the nearest first."""
    return (
        visibles(Situation)
        .filter(cercle=cercle, etat=EtatSituation.OUVERTE, revue_le__lte=avant)
        .order_by("revue_le", "pk")
    )


def nombre_d_identites(cercle: int) -> int:
    """How many identities the cercle holds: the size of a search."""
    return visibles(Identite).filter(cercle=cercle).count()


def charge_de(compte: int, cercle: int) -> int:
    """How many open situations this référent follows in this cercle."""
    return (
        visibles(Designation)
        .filter(
            cercle=cercle,
            referent=compte,
            jusqua__isnull=True,
            situation__etat=EtatSituation.OUVERTE,
        )
        .count()
    )
