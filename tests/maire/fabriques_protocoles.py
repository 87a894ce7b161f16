"""Protocols with the parquet, prepared and signed by the services as who keeps the council would."""

from datetime import date, timedelta
from uuid import UUID

from tests.acteurs.fabriques import creer_organisme
from tests.instances import fabriques as f

from maillage.acteurs.models import Compte, Organisme
from maillage.documents.api import (
    Contenu,
    PartieSaisie,
    envoyer_a_la_signature,
    preparer,
    roles_a_signer,
    signer,
)
from maillage.instances.models import Conseil
from maillage.maire.protocoles import GENRE
from maillage.socle.contexte import contexte
from maillage.socle.temps import aujourd_hui

REPONSES = {
    "rappel": "oui",
    "transaction": "oui",
    "sport": "non",
    "consultation": "oui",
    "delai": "15",
    "silence": "attente",
    "degradations": "oui",
    "depots": "oui",
    "voirie": "oui",
    "arretes": "non",
}


def mairie(commune: str = f.COMMUNE) -> Organisme:
    """The body of the directory that binds the commune."""
    return creer_organisme(f"Commune {commune}", "commune", commune_code=commune)


def protocole(
    conseil: Conseil,
    par: Compte,
    *,
    commune: str = f.COMMUNE,
    debut: date | None = None,
    fin: date | None = None,
    jusqu_a: str = "signe",
    **reponses: str,
) -> UUID:
    """A protocol of the commune, as far as ``jusqu_a``: prepare, envoye, signe."""
    debut = debut or aujourd_hui()
    contenu = Contenu(
        debut=debut,
        fin=fin or debut + timedelta(days=364),
        champs={**REPONSES, **reponses},
        parties={
            "parquet": PartieSaisie(organisme=creer_organisme("Parquet d’essai", "procureur").public_id),
            "commune": PartieSaisie(organisme=mairie(commune).public_id),
        },
    )
    with contexte(par.pk):
        reference = preparer(genre=GENRE, ou=conseil.public_id, contenu=contenu)
    if jusqu_a == "prepare":
        return reference
    with contexte(par.pk):
        envoyer_a_la_signature(convention=reference, version=1)
        roles = roles_a_signer(reference)
    for role in roles if jusqu_a == "signe" else roles[:1]:
        with contexte(par.pk):
            signer(convention=reference, role=role, moyen="papier")
    return reference
