"""What waits for the référent in the paths: an answer to ask, a reception to recall, an end to decide on."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from maillage.droit.api import entier
from maillage.instances.api import CercleVu
from maillage.parcours.rules.orientation import rappel_le
from maillage.parcours.states import FINIES, EtatOrientation, EtatParticipation
from maillage.situations.api import Brute, EtatSituation
from maillage.socle.contexte import acteur_courant
from maillage.socle.requetes import Requete

LIMITE = 50
#: A proposal without an answer is asked again after this delay.
JOURS_POUR_REPONDRE = 14

_LUES: Final = "SELECT '{genre}', o.public_id, o.cercle_id, s.identite_id, {le}"
#: Only the files the actor follows as référent.
_SUIVIE: Final = f"""
  JOIN situations_situation s ON s.id = o.situation_id AND s.cercle_id = o.cercle_id
    AND s.etat = '{EtatSituation.OUVERTE}'
  WHERE o.cercle_id = ANY(%(cercles)s::bigint[]) AND EXISTS (
    SELECT FROM situations_designation d WHERE d.situation_id = s.id AND d.cercle_id = s.cercle_id
      AND d.referent_id = %(acteur)s::bigint AND d.jusqua IS NULL)"""
_ORIENTATIONS: Final = f" FROM parcours_orientation o {_SUIVIE}"
_PARTICIPATIONS: Final = f""" FROM parcours_participation p
  JOIN parcours_orientation o ON o.id = p.orientation_id AND o.cercle_id = p.cercle_id {_SUIVIE}"""
_PARTIES: Final = (
    f"""{_LUES.format(genre="reponse", le="o.proposee_le")} {_ORIENTATIONS}
    AND o.etat = '{EtatOrientation.PROPOSEE}' ORDER BY o.proposee_le, o.id""",
    f"""{_LUES.format(genre="accuse", le="p.accuse_avant")} {_PARTICIPATIONS}
    AND p.etat = '{EtatParticipation.TRANSMISE}' AND p.suspendue_le IS NULL
    AND p.accuse_avant <= %(a_rappeler)s::date
    ORDER BY p.accuse_avant, p.id""",
    f"""{_LUES.format(genre="suite", le="coalesce(p.finie_le, %(jour)s::date)")} {_PARTICIPATIONS}
    AND p.etat = ANY(%(finies)s::text[]) AND o.etat = '{EtatOrientation.TRANSMISE}'
    ORDER BY p.finie_le, p.id""",
    f"""{_LUES.format(genre="fin_mesure", le="p.fin_prevue")} {_PARTICIPATIONS}
    AND p.etat = '{EtatParticipation.COMMENCEE}' AND p.heures_prevues IS NOT NULL
    AND p.reunion_le IS NULL AND p.fin_prevue <= %(a_preparer)s::date
    ORDER BY p.fin_prevue, p.id""",
)
_REQUETE: Final = Requete("\nUNION ALL\n".join(f"({partie} LIMIT {LIMITE})" for partie in _PARTIES))


def echeances(cercles: Mapping[int, CercleVu], jour: date, horizon: date) -> Iterable[Brute]:
    """The four kinds in one written query; the dates decide the order, nothing else."""
    rappel = timedelta(days=entier("parcours.rappel_jours", jour))
    bilan = timedelta(days=entier("parcours.bilan_mesure_jours", jour))
    lues = _REQUETE.lignes(
        acteur=acteur_courant(),
        cercles=list(cercles),
        jour=jour,
        a_rappeler=horizon + rappel,
        a_preparer=horizon + bilan,
        finies=[etat.value for etat in FINIES],
    )
    for genre, objet, cercle, identite, le in lues:
        du, detail = le, ""
        if genre == "reponse":
            du = le + timedelta(days=JOURS_POUR_REPONDRE)
            if du > horizon:
                continue
        elif genre == "accuse":
            retard = le < jour
            du, detail = (le, "retard") if retard else (rappel_le(le), le.isoformat())
        elif genre == "fin_mesure":
            du = le - bilan
        yield Brute(f"parcours_{genre}", objet, cercle, identite, du, detail)
