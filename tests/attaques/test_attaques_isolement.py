"""Everybody who must not read a groupe asks for everything in it, by every address and every verb."""

from uuid import uuid4

import pytest
from tests.attaques.decor import (
    CANARI,
    absents,
    adresses,
    contenu,
    forme,
    intrus,
    navigateur,
    nominative,
    photographie,
    routes,
    une_proie,
)
from tests.situations.fabriques import un_groupe, une_situation

from maillage.socle.models import EntreeJournal

pytestmark = pytest.mark.django_db


@pytest.fixture
def proie():
    return une_proie()


def refus_journalises(compte) -> int:
    return EntreeJournal.objects.filter(acteur=compte.pk, evenement__in=["refus", "introuvable"]).count()


def test_personne_d_autre_ne_voit_rien_du_groupe(proie, fabrique):
    generales = [(nom, "/" + chemin) for nom, chemin in routes() if "<" not in chemin]
    for qui, compte in intrus(proie).items():
        client = navigateur(compte)
        refuses = 0
        for nom, adresse in [*generales, *adresses(proie.ids)]:
            reponse = client.get(adresse)
            ou = f"{qui} : {adresse} ({nom})"
            assert reponse.status_code < 500, ou
            if nominative(nom) and "<" in dict(routes())[nom]:
                assert reponse.status_code in {302, 403, 404, 405}, f"{ou} : {reponse.status_code}"
                if reponse.status_code == 302:
                    assert reponse["Location"].startswith("/connexion/"), ou
            page = contenu(reponse)
            trouve = CANARI.search(page)
            assert trouve is None, f"{ou} : {page[max(trouve.start() - 200, 0) : trouve.end() + 50]}"
            vus = {secret for secret in proie.secrets if secret in page and secret not in adresse}
            assert not vus, f"{ou} : {vus}"
            refuses += reponse.status_code in {403, 404} and not nom.startswith(
                ("territoires:", "repartition:")
            )
        if compte is not None and qui != "compte fermé":
            with fabrique():
                assert refus_journalises(compte) >= refuses, qui


def test_un_objet_cache_et_un_objet_absent_donnent_la_meme_page(proie):
    caches, absentes = adresses(proie.ids), adresses(absents(proie.ids))
    tous = intrus(proie)
    for qui in ("coordonnatrice du voisin", "membre au mandat fini", "coordonnateur de la commune"):
        client = navigateur(tous[qui])
        for (nom, cachee), (_, absente) in zip(caches, absentes, strict=True):
            if not nominative(nom):
                continue
            reponses = client.get(cachee), client.get(absente)
            assert reponses[0].status_code == reponses[1].status_code, f"{qui} : {cachee}"
            assert forme(reponses[0]) == forme(reponses[1]), f"{qui} : {cachee}"
            assert set(reponses[0].headers) == set(reponses[1].headers), f"{qui} : {cachee}"


def saisie(proie) -> dict[str, object]:
    """Valid values for every form of the product, with what nobody is asked for."""
    return {
        "version": "1",
        "nom": "Intrus",
        "prenom": "Paul",
        "sexe": "M",
        "naissance_jour": "14",
        "naissance_mois": "5",
        "naissance_annee": "2011",
        "exposition": "delinquance",
        "motif": "absences_repetees",
        "origine": "etablissement_scolaire",
        "texte": "Des faits.",
        "rapprocher": str(proie.ids["signalement"][0]),
        "decision": "retenu",
        "libelle": "Pris par un intrus",
        "domaine": "loisirs",
        "etat": "en_cours",
        "issue": "objectifs_atteints",
        "lien": "mere",
        "moyen": "entretien",
        "avec": "personne",
        "suite": "aucune",
        "duree_min": "30",
        "destinataire": "personne",
        "precision": "Emploi",
        "profession": "educateur_specialise",
        "referent": str(proie.groupe.membre.public_id),
        "releve": "Rien",
        "objet": [str(proie.recu.public_id)],
        "contenu": "Une charte sans valeur, écrite par un intrus qui ne siège pas ici.",
        "lu": "on",
        "cercle": str(proie.groupe.cle),
        "cercle_id": str(proie.groupe.cle),
        "auteur": "1",
        "public_id": str(proie.situation.public_id),
        "id": str(proie.situation.pk),
    }


def test_aucun_envoi_ne_change_rien_chez_les_autres(proie):
    tous = intrus(proie)
    avant = photographie()
    for qui in (
        "coordonnatrice du voisin",
        "membre au mandat fini",
        "membre sans signature",
        "membre au siège retiré",
        "préfecture",
        "administrateur technique",
        "anonyme",
    ):
        client = navigateur(tous[qui])
        for nom, adresse in adresses(proie.ids):
            if not nominative(nom):
                continue
            reponse = client.post(adresse, {**saisie(proie), "jeton": str(uuid4())})
            assert reponse.status_code in {302, 403, 404, 405}, f"{qui} : {adresse}"
            assert CANARI.search(contenu(reponse)) is None, f"{qui} : {adresse}"
    assert photographie() == avant


def test_un_groupe_ne_se_sert_pas_des_objets_d_un_autre(proie):
    """The visitor owns the first identifier of the address; the second is a neighbour's."""
    voisin = un_groupe()
    sienne = une_situation(voisin)
    client = navigateur(voisin.coordonnatrice)
    avant = photographie()
    ids = {**proie.ids, "situation": [sienne.public_id]}
    for nom, adresse in adresses(ids):
        if adresse.count("-") < 8 or not nom.startswith("situations:"):
            continue
        for reponse in (client.get(adresse), client.post(adresse, {**saisie(proie), "jeton": str(uuid4())})):
            assert reponse.status_code == 404, adresse
            assert CANARI.search(contenu(reponse)) is None
    assert photographie() == avant
