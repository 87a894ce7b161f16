"""What the groupe has recorded of a person that a rule of the schemes may ask, and nothing more.

In one written query: the page that judges every scheme asked five composed ones, dearer than the judging.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from maillage.instances.api import Conseil, mes_cercles
from maillage.parcours.rules.eligibilite import Profil
from maillage.parcours.rules.entree import Peine
from maillage.parcours.rules.pmsmp import Objet, Periode
from maillage.parcours.rules.tig import Nature
from maillage.parcours.selectors.enonces import CONSENTEMENT_AUTEUR, CONSENTEMENT_VICTIME
from maillage.situations.api import IdentiteVue, Situation
from maillage.socle.requetes import Requete

FIN_DE_MESURE = "fin_de_mesure"
OUTRE_MER = ("97", "98")


PMSMP: Final = "pmsmp"
_RIEN: Final[Mapping[str, Any]] = {"peine": None, "conditions": None, "fin": False, "pmsmp": None}

_REQUETE: Final = Requete(f"""
SELECT jsonb_build_object(
  'peine', (SELECT jsonb_build_array(p.heures, p.decision_le, p.faits_le, p.nature)
            FROM parcours_peineenoncee p WHERE p.situation_id = s.id AND p.cercle_id = s.cercle_id
            ORDER BY p.id DESC LIMIT 1),
  'conditions', (SELECT jsonb_agg(jsonb_build_array(e.code, e.oui, e.le) ORDER BY e.id)
                 FROM parcours_conditionenoncee e
                 WHERE e.situation_id = s.id AND e.cercle_id = s.cercle_id),
  'fin', EXISTS (SELECT FROM situations_designation d WHERE d.situation_id = s.id
                 AND d.cercle_id = s.cercle_id AND d.relais_le IS NOT NULL)
         OR EXISTS (SELECT FROM parcours_plandesortie p
                    WHERE p.situation_id = s.id AND p.cercle_id = s.cercle_id),
  'pmsmp', (SELECT jsonb_agg(jsonb_build_array(p.organisme_id, p.commencee_le,
                   coalesce(p.finie_le, p.fin_prevue, p.commencee_le), p.objet, p.renouvellement)
                   ORDER BY p.commencee_le, p.id)
            FROM situations_situation t
            JOIN parcours_participation p ON p.situation_id = t.id AND p.cercle_id = t.cercle_id
            JOIN parcours_orientation o ON o.id = p.orientation_id AND o.cercle_id = p.cercle_id
            WHERE t.identite_id = s.identite_id AND t.cercle_id = s.cercle_id
              AND o.dispositif_code = '{PMSMP}'
              AND p.organisme_id IS NOT NULL AND p.commencee_le IS NOT NULL)
)::text
FROM situations_situation s
WHERE s.id = %(situation)s::bigint AND s.cercle_id = ANY(%(cercles)s::bigint[])
""")


def profil_de(situation: Situation, identite: IdentiteVue, conseil: Conseil) -> Profil:
    """The profile of a followed person, in one query.

    The end of a judicial measure is dated by the hand-over of a designation of référent, or by the plan of
    the way out; the sentence and the conditions of restorative justice are those last stated.
    """
    lu = _lire(situation)
    derniers = {code: (oui, le) for code, oui, le in lu["conditions"] or ()}
    conditions = {code: date.fromisoformat(le) for code, (oui, le) in derniers.items() if oui}
    faits = {*conditions, FIN_DE_MESURE} if lu["fin"] else conditions
    return Profil(
        naissance=identite.donnees.naissance,
        outre_mer=conseil.departement_code.startswith(OUTRE_MER),
        faits=frozenset(faits),
        peine=_peine(lu["peine"]),
        consentement_auteur=conditions.get(CONSENTEMENT_AUTEUR),
        consentement_victime=conditions.get(CONSENTEMENT_VICTIME),
        periodes=_periodes(lu["pmsmp"]),
    )


def pmsmp_passees(situation: Situation) -> tuple[Periode, ...]:
    """The work experiences this person began in this cercle, in any file: the law counts them over a year.

    One under way counts to the end planned: its days are taken (C. trav., art. D. 5135-3).
    """
    return _periodes(_lire(situation)["pmsmp"])


def _lire(situation: Situation) -> Mapping[str, Any]:
    """Both belts apply: the cercles the actor reads, and the wall on each table."""
    ligne = _REQUETE.ligne(situation=situation.pk, cercles=mes_cercles())
    lu: Mapping[str, Any] = json.loads(ligne[0]) if ligne is not None else _RIEN
    return lu


def _peine(lue: list[Any] | None) -> Peine | None:
    if lue is None:
        return None
    heures, decision, faits, nature = lue
    return Peine(heures, date.fromisoformat(decision), date.fromisoformat(faits), Nature(nature))


def _periodes(lues: list[list[Any]] | None) -> tuple[Periode, ...]:
    return tuple(
        Periode(
            str(organisme),
            date.fromisoformat(du),
            date.fromisoformat(au),
            Objet(objet or Objet.DECOUVERTE),
            renouvellement,
        )
        for organisme, du, au, objet, renouvellement in lues or ()
    )
