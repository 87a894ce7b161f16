"""Reads of the room. Every one starts from ``visibles_par``; lists are journalled as one entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import Count, DateField, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Least

from maillage.acteurs.api import Compte as Agent
from maillage.instances.api import LigneNominative, mes_cercles
from maillage.situations import identites
from maillage.situations.lignes import lire as lire_lignes
from maillage.situations.lignes import premieres
from maillage.situations.models import (
    Contact,
    Designation,
    Identite,
    Objectif,
    Signalement,
    Situation,
)
from maillage.situations.states import A_EXAMINER, EtatObjectif, EtatSignalement, EtatSituation
from maillage.socle.contexte import acteur_courant
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.requetes import Requete

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

    @property
    def ouverture(self) -> bool:
        """Nothing narrows the list: the groupes and the state, in the usual order."""
        restreints = (self.exposition, self.tranche, self.referent, self.echeance_avant)
        return self.tri == "echeance" and self.cles is None and not any(restreints)


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
    if filtres.ouverture and lire_curseur(curseur) is None:
        page = _premiere_page(filtres, par_page)
    else:
        page = _page_filtree(filtres, curseur, par_page)
    journaliser(
        "lecture_liste",
        details={"liste": "situations", "objets": [str(vue.public_id) for vue in page.lignes]},
    )
    return page


def _premiere_page(filtres: Filtres, par_page: int) -> Page:
    lues = premieres(cercles=filtres.cercles, etat=filtres.etat, par_page=par_page, au_plus=PLAFOND + 1)
    suivante = ""
    if lues.nombre > len(lues.cles):
        suivante = f"{lues.lignes[-1].prochaine.isoformat()}.{lues.cles[-1]}"
    return Page(lues.lignes, Compte(min(lues.nombre, PLAFOND), lues.nombre > PLAFOND), suivante)


def _page_filtree(filtres: Filtres, curseur: str, par_page: int) -> Page:
    trouvees = _filtrer(filtres)
    if filtres.tri == "nom":
        compte, cles, suivante = _page_par_nom(trouvees, curseur, par_page)
    elif filtres.tri == "conservation":
        fin = Coalesce("expire_le", Value(date.max, DateField()))
        compte, cles, suivante = _page_par_date(trouvees.annotate(jour=fin), curseur, par_page)
    else:
        compte, cles, suivante = _page_par_date(trouvees.annotate(jour=_prochaine_date()), curseur, par_page)
    return Page(lire_lignes(cles), compte, suivante)


def _page_par_date(trouvees: QuerySet[Any], curseur: str, par_page: int) -> tuple[Compte, list[int], str]:
    """By ``jour``. Cursor ``AAAA-MM-JJ.id``: the page after it, stable when rows appear before it.

    The first page counts what it has read; the next ones ask.
    """
    depuis = lire_curseur(curseur)
    combien = PLAFOND
    if depuis is not None:
        compte, combien = compter(trouvees), par_page
        jour, cle = depuis
        trouvees = trouvees.filter(Q(jour__gt=jour) | Q(jour=jour, pk__gt=cle))
    lues = list(trouvees.order_by("jour", "pk").values_list("pk", "jour")[: combien + 1])
    if depuis is None:
        compte = Compte(min(len(lues), PLAFOND), len(lues) > PLAFOND)
    page = lues[:par_page]
    suivante = f"{page[-1][1].isoformat()}.{page[-1][0]}" if len(lues) > par_page else ""
    return compte, [cle for cle, _ in page], suivante


def lire_curseur(curseur: str) -> tuple[date, int] | None:
    """The date and the key of a cursor; None when it is not one of ours (the first page is shown)."""
    jour, _, cle = curseur.partition(".")
    try:
        return date.fromisoformat(jour), int(cle)
    except ValueError:
        return None


def _page_par_nom(
    trouvees: QuerySet[Situation], curseur: str, par_page: int
) -> tuple[Compte, list[int], str]:
    """Names are compared in Python only: no index, no collation on a personal column."""
    par_identite: dict[int, list[int]] = {}
    for cle, identite in trouvees.order_by("pk").values_list("pk", "identite_id"):
        par_identite.setdefault(identite, []).append(cle)
    cles = [cle for identite in identites.cles_par_nom(par_identite) for cle in par_identite[identite]]
    debut = int(curseur) if curseur.isdecimal() and len(curseur) < 10 else 0
    suivante = str(debut + par_page) if debut + par_page < len(cles) else ""
    compte = Compte(min(len(cles), PLAFOND), len(cles) > PLAFOND)
    return compte, cles[debut : debut + par_page], suivante


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


_REFERENTS: Final = Requete(f"""
SELECT c.public_id, c.prenom, c.nom FROM acteurs_compte c WHERE c.id IN (
  SELECT d.referent_id FROM situations_designation d
  JOIN situations_situation s ON s.id = d.situation_id AND s.cercle_id = d.cercle_id
  WHERE d.cercle_id = ANY(%(cercles)s::bigint[]) AND d.jusqua IS NULL AND s.etat = '{EtatSituation.OUVERTE}')
ORDER BY c.nom, c.prenom, c.id
""")


def referents_de(cercles: Iterable[int]) -> list[tuple[str, str]]:
    """Public id and name of those who follow an open situation there, by name: the choices of a filter."""
    lus = set(mes_cercles())
    return [
        (str(public), f"{prenom} {nom}".strip())
        for public, prenom, nom in _REFERENTS.lignes(cercles=[c for c in cercles if c in lus])
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
