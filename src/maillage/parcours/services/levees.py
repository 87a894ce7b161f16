"""Setting aside a reason that is not the law, with a written reason, for one object of one situation."""

from datetime import date
from uuid import UUID

from maillage.droit.api import Verdict
from maillage.parcours.models import Levee
from maillage.parcours.rules.levee import juger_levee
from maillage.situations.api import (
    Designation,
    creer_recit,
    exiger,
    refuser_le_secret,
    situation_a_modifier,
    situation_ouverte,
    visibles,
)
from maillage.socle.journal import journaliser
from maillage.socle.services import commande
from maillage.strategie.api import liste


def est_designe(situation: int, compte: int) -> bool:
    """Whether that account is the référent named for this file now, whatever its role in the groupe."""
    lignes = visibles(Designation).filter(situation=situation, referent=compte, jusqua__isnull=True)
    return lignes.exists()


@commande
def lever(
    *,
    situation: UUID,
    objet: UUID,
    regle: str,
    verdict: Verdict,
    code: str,
    raison: str,
    precision: str = "",
    empreinte: str = "",
    juge_pour: date | None = None,
    juge_avec: UUID | None = None,
) -> Levee:
    """Set aside the reason ``code``. ``verdict`` is what the rule ``regle`` answers now about ``objet``,
    asked again by the caller in the same transaction: a force is never read from a page. ``empreinte``: the
    print of what it was asked, outside of which the lifting does not hold.
    """
    ou = situation_a_modifier(situation)
    lue, acteur = ou.situation, ou.ici
    exiger(Verdict.selon(situation_ouverte(lue.etat)), lue)
    raisons = liste("motifs_levee", acteur.jour)
    jugee = juger_levee(
        verdict=verdict,
        code=code,
        role=acteur.vu.role,
        raison=raison,
        raisons=frozenset(item.code for item in raisons),
        precision=precision,
        precision_requise=raison in raisons and bool(raisons.item(raison).attributs["precision"]),
        deja=visibles(Levee)
        .filter(objet=objet, regle=regle, code=code, empreinte=empreinte, reprise_le__isnull=True)
        .exists(),
        designe=est_designe(lue.pk, acteur.compte),
    )
    exiger(jugee, objet)
    refuser_le_secret(precision, objet)
    force = next(motif.force for motif in verdict.motifs if motif.code == code)
    levee = creer_recit(
        Levee,
        identite=lue.identite_id,
        texte=precision,
        cercle_id=lue.cercle_id,
        situation=lue,
        objet=objet,
        regle=regle,
        code=code,
        force=force.value,
        raison=raison,
        par_id=acteur.compte,
        le=acteur.jour,
        empreinte=empreinte,
        juge_pour=juge_pour,
        juge_avec=juge_avec,
    )
    journaliser(
        "motif_leve",
        objet=lue.public_id,
        cercle=lue.cercle_id,
        details={"sur": str(objet), "regle": regle, "code": code, "raison": raison},
    )
    return levee
