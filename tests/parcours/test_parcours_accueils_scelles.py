"""Whom a body receives is sealed under a key of its own: neither key blinds the other side."""

from datetime import UTC, date, datetime, time
from importlib import import_module
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from tests.parcours.decor_orientations import commencee, un_decor, une_participation

from maillage.parcours import accueils
from maillage.parcours.accueils import EFFACE, ROMPU, DonneesAccueil
from maillage.parcours.models import Accueil
from maillage.parcours.selectors.orientations import mes_accueils
from maillage.parcours.services import conservation, participations
from maillage.situations.api import lire_identite
from maillage.socle.cles import operateur
from maillage.socle.cles.acces import coffre
from maillage.socle.cles.coffre import CoffreFerme
from maillage.socle.cles.detenteurs import detenteurs
from maillage.socle.contexte import en_maintenance


def publics():
    with en_maintenance():
        return list(Accueil.objects.order_by("pk").values_list("public_id", flat=True))


def test_la_cle_de_l_accueil_n_est_pas_celle_de_la_personne_dans_le_groupe(db, au_nom_de):
    decor = un_decor()
    une_participation(decor)
    (public,) = publics()
    with au_nom_de(decor.referent):
        personne = lire_identite(decor.situation.identite_id)
        assert personne.public_id != public
    operateur.detruire(coffre(), [public])
    with au_nom_de(decor.prestataire):
        (vu,) = mes_accueils()
        assert vu.accueil == EFFACE
    with au_nom_de(decor.referent):
        assert lire_identite(decor.situation.identite_id).donnees == personne.donnees


def test_la_cle_de_la_personne_detruite_le_lieu_d_accueil_lit_encore_ce_qu_on_lui_a_remis(db, au_nom_de):
    decor = un_decor()
    une_participation(decor)
    with au_nom_de(decor.referent):
        personne = lire_identite(decor.situation.identite_id)
    operateur.detruire(coffre(), [personne.public_id])
    with au_nom_de(decor.prestataire):
        (vu,) = mes_accueils()
        assert vu.accueil.nom == personne.donnees.nom
        assert vu.accueil.naissance == personne.donnees.naissance


def test_une_cle_perdue_arrete_la_page_et_une_ligne_deplacee_le_dit(db, au_nom_de):
    decor = un_decor()
    une_participation(decor)
    ailleurs = un_decor()
    une_participation(ailleurs)
    un, autre = publics()
    with en_maintenance():
        Accueil.objects.filter(public_id=un).update(scelle=Accueil.objects.get(public_id=autre).scelle)
    client = Client()
    client.force_login(decor.prestataire)
    page = client.get(reverse("orientations:accueils"))
    assert page.status_code == 200
    assert ROMPU.nom in page.content.decode()
    with au_nom_de(ailleurs.prestataire):
        (vu,) = mes_accueils()
        assert vu.accueil.nom.startswith("Zucanari")
        sans = Accueil(public_id=uuid4(), scelle=b"")
        with pytest.raises(CoffreFerme, match="remettez"):
            accueils.ouvrir([sans])


def test_une_cle_neuve_ferme_de_nouveau_l_accueil(db, au_nom_de):
    decor = un_decor()
    une_participation(decor)
    (public,) = publics()
    with en_maintenance():
        avant = bytes(Accueil.objects.get().scelle)
    assert operateur.renouveler(coffre(), [public], detenteurs()) == 1
    with en_maintenance():
        assert bytes(Accueil.objects.get().scelle) != avant
    assert list(coffre().lire([public])[public]) == [2]
    with au_nom_de(decor.prestataire):
        (vu,) = mes_accueils()
        assert vu.accueil.nom.startswith("Zucanari")


def test_la_cle_finit_avec_l_accueil_et_ce_qui_revient_est_efface_de_nouveau(
    base_neuve, django_db_blocker, horloge, au_nom_de
):
    with django_db_blocker.unblock():
        decor = un_decor()
        lue = commencee(decor)
        reste = un_decor()
        une_participation(reste)
        fini, garde = publics()
        with au_nom_de(decor.prestataire):
            participations.terminer(
                participation=lue.public_id, version=lue.version, resultat="cdd", le=lue.commencee_le
            )
        horloge(datetime.combine(conservation.efface_le(lue.commencee_le), time(12, tzinfo=UTC)))
        assert conservation.purger_accueils() == 1
        assert list(coffre().lire([fini, garde])) == [garde]
        assert accueils.vivants([fini, garde]) == {garde}
        assert accueils.effacer_de_nouveau([garde]) == 1
        assert accueils.effacer_de_nouveau([garde]) == 0


ANCIENNES = """
ALTER TABLE parcours_levee ALTER scelle DROP NOT NULL, ADD precision varchar DEFAULT '';
ALTER TABLE parcours_accueil ALTER scelle DROP NOT NULL, ADD intitule varchar, ADD nom varchar,
  ADD prenom varchar, ADD naissance date, ADD telephone varchar DEFAULT ''
"""


def test_la_migration_ferme_les_accueils_en_clair_et_se_reprend(base_neuve, django_db_blocker, au_nom_de):
    migration = import_module("maillage.parcours.migrations.0011_fermer_les_textes")
    with django_db_blocker.unblock():
        decor = un_decor()
        une_participation(decor)
        with connections["proprietaire"].cursor() as curseur:
            curseur.execute(ANCIENNES)
        with en_maintenance(), connection.cursor() as curseur:
            curseur.execute(
                "UPDATE parcours_accueil SET scelle = NULL, intitule = 'Stage', nom = 'Zanzi', "
                "prenom = 'Théo', naissance = '2010-02-28'"
            )
        for _ in range(2):
            with connections["proprietaire"].schema_editor() as editeur:
                migration.fermer(None, editeur)
        with au_nom_de(decor.prestataire):
            (vu,) = mes_accueils()
    assert vu.accueil == DonneesAccueil("Stage", "Zanzi", "Théo", date(2010, 2, 28))
