"""Settlements as the actor may see them: one, a list, its countdowns, what the law answers now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.db.models import Value

from maillage.droit.api import Verdict, entier
from maillage.maire.etats_transaction import FINALES, LIBELLES, EtatTransaction
from maillage.maire.lieux import Lieu, lieu, lieux_des_actes
from maillage.maire.models import (
    ActeDeTransaction,
    ExecutionDeTransaction,
    GenreActe,
    Pouvoir,
    PropositionDeTransaction,
    Transaction,
)
from maillage.maire.models.transaction import INTERRUPTIFS, sans_ponctuation
from maillage.maire.protocoles import Protocole, protocole_en_vigueur
from maillage.maire.rules import suivi_transaction as suivi
from maillage.maire.rules import transaction as droit
from maillage.situations.api import IdentiteVue, lire_identite, lire_identites
from maillage.socle.refus import Introuvable
from maillage.strategie.api import Item, liste

#: What is shown of a proposal nobody answered in time: the law reads silence, no task writes it.
SILENCE = "Refusée, par silence"
HORS_DELAI = "Non exécutée dans le délai"


@dataclass(frozen=True)
class Lue:
    """A settlement, where it lives and everything recorded of it."""

    ligne: Transaction
    ou: Lieu

    @cached_property
    def identite(self) -> IdentiteVue:
        return lire_identite(self.ligne.identite_id)

    @property
    def naissance(self) -> date:
        ne = self.identite.donnees.naissance
        assert ne is not None  # asked by the statement
        return ne

    @cached_property
    def proposition(self) -> PropositionDeTransaction | None:
        return PropositionDeTransaction.objects.filter(dossier=self.ligne).select_related("par").first()

    @cached_property
    def actes(self) -> Sequence[ActeDeTransaction]:
        return list(
            ActeDeTransaction.objects.filter(dossier=self.ligne)
            .select_related("par")
            .order_by("fait_le", "pk")
        )

    @cached_property
    def executions(self) -> Sequence[ExecutionDeTransaction]:
        return list(
            ExecutionDeTransaction.objects.filter(dossier=self.ligne)
            .select_related("par")
            .order_by("fait_le", "pk")
        )

    def acte(self, genre: GenreActe) -> ActeDeTransaction | None:
        return next((acte for acte in self.actes if acte.genre == genre), None)

    @cached_property
    def protocole(self) -> Protocole | None:
        """The one in force today, there; the same for every file of a list."""
        return protocole_de(self.ou)

    @property
    def contravention(self) -> Item:
        return liste("contraventions_pm").item(self.ligne.contravention)

    @property
    def avis(self) -> suivi.Avis:
        demande = self.acte(GenreActe.CONSULTATION)
        favorable = None
        if self.acte(GenreActe.AVIS_FAVORABLE):
            favorable = True
        elif self.acte(GenreActe.AVIS_DEFAVORABLE):
            favorable = False
        return suivi.Avis(demande.fait_le if demande else None, favorable)

    @property
    def execution(self) -> suivi.Execution | None:
        """None before a proposal."""
        offre = self.proposition
        if offre is None:
            return None
        faites = [e.montant if e.montant is not None else Decimal(e.heures or 0) for e in self.executions]
        demande = offre.montant if offre.montant is not None else Decimal(offre.heures or 0)
        return suivi.Execution(
            droit.Nature(offre.nature), demande, sum(faites, Decimal()), self.executer_avant or offre.le
        )

    @property
    def executer_avant(self) -> date | None:
        """The day written in the proposal, or the legal one where it is nearer."""
        offre = self.proposition
        if offre is None:
            return None
        homologuee = self.acte(GenreActe.HOMOLOGATION)
        legal = juger(self, acceptation=True).echeances.get("execution_avant") if homologuee else None
        return min(offre.executer_avant, legal) if legal is not None else offre.executer_avant

    @property
    def prescription(self) -> date:
        return suivi.prescription(self.ligne.faits_le, _interruptions(self))

    @property
    def silencieuse(self) -> bool:
        """Proposed, without an answer after the last day to give it."""
        offre = self.proposition
        return (
            self.ligne.etat == EtatTransaction.PROPOSEE
            and offre is not None
            and self.ou.jour > offre.reponse_avant
        )

    @property
    def hors_delai(self) -> bool:
        """Approved, not wholly executed after its delay."""
        execution = self.execution
        return (
            self.ligne.etat == EtatTransaction.HOMOLOGUEE
            and execution is not None
            and execution.hors_delai(self.ou.jour)
        )

    @property
    def libelle_etat(self) -> str:
        if self.silencieuse:
            return SILENCE
        return HORS_DELAI if self.hors_delai else LIBELLES[self.ligne.etat]

    @property
    def close(self) -> bool:
        return self.ligne.etat in FINALES


def _interruptions(lue: Lue) -> Iterable[date]:
    if lue.proposition is not None:
        yield lue.proposition.le
    yield from (acte.fait_le for acte in lue.actes if acte.genre in INTERRUPTIFS)
    yield from (execution.fait_le for execution in lue.executions)


# --- Which ------------------------------------------------------------------------------------------


def une(public_id: UUID, *, verrou: bool = False) -> Lue:
    """One settlement of a register the actor reads, locked if asked. Raises ``Introuvable``."""
    lignes = Transaction.objects.filter(
        cercle__in=[ou.cercle for ou in lieux_des_actes()], public_id=public_id
    )
    ligne = (lignes.select_for_update(of=("self",)) if verrou else lignes).first()
    if ligne is None:
        raise Introuvable(public_id)
    return Lue(ligne, lieu(ligne.cercle_id))


def reference_du_pv(ou: Lieu, numero: str) -> str:
    """The file that already holds that PV, empty where none does. One rectified has given it back.

    Case, spaces and punctuation are not part of a number: the database compares, as its constraint does.
    """
    deja = Transaction.objects.filter(cercle=ou.cercle, pv_cle=sans_ponctuation(Value(numero))).exclude(
        etat=EtatTransaction.RECTIFIEE
    )
    trouve = deja.first()
    return trouve.reference if trouve else ""


@dataclass(frozen=True, slots=True)
class Filtres:
    """``etat``: a state, « vivantes » (nothing final) or « toutes »."""

    etat: str = "vivantes"
    contravention: str = ""
    annee: int | None = None


def toutes(filtres: Filtres) -> list[Lue]:
    """The settlements of the registers the actor reads, the latest first."""
    lieux = {ou.cercle: ou for ou in lieux_des_actes()}
    lignes = Transaction.objects.filter(cercle__in=list(lieux))
    if filtres.etat == "vivantes":
        lignes = lignes.exclude(etat__in=[etat.value for etat in FINALES])
    elif filtres.etat != "toutes":
        lignes = lignes.filter(etat=filtres.etat)
    if filtres.contravention:
        lignes = lignes.filter(contravention=filtres.contravention)
    if filtres.annee is not None:
        lignes = lignes.filter(annee=filtres.annee)
    return _garnies(list(lignes.order_by("-recu_le", "-pk")[:300]), lieux)


def _garnies(lignes: Sequence[Transaction], lieux: Mapping[int, Lieu]) -> list[Lue]:
    """Files of a list with all their pieces, in one query a table."""
    lues = {ligne.pk: Lue(ligne, lieux[ligne.cercle_id]) for ligne in lignes}
    noms = lire_identites(ligne.identite_id for ligne in lignes)
    offres = {p.dossier_id: p for p in PropositionDeTransaction.objects.filter(dossier__in=list(lues))}
    actes: dict[int, list[ActeDeTransaction]] = {}
    for acte in ActeDeTransaction.objects.filter(dossier__in=list(lues)).order_by("fait_le", "pk"):
        actes.setdefault(acte.dossier_id, []).append(acte)
    executions: dict[int, list[ExecutionDeTransaction]] = {}
    for faite in ExecutionDeTransaction.objects.filter(dossier__in=list(lues)).order_by("fait_le", "pk"):
        executions.setdefault(faite.dossier_id, []).append(faite)
    protocoles = {cle: protocole_de(ou) for cle, ou in lieux.items()} if lues else {}
    for cle, lue in lues.items():
        lue.__dict__.update(
            protocole=protocoles[lue.ligne.cercle_id],
            identite=noms[lue.ligne.identite_id],
            proposition=offres.get(cle),
            actes=actes.get(cle, []),
            executions=executions.get(cle, []),
        )
    return list(lues.values())


# --- What the law answers ---------------------------------------------------------------------------


def protocole_de(ou: Lieu) -> Protocole | None:
    """The protocol a settlement rests on today, there."""
    return protocole_en_vigueur(ou, Pouvoir.TRANSACTION, ou.jour)


def champ_de(protocole: Protocole | None, contravention: Item) -> suivi.Champ | None:
    """What the protocol asks of a proposal about this contravention."""
    if protocole is None:
        return None
    return suivi.Champ(
        comprise=contravention.attributs["famille"] in protocole.contraventions,
        consultation=protocole.consultation_prealable,
        delai_jours=protocole.delai_jours,
        silence=protocole.silence,
    )


def juger(
    lue: Lue,
    *,
    acceptation: bool | None,
    offre: droit.Proposition | None = None,
    homologation: droit.Homologation | None = None,
    action_publique: bool = False,
    le: date | None = None,
) -> Verdict:
    """The rule of the room on this file: what is recorded of it, and what the actor is about to say.

    ``action_publique`` is stated by whoever acts, at each step; the protocol is that of today.
    """
    ligne = lue.ligne
    if homologation is None and (faite := lue.acte(GenreActe.HOMOLOGATION)) is not None:
        homologation = droit.Homologation(droit.Autorite(faite.autorite), faite.fait_le)
    return droit.transaction(
        le=le or lue.ou.jour,
        naissance=lue.naissance,
        proposition=offre or offre_de(lue),
        infraction=droit.Infraction(
            ligne.contravention in liste("contraventions_pm", ligne.pv_le),
            bool(liste("biens_communaux").item(ligne.bien).attributs["communal"]),
            action_publique,
        ),
        acceptation=acceptation,
        homologation=homologation,
        protocole=lue.protocole is not None,
    )


def offre_de(lue: Lue) -> droit.Proposition:
    """The proposal as recorded; before it, one that would be made today."""
    ecrite = lue.proposition
    if ecrite is None:
        return droit.Proposition(lue.ligne.pv_le, lue.ou.jour, droit.Nature.REPARATION)
    return droit.Proposition(
        lue.ligne.pv_le, ecrite.le, droit.Nature(ecrite.nature), ecrite.heures, ecrite.reponse_avant
    )


# --- Countdowns -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Echeance:
    """The next thing to do on a file and its last day. ``jours`` is negative once it is past."""

    quoi: str
    avant_le: date | None
    jours: int | None

    @property
    def passee(self) -> bool:
        return self.jours is not None and self.jours < 0


def echeance(lue: Lue) -> Echeance | None:
    """What is due next; None once nothing more is awaited."""
    ligne, jour = lue.ligne, lue.ou.jour
    match ligne.etat:
        case EtatTransaction.CONSTATEE:
            dernier = juger(lue, acceptation=None).echeances["proposition_au_plus_tard"]
            return _echeance("Proposer la transaction", dernier, jour)
        case EtatTransaction.PROPOSEE if lue.silencieuse:
            return _echeance("Transmettre au procureur : sans réponse, refus", None, jour)
        case EtatTransaction.PROPOSEE:
            return _echeance(
                "Réponse attendue", lue.proposition.reponse_avant if lue.proposition else None, jour
            )
        case EtatTransaction.ACCEPTEE:
            envoyee = lue.acte(GenreActe.DEMANDE_HOMOLOGATION) is not None
            quoi = "Homologation attendue" if envoyee else "Envoyer pour homologation"
            return _echeance(quoi, lue.executer_avant, jour)
        case EtatTransaction.HOMOLOGUEE:
            quoi = "Constater que l’exécution n’est pas entière" if lue.hors_delai else "Exécution attendue"
            return _echeance(quoi, lue.executer_avant, jour)
        case EtatTransaction.EXECUTEE:
            return _echeance("Rendre compte au procureur", None, jour)
        case EtatTransaction.REFUSEE | EtatTransaction.NON_HOMOLOGUEE | EtatTransaction.NON_EXECUTEE:
            return _echeance("Transmettre au procureur", lue.prescription, jour)
        case EtatTransaction.ABANDONNEE:
            return _echeance("Transmettre le procès-verbal au procureur", lue.prescription, jour)
    return None


def _echeance(quoi: str, avant_le: date | None, jour: date) -> Echeance:
    return Echeance(quoi, avant_le, (avant_le - jour).days if avant_le is not None else None)


def reponse_par_defaut(ou: Lieu) -> date:
    """The last day to answer proposed by the form; the one written in the proposal wins."""
    return droit.Proposition(ou.jour, ou.jour, droit.Nature.REPARATION).derniere_reponse(ou.jour)


def execution_par_defaut(ou: Lieu) -> date:
    """The last day to execute proposed by the form."""
    return reponse_par_defaut(ou) + timedelta(days=entier("transaction.delai_execution_jours", ou.jour))
