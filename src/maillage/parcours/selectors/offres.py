"""Offers the actor may read: national ones, and those of the councils it sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from maillage.acteurs.api import Compte, compte_du_lecteur, lire_avec_noms, nom_affiche
from maillage.instances.api import Conseil, conseils_visibles_par
from maillage.parcours.models import Offre, Place
from maillage.socle.contexte import acteur_courant
from maillage.socle.refus import Introuvable
from maillage.territoires.api import communes_par_code

PAR_PAGE = 25


@dataclass(frozen=True, slots=True)
class FiltresDOffres:
    """What narrows the register; ``libres`` keeps offers with a free place on ``le``."""

    dispositif: str = ""
    commune: str = ""
    conseil: UUID | None = None
    contact: str = ""
    libres: bool = False
    fermees: bool = False


@dataclass(frozen=True, slots=True)
class LigneDOffre:
    """An offer as a table shows it: the body's name is masked to who only leads actions."""

    offre: Offre
    organisme: str
    commune: str
    prises: int

    @property
    def libres(self) -> int:
        return max(0, self.offre.capacite - self.prises)


@dataclass(frozen=True, slots=True)
class PageDOffres:
    """A page of the register; ``suivante`` is the cursor of the next one."""

    lignes: tuple[LigneDOffre, ...]
    suivante: str


def lecteur() -> Compte:
    """The acting account. Raises ``Introuvable`` when nobody acts."""
    compte = compte_du_lecteur(acteur_courant() or 0)
    if compte is None or not compte.actif:
        raise Introuvable()
    return compte


def conseils_du_lecteur() -> QuerySet[Conseil]:
    """The councils the actor sees."""
    return conseils_visibles_par(lecteur())


def offres_visibles() -> QuerySet[Offre]:
    """Every offer the actor may read, closed ones too; the council comes with it."""
    return Offre.objects.filter(
        Q(conseil__isnull=True) | Q(conseil__in=conseils_du_lecteur().values("pk"))
    ).select_related("conseil")


def offre_visible(public_id: UUID) -> Offre:
    """One offer with its body. Raises ``Introuvable``, hidden and absent alike."""
    lues = lire_avec_noms(
        offres_visibles().select_related("organisme").filter(public_id=public_id), "organisme"
    )
    if not lues:
        raise Introuvable(public_id)
    return lues[0]


def prises_le(le: date) -> Count:
    """Places taken on that day, as an annotation of offers."""
    return Count(
        "places", filter=Q(places__du__lte=le) & (Q(places__au__isnull=True) | Q(places__au__gte=le))
    )


def offres(filtres: FiltresDOffres, *, le: date, curseur: str = "", par_page: int = PAR_PAGE) -> PageDOffres:
    """A page of the register, in the order of entry, in a constant number of queries."""
    lignes = offres_visibles().select_related("organisme")
    lignes = lignes.filter(fermee_le__isnull=not filtres.fermees)
    for champ, valeur in (
        ("dispositif_code", filtres.dispositif),
        ("commune_code", filtres.commune),
        ("contact", filtres.contact),
        ("conseil__public_id", filtres.conseil),
    ):
        if valeur:
            lignes = lignes.filter(**{champ: valeur})
    if curseur.isdecimal() and len(curseur) < 19:
        lignes = lignes.filter(pk__gt=int(curseur))
    lignes = lignes.annotate(prises=prises_le(le))
    if filtres.libres:
        lignes = lignes.filter(prises__lt=F("capacite"), depuis__lte=le).filter(
            Q(jusqua__isnull=True) | Q(jusqua__gte=le)
        )
    lues = lire_avec_noms(lignes.order_by("pk")[: par_page + 1], "organisme")
    suivante = str(lues[par_page - 1].pk) if len(lues) > par_page else ""
    return PageDOffres(lignes_d_offres(lues[:par_page]), suivante)


def lignes_d_offres(lues: Sequence[Offre]) -> tuple[LigneDOffre, ...]:
    """What a table shows of offers whose bodies and occupations are read: one query more, for communes."""
    qui = lecteur()
    communes = communes_par_code({offre.commune_code for offre in lues if offre.commune_code})
    return tuple(
        LigneDOffre(
            offre=offre,
            organisme=nom_affiche(offre.organisme, qui),
            commune=communes[offre.commune_code].nom if offre.commune_code in communes else "",
            prises=offre.__dict__.get("prises", 0),
        )
        for offre in lues
    )


def places_en_cours(offre: Offre, *, le: date) -> list[Place]:
    """The occupations of an offer that are not over, the earliest first."""
    lignes = Place.objects.filter(offre=offre).filter(Q(au__isnull=True) | Q(au__gte=le))
    return list(lignes.order_by("du", "pk"))
