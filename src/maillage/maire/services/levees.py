"""Set aside a reason that is not the law, for any object of a register of mayor's acts."""

from uuid import UUID

from maillage.droit.api import Verdict
from maillage.maire.lieux import Lieu, autorite
from maillage.maire.models import LeveeDuMaire, Pouvoir
from maillage.maire.rules.levee import juger_levee
from maillage.maire.selectors.levees import codes_leves
from maillage.situations.api import creer_recit, exiger, refuser_le_secret
from maillage.socle.journal import journaliser
from maillage.strategie.api import liste


def lever(
    ou: Lieu,
    *,
    objet: UUID,
    identite: int,
    regle: str,
    verdict: Verdict,
    code: str,
    pouvoir: Pouvoir,
    raison: str,
    precision: str = "",
) -> LeveeDuMaire:
    """Record that the reason ``code`` is set aside. Called by a command, in its transaction.

    ``verdict`` is what the rule ``regle`` answers now about ``objet``: a force is never read from a page.
    ``identite``: whom the object is about.
    """
    raisons = liste("motifs_levee_maire", ou.jour)
    jugee = juger_levee(
        verdict=verdict,
        code=code,
        qualite=autorite(ou, pouvoir).qualite,
        raison_connue=raison in raisons,
        precision=precision,
        precision_requise=raison in raisons and bool(raisons.item(raison).attributs["precision"]),
        deja=code in codes_leves(objet, regle),
    )
    exiger(jugee, objet)
    refuser_le_secret(precision, objet)
    force = next(motif.force for motif in verdict.motifs if motif.code == code)
    levee = creer_recit(
        LeveeDuMaire,
        identite=identite,
        texte=precision,
        cercle_id=ou.cercle,
        objet=objet,
        regle=regle,
        code=code,
        force=force.value,
        raison=raison,
        par_id=ou.compte.pk,
        le=ou.jour,
    )
    journaliser(
        "motif_leve",
        objet=objet,
        cercle=ou.cercle,
        details={"regle": regle, "code": code, "raison": raison},
    )
    return levee
