"""The duty of training from 16 to 18, by date (Code de l’éducation, art. L. 114-1; fiche 7). Pure.

It begins on the 16th birthday, for those who reach or passed it once the law is in force, and ends on the
eve of the 18th. Its two ages are dated parameters; before the first day of the law there is no duty.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from maillage.droit.api import Obstacle, Releve, Verdict, anniversaire, jour_en_lettres, valeur_ou_rien

_CODE: Final = "obligation_formation"


class Occupation(StrEnum):
    """What the competent members said the young person does; ``INCONNUE`` when nobody said."""

    SCOLARITE = "scolarite"
    FORMATION = "formation"
    EMPLOI = "emploi"
    SERVICE_CIVIQUE = "service_civique"
    ACCOMPAGNEMENT = "accompagnement"
    AUCUNE = "aucune"
    INCONNUE = "inconnue"


OBSTACLES = (
    Obstacle(
        "sans_formation",
        "La personne doit être en formation, en emploi, en service civique ou accompagnée, et ne l’est pas.",
        f"{_CODE}.age_minimum",
    ),
    Obstacle(
        "occupation_inconnue",
        "Nul n’a dit si la personne est en formation, en emploi ou accompagnée.",
        f"{_CODE}.age_minimum",
    ),
)


def periode_16_18(naissance: date, le: date) -> tuple[date, date] | None:
    """First and last day of the duty by the law of ``le``; None where no law is in force or it had no day."""
    debut_ans = valeur_ou_rien(f"{_CODE}.age_minimum", le)
    fin_ans = valeur_ou_rien(f"{_CODE}.age_fin", le)
    if debut_ans is None or fin_ans is None:
        return None
    debut = anniversaire(naissance, debut_ans.entier)
    if debut_ans.depuis is not None:
        debut = max(debut, debut_ans.depuis)
    dernier = anniversaire(naissance, fin_ans.entier) - timedelta(days=1)
    return (debut, dernier) if debut <= dernier else None


def formation_16_18(*, le: date, naissance: date, occupation: Occupation = Occupation.INCONNUE) -> Verdict:
    """Whether the duty is met that day: yes outside its days, yes with an occupation, no otherwise."""
    periode = periode_16_18(naissance, le)
    if periode is None:
        return Verdict.accord()
    debut, dernier = periode
    echeances: dict[str, date | None] = {"premier_jour": debut, "dernier_jour": dernier}
    if not debut <= le <= dernier:
        return Verdict.accord(echeances)
    releve = Releve(OBSTACLES, le)
    fin = jour_en_lettres(dernier)
    if occupation is Occupation.AUCUNE:
        releve.noter(
            "sans_formation", f"Obligation de formation jusqu’au {fin} : aucune solution n’est dite."
        )
    elif occupation is Occupation.INCONNUE:
        releve.noter(
            "occupation_inconnue", f"Obligation de formation jusqu’au {fin} : la solution n’est pas dite."
        )
    return releve.verdict(echeances)
