"""Mandates that are over: who, in whose name, from when to when, and why."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances import fabriques as f
from tests.instances.navigation import lire

from maillage.instances.models import Cercle, Habilitation
from maillage.instances.selectors.mandats import mandats_passes
from maillage.instances.services.mandats import mettre_fin
from maillage.socle.contexte import en_maintenance
from maillage.socle.temps import maintenant

pytestmark = pytest.mark.django_db

JUIN = datetime(2026, 6, 1, 15, tzinfo=UTC)
ICI = "20260601T150000.000000"


def ancien(groupe, *, fin=JUIN, nom="Ferrand", **organisme) -> Habilitation:
    """A mandate that ended in June."""
    corps = creer_organisme(**organisme) if organisme else creer_organisme()
    compte = creer_compte("membre", organisme=corps, prenom="Louise", nom=nom)
    return f.habiliter(compte, f.siege(groupe, corps, qualite="conseillère"), fin=fin)


def test_the_page_says_who_in_whose_name_from_when_to_when_and_why(entrer):
    groupe = f.groupe()
    f.membre(groupe)
    ancien(groupe, nom="Maison de l’emploi", genre="mission_locale")
    page = " ".join(lire(entrer(f.coordonnateur()), "mandats_passes", groupe.public_id).split())
    for mot in (
        "Louise",
        "Membre, conseillère",
        "5 janvier 2026",
        "1er juin 2026, 17 h",
        "Arrivé à son terme",
    ):
        assert mot in page


def test_a_mandate_in_force_or_to_come_is_not_past(au_nom_de):
    groupe = f.groupe()
    f.membre(groupe)
    corps = creer_organisme()
    f.habiliter(creer_compte(organisme=corps), f.siege(groupe, corps), debut=maintenant() + timedelta(days=2))
    with au_nom_de(f.coordonnateur()):
        assert mandats_passes(groupe).mandats == ()


def test_each_end_is_told_by_its_reason(au_nom_de):
    groupe = f.groupe()
    corps = creer_organisme()
    siege = f.siege(groupe, corps)
    fini = f.habiliter(creer_compte(organisme=corps), siege)
    annule = f.habiliter(creer_compte(organisme=corps), siege, debut=maintenant() + timedelta(days=3))
    with au_nom_de(f.coordonnateur()):
        mettre_fin(habilitation=fini.public_id, motif="manquement")
        mettre_fin(habilitation=annule.public_id, motif="demande")
        motifs = {mandat.public_id: mandat for mandat in mandats_passes(groupe).mandats}
    assert motifs[fini.public_id].motif == "Manquement à la charte"
    assert motifs[annule.public_id].motif == "Annulé avant de commencer : à sa demande"
    assert motifs[annule.public_id].debut is None


def test_the_mandates_of_a_closed_groupe_ended_with_it(au_nom_de):
    groupe = f.groupe()
    f.membre(groupe)
    with en_maintenance():
        Cercle.objects.filter(pk=groupe.cercle_id).update(ferme_le=JUIN)
    with au_nom_de(f.coordonnateur()):
        [mandat] = mandats_passes(groupe).mandats
    assert (mandat.motif, f"{mandat.fin:%Y-%m-%d %H:%M}") == ("Groupe dissous", "2026-06-01 17:00")


def test_pages_follow_one_another_without_a_hole_nor_a_double(au_nom_de):
    groupe = f.groupe()
    faits = [ancien(groupe, fin=JUIN - timedelta(days=rang // 2)) for rang in range(7)]
    lus, curseur = [], ""
    with au_nom_de(f.coordonnateur()):
        while True:
            page = mandats_passes(groupe, curseur, par_page=3)
            lus += [mandat.public_id for mandat in page.mandats]
            curseur = page.suivante
            if not curseur:
                break
    assert len(lus) == 7
    assert set(lus) == {fait.public_id for fait in faits}


@pytest.mark.parametrize("curseur", ["n’importe quoi", f"{ICI}.x", ".", "1" * 400, f"{ICI}.{'9' * 40}"])
def test_a_cursor_that_is_not_ours_shows_the_first_page(entrer, curseur):
    groupe = f.groupe()
    ancien(groupe)
    page = lire(entrer(f.coordonnateur()), "mandats_passes", groupe.public_id, apres=curseur)
    assert "Louise" in page


def test_a_groupe_without_past_mandate_says_so(entrer):
    groupe = f.groupe()
    page = lire(entrer(f.coordonnateur()), "mandats_passes", groupe.public_id)
    assert "Aucun mandat passé" in page


def test_only_who_answers_for_the_members_reads_them(entrer):
    groupe = f.groupe()
    ancien(groupe)
    adresse = reverse("instances:mandats_passes", args=[groupe.public_id])
    assert entrer(f.membre(groupe)).get(adresse).status_code == 403
    assert entrer(f.coordonnateur(f.AUTRE)).get(adresse).status_code == 404
    maire = f.exercer(creer_compte(), "maire", f.COMMUNE)
    assert entrer(maire).get(adresse).status_code == 200


def test_a_sensitive_body_is_named_to_the_coordination_and_masked_from_the_mayor(au_nom_de):
    groupe = f.groupe()
    corps = creer_organisme("CSAPA du Val", "csapa", sensible=True)
    f.habiliter(creer_compte(organisme=corps), f.siege(groupe, corps, qualite="addictologue"), fin=JUIN)
    lus = []
    for qui in (f.coordonnateur(), f.exercer(creer_compte(), "maire", f.COMMUNE)):
        with au_nom_de(qui):
            [mandat] = mandats_passes(groupe).mandats
        lus.append((mandat.organisme, mandat.fonction))
    assert lus == [("CSAPA du Val", "Membre, addictologue"), ("Organisme masqué", "Membre")]


def test_the_page_of_the_groupe_leads_there_for_them_alone(entrer):
    groupe = f.groupe()
    adresse = reverse("instances:mandats_passes", args=[groupe.public_id])
    assert adresse in lire(entrer(f.coordonnateur()), "formation", groupe.public_id)
    assert adresse not in lire(entrer(f.membre(groupe)), "formation", groupe.public_id)


def test_a_formation_without_names_has_no_such_page(entrer):
    pleniere = f.formation(f.conseil())
    lire(entrer(f.coordonnateur()), "mandats_passes", pleniere.public_id, statut=404)


def test_the_list_costs_the_same_for_one_mandate_and_for_fifteen(entrer, django_assert_max_num_queries):
    groupe = f.groupe()
    ancien(groupe)
    client = entrer(f.coordonnateur())
    lire(client, "mandats_passes", groupe.public_id)
    with django_assert_max_num_queries(40) as une:
        lire(client, "mandats_passes", groupe.public_id)
    for _ in range(14):
        ancien(groupe)
    with django_assert_max_num_queries(len(une.captured_queries)):
        lire(client, "mandats_passes", groupe.public_id)
