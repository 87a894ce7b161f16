"""What the groupe has recorded of a person that a rule of the schemes may ask, and nothing more."""

from maillage.instances.api import Conseil
from maillage.parcours.models import Participation, PlanDeSortie
from maillage.parcours.rules.eligibilite import Profil
from maillage.parcours.rules.pmsmp import Objet, Periode
from maillage.parcours.selectors.enonces import CONSENTEMENT_AUTEUR, CONSENTEMENT_VICTIME, enonces_de
from maillage.situations.api import Designation, IdentiteVue, Situation, visibles

FIN_DE_MESURE = "fin_de_mesure"
OUTRE_MER = ("97", "98")


def profil_de(situation: Situation, identite: IdentiteVue, conseil: Conseil) -> Profil:
    """The profile of a followed person, in a fixed number of queries.

    The end of a judicial measure is dated by the hand-over of a designation of référent, or by the plan of
    the way out; the sentence and the conditions of restorative justice are those last stated.
    """
    enonces = enonces_de(situation)
    fin = frozenset({FIN_DE_MESURE}) if _fin_de_mesure_datee(situation) else frozenset()
    return Profil(
        naissance=identite.donnees.naissance,
        outre_mer=conseil.departement_code.startswith(OUTRE_MER),
        faits=enonces.faits | fin,
        peine=enonces.peine_jugee,
        consentement_auteur=enonces.consentement(CONSENTEMENT_AUTEUR),
        consentement_victime=enonces.consentement(CONSENTEMENT_VICTIME),
        periodes=pmsmp_passees(situation),
    )


def _fin_de_mesure_datee(situation: Situation) -> bool:
    siens = {"situation": situation.pk, "cercle": situation.cercle_id}
    relais = visibles(Designation).filter(**siens, relais_le__isnull=False)
    return relais.exists() or visibles(PlanDeSortie).filter(**siens).exists()


def pmsmp_passees(situation: Situation) -> tuple[Periode, ...]:
    """The work experiences this person began in this cercle, in any file: the law counts them over a year.

    One under way counts to the end planned: its days are taken (C. trav., art. D. 5135-3).
    """
    lues = visibles(Participation).filter(
        cercle=situation.cercle_id,
        situation__identite=situation.identite_id,
        orientation__dispositif_code="pmsmp",
        organisme__isnull=False,
        commencee_le__isnull=False,
    )
    return tuple(
        Periode(
            str(lue.organisme_id),
            lue.commencee_le,
            lue.finie_le or lue.fin_prevue or lue.commencee_le,
            Objet(lue.objet or Objet.DECOUVERTE),
            lue.renouvellement,
        )
        for lue in lues.order_by("commencee_le", "pk")
        if lue.commencee_le is not None
    )
