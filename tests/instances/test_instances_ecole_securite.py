"""The school and security meeting: its two parts, its seats, its link with the GPDS (fiche 7)."""

from datetime import date

from maillage.instances.modeles_seance import modeles, modeles_pour
from maillage.strategie.api import sieges_suggeres


def test_l_ordre_du_jour_a_ses_deux_parties_et_le_lien_avec_le_gpds():
    modele = modeles()["ecole_securite"]
    assert list(dict.fromkeys(point.partie for point in modele.points)) == [
        "1. Vue générale et premier degré",
        "2. Collèges et lycées",
    ]
    assert "groupe de prévention du décrochage scolaire" in modele.points[-1].titre
    assert modele in modeles_pour("groupe")


def test_ceux_de_l_ecole_et_de_la_securite_y_sont_suggeres():
    suggeres = {siege.acteur.code for siege in sieges_suggeres("groupe_ecole", date(2026, 11, 23))}
    assert {
        "chef_etablissement",
        "directeur_ecole",
        "police_nationale",
        "gendarmerie",
        "police_municipale",
    } <= suggeres
