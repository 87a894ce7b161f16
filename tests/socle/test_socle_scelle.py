"""The sealed journal, without a database: hashing, heads, and a verifier that no change escapes."""

import io
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.socle.scelle.ecriture import Entree, Tete, canonique, feuille_gardee
from maillage.socle.scelle.merkle import (
    VIDE,
    Frontiere,
    feuille,
    frontiere,
    inclus,
    noeud,
    preuve_d_inclusion,
)
from maillage.socle.scelle.signature import CleIllisible, cle_privee, lire_publique, publique, signer
from maillage.socle.scelle.verification import Faute, TeteSignee, lire_tete, verifier

DEBUT = datetime(2026, 1, 5, 8, tzinfo=UTC)


def racine_de_reference(feuilles: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, word for word: the definition the frontier must agree with."""
    if not feuilles:
        return sha256(b"").digest()
    if len(feuilles) == 1:
        return feuilles[0]
    coupe = 1
    while coupe * 2 < len(feuilles):
        coupe *= 2
    return noeud(racine_de_reference(feuilles[:coupe]), racine_de_reference(feuilles[coupe:]))


def des_feuilles(nombre: int) -> list[bytes]:
    return [feuille(str(rang).encode()) for rang in range(nombre)]


def test_the_frontier_gives_the_root_of_the_definition_for_every_size():
    courante = Frontiere()
    assert courante.racine == VIDE
    feuilles = des_feuilles(70)
    for taille, une in enumerate(feuilles, start=1):
        courante = courante.ajouter(une)
        assert courante.racine == racine_de_reference(feuilles[:taille])
        assert len(courante.sommets) == taille.bit_count()


@given(st.integers(1, 40), st.integers(0, 39), st.integers(0, 39))
def test_an_inclusion_proof_convinces_for_its_leaf_and_no_other(taille, rang, autre):
    feuilles = des_feuilles(taille)
    rang, autre = rang % taille, autre % taille
    racine, chemin = frontiere(feuilles).racine, preuve_d_inclusion(feuilles, rang)
    assert inclus(feuilles[rang], rang=rang, taille=taille, chemin=chemin, racine=racine)
    if autre != rang:
        assert not inclus(feuilles[autre], rang=rang, taille=taille, chemin=chemin, racine=racine)
        assert not inclus(feuilles[rang], rang=autre, taille=taille, chemin=chemin, racine=racine)
    assert not inclus(feuilles[rang], rang=rang, taille=taille, chemin=(*chemin, racine), racine=racine)
    assert not inclus(feuilles[rang], rang=taille, taille=taille, chemin=chemin, racine=racine)


# --- The file ----------------------------------------------------------------------------------------


def une_entree(rang: int) -> bytes:
    return Entree(
        rang=rang,
        le=DEBUT + timedelta(minutes=rang),
        acteur=7,
        evenement="lecture_situation",
        objet="0b8f0f5e-5f3a-4f0f-9a55-0d4a0a6f9c11",
        cercle=3,
        details={"page": "formulaire", "é": None},
    ).octets()


@pytest.fixture
def cle(tmp_path: Path):
    return cle_privee(tmp_path / "cles" / "journal.pem")


def un_export(cle, nombre: int = 9, *, effacees: int = 0) -> list[bytes]:
    """The lines of an export, the head first."""
    entrees = [une_entree(rang) for rang in range(1, nombre + 1)]
    tete = Tete(nombre, frontiere(feuille(une) for une in entrees).racine, DEBUT + timedelta(days=1))
    lignes = [
        feuille_gardee(rang, feuille(une)) if rang <= effacees else une
        for rang, une in enumerate(entrees, start=1)
    ]
    return [TeteSignee(tete, publique(cle), signer(cle, tete.octets())).octets(), *lignes]


def juger(lignes: list[bytes], **options):
    return verifier(io.BytesIO(b"".join(ligne + b"\n" for ligne in lignes)), **options)


@pytest.mark.parametrize("nombre", [0, 1, 2, 9, 33])
def test_an_untouched_export_is_accepted_and_says_what_was_checked(cle, nombre):
    constat = juger(un_export(cle, nombre), cle=publique(cle))
    assert (constat.taille, constat.effacees, constat.cle_epinglee) == (nombre, 0, True)
    assert juger(un_export(cle, nombre)).cle_epinglee is False


def test_entries_past_their_term_leave_their_hash_and_the_proof_holds(cle):
    constat = juger(un_export(cle, effacees=4), cle=publique(cle))
    assert (constat.taille, constat.effacees) == (9, 4)


def test_a_recent_entry_cannot_be_hidden_behind_its_hash(cle):
    lignes = un_export(cle, effacees=2)
    lignes[6] = feuille_gardee(6, feuille(une_entree(6)))
    with pytest.raises(Faute, match="l’entrée 6 est cachée"):
        juger(lignes, cle=publique(cle))


def _changer(lignes: list[bytes]) -> None:
    lignes[3] = lignes[3].replace(b'"acteur":7', b'"acteur":8')


def _retirer(lignes: list[bytes]) -> None:
    del lignes[4]


def _retirer_et_renumeroter(lignes: list[bytes]) -> None:
    del lignes[4]
    for rang in range(4, len(lignes)):
        lignes[rang] = une_entree(rang)


def _echanger(lignes: list[bytes]) -> None:
    lignes[2], lignes[3] = lignes[3], lignes[2]


def _inserer(lignes: list[bytes]) -> None:
    lignes.insert(5, une_entree(5))


def _ajouter(lignes: list[bytes]) -> None:
    lignes.append(une_entree(10))


def _tronquer(lignes: list[bytes]) -> None:
    del lignes[7:]


def _reecrire(lignes: list[bytes]) -> None:
    lignes[2] = json.dumps(json.loads(lignes[2])).encode()


def _ajouter_une_cle(lignes: list[bytes]) -> None:
    lignes[2] = canonique({**json.loads(lignes[2]), "nom": "x"})


def _changer_la_taille(lignes: list[bytes]) -> None:
    lignes[0] = canonique({**json.loads(lignes[0]), "taille": 5})
    del lignes[6:]


def _changer_la_racine(lignes: list[bytes]) -> None:
    lignes[0] = canonique({**json.loads(lignes[0]), "racine": "00" * 32})


@pytest.mark.parametrize(
    ("faire", "dit"),
    [
        (_changer, "changée, retirée ou déplacée"),
        (_retirer, "l’entrée 5 est à la place de l’entrée 4"),
        (_retirer_et_renumeroter, "la fin a été coupée"),
        (_echanger, "l’entrée 3 est à la place de l’entrée 2"),
        (_inserer, "l’entrée 5 est à la place de l’entrée 6"),
        (_ajouter, "ajoutée après la dernière"),
        (_tronquer, "la fin a été coupée"),
        (_reecrire, "réécrite"),
        (_ajouter_une_cle, "pas une entrée"),
        (_changer_la_taille, "signature"),
        (_changer_la_racine, "signature"),
    ],
)
def test_no_change_escapes_and_the_first_fault_is_said(cle, faire, dit):
    lignes = un_export(cle)
    faire(lignes)
    with pytest.raises(Faute, match=dit):
        juger(lignes, cle=publique(cle))


@given(st.data())
def test_any_changed_byte_of_the_file_is_a_fault(tmp_path_factory, data):
    secret = cle_privee(tmp_path_factory.getbasetemp() / "journal.pem")
    octets = bytearray(b"".join(ligne + b"\n" for ligne in un_export(secret, 5)))
    ou = data.draw(st.integers(0, len(octets) - 1))
    valeur = data.draw(st.integers(0, 255).filter(lambda v: v != octets[ou]))
    octets[ou] = valeur
    with pytest.raises(Faute):
        verifier(io.BytesIO(bytes(octets)), cle=publique(secret))


def test_a_journal_signed_by_somebody_else_only_agrees_with_itself(cle, tmp_path):
    autre = cle_privee(tmp_path / "autre.pem")
    lignes = un_export(autre)
    assert juger(lignes).cle_epinglee is False
    with pytest.raises(Faute, match="une autre clé"):
        juger(lignes, cle=publique(cle))


def test_a_guardian_s_head_catches_a_past_rewritten_and_signed_again(cle):
    gardee = lire_tete(un_export(cle, 4)[0])
    assert juger(un_export(cle, 9), cle=publique(cle), connue=gardee).tete_connue == 4
    refait = [
        une_entree(rang) if rang != 2 else une_entree(2).replace(b":7,", b":8,") for rang in range(1, 10)
    ]
    tete = Tete(9, frontiere(feuille(une) for une in refait).racine, DEBUT)
    lignes = [TeteSignee(tete, publique(cle), signer(cle, tete.octets())).octets(), *refait]
    assert juger(lignes, cle=publique(cle)).taille == 9  # alone, it looks right
    with pytest.raises(Faute, match="ne sont plus celles de la tête que vous avez gardée"):
        juger(lignes, cle=publique(cle), connue=gardee)
    with pytest.raises(Faute, match="en comptait 4"):
        juger(un_export(cle, 3), cle=publique(cle), connue=gardee)


@pytest.mark.parametrize("octets", [b"", b"bonjour\n", b"[]\n", b'{"format":"autre"}\n', b"{}", b"\xff\n"])
def test_a_file_that_is_no_journal_is_told_in_one_sentence(octets):
    with pytest.raises(Faute):
        verifier(io.BytesIO(octets))


def test_the_signing_key_is_made_once_for_its_owner_alone(tmp_path):
    fichier = tmp_path / "cles" / "journal.pem"
    premiere = publique(cle_privee(fichier))
    assert publique(cle_privee(fichier)) == premiere
    assert fichier.stat().st_mode & 0o777 == 0o600
    lire_publique(premiere)
    fichier.write_text("rien")
    with pytest.raises(CleIllisible):
        cle_privee(fichier)
    with pytest.raises(CleIllisible):
        lire_publique("pas une clé")
