"""Record what a judicial member, or who prepares a restorative measure, states: never how, never why."""

from datetime import date
from uuid import UUID

from maillage.droit.api import Verdict
from maillage.parcours.models import ConditionEnoncee, PeineEnoncee
from maillage.parcours.rules.enonces import Enonciateur, juger_condition, juger_peine
from maillage.parcours.rules.entree import Peine
from maillage.parcours.rules.tig import Nature
from maillage.parcours.selectors.enonces import RESTAURATIVE, TIG, enonces_de, sait
from maillage.parcours.services.suspensions import suspendre_selon_les_enonces
from maillage.situations.api import Ouverte, exiger, lire_identite, situation_a_modifier, situation_ouverte
from maillage.situations.rules.suivi import role_qui_ecrit
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande
from maillage.strategie.api import liste

CONDITIONS = "conditions_restauratives"


def _ouvrir(situation: UUID, dispositif: str) -> Ouverte:
    """The open situation, for who writes there and may know the scheme. Raises ``Introuvable`` else."""
    ou = situation_a_modifier(situation)
    if not sait(dispositif, ou.situation, ou.ici):
        raise Introuvable(situation)
    fautes = [*situation_ouverte(ou.situation.etat), *role_qui_ecrit(ou.ici.membre.role)]
    exiger(Verdict.selon(fautes), ou.situation)
    return ou


def _enonciateur(ou: Ouverte) -> Enonciateur:
    ici = ou.ici
    return Enonciateur(ici.membre.judiciaire and ici.judiciaire_siege, ou.situation.volet, ici.jour)


@commande
def enoncer_peine(
    *, situation: UUID, heures: int, decision: date, faits: date, nature: str = Nature.DELIT.value
) -> PeineEnoncee:
    """A judicial member states a community work; a later statement corrects it."""
    ou = _ouvrir(situation, TIG)
    lue = ou.situation
    peine = Peine(heures, decision, faits, Nature(nature))
    naissance = lire_identite(lue.identite_id).donnees.naissance
    exiger(juger_peine(qui=_enonciateur(ou), peine=peine, naissance=naissance), lue)
    enoncee = PeineEnoncee.objects.create(
        cercle_id=lue.cercle_id,
        situation=lue,
        par_id=ou.ici.compte,
        enonce_le=ou.ici.jour,
        heures=heures,
        nature=peine.nature.value,
        decision_le=decision,
        faits_le=faits,
    )
    journaliser("peine_enoncee", objet=situation, cercle=lue.cercle_id)
    return enoncee


@commande
def enoncer_condition(*, situation: UUID, code: str, oui: bool, le: date) -> ConditionEnoncee:
    """State that a condition of restorative justice holds, or holds no more: a consent is taken back so."""
    ou = _ouvrir(situation, RESTAURATIVE)
    lue, conditions = ou.situation, liste(CONDITIONS)
    derniere = enonces_de(lue).conditions.get(code)
    verdict = juger_condition(
        qui=_enonciateur(ou),
        code=code,
        codes=[item.code for item in conditions],
        judiciaire=code in conditions and bool(conditions.item(code).attributs["judiciaire"]),
        le=le,
        depuis=derniere.le if derniere is not None else None,
        inchangee=derniere is not None and derniere.oui == oui,
    )
    exiger(verdict, lue)
    enoncee = ConditionEnoncee.objects.create(
        cercle_id=lue.cercle_id,
        situation=lue,
        par_id=ou.ici.compte,
        enonce_le=ou.ici.jour,
        code=code,
        oui=oui,
        le=le,
    )
    if not oui:
        suspendre_selon_les_enonces(lue, ou.ici)
    journaliser("condition_enoncee", objet=situation, cercle=lue.cercle_id, details={"code": code})
    return enoncee
