"""Readers of many groupes at once: the same boxes as one by one, in a fixed number of queries."""

from datetime import timedelta

import pytest
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances import fabriques as f

from maillage.instances.api import lecteurs, lecteurs_de
from maillage.socle.temps import maintenant

pytestmark = pytest.mark.django_db


def groupes_divers(parquet, nombre):
    """Groupes that differ in every thing a box shows: masked bodies, mayor, waiting, ended, no charter."""
    conseils = [f.conseil(commune) for commune in (f.COMMUNE, f.VOISINE, f.AUTRE)]
    faits = []
    for rang in range(nombre):
        groupe = f.groupe(conseils[rang % 3], avec_charte=rang % 5 != 4)
        spip = creer_organisme(f"SPIP {rang}", "spip", sensible=True)
        charte = rang % 5 != 4
        f.membre(groupe, organisme=spip, signe=charte)
        f.membre(groupe, creer_compte("membre", organisme=spip, fonction_libelle="Conseillère"), signe=False)
        f.membre(groupe, signe=charte, fin=maintenant() + timedelta(days=30))
        f.membre(groupe, signe=charte, fin=maintenant() - timedelta(days=1))
        if rang % 2:
            f.membre(groupe, role="maire", fonction="maire", signe=charte)
        if rang % 3:
            f.membre(groupe, parquet, role="parquet", signe=charte and rang % 4 != 3)
        faits.append(groupe)
    return faits


def test_the_boxes_of_many_groupes_are_those_of_each(au_nom_de):
    parquet = creer_compte("parquet", organisme=creer_organisme("Parquet", "procureur"))
    elle = f.coordonnateur()
    groupes = groupes_divers(parquet, 9)
    membre = f.membre(groupes[0], creer_compte("membre", organisme=creer_organisme("Mission locale")))
    f.membre(groupes[1], membre)
    cercles = [groupe.cercle_id for groupe in groupes]
    masques = set()
    for qui in (parquet, elle, membre, creer_compte("porteur_action")):
        with au_nom_de(qui):
            ensemble = lecteurs_de(cercles)
            assert ensemble == {cercle: lecteurs(cercle) for cercle in cercles}
        masques.add(sum(lecteur.masque for lus in ensemble.values() for lecteur in lus))
    assert len(masques) > 1, "readers who must know and readers who must not read different boxes"


def test_nobody_signed_in_reads_names_without_bodies(db):
    from maillage.socle.contexte import en_maintenance

    cercles = [groupe.cercle_id for groupe in groupes_divers(creer_compte("parquet"), 2)]
    with en_maintenance():
        assert lecteurs_de(cercles) == {cercle: lecteurs(cercle) for cercle in cercles}


def test_the_cost_does_not_grow_with_the_groupes(au_nom_de, django_assert_num_queries):
    compte = creer_compte("parquet", organisme=creer_organisme("Parquet", "procureur"))
    conseil = f.conseil()
    groupes = [f.groupe(conseil) for _ in range(12)]
    for groupe in groupes:
        f.membre(groupe, compte, role="parquet")
    for combien in (2, 12):
        with au_nom_de(compte), django_assert_num_queries(4):
            lus = lecteurs_de([groupe.cercle_id for groupe in groupes[:combien]])
        assert [len(boite) for boite in lus.values()] == [1] * combien


def test_no_cercle_has_no_box(au_nom_de):
    with au_nom_de(creer_compte("membre")):
        assert lecteurs_de([]) == {}
