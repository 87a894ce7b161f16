"""Who reads several cercles at once: what ``acces.lecteurs`` says of each, in a fixed number of queries."""

from collections.abc import Collection, Sequence

from maillage.acteurs.api import Compte, Place, compte_du_lecteur
from maillage.instances.models import Formation, Role
from maillage.instances.perms import COORDINATION
from maillage.instances.selectors.acces import Lecteurs, lecteurs, mes_mandats, reunir
from maillage.instances.selectors.conseils import conseils_tenus_par
from maillage.instances.selectors.vigueur import mandats_des_cercles
from maillage.socle.contexte import acteur_courant


def lecteurs_de(cercles: Sequence[int]) -> dict[int, Lecteurs]:
    """Who reads each of these cercles now, as shown to the actor."""
    if len(cercles) == 1:
        return {cercles[0]: lecteurs(cercles[0])}
    identifiant = acteur_courant()
    qui = compte_du_lecteur(identifiant) if identifiant is not None else None
    places = _places(cercles, qui) if qui is not None else {}
    mandats = mandats_des_cercles(tuple(cercles))
    return {cercle: reunir(mandats.get(cercle, ()), qui, places.get(cercle, Place())) for cercle in cercles}


def _places(cercles: Collection[int], qui: Compte) -> dict[int, Place]:
    """Where the actor stands in each: by the mandate that opens it, else by the council they coordinate."""
    places = {
        mandat.cercle: Place(role=mandat.role, genre=mandat.genre, organisme=mandat.organisme)
        for mandat in mes_mandats()
        if mandat.lit and mandat.cercle in cercles
    }
    ailleurs = [cercle for cercle in cercles if cercle not in places]
    if ailleurs:
        tenus = conseils_tenus_par(qui, COORDINATION)
        coordonnes = Formation.objects.filter(cercle__in=ailleurs, conseil__in=tenus.values("pk"))
        coordination = Place(role=Role.COORDONNATEUR.value)
        places |= dict.fromkeys(coordonnes.values_list("cercle_id", flat=True), coordination)
    return places
