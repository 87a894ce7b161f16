"""The holder's side of the gate: recognise the person in one's own cercle, do what is asked, answer."""

import json
from datetime import date
from uuid import UUID, uuid4

from maillage.droit.api import Verdict
from maillage.droits.dossiers import dossiers_tenus
from maillage.droits.extraits import composer
from maillage.droits.lieux import Lieu
from maillage.droits.models import AncienneValeur, Question, Reponse
from maillage.droits.rules import demandes as regles
from maillage.droits.scellement import fermer, recherche_de
from maillage.droits.selectors import Candidat, candidats, une_question
from maillage.droits.services.demandes import remettre
from maillage.droits.services.limitations import lever_tout, limiter, retenir
from maillage.maire.api import effacer_les_actes
from maillage.situations.api import (
    Situation,
    dossiers_de,
    effacer_a_la_demande,
    exiger,
    identite_avec,
    lire_identite,
    rectifier_identite,
    rectifier_une_donnee,
)
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande, modifier
from maillage.strategie.api import liste

GROUPE = "groupe"
#: What a person objects to stops at once, and is erased; the register weighs the exceptions before asking.
EFFACENT = frozenset({"effacement", "opposition"})


@commande
def repondre_a_la_question(
    *,
    question: UUID,
    version: int,
    identite: UUID | None,
    constat: str,
    motif: str = "",
    limitation: str = "",
) -> None:
    """Say what is held here about the person, and do what the request asks, in one transaction.

    ``identite``: whom the holder recognised, None for nobody. ``limitation``: which case of art. 18.
    """
    lue, ou = une_question(question, verrou=True)
    trouve = _reconnue(lue, ou, identite)
    refus = liste("refus_droits", ou.jour)
    verdict = regles.juger_constat(
        genre=ou.vu.genre,
        role=ou.vu.role,
        constat=constat if constat in liste("constats_droits", ou.jour) else "",
        droit=lue.droit,
        trouvee=trouve is not None,
        motif=motif,
        motif_connu=motif in refus,
        deja=bool(lue.constat),
    )
    exiger(verdict, lue)
    contenu = None
    if trouve is not None and constat == "extrait":
        contenu = json.dumps(composer(ou, trouve), ensure_ascii=False).encode()
        journaliser("droit_extrait", objet=trouve.identite.public_id, cercle=ou.cercle)
    elif trouve is not None and constat == "fait":
        _executer(lue, ou, trouve, limitation)
    elif trouve is not None and lue.droit in EFFACENT and motif == regles.REFUS_QUI_RETIENT:
        for dossier in dossiers_tenus(ou, trouve):
            retenir(dossier, ou)
    _rendre(lue, ou, constat, motif, contenu)
    modifier(
        Question.objects.filter(pk=lue.pk, cercle=ou.cercle),
        version=version,
        constat=constat,
        repondue_le=ou.jour,
        repondue_par=ou.compte.pk,
    )
    journaliser("droit_question_repondue", objet=question, cercle=ou.cercle, details={"constat": constat})


def _reconnue(lue: Question, ou: Lieu, identite: UUID | None) -> Candidat | None:
    if identite is None:
        return None
    choisi = next((c for c in candidats(lue, ou) if c.identite.public_id == identite), None)
    if choisi is None:
        raise Introuvable(identite)
    return choisi


def _rendre(lue: Question, ou: Lieu, constat: str, motif: str, contenu: bytes | None) -> None:
    ligne = uuid4()
    remettre(
        Reponse._meta.db_table,
        public_id=ligne,
        version=1,
        cercle_id=lue.cercle_origine_id,
        cercle_origine_id=ou.cercle,
        piste=lue.piste,
        constat=constat,
        motif=motif,
        le=ou.jour,
        contenu=fermer(Reponse, contenu, ligne=ligne) if contenu else None,
    )


def _executer(lue: Question, ou: Lieu, trouve: Candidat, limitation: str) -> None:
    """Do what is asked on every file of this cercle about the person."""
    identite = trouve.identite
    if lue.droit == "rectification":
        _rectifier(lue, ou, trouve)
    elif lue.droit in EFFACENT:
        for dossier in dossiers_tenus(ou, trouve):
            lever_tout(dossier, ou)
        if ou.vu.genre == GROUPE:
            effacer_a_la_demande(identite=identite.public_id, cercle=ou.cercle)
        else:
            effacer_les_actes(cercle=ou.cercle, identite=identite.cle, le=ou.jour)
    elif lue.droit == "limitation":
        if limitation not in liste("motifs_limitation", ou.jour):
            exiger(Verdict.refus([regles.LIMITATION_IMPOSSIBLE]), lue)
        for dossier in dossiers_tenus(ou, trouve):
            limiter(dossier, ou, limitation)


def _rectifier(lue: Question, ou: Lieu, trouve: Candidat) -> None:
    exacte = recherche_de(lue).valeur
    valeur: str | date = exacte
    if lue.champ == "naissance":
        jour = regles.lire_jour(exacte)
        assert jour is not None  # judged at the receipt
        valeur = jour
    if ou.vu.genre == GROUPE:
        ancienne = rectifier_une_donnee(
            identite=trouve.identite.public_id, cercle=ou.cercle, champ=lue.champ, valeur=valeur
        )
        for situation in dossiers_de(trouve.identite.cle)[0]:
            _garder_l_ancienne(situation, ou, trouve, lue.champ, ancienne)
        return
    lue_identite = lire_identite(trouve.identite.cle)
    rectifier_identite(
        identite=trouve.identite.cle,
        version=lue_identite.version,
        donnees=identite_avec(lue_identite.donnees, lue.champ, valeur),
    )
    journaliser(
        "identite_corrigee", objet=trouve.identite.public_id, cercle=ou.cercle, details={"champ": lue.champ}
    )


def _garder_l_ancienne(situation: Situation, ou: Lieu, trouve: Candidat, champ: str, ancienne: str) -> None:
    ligne = uuid4()
    AncienneValeur.objects.create(
        public_id=ligne,
        cercle_id=ou.cercle,
        situation=situation,
        le=ou.jour,
        par_id=ou.compte.pk,
        champ=champ,
        valeur=fermer(AncienneValeur, ancienne.encode(), ligne=ligne, objet=trouve.identite.public_id),
    )
