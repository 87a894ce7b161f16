"""Every form of the product, as a browser draws it, sent with what it never asked for."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import transaction
from tests.acteurs.fabriques import creer_compte
from tests.attaques.balises import FormulaireLu, formulaires
from tests.attaques.decor import MURS, adresses, navigateur, routes, une_proie
from tests.instances.fabriques import COMMUNE, exercer
from tests.situations.fabriques import Groupe, signaler, un_groupe, une_situation

from maillage.acteurs.models import Compte, FonctionExercee
from maillage.instances.models import Habilitation
from maillage.situations.models import Situation
from maillage.socle.contexte import en_maintenance
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db

IDENTIFIANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|\d+$")
#: The gallery, and forms of the visitor's own session: none is about a file.
HORS = re.compile(r"^/(composants|deconnexion|connexion|affichage|compte|quitter)/")
#: A directory is offered to everybody: a body of it chosen elsewhere is no intrusion.
ANNUAIRES = frozenset({"organisme", "structure", "commune", "communes"})


@pytest.fixture
def proie():
    return une_proie()


@pytest.fixture
def voisin() -> tuple[Groupe, Situation]:
    """A groupe next door, with a followed person and a signalement that waits."""
    groupe = un_groupe()
    situation = une_situation(groupe)
    signaler(groupe)
    return groupe, situation


@pytest.fixture
def maitre(proie) -> Compte:
    """Who may open nearly every form of the attacked groupe, and none next door."""
    compte = exercer(proie.groupe.coordonnatrice, "coordonnateur", COMMUNE)
    exercer(compte, "dpo", COMMUNE)
    exercer(compte, "maire", COMMUNE)
    return compte


def dessines(proie, client) -> Iterator[tuple[str, FormulaireLu]]:
    """(where it is sent, form) of every form that writes, each once."""
    simples = [(nom, "/" + chemin) for nom, chemin in routes() if "<" not in chemin]
    vus = set()
    for _, adresse in [*simples, *adresses({genre: ids[:1] for genre, ids in proie.ids.items()})]:
        reponse = client.get(adresse)
        if reponse.status_code != 200 or not reponse["Content-Type"].startswith("text/html"):
            continue
        for lu in formulaires(reponse.content.decode()):
            vers = lu.action or adresse
            cle = (vers, frozenset(lu.valeurs), frozenset(lu.offres), frozenset(lu.vides))
            if lu.methode == "post" and not HORS.match(vers) and cle not in vus:
                vus.add(cle)
                yield vers, lu


def mots() -> dict[str, object]:
    """Words that most forms accept where the page leaves them to be written."""
    jour = aujourd_hui()
    return {
        "le": jour.isoformat(),
        "depuis": jour.isoformat(),
        "echeance": jour.isoformat(),
        "le_jour": str(jour.day),
        "le_mois": str(jour.month),
        "le_annee": str(jour.year),
        "naissance_jour": "14",
        "naissance_mois": "5",
        "naissance_annee": "2011",
        "nom": "Essai",
        "prenom": "Paul",
        "libelle": "Reprendre le sport",
        "texte": "Trois rencontres au local.",
        "precision": "Emploi",
        "motif": "Relecture du dossier",
        "titre": "Les abords du collège",
        "lieu": "Salle des mariages",
        "heure": "10:00",
        "duree_min": "30",
        "duree_minutes": "60",
        "q": "Essai",
    }


def lignes(cle: int) -> dict[str, list[str]]:
    """Every row of a cercle, read as maintenance."""
    with en_maintenance():
        return {
            modele._meta.label: sorted(map(repr, modele.objects.filter(cercle=cle).values_list()))
            for modele in MURS
            if any(champ.name == "cercle" for champ in modele._meta.fields)
        }


#: A gate writes in another cercle, and nothing but this: the question asked of each holder of a file.
PORTES = {"interroger": "droits.Question"}


def porte_de(vers: str) -> str:
    """The model that address is there to write elsewhere; none for nearly all."""
    return PORTES.get(vers.rstrip("/").rsplit("/", 1)[-1], "")


def reperes() -> dict[tuple[str, int], tuple[object, object]]:
    """Of every nominative row: the cercle and the public id, which nothing ever changes."""
    with en_maintenance():
        return {
            (modele._meta.label, pk): (cercle, public)
            for modele in MURS
            if {"cercle", "public_id"} <= {champ.name for champ in modele._meta.fields}
            for pk, cercle, public in modele.objects.values_list("pk", "cercle", "public_id")
        }


def droits() -> tuple[list[object], list[object], list[object]]:
    """Who may what: functions, mandates, and what opens an account."""
    with en_maintenance():
        return (
            sorted(map(repr, FonctionExercee.objects.values_list())),
            sorted(map(repr, Habilitation.objects.values_list())),
            sorted(map(repr, Compte.objects.values_list("pk", "courriel", "password", "actif"))),
        )


def test_aucun_formulaire_n_ecrit_ce_qu_il_ne_demande_pas(proie, maitre, voisin):
    """Mass assignment: keys, cercles, authors and states of next door are sent along with each form."""
    groupe, situation = voisin
    client = navigateur(maitre)
    ajouts = {
        "cercle": str(groupe.cercle),
        "cercle_id": str(groupe.cle),
        "id": str(situation.pk),
        "pk": str(situation.pk),
        "situation": str(situation.public_id),
        "situation_id": str(situation.pk),
        "identite_id": "1",
        "auteur": str(groupe.membre.public_id),
        "auteur_id": str(groupe.membre.pk),
        "par": str(groupe.membre.pk),
        "par_id": str(groupe.membre.pk),
        "le": "1999-01-01",
        "cree_le": "1999-01-01",
        "efface_le": "2199-01-01",
        "etat": "close",
        "is_superuser": "on",
        "is_staff": "on",
        "actif": "",
        "fonctions": "administrateur_technique",
        "version": "1",
    }
    autre, avant, connus, ecrits = lignes(groupe.cle), reperes(), mots(), 0
    tous = list(dessines(proie, client))
    for vers, lu in tous:
        envoi = lu.remplir(connus) | {"jeton": str(uuid4())}
        demandes = {*lu.valeurs, *lu.offres, *lu.vides}
        envoi |= {nom: valeur for nom, valeur in ajouts.items() if nom not in demandes}
        with transaction.atomic():
            reponse = client.post(vers, envoi)
            assert reponse.status_code < 500, vers
            porte = porte_de(vers)
            assert lignes(groupe.cle) | {porte: []} == autre | {porte: []}, vers
            apres = reperes()
            assert {cle: apres[cle] for cle in avant if cle in apres} == {
                cle: valeur for cle, valeur in avant.items() if cle in apres
            }, vers
            nouvelles = [apres[cle] for cle in apres if cle not in avant and cle[0] != porte]
            assert all(cercle != groupe.cle for cercle, _ in nouvelles), vers
            ecrits += reponse.status_code in {302, 303}
            transaction.set_rollback(True)
    # A walk where nothing is ever accepted would prove nothing.
    assert len(tous) > 60, len(tous)
    assert ecrits > 20, ecrits


def test_aucun_choix_d_un_formulaire_ne_prend_un_objet_d_a_cote(proie, maitre, voisin):
    """IDOR: each choice and each hidden key takes the identifiers of next door, one at a time."""
    groupe, situation = voisin
    client = navigateur(maitre)
    with en_maintenance():
        signalement = groupe.formation.cercle.pk and situation.signalement.public_id
        siege = groupe.formation.sieges.first().public_id
    etrangers = [
        str(situation.public_id),
        str(signalement),
        str(groupe.membre.public_id),
        str(groupe.membre.pk),
        str(siege),
        str(groupe.cercle),
        str(groupe.formation.public_id),
    ]
    autre, avant, connus = lignes(groupe.cle), droits(), mots()
    essayes = 0
    for vers, lu in dessines(proie, client):
        cles = {nom for nom, offres in lu.offres.items() if any(IDENTIFIANT.match(o) for o in offres if o)}
        caches = {nom for nom, valeurs in lu.valeurs.items() if any(IDENTIFIANT.match(v) for v in valeurs)}
        for nom in (cles | caches) - {"jeton", "version", "csrfmiddlewaretoken"} - ANNUAIRES:
            offerts = set(lu.offres.get(nom, [])) | set(lu.valeurs.get(nom, []))
            for etranger in etrangers:
                if etranger in offerts:
                    continue
                envoi = lu.remplir(connus) | {"jeton": str(uuid4()), nom: etranger}
                with transaction.atomic():
                    reponse = client.post(vers, envoi)
                    ou = f"{vers} {nom}={etranger}"
                    assert reponse.status_code < 500, ou
                    porte = porte_de(vers)
                    assert lignes(groupe.cle) | {porte: []} == autre | {porte: []}, ou
                    assert droits()[1:] == avant[1:], ou
                    if nom in cles and not etranger.isdecimal():
                        assert reponse.status_code in {200, 403, 404, 409, 422}, ou
                    transaction.set_rollback(True)
                essayes += 1
    assert essayes > 20, essayes


def test_l_administration_ne_se_donne_rien_par_un_champ_ajoute(proie):
    """The forms of accounts: no added field gives a function, a password, or another account."""
    technique = creer_compte("administrateur_technique")
    vise = proie.groupe.membre
    client = navigateur(technique)
    ajouts = {
        "password": "pbkdf2$faux",
        "is_superuser": "on",
        "is_staff": "on",
        "fonctions": "maire",
        "code": "maire",
        "compte": str(technique.public_id),
        "compte_id": str(technique.pk),
        "cercle_id": str(proie.groupe.cle),
        "public_id": str(uuid4()),
    }
    fonctions, mandats, _ = droits()
    essayes = 0
    for adresse in (f"/comptes/{vise.public_id}/", "/comptes/nouveau/", "/organismes/nouveau/"):
        for lu in formulaires(client.get(adresse).content.decode()):
            vers = lu.action or adresse
            if lu.methode != "post" or HORS.match(vers):
                continue
            demandes = {*lu.valeurs, *lu.offres, *lu.vides}
            envoi = lu.remplir(mots()) | {nom: v for nom, v in ajouts.items() if nom not in demandes}
            with transaction.atomic():
                assert client.post(vers, envoi).status_code < 500, vers
                apres = droits()
                siennes = [f for f in apres[0] if f not in fonctions]
                assert not any(f"({technique.pk}," in str(f) for f in siennes), vers
                assert apres[1] == mandats, vers
                assert not any("pbkdf2$faux" in str(compte) for compte in apres[2]), vers
                transaction.set_rollback(True)
            essayes += 1
    assert essayes >= 4, essayes
