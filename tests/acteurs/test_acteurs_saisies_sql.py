"""The wall around a kept form, as a stolen web password would meet it."""

import psycopg
import pytest
from tests.acteurs.fabriques import creer_compte

from maillage.acteurs.services import saisies
from maillage.socle.contexte import contexte


def test_la_base_ne_contient_aucun_mot_de_la_saisie_et_ne_la_montre_qu_a_son_compte(connexion_web):
    auteur, curieux = creer_compte("coordonnateur"), creer_compte("coordonnateur")
    with contexte(auteur.pk):
        assert saisies.garder(chemin="/organismes/nouveau/", champs=[("nom", "Vauzelle")])
    with connexion_web.cursor() as curseur:
        for qui, nombre in ((auteur.pk, 1), (curieux.pk, 0), ("", 0)):
            curseur.execute("SELECT set_config('maillage.acteur', %s, true)", [str(qui)])
            lignes = curseur.execute("SELECT contenu FROM acteurs_saisiegardee").fetchall()
            assert len(lignes) == nombre
            assert all(b"Vauzelle" not in bytes(contenu) for (contenu,) in lignes)
        curseur.execute("SELECT set_config('maillage.acteur', %s, true)", [str(curieux.pk)])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            curseur.execute(
                "INSERT INTO acteurs_saisiegardee (public_id, compte_id, contenu, expire_le) "
                "VALUES (gen_random_uuid(), %s, '', now())",
                [auteur.pk],
            )
