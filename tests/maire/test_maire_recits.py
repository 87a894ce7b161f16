"""The words of the mayor's acts are sealed under the key of the person, and follow it when it changes."""

from importlib import import_module

import pytest
from django.db import connection, connections
from tests.instances import fabriques as f
from tests.maire.fabriques_rappel import MINEUR, mairie
from tests.maire.fabriques_sport import ouvrir

from maillage.maire.models import LeveeDuMaire
from maillage.maire.selectors.levees import levees_de
from maillage.maire.services import reparation_sport
from maillage.situations.api import lire_identite
from maillage.situations.recits import EFFACE
from maillage.socle.cles import operateur
from maillage.socle.cles.acces import coffre
from maillage.socle.cles.detenteurs import detenteurs
from maillage.socle.contexte import contexte, en_maintenance

PRECISION = "Foyer Canarinarre prévenu"
ANCIENNES = """
ALTER TABLE maire_leveedumaire ALTER scelle DROP NOT NULL, ADD precision varchar DEFAULT '';
ALTER TABLE maire_suitefamille ALTER scelle DROP NOT NULL, ADD precision varchar DEFAULT ''
"""


def une_levee(commune=f.COMMUNE):
    """A file of the mayor with one reason set aside: the town hall, the file, the pseudonym of the person."""
    ici = mairie(commune)
    with contexte(ici.agent.pk):
        mesure = ouvrir(ici, personne=MINEUR, representants=())
        personne = lire_identite(mesure.identite_id).public_id
    with contexte(ici.maire.pk):
        levee = reparation_sport.lever(
            mesure=mesure.public_id, code="representant_absent", raison="autre", precision=PRECISION
        )
        assert levee.precision == PRECISION
    return ici, mesure, personne


def lue(ici, mesure, personne):
    with contexte(ici.agent.pk):
        (levee,) = levees_de(mesure.public_id, personne)
        return levee.precision


@pytest.mark.django_db
def test_une_raison_ecartee_est_fermee_et_suit_la_cle_de_la_personne():
    ici, mesure, personne = une_levee()
    ailleurs, sienne, autre = une_levee(f.VOISINE)
    with en_maintenance():
        avant = {levee.objet: bytes(levee.scelle) for levee in LeveeDuMaire.objects.all()}
    assert all(b"Canarinarre" not in ferme for ferme in avant.values())
    assert lue(ici, mesure, personne) == PRECISION
    operateur.renouveler(coffre(), [personne], detenteurs())
    assert lue(ici, mesure, personne) == PRECISION
    with en_maintenance():
        apres = {levee.objet: bytes(levee.scelle) for levee in LeveeDuMaire.objects.all()}
    assert apres[mesure.public_id] != avant[mesure.public_id]
    assert apres[sienne.public_id] == avant[sienne.public_id]
    operateur.detruire(coffre(), [personne])
    assert lue(ici, mesure, personne) == EFFACE
    assert lue(ailleurs, sienne, autre) == PRECISION
    with contexte(ailleurs.agent.pk):
        assert levees_de(mesure.public_id, personne) == ()


def test_la_migration_ferme_les_textes_du_maire_et_se_reprend(base_neuve, django_db_blocker):
    migration = import_module("maillage.maire.migrations.0009_fermer_les_textes")
    with django_db_blocker.unblock():
        ici, mesure, personne = une_levee()
        with connections["proprietaire"].cursor() as curseur:
            curseur.execute(ANCIENNES)
        with en_maintenance(), connection.cursor() as curseur:
            curseur.execute("UPDATE maire_leveedumaire SET scelle = NULL, precision = 'D’avant.'")
        for _ in range(2):
            with connections["proprietaire"].schema_editor() as editeur:
                migration.fermer(None, editeur)
        assert lue(ici, mesure, personne) == "D’avant."
