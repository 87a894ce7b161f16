"""The gate: the minimum of an identity passes to the cercle of the body that receives, and nothing else.

The groupe writes that row and cannot read it back, so it is inserted without asking anything in return: the
wall of ``Accueil`` would refuse the reading (RGPD, art. 5 ; spec « a file passes only through a gate »).
"""

from datetime import date
from typing import Any
from uuid import uuid4

from django.db import connection

from maillage.parcours.accueils import DonneesAccueil, fermer
from maillage.parcours.models import Accueil, Participation
from maillage.situations.api import lire_identite
from maillage.socle.journal import journaliser


def remettre(participation: Participation, *, intitule: str, le: date) -> None:
    """Hand over first name, surname, birth date and telephone for this participation."""
    donnees = lire_identite(participation.situation.identite_id).donnees
    public = uuid4()
    remise = DonneesAccueil(intitule[:160], donnees.nom, donnees.prenom, donnees.naissance, donnees.telephone)
    valeurs: dict[str, Any] = {
        "public_id": public,
        "version": 1,
        "cercle_id": participation.cercle_prestataire_id,
        "cercle_origine_id": participation.cercle_id,
        "participation_id": participation.pk,
        "scelle": fermer(public, remise),
        "recu_le": le,
    }
    with connection.cursor() as curseur:
        curseur.execute(
            f"INSERT INTO {Accueil._meta.db_table} ({', '.join(valeurs)}) "
            f"VALUES ({', '.join(['%s'] * len(valeurs))})",
            list(valeurs.values()),
        )
    journaliser(
        "identite_remise",
        objet=participation.public_id,
        cercle=participation.cercle_id,
        details={"cercle_prestataire": participation.cercle_prestataire_id},
    )
