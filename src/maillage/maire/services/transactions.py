"""A settlement from the PV to the answer: record, consult, propose, note what the contravener says.

Every command asks the law again, in its own transaction, with the day of the territory: refused, it changes
nothing. What is recorded is never rewritten.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction

from maillage.droit.api import Verdict
from maillage.maire.etats_transaction import EtatTransaction
from maillage.maire.lieux import Lieu, lieu
from maillage.maire.models import (
    GenreActe,
    PropositionDeTransaction,
    Registre,
    Transaction,
)
from maillage.maire.rules import suivi_transaction as suivi
from maillage.maire.rules import transaction as droit
from maillage.maire.rules.conservation import expire_le
from maillage.maire.selectors.transactions import (
    Lue,
    champ_de,
    juger,
    reference_du_pv,
    une,
)
from maillage.maire.services.registres import inscrire
from maillage.maire.services.transactions_commun import (
    HORS_CHARGE,
    a_preparer,
    acter,
    compter,
    exiger_autorite,
    exiger_restant,
    passer,
)
from maillage.situations.api import (
    DonneesIdentite,
    creer_identite,
    exiger,
    refuser_le_secret,
    tranche_d_age,
)
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.services import commande
from maillage.strategie.api import liste


@dataclass(frozen=True, slots=True)
class Constat:
    """What the PV says. ``service``: that of the agent who drew it up; codes of closed lists elsewhere."""

    pv_numero: str
    pv_le: date
    faits_le: date
    service: str
    contravention: str
    bien: str
    lieu: str
    lieu_commune: str
    estimation: Decimal
    lieu_precis: str = ""


@commande
def constater(*, ou: UUID, identite: DonneesIdentite, constat: Constat, action_publique: bool) -> Transaction:
    """Record a PV in the register of a commune, once the law leaves a settlement possible.

    A protocol still to be signed stops the proposal, not the record: it may be lifted on the file.
    """
    return constater_ici(lieu(ou), identite=identite, constat=constat, action_publique=action_publique)


def constater_ici(
    ici: Lieu, *, identite: DonneesIdentite, constat: Constat, action_publique: bool
) -> Transaction:
    """The same inside another command, which has already found the place."""
    if not ici.prepare or not ici.commune:
        raise Refus(Verdict.refus([HORS_CHARGE]), statut=403, objet=ici.vu.public_id)
    numero = " ".join(constat.pv_numero.upper().split())
    projet = replace(constat, pv_numero=numero, lieu_precis=" ".join(constat.lieu_precis.split()))
    _exiger_le_constat(ici, identite, projet, action_publique=action_publique)
    refuser_le_secret(projet.lieu_precis, ici.vu.public_id)
    naissance = identite.naissance
    assert naissance is not None  # judged above
    brouillon = Transaction(cercle_id=ici.cercle)
    ligne = inscrire(
        ici,
        Registre.TRANSACTIONS,
        objet=brouillon.public_id,
        nature=projet.contravention,
        le=ici.jour,
    )
    # Asked again under the lock of the register: two agents may type the same PV at once.
    _exiger_pv_neuf(ici, projet)
    try:
        with transaction.atomic():
            dossier = Transaction.objects.create(
                public_id=brouillon.public_id,
                cercle_id=ici.cercle,
                identite_id=creer_identite(cercle=ici.cercle, donnees=identite),
                annee=ligne.annee,
                numero=ligne.numero,
                tranche_age=tranche_d_age(naissance, projet.pv_le),
                origine=projet.service,
                recu_le=ici.jour,
                recu_par_id=ici.compte.pk,
                expire_le=expire_le(dernier_acte=ici.jour, clos=False),
                pv_numero=projet.pv_numero,
                pv_le=projet.pv_le,
                faits_le=projet.faits_le,
                contravention=projet.contravention,
                bien=projet.bien,
                lieu=projet.lieu,
                lieu_precis=projet.lieu_precis,
                lieu_commune=projet.lieu_commune,
                estimation=projet.estimation,
            )
    except IntegrityError:  # the constraint of the database has the last word
        _exiger_pv_neuf(ici, projet)
        raise
    lue = Lue(dossier, ici)
    compter(lue, "constatee", delai=(projet.pv_le, ici.jour))
    journaliser("transaction_constatee", objet=dossier.public_id, cercle=ici.cercle)
    return dossier


def _exiger_le_constat(
    ici: Lieu, identite: DonneesIdentite, constat: Constat, *, action_publique: bool
) -> None:
    """Everything the law and the register ask of a PV, in one answer; the protocol is judged later."""
    codes = (
        ("contraventions_pm", constat.contravention),
        ("biens_communaux", constat.bien),
        ("lieux_faits", constat.lieu),
        ("services_verbalisateurs", constat.service),
    )
    for nom, code in codes:
        if nom != "contraventions_pm" and code not in liste(nom, ici.jour):
            raise Introuvable(code)
    if identite.naissance is None:
        exiger(Verdict.refus([suivi.NAISSANCE_REQUISE]), ici.vu.public_id)
        return
    if not any(signe.isalnum() for signe in constat.pv_numero):
        exiger(Verdict.refus([suivi.PV_ILLISIBLE]), ici.vu.public_id)
    limite = suivi.prescription(constat.faits_le, ())
    verdict = droit.transaction(
        le=ici.jour,
        naissance=identite.naissance,
        proposition=droit.Proposition(constat.pv_le, ici.jour, droit.Nature.REPARATION),
        infraction=droit.Infraction(
            constat.contravention in liste("contraventions_pm", constat.pv_le),
            bool(liste("biens_communaux").item(constat.bien).attributs["communal"]),
            action_publique,
        ),
        acceptation=None,
        homologation=None,
        protocole=True,
    )
    registre = suivi.juger_constat(
        le=ici.jour,
        faits=constat.faits_le,
        pv=constat.pv_le,
        deja=reference_du_pv(ici, constat.pv_numero),
        limite=limite,
        commune=ici.commune,
        commune_des_faits=constat.lieu_commune,
    )
    exiger(Verdict.selon([*verdict.motifs, *registre.motifs]), ici.vu.public_id)


def _exiger_pv_neuf(ici: Lieu, constat: Constat) -> None:
    deja = reference_du_pv(ici, constat.pv_numero)
    if deja:
        exiger(Verdict.refus([suivi.pv_deja_enregistre(deja, ici.jour)]), ici.vu.public_id)


# --- Before the proposal ----------------------------------------------------------------------------


@commande
def consulter(*, dossier: UUID, version: int, fait_le: date) -> None:
    """Note the day the parquet was asked for its advice, as the protocol wants."""
    lue = a_preparer(dossier)
    exiger(suivi.exiger_etat(lue.ligne.etat, EtatTransaction.CONSTATEE, lue.ou.jour), dossier)
    exiger(suivi.juger_date(le=lue.ou.jour, fait_le=fait_le, depuis=lue.ligne.pv_le), dossier)
    acter(lue, GenreActe.CONSULTATION, fait_le=fait_le)
    passer(lue, None, version=version)


@commande
def noter_avis(*, dossier: UUID, version: int, fait_le: date, favorable: bool) -> None:
    """Note what the parquet answered."""
    lue = a_preparer(dossier)
    exiger(suivi.exiger_etat(lue.ligne.etat, EtatTransaction.CONSTATEE, lue.ou.jour), dossier)
    depuis = lue.avis.demande_le or lue.ligne.pv_le
    exiger(suivi.juger_date(le=lue.ou.jour, fait_le=fait_le, depuis=depuis), dossier)
    genre = GenreActe.AVIS_FAVORABLE if favorable else GenreActe.AVIS_DEFAVORABLE
    if lue.avis.favorable is not None:
        exiger(Verdict.refus([suivi.DEJA_NOTE]), dossier)
    acter(lue, genre, fait_le=fait_le)
    passer(lue, None, version=version)


@dataclass(frozen=True, slots=True)
class Offre:
    """What the mayor offers. ``travaux`` and ``remise``: codes of closed lists."""

    nature: droit.Nature
    montant: Decimal | None
    heures: int | None
    travaux: str
    reponse_avant: date
    executer_avant: date
    remise: str


@commande
def proposer(*, dossier: UUID, version: int, offre: Offre, action_publique: bool) -> None:
    """Offer the settlement: the mayor or a delegated member, in their own commune, within its delay."""
    lue = une(dossier, verrou=True)
    qui = exiger_autorite(lue)
    ou, ligne = lue.ou, lue.ligne
    exiger(suivi.juger_passage(ligne.etat, EtatTransaction.PROPOSEE, ou.jour), dossier)
    if offre.remise not in liste("remises_transaction", ou.jour):
        raise Introuvable(offre.remise)
    if (offre.nature is droit.Nature.TRAVAIL) != (offre.travaux in liste("travaux_transaction", ou.jour)):
        exiger(Verdict.refus([suivi.TRAVAIL_A_DIRE]), dossier)
    protocole = lue.protocole
    loi = juger(
        lue,
        acceptation=None,
        offre=droit.Proposition(ligne.pv_le, ou.jour, offre.nature, offre.heures, offre.reponse_avant),
        action_publique=action_publique,
    )
    pas = suivi.juger_offre(
        le=ou.jour,
        offre=suivi.Offre(
            offre.nature, offre.montant, offre.heures, offre.reponse_avant, offre.executer_avant
        ),
        estimation=ligne.estimation,
        champ=champ_de(protocole, lue.contravention),
        avis=lue.avis,
        limite=lue.prescription,
    )
    exiger_restant(lue, loi, pas)
    PropositionDeTransaction.objects.create(
        cercle_id=ou.cercle,
        dossier=ligne,
        le=ou.jour,
        par_id=ou.compte.pk,
        nature=offre.nature.value,
        montant=offre.montant,
        heures=offre.heures,
        travaux=offre.travaux,
        reponse_avant=offre.reponse_avant,
        executer_avant=offre.executer_avant,
        remise=offre.remise,
        qualite=qui.qualite.value,
        arrete=qui.arrete,
        delegation=qui.delegation,
        protocole=protocole.reference if protocole else None,
    )
    journaliser(
        "transaction_proposee", objet=dossier, cercle=ou.cercle, details={"qualite": qui.qualite.value}
    )
    passer(lue, EtatTransaction.PROPOSEE, version=version)
    compter(lue, "proposee", nature=offre.nature.value, delai=(ligne.pv_le, ou.jour))


@commande
def noter_reponse(
    *, dossier: UUID, version: int, accepte: bool, fait_le: date, action_publique: bool
) -> None:
    """Note the answer by its own day: one given in time counts, even recorded the day after the delay."""
    lue = a_preparer(dossier)
    vers = EtatTransaction.ACCEPTEE if accepte else EtatTransaction.REFUSEE
    exiger(suivi.juger_passage(lue.ligne.etat, vers, lue.ou.jour), dossier)
    ecrite = lue.proposition
    assert ecrite is not None  # the state says so
    exiger(suivi.juger_date(le=lue.ou.jour, fait_le=fait_le, depuis=ecrite.le), dossier)
    if accepte:
        # The reply is judged on its own day; nothing is awaited from justice before it.
        exiger_restant(lue, juger(lue, acceptation=None, le=fait_le, action_publique=action_publique))
    acter(lue, GenreActe.ACCEPTATION if accepte else GenreActe.REFUS, fait_le=fait_le)
    passer(lue, vers, version=version, issue="" if accepte else "refus")
    compter(lue, "acceptee" if accepte else "refus", delai=(ecrite.le, fait_le))
