"""Who uses a power of the mayor, and where: the mayor or a delegated member, in their own commune. Pure."""

from __future__ import annotations

from datetime import date

from maillage.droit.api import Obstacle, Releve, Verdict, valeur_datee
from maillage.maire.rules.rappel import Qualite

AUTORITES = "transaction.autorites"

OBSTACLES = (
    Obstacle(
        "autorite_incompetente",
        "Seul le maire, ou l’adjoint ou le conseiller qu’il a délégué pour cela, fait cet acte.",
        AUTORITES,
    ),
    Obstacle("hors_commune", "Les faits n’ont pas eu lieu dans la commune de l’élu.", AUTORITES),
)
_PRECISIONS = {
    Qualite.PRESIDENT_EPCI: "Le président d’une intercommunalité ne fait pas cet acte : le maire le garde.",
    Qualite.AUTRE: "Aucun arrêté de délégation en vigueur ne vous donne ce pouvoir dans cette commune.",
}


def juger_competence(*, le: date, qualite: Qualite, commune: str, commune_des_faits: str) -> Verdict:
    """Whether an act of the mayor may be done in that quality, for facts that took place there.

    ``commune``: that of the elected member; both are INSEE codes.
    """
    releve = Releve(OBSTACLES, le)
    if qualite.value not in valeur_datee(AUTORITES, le).mots:
        releve.noter("autorite_incompetente", _PRECISIONS.get(qualite, ""))
    if commune_des_faits != commune:
        releve.noter("hors_commune")
    return releve.verdict()
