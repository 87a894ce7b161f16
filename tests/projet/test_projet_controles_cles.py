"""`maillage controler` says that names and narratives are sealed, and says where they are not."""

import pytest
from django.db import connections
from tests.situations.fabriques import une_situation

from maillage.projet.controles_cles import identites_et_textes_fermes, tables_scellees
from maillage.situations.models import Signalement
from maillage.socle.contexte import en_maintenance


@pytest.mark.django_db
def test_une_base_fermee_se_dit_fermee_et_une_ligne_en_clair_se_nomme():
    une_situation()
    ok, phrase = identites_et_textes_fermes()
    assert ok, phrase
    with en_maintenance():
        Signalement.objects.update(scelle="Quatre matins d’absence, écrits en clair.".encode())
    ok, phrase = identites_et_textes_fermes()
    assert not ok
    assert "situations_signalement (1)" in phrase
    assert "absence" not in phrase


def test_une_statistique_sur_une_colonne_fermee_se_dit(base_neuve, django_db_blocker):
    with django_db_blocker.unblock():
        assert identites_et_textes_fermes()[0]
        with connections["proprietaire"].cursor() as curseur:
            curseur.execute("ALTER TABLE parcours_accueil ALTER scelle SET STATISTICS 10")
        ok, phrase = identites_et_textes_fermes()
    assert (ok, "statistiques sur 1 colonne" in phrase) == (False, True)


def test_toutes_les_salles_qui_ferment_sont_regardees():
    assert {"situations_identite", "parcours_levee", "maire_suitefamille"} <= set(tables_scellees())
