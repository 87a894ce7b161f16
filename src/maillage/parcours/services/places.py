"""Take and free a place of an offer: never above its capacity, even when two commands meet.

A place names nobody: who takes it keeps its key, of which the place shows the print only.
"""

from datetime import date, timedelta
from uuid import UUID, uuid4

from maillage.parcours.models import ACCORD, Place, empreinte
from maillage.parcours.rules.places import occupees_au_plus
from maillage.parcours.selectors.offres import offres_visibles
from maillage.parcours.services.gestion import (
    COMPLET,
    DATES_A_L_ENVERS,
    HORS_PERIODE,
    OFFRE_FERMEE,
    OFFRE_SANS_ACCORD,
    envers,
    offre_sous_verrou,
    offre_tenue,
    refuser_si,
)
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande


@commande
def reserver_place(*, offre: UUID, du: date, au: date | None = None) -> UUID:
    """Take one place from ``du``, until ``au`` where it is known; returns its key, kept nowhere else.

    The lock on the offer is held to the end of the transaction: the second command counts the first.
    """
    lue = offre_sous_verrou(offre)
    prises = occupees_au_plus(Place.objects.filter(offre=lue).values_list("du", "au"), du, au)
    refuser_si(
        objet=offre,
        dates=(envers(du, au), DATES_A_L_ENVERS),
        fermee=(lue.fermee_le is not None, OFFRE_FERMEE),
        accord=(lue.contact != ACCORD, OFFRE_SANS_ACCORD),
        periode=(du < lue.depuis or envers(au or du, lue.jusqua), HORS_PERIODE),
        complet=(prises >= lue.capacite, COMPLET),
    )
    cle = uuid4()
    Place.objects.create(offre=lue, du=du, au=au, jeton=empreinte(cle))
    journaliser("place_reservee", objet=offre)
    return cle


@commande
def liberer_place(*, cle: UUID, des: date) -> None:
    """Free a place from that day on; one that had not begun is given back whole. Twice changes nothing.

    The database answers for who may: those who read what holds the key, or keep the offer.
    """
    _liberer(empreinte(cle), des=des)


def _liberer(jeton: UUID, *, des: date) -> None:
    vues = Place.objects.filter(offre__in=offres_visibles().values("pk")).select_related("offre")
    place = vues.select_for_update(of=("self",)).filter(jeton=jeton).first()
    if place is None:
        raise Introuvable(jeton)
    if rendre(place, des=des):
        journaliser("place_liberee", objet=place.offre.public_id)


def rendre(place: Place, *, des: date) -> bool:
    """Give a place back from that day on; whether anything changed. No right is judged here."""
    if des <= place.du:
        place.delete()
    elif place.au is None or des <= place.au:
        Place.objects.filter(pk=place.pk).update(au=des - timedelta(days=1))
    else:
        return False
    return True


@commande
def prendre_place(*, offre: UUID, du: date, au: date | None = None) -> UUID:
    """The same by hand, by who keeps the offer: someone from elsewhere takes it."""
    offre_tenue(offre)
    return reserver_place(offre=offre, du=du, au=au)


@commande
def rendre_place(*, offre: UUID, jeton: UUID, des: date) -> None:
    """Free by hand a place of an offer one keeps."""
    tenue = offre_tenue(offre)
    if not Place.objects.filter(offre=tenue, jeton=jeton).exists():
        raise Introuvable(jeton)
    _liberer(jeton, des=des)
