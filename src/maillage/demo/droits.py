"""The register of requests of Colomiers, told by the real services: one request at each stage."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from maillage.demo.territoire import Territoire, au_nom_de
from maillage.droits import api as droits
from maillage.instances import api as instances
from maillage.instances.api import Formation
from maillage.situations import api as situations
from maillage.situations.api import DonneesIdentite

CONSEIL, GROUPE = "colomiers", "jeunesse"
#: Right, days since the receipt, last step, what a rectification would set.
DEMANDES = (
    ("acces", 24, "repondue", "", ""),
    ("limitation", 16, "executee", "", ""),
    ("effacement", 37, "interrogee", "", ""),
    ("rectification", 3, "recue", "adresse", "12 rue des Lilas"),
)
#: Somebody whom no groupe follows.
INCONNU = DonneesIdentite(nom="Quillanet", prenom="Lise", sexe="F", naissance=date(2004, 6, 18))


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
    """Answered with its file, executed by the groupe, late, just received."""
    formation = ouvrir_les_droits(territoire, debut)
    cercle = formation.cercle
    assert cercle is not None  # a register always has one
    coordination = territoire.comptes["coordonnatrice"]
    with au_nom_de(coordination, fin):
        suivies = list(situations.a_revoir(territoire.groupes[GROUPE].cercle_id or 0, date.max))
        suivies.sort(key=lambda situation: situation.pk, reverse=True)
        personnes = [situations.lire_identite(s.identite_id).donnees for s in suivies[: len(DEMANDES) - 1]]
    personnes += [INCONNU] * (len(DEMANDES) - len(personnes))
    for personne, (droit, jours, etape, champ, valeur) in zip(personnes, DEMANDES, strict=True):
        _raconter(
            territoire, cercle.public_id, personne, droit, fin - timedelta(days=jours), etape, champ, valeur
        )


def _raconter(
    territoire: Territoire,
    registre: UUID,
    personne: DonneesIdentite,
    droit: str,
    le: datetime,
    etape: str,
    champ: str,
    valeur: str,
) -> None:
    dpo = territoire.comptes["dpo"]
    recue = droits.Recue(droit, "personne", "courrier", le.date(), champ, valeur)
    with au_nom_de(dpo, le):
        demande = droits.enregistrer(registre_=registre, personne=personne, demande=recue).public_id
    if etape == "recue":
        return
    with au_nom_de(dpo, le + timedelta(days=1)):
        droits.verifier_identite(
            demande=demande, version=1, verification="titre_vu", verifiee_le=le.date() + timedelta(days=1)
        )
        droits.interroger(demande=demande, formations=[territoire.groupes[GROUPE].public_id])
    if etape == "interrogee":
        return
    _repondre_ici(territoire, droit, le + timedelta(days=4))
    if etape == "repondue":
        with au_nom_de(dpo, le + timedelta(days=6)):
            droits.repondre(demande=demande, version=2, decision="accordee")


def _repondre_ici(territoire: Territoire, droit: str, le: datetime) -> None:
    """The coordination of the groupe recognises the person and does what is asked."""
    with au_nom_de(territoire.comptes["coordonnatrice"], le):
        vue = next(vue for vue in droits.questions_vues() if vue.question.droit == droit)
        question, ou = droits.une_question(vue.question.public_id)
        reconnue = droits.candidats(question, ou)[0].identite.public_id
        droits.repondre_a_la_question(
            question=question.public_id,
            version=1,
            identite=reconnue,
            constat="extrait" if droit == "acces" else "fait",
            limitation="" if droit == "acces" else "exactitude",
        )
