"""How long a personal record may live (GDPR, art. 5; CNIL, délibération 2014-262, art. 5). Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from maillage.droit.api import Verdict, anniversaire, echeance_mois, entier, valeur_ou_rien


class Volet(StrEnum):
    """The strand of a record; strands are never mixed."""

    JEUNE = "jeune"
    MAJEUR = "majeur"
    VICTIME = "victime"
    SIGNALEMENT = "signalement"


#: The parameter that gives the archive of each strand, in months.
_ARCHIVES = {
    Volet.JEUNE: "conservation.archive_mois",
    Volet.MAJEUR: "conservation.archive_mois",
    Volet.VICTIME: "conservation.victime_archive_mois",
    Volet.SIGNALEMENT: "conservation.signalement_mois",
}


def archive_par_defaut(volet: Volet, le: date) -> int:
    """Months of restricted archive after the follow-up, or of keeping a signalement not retained."""
    return entier(_ARCHIVES[volet], le)


def plafond(*, le: date, naissance: date) -> date | None:
    """The birthday no record of the youth strand outlives; None before the CNIL set one."""
    limite = valeur_ou_rien("conservation.jeune_age_plafond", le)
    return None if limite is None else anniversaire(naissance, limite.entier)


def conservation(
    *,
    le: date,
    volet: Volet,
    cloture: date | None,
    naissance: date | None = None,
    archive_mois: int | None = None,
) -> Verdict:
    """End of the active base, end of the restricted archive, and day of destruction. Never refuses.

    ``cloture`` is the end of the follow-up (None: still open), or the decision not to retain a signalement.
    ``fin_archive`` is the archive counted from it; ``destruction`` is that day, or the 25th birthday where it
    comes first in the youth strand, which also bounds an open file. ``naissance`` is required there.
    ``archive_mois`` is the controller's choice, else the parameter in force on ``le``.
    """
    if volet is Volet.JEUNE and naissance is None:
        raise ValueError("Le volet jeune demande la date de naissance.")
    mois = archive_par_defaut(volet, le) if archive_mois is None else archive_mois
    fin_archive = None if cloture is None else echeance_mois(cloture, mois)
    limite = plafond(le=le, naissance=naissance) if volet is Volet.JEUNE and naissance else None
    bornes = [jour for jour in (fin_archive, limite) if jour is not None]
    return Verdict.accord(
        {
            "fin_base_active": cloture,
            "fin_archive": fin_archive,
            "destruction": min(bornes, default=None),
        }
    )
