"""What a person obtains on their file: a datum corrected, the file erased (RGPD, art. 16, 17 and 21).

Called by whoever holds the file, in its own cercle, for a request the register of rights put to it.
"""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from uuid import UUID

from maillage.droit.api import Verdict
from maillage.situations import gels, identites
from maillage.situations.cercles import Ici, ici
from maillage.situations.identites import DonneesIdentite
from maillage.situations.models import Signalement, Situation
from maillage.situations.rules import conservation
from maillage.situations.rules import suivi as regles
from maillage.situations.selectors import visibles
from maillage.situations.services.commun import Ouverte, compter, exiger, noter_le_terme
from maillage.situations.services.referents import finir_designation
from maillage.situations.states import EtatSituation
from maillage.socle.journal import journaliser
from maillage.socle.services import commande, modifier

ISSUE_EFFACEMENT = "effacement_demande"
CHAMPS = frozenset(champ.name for champ in fields(DonneesIdentite)) - {"naissance_estimee"}


def dossiers_de(identite: int) -> tuple[list[Situation], list[Signalement]]:
    """Everything the groupe holds about this person, open or not, as the actor may read it."""
    return (
        list(visibles(Situation).filter(identite=identite).order_by("pk")),
        list(visibles(Signalement).filter(identite=identite).order_by("pk")),
    )


def _exiger_d_ecrire(acteur: Ici, objet: UUID, situations: Iterable[Situation]) -> None:
    exiger(Verdict.selon(regles.role_qui_ecrit(acteur.membre.role)), objet)
    for situation in situations:
        exiger(gels.juger(situation), situation)


@commande
def rectifier_une_donnee(*, identite: UUID, cercle: int, champ: str, valeur: str | date) -> str:
    """Set one datum of an identity, whatever the state of its files; returns what stood there before.

    The end of each file follows a corrected birth date: a wrong one never lengthens a conservation.
    """
    acteur = ici(cercle)
    cle = _identite(cercle, identite)
    situations, _ = dossiers_de(cle)
    _exiger_d_ecrire(acteur, identite, situations)
    if champ not in CHAMPS:
        raise LookupError(champ)
    lue = identites.lire(cle)
    ancienne = getattr(lue.donnees, champ)
    donnees = identites.avec(lue.donnees, champ, valeur)
    identites.corriger(identite=cle, version=lue.version, donnees=donnees)
    if champ == "naissance":
        for situation in situations:
            _recompter(situation, donnees.naissance, acteur)
    journaliser("identite_corrigee", objet=identite, cercle=cercle, details={"champ": champ})
    return str(ancienne or "")


def _recompter(situation: Situation, naissance: date | None, acteur: Ici) -> None:
    reference = conservation.naissance_de_reference(naissance, situation.tranche_age, situation.ouverte_le)
    destruction = conservation.echeances_situation(
        volet=situation.volet, le=acteur.jour, naissance=reference, cloture=situation.close_le
    ).destruction
    if destruction is None or destruction == situation.expire_le:
        return
    modifier(
        Situation.objects.filter(pk=situation.pk),
        version=situation.version,
        expire_le=destruction,
        revue_le=min(situation.revue_le, destruction),
    )
    situation.expire_le = destruction
    if situation.etat == EtatSituation.OUVERTE:
        noter_le_terme(situation, instance=acteur.vu.conseil_pk, departement=acteur.vu.departement_code)


@commande
def effacer_a_la_demande(*, identite: UUID, cercle: int) -> int:
    """Bring every file about this person to its term today; the next retention run erases and certifies.

    Nothing is erased by the web role, ever. An open follow-up ends first, so that the figures of the year
    tell one ended for that reason. Returns how many files.
    """
    acteur = ici(cercle)
    cle = _identite(cercle, identite)
    situations, signalements = dossiers_de(cle)
    _exiger_d_ecrire(acteur, identite, situations)
    for situation in situations:
        _finir(situation, acteur, identites.lire(cle).donnees.sexe)
    for signalement in signalements:
        modifier(
            Signalement.objects.filter(pk=signalement.pk),
            version=signalement.version,
            expire_le=max(acteur.jour, signalement.recu_le),
        )
    journaliser(
        "effacement_demande",
        objet=identite,
        cercle=cercle,
        details={"situations": len(situations), "signalements": len(signalements)},
    )
    return len(situations) + len(signalements)


def _finir(situation: Situation, acteur: Ici, sexe: str) -> None:
    ou = Ouverte(situation, acteur)
    if situation.etat == EtatSituation.OUVERTE:
        finir_designation(ou, motif="cloture", le=acteur.jour)
        compter(
            "cloture",
            ou,
            genre=situation.genre_suivi,
            issue=ISSUE_EFFACEMENT,
            sexe=sexe,
            delai_jours=(acteur.jour - situation.ouverte_le).days,
        )
        modifier(
            Situation.objects.filter(pk=situation.pk),
            version=situation.version,
            etat=EtatSituation.CLOSE.value,
            close_le=acteur.jour,
            issue=ISSUE_EFFACEMENT,
            expire_le=acteur.jour,
        )
        return
    modifier(Situation.objects.filter(pk=situation.pk), version=situation.version, expire_le=acteur.jour)


def _identite(cercle: int, identite: UUID) -> int:
    return identites.cle_dans(cercle, identite)
