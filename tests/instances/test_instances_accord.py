"""The wall’s SQL function, the rule ``partage`` and the list of readers say the same at any second."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.instances import fabriques as f

from maillage.acteurs.models import Compte, Organisme
from maillage.instances.api import cercles_visibles, lecteurs, mes_cercles, role_dans
from maillage.instances.models import Cercle, Habilitation, Siege, Signature, Texte
from maillage.instances.regles_acces import Conditions, Periode, juger_acces
from maillage.socle.contexte import contexte, en_maintenance

pytestmark = pytest.mark.django_db

INSTANT = datetime(2026, 9, 15, 9, 30, tzinfo=UTC)
#: Around the instant, to the second, and far from it.
DEBUTS = st.sampled_from([-86400, -86400, -1, 0, 1])
FINS = st.sampled_from([None, None, -1, 0, 1, 86400])


@st.composite
def periodes(tirer: st.DrawFn) -> Periode:
    debut, duree = tirer(DEBUTS), tirer(FINS)
    depart = INSTANT + timedelta(seconds=debut)
    fin = None if duree is None else INSTANT + timedelta(seconds=duree)
    return Periode(depart, fin if fin is None or fin > depart else depart + timedelta(seconds=1))


@st.composite
def des_conditions(tirer: st.DrawFn) -> Conditions:
    vrai_souvent = st.sampled_from([True, True, True, False])
    en_vigueur = tirer(st.sampled_from(["1", "2", "2", None]))
    signee = tirer(st.sampled_from([None, "1", "2", "2", "2"]))
    return Conditions(
        compte_actif=tirer(vrai_souvent),
        organisme_actif=tirer(vrai_souvent),
        habilitation=tirer(periodes()),
        cercle=tirer(periodes()),
        siege=tirer(periodes()),
        charte_en_vigueur=en_vigueur,
        charte_signee=signee,
    )


def poser(groupe, compte, c: Conditions) -> None:
    """Make the rows what the case says."""
    with en_maintenance():
        Compte.objects.filter(pk=compte.pk).update(actif=c.compte_actif)
        Organisme.objects.filter(pk=compte.organisme_id).update(actif=c.organisme_actif)
        Habilitation.objects.filter(compte=compte).update(
            periode=DateTimeTZRange(c.habilitation.debut, c.habilitation.fin)
        )
        Cercle.objects.filter(pk=groupe.cercle_id).update(ouvert_le=c.cercle.debut, ferme_le=c.cercle.fin)
        Siege.objects.filter(formation=groupe, organisme=compte.organisme).update(
            depuis=c.siege.debut, jusqua=c.siege.fin
        )
        textes = Texte.objects.filter(formation=groupe, genre="charte")
        textes.update(etat="remplace")
        if c.charte_en_vigueur:
            textes.filter(version_texte=int(c.charte_en_vigueur)).update(etat="adopte")
        Signature.objects.filter(compte=compte).delete()
        if c.charte_signee:
            Signature.objects.create(
                compte=compte, texte=textes.get(version_texte=int(c.charte_signee)), le=f.DEBUT
            )


def test_sql_rule_and_readers_agree_at_every_boundary(horloge):
    groupe = f.groupe()
    f.charte(groupe, version=2, etat="remplace")
    with en_maintenance():
        Texte.objects.filter(formation=groupe).update(adopte_le=f.DEBUT, delibere_le=f.DEBUT.date())
    compte = f.membre(groupe)
    temoin = f.membre(f.groupe(f.conseil(f.AUTRE)))
    horloge(INSTANT)
    vus = {True: 0, False: 0}

    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(conditions=des_conditions())
    def accord(conditions: Conditions) -> None:
        poser(groupe, compte, conditions)
        attendu = juger_acces(conditions, instant=INSTANT, jour=INSTANT.date()).ok
        vus[attendu] += 1
        with contexte(compte.pk):
            assert (mes_cercles() == [groupe.cercle_id]) is attendu
            assert [cercle.id for cercle in cercles_visibles()] == mes_cercles()
            assert (role_dans(groupe.cercle_id) is not None) is attendu
            assert (len(lecteurs(groupe.cercle_id)) == 1) is attendu
        with contexte(temoin.pk):
            assert groupe.cercle_id not in mes_cercles()

    accord()
    assert min(vus.values()) > 0, vus


@pytest.mark.parametrize("ecart", [-1, 0, 1])
@pytest.mark.parametrize("borne", ["debut", "fin"])
def test_each_period_begins_included_and_ends_excluded(borne, ecart, horloge):
    groupe = f.groupe()
    compte = f.membre(groupe)
    horloge(INSTANT)
    ouverte = Periode(INSTANT - timedelta(days=1))
    limite = INSTANT + timedelta(seconds=ecart)
    for champ in ("habilitation", "cercle", "siege"):
        bornee = Periode(limite) if borne == "debut" else Periode(ouverte.debut, limite)
        periodes_ = {"habilitation": ouverte, "cercle": ouverte, "siege": ouverte, champ: bornee}
        conditions = Conditions(
            compte_actif=True,
            organisme_actif=True,
            charte_en_vigueur="1",
            charte_signee="1",
            **periodes_,
        )
        poser(groupe, compte, conditions)
        attendu = ecart <= 0 if borne == "debut" else ecart > 0
        assert juger_acces(conditions, instant=INSTANT, jour=INSTANT.date()).ok is attendu
        with contexte(compte.pk):
            assert (mes_cercles() == [groupe.cercle_id]) is attendu
