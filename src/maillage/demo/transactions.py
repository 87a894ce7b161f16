"""The settlements of a mayor in the demonstration: a protocol near its term, and a file at each stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from maillage.acteurs.api import Compte
from maillage.demo.territoire import Territoire, au_nom_de
from maillage.documents import api as documents
from maillage.documents.api import Contenu, Mode, PartieSaisie, Renouvellement
from maillage.maire.api import (
    AutoriteDHomologation,
    Constat,
    NatureDeTransaction,
    Offre,
    transactions,
    transactions_suite,
)
from maillage.situations.api import DonneesIdentite

COLOMIERS = "31149"
#: Who, contravention, property, place, damage, days since the PV.
RECITS: dict[str, tuple[str, str, str, str, str, str, int]] = {
    "constatee": ("Robin", "Castagnède", "degradation_legere", "mobilier_urbain", "parc", "180.00", 5),
    "proposee": ("Élise", "Montbrun", "abandon_dechets", "espace_vert", "parc", "95.50", 12),
    "muette": ("Tom", "Lagarrigue", "abandon_par_vehicule", "voirie", "voie_publique", "320.00", 40),
    "envoyee": ("Nina", "Fontvieille", "degradation_legere", "ecole", "batiment_communal", "410.00", 29),
    "executee_en_partie": (
        "Jules",
        "Carbonel",
        "degradation_legere",
        "equipement_sportif",
        "equipement_sportif",
        "600.00",
        60,
    ),
    "travail": ("Maïa", "Peyrolade", "degradation_legere", "mobilier_urbain", "voie_publique", "280.00", 58),
    "executee": ("Ilan", "Roquefeuil", "dechets_hors_collecte", "voirie", "voie_publique", "75.00", 50),
    "close": ("Sonia", "Vidalens", "degradation_legere", "batiment", "batiment_communal", "250.00", 75),
    "refusee": ("Loïc", "Tournemire", "degradation_legere", "cimetiere", "autre", "140.00", 28),
    "non_homologuee": ("Anna", "Belcastel", "entrave_circulation", "voirie", "voie_publique", "60.00", 45),
}
TRAVAIL = frozenset({"travail"})
ACCEPTEES = ("envoyee", "executee_en_partie", "travail", "executee", "close", "non_homologuee")
HOMOLOGUEES = ("executee_en_partie", "travail", "executee", "close")


def raconter_les_transactions(territoire: Territoire, fin: datetime) -> None:
    """Told by the services: the agent notes, the mayor proposes, each on its day."""
    actes = territoire.registres["actes_colomiers"]
    assert actes.cercle is not None  # a register has one
    signer_un_protocole(
        territoire,
        conseil="colomiers",
        coordination="coordonnatrice",
        maire="maire",
        instant=fin - timedelta(days=140),
        fin=fin.date() + timedelta(days=40),
        champs={"sport": "oui"},
    )
    for etape in RECITS:
        _Recit(
            etape,
            actes.cercle.public_id,
            territoire.comptes["secretaire"],
            territoire.comptes["maire"],
            fin,
        ).raconter()


def signer_un_protocole(
    territoire: Territoire,
    *,
    conseil: str,
    coordination: str,
    maire: str,
    instant: datetime,
    fin: date,
    champs: Mapping[str, str],
) -> None:
    """A protocol with the parquet in force until ``fin``. ``champs``: what is not the common one."""
    compte, elu = territoire.comptes[coordination], territoire.comptes[maire]
    parquet = territoire.comptes["procureure"].organisme
    mairie = elu.organisme
    assert mairie is not None
    assert parquet is not None
    contenu = Contenu(
        debut=instant.date(),
        fin=fin,
        champs={
            "rappel": "non",
            "transaction": "oui",
            "sport": "non",
            "consultation": "non",
            "delai": "0",
            "silence": "accord",
            "degradations": "oui",
            "depots": "oui",
            "voirie": "oui",
            "arretes": "non",
            **champs,
        },
        parties={
            "parquet": PartieSaisie(
                organisme=parquet.public_id, signataire="Claire Fontanel", qualite="vice-procureure"
            ),
            "commune": PartieSaisie(
                organisme=mairie.public_id, signataire=f"{elu.prenom} {elu.nom}", qualite="maire"
            ),
        },
        renouvellement=Renouvellement(Mode.EXPRES),
    )
    with au_nom_de(compte, instant):
        reference = documents.preparer(
            genre="protocole_parquet", ou=territoire.conseils[conseil].public_id, contenu=contenu
        )
    with au_nom_de(compte, instant + timedelta(hours=1)):
        documents.envoyer_a_la_signature(convention=reference, version=1)
    for role in ("parquet", "commune"):
        with au_nom_de(compte, instant + timedelta(hours=2)):
            documents.signer(convention=reference, role=role, moyen="papier")


@dataclass
class _Recit:
    """A file being told, from its PV to its stage. ``version`` follows each act."""

    etape: str
    ou: UUID
    agent: Compte
    maire: Compte
    fin: datetime
    cle: UUID | None = None
    version: int = 1

    def _le(self, apres: int) -> datetime:
        return self.fin - timedelta(days=RECITS[self.etape][6] - apres)

    def _jour(self, apres: int) -> date:
        return self._le(apres).date()

    def _faire(self, commande: Callable[..., Any], par: Compte, apres: int, **valeurs: Any) -> None:
        with au_nom_de(par, self._le(apres)):
            commande(dossier=self.cle, version=self.version, **valeurs)
        self.version += 1

    def raconter(self) -> None:
        self._constater()
        if self.etape == "constatee":
            return
        self._proposer()
        if self.etape in {"proposee", "muette"}:
            return
        accepte = self.etape in ACCEPTEES
        self._faire(
            transactions.noter_reponse,
            self.agent,
            12,
            accepte=accepte,
            fait_le=self._jour(12),
            action_publique=False,
        )
        if not accepte:
            self._faire(transactions_suite.transmettre, self.agent, 14, fait_le=self._jour(14))
            return
        self._faire(
            transactions_suite.envoyer_a_l_homologation,
            self.agent,
            13,
            fait_le=self._jour(13),
            action_publique=False,
        )
        if self.etape != "envoyee":
            self._homologuer()

    def _constater(self) -> None:
        prenom, nom, contravention, bien, lieu, estimation, _ = RECITS[self.etape]
        constat = Constat(
            pv_numero=f"PM-{self._jour(0):%Y}-{len(nom)}{list(RECITS).index(self.etape):02d}",
            pv_le=self._jour(0),
            faits_le=self._jour(0),
            service="police_municipale",
            contravention=contravention,
            bien=bien,
            lieu=lieu,
            lieu_commune=COLOMIERS,
            estimation=Decimal(estimation),
        )
        identite = DonneesIdentite(
            nom=nom, prenom=prenom, naissance=date(1988, 4, 17), adresse="8 rue de l’Exemple, 31770 Colomiers"
        )
        with au_nom_de(self.agent, self._le(1)):
            dossier = transactions.constater(
                ou=self.ou, identite=identite, constat=constat, action_publique=False
            )
        self.cle = dossier.public_id

    def _proposer(self) -> None:
        travail = self.etape in TRAVAIL
        offre = Offre(
            nature=NatureDeTransaction.TRAVAIL if travail else NatureDeTransaction.REPARATION,
            montant=None if travail else Decimal(RECITS[self.etape][5]),
            heures=20 if travail else None,
            travaux="nettoyage" if travail else "",
            reponse_avant=self._jour(25),
            executer_avant=self._jour(90),
            remise="recommande",
        )
        self._faire(transactions.proposer, self.maire, 4, offre=offre, action_publique=False)

    def _homologuer(self) -> None:
        travail = self.etape in TRAVAIL
        self._faire(
            transactions_suite.noter_homologation,
            self.agent,
            24,
            accordee=self.etape in HOMOLOGUEES,
            autorite=AutoriteDHomologation.JUGE_TRIBUNAL_POLICE
            if travail
            else AutoriteDHomologation.PROCUREUR,
            fait_le=self._jour(24),
            action_publique=False,
        )
        if travail:
            self._executer(30, "8", "proprete")
            self._executer(36, "6", "services_techniques")
        elif self.etape == "executee_en_partie":
            self._executer(35, "200.00", "regisseur")
        elif self.etape in {"executee", "close"}:
            self._executer(35, RECITS[self.etape][5], "regisseur")
        if self.etape == "close":
            self._faire(transactions_suite.rendre_compte, self.agent, 40, fait_le=self._jour(40))

    def _executer(self, apres: int, quantite: str, encadrant: str) -> None:
        self._faire(
            transactions_suite.noter_execution,
            self.agent,
            apres,
            quantite=Decimal(quantite),
            fait_le=self._jour(apres),
            encadrant=encadrant,
        )
