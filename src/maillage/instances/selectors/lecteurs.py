"""Who reads several cercles at once: what ``acces.lecteurs`` says of each, in a fixed number of queries.

A page that lists many groupes shows a box for each of them: only what a box shows is read.
"""

from collections.abc import Collection, Sequence
from typing import cast

from maillage.acteurs.api import Compte, Organisme, Place, compte_du_lecteur, nom_affiche
from maillage.instances.models import Formation, Role
from maillage.instances.perms import COORDINATION
from maillage.instances.selectors.acces import (
    Lecteur,
    Lecteurs,
    decrire,
    habilites,
    lecteurs,
    mes_mandats,
    reunir,
)
from maillage.instances.selectors.conseils import conseils_tenus_par
from maillage.socle.contexte import acteur_courant
from maillage.socle.permissions import Porteur
from maillage.socle.temps import maintenant

COLONNES = (
    "cercle_id",
    "charte_signee",
    "compte_id",
    "compte__prenom",
    "compte__nom",
    "compte__fonction_libelle",
    "siege__qualite",
    "siege__organisme_id",
    "role",
    "periode",
)


def lecteurs_de(cercles: Sequence[int]) -> dict[int, Lecteurs]:
    """Who reads each of these cercles now, as shown to the actor."""
    if len(cercles) == 1:
        return {cercles[0]: lecteurs(cercles[0])}
    identifiant = acteur_courant()
    qui = compte_du_lecteur(identifiant) if identifiant is not None else None
    places = _places(cercles, qui) if qui is not None else {}
    mandats = habilites(maintenant()).filter(cercle__in=cercles)
    lignes = list(mandats.order_by("compte__nom", "compte__prenom", "pk").values_list(*COLONNES))
    noms = _Noms({ligne[7] for ligne in lignes}, qui)
    presents: dict[int, list[tuple[Lecteur, bool]]] = {cercle: [] for cercle in cercles}
    for cercle, signee, compte, prenom, nom, fonction, qualite, organisme, role, periode in lignes:
        lecteur = decrire(
            nom=f"{prenom} {nom}".strip(),
            precise=qualite or fonction,
            organisme=noms.affiche(organisme, places.get(cercle, Place())),
            role=role,
            vous=qui is not None and compte == qui.pk,
            fin=periode.upper,
        )
        presents[cercle].append((lecteur, signee))
    return {cercle: reunir(siens) for cercle, siens in presents.items()}


class _Noms:
    """Names of bodies as this reader may read them, each looked up once for each place."""

    def __init__(self, organismes: Collection[int], qui: Compte | None) -> None:
        self.qui = cast(Porteur, qui)
        lus = Organisme.objects.prefetch_related("noms").in_bulk(organismes) if qui is not None else {}
        self.organismes = lus
        self.connus: dict[tuple[int, Place], str] = {}

    def affiche(self, organisme: int, place: Place) -> str:
        if organisme not in self.organismes:
            return ""
        cle = organisme, place
        if cle not in self.connus:
            self.connus[cle] = nom_affiche(self.organismes[organisme], self.qui, place=place)
        return self.connus[cle]


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
