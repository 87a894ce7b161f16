"""Step-up everywhere it must be: exports that name, members who come and go, accounts, proofs of identity.

Every address is walked. One that looks like such an act must be in one of the two lists: it asks for a fresh
proof, or a sentence says why it need not.
"""

import re

import pytest
from django.test import Client
from tests.acteurs.fabriques import creer_compte
from tests.permissions.test_permissions_matrice import adresses, chemin

from maillage.acteurs.elevation import demande_elevation
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal
from maillage.socle.permissions import permission_de

#: What leaves the product with names, or changes who may read, or how somebody proves who they are.
ELEVEES = {
    "compte_delier",
    "compte_fermer",
    "compte_lien",
    "compte_retirer_second_facteur",
    "compte_rouvrir",
    "fonction_donner",
    "fonction_retirer",
    "cle_retirer",
    "codes_de_secours",
    "oidc_delier",
    "oidc_lier",
    "formation_dissoudre",
    "dissoudre",
    "habilitation_fin",
    "habilitation_nouvelle",
    "habilitation_renouveler",
    "siege_nouveau",
    "siege_retirer",
    "registre_csv",
}
#: Words of an address behind which such an act may hide.
SOUPCONS = re.compile(
    r"export|\bcsv|\.csv|\.ods|purge|habilitation|siege|mandat|membre|fonction_|second_facteur|cle_"
)
#: Why these need no fresh proof.
SANS = {
    "export": "registre des traitements (RGPD, art. 30) : ne nomme aucune personne suivie",
    "mandats_passes": "se lit, ne change rien",
    "second_facteur": "preuve en cours de connexion",
    "second_facteur_cle": "preuve en cours de connexion",
    "second_facteur_secours": "preuve en cours de connexion",
    "second_facteur_activer": "juge lui-même : connecté, il demande la preuve fraîche",
    "cle_ajouter": "juge lui-même, comme la mise en place d’une application",
}


def noms_et_vues():
    return {motif.name: motif.callback for _, motif in adresses()}


def test_chaque_acte_sensible_demande_une_preuve_fraiche():
    vues = noms_et_vues()
    assert set(vues) >= ELEVEES - {"dissoudre"}
    for nom in ELEVEES & set(vues):
        assert demande_elevation(vues[nom]), f"{nom} doit porter @avec_elevation"


def test_aucune_adresse_qui_y_ressemble_n_est_oubliee():
    for modele, motif in adresses():
        nom = motif.name or ""
        if not SOUPCONS.search(f"{modele} {nom}") or demande_elevation(motif.callback):
            continue
        assert SANS.get(nom), f"{nom} ({modele}) : @avec_elevation, ou la raison de s’en passer dans SANS"


@pytest.mark.django_db
def test_sans_preuve_fraiche_aucune_de_ces_adresses_ne_fait_rien():
    """The page is open to this account, whose session is real and old: still nothing happens."""
    clients: dict[str, Client] = {}
    vues = 0
    for modele, motif in adresses():
        permission = permission_de(motif.callback)
        if not demande_elevation(motif.callback) or permission is None:
            continue
        code = min(permission.fonctions, default="membre")
        if code not in clients:
            clients[code] = Client()
            clients[code].force_login(creer_compte(code))
        for envoi in (clients[code].get, clients[code].post):
            reponse = envoi(chemin(modele))
            assert reponse.status_code in {302, 405}, motif.name
            if reponse.status_code == 302:
                assert reponse["Location"].startswith("/compte/confirmer/"), motif.name
                vues += 1
    assert vues >= len(ELEVEES) - 1
    with en_maintenance():
        assert set(EntreeJournal.objects.values_list("evenement", flat=True)) == set()
