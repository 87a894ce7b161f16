"""Mandates that are over: agents and organisms only, never a followed person."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, F, Q, When
from django.db.models.functions import Least

from maillage.acteurs.api import NOM_MASQUE, Compte, Place, nom_affiche
from maillage.instances.models import Formation, Habilitation, Role
from maillage.instances.regles_conseil import FINS
from maillage.instances.selectors.acces import fuseau_de_la_formation, heure_locale, place_dans
from maillage.instances.selectors.conseils import acteur
from maillage.socle.temps import maintenant

PAR_PAGE = 20
TERME, DISSOUS, ANNULE = "Arrivé à son terme", "Groupe dissous", "Annulé avant de commencer"


@dataclass(frozen=True, slots=True)
class MandatPasse:
    """Who knew what the groupe knew, in the name of whom, until when, and why no longer.

    Instants are naive, in the time of the territory; ``debut`` is None for a mandate that never began.
    """

    public_id: UUID
    nom: str
    organisme: str
    fonction: str
    debut: datetime | None
    fin: datetime | None
    motif: str


@dataclass(frozen=True, slots=True)
class PageDeMandats:
    """``suivante`` is the cursor of the next page, empty on the last one."""

    mandats: tuple[MandatPasse, ...]
    suivante: str = ""


def mandats_passes(formation: Formation, curseur: str = "", par_page: int = PAR_PAGE) -> PageDeMandats:
    """Mandates over, the latest end first; a cancelled one stands at the day it was given.

    A mandate ends with its period or with its cercle, whichever comes first (LEAST ignores NULL).
    """
    lignes = (
        Habilitation.objects.filter(cercle=formation.cercle_id)
        .annotate(
            fini_le=Case(
                When(periode__isempty=True, then=F("accordee_le")),
                default=Least("periode__endswith", "cercle__ferme_le"),
            )
        )
        .filter(fini_le__lte=maintenant())
    )
    depuis = _lire(curseur)
    if depuis is not None:
        instant, cle = depuis
        lignes = lignes.filter(Q(fini_le__lt=instant) | Q(fini_le=instant, pk__lt=cle))
    page = list(
        lignes.select_related("compte", "cercle", "siege__organisme")
        .prefetch_related("siege__organisme__noms")
        .order_by("-fini_le", "-pk")[: par_page + 1]
    )
    suivante = ""
    if len(page) > par_page:
        page = page[:par_page]
        suivante = f"{page[-1].__dict__['fini_le'].astimezone(UTC):%Y%m%dT%H%M%S.%f}.{page[-1].pk}"
    fuseau, lecteur = fuseau_de_la_formation(formation), acteur()
    place = place_dans(formation.cercle_id or 0, lecteur)
    return PageDeMandats(tuple(_montrer(ligne, fuseau, lecteur, place) for ligne in page), suivante)


def _lire(curseur: str) -> tuple[datetime, int] | None:
    """The instant and the key of a cursor; None when it is not one of ours (the first page is shown)."""
    instant, _, cle = curseur.rpartition(".")
    try:
        lu = datetime.strptime(instant, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
    except ValueError:
        return None
    return (lu, int(cle)) if cle.isascii() and cle.isdecimal() and len(cle) < 19 else None


def _montrer(ligne: Habilitation, fuseau: ZoneInfo, lecteur: Compte, place: Place) -> MandatPasse:
    fini_le: datetime = ligne.__dict__["fini_le"]
    role = Role(ligne.role).label
    jour = fini_le.astimezone(fuseau).date()
    organisme = nom_affiche(ligne.siege.organisme, lecteur, jour, place=place)
    qualite = ligne.siege.qualite if organisme != NOM_MASQUE else ""
    return MandatPasse(
        public_id=ligne.public_id,
        nom=ligne.compte.nom_complet,
        organisme=organisme,
        # What a person does at a SPIP would tell as much as its name.
        fonction=f"{role}, {qualite}" if qualite else role,
        debut=heure_locale(ligne.debut, fuseau),
        fin=heure_locale(fini_le, fuseau),
        motif=_motif(ligne, fini_le),
    )


def _motif(ligne: Habilitation, fini_le: datetime) -> str:
    if ligne.periode.isempty:
        return f"{ANNULE} : {FINS[ligne.fin_motif].lower()}" if ligne.fin_motif in FINS else ANNULE
    if ligne.fin is None or fini_le < ligne.fin:
        return DISSOUS
    return FINS.get(ligne.fin_motif, TERME)
