"""What the menu counts beside the files: only what waits for this very person, in one query, capped."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from maillage.situations.selectors import PLAFOND, Compte
from maillage.situations.states import A_EXAMINER, EtatSituation
from maillage.socle.contexte import acteur_courant
from maillage.socle.requetes import Requete


@dataclass(frozen=True, slots=True)
class Attendus:
    """Signalements the groupe has not decided on, follow-ups whose review has come."""

    a_examiner: Compte
    a_revoir: Compte


_REQUETE: Final = Requete(f"""
WITH lu AS (SELECT * FROM unnest(%(cercles)s::bigint[], %(jours)s::date[]) AS lu (cercle, jour))
SELECT
  (SELECT count(*) FROM (
     SELECT FROM situations_signalement g
     WHERE g.cercle_id = ANY(%(coordonnes)s::bigint[]) AND g.etat = ANY(%(a_examiner)s::text[])
     LIMIT {PLAFOND + 1}) a),
  (SELECT count(*) FROM (
     SELECT FROM lu JOIN situations_situation s ON s.cercle_id = lu.cercle AND s.revue_le <= lu.jour
     WHERE s.etat = '{EtatSituation.OUVERTE}'
       AND (s.cercle_id = ANY(%(coordonnes)s::bigint[])
            OR EXISTS (SELECT FROM situations_designation d WHERE d.situation_id = s.id
                       AND d.cercle_id = s.cercle_id AND d.referent_id = %(acteur)s::bigint
                       AND d.jusqua IS NULL))
     LIMIT {PLAFOND + 1}) r)
""")


def attendus(*, lus: Mapping[int, date], coordonnes: Collection[int]) -> Attendus:
    """For the coordinator, those of the groupes coordinated; for a référent, their own follow-ups.

    ``lus``: the cercles the actor reads now, each with today's date in its territory: a review is due
    when its day has come where the groupe meets. The wall of the database says it again.
    """
    if not lus:
        return Attendus(_plafonner(0), _plafonner(0))
    ((a_examiner, a_revoir),) = _REQUETE.lignes(
        cercles=list(lus),
        jours=list(lus.values()),
        coordonnes=[cercle for cercle in coordonnes if cercle in lus],
        a_examiner=[etat.value for etat in A_EXAMINER],
        acteur=acteur_courant(),
    )
    return Attendus(_plafonner(a_examiner), _plafonner(a_revoir))


def _plafonner(nombre: int) -> Compte:
    return Compte(min(nombre, PLAFOND), nombre > PLAFOND)
