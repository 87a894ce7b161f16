"""Reads of the room."""

from datetime import datetime

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from maillage.acteurs.models import Compte, FonctionExercee, NomOrganisme, Organisme, Session
from maillage.socle.temps import aujourd_hui, maintenant


def comptes(*, recherche: str = "", fonction: str = "", etat: str = "") -> QuerySet[Compte]:
    """Accounts by name, with their organism and their functions in force. For who administers them."""
    lignes = Compte.objects.select_related("organisme").prefetch_related(
        "organisme__noms",
        Prefetch(
            "fonctions_exercees",
            queryset=FonctionExercee.objects.en_vigueur(maintenant()).select_related("compte"),
            to_attr="fonctions_en_vigueur",
        ),
    )
    for mot in recherche.split():
        lignes = lignes.filter(Q(nom__icontains=mot) | Q(prenom__icontains=mot) | Q(courriel__icontains=mot))
    if etat:
        lignes = lignes.filter(actif=etat == "actif")
    if fonction:
        lignes = lignes.filter(
            pk__in=FonctionExercee.objects.en_vigueur(maintenant()).filter(code=fonction).values("compte_id")
        )
    return lignes.order_by("nom", "prenom", "pk")


def administrateurs() -> QuerySet[Compte]:
    """Open accounts that administer accounts now."""
    return Compte.objects.filter(
        actif=True,
        pk__in=FonctionExercee.objects.en_vigueur(maintenant())
        .filter(code="administrateur_technique")
        .values("compte_id"),
    )


def fonctions_de(compte: Compte) -> QuerySet[FonctionExercee]:
    """Every function of an account, past and present, the latest first."""
    return compte.fonctions_exercees.select_related("compte").order_by("-depuis", "code")


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
    if genre:
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
    return frozenset(
        compte.fonctions_exercees.en_vigueur(maintenant())
        .filter(code=code)
        .values_list("portee_genre", "portee_code")
    )
