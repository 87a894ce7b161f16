"""Gaps in days: the examples people reason with, then every case against a day-by-day count."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.parcours.rules.continuite import Continuite, Soutien, Trou, continuite

FIN = date(2026, 3, 31)
DOMAINES = ("hebergement", "emploi", "soins")
UN_JOUR = timedelta(days=1)


def hebergement(*soutiens: Soutien) -> Continuite:
    return continuite(FIN, soutiens, ["hebergement"])


def test_un_soutien_qui_commence_le_lendemain_ne_laisse_aucun_trou():
    vu = hebergement(Soutien("hebergement", date(2026, 4, 1)))
    assert vu.continue_
    assert (vu.pire, vu.premier_jour_decouvert) == (None, None)


def test_un_soutien_qui_commence_le_surlendemain_laisse_un_jour():
    vu = hebergement(Soutien("hebergement", date(2026, 4, 2)))
    assert vu.trous == (Trou("hebergement", date(2026, 4, 1), date(2026, 4, 1)),)
    assert vu.pire is not None
    assert vu.pire.jours == 1


def test_sans_aucun_soutien_le_trou_n_a_pas_de_fin():
    vu = hebergement()
    assert vu.pire == Trou("hebergement", date(2026, 4, 1), None)
    assert vu.pire.jours is None


def test_un_soutien_deja_fini_le_dernier_jour_ne_compte_pas():
    vu = hebergement(Soutien("hebergement", date(2026, 1, 1), FIN))
    assert vu.trous == (Trou("hebergement", date(2026, 4, 1), None),)


def test_le_trou_entre_deux_soutiens_est_vu_apres_une_sortie_sans_trou():
    vu = hebergement(
        Soutien("hebergement", date(2026, 4, 1), date(2026, 4, 10)),
        Soutien("hebergement", date(2026, 4, 14), effectif=True),
    )
    assert vu.trous == (Trou("hebergement", date(2026, 4, 11), date(2026, 4, 13), constate=True),)


def test_la_fin_du_dernier_soutien_n_est_pas_un_trou():
    assert hebergement(Soutien("hebergement", date(2026, 3, 1), date(2026, 6, 1))).continue_


def test_le_tuilage_avec_la_mesure_se_compte_en_jours():
    vu = hebergement(Soutien("hebergement", date(2026, 3, 25)))
    assert [(r.du, r.au, r.jours) for r in vu.recouvrements] == [(date(2026, 3, 25), FIN, 7)]


def test_le_pire_trou_est_celui_que_rien_ne_ferme_puis_le_plus_long():
    vu = continuite(
        FIN, [Soutien("hebergement", date(2026, 4, 30)), Soutien("emploi", date(2026, 4, 3))], DOMAINES
    )
    assert vu.pire is not None
    assert vu.pire.domaine == "soins"
    vu = continuite(
        FIN,
        [
            Soutien("hebergement", date(2026, 4, 30)),
            Soutien("emploi", date(2026, 4, 3)),
            Soutien("soins", FIN),
        ],
        DOMAINES,
    )
    assert vu.pire == Trou("hebergement", date(2026, 4, 1), date(2026, 4, 29))
    assert vu.premier_jour_decouvert == date(2026, 4, 1)


def test_un_soutien_ne_finit_pas_avant_d_avoir_commence():
    with pytest.raises(ValueError, match="ne finit pas"):
        Soutien("emploi", FIN, FIN - UN_JOUR)


# --- Against the calendar, one day after the other -------------------------------------------------------

ORIGINE = date(2026, 3, 1)
ETENDUE = 90
_jours = st.integers(0, 60)


@st.composite
def soutiens(draw: st.DrawFn) -> list[Soutien]:
    trouves = []
    for _ in range(draw(st.integers(0, 6))):
        debut, duree = draw(_jours), draw(st.one_of(st.none(), st.integers(0, 25)))
        de = ORIGINE + timedelta(days=debut)
        trouves.append(
            Soutien(
                draw(st.sampled_from(DOMAINES)),
                de,
                None if duree is None else de + timedelta(days=duree),
                draw(st.booleans()),
            )
        )
    return trouves


def tenu(soutien: Soutien, jour: date) -> bool:
    return soutien.debut <= jour and (soutien.fin is None or jour <= soutien.fin)


def jours_decouverts(fin: date, lus: list[Soutien]) -> set[date] | None:
    """Uncovered days before the last start; None when nothing at all follows."""
    if not any(s.fin is None or s.fin > fin for s in lus):
        return None
    calendrier = [fin + n * UN_JOUR for n in range(1, ETENDUE + 40)]
    return {
        jour
        for jour in calendrier
        if not any(tenu(s, jour) for s in lus) and any(s.debut > jour for s in lus)
    }


def deplier(du: date, au: date) -> set[date]:
    return {du + n * UN_JOUR for n in range((au - du).days + 1)}


@given(soutiens(), _jours)
def test_les_trous_sont_ceux_d_un_compte_jour_par_jour(lus: list[Soutien], rang: int):
    fin = ORIGINE + timedelta(days=rang)
    vu = continuite(fin, lus, DOMAINES)
    for domaine in DOMAINES:
        attendus = jours_decouverts(fin, [s for s in lus if s.domaine == domaine])
        trous = vu.trous_de(domaine)
        if attendus is None:
            assert trous == (Trou(domaine, fin + UN_JOUR, None),)
            continue
        assert all(trou.au is not None for trou in trous)
        etales = [deplier(trou.du, trou.au) for trou in trous if trou.au is not None]
        assert set().union(*etales) == attendus
        assert sum(trou.jours or 0 for trou in trous) == len(attendus)
        # Two gaps of a domain are never side by side: a covered day parts them.
        assert all(b.du > a.au + UN_JOUR for a, b in pairwise(trous) if a.au)


@given(soutiens(), _jours)
def test_les_recouvrements_sont_ceux_d_un_compte_jour_par_jour(lus: list[Soutien], rang: int):
    fin = ORIGINE + timedelta(days=rang)
    vu = continuite(fin, lus, DOMAINES)
    horizon = [ORIGINE + n * UN_JOUR for n in range(ETENDUE + 60)]
    for domaine in DOMAINES:
        les_siens = [s for s in lus if s.domaine == domaine]
        attendus = {j for j in horizon if sum(tenu(s, j) for s in les_siens) + (j <= fin) >= 2}
        trouves = [r for r in vu.recouvrements if r.domaine == domaine]
        etales = [{j for j in horizon if r.du <= j and (r.au is None or j <= r.au)} for r in trouves]
        assert set().union(*etales) == attendus
        assert sum(map(len, etales)) == len(attendus)


@given(soutiens(), _jours)
def test_deplacer_la_fin_d_un_jour_ne_change_un_trou_que_d_un_jour(lus: list[Soutien], rang: int):
    fin = ORIGINE + timedelta(days=rang)
    avant, apres = continuite(fin, lus, DOMAINES), continuite(fin + UN_JOUR, lus, DOMAINES)
    for domaine in DOMAINES:
        a = {j for t in avant.trous_de(domaine) if t.au for j in deplier(t.du, t.au)}
        b = {j for t in apres.trous_de(domaine) if t.au for j in deplier(t.du, t.au)}
        assert b <= a
        if all(t.au for t in apres.trous_de(domaine)) and all(t.au for t in avant.trous_de(domaine)):
            assert a - b <= {fin + UN_JOUR}
