"""Records of one groupe that may be of the same person, with the reasons in words. Nothing is stored."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from maillage.situations import identites
from maillage.situations.cercles import Ici
from maillage.situations.models import Signalement, Situation
from maillage.situations.selectors import visibles
from maillage.situations.states import EtatSituation


@dataclass(frozen=True, slots=True)
class Proche:
    """Somebody to look at beside this one: who, why, and the file to open."""

    identite: identites.IdentiteVue
    titre: str
    pourquoi: str
    url: str


def a_rapprocher(
    acteur: Ici, *, nom: str, prenom: str, naissance: date | None, sauf: int | None = None
) -> list[Proche]:
    """Those of this very cercle only, by name. An archived person is left out: the archive is closed."""
    trouves = identites.rapprochements(
        cercle=acteur.cercle, nom=nom, prenom=prenom, naissance=naissance, sauf=sauf
    )
    cles = [cle for cle, _ in trouves]
    vues = identites.lire_plusieurs(cles)
    situations = {
        s.identite_id: s
        for s in visibles(Situation).filter(identite__in=cles, etat=EtatSituation.OUVERTE).order_by("pk")
    }
    archives = set(
        visibles(Situation)
        .filter(identite__in=cles, etat=EtatSituation.CLOSE)
        .values_list("identite_id", flat=True)
    )
    signalements = {s.identite_id: s for s in visibles(Signalement).filter(identite__in=cles).order_by("pk")}
    proches = []
    for cle, raisons in trouves:
        if cle in situations:
            adresse = reverse("situations:situation", args=[situations[cle].public_id])
        elif cle in signalements and cle not in archives:
            adresse = reverse("situations:signalement", args=[signalements[cle].public_id])
        else:
            continue
        proches.append(Proche(vues[cle], _titre(vues[cle]), ", ".join(raisons).capitalize() + ".", adresse))
    return proches


def _titre(vue: identites.IdentiteVue) -> str:
    naissance = vue.donnees.naissance
    return f"{vue.nom_complet}, {vue.ne} le {naissance:%d/%m/%Y}" if naissance else vue.nom_complet
