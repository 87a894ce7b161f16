"""Components keep to their attributes, and escape what they are given, once."""

from __future__ import annotations

from datetime import date

import pytest
from balisage import fautes
from django.template import Context, Template, TemplateSyntaxError
from django_cotton.compiler_regex import CottonCompiler

from maillage.interface.lecteurs import Lecteur
from maillage.interface.navigation import Entree, Groupe, Lien, marquer_actif


def dessiner(source: str, **valeurs: object) -> str:
    """Draw a piece of template as a page would."""
    html = Template(CottonCompiler().process(source)).render(Context(valeurs))
    assert fautes(html) == []
    return html


@pytest.mark.parametrize("ecriture", ['titre="{{ nom }}"', ':titre="nom"'])
def test_une_valeur_donnee_a_un_composant_est_echappee_une_seule_fois(ecriture: str) -> None:
    html = dessiner(f"<c-m.page-tete {ecriture} />", nom='<script>L’été & "co"')
    assert "&lt;script&gt;L’été &amp; &quot;co&quot;" in html
    assert "&amp;amp;" not in html


def test_un_composant_ignore_les_variables_de_la_page() -> None:
    html = dessiner("<c-m.bloc><p>corps</p></c-m.bloc>", titre="fuite", retard=True, note="fuite", id="fuite")
    assert "fuite" not in html
    assert "m-lisere-retard" not in html


def test_une_option_fausse_le_reste() -> None:
    assert "m-lisere-retard" not in dessiner('<c-m.bloc titre="x" :retard="non">y</c-m.bloc>', non=False)
    assert "m-lisere-retard" in dessiner('<c-m.bloc titre="x" :retard="oui">y</c-m.bloc>', oui=True)


def test_une_icone_inconnue_est_refusee() -> None:
    with pytest.raises(TemplateSyntaxError, match="n'existe pas"):
        dessiner('{% icone "licorne" %}')


def test_un_organisme_masque_ne_s_ecrit_jamais_meme_fourni() -> None:
    lecteurs = [Lecteur("Julie Peyrolles", "SPIP", masque=True), Lecteur("Marc Delvigne", "mission locale")]
    html = dessiner('<c-m.lecteurs :lecteurs="lecteurs" />', lecteurs=lecteurs)
    assert "SPIP" not in html
    assert "organisme masqué" in html
    assert "2\u00a0personnes" in html


def test_sans_lecteur_la_boite_le_dit() -> None:
    assert "Personne d’autre que vous ne lira ceci" in dessiner('<c-m.lecteurs :lecteurs="l" futur />', l=[])


@pytest.mark.parametrize(
    ("effet", "attendu"),
    [
        ("efface", "Effacé le 24\u00a0décembre\u00a02026"),
        ("archive", "</strong> jusqu’au 24\u00a0décembre\u00a02026"),
        ("revue", "Revue avant le <strong>24\u00a0décembre\u00a02026"),
        ("fin", "Prend fin le <strong>24\u00a0décembre\u00a02026"),
    ],
)
def test_une_echeance_dit_la_date_et_ce_qui_arrive(effet: str, attendu: str) -> None:
    assert attendu in dessiner(f'<c-m.echeance :le="le" effet="{effet}" />', le=date(2026, 12, 24))


def test_sans_date_l_echeance_le_dit() -> None:
    assert "Conservé pendant le suivi" in dessiner('<c-m.echeance :le="le" />', le=None)


def test_les_etapes_se_comptent_a_partir_d_un_nombre_ou_d_un_mot() -> None:
    for courante in ('courante="2"', ':courante="rang"'):
        html = dessiner(f'<c-m.etapes :etapes="etapes" {courante} />', etapes=["A", "B", "C"], rang=2)
        assert html.count("est-fait") == 1
        assert '<li aria-current="step"><span class="m-etape-nom">2. B' in html


def test_le_bouton_d_une_tache_dit_a_quoi_il_mene() -> None:
    html = dessiner('<ul><c-m.tache quand="14 h" titre="Relire" url="/x" bouton="Ouvrir" /></ul>')
    assert 'Ouvrir<span class="visually-hidden"> : Relire</span>' in html


def test_la_page_courante_du_fil_n_est_pas_un_lien() -> None:
    html = dessiner('<c-m.fil :liens="fil" />', fil=(Lien("Situations", "/s/"), Lien("N° 8")))
    assert html.count("<a ") == 1
    assert 'aria-current="page">N° 8' in html


def test_le_menu_marque_la_plus_longue_adresse() -> None:
    groupes = (
        Groupe("A", (Entree("Accueil", "/", "jour"), Entree("Situations", "/situations/", "situations"))),
        Groupe("Vide", ()),
        Groupe("B", (Entree("Référents", "/situations/referents/", "referent"),)),
    )

    def actives(chemin: str) -> list[str]:
        return [e.libelle for g in marquer_actif(groupes, chemin) for e in g.entrees if e.actif]

    assert actives("/situations/referents/8") == ["Référents"]
    assert actives("/situations/") == ["Situations"]
    assert actives("/") == ["Accueil"]
    assert actives("/ailleurs/") == []
    assert len(marquer_actif(groupes, "/")) == 2
