"""The second factor under attack: enrolment from elsewhere, recovery codes tried, reused, stolen."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import connections
from django.test import Client
from tests.acteurs.fabriques import MOT_DE_PASSE, creer_compte
from tests.acteurs.totp import (
    appareil_en_service,
    code_de,
    entrer,
    remettre_a_zero,
    se_connecter,
    suite_de,
)

from maillage.acteurs.models import AppareilDeCodes, CodeDeSecours, Session
from maillage.acteurs.regles_secrets import NOMBRE_DE_CODES
from maillage.acteurs.services import comptes as services_comptes
from maillage.acteurs.services import second_facteur, secours
from maillage.acteurs.services.connexion import purger_connexions
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import EntreeJournal

MIDI = datetime(2026, 11, 24, 12, tzinfo=UTC)
ACTIVER = "/second-facteur/activer/"
SECOURS = "/connexion/second-facteur/secours/"

base = pytest.mark.django_db


def codes_de(compte):
    with contexte(compte.pk):
        return secours.remettre(compte=compte)


def en_base(compte):
    with en_maintenance():
        return CodeDeSecours.objects.filter(compte=compte).count()


def appareils(compte):
    return list(AppareilDeCodes.objects.filter(compte=compte).order_by("pk").values_list("pk", "confirme"))


def nouveau(**champs):
    return creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE, double_facteur_exige=True, **champs)


# --- Enrolment -------------------------------------------------------------------------------------


@base
def test_l_appareil_montre_a_un_navigateur_n_est_jamais_propose_a_un_autre():
    """Whoever knows the password cannot leave their own device for its owner to put in service."""
    compte = nouveau()
    voleur, victime = Client(), Client()
    se_connecter(voleur, compte)
    se_connecter(victime, compte)
    du_voleur, de_la_victime = voleur.get(ACTIVER).context, victime.get(ACTIVER).context

    assert du_voleur["cle"] != de_la_victime["cle"]
    assert victime.get(ACTIVER).context["cle"] == de_la_victime["cle"]
    pose, _ = appareils(compte)[0]
    du_voleur_en_base = AppareilDeCodes.objects.get(pk=pose)
    refuse = victime.post(ACTIVER, {"code": code_de(du_voleur_en_base), "enrolement": de_la_victime["jeton"]})
    assert refuse.status_code == 422
    assert not second_facteur.en_service(compte)


@base
def test_le_jeton_d_un_navigateur_ne_sert_pas_dans_un_autre():
    compte = nouveau()
    voleur, victime = Client(), Client()
    se_connecter(voleur, compte)
    se_connecter(victime, compte)
    jeton = victime.get(ACTIVER).context["jeton"]
    appareil = AppareilDeCodes.objects.get(compte=compte)

    refuse = voleur.post(ACTIVER, {"code": code_de(appareil), "enrolement": jeton})

    assert refuse.status_code == 422
    assert "autre navigateur" in refuse.content.decode()
    assert not second_facteur.en_service(compte)


@base
def test_le_jeton_d_un_compte_ne_sert_pas_a_un_autre_compte_du_meme_navigateur():
    un, autre = nouveau(), nouveau()
    client = Client()
    se_connecter(client, un)
    jeton = client.get(ACTIVER).context["jeton"]
    appareil = AppareilDeCodes.objects.get(compte=un)
    se_connecter(client, autre)

    refuse = client.post(ACTIVER, {"code": code_de(appareil), "enrolement": jeton})

    assert refuse.status_code == 422
    assert not second_facteur.en_service(un)
    assert not second_facteur.en_service(autre)


@base
def test_le_jeton_d_enrolement_ne_sert_qu_une_fois_et_dix_minutes(horloge):
    horloge(MIDI)
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    client = Client()
    se_connecter(client, compte)
    jeton = client.get(ACTIVER).context["jeton"]
    appareil = AppareilDeCodes.objects.get(compte=compte)
    horloge(MIDI + timedelta(minutes=9))
    assert client.post(ACTIVER, {"code": code_de(appareil), "enrolement": jeton}).status_code == 200
    remettre_a_zero(appareil)
    assert client.post(ACTIVER, {"code": code_de(appareil), "enrolement": jeton}).status_code == 422
    assert appareils(compte)[0] == (appareil.pk, True)

    tard = nouveau()
    autre = Client()
    horloge(MIDI)
    se_connecter(autre, tard)
    jeton = autre.get(ACTIVER).context["jeton"]
    horloge(MIDI + timedelta(minutes=10, seconds=1))
    assert autre.post(ACTIVER, {"code": "123456", "enrolement": jeton})["Location"] == "/connexion/"


@base
def test_une_session_ouverte_depuis_longtemps_ne_change_pas_de_second_facteur(horloge):
    horloge(MIDI)
    compte = nouveau()
    appareil = appareil_en_service(compte)
    client = entrer(compte, appareil)
    horloge(MIDI + timedelta(minutes=11))
    for adresse in (ACTIVER, "/second-facteur/cle/", "/compte/codes-de-secours/"):
        for reponse in (client.get(adresse), client.post(adresse, {"code": "123456"})):
            assert reponse["Location"].startswith("/compte/confirmer/"), adresse
    assert suite_de(client.get(ACTIVER)["Location"]) == ACTIVER
    assert appareils(compte) == [(appareil.pk, True)]
    # The password alone no longer proves it: the account has a device.
    confirme = client.post("/compte/confirmer/", {"mot_de_passe": MOT_DE_PASSE, "suite": ACTIVER})
    assert confirme.status_code == 422
    assert client.get(ACTIVER).status_code == 302


@base
def test_le_mot_de_passe_seul_n_ajoute_ni_appareil_ni_cle_a_un_compte_qui_en_a():
    compte = nouveau()
    appareil_en_service(compte)
    voleur = Client()
    se_connecter(voleur, compte)
    for adresse in (ACTIVER, "/second-facteur/cle/"):
        assert voleur.get(adresse)["Location"] == "/connexion/"
        assert voleur.post(adresse, {"code": "123456", "nom": "Clé"})["Location"] == "/connexion/"
    assert len(appareils(compte)) == 1


@base
def test_mettre_un_second_facteur_en_place_ferme_les_autres_sessions():
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    ici, ailleurs = Client(), Client()
    se_connecter(ici, compte)
    se_connecter(ailleurs, compte)
    jeton = ici.get(ACTIVER).context["jeton"]
    appareil = AppareilDeCodes.objects.get(compte=compte)

    assert ici.post(ACTIVER, {"code": code_de(appareil), "enrolement": jeton}).status_code == 200

    assert ailleurs.get("/compte/").status_code == 302
    assert ici.get("/compte/").status_code == 200


@base
def test_un_appareil_jamais_mis_en_service_s_efface_avec_la_purge():
    compte = nouveau()
    client = Client()
    se_connecter(client, compte)
    client.get(ACTIVER)
    assert len(appareils(compte)) == 1
    with en_maintenance():
        AppareilDeCodes.objects.update(cree_le=datetime.now(UTC) - timedelta(days=2))
    purger_connexions()
    assert appareils(compte) == []


# --- Recovery codes --------------------------------------------------------------------------------


@base
def test_les_codes_sont_montres_une_fois_et_gardes_en_empreintes():
    compte = nouveau()
    client = Client()
    se_connecter(client, compte)
    jeton = client.get(ACTIVER).context["jeton"]
    appareil = AppareilDeCodes.objects.get(compte=compte)
    page = client.post(ACTIVER, {"code": code_de(appareil), "enrolement": jeton})
    codes = page.context["codes"]

    assert len(set(codes)) == NOMBRE_DE_CODES
    assert all(code in page.content.decode() for code in codes)
    assert page["Cache-Control"] == "no-store"
    with en_maintenance():
        traces = [*CodeDeSecours.objects.values_list("empreinte", flat=True)]
        traces += [str(ligne.get_decoded()) for ligne in Session.objects.all()]
        traces += [str(entree.details) for entree in EntreeJournal.objects.all()]
    assert not any(code[3:].replace("-", "") in trace for code in codes for trace in traces)
    apres = client.get("/compte/").content.decode() + client.get("/compte/codes-de-secours/").content.decode()
    assert not any(code in apres for code in codes)
    assert "10 codes" in apres.replace("\u00a0", " ")


@base
def test_un_code_de_secours_ouvre_une_fois_et_une_seule():
    compte = nouveau()
    appareil_en_service(compte)
    code = codes_de(compte)[3]
    client = Client()
    se_connecter(client, compte)

    assert client.post(SECOURS, {"secours": code.lower().replace("-", " ")})["Location"] == "/compte/"
    assert "mettez-en un autre en place" in client.get("/compte/").content.decode()
    assert en_base(compte) == NOMBRE_DE_CODES - 1
    with en_maintenance():
        assert EntreeJournal.objects.filter(evenement="code_de_secours_employe", acteur=compte.pk).exists()

    autre = Client()
    se_connecter(autre, compte)
    assert autre.post(SECOURS, {"secours": code}).status_code == 422
    assert autre.get("/compte/").status_code == 302


@base
def test_le_code_d_un_autre_compte_n_ouvre_rien_et_reste_le_sien():
    moi, autre = nouveau(), nouveau()
    for compte in (moi, autre):
        appareil_en_service(compte)
    codes_de(moi)
    codes = codes_de(autre)
    client = Client()
    se_connecter(client, moi)
    assert client.post(SECOURS, {"secours": codes[0]}).status_code == 422
    assert not Session.objects.filter(compte=moi).exists()
    assert (en_base(moi), en_base(autre)) == (NOMBRE_DE_CODES, NOMBRE_DE_CODES)


@base
def test_sans_le_mot_de_passe_un_code_de_secours_n_ouvre_rien():
    compte = nouveau()
    appareil_en_service(compte)
    codes = codes_de(compte)
    client = Client()
    assert client.get(SECOURS)["Location"] == "/connexion/"
    assert client.post(SECOURS, {"secours": codes[0]})["Location"] == "/connexion/"
    assert en_base(compte) == NOMBRE_DE_CODES


@base
def test_cinq_mauvais_codes_de_secours_suspendent_meme_le_bon(horloge):
    compte = nouveau()
    appareil_en_service(compte)
    codes = codes_de(compte)
    horloge(MIDI)
    client = Client()
    se_connecter(client, compte)
    for _ in range(5):
        assert client.post(SECOURS, {"secours": "22-2222-2222-222"}).status_code == 422
    assert client.post(SECOURS, {"secours": codes[0]}).status_code == 422
    assert en_base(compte) == NOMBRE_DE_CODES
    assert not Session.objects.filter(compte=compte).exists()


@base
def test_refaire_ses_codes_annule_les_anciens_et_un_second_envoi_ne_refait_rien():
    compte = nouveau()
    appareil = appareil_en_service(compte)
    anciens = codes_de(compte)
    client = entrer(compte, appareil)
    jeton = client.get("/compte/codes-de-secours/").context["jeton"]
    nouveaux = client.post("/compte/codes-de-secours/", {"jeton": jeton}).context["codes"]
    assert not set(anciens) & set(nouveaux)
    assert client.post("/compte/codes-de-secours/", {"jeton": jeton})["Location"] == "/compte/"

    autre = Client()
    se_connecter(autre, compte)
    assert autre.post(SECOURS, {"secours": anciens[0]}).status_code == 422
    assert autre.post(SECOURS, {"secours": nouveaux[0]}).status_code == 302


@base
def test_sans_second_facteur_il_n_y_a_pas_de_code_de_secours():
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    client = Client()
    se_connecter(client, compte)
    assert client.post("/compte/codes-de-secours/", {"jeton": str(uuid4())})["Location"] == ACTIVER
    assert en_base(compte) == 0


@base
def test_retirer_le_second_facteur_efface_aussi_les_codes(au_nom_de):
    compte, administration = nouveau(), creer_compte("administrateur_technique")
    appareil_en_service(compte)
    codes_de(compte)
    with au_nom_de(administration):
        second_facteur.retirer(compte=compte)
    assert en_base(compte) == 0
    assert not second_facteur.en_service(compte)
    with en_maintenance():
        entree = EntreeJournal.objects.get(evenement="second_facteur_retire")
    assert entree.acteur == administration.pk


@base
def test_secourir_l_administration_efface_ses_codes():
    compte = nouveau(courriel="seule@exemple.invalid")
    with en_maintenance():
        compte.fonctions_exercees.update(code="administrateur_technique")
    appareil_en_service(compte)
    codes_de(compte)
    with contexte(compte.pk):
        services_comptes.secourir_administration(courriel="seule@exemple.invalid")
    assert en_base(compte) == 0


def test_deux_navigateurs_qui_envoient_le_meme_code_n_entrent_pas_tous_les_deux(base_neuve):
    compte = nouveau()
    code = codes_de(compte)[0]
    depart, issues = threading.Barrier(2), []

    def essayer():
        try:
            depart.wait(10)
            with contexte(None):
                entre = secours.employer(compte=compte, saisi=code, adresse="192.0.2.1")
            issues.append(entre)
        finally:
            connections.close_all()

    fils = [threading.Thread(target=essayer) for _ in range(2)]
    for un in fils:
        un.start()
    for un in fils:
        un.join(30)
    assert sorted(issues) == [False, True]


def test_la_base_ne_montre_les_codes_qu_a_leur_compte(connexion_web):
    mien, curieux = creer_compte("coordonnateur"), creer_compte("coordonnateur")
    codes = codes_de(mien)
    codes_de(curieux)
    with connexion_web.cursor() as curseur:
        for qui, attendu in ((mien.pk, mien.pk), (curieux.pk, curieux.pk), ("", None)):
            curseur.execute("SELECT set_config('maillage.acteur', %s, true)", [str(qui)])
            lignes = curseur.execute("SELECT compte_id, empreinte FROM acteurs_codedesecours").fetchall()
            assert {compte for compte, _ in lignes} == ({attendu} if attendu else set())
            secrets = [code[3:].replace("-", "") for code in codes]
            assert not any(secret in empreinte for _, empreinte in lignes for secret in secrets)
        curseur.execute("SELECT set_config('maillage.acteur', %s, true)", [str(curieux.pk)])
        effaces = curseur.execute("DELETE FROM acteurs_codedesecours WHERE compte_id = %s", [mien.pk])
        assert effaces.rowcount == 0
        for ordre in (
            "INSERT INTO acteurs_codedesecours (compte_id, repere, empreinte, cree_le) "
            f"VALUES ({mien.pk}, 'ZZ', 'x', now())",
            f"UPDATE acteurs_codedesecours SET compte_id = {curieux.pk}",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connexion_web.transaction():
                curseur.execute(ordre)
