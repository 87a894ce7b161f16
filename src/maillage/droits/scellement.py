"""What this room keeps of a person, sealed with keys of the store (decision 25): the only module that does.

Three things die before the request they serve, each under a key of its own, drawn under its row's random id:
what a groupe is asked, what it answers, the file handed over. Two others live as long as a person stands in a
cercle, under the key of that identity: what a rectification would set, and what it replaced. Each value is
bound to its table, its row and its field; all are written once, at the first version of their row.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from maillage.droits.models import (
    AncienneValeur,
    DemandeDeDroit,
    Envoi,
    FichierDeReponse,
    Question,
    Reponse,
)
from maillage.situations.api import effacer_identites
from maillage.socle.cles.acces import coffre
from maillage.socle.cles.coffre import CoffreFerme
from maillage.socle.cles.detenteurs import Detenteur
from maillage.socle.cles.operateur import detruire
from maillage.socle.cles.page import cles_de
from maillage.socle.cles.scelle import CleDeDossier, Lieu, sceller
from maillage.socle.cles.scelle import ouvrir as ouvrir_scelle
from maillage.socle.contexte import en_maintenance

#: Written once: no later version of a row carries another value.
VERSION: Final = 1
#: Each table of the room that holds something sealed, and in which field.
CHAMPS: Final[Mapping[type[Any], str]] = {
    Question: "scelle",
    Reponse: "contenu",
    FichierDeReponse: "contenu",
    DemandeDeDroit: "valeur_scellee",
    AncienneValeur: "valeur",
}
#: Those whose key is their own, under their public id.
A_LEUR_CLE: Final = (Question, Reponse, FichierDeReponse)


@dataclass(frozen=True, slots=True)
class Recherche:
    """Whom a groupe is asked to look for, and what it would set."""

    nom: str
    prenom: str
    naissance: date | None = None
    valeur: str = ""

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}".strip()


def fermer(modele: type[Any], clair: bytes, *, ligne: UUID, objet: UUID | None = None) -> bytes:
    """Sealed for that row, under the key of ``objet`` (its own by default), drawn if there is none yet.

    The key is in the store before the row is written: a page undone leaves an orphan, swept the next day.
    """
    cle = objet or ligne
    return _fermer(coffre().creer([cle])[cle], modele, clair, ligne)


def ouvrir(modele: type[Any], scelle: bytes | memoryview, *, ligne: UUID, objet: UUID | None = None) -> bytes:
    """What that row holds. Raises ``ScelleRompu``, and ``CoffreFerme`` where its key is not there."""
    cle = objet or ligne
    cles = cles_de([cle]).get(cle)
    if not cles:
        raise CoffreFerme("la clé d’une demande n’est pas dans le coffre.")
    return ouvrir_scelle(cles, bytes(scelle), _lieu(modele, ligne))


def fermer_les_questions(recherche: Recherche, lignes: Collection[UUID]) -> dict[UUID, bytes]:
    """The same search sealed for each of these rows, their keys drawn all at once."""
    clair = _texte(recherche)
    cles = coffre().creer(list(lignes))
    return {ligne: _fermer(cles[ligne], Question, clair, ligne) for ligne in lignes}


def recherche_de(question: Question) -> Recherche:
    """Whom that question asks for."""
    lue = json.loads(ouvrir(Question, question.scelle, ligne=question.public_id))
    if naissance := lue.get("naissance"):
        lue["naissance"] = date.fromisoformat(naissance)
    return Recherche(**{"nom": "", "prenom": "", **lue})


def _texte(recherche: Recherche) -> bytes:
    valeurs = {champ.name: getattr(recherche, champ.name) for champ in fields(recherche)}
    gardees = {nom: valeur for nom, valeur in valeurs.items() if valeur}
    return json.dumps(gardees, ensure_ascii=False, default=date.isoformat, separators=(",", ":")).encode()


def _lieu(modele: type[Any], ligne: UUID) -> Lieu:
    return Lieu(modele._meta.db_table, ligne, CHAMPS[modele], VERSION)


def _fermer(cle: CleDeDossier, modele: type[Any], clair: bytes, ligne: UUID) -> bytes:
    return sceller(cle, clair, _lieu(modele, ligne))


def detruire_apres(objets: Collection[UUID]) -> None:
    """Destroy these keys once the rows are gone for good; cut in between, the next sweep ends it."""
    publics = list(objets)
    if publics:
        transaction.on_commit(partial(detruire, coffre(), publics))


# --- For the operator of the store -----------------------------------------------------------------


def _a_leur_cle(modele: type[Any], objets: Collection[UUID]) -> Any:
    """The rows of these keys that still hold something."""
    lignes = modele._default_manager.filter(public_id__in=objets)
    return lignes.exclude(contenu__isnull=True) if modele is Reponse else lignes


def vivants(objets: Collection[UUID]) -> set[UUID]:
    """Those of these keys that still open something of this room."""
    vus: set[UUID] = set()
    with en_maintenance():
        for modele in A_LEUR_CLE:
            vus |= set(_a_leur_cle(modele, objets).values_list("public_id", flat=True))
    return vus


def resceller(objets: Collection[UUID]) -> int:
    """Seal again, each under its last key, what these keys open here. Run as an operator."""
    cles = coffre().lire(objets)
    faites = 0
    with en_maintenance():
        lignes: list[tuple[Any, UUID]] = []
        for modele in A_LEUR_CLE:
            siennes = _a_leur_cle(modele, objets).select_for_update().order_by("pk")
            lignes += [(ligne, ligne.public_id) for ligne in siennes]
        demandes = DemandeDeDroit.objects.select_for_update(of=("self",)).select_related("identite")
        demandes = demandes.filter(identite__public_id__in=objets, valeur_scellee__isnull=False)
        lignes += [(lue, lue.identite.public_id) for lue in demandes]
        anciennes = AncienneValeur.objects.select_for_update(of=("self",))
        anciennes = anciennes.select_related("situation__identite")
        anciennes = anciennes.filter(situation__identite__public_id__in=objets)
        lignes += [(lue, lue.situation.identite.public_id) for lue in anciennes]
        for ligne, objet in lignes:
            modele, connues = type(ligne), cles[objet]
            clair = ouvrir_scelle(
                connues, bytes(getattr(ligne, CHAMPS[modele])), _lieu(modele, ligne.public_id)
            )
            ferme = _fermer(connues[max(connues)], modele, clair, ligne.public_id)
            modele._default_manager.filter(pk=ligne.pk).update(**{CHAMPS[modele]: ferme})
            faites += 1
    return faites


def effacer_de_nouveau(objets: Collection[UUID]) -> int:
    """After a restore: erase what is left here of what was erased since; how many rows."""
    with en_maintenance():
        effacees = Reponse.objects.filter(public_id__in=objets, contenu__isnull=False).update(contenu=None)
        effacees += FichierDeReponse.objects.filter(public_id__in=objets).delete()[0]
        effacees += Question.objects.filter(public_id__in=objets).delete()[0]
        demandes = list(DemandeDeDroit.objects.filter(identite__public_id__in=objets))
        return effacees + sum(effacer_les_demandes(demandes).values())


def effacer_les_demandes(demandes: Collection[DemandeDeDroit]) -> dict[str, int]:
    """Requests with all that hangs on them, their keys and their persons. Run as ``m_maintenance``."""
    if not demandes:
        return {}
    cles = [demande.pk for demande in demandes]
    envois = Envoi.objects.filter(demande__in=cles)
    pistes = [(envoi.cercle_id, envoi.piste) for envoi in envois]
    suivies = [piste for _, piste in pistes]
    registres = {cercle for cercle, _ in pistes}
    questions = Question.objects.filter(cercle_origine__in=registres, piste__in=suivies)
    reponses = Reponse.objects.filter(cercle__in=registres, piste__in=suivies)
    fichiers = FichierDeReponse.objects.filter(demande__in=cles)
    detruire_apres(
        [
            *questions.values_list("public_id", flat=True),
            *reponses.filter(~Q(contenu__isnull=True)).values_list("public_id", flat=True),
            *fichiers.values_list("public_id", flat=True),
        ]
    )
    lignes = {
        "question": questions.delete()[0],
        "reponse": reponses.delete()[0],
        "fichierdereponse": fichiers.delete()[0],
        "envoi": envois.delete()[0],
        "demandededroit": DemandeDeDroit.objects.filter(pk__in=cles).delete()[0],
    }
    return {**lignes, **effacer_identites([demande.identite_id for demande in demandes])}


DETENTEUR: Final = Detenteur(vivants, resceller, effacer_de_nouveau)
