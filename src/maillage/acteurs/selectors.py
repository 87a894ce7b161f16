"""Reads of the room."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any, TypeVar, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from maillage.acteurs.fonctions import COMMUNE, DEPARTEMENT, EPCI, INSTANCE
from maillage.acteurs.models import Compte, FonctionExercee, NomOrganisme, Organisme, Session
from maillage.acteurs.models.fonction import FonctionExerceeQuerySet
from maillage.acteurs.models.organisme import NomDate
from maillage.acteurs.portees import noms_des_instances
from maillage.socle.memoire import une_fois, utilisateur
from maillage.socle.temps import aujourd_hui, maintenant
from maillage.strategie.api import liste
from maillage.territoires.api import Commune, Departement, Epci

M = TypeVar("M", bound=Model)

#: Asked as a kind, it stands for every body of care of the closed list (fiche 6).
SOINS = "soins"


def comptes(*, recherche: str = "", fonction: str = "", etat: str = "") -> QuerySet[Compte]:
    """Accounts by name, with their organism and their functions in force. For who administers them."""
    lignes = Compte.objects.select_related("organisme").prefetch_related("organisme__noms")
    for mot in recherche.split():
        lignes = lignes.filter(Q(nom__icontains=mot) | Q(prenom__icontains=mot) | Q(courriel__icontains=mot))
    if etat:
        lignes = lignes.filter(actif=etat == "actif")
    if fonction:
        lignes = lignes.filter(
            pk__in=FonctionExercee.objects.en_vigueur(maintenant()).filter(code=fonction).values("compte_id")
        )
    return lignes.order_by("nom", "prenom", "pk")


def premiers_comptes(nombre: int) -> QuerySet[Compte]:
    """The open accounts that came first, by name."""
    premiers = Compte.objects.filter(actif=True).order_by("pk").values("pk")[:nombre]
    return comptes().filter(pk__in=premiers)


@dataclass(frozen=True)
class LigneDeCompte:
    """An account as a list shows it."""

    compte: Compte
    fonctions: tuple[str, ...]
    organisme: str
    codes: tuple[str, ...] = ()


def lignes_de_comptes(lus: Iterable[Compte]) -> list[LigneDeCompte]:
    """The same accounts, with the names of their functions in force and of their body, in one query more."""
    comptes_lus = list(lus)
    libelles: dict[int, list[str]] = {}
    codes: dict[int, list[str]] = {}
    for exercice in (
        FonctionExercee.objects.en_vigueur(maintenant())
        .filter(compte__in=comptes_lus)
        .select_related("compte")
        .order_by("depuis", "pk")
    ):
        libelles.setdefault(exercice.compte_id, []).append(exercice.libelle)
        codes.setdefault(exercice.compte_id, []).append(exercice.code)
    return [
        LigneDeCompte(
            compte=compte,
            fonctions=tuple(libelles.get(compte.pk, ())),
            organisme=compte.organisme.nom_actuel if compte.organisme else "",
            codes=tuple(codes.get(compte.pk, ())),
        )
        for compte in comptes_lus
    ]


def administrateurs() -> QuerySet[Compte]:
    """Open accounts that administer accounts now."""
    return Compte.objects.filter(
        actif=True,
        pk__in=FonctionExercee.objects.en_vigueur(maintenant())
        .filter(code="administrateur_technique")
        .values("compte_id"),
    )


def fonctions_de(compte: Compte) -> FonctionExerceeQuerySet:
    """Every function of an account, past and present, the latest first."""
    return FonctionExercee.objects.filter(compte=compte).select_related("compte").order_by("-depuis", "code")


def avec_territoire(exercices: Iterable[FonctionExercee]) -> list[tuple[FonctionExercee, str]]:
    """Each function with the words of its territory: a name where one is known, never a bare code."""
    lus = list(exercices)
    noms: dict[tuple[str, str], str] = {}
    modeles: dict[str, type[Commune | Epci | Departement]] = {
        COMMUNE: Commune,
        EPCI: Epci,
        DEPARTEMENT: Departement,
    }
    for genre, modele in modeles.items():
        codes = [lu.portee_code for lu in lus if lu.portee_genre == genre]
        if codes:
            trouves = modele._default_manager.filter(pk__in=codes).values_list("pk", "nom")
            noms |= {(genre, code): nom for code, nom in trouves}
    if instances := [lu.portee_code for lu in lus if lu.portee_genre == INSTANCE]:
        noms |= {(INSTANCE, code): nom for code, nom in noms_des_instances(instances).items()}
    return [(lu, noms.get((lu.portee_genre, lu.portee_code), lu.get_portee_genre_display())) for lu in lus]


def sessions_de(compte: Compte, *, instant: datetime) -> QuerySet[Session]:
    """The live sessions of an account, the last seen first."""
    return compte.sessions.filter(expire_date__gt=instant).order_by("-vue_le")


def organismes(
    *, recherche: str = "", genre: str = "", departement: str = "", inactifs: bool = False
) -> QuerySet[Organisme]:
    """The directory, by name of today; a former name finds the body as well."""
    lignes = Organisme.objects.prefetch_related("noms")
    if not inactifs:
        lignes = lignes.filter(actif=True)
    if genre == SOINS:
        soigner = [item.attributs["acteur"] for item in liste("structures_soin")]
        lignes = lignes.filter(genre__in=soigner)
    elif genre:
        lignes = lignes.filter(genre=genre)
    if departement:
        lignes = lignes.filter(departement_code=departement)
    for mot in recherche.split():
        lignes = lignes.filter(pk__in=NomOrganisme.objects.filter(nom__icontains=mot).values("organisme_id"))
    du_jour = NomOrganisme.objects.filter(organisme=OuterRef("pk"), depuis__lte=aujourd_hui()).order_by(
        "-depuis"
    )
    return lignes.annotate(nom_du_jour=Subquery(du_jour.values("nom")[:1])).order_by("nom_du_jour", "pk")


def comptes_exercant(code: str, *, portee_genre: str = "", portee_code: str = "") -> QuerySet[Compte]:
    """Open accounts that exercise a function now, on a territory where one is given."""
    exercices = FonctionExercee.objects.en_vigueur(maintenant()).filter(code=code)
    if portee_genre:
        exercices = exercices.filter(portee_genre=portee_genre, portee_code=portee_code)
    return Compte.objects.filter(actif=True, pk__in=exercices.values("compte_id")).order_by("nom", "prenom")


def portees_de(compte: Compte, code: str) -> frozenset[tuple[str, str]]:
    """Where an account exercises a function now: pairs of territory kind and code."""
    return portees_exercees(compte, (code,))


def portees_exercees(compte: Compte, codes: Collection[str] | None = None) -> frozenset[tuple[str, str]]:
    """The same for any of these functions, or for all of them; the base is asked once a page."""
    return frozenset(
        (genre, portee) for code, genre, portee in _exercices(compte) if codes is None or code in codes
    )


@une_fois
def _exercices(compte: Compte) -> tuple[tuple[str, str, str], ...]:
    """Each function exercised now: its code, the kind of its territory and its code."""
    exercees = compte.fonctions_exercees.en_vigueur(maintenant())
    return tuple(exercees.values_list("code", "portee_genre", "portee_code"))


@une_fois
def compte_du_lecteur(identifiant: int) -> Compte | None:
    """The account to whom a page is shown; that of the request itself, where one is under way."""
    connu = utilisateur()
    if connu is not None and connu.pk == identifiant:
        return cast(Compte, connu)
    return Compte.objects.filter(pk=identifiant).first()


def lire_avec_noms(lignes: QuerySet[M], chemin: str) -> list[M]:
    """The rows, with the dated names of the body they lead to, in one query.

    ``chemin`` is the relation to the body, already in ``select_related``.
    """
    noms = NomOrganisme.objects.filter(organisme=OuterRef(chemin)).order_by("depuis")
    lues = list(
        lignes.annotate(
            noms_dates=ArraySubquery(noms.values(un=JSONObject(nom="nom", depuis="depuis", jusqua="jusqua")))
        )
    )
    for ligne in lues:
        organisme: Any = reduce(lambda objet, nom: objet and getattr(objet, nom), chemin.split("__"), ligne)
        if isinstance(organisme, Organisme):
            organisme.poser_noms(NomDate.lire(**un) for un in ligne.__dict__["noms_dates"])
    return lues
