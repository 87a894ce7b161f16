"""Which archives answer for an instant, and which are past their days: examples, then properties."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.projet.sauvegardes.rules import (
    JOURS_GARDES,
    ArchivesRefusees,
    BaseGardee,
    a_oter,
    bases,
    choisir,
    lire_base,
    nom_archive,
    remis_par_le_serveur,
    segment_de,
    suite,
)

MIDI = datetime(2026, 11, 24, 12, tzinfo=UTC)


def segment(rang: int, ligne: int = 1) -> str:
    return f"{ligne:08X}{rang // 256:08X}{rang % 256:08X}"


def archives(*rangs: int) -> list[str]:
    return [nom_archive(segment(rang)) for rang in rangs]


instants = st.integers(0, 6 * 365 * 86_400).map(
    lambda n: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=n)
)
rangs = st.integers(0, 2000)
gardees = st.builds(BaseGardee, instants, rangs.map(segment))


@given(gardees)
def test_le_nom_d_une_base_dit_tout_ce_qu_elle_est(base):
    assert lire_base(base.nom) == base
    assert segment_de(base.nom) is None


@pytest.mark.parametrize(
    "nom",
    [
        "base-20261124T120000Z-000000010000000000000005.msb.en-cours",
        ".base.en-cours",
        "base-20269924T120000Z-000000010000000000000005.msb",
        "effacements.msl",
        "000000010000000000000005",
        "../000000010000000000000005.msw",
    ],
)
def test_un_autre_fichier_n_est_pris_ni_pour_une_base_ni_pour_un_morceau(nom):
    assert lire_base(nom) is None
    assert segment_de(nom) is None


def test_le_serveur_remet_des_morceaux_des_notes_et_des_histoires_rien_d_autre():
    for nom in (segment(5), f"{segment(5)}.00000028.backup", f"{segment(5)}.partial", "00000002.history"):
        assert remis_par_le_serveur(nom)
    for nom in (f"{segment(5)}.en-cours", "notes.txt", "", "../passwd", segment(5).lower() + "a"):
        assert not remis_par_le_serveur(nom)


def test_un_instant_demande_la_derniere_base_d_avant_lui():
    trois = [BaseGardee(MIDI - timedelta(days=n), segment(10 - n)) for n in (3, 2, 1)]
    assert choisir(trois, None) == trois[-1]
    assert choisir(trois, MIDI - timedelta(hours=30)) == trois[1]
    assert choisir(trois, MIDI - timedelta(days=3)) == trois[0]
    with pytest.raises(ArchivesRefusees, match="plus ancienne"):
        choisir(trois, MIDI - timedelta(days=4))
    with pytest.raises(ArchivesRefusees, match="aucune"):
        choisir([], None)


def test_un_trou_dans_les_morceaux_est_refuse_plutot_que_passe_sous_silence():
    base = BaseGardee(MIDI, segment(254))
    assert suite(base, archives(253, 254, 255, 256)) == [segment(n) for n in (254, 255, 256)]
    assert suite(base, []) == []
    with pytest.raises(ArchivesRefusees, match=f"après {segment(254)}"):
        suite(base, archives(254, 256))
    with pytest.raises(ArchivesRefusees, match=segment(254)):
        suite(base, archives(255, 256))


def test_un_morceau_d_une_autre_histoire_ne_revient_pas():
    base = BaseGardee(MIDI, segment(5))
    noms = [*archives(5, 6), nom_archive(segment(7, ligne=2)), nom_archive("00000002.history")]
    assert suite(base, noms) == ["00000002.history", segment(5), segment(6)]


@given(st.lists(gardees, max_size=6), st.sets(rangs, max_size=30), instants)
def test_ce_qui_reste_apres_le_menage_suffit_a_chaque_base_qui_reste(connues, presents, instant):
    noms = [*(base.nom for base in connues), *archives(*presents), "effacements.msl", "notes.txt"]
    otes = a_oter(noms, instant)
    restent = [nom for nom in noms if nom not in otes]
    gardees_apres = bases(restent)
    assert bool(gardees_apres) == bool(connues)
    if connues:
        assert max(connues) in gardees_apres
    for base in gardees_apres:
        assert base == max(connues) or instant - base.des <= timedelta(days=JOURS_GARDES)
        utiles = {nom for nom in archives(*presents) if nom >= nom_archive(base.segment)}
        assert utiles <= set(restent)
    assert {"effacements.msl", "notes.txt"} <= set(restent)
    assert a_oter(restent, instant) == []


@given(st.lists(gardees, min_size=1, max_size=6), st.sets(rangs, max_size=30), instants)
def test_aucun_morceau_plus_vieux_que_toutes_les_bases_ne_reste(connues, presents, instant):
    noms = [*(base.nom for base in connues), *archives(*presents)]
    restent = set(noms) - set(a_oter(noms, instant))
    premier = min(base.segment for base in bases(restent))
    assert all(segment_de(nom) >= premier for nom in restent if segment_de(nom))


def test_sans_base_rien_n_est_ote():
    assert a_oter(archives(1, 2, 3), MIDI) == []
