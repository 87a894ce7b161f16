"""Settlements on screen: the list and its countdowns, one file with its steps, its papers; the protocols."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from maillage.documents.api import CONVENTIONS_VOIR, FORMATS, envoyer_fichier
from maillage.droit.api import Motif
from maillage.instances.api import lecteurs
from maillage.interface.navigation import Lien
from maillage.interface.typographie import accord
from maillage.maire import documents_transaction as papiers
from maillage.maire.etats_transaction import EtatTransaction
from maillage.maire.forms.transaction import Filtrer
from maillage.maire.lieux import lieux_des_actes
from maillage.maire.models import GenreActe, Pouvoir, Rectification, Transaction
from maillage.maire.perms import ACTES_LIRE, ACTES_PREPARER, ACTES_PRONONCER
from maillage.maire.protocoles import ProtocoleDeCommune, protocoles
from maillage.maire.selectors.levees import codes_leves, levees_de
from maillage.maire.selectors.transactions import Echeance, Lue, echeance, toutes, une
from maillage.maire.services.transactions_commun import REGLE
from maillage.maire.services.transactions_suite import obstacles
from maillage.situations.views.presentation import lecteurs_des_groupes, lus_par
from maillage.socle.journal import journaliser
from maillage.socle.permissions import Permission, Porteur, exige, juger
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste as liste_fermee

FORMES = {
    EtatTransaction.CONSTATEE: "",
    EtatTransaction.PROPOSEE: "encours",
    EtatTransaction.ACCEPTEE: "encours",
    EtatTransaction.HOMOLOGUEE: "encours",
    EtatTransaction.EXECUTEE: "fait",
    EtatTransaction.CLOSE: "fait",
    EtatTransaction.REFUSEE: "bientot",
    EtatTransaction.NON_HOMOLOGUEE: "bientot",
    EtatTransaction.NON_EXECUTEE: "bientot",
    EtatTransaction.ABANDONNEE: "bientot",
    EtatTransaction.TRANSMISE: "vide",
    EtatTransaction.RECTIFIEE: "vide",
}
#: What a protocol covers, in words.
COUVERTS = {
    Pouvoir.RAPPEL: "rappel à l’ordre",
    Pouvoir.TRANSACTION: "transaction",
    Pouvoir.SPORT: "équipements sportifs",
}
MOTS_DU_RAPPEL = {
    "signatures": "Il manque des signatures avant le",
    "preavis": "Dernier jour pour refuser le renouvellement :",
    "renouveler": "À renouveler avant le",
    "terme": "Prend fin le",
}


def ouvre(request: HttpRequest, permission: Permission) -> bool:
    """Whether a link to that page would be of use to this account."""
    return juger(cast(Porteur, request.user), permission).ok


def fil(lue: Lue, *suite: str) -> tuple[Lien, ...]:
    """From the list to the file, then to the page itself when it is deeper."""
    ici = reverse("transactions:transaction", args=[lue.ligne.public_id])
    return (
        Lien("Transactions", reverse("transactions:liste")),
        Lien(f"Transaction n° {lue.ligne.reference}", ici if suite else ""),
        *map(Lien, suite),
    )


def compte_a_rebours(due: Echeance) -> str:
    """« dans 12 jours », « aujourd’hui », « depuis 3 jours »; empty without a day."""
    if due.jours is None:
        return ""
    if due.jours == 0:
        return "aujourd’hui, dernier jour"
    mots = accord(abs(due.jours), "jour,jours")
    return f"dans {mots}" if due.jours > 0 else f"passé depuis {mots}"


@dataclass(frozen=True, slots=True)
class LigneVue:
    """A line of the list."""

    lue: Lue
    forme: str
    due: Echeance | None
    rebours: str
    contravention: str


def ligne_vue(lue: Lue) -> LigneVue:
    """A file as a list shows it."""
    due = echeance(lue)
    return LigneVue(
        lue, forme_de(lue, due), due, compte_a_rebours(due) if due else "", lue.contravention.libelle
    )


def forme_de(lue: Lue, due: Echeance | None) -> str:
    if due is not None and (due.passee or lue.silencieuse):
        return "retard"
    return FORMES[EtatTransaction(lue.ligne.etat)]


@exige(ACTES_LIRE)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """The settlements of the registers one reads, the latest first; journalled as a reading."""
    formulaire = Filtrer(request.GET if request.GET else None, initial={"etat": "vivantes"})
    lues = toutes(formulaire.filtres())
    if lues:
        journaliser(
            "lecture_liste",
            details={"liste": "transactions", "objets": [str(lue.ligne.public_id) for lue in lues]},
        )
    lieux = lieux_des_actes()
    contexte = {
        "formulaire": formulaire,
        "filtre": formulaire.is_bound,
        "lignes": [ligne_vue(lue) for lue in lues],
        "plusieurs": len(lieux) > 1,
        **lecteurs_des_groupes([ou.vu for ou in lieux]),
        "ouvrir": [ou for ou in lieux if ou.prepare] if ouvre(request, ACTES_PREPARER) else [],
    }
    return render(request, "maire/transactions.html", contexte)


@exige(ACTES_LIRE)
@require_GET
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = une(public_id)
    journaliser("lecture_acte", objet=public_id, cercle=lue.ou.cercle, details={"page": "transaction"})
    due = echeance(lue)
    execution = lue.execution
    leves = codes_leves(public_id, REGLE)
    opposes = [motif for motif in obstacles(lue).motifs if not _leve(motif, leves)]
    contexte = {
        "lue": lue,
        "ligne": lue.ligne,
        "forme": forme_de(lue, due),
        "due": due,
        "rebours": compte_a_rebours(due) if due else "",
        "opposes": [(motif, _url_de_levee(request, lue, motif)) for motif in opposes if not lue.close],
        "levees": [(levee, _raison(levee.raison)) for levee in levees_de(public_id, lue.identite.public_id)],
        "contravention": lue.contravention,
        "bien": liste_fermee("biens_communaux").item(lue.ligne.bien).libelle,
        "lieu": papiers.lieu_des_faits(lue),
        "service": liste_fermee("services_verbalisateurs").item(lue.ligne.origine).libelle,
        "estimation": papiers.euros(lue.ligne.estimation),
        "mesure": papiers.mesure(lue),
        "auteur": papiers.auteur(lue),
        "homologue": papiers.HOMOLOGUE[lue.proposition.nature] if lue.proposition else "",
        "issue": papiers.issue_de(lue),
        "etapes": _etapes(lue, due),
        "execution": execution,
        "faites": [
            (faite, papiers.quantite(faite.montant, faite.heures), papiers.encadrant(faite.encadrant))
            for faite in lue.executions
        ],
        "reste": _reste(lue),
        "papiers": [
            (code, mots, [(cle, f.libelle) for cle, f in FORMATS.items()])
            for code, (mots, composer) in papiers.PAPIERS.items()
            if composer(lue) is not None
        ],
        "remplace_par": _remplacante(lue),
        "actes": _actes(request, lue),
        "fil": fil(lue),
        **lus_par(lecteurs(lue.ou.cercle)),
    }
    return render(request, "maire/transaction.html", contexte)


def _leve(motif: Motif, leves: frozenset[str]) -> bool:
    return motif.levee_possible and motif.code in leves


def _url_de_levee(request: HttpRequest, lue: Lue, motif: Motif) -> str:
    if not motif.levee_possible or not ouvre(request, ACTES_PRONONCER):
        return ""
    return reverse("transactions:lever", args=[lue.ligne.public_id, motif.code])


def _raison(code: str) -> str:
    return liste_fermee("motifs_levee_maire").item(code).libelle


def _reste(lue: Lue) -> str:
    execution = lue.execution
    if execution is None or execution.entiere:
        return ""
    offre = lue.proposition
    en_euros = offre is not None and offre.montant is not None
    return papiers.quantite(execution.reste if en_euros else None, int(execution.reste))


def _etapes(lue: Lue, due: Echeance | None) -> list[tuple[date | None, str, str]]:
    """The steps done, the latest first, under what is awaited."""
    faites = [(le, texte, "") for le, texte in papiers.etapes(lue)]
    for faite in lue.executions:
        mots = papiers.quantite(faite.montant, faite.heures)
        faites.append(
            (faite.fait_le, f"Exécution : {mots}, {papiers.encadrant(faite.encadrant).lower()}", "")
        )
    faites.sort(key=lambda pas: pas[0], reverse=True)
    if due is not None and due.avant_le is not None and not due.passee:
        return [(due.avant_le, f"{due.quoi}, dernier jour", "avenir"), *faites]
    return list(faites)


def _remplacante(lue: Lue) -> Transaction | None:
    faite = Rectification.objects.filter(cercle=lue.ou.cercle, objet=lue.ligne.public_id).first()
    if faite is None or faite.par_objet is None:
        return None
    return Transaction.objects.filter(cercle=lue.ou.cercle, public_id=faite.par_objet).first()


def _actes(request: HttpRequest, lue: Lue) -> list[tuple[str, str, bool]]:
    """What may be done now: (address, words, whether it is the step forward)."""
    noms: list[tuple[str, str, bool]] = []
    if ouvre(request, ACTES_PREPARER) and lue.ou.prepare:
        noms += _a_noter(lue)
    if ouvre(request, ACTES_PRONONCER):
        match lue.ligne.etat:
            case EtatTransaction.CONSTATEE:
                noms.append(("proposer", "Proposer la transaction", True))
                noms.append(("abandonner", "Abandonner", False))
            case EtatTransaction.ACCEPTEE:
                noms.append(("abandonner", "Abandonner", False))
            case EtatTransaction.PROPOSEE if not lue.silencieuse:
                noms.append(("abandonner", "Abandonner", False))
    adresses = [
        (reverse(f"transactions:{nom}", args=[lue.ligne.public_id]), mot, avance) for nom, mot, avance in noms
    ]
    return sorted(adresses, key=lambda acte: acte[2])


_Acte = tuple[str, str, bool]
_TRANSMETTRE: _Acte = ("transmettre", "Transmettre au procureur", True)
_RECTIFIER: _Acte = ("corriger", "Rectifier", False)
#: What an agent of the register may note in each state, when the state alone says it.
_SIMPLES: Mapping[str, tuple[_Acte, ...]] = {
    EtatTransaction.EXECUTEE: (("rendre_compte", "Rendre compte au procureur", True),),
    EtatTransaction.REFUSEE: (_TRANSMETTRE,),
    EtatTransaction.NON_HOMOLOGUEE: (_TRANSMETTRE,),
    EtatTransaction.NON_EXECUTEE: (_TRANSMETTRE,),
    EtatTransaction.ABANDONNEE: (_TRANSMETTRE,),
}


def _a_noter(lue: Lue) -> list[_Acte]:
    match lue.ligne.etat:
        case EtatTransaction.CONSTATEE:
            return [_RECTIFIER, *_avis_a_noter(lue)]
        case EtatTransaction.PROPOSEE if lue.silencieuse:
            return [_RECTIFIER, ("repondre", "Noter une réponse reçue à temps", False), _TRANSMETTRE]
        case EtatTransaction.PROPOSEE:
            return [_RECTIFIER, ("repondre", "Noter la réponse", True)]
        case EtatTransaction.ACCEPTEE if lue.acte(GenreActe.DEMANDE_HOMOLOGATION) is None:
            return [_RECTIFIER, ("envoyer", "Noter l’envoi pour homologation", True)]
        case EtatTransaction.ACCEPTEE:
            return [_RECTIFIER, ("homologuer", "Noter la décision de justice", True)]
        case EtatTransaction.HOMOLOGUEE:
            executer: _Acte = ("executer", "Noter une exécution", not lue.hors_delai)
            return [executer, ("inexecution", "Constater l’inexécution", True)][: 1 + lue.hors_delai]
    return list(_SIMPLES.get(lue.ligne.etat, ()))


def _avis_a_noter(lue: Lue) -> list[_Acte]:
    protocole = lue.protocole
    if protocole is None or not protocole.consultation_prealable or lue.avis.favorable is not None:
        return []
    if lue.avis.demande_le is None:
        return [("consulter", "Noter la consultation du parquet", True)]
    return [("avis", "Noter l’avis du parquet", True)]


@exige(ACTES_LIRE)
@require_GET
def telecharger(request: HttpRequest, public_id: UUID, papier: str, fichier: str) -> HttpResponse:
    """A paper of the file, journalled; its name holds the number of the register only."""
    lue = une(public_id)
    if papier not in papiers.PAPIERS:
        raise Introuvable(public_id)
    document = papiers.PAPIERS[papier][1](lue)
    if document is None:
        raise Introuvable(public_id)
    reponse = envoyer_fichier(document, fichier, f"transaction-{lue.ligne.reference}-{papier}")
    journaliser(
        "acte_exporte",
        objet=public_id,
        cercle=lue.ou.cercle,
        details={"papier": papier, "format": fichier},
    )
    return reponse


@dataclass(frozen=True, slots=True)
class ProtocoleVu:
    """A protocol of the page: what it covers, its term, what is to be done before it."""

    lu: ProtocoleDeCommune
    couvre: str
    consultation: str
    rappels: tuple[tuple[str, date], ...]
    url: str


@exige(ACTES_LIRE)
@require_GET
def liste_des_protocoles(request: HttpRequest) -> HttpResponse:
    """By commune: the protocols with the parquet, the one in force, its term and its reminders."""
    conventions = ouvre(request, CONVENTIONS_VOIR)
    communes = [
        (ou.vu.formation, [_protocole_vu(lu, conventions) for lu in protocoles(ou, ou.jour)])
        for ou in lieux_des_actes()
        if ou.commune
    ]
    return render(
        request,
        "maire/protocoles.html",
        {"communes": communes, "conventions": conventions},
    )


def _protocole_vu(lu: ProtocoleDeCommune, conventions: bool) -> ProtocoleVu:
    protocole = lu.protocole
    couvre = ", ".join(COUVERTS[p] for p in COUVERTS if p in protocole.pouvoirs)
    if protocole.consultation_prealable:
        silence = "le silence vaut accord" if protocole.silence == "accord" else "la réponse est attendue"
        consultation = f"Oui, réponse sous {accord(protocole.delai_jours, 'jour,jours')} ; ensuite {silence}"
    else:
        consultation = "Non"
    return ProtocoleVu(
        lu,
        couvre[:1].upper() + couvre[1:] or "Rien",
        consultation,
        tuple((MOTS_DU_RAPPEL[rappel.genre], rappel.avant_le) for rappel in lu.convention.rappels),
        reverse("documents:convention", args=[protocole.reference]) if conventions else "",
    )
