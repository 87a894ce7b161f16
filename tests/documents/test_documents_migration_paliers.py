"""The steps of a convention's life, written by the migration for those recorded before it."""

from datetime import timedelta

from django.core.management import call_command
from django.db import connections
from tests.acteurs.fabriques import creer_organisme
from tests.documents.fabriques_documents import (
    contenu_pmsmp,
    contenu_prestataire,
    en_vigueur,
    envoyer,
    qui_tient,
    signer_tout,
    une_pmsmp,
)
from tests.documents.test_documents_vie import de_sante
from tests.situations.fabriques import un_groupe, une_situation

from maillage.documents.models import Convention, ConventionNominative
from maillage.documents.selectors.conventions import convention_visible
from maillage.documents.services import preparation, vie
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.temps import aujourd_hui


def paliers() -> dict[tuple[str, int], list]:
    with en_maintenance():
        return {
            (modele.__name__, pk): lus
            for modele in (Convention, ConventionNominative)
            for pk, lus in modele.objects.values_list("pk", "paliers")
        }


def une_de_chaque_age() -> None:
    """Drafted, sent, signed, renewed by silence, ended, amended: with a person's and without."""
    conseil, elle = qui_tient()
    for jusqu_a, genre in enumerate(("prestataire", "sante", "sante", "prestataire")):
        contenu = contenu_prestataire() if genre == "prestataire" else de_sante(300)
        with contexte(elle.pk):
            convention = preparation.preparer(genre=genre, ou=conseil.public_id, contenu=contenu)
        if jusqu_a >= 1:
            envoyer(convention, elle)
        if jusqu_a >= 2:
            signer_tout(convention, elle)
        if jusqu_a >= 3:
            with contexte(elle.pk):
                version = convention_visible(convention).ligne.version
                vie.resilier(
                    convention=convention,
                    version=version,
                    effet=aujourd_hui() + timedelta(days=30),
                    motif="accord",
                )
    ici = un_groupe()
    en_vigueur(ici, une_situation(ici), contenu_pmsmp(creer_organisme("Atelier du Canal", "entreprise")))
    une_pmsmp(ici, une_situation(ici), contenu_pmsmp("Garage du Pont"))


def test_les_conventions_deja_la_ont_leurs_paliers_apres_la_migration(base_neuve: str) -> None:
    une_de_chaque_age()
    avant = paliers()
    assert len(avant) == 6
    assert all(avant.values())
    connections["default"].close()
    for etape in ("0001_conventions", "0002_paliers"):
        call_command("migrate", "documents", etape, database="proprietaire", verbosity=0)
    call_command("migrate", database="proprietaire", verbosity=0)
    assert paliers() == avant
