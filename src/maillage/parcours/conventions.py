"""What this room gives to nominative conventions: whom they are about, and what the law says of them.

The pseudonym of a convention is that of the situation: erased with it, whatever became of an orientation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from maillage.documents.sources import ConventionAJuger, ObjetPresente, SourceDeConventions, enregistrer
from maillage.droit.api import Force, Motif, Verdict
from maillage.parcours.rules import dispositifs
from maillage.parcours.rules.pmsmp import Objet, Partie, Periode, Prescripteur, pmsmp
from maillage.situations.api import (
    EtatSituation,
    IdentiteVue,
    Situation,
    est_mineur,
    ici,
    lire_identite,
    lire_identites,
    motifs_de_garde,
    une,
    visibles,
)

REPRESENTANT = "representant_legal"
EMPLOYEUR = "employeur"
SANS_NAISSANCE = Motif(
    "naissance_inconnue",
    "La date de naissance n’est pas connue : ce dispositif a des conditions d’âge.",
    "Stratégie nationale de prévention de la délinquance 2020-2024, fiche 9",
    Force.DOCTRINE,
)


def objets(cercle: int) -> Sequence[tuple[UUID, str]]:
    """The open situations of the cercle, by name."""
    ouvertes = list(visibles(Situation).filter(cercle=cercle, etat=EtatSituation.OUVERTE))
    noms = lire_identites(s.identite_id for s in ouvertes)
    lignes = [(s.public_id, noms[s.identite_id].nom_de_liste) for s in ouvertes]
    return sorted(lignes, key=lambda ligne: (ligne[1].casefold(), ligne[0]))


def presenter(cercle: int, publics: Sequence[UUID]) -> Mapping[UUID, ObjetPresente]:
    """Only what the actor reads; a closed file is shown by its number, its names are archived."""
    lignes = list(visibles(Situation).filter(cercle=cercle, public_id__in=list(publics)))
    noms = lire_identites(s.identite_id for s in lignes if s.etat == EtatSituation.OUVERTE)
    return {
        s.public_id: ObjetPresente(
            titre=noms[s.identite_id].nom_complet if s.identite_id in noms else f"Situation n° {s.numero}",
            url=reverse("situations:situation", args=[s.public_id]),
        )
        for s in lignes
    }


def donnees(cercle: int, objet: UUID) -> Mapping[str, Any]:
    """The fields of the template that the file gives; of an archived one, its number only."""
    situation = une(Situation, objet)
    if situation.etat != EtatSituation.OUVERTE:
        return {"beneficiaire": f"Situation n° {situation.numero}", "naissance": "–", "representant": ""}
    identite = lire_identite(situation.identite_id)
    premier = next(iter(identite.representants), None)
    return {
        "beneficiaire": identite.nom_complet,
        "naissance": identite.donnees.naissance or "Non connue",
        "representant": f"{premier.prenom} {premier.nom}".strip() if premier else "",
    }


def _mineur(identite: IdentiteVue, situation: Situation, le: date) -> bool:
    return est_mineur(identite.donnees.naissance, situation.tranche_age, le)


def requises(cercle: int, objet: UUID, champs: Mapping[str, Any]) -> frozenset[str]:
    """A minor's parent signs; so does the employer of an employee."""
    situation = une(Situation, objet)
    identite = lire_identite(situation.identite_id)
    roles = {REPRESENTANT} if _mineur(identite, situation, ici(cercle).jour) else set()
    return frozenset(roles | ({EMPLOYEUR} if champs.get("salarie") == "oui" else set()))


def juger_pmsmp(projet: ConventionAJuger, historique: Sequence[ConventionAJuger], le: date) -> Verdict:
    """The rule of the periods in a company, over every period of this person."""
    parties = {Partie.BENEFICIAIRE} | {
        Partie(partie.role) for partie in projet.parties if partie.role in set(Partie)
    }
    if projet.brouillon:  # a draft may still lack a party: it is asked for when it is sent to sign
        parties = set(Partie)
    return pmsmp(
        le=le,
        nouvelle=_periode(projet),
        prescripteur=Prescripteur(projet.champs["genre_prescripteur"]),
        tuteur=bool(projet.champs.get("tuteur")),
        salarie=projet.champs.get("salarie") == "oui",
        parties=parties,
        historique=[_periode(passee) for passee in historique],
    )


def _periode(convention: ConventionAJuger) -> Periode:
    accueil = convention.partie(Partie.STRUCTURE_ACCUEIL.value)
    return Periode(
        accueil.cle if accueil else "",
        convention.debut,
        convention.fin,
        Objet(convention.champs["objet"]),
        convention.renouvellement,
    )


def juger_parrainage(projet: ConventionAJuger, historique: Sequence[ConventionAJuger], le: date) -> Verdict:
    """The rule of sponsorship: the age of the young person, the length."""
    situation = une(Situation, projet.objet)
    naissance = lire_identite(situation.identite_id).donnees.naissance
    if naissance is None:
        return Verdict.refus([SANS_NAISSANCE])
    return dispositifs.parrainage(le=le, naissance=naissance, debut=projet.debut, fin=projet.fin)


def enregistrer_les_conventions() -> None:
    """Offer both kinds to the engine; called once, when the application starts."""
    for genre, juger in (("pmsmp", juger_pmsmp), ("parrainage", juger_parrainage)):
        enregistrer(
            SourceDeConventions(
                genre=genre,
                objets=objets,
                presenter=presenter,
                donnees=donnees,
                requises=requises,
                juger=juger,
                garder=motifs_de_garde,
            )
        )
