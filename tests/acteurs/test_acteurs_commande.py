"""The first account of an installation, and the way back in."""

import re

import pytest
from django.core.management import CommandError, call_command
from tests.acteurs.fabriques import MOT_DE_PASSE, creer_compte
from tests.acteurs.totp import appareil_en_service

from maillage.acteurs.models import AppareilDeCodes, Compte

pytestmark = pytest.mark.django_db


def test_la_premiere_personne_qui_administre_entre_par_un_lien_donne_une_fois(client, capsys):
    call_command("administrateur", "Premiere@exemple.invalid", prenom="Aline", nom="Brassac")
    lien = re.search(r"/ouverture/\S+", capsys.readouterr().out).group()
    assert client.get(lien).status_code == 200
    with pytest.raises(CommandError, match="administre déjà"):
        call_command("administrateur", "seconde@exemple.invalid", prenom="Marc", nom="Delvigne")
    assert Compte.objects.get().fonctions == {"administrateur_technique"}


def test_le_secours_oublie_mot_de_passe_et_second_facteur_et_ferme_les_sessions(client, capsys):
    compte = creer_compte("administrateur_technique", mot_de_passe=MOT_DE_PASSE)
    client.force_login(compte)
    appareil_en_service(compte)

    call_command("administrateur", compte.courriel, secours=True)

    compte.refresh_from_db()
    assert not compte.has_usable_password()
    assert not AppareilDeCodes.objects.exists()
    assert client.get("/compte/").status_code == 302
    assert client.get(re.search(r"/ouverture/\S+", capsys.readouterr().out).group()).status_code == 200


def test_le_secours_ne_sert_qu_a_qui_administre_deja_les_comptes():
    coordination = creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE)
    with pytest.raises(CommandError, match="Aucun compte"):
        call_command("administrateur", coordination.courriel, secours=True)
    assert Compte.objects.get(pk=coordination.pk).has_usable_password()
