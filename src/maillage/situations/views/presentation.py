"""From values to what templates show: words of the lists, who sees which button. No right is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from maillage.droit.api import jour_en_lettres
from maillage.instances.api import CercleVu, GenreFormation, Lecteurs, lecteurs_de
from maillage.interface.adresses import adresse
from maillage.interface.navigation import Lien
from maillage.interface.typographie import date_longue, groupe_nomme
from maillage.situations import encarts
from maillage.situations.cercles import Ici
from maillage.situations.courriers import destinataires
from maillage.situations.dossier import Dossier, Evenement, masque, retrait_possible
from maillage.situations.lignes import LigneDeSituation
from maillage.situations.models import Objectif
from maillage.situations.rules.suivi import CLOTURE_PAR, role_qui_ecrit
from maillage.situations.states import LIBELLES, TRANSITIONS_OBJECTIF, EtatObjectif
from maillage.situations.views.dessin import frise
from maillage.strategie.api import liste

GENRES_D_ETAT = {
    EtatObjectif.A_DEMARRER: "",
    EtatObjectif.EN_COURS: "encours",
    EtatObjectif.ATTEINT: "fait",
    EtatObjectif.ABANDONNE: "vide",
}


def ligne(lue: LigneDeSituation, acteur: Ici) -> dict[str, Any]:
    """One line of the list. A closed file shows its number: its names are in the archive."""
    referent, close = lue.referent, lue.close
    cache = referent is not None and masque(referent.structure, acteur)
    return {
        "url": adresse("situations:situation", lue.public_id),
        "titre": f"Situation n° {lue.numero}" if close else lue.identite.nom_de_liste,
        "sous": "" if close else naissance(lue.identite, acteur.jour),
        "numero": lue.numero,
        "exposition": exposition(lue.exposition),
        "referent": referent.nom if referent and not cache else "",
        "structure": referent.structure.nom_le(acteur.jour) if referent and not cache else "",
        "masque": cache,
        "sans_referent": referent is None and not close,
        "prochaine": "" if close else date_longue(lue.prochaine),
        "pastille": _pastille(lue, acteur.jour),
        "conservation": date_longue(lue.expire_le) if lue.expire_le else "pendant le suivi",
    }


@dataclass(frozen=True, slots=True)
class Pastille:
    """The state of what comes next: an icon, a word, and the class that colours them."""

    classe: str
    icone: str
    mot: str


ARCHIVE = Pastille("", "archive", "Archive fermée")
LETTRE = Pastille(" m-etat-retard", "courrier", "Lettre à remettre")
A_TEMPS = {
    "revue": Pastille(" m-etat-bientot", "echeance", "Revue"),
    "objectif": Pastille(" m-etat-bientot", "echeance", "Objectif"),
}
EN_RETARD = {
    "revue": Pastille(" m-etat-retard", "alerte", "Revue en retard"),
    "objectif": Pastille(" m-etat-retard", "alerte", "Objectif en retard"),
}


def _pastille(lue: LigneDeSituation, jour: date) -> Pastille:
    if lue.prochaine_quoi == "archive":
        return ARCHIVE
    if lue.prochaine_quoi == "lettre":
        return LETTRE
    return (EN_RETARD if lue.prochaine < jour else A_TEMPS)[lue.prochaine_quoi]


def naissance(identite: Any, jour: date) -> str:
    """« né le 3 février 2009, 17 ans », « date de naissance inconnue »."""
    donnees = identite.donnees
    if donnees.naissance is None:
        return "date de naissance inconnue"
    estimee = " (estimée)" if donnees.naissance_estimee else ""
    return f"{identite.ne} le {jour_en_lettres(donnees.naissance)}{estimee}, {identite.age_le(jour)} ans"


def exposition(code: str) -> str:
    return liste("expositions").item(code).libelle if code else ""


def groupes_d_un_volet(cercles: list[CercleVu], demande: str) -> list[CercleVu]:
    """The groupe asked for, else those of one strand: victims and young people are never in one list."""
    choisi = next((c for c in cercles if str(c.public_id) == demande), None)
    if choisi is not None:
        return [choisi]
    return [c for c in cercles if c.volet == cercles[0].volet] if cercles else []


def lus_par(lus: Lecteurs) -> dict[str, Any]:
    """The readers' box and their number: one list, the one that decides access."""
    return {"lecteurs": lus, "nombre_lecteurs": len(lus)}


def cercle_nomme(vu: CercleVu) -> str:
    """« le groupe Jeunesse »; a register of the mayor or a family council already says what it is."""
    if vu.genre == GenreFormation.GROUPE:
        return f"le {groupe_nomme(vu.nom)}"
    if vu.nom.startswith("Actes"):
        return f"les a{vu.nom[1:]}"
    if vu.genre == GenreFormation.DROITS:
        return f"les {vu.nom[:1].lower()}{vu.nom[1:]}"
    return f"le {vu.nom}"


def lecteurs_des_groupes(groupes: Sequence[CercleVu]) -> dict[str, Any]:
    """Who reads a list, groupe by groupe; a number is given for one groupe only."""
    lus = lecteurs_de([groupe.id for groupe in groupes])
    boites = [(cercle_nomme(groupe), lus[groupe.id]) for groupe in groupes]
    return {
        "lecteurs_des_groupes": boites,
        "nombre_lecteurs": len(boites[0][1]) if len(boites) == 1 else None,
    }


def contexte_du_dossier(lu: Dossier) -> dict[str, Any]:
    """Everything the page of a situation shows."""
    situation, jour = lu.situation, lu.ici.jour
    ecrit = not lu.close and not role_qui_ecrit(lu.ici.membre.role)
    return {
        "dossier": lu,
        "situation": situation,
        "identite": lu.identite,
        "naissance": naissance(lu.identite, jour),
        "exposition": exposition(situation.exposition),
        "etat": LIBELLES[situation.etat],
        "ecrit": ecrit,
        "peut_clore": ecrit and lu.ici.membre.role in CLOTURE_PAR,
        "peut_contresigner": ecrit and lu.ici.membre.travail_social,
        "objectifs": [_objectif(o, lu) for o in lu.objectifs],
        "dates": _prochaines_dates(lu, jour),
        "representants": [
            (r, liste("liens_representant").item(r.lien).libelle) for r in lu.identite.representants
        ],
        "destinataires": destinataires(lu) if ecrit else [],
        "revue_en_retard": situation.revue_le < jour and not lu.close,
        "issue": liste("issues_cloture").item(situation.issue).libelle if situation.issue else "",
        "frise": frise(lu),
        "encarts": encarts.composer(lu, ecrit=ecrit),
        **lus_par(lu.lecteurs),
        "fil": (
            Lien("Situations", reverse("situations:liste")),
            Lien(lu.ici.vu.nom, f"{reverse('situations:liste')}?groupe={lu.ici.vu.public_id}"),
            Lien(f"N° {situation.numero}"),
        ),
    }


def _objectif(objectif: Objectif, lu: Dossier) -> dict[str, Any]:
    return {
        "retrait": retrait_possible(objectif, lu.situation, lu.ici),
        "objectif": objectif,
        "domaine": liste("domaines_objectif").item(objectif.domaine).libelle,
        "etat": LIBELLES[objectif.etat],
        "genre": GENRES_D_ETAT[EtatObjectif(objectif.etat)],
        "en_retard": objectif.echeance < lu.ici.jour
        and objectif.etat in {EtatObjectif.A_DEMARRER, EtatObjectif.EN_COURS},
        "changeable": bool(TRANSITIONS_OBJECTIF[EtatObjectif(objectif.etat)]),
    }


def _prochaines_dates(lu: Dossier, jour: date) -> list[tuple[date, str]]:
    """What comes, the nearest first: objectives, hand-over, review."""
    if lu.close:
        return []
    a_venir = [(fait.le, _quoi(fait)) for fait in lu.frise if fait.genre == "avenir"]
    a_venir.append((lu.situation.revue_le, "Revue du groupe : prolonger ou clore"))
    return sorted(a_venir)


def _quoi(fait: Evenement) -> str:
    return fait.titre
