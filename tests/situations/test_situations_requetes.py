"""The written queries of the two pages opened most say what the composed ones say, to the same people."""

from uuid import uuid4

import pytest
from tests.situations.fabriques import un_groupe, une_situation

from maillage.acteurs.api import GENRES_JUDICIAIRES
from maillage.instances.models import Siege
from maillage.instances.selectors.vigueur import siege_d_un_genre
from maillage.situations import identites, selectors
from maillage.situations.models import Situation
from maillage.situations.pieces import entete, pieces_de
from maillage.situations.selectors import Filtres
from maillage.situations.views.dessin import rangees
from maillage.situations.views.presentation import A_TEMPS
from maillage.socle.refus import Introuvable

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("par_page", [1, 3, 20])
def test_la_liste_s_ouvre_comme_si_elle_etait_composee(au_nom_de, par_page, monkeypatch):
    ici, ailleurs = un_groupe(), un_groupe()
    for _ in range(4):
        une_situation(ici)
        une_situation(ailleurs)
    cercles = (ici.cle, ailleurs.cle)
    for plafond in (2, 100):
        monkeypatch.setattr(selectors, "PLAFOND", plafond)
        with au_nom_de(ici.membre):
            for etat in ("ouverte", "close"):
                filtres = Filtres(cercles=cercles, etat=etat)
                assert filtres.ouverture
                ecrite = selectors.situations(filtres, par_page=par_page)
                assert ecrite.lignes == selectors._page_filtree(filtres, "", par_page).lignes
                assert {ligne.cercle for ligne in ecrite.lignes} <= {ici.cle}
                assert len(ecrite.lignes) == (min(4, par_page, plafond + 1) if etat == "ouverte" else 0)
            # The composed page reads no further than its count: the cursor is compared where both read on.
            composee = selectors._page_filtree(Filtres(cercles=cercles), "", par_page)
            ecrite = selectors.situations(Filtres(cercles=cercles), par_page=par_page)
            assert (ecrite.compte, ecrite.suivante) == (composee.compte, composee.suivante)


@pytest.mark.parametrize(
    "change", [{"exposition": "x"}, {"tranche": "x"}, {"referent": "sans"}, {"cles": ()}, {"tri": "nom"}]
)
def test_une_liste_restreinte_n_est_pas_celle_qui_s_ouvre(change):
    assert not Filtres(**change).ouverture


def test_l_en_tete_et_l_identite_sont_celles_de_l_orm(au_nom_de):
    ici = un_groupe()
    situation = une_situation(ici)
    with au_nom_de(ici.membre):
        ecrite, composee = entete(situation.public_id), selectors.une(Situation, situation.public_id)
        for champ in Situation._meta.concrete_fields:
            assert getattr(ecrite, champ.attname) == getattr(composee, champ.attname), champ.name
        assert pieces_de(ecrite).identite == identites.lire(situation.identite_id)


def test_qui_lit_ailleurs_ne_trouve_ni_l_en_tete_ni_les_pieces(au_nom_de):
    ici, ailleurs = un_groupe(), un_groupe()
    situation = une_situation(ici)
    with au_nom_de(ici.membre):
        lue = entete(situation.public_id)
    with au_nom_de(ailleurs.membre):
        for absente in (situation.public_id, uuid4()):
            with pytest.raises(Introuvable):
                entete(absente)
        with pytest.raises(Introuvable):
            pieces_de(lue)
        assert selectors.situations(Filtres(cercles=(ici.cle,))).lignes == ()


def test_un_siege_judiciaire_est_celui_de_ce_groupe_et_d_aujourd_hui(au_nom_de):
    ici, ailleurs = un_groupe(), un_groupe()
    with au_nom_de(ici.membre):
        genres = set(
            Siege.objects.filter(formation__cercle=ici.cle).values_list("organisme__genre", flat=True)
        )
        assert siege_d_un_genre(ici.cle, genres)
        assert siege_d_un_genre(ici.cle, GENRES_JUDICIAIRES) is bool(genres & GENRES_JUDICIAIRES)
        assert not siege_d_un_genre(ici.cle, ())
        assert not siege_d_un_genre(ailleurs.cle, {"inconnu"})


def test_une_ligne_ecrite_echappe_tout_ce_qu_elle_dit():
    piege = "<i>&</i>"
    champs = ("titre", "sous", "numero", "exposition", "referent", "structure", "prochaine", "conservation")
    ligne = dict.fromkeys(champs, piege) | {"url": "/x/", "pastille": A_TEMPS["revue"]}
    ecrite = rangees([{**ligne, "masque": False, "sans_referent": False}])
    assert "<i>" not in ecrite
    assert ecrite.count("&lt;i&gt;&amp;&lt;/i&gt;") == len(champs)
    masquee = rangees([{**ligne, "masque": True, "sans_referent": False}])
    assert "Organisme masqué" in masquee
    assert masquee.count("&lt;i&gt;") == len(champs) - 2
    assert "À désigner" in rangees([{**ligne, "masque": False, "sans_referent": True}])
