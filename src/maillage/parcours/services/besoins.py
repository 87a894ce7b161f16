"""Count a need of care left without an answer: a number for the CLSM and the ARS (fiche 6).

The fact bears a random thread of its own, never that of the file: no row leads from a person to a need of
care, not even while the file lives. The thread is handed back to its author, who may undo the count.
"""

from datetime import date
from uuid import UUID, uuid4

from maillage.droit.api import Force, Motif, Verdict
from maillage.situations.api import exiger, role_qui_ecrit, situation_a_modifier, situation_ouverte
from maillage.socle.faits import compenser, noter
from maillage.socle.journal import journaliser
from maillage.socle.services import commande
from maillage.strategie.api import liste

HORS_LISTE = Motif(
    "besoin_hors_liste", "Choisissez dans les listes.", "Stratégie nationale 2020-2024, fiche 6", Force.USAGE
)


@commande
def noter_besoin(*, situation: UUID, structure: str, raison: str) -> UUID:
    """Count the need in the month; the thread of the fact, to undo it. Nothing is written in the file."""
    ou = situation_a_modifier(situation)
    motifs = [*situation_ouverte(ou.situation.etat), *role_qui_ecrit(ou.ici.membre.role)]
    if structure not in liste("structures_soin") or raison not in liste("besoins_sans_reponse"):
        motifs.append(HORS_LISTE)
    exiger(Verdict.selon(motifs), ou.situation)
    fil = uuid4()
    noter(
        "besoin_sans_reponse",
        le=ou.ici.jour,
        instance=ou.ici.vu.conseil_pk,
        departement=ou.ici.vu.departement_code,
        volet=ou.ici.vu.volet,
        fil=fil,
        genre=structure,
        motif=raison,
        delai_jours=0,
    )
    # The groupe, not the file: the journal does not tie a need to a person either.
    journaliser("besoin_sans_reponse", cercle=ou.situation.cercle_id)
    return fil


@commande
def annuler_besoin(*, fil: UUID, structure: str, le: date, aujourd_hui: date) -> bool:
    """Take back a count made by mistake; False when the year is over or it was taken back already."""
    return compenser(
        "besoin_sans_reponse", fil=fil, le=le, aujourd_hui=aujourd_hui, genre=structure, delai_jours=0
    )
