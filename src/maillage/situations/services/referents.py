"""Designate a référent de parcours, hand over, end (fiche 4)."""

from datetime import date
from uuid import UUID

from maillage.situations.cercles import membre_de
from maillage.situations.models import Designation
from maillage.situations.rules import suivi as regles
from maillage.situations.selectors import une, visibles
from maillage.situations.services.commun import Ouverte, compter, exiger, situation_a_modifier
from maillage.socle.journal import journaliser
from maillage.socle.services import commande, modifier


@commande
def designer_referent(
    *,
    situation: UUID,
    referent: UUID,
    profession: str,
    depuis: date,
    accord_personne_le: date | None = None,
    relais_le: date | None = None,
) -> Designation:
    """Designate ``referent`` (public id of an account), a member of this very groupe.

    The former designation ends the same day, with the motive « relais ». ``relais_le`` dates the end of
    a judicial follow-up that goes on beside this one.
    """
    ou = situation_a_modifier(situation)
    lue, acteur = ou.situation, ou.ici
    trouve = membre_de(lue.cercle_id, referent)
    verdict = regles.juger_designation(
        profession=profession,
        etat=lue.etat,
        referent=trouve[1] if trouve else None,
        depuis=depuis,
        ouverte_le=lue.ouverte_le,
        aujourd_hui=acteur.jour,
        relais_le=relais_le,
    )
    exiger(regles.juger_bilan(etat=lue.etat, role=acteur.membre.role), lue)
    exiger(verdict, lue)
    assert trouve is not None  # the rule refuses a référent who is not a member
    compte, _, structure = trouve
    finir_designation(ou, motif="relais", le=depuis)
    designation = Designation.objects.create(
        cercle_id=lue.cercle_id,
        situation=lue,
        referent=compte,
        profession=profession,
        structure_id=structure,
        depuis=depuis,
        accord_personne_le=accord_personne_le,
        relais_le=relais_le,
    )
    compter("designation", ou, genre=profession, delai_jours=(depuis - lue.ouverte_le).days)
    journaliser(
        "referent_designe", objet=lue.public_id, cercle=lue.cercle_id, details={"compte": str(referent)}
    )
    return designation


def finir_designation(ou: Ouverte, *, motif: str, le: date) -> None:
    """End the designation in force, never before it began. The caller holds the lock."""
    en_cours = visibles(Designation).filter(situation=ou.situation, jusqua__isnull=True)
    for designation in en_cours.select_for_update(of=("self",)):
        modifier(
            Designation.objects.filter(pk=designation.pk),
            version=designation.version,
            jusqua=max(le, designation.depuis),
            motif_fin=motif,
        )


@commande
def noter_accord(*, designation: UUID, version: int, le: date) -> None:
    """Record the person's agreement to be accompanied by this référent."""
    lue = une(Designation, designation, verrou=True)
    ou = situation_a_modifier(lue.situation.public_id)
    verdict = regles.juger_accord(
        etat=ou.situation.etat,
        role=ou.ici.membre.role,
        le=le,
        depuis=ou.situation.ouverte_le,
        aujourd_hui=ou.ici.jour,
    )
    exiger(verdict, lue)
    modifier(Designation.objects.filter(pk=lue.pk), version=version, accord_personne_le=le)
    journaliser("accord_note", objet=ou.situation.public_id, cercle=lue.cercle_id)
