"""An entry noted by mistake, taken back by its author: the row goes, the journal keeps that it went."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID

from maillage.instances.api import fuseau_du_cercle
from maillage.situations.models import Contact, Element, Objectif
from maillage.situations.rules.retrait import juger_retrait
from maillage.situations.selectors import une, visibles
from maillage.situations.services.commun import Ouverte, exiger, situation_a_modifier
from maillage.socle.faits import compenser
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande
from maillage.socle.temps import maintenant

Saisie = Contact | Element | Objectif

REPRENABLES: Final[Mapping[str, type[Saisie]]] = MappingProxyType(
    {"contact": Contact, "element": Element, "objectif": Objectif}
)


@commande
def retirer(*, situation: UUID, genre: str, cle: UUID) -> None:
    """Erase a contact, an element or an objective its author noted less than the delay ago.

    The wall judges the same thing again: where it would keep the row, nothing is written at all.
    """
    ou = situation_a_modifier(situation)
    lue = ou.situation
    saisie = _saisie(genre, cle, ou)
    verdict = juger_retrait(
        etat=lue.etat,
        role=ou.ici.membre.role,
        auteur=saisie.auteur_id,
        acteur=ou.ici.compte,
        saisi_le=saisie.saisi_le,
        maintenant=maintenant(),
        reprise=saisie.version != 1,
    )
    exiger(verdict, lue)
    if isinstance(saisie, Contact):
        _decompter(saisie, ou)
    effacees, _ = visibles(type(saisie)).filter(pk=saisie.pk).delete()
    if effacees != 1:
        raise Introuvable(cle)
    journaliser(f"{genre}_retire", objet=lue.public_id, cercle=lue.cercle_id)


def _saisie(genre: str, cle: UUID, ou: Ouverte) -> Saisie:
    saisie = une(REPRENABLES[genre], cle, verrou=True)
    if saisie.situation_id != ou.situation.pk:
        raise Introuvable(cle)
    return saisie


def _decompter(contact: Contact, ou: Ouverte) -> None:
    """Only contacts are counted: elements and objectives are in no figure."""
    assert contact.saisi_le is not None  # the rule has just read it
    compenser(
        "contact",
        fil=ou.situation.fil,
        le=contact.saisi_le.astimezone(fuseau_du_cercle(contact.cercle_id)).date(),
        aujourd_hui=ou.ici.jour,
        genre=contact.moyen,
        delai_jours=(contact.le - ou.situation.ouverte_le).days,
    )
