"""Local schemes: declared, corrected and ended by the coordination of their council."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from maillage.droit.api import Force, Motif
from maillage.instances.api import exiger_charge
from maillage.instances.perms import COORDINATION
from maillage.parcours.models import DispositifLocal
from maillage.parcours.selectors.dispositifs import local_visible
from maillage.parcours.selectors.offres import lecteur
from maillage.parcours.services.gestion import (
    AGES_A_L_ENVERS,
    DATES_A_L_ENVERS,
    conseil_coordonne,
    envers,
    refuser_si,
)
from maillage.socle.journal import journaliser
from maillage.socle.services import commande, modifier

NEUTRE_REVELE = Motif(
    "libelle_neutre_revele",
    "Le nom de ce dispositif révèle un suivi : écrivez d’autres mots, qui n’en disent rien.",
    "Code de la sécurité intérieure, art. L. 132-5 ; CASF, art. L. 226-2-2",
    Force.LOI,
)


@commande
def declarer_dispositif_local(
    *,
    conseil: UUID,
    libelle: str,
    source: str,
    depuis: date,
    jusqua: date | None = None,
    objet: str = "",
    sensible: bool = False,
    libelle_neutre: str = "",
    age_min: int | None = None,
    age_max: int | None = None,
    tuteur_forme: bool = False,
) -> DispositifLocal:
    """Add a scheme to a council. A sensitive one needs neutral words of its own."""
    du_conseil = conseil_coordonne(conseil)
    neutre = libelle_neutre.strip() or libelle.strip()
    _juger(libelle, neutre, sensible, depuis, jusqua, age_min, age_max, objet=conseil)
    declare = DispositifLocal.objects.create(
        conseil=du_conseil,
        libelle=libelle.strip(),
        libelle_neutre=neutre,
        sensible=sensible,
        objet=objet.strip(),
        source=source.strip(),
        age_min=age_min,
        age_max=age_max,
        tuteur_forme=tuteur_forme,
        depuis=depuis,
        jusqua=jusqua,
        declare_par=lecteur(),
    )
    journaliser("dispositif_local_declare", objet=declare.public_id)
    return declare


@commande
def modifier_dispositif_local(
    *,
    public_id: UUID,
    version: int,
    libelle: str,
    source: str,
    depuis: date,
    jusqua: date | None = None,
    objet: str = "",
    sensible: bool = False,
    libelle_neutre: str = "",
    age_min: int | None = None,
    age_max: int | None = None,
    tuteur_forme: bool = False,
) -> None:
    """Correct a scheme, or end it: ``jusqua`` is its last day."""
    local = local_visible(public_id, verrou=True)
    exiger_charge(local.conseil, COORDINATION)
    neutre = libelle_neutre.strip() or libelle.strip()
    _juger(libelle, neutre, sensible, depuis, jusqua, age_min, age_max, objet=public_id)
    lignes: QuerySet[DispositifLocal] = DispositifLocal.objects.filter(pk=local.pk)
    modifier(
        lignes,
        version=version,
        libelle=libelle.strip(),
        libelle_neutre=neutre,
        sensible=sensible,
        objet=objet.strip(),
        source=source.strip(),
        age_min=age_min,
        age_max=age_max,
        tuteur_forme=tuteur_forme,
        depuis=depuis,
        jusqua=jusqua,
    )
    journaliser("dispositif_local_modifie", objet=public_id)


def _juger(
    libelle: str,
    neutre: str,
    sensible: bool,
    depuis: date,
    jusqua: date | None,
    age_min: int | None,
    age_max: int | None,
    *,
    objet: UUID,
) -> None:
    refuser_si(
        objet=objet,
        neutre=(sensible and neutre == libelle.strip(), NEUTRE_REVELE),
        dates=(envers(depuis, jusqua), DATES_A_L_ENVERS),
        ages=(envers(age_min, age_max), AGES_A_L_ENVERS),
    )
