"""Functions grouped by what people come to do: at the sign-in of a demonstration, in « Qui peut quoi »."""

import html
import re
from collections import Counter

import pytest
from tests.acteurs.fabriques import creer_compte, faire_une_demonstration

from maillage.acteurs.familles import FAMILLES, famille_de
from maillage.acteurs.fonctions import FONCTIONS
from maillage.socle.permissions import toutes


def test_chaque_fonction_est_dans_une_famille_et_une_seule():
    rangees = Counter(code for famille in FAMILLES for code in famille.fonctions)
    assert rangees == Counter(list(FONCTIONS))


def test_qui_tient_deux_fonctions_est_range_une_fois():
    assert famille_de(["membre", "coordonnateur"]) == FAMILLES[0]
    assert famille_de([]) is None


@pytest.mark.django_db
def test_les_comptes_en_un_clic_sont_sous_le_titre_de_leur_famille(client):
    coordination, dpo, personne = creer_compte("coordonnateur"), creer_compte("dpo"), creer_compte()
    faire_une_demonstration()
    page = html.unescape(client.get("/connexion/").content.decode())
    titres = [titre.strip() for titre in re.findall(r"<h3[^>]*>([^<]+)</h3>", page)]
    assert titres == ["Coordonner", "Contrôler et administrer", "Sans fonction"]
    ordre = [page.index(f'value="{compte.public_id}"') for compte in (coordination, dpo, personne)]
    assert ordre == sorted(ordre)
    assert page.index("Contrôler et administrer") < ordre[1] < page.index("Sans fonction")


@pytest.mark.django_db
def test_qui_peut_quoi_dit_par_fonction_ce_que_dit_le_registre(client):
    client.force_login(creer_compte("dpo"))
    page = html.unescape(client.get("/qui-peut-quoi/").content.decode())
    par_fonction = page[page.index('id="h-fonctions"') : page.index('id="h-permissions"')]
    volets = re.findall(r"<details[^>]*><summary><span>([^<]+)</span>.*?</details>", par_fonction, re.S)
    assert Counter(volets) == Counter(fonction.libelle() for fonction in FONCTIONS.values())
    attendues = sum(len(permission.fonctions) for permission in toutes())
    assert len(re.findall(r"<li>", par_fonction)) == attendues
