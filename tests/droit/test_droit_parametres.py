import re
import subprocess
import sys
from datetime import date, timedelta

import pytest

from maillage.droit.api import (
    AucuneValeur,
    Force,
    ParametreInconnu,
    Statut,
    en_vigueur,
    entier,
    parametre,
    parametres,
    valeur,
    valeur_datee,
    valeur_ou_rien,
)
from maillage.droit.lecture import DonneesInvalides, lire_sources, lire_theme

SOURCES = lire_sources("csi: {titre: Code de la sécurité intérieure}")
COMPLETE = {
    "valeur": "1",
    "depuis": "2020-01-01",
    "base_legale": "CSI, art. L. 132-4",
    "source": "csi",
    "force": "loi",
    "statut": "lu",
    "verifie_le": "2026-01-01",
}


def theme(*valeurs, **cles):
    fiche = {"code": "essai.x", "libelle": "Essai", "unite": "mois", **cles}
    lignes = ["theme: Essai", "parametres:", "  - " + "\n    ".join(f"{c}: {v}" for c, v in fiche.items())]
    lignes.append("    valeurs:")
    lignes += ["      - " + "\n        ".join(f"{c}: {v}" for c, v in une.items()) for une in valeurs]
    return "\n".join(lignes)


def test_every_value_has_a_basis_and_a_source_and_says_how_far_it_was_checked():
    for un in parametres():
        assert un.valeurs, un.code
        for datee in un.valeurs:
            assert datee.base_legale.strip(), un.code
            assert datee.source.titre.strip(), un.code
            assert datee.verifie_le or datee.statut is Statut.A_VERIFIER, un.code
            assert datee.a_verifier or datee.statut is not Statut.A_VERIFIER, un.code


def test_codes_are_stable_words_and_unique():
    codes = [un.code for un in parametres()]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z_0-9]+\.[a-z_0-9]+", code) for code in codes)


def test_links_are_secure_addresses():
    liens = {datee.lien for un in parametres() for datee in un.valeurs if datee.lien}
    assert liens
    assert all(lien.startswith("https://") for lien in liens)


def test_what_the_strategy_states_is_never_shown_as_read_in_the_law():
    for un in parametres():
        for datee in un.valeurs:
            if datee.source.code == "strategie" and datee.base_legale.startswith("Stratégie"):
                assert (datee.statut, datee.force) == (Statut.STRATEGIE, Force.DOCTRINE), un.code


@pytest.mark.parametrize("cle", ["base_legale", "source", "force", "statut", "valeur", "verifie_le"])
def test_a_value_without_one_of_its_proofs_is_refused(cle):
    incomplete = {c: v for c, v in COMPLETE.items() if c != cle}
    with pytest.raises(DonneesInvalides, match=cle):
        lire_theme("essai.yaml", theme(incomplete), SOURCES)


@pytest.mark.parametrize(
    ("changement", "mot"),
    [
        ({"source": "rumeur"}, "source inconnue"),
        ({"force": "avis"}, "avis"),
        ({"statut": "peut-être"}, "peut-être"),
        ({"statut": "a_verifier"}, "a_verifier: true"),
        ({"debut_inconnu": "true"}, "l’un des deux"),
        ({"depuis": "hier"}, "n’est pas une date"),
        ({"valeur": "1.5"}, "type inattendu"),
        ({"couleur": "bleu"}, "couleur"),
    ],
)
def test_a_faulty_value_is_refused_with_the_reason(changement, mot):
    with pytest.raises(DonneesInvalides, match=mot):
        lire_theme("essai.yaml", theme({**COMPLETE, **changement}), SOURCES)


def test_a_value_says_when_it_starts_or_that_nobody_knows():
    sans_debut = {c: v for c, v in COMPLETE.items() if c != "depuis"}
    with pytest.raises(DonneesInvalides, match="l’un des deux"):
        lire_theme("essai.yaml", theme(sans_debut), SOURCES)
    lu = lire_theme("essai.yaml", theme({**sans_debut, "debut_inconnu": "true"}), SOURCES)[0]
    assert lu.au(date(1950, 1, 1)).valeur == 1


def test_two_values_on_the_same_day_are_refused():
    with pytest.raises(DonneesInvalides, match="se recouvrent"):
        lire_theme("essai.yaml", theme(COMPLETE, {**COMPLETE, "depuis": "2021-01-01"}), SOURCES)


def test_an_unknown_unit_is_refused():
    with pytest.raises(DonneesInvalides, match="unité inconnue"):
        lire_theme("essai.yaml", theme(COMPLETE, unite="coudées"), SOURCES)


def test_a_local_value_wins_in_its_territory_only():
    locale = {**COMPLETE, "valeur": "2", "territoire": "departement-31"}
    lu = lire_theme("essai.yaml", theme(COMPLETE, locale), SOURCES)[0]
    le = date(2026, 1, 1)
    assert [lu.au(le, lieu).entier for lieu in ("", "departement-31", "departement-75")] == [1, 2, 1]


def test_the_law_of_the_day_decides():
    assert valeur("clspd.seuil_population", date(2021, 5, 26)) == 10_000
    assert valeur("clspd.seuil_population", date(2021, 5, 27)) == 5_000
    assert valeur("clspd.quartier_prioritaire", date(2014, 12, 31)) == "ZUS"
    assert valeur("clspd.quartier_prioritaire", date(2015, 1, 1)) == "QPV"


def test_an_obligation_had_no_value_before_its_birth_nor_after_its_end():
    with pytest.raises(AucuneValeur, match="2007-03-06"):
        valeur("clspd.seuil_population", date(2007, 3, 6))
    assert valeur_ou_rien("clspd.seuil_population", date(2007, 3, 6)) is None
    assert entier("cddf.seuil_population", date(2019, 12, 28)) == 50_000
    assert valeur_ou_rien("cddf.seuil_population", date(2019, 12, 29)) is None


def test_an_unknown_code_is_said_to_be_unknown():
    with pytest.raises(ParametreInconnu, match=r"rien\.du_tout"):
        parametre("rien.du_tout")


def test_a_word_is_not_taken_for_a_number():
    with pytest.raises(TypeError):
        entier("transaction.silence", date(2026, 1, 1))
    with pytest.raises(TypeError):
        entier("transaction.protocole_obligatoire", date(2026, 1, 1))


def test_values_of_a_parameter_follow_one_another_without_overlap():
    for un in parametres():
        for datee in un.valeurs:
            for jour in (datee.depuis, datee.jusqua):
                if jour is not None:
                    assert sum(v.couvre(jour) and v.territoire == datee.territoire for v in un.valeurs) == 1


def test_the_list_of_a_day_holds_exactly_what_covers_it():
    le = date(2021, 5, 26)
    codes = {(un.parametre.code, un.valeur.valeur) for un in en_vigueur(le)}
    assert ("clspd.seuil_population", 10_000) in codes
    assert not any(code == "coordonnateur.seuil_population" for code, _ in codes)
    lendemain = {un.parametre.code for un in en_vigueur(le + timedelta(days=1))}
    assert "coordonnateur.seuil_population" in lendemain


def test_what_remains_to_verify_says_so():
    assert valeur_datee("cddf.seuil_population", date(2015, 1, 1)).a_verifier
    assert valeur_datee("clspd.seuil_population", date(2022, 1, 1)).a_verifier
    assert not valeur_datee("tig.heures_maximum", date(2022, 1, 1)).a_verifier


def test_importing_droit_opens_no_file_of_values_and_no_django():
    code = (
        "import sys, maillage.droit.api, maillage.droit.entrees;"
        "assert not {'django', 'yaml', 'maillage.droit.lecture'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
