"""A hostile browser held by somebody who has every right: malformed, forged, repeated, injected."""

import json
import logging
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte
from tests.attaques.decor import (
    CANARI,
    adresses,
    canari,
    contenu,
    navigateur,
    photographie,
    routes,
    une_proie,
)
from tests.instances.fabriques import COMMUNE, exercer
from tests.situations.fabriques import signaler

from maillage.acteurs.models import Session
from maillage.parcours.models import Participation
from maillage.projet.journaux import FormatJson
from maillage.situations.models import Contact, Identite, Objectif, Signalement, Situation
from maillage.situations.services import cloture
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.jetons import consommer
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db

POISONS = {
    "octet nul": "a\x00b",
    "jeton malformé": "pas-un-uuid",
    "nombre immense": "9" * 5000,
    # Under the limit of a whole body, which would refuse it before any form had read it.
    "texte immense": "١\u202e" * 2_000,
    "balises": "\"><script>alert('x')</script>{{ 7*7 }}{% load l10n %}",
    "adresse": "//mechant.invalid/\\",
}
CHAMPS = [
    "jeton",
    "version",
    "objet",
    "nom",
    "prenom",
    "sexe",
    "texte",
    "motif",
    "origine",
    "exposition",
    "tranche",
    "naissance_jour",
    "naissance_mois",
    "naissance_annee",
    "adresse",
    "telephone",
    "courriel",
    "libelle",
    "domaine",
    "echeance",
    "etat",
    "decision",
    "precision",
    "releve",
    "referent",
    "profession",
    "depuis",
    "relais_le",
    "le",
    "moyen",
    "avec",
    "suite",
    "duree_min",
    "destinataire",
    "remise_le",
    "issue",
    "lien",
    "jour",
    "heure",
    "lieu",
    "modele",
    "duree_minutes",
    "contenu",
    "lu",
    "delibere_le",
    "deliberation",
    "organisme",
    "qualite",
    "agent",
    "role",
    "fin_jour",
    "fin_heure",
    "q",
    "theme",
    "volet",
    "genre",
    "commune",
    "communes",
    "compte",
    "code",
    "nouveau",
    "encore",
    "actuel",
    "mot_de_passe",
    "presence_1",
    "rapprocher",
    "associees",
    "schema",
    "public_id",
    "portee_genre",
    "portee_code",
    "debut",
    "fin",
    "mode",
    "effet",
    "role",
    "prend_effet_le",
    "nouvelle_fin",
    "partie_prescripteur",
    "partie_structure_accueil",
    "champ_objectifs",
    "champ_heures_semaine",
    "entete",
    "signataire",
    "terme_avant",
]


@pytest.fixture
def proie():
    return une_proie()


@pytest.fixture
def maitre(proie):
    """A coordinator who reads and keeps everything, and administers accounts too."""
    compte = exercer(proie.groupe.coordonnatrice, "coordonnateur", COMMUNE)
    exercer(compte, "dpo", COMMUNE)
    exercer(compte, "maire", COMMUNE)
    return compte


def toutes(proie) -> list[tuple[str, str]]:
    simples = [(nom, "/" + chemin) for nom, chemin in routes() if "<" not in chemin]
    return simples + adresses({genre: publics[:1] for genre, publics in proie.ids.items()})


@pytest.mark.parametrize("poison", POISONS.values(), ids=POISONS)
def test_aucune_saisie_ne_casse_une_page(poison, proie, maitre):
    client = navigateur(maitre)
    technique = navigateur(creer_compte("administrateur_technique"))
    for nom, adresse in toutes(proie):
        visiteur = technique if nom.startswith("acteurs:") else client
        # Shorter in an address than in a body, as any server wants.
        court = poison[:6000]
        cles = ("apres", "tri", "groupe", "recherche", "suite", "etat", "genre", "commune", "q", "page", "le")
        lu = visiteur.get(adresse, dict.fromkeys(cles, court))
        assert lu.status_code < 500, f"GET {adresse}"
        reponse = visiteur.post(adresse, dict.fromkeys(CHAMPS, poison))
        assert reponse.status_code < 500, f"POST {adresse}"
        assert "<script>alert" not in reponse.content.decode("utf-8", "replace"), adresse
        assert not reponse.headers.get("Location", "/").startswith(("//", "http")), adresse


def test_une_adresse_empoisonnee_n_est_jamais_une_panne():
    client = Client(raise_request_exception=False)
    for chemin in (
        "/communes/%00/",
        "/communes/%F0%9F%98%80/",
        "/intercommunalites/%00/",
        "/departements/%00/",
        "/communes/?q=%00",
        "/communes/31555/?le=%00",
        "/situations/%2e%2e/",
        f"/situations/{'0' * 5000}/",
        "/ouverture/00000000-0000-4000-8000-000000000000/%00/",
        "/connexion/?suite=%00",
    ):
        assert client.get(chemin).status_code < 500, chemin


def test_le_journal_ne_retient_rien_de_ce_qui_est_tape_dans_une_adresse(maitre, fabrique):
    from maillage.socle.models import EntreeJournal

    client = navigateur(maitre)
    for tape in ("Zucanari", "Zucanari Ocanari", "x" * 500):
        assert client.get("/conseils/nouveau/", {"commune": tape}).status_code == 404
    with fabrique():
        derniers = list(EntreeJournal.objects.filter(evenement="introuvable").values_list("objet", flat=True))
    assert derniers == ["", "", ""]


def test_chaque_reponse_porte_ses_gardes(proie, maitre):
    connecte, anonyme = navigateur(maitre), navigateur(None)
    for client in (connecte, anonyme):
        for nom, adresse in toutes(proie):
            for reponse in (client.get(adresse), client.post(adresse)):
                assert "default-src 'none'" in reponse["Content-Security-Policy"], nom
                assert "unsafe" not in reponse["Content-Security-Policy"], nom
                assert reponse["X-Frame-Options"] == "DENY", nom
                assert reponse["X-Content-Type-Options"] == "nosniff", nom
                if client is connecte:
                    assert reponse["Cache-Control"] == "no-store", nom


def test_aucun_envoi_sans_jeton_du_site(proie, maitre):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(maitre)
    for nom, adresse in toutes(proie):
        assert client.post(adresse, {"version": "1"}).status_code == 403, nom
    assert client.post("/deconnexion/").status_code == 403


def test_le_verbe_ne_se_deguise_pas(proie, maitre):
    client = navigateur(maitre)
    adresse = reverse("situations:clore", args=[proie.situation.public_id])
    for entete in ("HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_X_METHOD_OVERRIDE"):
        assert client.get(adresse, {"_method": "POST"}, **{entete: "POST"}).status_code == 200
    for verbe in ("PUT", "PATCH", "DELETE", "TRACE", "MERGE"):
        for nom, chemin in adresses(proie.ids):
            assert client.generic(verbe, chemin).status_code in {302, 400, 403, 404, 405}, f"{verbe} {nom}"


def test_la_suite_ne_mene_jamais_ailleurs():
    compte = creer_compte("membre")
    for suite in (
        "//mechant.invalid",
        "/\\mechant.invalid",
        "/\t/mechant.invalid",
        "https://mechant.invalid",
        "javascript:alert(1)",
        "\x00//mechant.invalid",
        "/%2f%2fmechant.invalid/..//",
        "http:///mechant.invalid",
        "mechant.invalid",
    ):
        connecte = navigateur(compte)
        reponses = [
            connecte.get("/connexion/", {"suite": suite}),
            connecte.post("/affichage/", {"suite": suite, "theme": "clair"}),
            connecte.post("/compte/confirmer/", {"suite": suite, "mot_de_passe": "x"}),
        ]
        for reponse in reponses:
            menee = urlsplit(urljoin("http://testserver/", reponse.headers.get("Location", "/")))
            assert (menee.scheme, menee.netloc) == ("http", "testserver"), suite


def test_une_version_depassee_est_un_conflit_et_ne_change_rien(proie, maitre, fabrique):
    client = navigateur(maitre)
    cle = proie.situation.public_id
    objectif = proie.ids["objectif"][0]
    envois = {
        reverse("situations:clore", args=[cle]): {
            "issue": "objectifs_atteints",
            "le_jour": str(proie.situation.ouverte_le.day),
            "le": proie.situation.ouverte_le.isoformat(),
        },
        reverse("situations:etat_objectif", args=[cle, objectif]): {"etat": "en_cours"},
    }
    with fabrique():
        avant = list(Situation.objects.values_list()), list(Objectif.objects.values_list())
    for adresse, donnees in envois.items():
        for version in ("0", "99", "9" * 25):
            reponse = client.post(adresse, {**donnees, "version": version, "jeton": str(uuid4())})
            assert reponse.status_code in {409, 422}, f"{adresse} {version}"
    with fabrique():
        assert (list(Situation.objects.values_list()), list(Objectif.objects.values_list())) == avant


def test_le_jeton_d_un_autre_ne_mene_nulle_part_et_le_sien_ne_sert_qu_une_fois(proie, fabrique):
    jeton = uuid4()
    with contexte(proie.groupe.membre.pk):
        consommer(jeton, "/ailleurs/secret/")
    adresse = reverse("situations:contact", args=[proie.situation.public_id])
    jour = proie.situation.ouverte_le.isoformat()
    donnees = {"moyen": "entretien", "avec": "personne", "suite": "aucune", "duree_min": "30", "le": jour}
    client = navigateur(proie.groupe.coordonnatrice)
    with fabrique():
        avant = Contact.objects.count()
    for _ in range(2):
        reponse = client.post(adresse, {**donnees, "jeton": str(jeton)})
        assert reponse.status_code == 302
        assert "ailleurs" not in reponse["Location"]
    with fabrique():
        assert Contact.objects.count() == avant + 1


def test_un_champ_ajoute_n_est_pas_ecrit(proie, fabrique):
    """Mass assignment: what no form asks for is not read."""
    client = navigateur(proie.groupe.membre)
    adresse = reverse("situations:contact", args=[proie.situation.public_id])
    faux = str(uuid4())
    client.post(
        adresse,
        {
            "jeton": str(uuid4()),
            "moyen": "entretien",
            "avec": "personne",
            "suite": "aucune",
            "duree_min": "30",
            "le": proie.situation.ouverte_le.isoformat(),
            "public_id": faux,
            "version": "50",
            "cercle": "1",
            "cercle_id": "1",
            "par": str(proie.groupe.coordonnatrice.pk),
            "par_id": str(proie.groupe.coordonnatrice.pk),
            "situation": str(proie.archivee.public_id),
        },
    )
    with fabrique():
        cree = Contact.objects.order_by("-pk")[0]
    assert (cree.version, cree.cercle_id, cree.par_id, cree.situation_id) == (
        1,
        proie.groupe.cle,
        proie.groupe.membre.pk,
        proie.situation.pk,
    )
    assert str(cree.public_id) != faux


def test_un_nom_piege_est_echappe_partout(fabrique):
    from tests.situations.fabriques import decider, un_groupe

    balise = "<script>alert(1)</script>"
    groupe = un_groupe()
    recu = signaler(groupe, qui=canari(nom=balise, prenom="<img src=x onerror=alert(1)>", adresse=balise))
    situation = decider(groupe, recu)
    attente = signaler(groupe, qui=canari(nom=balise, prenom="{{ 7|add:7 }}"))
    client = navigateur(groupe.coordonnatrice)
    for adresse in (
        reverse("situations:liste"),
        reverse("situations:signalements"),
        reverse("situations:situation", args=[situation.public_id]),
        reverse("situations:identite", args=[situation.public_id]),
        reverse("situations:lettre", args=[situation.public_id]),
        reverse("situations:signalement", args=[attente.public_id]),
        reverse("seances:liste"),
    ):
        page = client.get(adresse).content.decode()
        assert "<script>alert" not in page, adresse
        assert "<img src=x" not in page, adresse
    assert client.get(reverse("situations:lettre_pdf", args=[situation.public_id, "personne"]))[
        "Content-Type"
    ] == ("application/pdf")


def test_ni_le_journal_technique_ni_la_session_ne_portent_un_nom(proie, maitre, caplog):
    """Every page of the file is opened, a search is made, a form is refused."""
    caplog.set_level(logging.DEBUG)
    client = navigateur(maitre)
    for _, adresse in adresses(proie.ids):
        client.get(adresse)
    client.post(reverse("situations:recherche"), {"q": "Zucanari"})
    client.post(
        reverse("situations:signaler", args=[proie.groupe.cercle]), {"nom": "Zucanari", "jeton": "faux"}
    )
    lignes = "\n".join(FormatJson().format(trace) for trace in caplog.records if trace.name != "django.db")
    assert CANARI.search(lignes) is None
    for session in Session.objects.all():
        assert CANARI.search(json.dumps(session.get_decoded())) is None


def test_le_fichier_de_calendrier_et_les_adresses_ne_nomment_personne(proie, maitre):
    client = navigateur(maitre)
    calendrier = client.get(reverse("seances:calendrier", args=[proie.seance.public_id]))
    assert CANARI.search(contenu(calendrier)) is None
    recherche = client.post(reverse("situations:recherche"), {"q": "Zucanari"})
    assert CANARI.search(recherche["Location"]) is None


# --- The archive ------------------------------------------------------------------------------------


def test_l_archive_fermee_ne_se_lit_par_aucune_autre_page(proie):
    """CNIL 2014-262: after closure, one reading for a motive, never a side door."""
    client = navigateur(proie.groupe.coordonnatrice)
    with contexte(proie.groupe.coordonnatrice.pk):
        origine = proie.archivee.signalement.public_id
    for adresse in (
        reverse("situations:liste") + "?etat=close",
        reverse("situations:signalements") + "?etat=ouvert",
        reverse("situations:signalement", args=[origine]),
        reverse("situations:naissance", args=[origine]),
        reverse("situations:situation", args=[proie.archivee.public_id]),
        *(
            reverse(f"seances:{page}", args=[seance])
            for seance in _seances_de(proie, origine)
            for page in ("detail", "releve")
        ),
    ):
        page = contenu(client.get(adresse))
        assert "Vieuxcanari" not in page, adresse


def _seances_de(proie, objet) -> list[object]:
    from maillage.instances.models.seance import Seance

    with contexte(proie.groupe.coordonnatrice.pk):
        return list(Seance.objects.filter(points__objet=objet).values_list("public_id", flat=True))


def test_l_identite_d_un_dossier_ouvert_ou_clos_ne_se_corrige_pas_par_son_signalement(proie, fabrique):
    """The page « Compléter la date de naissance » is for a signalement that still waits."""
    client = navigateur(proie.groupe.coordonnatrice)
    with fabrique():
        avant = list(Identite.objects.order_by("pk").values_list())
        origines = [
            Signalement.objects.get(pk=cle)
            for cle in (proie.situation.signalement_id, proie.archivee.signalement_id)
        ]
    for origine in origines:
        reponse = client.post(
            reverse("situations:naissance", args=[origine.public_id]),
            {
                "naissance_jour": "1",
                "naissance_mois": "1",
                "naissance_annee": "2014",
                "version": "1",
                "jeton": str(uuid4()),
            },
        )
        assert reponse.status_code in {404, 422}
    with fabrique():
        assert list(Identite.objects.order_by("pk").values_list()) == avant


def test_la_cloture_ne_laisse_personne_dans_une_recherche(proie):
    client = navigateur(proie.groupe.coordonnatrice)
    with en_maintenance():  # nobody is still received anywhere: a file is not closed over a participation
        Participation.objects.filter(situation=proie.situation, finie_le__isnull=True).update(
            etat="abandonnee", cause="choix_personne", finie_le=aujourd_hui()
        )
    with contexte(proie.groupe.coordonnatrice.pk):
        cloture.clore(
            situation=proie.situation.public_id,
            version=1,
            issue="objectifs_atteints",
            le=proie.situation.ouverte_le,
        )
    suite = client.post(reverse("situations:recherche"), {"q": "Zucanari"})["Location"]
    for etat in ("", "&etat=close"):
        assert "Zucanari" not in client.get(suite + etat).content.decode()


# --- The séance that is over ---------------------------------------------------------------------------


@pytest.mark.parametrize("etat", ["close", "annulee"])
def test_le_releve_d_une_seance_terminee_ne_se_reecrit_pas(etat, proie, fabrique):
    from maillage.instances.models.seance import Presence, Seance

    with fabrique():
        Seance.objects.filter(pk=proie.seance.pk).update(etat=etat)
        presence = Presence.objects.get(seance=proie.seance)
        autre = signaler(proie.groupe)
    client = navigateur(proie.groupe.coordonnatrice)
    avant = photographie()
    cle = proie.seance.public_id
    for adresse, donnees in (
        (reverse("seances:inscrire", args=[cle]), {"objet": [str(autre.public_id)]}),
        (reverse("seances:retirer", args=[cle, proie.point.public_id]), {}),
        (reverse("seances:presences", args=[cle]), {f"presence_{presence.pk}": "present"}),
        (reverse("seances:point", args=[cle, proie.point.public_id]), {"decision": "retenu", "version": "1"}),
        (reverse("seances:theme", args=[cle, proie.ids["theme"][0]]), {"releve": "Réécrit", "version": "1"}),
    ):
        assert client.post(adresse, donnees).status_code in {409, 422}, adresse
    assert photographie() == avant
