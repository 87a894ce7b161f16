"""What every command does: find through the wall, ask the rule, guard the text, count the fact."""

from dataclasses import dataclass
from typing import Unpack
from uuid import UUID

from maillage.droit.api import Force, Motif, Verdict
from maillage.instances.api import LigneNominative
from maillage.situations import garde, gels
from maillage.situations.cercles import Ici, ici
from maillage.situations.models import Situation
from maillage.situations.selectors import une
from maillage.situations.states import EtatSituation
from maillage.socle.faits import Colonnes, noter
from maillage.socle.refus import Refus

SECRET = "Code de la sécurité intérieure, art. L. 132-5 ; Code pénal, art. 226-13 ; RGPD, art. 9"


@dataclass(frozen=True, slots=True)
class Ouverte:
    """A situation locked for a change, and the actor in its cercle."""

    situation: Situation
    ici: Ici


TERME_ATTEINT = Motif(
    "terme_atteint",
    "Ce suivi a pris fin à la limite d’âge : le dossier sera effacé, rien n’y est plus écrit.",
    "CNIL, délibération n° 2014-262, art. 5 (référence)",
    Force.LOI,
)


def situation_a_modifier(public_id: UUID) -> Ouverte:
    """Lock the situation through the wall. Raises ``Introuvable``, hidden and absent alike.

    An open follow-up ends on its term by itself: the retention run may be late, the end is not.
    """
    situation = une(Situation, public_id, verrou=True)
    acteur = ici(situation.cercle_id)
    finie = situation.expire_le is not None and situation.expire_le <= acteur.jour
    if finie and situation.etat == EtatSituation.OUVERTE:
        exiger(Verdict.refus([TERME_ATTEINT]), situation)
    exiger(gels.juger(situation), situation)
    return Ouverte(situation, acteur)


def exiger(verdict: Verdict, objet: UUID | LigneNominative, *, statut: int = 422) -> None:
    """Raise the refusal of a rule, with the pseudonym of what was asked for the journal."""
    if not verdict.ok:
        cle = objet.public_id if isinstance(objet, LigneNominative) else objet
        raise Refus(verdict, statut=statut, objet=cle)


def motifs_de_garde(texte: str) -> list[Motif]:
    """One reason a finding of the guard: its nature, the words, what to write instead."""
    return [
        Motif(
            code=f"garde_{signal.code}",
            texte=f"« {signal.extrait} » {garde.libelle(signal.code)}. {signal.conseil}",
            base_legale=SECRET,
            force=Force.LOI,
        )
        for signal in garde.examiner(texte)
    ]


def refuser_le_secret(texte: str, objet: UUID | LigneNominative) -> None:
    """The guard, on the server, whatever the browser did. Nothing of the text is kept nor journalled."""
    exiger(Verdict.selon(motifs_de_garde(texte)), objet)


def compter(evenement: str, ou: Ouverte, **colonnes: Unpack[Colonnes]) -> None:
    """Write the anonymous fact of an event of a situation."""
    situation, vu = ou.situation, ou.ici.vu
    valeurs = Colonnes(exposition=situation.exposition, tranche_age=situation.tranche_age)
    valeurs.update(colonnes)
    noter(
        evenement,
        le=ou.ici.jour,
        instance=vu.conseil_pk,
        departement=vu.departement_code,
        volet=vu.volet,
        fil=situation.fil,
        **valeurs,
    )


def noter_le_terme(situation: Situation, *, instance: int, departement: str) -> None:
    """Say, before it comes, in which year an open follow-up ends by itself at the age limit.

    Reports count that end once the year is over, unless the follow-up was closed before: so neither the
    day of the retention run nor a run that never came changes a figure. Only the year is kept, and the
    fact is erased with a file that was closed: it would say the year of birth for nothing.
    """
    if situation.expire_le is not None:
        noter(
            "terme",
            le=situation.expire_le.replace(month=12, day=1),
            instance=instance,
            departement=departement,
            volet=situation.volet,
            fil=situation.fil,
            exposition=situation.exposition,
            tranche_age=situation.tranche_age,
            genre=situation.genre_suivi,
            issue="limite_age",
        )
