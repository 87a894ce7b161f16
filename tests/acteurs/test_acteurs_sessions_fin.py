"""A session ends by itself: without action, and ten hours after it was opened whatever happens."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.acteurs.fabriques import MOT_DE_PASSE, creer_compte
from tests.acteurs.totp import se_connecter

from maillage.acteurs.models import Session
from maillage.acteurs.regles_sessions import PAS_DE_VUE, fin, inactivite, reste
from maillage.socle.contexte import en_maintenance

LE = datetime(2026, 11, 24, 8, tzinfo=UTC)
ABSOLUE = timedelta(hours=10)
INSTANTS = st.timedeltas(min_value=timedelta(), max_value=timedelta(hours=12))


def test_une_session_sans_action_finit_en_une_demi_heure():
    assert inactivite(LE.date()) == timedelta(minutes=30)
    assert fin(ouverte_le=LE, vue_le=LE, absolue=ABSOLUE) == LE + timedelta(minutes=30) + PAS_DE_VUE
    assert reste(ouverte_le=LE, instant=LE, absolue=ABSOLUE) == timedelta(minutes=30)


def test_dix_heures_apres_son_ouverture_une_session_active_finit_aussi():
    vue = LE + timedelta(hours=9, minutes=50)
    assert fin(ouverte_le=LE, vue_le=vue, absolue=ABSOLUE) == LE + ABSOLUE
    assert reste(ouverte_le=LE, instant=vue, absolue=ABSOLUE) == timedelta(minutes=10)


@given(INSTANTS, INSTANTS)
def test_une_session_ne_finit_jamais_avant_ce_qu_elle_annonce_ni_apres_dix_heures(ecrite, usage):
    """``usage`` comes after the last use written down, by less than what is not written."""
    vue = LE + ecrite
    instant = vue + min(usage, PAS_DE_VUE)
    terme = fin(ouverte_le=LE, vue_le=vue, absolue=ABSOLUE)
    assert terme <= LE + ABSOLUE
    assert instant + reste(ouverte_le=LE, instant=instant, absolue=ABSOLUE) <= max(terme, instant)


@pytest.fixture
def ouverte(client, db):
    compte = creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE)
    se_connecter(client, compte)
    return Session.objects.get(compte=compte)


def dater(session: Session, **il_y_a: timedelta) -> None:
    """Make it as if the session had been opened and last used that long ago."""
    instant = timezone.now()
    valeurs = {champ: instant - duree for champ, duree in il_y_a.items()}
    with en_maintenance():
        lue = Session.objects.get(pk=session.pk)
        ouverte, vue = valeurs.get("ouverte_le", lue.ouverte_le), valeurs.get("vue_le", lue.vue_le)
        Session.objects.filter(pk=session.pk).update(
            ouverte_le=ouverte, vue_le=vue, expire_date=fin(ouverte_le=ouverte, vue_le=vue, absolue=ABSOLUE)
        )


def test_la_session_ouverte_finit_par_inactivite_et_non_dans_dix_heures(ouverte):
    assert ouverte.expire_date - ouverte.vue_le == timedelta(minutes=35)


def test_une_page_lue_repousse_la_fin_et_une_session_inactive_ne_s_ouvre_plus(client, ouverte):
    dater(ouverte, vue_le=timedelta(minutes=29))
    assert client.get("/compte/").status_code == 200
    ouverte.refresh_from_db()
    assert ouverte.expire_date > timezone.now() + timedelta(minutes=34)

    dater(ouverte, vue_le=timedelta(minutes=36))
    reponse = client.get("/compte/")
    assert reponse["Location"].startswith("/connexion/")
    ouverte.refresh_from_db()
    assert ouverte.expire_date < timezone.now()


def test_ni_une_page_ni_une_reconfirmation_ne_prolongent_au_dela_de_dix_heures(client, ouverte):
    dater(ouverte, ouverte_le=timedelta(hours=9, minutes=55), vue_le=timedelta(minutes=10))
    assert client.post("/compte/confirmer/", {"mot_de_passe": MOT_DE_PASSE}).status_code == 302
    ouverte.refresh_from_db()
    assert ouverte.expire_date <= timezone.now() + timedelta(minutes=5)
    dater(ouverte, ouverte_le=timedelta(hours=10, minutes=1), vue_le=timedelta(minutes=1))
    assert client.get("/compte/").status_code == 302


def test_la_page_dit_quand_la_session_finit_et_l_adresse_qui_la_prolonge_le_redit(client, ouverte):
    page = client.get("/compte/").content.decode()
    assert 'id="fin-de-session"' in page
    assert 'data-reste="1800"' in page
    assert client.get("/compte/session/").json() == {"reste": 1800}
    dater(ouverte, vue_le=timedelta(minutes=20))
    client.get("/compte/session/")
    ouverte.refresh_from_db()
    assert ouverte.vue_le > timezone.now() - timedelta(minutes=1)


def test_la_page_de_connexion_dit_que_la_session_a_pris_fin_a_elle_seule(client, ouverte):
    assert "Votre session a pris fin" not in type(client)().get("/connexion/").content.decode()
    dater(ouverte, vue_le=timedelta(minutes=40))
    assert "Votre session a pris fin" in client.get("/connexion/").content.decode()
    assert 'id="fin-de-session"' not in client.get("/connexion/").content.decode()


def test_la_saisie_envoyee_par_une_session_inactive_est_rendue_apres_la_connexion(client, ouverte):
    compte = ouverte.compte
    dater(ouverte, vue_le=timedelta(minutes=40))
    reponse = client.post("/organismes/nouveau/", {"nom": "Maison des familles", "genre": "association"})
    assert reponse["Location"].startswith("/connexion/")
    se_connecter(client, compte, suite="/compte/saisie/")
    assert "Maison des familles" in client.get("/compte/saisie/").content.decode()


def test_les_listes_de_sessions_et_la_purge_suivent_la_meme_fin(client, ouverte):
    from maillage.acteurs.selectors import sessions_de

    dater(ouverte, vue_le=timedelta(minutes=36))
    assert not sessions_de(ouverte.compte, instant=timezone.now()).exists()
    assert ABSOLUE.total_seconds() == settings.SESSION_COOKIE_AGE
