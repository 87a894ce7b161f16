"""The register: steps that say what the rule says, lines cut by the database, constant queries."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from tests.documents.fabriques_documents import (
    ADULTE,
    contenu_pmsmp,
    contenu_prestataire,
    en_vigueur,
    qui_tient,
    une_pmsmp,
)
from tests.documents.test_documents_regles_conventions import histoires, jours
from tests.instances.fabriques import conseil as un_conseil
from tests.instances.fabriques import coordonnateur, exercer
from tests.situations.fabriques import personne, un_groupe, une_situation

from maillage.documents.models import Convention, ConventionNominative
from maillage.documents.rules.conventions import etat, terme
from maillage.documents.rules.paliers import paliers
from maillage.documents.selectors.registre import Filtres, registre
from maillage.documents.services import preparation, vie
from maillage.documents.states import EtatConvention
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.temps import aujourd_hui, maintenant

TOUT = Filtres(etat="")


@settings(max_examples=200, deadline=None)
@given(histoires(), jours)
def test_les_paliers_disent_ce_que_dit_la_regle_chaque_jour(faits, jour):
    lus = paliers(faits)
    assert [p.jusqua for p in lus[:-1]] == [p.depuis for p in lus[1:]]
    assert (lus[0].depuis, lus[-1].jusqua) == (date.min, date.max)
    for le in (jour, *(p.depuis for p in lus), *(p.jusqua - timedelta(days=1) for p in lus)):
        ici = next(p for p in lus if p.depuis <= le < p.jusqua)
        assert (ici.etat, ici.terme) == (etat(faits, le), terme(faits, le)), le


def _prestataires(combien: int, qui=None):
    conseil, elle = qui or qui_tient()
    with contexte(elle.pk):
        for rang in range(combien):
            preparation.preparer(
                genre="prestataire",
                ou=conseil.public_id,
                contenu=contenu_prestataire(duree=100 + rang % 7),
            )
    return conseil, elle


@pytest.mark.django_db
def test_autant_de_requetes_pour_une_ligne_que_pour_cinquante(au_nom_de):
    qui = _prestataires(1)
    comptes = []
    for de_plus in (0, 49):
        _prestataires(de_plus, qui)
        with au_nom_de(qui[1]), CaptureQueriesContext(connection) as requetes:
            page = registre(TOUT, par_page=60)
        comptes.append((len(page.lignes), len(requetes)))
    assert [lignes for lignes, _ in comptes] == [1, 50]
    assert comptes[0][1] == comptes[1][1]


@pytest.mark.django_db
def test_de_page_en_page_chaque_convention_se_lit_une_fois_dans_l_ordre_des_termes(au_nom_de):
    ici = un_groupe()
    situation = une_situation(ici, personne(naissance=ADULTE))
    for rang in range(3):
        une_pmsmp(ici, situation, contenu_pmsmp(f"Atelier {rang}", apres=rang, jours=10))
    conseil = ici.formation.conseil
    exercer(ici.coordonnatrice, "coordonnateur", conseil.commune_code)
    _prestataires(8, (conseil, ici.coordonnatrice))
    lues, curseur = [], ""
    for _ in range(20):
        with au_nom_de(ici.coordonnatrice):
            page = registre(TOUT, curseur=curseur, par_page=3)
        lues += page.lignes
        curseur = page.suivante
        if not curseur:
            break
    assert len(lues) == len({ligne.public_id for ligne in lues}) == 11
    assert [ligne.terme for ligne in lues] == sorted(ligne.terme for ligne in lues)
    with au_nom_de(ici.coordonnatrice):
        assert registre(TOUT, curseur="n’importe.quoi.x").lignes == registre(TOUT).lignes
        assert registre(TOUT, curseur="9999-12-31.1.999999999999999999999999").lignes == ()


@pytest.mark.django_db
def test_chaque_acte_tient_les_paliers_et_les_filtres_les_lisent(au_nom_de):
    ici = un_groupe()
    situation = une_situation(ici, personne(naissance=ADULTE))
    signee = en_vigueur(ici, situation, contenu_pmsmp("Atelier A", apres=5))
    en_cours = en_vigueur(ici, situation, contenu_pmsmp("Atelier B", apres=0))
    brouillon = une_pmsmp(ici, situation, contenu_pmsmp("Atelier C", apres=30))
    abandon = une_pmsmp(ici, situation, contenu_pmsmp("Atelier D", apres=50))
    with au_nom_de(ici.coordonnatrice):
        vie.resilier(convention=abandon, version=1, effet=aujourd_hui(), motif="Projet changé")
    attendus = {
        EtatConvention.SIGNEE: signee,
        EtatConvention.EN_VIGUEUR: en_cours,
        EtatConvention.A_PREPARER: brouillon,
        EtatConvention.RESILIEE: abandon,
    }
    for etat_, convention in attendus.items():
        with au_nom_de(ici.coordonnatrice):
            lignes = registre(Filtres(etat=etat_.value)).lignes
        assert [ligne.public_id for ligne in lignes] == [convention], etat_
        assert lignes[0].etat is etat_
    with au_nom_de(ici.coordonnatrice):
        assert len(registre(Filtres()).lignes) == 3
        proches = registre(Filtres(etat="", terme_avant=aujourd_hui() + timedelta(days=10))).lignes
    assert [ligne.public_id for ligne in proches] == [en_cours]
    with en_maintenance():
        assert all(ligne.paliers for ligne in ConventionNominative.objects.all())


@pytest.mark.django_db
def test_outre_mer_l_etat_est_celui_du_jour_de_l_ile(horloge, au_nom_de):
    horloge(datetime(2026, 11, 24, 2, 0, tzinfo=UTC))  # the 23rd in Martinique, the 24th in Paris
    conseil, elle = un_conseil("97209", departement_code="972"), coordonnateur("97209")
    contenu = replace(contenu_prestataire(), debut=date(2026, 11, 24), fin=date(2027, 11, 1))
    with au_nom_de(elle):
        convention = preparation.preparer(genre="prestataire", ou=conseil.public_id, contenu=contenu)
        preparation.envoyer_a_la_signature(convention=convention, version=1)
    for role in ("conseil", "prestataire"):
        with au_nom_de(elle):
            vie.signer(convention=convention, role=role, moyen="papier")
    with au_nom_de(elle):
        assert registre(TOUT).lignes[0].etat is EtatConvention.SIGNEE
    horloge(datetime(2026, 11, 24, 5, 0, tzinfo=UTC))
    with au_nom_de(elle):
        assert registre(TOUT).lignes[0].etat is EtatConvention.EN_VIGUEUR


@pytest.mark.django_db
def test_la_page_du_registre_mene_a_la_suivante_sous_les_memes_choix():
    _, elle = _prestataires(30)
    client = Client()
    client.force_login(elle)
    session = client.session
    session["eleve_le"] = maintenant().isoformat()
    session.save()
    page = client.get(reverse("documents:registre"), {"genre": "prestataire", "etat": "toutes"})
    suite = page.context["suivante"]
    assert "genre=prestataire" in suite
    assert "etat=toutes" in suite
    deuxieme = client.get(reverse("documents:registre") + suite)
    assert (len(page.context["lignes"]), len(deuxieme.context["lignes"])) == (25, 5)
    assert deuxieme.context["suivante"] == ""
    ailleurs = coordonnateur("31149")
    autre = Client()
    autre.force_login(ailleurs)
    assert autre.get(reverse("documents:registre") + suite).context["lignes"] == []
    with en_maintenance():
        assert Convention.objects.count() == 30
