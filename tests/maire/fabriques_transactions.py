"""Settlements brought to a given stage by the services, as the agent and the mayor would."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f
from tests.maire.fabriques_protocoles import protocole

from maillage.acteurs.models import Compte
from maillage.instances.models import Conseil, Formation
from maillage.maire.models import Transaction
from maillage.maire.rules.transaction import Autorite, Nature
from maillage.maire.selectors.transactions import Lue, une
from maillage.maire.services import transactions as debut
from maillage.maire.services import transactions_suite as suite
from maillage.maire.services.transactions import Constat, Offre
from maillage.situations.api import DonneesIdentite
from maillage.socle.contexte import contexte
from maillage.socle.temps import aujourd_hui

ADULTE = date(1990, 5, 4)
_pv = count(1)


@dataclass(frozen=True)
class Mairie:
    """A register with its mayor and the agent who keeps it."""

    conseil: Conseil
    actes: Formation
    maire: Compte
    agent: Compte
    coordination: Compte


def une_mairie(commune: str = f.COMMUNE, *, avec_protocole: bool = True, **reponses: str) -> Mairie:
    """No prior consultation unless asked: each test says what it is about."""
    conseil = f.conseil(commune)
    actes = f.registre(conseil, commune=commune)
    ici = Mairie(
        conseil,
        actes,
        f.membre(actes, f.exercer(creer_compte(), "maire", commune), role="maire"),
        f.membre(actes, f.exercer(creer_compte("police_municipale"), "membre", commune)),
        f.coordonnateur(commune),
    )
    if avec_protocole:
        protocole(conseil, ici.coordination, commune=commune, **{"consultation": "non", **reponses})
    return ici


def identite(**champs: Any) -> DonneesIdentite:
    return DonneesIdentite(
        **{
            "nom": "Rive",
            "prenom": "Sacha",
            "naissance": ADULTE,
            "adresse": "3 rue de l’Essai, 31000 Toulouse",
            **champs,
        }
    )


def constat(**champs: Any) -> Constat:
    jour = aujourd_hui()
    return replace(
        Constat(
            pv_numero=f"PM-{next(_pv):04d}",
            pv_le=jour - timedelta(days=3),
            faits_le=jour - timedelta(days=4),
            service="police_municipale",
            contravention="degradation_legere",
            bien="mobilier_urbain",
            lieu="parc",
            lieu_commune=f.COMMUNE,
            estimation=Decimal("240.50"),
        ),
        **champs,
    )


def offre(**champs: Any) -> Offre:
    jour = aujourd_hui()
    return replace(
        Offre(
            nature=Nature.REPARATION,
            montant=Decimal("240.50"),
            heures=None,
            travaux="",
            reponse_avant=jour + timedelta(days=15),
            executer_avant=jour + timedelta(days=75),
            remise="recommande",
        ),
        **champs,
    )


TRAVAIL = {"nature": Nature.TRAVAIL, "montant": None, "heures": 20, "travaux": "nettoyage"}


def constatee(ici: Mairie, **champs: Any) -> Transaction:
    personne = champs.pop("personne", identite())
    with contexte(ici.agent.pk):
        return debut.constater(
            ou=ici.actes.cercle.public_id,
            identite=personne,
            constat=constat(**{"lieu_commune": ici.actes.commune_code, **champs}),
            action_publique=False,
        )


def lue(dossier: Transaction, par: Compte) -> Lue:
    with contexte(par.pk):
        trouvee = une(dossier.public_id)
        for piece in ("identite", "proposition", "actes", "executions", "protocole"):
            getattr(trouvee, piece)
        return trouvee


def version(dossier: Transaction, par: Compte) -> int:
    with contexte(par.pk):
        return une(dossier.public_id).ligne.version


def proposee(ici: Mairie, dossier: Transaction | None = None, **champs: Any) -> Transaction:
    dossier = dossier or constatee(ici)
    v = version(dossier, ici.maire)
    with contexte(ici.maire.pk):
        debut.proposer(dossier=dossier.public_id, version=v, offre=offre(**champs), action_publique=False)
    return dossier


def repondue(
    ici: Mairie, dossier: Transaction | None = None, *, accepte: bool = True, **champs: Any
) -> Transaction:
    dossier = dossier or proposee(ici, **champs)
    v = version(dossier, ici.agent)
    with contexte(ici.agent.pk):
        debut.noter_reponse(
            dossier=dossier.public_id,
            version=v,
            accepte=accepte,
            fait_le=aujourd_hui(),
            action_publique=False,
        )
    return dossier


def envoyee(ici: Mairie, dossier: Transaction | None = None, **champs: Any) -> Transaction:
    dossier = dossier or repondue(ici, **champs)
    v = version(dossier, ici.agent)
    with contexte(ici.agent.pk):
        suite.envoyer_a_l_homologation(
            dossier=dossier.public_id, version=v, fait_le=aujourd_hui(), action_publique=False
        )
    return dossier


def homologuee(
    ici: Mairie,
    dossier: Transaction | None = None,
    *,
    accordee: bool = True,
    autorite: Autorite | None = None,
    **champs: Any,
) -> Transaction:
    dossier = dossier or envoyee(ici, **champs)
    travail = champs.get("nature") is Nature.TRAVAIL
    v = version(dossier, ici.agent)
    with contexte(ici.agent.pk):
        suite.noter_homologation(
            dossier=dossier.public_id,
            version=v,
            accordee=accordee,
            autorite=autorite or (Autorite.JUGE_TRIBUNAL_POLICE if travail else Autorite.PROCUREUR),
            fait_le=aujourd_hui(),
            action_publique=False,
        )
    return dossier


def executer(
    ici: Mairie,
    dossier: Transaction,
    quantite: str,
    encadrant: str = "regisseur",
    fait_le: date | None = None,
) -> bool:
    v = version(dossier, ici.agent)
    with contexte(ici.agent.pk):
        return suite.noter_execution(
            dossier=dossier.public_id,
            version=v,
            quantite=Decimal(quantite),
            fait_le=fait_le or aujourd_hui(),
            encadrant=encadrant,
        )
