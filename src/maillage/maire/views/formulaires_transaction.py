"""What the forms of a settlement share: the file read, the page around the form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.maire.etats_transaction import EtatTransaction
from maillage.maire.selectors.transactions import (
    Lue,
    une,
)
from maillage.maire.views.transactions import fil
from maillage.situations.views.commun import PageDeFormulaire
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable

GABARIT = "maire/acte.html"
MESSAGE = "Enregistré au registre."
formulaire_de = require_http_methods(["GET", "POST"])


def lire(public_id: UUID, *etats: EtatTransaction) -> Lue:
    """The file a form is about, in one of those states; another is answered as an absent one."""
    lue = une(public_id)
    if etats and lue.ligne.etat not in etats:
        raise Introuvable(public_id)
    journaliser("lecture_acte", objet=public_id, cercle=lue.ou.cercle, details={"page": "formulaire"})
    return lue


def page_de(lue: Lue, titre: str, bouton: str, *, note: str = "", **champs: Any) -> PageDeFormulaire:
    return PageDeFormulaire(
        titre=titre,
        phrase=f"{lue.identite.nom_complet}, transaction n° {lue.ligne.reference}.",
        bouton=bouton,
        retour=reverse("transactions:transaction", args=[lue.ligne.public_id]),
        cercle=lue.ou.cercle,
        fil=fil(lue, titre),
        modele=GABARIT,
        message=MESSAGE,
        contexte={"note": note},
        **champs,
    )


def sans_adresse(fait: object) -> None:
    """The command's result is not an address: the page leads back to the file."""
