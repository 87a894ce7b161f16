"""A refusal is a help page."""

from __future__ import annotations

import pytest
from balisage import fautes
from django.template.loader import render_to_string

from maillage.droit.api import Force, Motif, Verdict
from maillage.interface import refus
from maillage.interface.exemples import JOUR, REFUS

LOI = Motif("loi_code", "Une loi s’y oppose.", "CSI, art. L. 132-5", Force.LOI)
USAGE = Motif("usage_code", "Un usage s’y oppose.", "Règle locale", Force.USAGE, a_verifier=True)


@pytest.mark.parametrize("statut", [403, 409, 422])
def test_la_page_montre_chaque_motif_son_article_et_son_code(statut: int) -> None:
    html = render_to_string(
        "refus.html", {"verdict": REFUS, "statut": statut, "titre": "Refus", "jour": JOUR}
    )
    assert fautes(html) == []
    for motif in REFUS.motifs:
        assert motif.code in html
        assert motif.base_legale.replace("art. D. ", "art.\u00a0D.\u00a0") in html
    assert "Article à vérifier." in html
    assert "Ce qui le rendrait possible" in html


def test_la_date_calculee_se_lit_en_francais() -> None:
    html = render_to_string("refus.html", {"verdict": REFUS, "statut": 422, "titre": "Refus", "jour": JOUR})
    assert "Fin au plus tard" in html
    assert "6\u00a0janvier\u00a02027" in html
    assert refus.nom_echeance("fin_de_periode") == "Fin de période"


def test_ce_qu_on_sait_d_un_article_se_dit() -> None:
    assert refus.fiabilite(LOI) == "Lu dans le texte."
    assert refus.fiabilite(USAGE) == "Règle de l’application. Article à vérifier."


def test_une_loi_ne_s_ecarte_pas_un_usage_oui() -> None:
    assert refus.leviers(Verdict.refus([LOI]), 422) == (refus.REJUGER,)
    assert refus.leviers(Verdict.refus([LOI, USAGE]), 422) == (refus.REJUGER, refus.PARTIE_LEVABLE)
    assert refus.leviers(Verdict.refus([USAGE]), 422) == (refus.REJUGER, refus.TOUTES_LEVABLES)
    assert refus.leviers(Verdict.refus([USAGE]), 409) == (refus.ETAT_CHANGE,)
    assert refus.leviers(Verdict.refus([USAGE]), 403) == (refus.DROIT_MANQUANT,)


@pytest.mark.parametrize("nom", ["400", "403", "403_formulaire_perime", "404"])
def test_une_page_d_erreur_aide(nom: str) -> None:
    html = render_to_string(f"{nom}.html", {"jour": JOUR})
    assert fautes(html) == []
    assert "Revenir à l’accueil" in html or "Voir mon accès" in html


@pytest.mark.parametrize("nom", ["500", "503", "503_base_arretee", "507_disque_plein"])
def test_la_page_de_panne_se_dessine_sans_requete_ni_base(nom: str) -> None:
    assert fautes(render_to_string(f"{nom}.html")) == []


def test_absente_et_cachee_se_disent_pareil() -> None:
    html = render_to_string("404.html", {"jour": JOUR})
    assert "Cette page n’existe pas, ou ne vous est pas ouverte" in html
