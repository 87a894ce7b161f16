"""When each record is erased, said on screen from the first second (RGPD, art. 5; CNIL 2014-262, art. 5)."""

from dataclasses import dataclass
from datetime import date

from maillage.droit.api import echeance_mois, entier
from maillage.situations.rules.ages import naissance_prudente
from maillage.socle.rules import Volet, conservation, plafond


@dataclass(frozen=True, slots=True)
class Echeances:
    """``fin_archive``: end of the restricted archive; ``destruction``: erased that day, None if unknown."""

    fin_archive: date | None
    destruction: date | None


def expiration_signalement(
    *, recu_le: date, seance_le: date | None = None, decide_le: date | None = None
) -> date:
    """The day a signalement is erased unless the groupe opens a situation.

    One delay after its reception, or after the séance it waits for, so that the groupe can examine it;
    one delay after the decision once it is not retained.
    """
    mois = entier("conservation.signalement_mois", recu_le)
    depart = decide_le or max(recu_le, seance_le or recu_le)
    return echeance_mois(depart, mois)


def naissance_de_reference(naissance: date | None, tranche: str, le: date) -> date:
    """The birth date the cap is counted from: the known one, else the earliest of the band."""
    return naissance if naissance is not None else naissance_prudente(tranche, le)


def echeances_situation(
    *, volet: str, le: date, naissance: date, cloture: date | None, archive_mois: int | None = None
) -> Echeances:
    """Dates of a situation of the strand. ``naissance`` is the one of reference."""
    verdict = conservation(
        le=le, volet=Volet(volet), cloture=cloture, naissance=naissance, archive_mois=archive_mois
    )
    return Echeances(verdict.echeances["fin_archive"], verdict.echeances["destruction"])


def prochaine_revue(*, le: date, destruction: date | None) -> date:
    """The next review: a follow-up always has an end in sight (fiche 1), never after the day of erasure."""
    revue = echeance_mois(le, entier("situation.revue_mois", le))
    return min(revue, destruction) if destruction else revue


def hors_age(*, volet: str, naissance: date | None, le: date) -> bool:
    """Past the cap of the youth strand: nothing may be recorded there any more."""
    if volet != "jeune" or naissance is None:
        return False
    limite = plafond(le=le, naissance=naissance)
    return limite is not None and le >= limite
