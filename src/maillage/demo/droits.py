"""The register of requests of Colomiers, told by the real services: one request at each stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from maillage.demo.territoire import Territoire, au_nom_de
from maillage.droits import api as droits
from maillage.instances import api as instances
from maillage.instances.api import Formation
from maillage.situations import api as situations
from maillage.situations.api import DonneesIdentite

CONSEIL, GROUPE = "colomiers", "jeunesse"
#: Somebody whom no groupe follows.
INCONNUE = DonneesIdentite(nom="Quillanet", prenom="Lise", sexe="F", naissance=date(2004, 6, 18))


@dataclass(frozen=True, slots=True)
class Recit:
    """A request: its right, when it came, what the groupe answers, what the DPO then decides."""

    droit: str
    jours: int
    verifiee: bool = True
    constat: str = ""
    decision: str = ""
    motif: str = ""
    limitation: str = ""
    champ: str = ""
    valeur: str = ""


#: The last one is about somebody unknown. A restriction in force, a file held back, a late request.
RECITS = (
    Recit("effacement", 45, constat="refus", decision="refusee", motif="actions_en_justice"),
    Recit(
        "rectification", 30, constat="fait", decision="accordee", champ="adresse", valeur="12 rue des Lilas"
    ),
    Recit("acces", 24, constat="extrait", decision="accordee"),
    Recit("limitation", 16, constat="fait", decision="accordee", limitation="exactitude"),
    Recit("acces", 37),
    Recit("opposition", 3, verifiee=False),
)


def ouvrir_les_droits(territoire: Territoire, instant: datetime) -> Formation:
    """Opened by the DPO; the mayor designates her and an agent of the town hall; both sign."""
    dpo, maire, agente = (territoire.comptes[code] for code in ("dpo", "maire", "secretaire"))
    conseil = territoire.conseils[CONSEIL].public_id
    with au_nom_de(dpo, instant):
        formation = instances.ouvrir_registre_des_droits(conseil=conseil, fixe_le=instant.date())
        siege = formation.sieges.get().public_id
    with au_nom_de(maire, instant):
        for compte in (dpo, agente):
            instances.habiliter(siege=siege, compte=compte.public_id)
    for compte in (dpo, agente):
        with au_nom_de(compte, instant + timedelta(days=1)):
            charte = formation.textes.get(genre="charte", etat="adopte")
            instances.signer_charte(texte=charte.public_id)
    return formation


def raconter_les_droits(territoire: Territoire, debut: datetime, fin: datetime) -> None:
    """Each request to its stage; the persons whose review is farthest, so that no other story changes."""
    formation = ouvrir_les_droits(territoire, debut)
    cercle = formation.cercle
    assert cercle is not None  # a register always has one
    with au_nom_de(territoire.comptes["coordonnatrice"], fin):
        groupe = territoire.groupes[GROUPE].cercle_id
        assert groupe is not None  # a nominative groupe
        suivies = list(situations.a_revoir(groupe, date.max))[: -len(RECITS) : -1]
        personnes = [situations.lire_identite(suivie.identite_id).donnees for suivie in suivies]
    personnes += [INCONNUE] * (len(RECITS) - len(personnes))
    for personne, recit in zip(personnes, RECITS, strict=True):
        _raconter(territoire, cercle.public_id, personne, recit, fin - timedelta(days=recit.jours))


def _raconter(
    territoire: Territoire, registre: UUID, personne: DonneesIdentite, recit: Recit, le: datetime
) -> None:
    dpo = territoire.comptes["dpo"]
    recue = droits.Recue(recit.droit, "personne", "courrier", le.date(), recit.champ, recit.valeur)
    with au_nom_de(dpo, le):
        demande = droits.enregistrer(registre_=registre, personne=personne, demande=recue).public_id
    if not recit.verifiee:
        return
    with au_nom_de(dpo, le + timedelta(days=1)):
        droits.verifier_identite(
            demande=demande, version=1, verification="titre_vu", verifiee_le=le.date() + timedelta(days=1)
        )
        droits.interroger(demande=demande, formations=[territoire.groupes[GROUPE].public_id])
    if not recit.constat:
        return
    _repondre_ici(territoire, recit, le + timedelta(days=4))
    with au_nom_de(dpo, le + timedelta(days=6)):
        droits.repondre(demande=demande, version=2, decision=recit.decision, motif=recit.motif)


def _repondre_ici(territoire: Territoire, recit: Recit, le: datetime) -> None:
    """The coordination of the groupe recognises the person, if it knows them, and does what is asked."""
    with au_nom_de(territoire.comptes["coordonnatrice"], le):
        attente = (vue.question for vue in droits.questions_vues() if not vue.question.constat)
        question, ou = droits.une_question(
            next(une.public_id for une in attente if une.droit == recit.droit and une.recue_le <= le.date())
        )
        connues = droits.candidats(question, ou)
        droits.repondre_a_la_question(
            question=question.public_id,
            version=1,
            identite=connues[0].identite.public_id if connues else None,
            constat=recit.constat if connues else "non_trouve",
            motif=recit.motif if connues else "",
            limitation=recit.limitation if connues else "",
        )
