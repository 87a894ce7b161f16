"""How long a file of this room is kept. Pure: our default, the DPO decides."""

from datetime import date

from maillage.droit.api import anniversaire, echeance_mois, entier


def expire_le(*, dernier_acte: date, clos: bool, naissance: date | None = None, jeune: bool = False) -> date:
    """The day a file is erased, counted from the last act on it.

    ``clos``: nothing more is awaited; it then lives as long as a challenge is possible, no more. ``jeune``:
    a family council's file, never kept beyond the 25th birthday of the child.
    """
    code = "conservation.acte_maire_clos_mois" if clos else "conservation.acte_maire_ouvert_mois"
    terme = echeance_mois(dernier_acte, entier(code, dernier_acte))
    if jeune and naissance is not None:
        plafond = anniversaire(naissance, entier("conservation.jeune_age_plafond", dernier_acte))
        return max(min(terme, plafond), dernier_acte)
    return terme
