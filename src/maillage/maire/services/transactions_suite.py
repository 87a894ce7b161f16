"""A settlement after the answer: approval, execution, report, transmission; and what stops or corrects it."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from maillage.droit.api import Verdict
from maillage.maire.etats_transaction import FINALES, EtatTransaction
from maillage.maire.models import (
    ExecutionDeTransaction,
    GenreActe,
    LeveeDuMaire,
    Pouvoir,
    Registre,
    Transaction,
)
from maillage.maire.rules import suivi_transaction as suivi
from maillage.maire.rules import transaction as droit
from maillage.maire.selectors.transactions import Lue, champ_de, juger, une
from maillage.maire.services.levees import lever as lever_ici
from maillage.maire.services.registres import rectifier
from maillage.maire.services.transactions import Constat, constater_ici
from maillage.maire.services.transactions_commun import (
    REGLE,
    a_preparer,
    acter,
    compter,
    compter_execution,
    exiger_autorite,
    exiger_restant,
    passer,
)
from maillage.situations.api import DonneesIdentite, exiger
from maillage.socle.faits import reprendre
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande
from maillage.strategie.api import liste


@commande
def envoyer_a_l_homologation(*, dossier: UUID, version: int, fait_le: date, action_publique: bool) -> None:
    """Note the day the accepted proposal was sent to the procureur with its PV (CPP, art. R. 15-33-63)."""
    lue = a_preparer(dossier)
    exiger(suivi.exiger_etat(lue.ligne.etat, EtatTransaction.ACCEPTEE, lue.ou.jour), dossier)
    accord = lue.acte(GenreActe.ACCEPTATION)
    assert accord is not None  # the state says so
    if lue.acte(GenreActe.DEMANDE_HOMOLOGATION) is not None:
        exiger(Verdict.refus([suivi.DEJA_NOTE]), dossier)
    exiger(suivi.juger_date(le=lue.ou.jour, fait_le=fait_le, depuis=accord.fait_le), dossier)
    exiger_restant(lue, juger(lue, acceptation=None, le=accord.fait_le, action_publique=action_publique))
    acter(lue, GenreActe.DEMANDE_HOMOLOGATION, fait_le=fait_le)
    passer(lue, None, version=version)


@commande
def noter_homologation(
    *,
    dossier: UUID,
    version: int,
    accordee: bool,
    autorite: droit.Autorite,
    fait_le: date,
    action_publique: bool,
) -> None:
    """Note the decision of justice, by the authority of its nature. Refused, the file goes to the procureur.

    The protocol is asked again today: one that has expired since the proposal opposes, and the rule says so.
    """
    lue = a_preparer(dossier)
    vers = EtatTransaction.HOMOLOGUEE if accordee else EtatTransaction.NON_HOMOLOGUEE
    exiger(suivi.juger_passage(lue.ligne.etat, vers, lue.ou.jour), dossier)
    envoi = lue.acte(GenreActe.DEMANDE_HOMOLOGATION)
    if envoi is None:
        exiger(Verdict.refus([suivi.A_ENVOYER]), dossier)
        return
    exiger(suivi.juger_date(le=lue.ou.jour, fait_le=fait_le, depuis=envoi.fait_le), dossier)
    decision = droit.Homologation(autorite, fait_le)
    if accordee:
        exiger_restant(
            lue, juger(lue, acceptation=True, homologation=decision, action_publique=action_publique)
        )
    genre = GenreActe.HOMOLOGATION if accordee else GenreActe.REFUS_HOMOLOGATION
    acter(lue, genre, fait_le=fait_le, autorite=autorite.value)
    passer(lue, vers, version=version, issue=None if accordee else "non_homologuee")
    compter(lue, "homologuee" if accordee else "non_homologuee", delai=(envoi.fait_le, fait_le))


@commande
def noter_execution(*, dossier: UUID, version: int, quantite: Decimal, fait_le: date, encadrant: str) -> bool:
    """Note a payment or hours attested by an agent's function. Returns whether all is now executed."""
    lue = a_preparer(dossier)
    exiger(suivi.exiger_etat(lue.ligne.etat, EtatTransaction.HOMOLOGUEE, lue.ou.jour), dossier)
    execution, homologuee = lue.execution, lue.acte(GenreActe.HOMOLOGATION)
    assert execution is not None  # the state says so
    assert homologuee is not None
    en_euros = execution.nature is droit.Nature.REPARATION
    fonctions = liste("encadrants_transaction", lue.ou.jour).choix(nature=execution.nature.value)
    if encadrant not in dict(fonctions) or (not en_euros and quantite != quantite.to_integral_value()):
        raise Introuvable(encadrant)
    verdict = suivi.juger_execution(
        le=lue.ou.jour,
        execution=execution,
        quantite=quantite,
        fait_le=fait_le,
        homologuee_le=homologuee.fait_le,
    )
    exiger(verdict, dossier)
    ExecutionDeTransaction.objects.create(
        cercle_id=lue.ou.cercle,
        dossier=lue.ligne,
        le=lue.ou.jour,
        par_id=lue.ou.compte.pk,
        fait_le=fait_le,
        montant=quantite if en_euros else None,
        heures=None if en_euros else int(quantite),
        encadrant=encadrant,
    )
    journaliser("transaction_execution", objet=dossier, cercle=lue.ou.cercle)
    compter_execution(
        lue, centimes=int(quantite * 100) if en_euros else 0, heures=0 if en_euros else int(quantite)
    )
    entiere = quantite == execution.reste
    vers = EtatTransaction.EXECUTEE if entiere else None
    passer(lue, vers, version=version, issue="executee" if entiere else None)
    if entiere:
        compter(lue, "executee", delai=(homologuee.fait_le, fait_le))
    return entiere


@commande
def constater_inexecution(*, dossier: UUID, version: int) -> None:
    """Say that the delay is over and what was agreed is not wholly done: justice decides what follows."""
    lue = a_preparer(dossier)
    exiger(suivi.juger_passage(lue.ligne.etat, EtatTransaction.NON_EXECUTEE, lue.ou.jour), dossier)
    if not lue.hors_delai:
        exiger(Verdict.refus([suivi.DELAI_EN_COURS]), dossier)
    acter(lue, GenreActe.INEXECUTION, fait_le=lue.ou.jour)
    passer(lue, EtatTransaction.NON_EXECUTEE, version=version, issue="non_executee")
    compter(lue, "non_executee")


@commande
def rendre_compte(*, dossier: UUID, version: int, fait_le: date) -> None:
    """Note the day the procureur was told that all is executed: the public action is over."""
    lue = a_preparer(dossier)
    exiger(suivi.juger_passage(lue.ligne.etat, EtatTransaction.CLOSE, lue.ou.jour), dossier)
    depuis = max(execution.fait_le for execution in lue.executions)
    exiger(suivi.juger_date(le=lue.ou.jour, fait_le=fait_le, depuis=depuis), dossier)
    acter(lue, GenreActe.COMPTE_RENDU, fait_le=fait_le)
    passer(lue, EtatTransaction.CLOSE, version=version)
    compter(lue, "close")


@commande
def transmettre(*, dossier: UUID, version: int, fait_le: date) -> None:
    """Note the day the file went to the procureur: refusal, silence, no approval, no execution, abandon.

    Silence is written here, by the act that rests on it, dated from the day after the delay.
    """
    lue = a_preparer(dossier)
    ligne, jour = lue.ligne, lue.ou.jour
    de, issue = ligne.etat, None
    depuis = ligne.pv_le
    if lue.silencieuse and lue.proposition is not None:
        de, issue = EtatTransaction.REFUSEE.value, "silence"
        depuis = lue.proposition.reponse_avant
    exiger(suivi.juger_passage(de, EtatTransaction.TRANSMISE, jour), dossier)
    exiger(suivi.juger_date(le=jour, fait_le=fait_le, depuis=depuis), dossier)
    if issue == "silence":
        acter(lue, GenreActe.SILENCE, fait_le=jour)
        compter(lue, "silence")
    acter(lue, GenreActe.TRANSMISSION, fait_le=fait_le)
    passer(lue, EtatTransaction.TRANSMISE, version=version, issue=issue)
    compter(lue, "transmise")


@commande
def abandonner(*, dossier: UUID, version: int) -> None:
    """Give up before the approval: the public action has started, or the mayor decides so."""
    lue = une(dossier, verrou=True)
    qui = exiger_autorite(lue)
    exiger(suivi.juger_passage(lue.ligne.etat, EtatTransaction.ABANDONNEE, lue.ou.jour), dossier)
    acter(lue, GenreActe.ABANDON, fait_le=lue.ou.jour, qui=qui)
    passer(lue, EtatTransaction.ABANDONNEE, version=version, issue="abandonnee")
    compter(lue, "abandonnee")


@commande
def corriger(
    *,
    dossier: UUID,
    version: int,
    motif: str,
    identite: DonneesIdentite,
    constat: Constat,
    action_publique: bool,
) -> Transaction:
    """Replace a file that was wrong: nothing of it is erased, its PV passes to the new one.

    What it counted this year is taken back; the new file counts its own steps. A year that is over keeps
    its figures.
    """
    lue = a_preparer(dossier)
    exiger(suivi.juger_passage(lue.ligne.etat, EtatTransaction.RECTIFIEE, lue.ou.jour), dossier)
    if motif not in liste("motifs_rectification", lue.ou.jour):
        raise Introuvable(motif)
    reprendre(fil=lue.ligne.fil, instance=lue.ou.vu.conseil_pk, aujourd_hui=lue.ou.jour)
    passer(lue, EtatTransaction.RECTIFIEE, version=version, issue="rectifie")
    remplace = constater_ici(lue.ou, identite=identite, constat=constat, action_publique=action_publique)
    rectifier(lue.ou, Registre.TRANSACTIONS, objet=dossier, par_objet=remplace.public_id, motif=motif)
    return remplace


@commande
def lever(*, dossier: UUID, code: str, raison: str, precision: str = "") -> LeveeDuMaire:
    """Set aside a doctrine or a usage that opposes the next step, by the mayor, with a recorded reason."""
    lue = une(dossier, verrou=True)
    return lever_ici(
        lue.ou,
        objet=dossier,
        identite=lue.ligne.identite_id,
        regle=REGLE,
        verdict=obstacles(lue),
        code=code,
        pouvoir=Pouvoir.TRANSACTION,
        raison=raison,
        precision=precision,
    )


def obstacles(lue: Lue) -> Verdict:
    """What opposes the next step as things stand, before anyone types anything."""
    if lue.ligne.etat in FINALES:
        return Verdict.accord()
    repondu = lue.acte(GenreActe.ACCEPTATION)
    loi = juger(lue, acceptation=None, le=repondu.fait_le if repondu else None)
    motifs = list(loi.motifs)
    if lue.ligne.etat == EtatTransaction.CONSTATEE:
        motifs += suivi.juger_champ(
            le=lue.ou.jour,
            champ=champ_de(lue.protocole, lue.contravention),
            avis=lue.avis,
        ).motifs
    return Verdict.selon(motifs)
