"""The gallery documents every component, and draws every example with the real ones."""

from __future__ import annotations

import itertools
import re

import pytest
from balisage import fautes, lire
from django.template.loader import render_to_string
from django.test import Client

from maillage.interface import galerie
from maillage.interface.navigation import Cadre, CompteAffiche, Entree, Groupe, contexte, marquer_actif

#: WCAG 2.2, criterion 1.4.3.
TEXTE_LISIBLE = 4.5
FICHES = [fiche for chapitre in galerie.chapitres() for fiche in chapitre.fiches]


def test_chaque_composant_a_sa_fiche_et_une_seule() -> None:
    documentes = [nom for fiche in FICHES for nom in fiche.composants]
    assert sorted(documentes) == sorted(galerie.composants_existants())


def test_chaque_exemple_a_sa_fiche() -> None:
    assert {f.stem for f in galerie.EXEMPLES.glob("*.html")} == {fiche.code for fiche in FICHES}


@pytest.mark.parametrize("fiche", FICHES, ids=lambda fiche: fiche.code)
def test_une_fiche_dit_tout_et_son_exemple_emploie_ce_qu_elle_documente(fiche: galerie.Fiche) -> None:
    assert fiche.titre
    assert fiche.usage.endswith(".")
    assert fiche.eviter.endswith(".")
    assert fiche.clavier.endswith(".")
    assert fiche.ecran.endswith(".")
    assert fiche.etats
    assert fiche.couleurs
    # A component drawn by another of the same sheet (the reasons inside a refusal) counts as shown.
    assert any(
        balise.rstrip(">") in fiche.source or "{{ formulaire" in fiche.source for balise in fiche.balises
    )


@pytest.mark.parametrize("fiche", FICHES, ids=lambda fiche: fiche.code)
def test_une_fiche_explique_chaque_option_declaree_et_aucune_autre(fiche: galerie.Fiche) -> None:
    declarees = {nom for composant in fiche.composants for nom in galerie.options_declarees(composant)}
    assert fiche.noms_d_options == declarees


@pytest.mark.parametrize("fiche", FICHES, ids=lambda fiche: fiche.code)
def test_un_exemple_n_emploie_que_des_options_declarees(fiche: galerie.Fiche) -> None:
    fautives = [
        (balise, nom)
        for balise, attributs in re.findall(r"<c-m\.([\w-]+)((?:\s+[^<>]*?)?)/?>", fiche.source)
        for nom in re.findall(r"(?:^|\s):?([a-z_]+)(?==|\s|$)", re.sub(r'"[^"]*"', '""', attributs))
        if nom not in galerie.options_declarees(balise.replace("-", "_"))
    ]
    assert fautives == []


@pytest.mark.parametrize("fiche", FICHES, ids=lambda fiche: fiche.code)
def test_les_couleurs_d_une_fiche_se_lisent_dans_les_deux_themes(fiche: galerie.Fiche) -> None:
    assert [p for p in fiche.couleurs if min(p.rapports) < TEXTE_LISIBLE] == []


@pytest.mark.parametrize("fiche", FICHES, ids=lambda fiche: fiche.code)
def test_un_exemple_donne_un_balisage_juste(fiche: galerie.Fiche) -> None:
    html = render_to_string(fiche.gabarit, galerie.contexte())
    assert html.strip()
    assert "<c-" not in html
    references_de_page = {f"aucun élément {autre.code}" for autre in FICHES}
    assert set(fautes(html)) - references_de_page == set()


def _page(**extra: object) -> str:
    navigation = marquer_actif(
        (
            Groupe("Mon travail", (Entree("Situations", "/situations/", "situations", 41, "en cours"),)),
            Groupe("Le conseil", ()),
            Groupe("Rendre compte", (Entree("Composants", "/composants/", "aide"),)),
        ),
        "/composants/",
    )
    cadre = Cadre(
        demo=True,
        instance_nom="CISPD des Trois-Rives",
        compte=CompteAffiche("Hélène Olivet", "Coordonnatrice", "/compte/"),
        recherche_url="/recherche/",
    )
    commun = {**galerie.contexte(), **contexte(cadre, navigation), "jour": galerie.exemples.JOUR}
    return render_to_string("maillage/galerie.html", {**commun, **extra})


def test_la_page_entiere_est_bien_formee() -> None:
    assert fautes(_page()) == []


def test_la_page_a_un_seul_titre_principal_et_aucun_niveau_saute() -> None:
    titres = lire(_page()).titres
    corps = titres[titres.index(1) :]
    assert titres.count(1) == 1
    assert all(suivant - precedent <= 1 for precedent, suivant in itertools.pairwise(corps))


def test_une_entree_fermee_au_role_est_absente_et_un_groupe_vide_ne_se_voit_pas() -> None:
    html = _page()
    assert "Rendre compte" in html
    assert "Le conseil</h2>" not in html
    assert html.count('aria-current="page"') >= 1
    assert "41<span" in html


def test_le_theme_choisi_est_pose_sur_la_page() -> None:
    assert 'data-theme="sombre"' in _page(theme="sombre")
    assert "data-theme" not in _page(theme="")


@pytest.mark.django_db
def test_la_galerie_est_ouverte_a_tous(client: Client) -> None:
    reponse = client.get("/composants/")
    assert reponse.status_code == 200
    assert fautes(reponse.content.decode()) == []
