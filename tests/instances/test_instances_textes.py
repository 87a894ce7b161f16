"""The groupe proposes, the council adopts, each member signs; then, and only then, the groupe opens."""

from datetime import date, timedelta

import pytest
from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f

from maillage.instances.api import lecteurs, mes_cercles
from maillage.instances.modeles_textes import decouper, modele
from maillage.instances.models import Signature, Texte
from maillage.instances.selectors.textes import mes_chartes
from maillage.instances.services.textes import adopter_texte, proposer_texte, signer_charte
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db

NOUVELLE = "Chaque membre garde pour lui ce qui se dit ici, et le rappelle à ceux qui l’oublieraient."
VOTE = date(2026, 2, 3)


def codes(erreur) -> tuple[str, ...]:
    return erreur.value.verdict.codes


def test_from_the_draft_to_the_signature(au_nom_de):
    groupe = f.groupe(avec_charte=False)
    f.charte(groupe, etat="projet")
    compte = f.membre(groupe, signe=False)
    with au_nom_de(compte):
        texte = proposer_texte(formation=groupe.public_id, genre="charte", contenu=NOUVELLE)
        assert (texte.version_texte, texte.etat) == (1, "propose")
        with pytest.raises(Refus) as refus:
            signer_charte(texte=texte.public_id)
        assert codes(refus) == ("version_perimee",)
    with au_nom_de(f.coordonnateur()):
        adopter_texte(texte=texte.public_id, delibere_le=VOTE, deliberation="2026-017")
    with au_nom_de(compte):
        assert mes_cercles() == []
        [mienne] = mes_chartes()
        assert mienne.a_signer
        signer_charte(texte=texte.public_id)
        assert mes_cercles() == [groupe.cercle_id]
        assert not mes_chartes()[0].a_signer


def test_a_new_charter_ends_every_access_until_each_signs_it(au_nom_de):
    groupe = f.groupe()
    une, autre = f.membre(groupe), f.membre(groupe)
    with au_nom_de(une):
        texte = proposer_texte(formation=groupe.public_id, genre="charte", contenu=NOUVELLE)
        assert mes_cercles() == [groupe.cercle_id]
    with au_nom_de(f.coordonnateur()):
        adopter_texte(texte=texte.public_id, delibere_le=VOTE)
        assert len(lecteurs(groupe.cercle_id)) == 0
        assert len(lecteurs(groupe.cercle_id).en_attente) == 2
    with au_nom_de(une):
        signer_charte(texte=texte.public_id)
        assert mes_cercles() == [groupe.cercle_id]
    with au_nom_de(autre):
        assert mes_cercles() == []
    assert list(Texte.objects.order_by("version_texte").values_list("etat", flat=True)) == [
        "remplace",
        "adopte",
    ]


def test_a_new_set_of_rules_leaves_the_signatures_alone(au_nom_de):
    groupe = f.groupe()
    compte = f.membre(groupe)
    with au_nom_de(compte):
        texte = proposer_texte(formation=groupe.public_id, genre="reglement", contenu=NOUVELLE)
    with au_nom_de(f.exercer(creer_compte(), "maire", f.COMMUNE)):
        adopter_texte(texte=texte.public_id, delibere_le=VOTE)
    with au_nom_de(compte):
        assert mes_cercles() == [groupe.cercle_id]


def test_only_a_member_of_the_groupe_proposes(au_nom_de):
    groupe = f.groupe()
    maire = f.exercer(creer_compte(), "maire", f.COMMUNE)
    ailleurs = f.membre(f.groupe(f.conseil(f.AUTRE)))
    with au_nom_de(maire), pytest.raises(Refus) as refus:
        proposer_texte(formation=groupe.public_id, genre="charte", contenu=NOUVELLE)
    assert codes(refus) == ("non_membre",)
    with au_nom_de(ailleurs), pytest.raises(Introuvable):
        proposer_texte(formation=groupe.public_id, genre="charte", contenu=NOUVELLE)
    assert Texte.objects.filter(formation=groupe).count() == 1


def test_a_proposal_gives_way_to_a_better_one_and_changes_nothing_in_force(au_nom_de):
    groupe = f.groupe()
    compte = f.membre(groupe)
    with au_nom_de(compte):
        proposer_texte(formation=groupe.public_id, genre="charte", contenu=NOUVELLE)
        proposer_texte(formation=groupe.public_id, genre="charte", contenu=NOUVELLE + " Toujours.")
        assert mes_cercles() == [groupe.cercle_id]
    assert list(Texte.objects.order_by("version_texte").values_list("version_texte", "etat")) == [
        (1, "adopte"),
        (2, "remplace"),
        (3, "propose"),
    ]


@pytest.mark.parametrize(
    ("contenu", "attendu"),
    [
        ("Trop court.", "texte_trop_court"),
        ("Chaque membre garde pour lui ce qui se dit ici.", "texte_identique"),
    ],
)
def test_an_empty_or_unchanged_text_is_refused(contenu, attendu, au_nom_de):
    groupe = f.groupe()
    with au_nom_de(f.membre(groupe)), pytest.raises(Refus) as refus:
        proposer_texte(formation=groupe.public_id, genre="charte", contenu=contenu)
    assert codes(refus) == (attendu,)


def test_what_the_groupe_has_not_proposed_is_not_adopted(au_nom_de):
    groupe = f.groupe(avec_charte=False)
    projet = f.charte(groupe, etat="projet")
    with au_nom_de(f.coordonnateur()):
        with pytest.raises(Refus) as refus:
            adopter_texte(texte=projet.public_id, delibere_le=VOTE)
        assert codes(refus) == ("texte_non_propose",)
        propose = f.charte(groupe, version=2, etat="propose")
        with pytest.raises(Refus) as refus:
            adopter_texte(texte=propose.public_id, delibere_le=aujourd_hui() + timedelta(days=1))
        assert codes(refus) == ("deliberation_a_venir",)
    assert not Texte.objects.filter(etat="adopte").exists()


def test_a_member_or_another_council_adopts_nothing_here(au_nom_de):
    groupe = f.groupe()
    compte = f.membre(groupe)
    f.groupe(f.conseil(f.AUTRE))
    propose = f.charte(groupe, version=2, etat="propose")
    with au_nom_de(compte), pytest.raises(Refus) as refus:
        adopter_texte(texte=propose.public_id, delibere_le=VOTE)
    assert refus.value.statut == 403
    with au_nom_de(f.coordonnateur(f.AUTRE)), pytest.raises(Introuvable):
        adopter_texte(texte=propose.public_id, delibere_le=VOTE)
    with au_nom_de(compte):
        assert mes_cercles() == [groupe.cercle_id]


def test_one_signs_for_oneself_once_and_only_where_one_is_habilitated(au_nom_de):
    groupe = f.groupe()
    texte = Texte.objects.get()
    compte, ailleurs = f.membre(groupe, signe=False), f.membre(f.groupe(f.conseil(f.AUTRE)))
    with au_nom_de(ailleurs), pytest.raises(Introuvable):
        signer_charte(texte=texte.public_id)
    with au_nom_de(f.coordonnateur()), pytest.raises(Introuvable):
        signer_charte(texte=texte.public_id)
    with au_nom_de(compte):
        signer_charte(texte=texte.public_id)
        with pytest.raises(Refus) as refus:
            signer_charte(texte=texte.public_id)
    assert codes(refus) == ("deja_signee",)
    assert Signature.objects.filter(texte=texte).count() == 1


def test_the_models_are_laid_out_with_titles_and_lists():
    for genre in ("charte", "reglement"):
        blocs = decouper(modele(genre).rempli(conseil="le CLSPD", groupe="Jeunes"))
        titres = [bloc.lignes[0] for bloc in blocs if bloc.genre == "titre"]
        assert len(titres) == 10
        assert titres[1].startswith("1. ")
    assert any(bloc.genre == "liste" for bloc in decouper(modele("charte").contenu))


@pytest.mark.parametrize("genre", ["charte", "reglement"])
def test_the_models_say_the_word_groupe_once(genre):
    rempli = modele(genre).rempli(conseil="CLSPD de Toulouse", groupe="Groupe Jeunesse")
    assert "le groupe Jeunesse" in rempli.replace("Le ", "le ")
    assert "groupe Groupe" not in rempli
    assert "« Groupe" not in rempli
    assert "{" not in rempli
