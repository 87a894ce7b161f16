"""A family before its council on screen: each act to its end, and each refusal, which writes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.e2e.exigences import defauts
from tests.e2e.gestes import COORDINATION
from tests.e2e.navigation import TELEPHONE, Visiteur, jour
from tests.e2e.serveur import Site

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

MAIRE, ADJOINTE, PRESIDENT, AUTRE_ELUE = (
    "Bernard Castelviel",
    "Farida Lombez",
    "Alain Samatan",
    "Odile Caraman",
)
#: One child a test, so that none is asked about the other's.
AIDE, ABSENT, REFUSE = ("Vauzelle", "Tom"), ("Peyrilhac", "Anouk"), ("Sauvagnac", "Basile")
TABLES = (
    "dossierfamille",
    "convocationfamille",
    "auditionfamille",
    "suitefamille",
    "accompagnementparental",
    "bilanfamille",
    "saisinedepartement",
    "lignederegistre",
)


def ecrit(site: Site) -> list[object]:
    """Every row of the room's files as the operator sees it: unchanged, nothing was written."""
    return [site.lire(f"SELECT t.* FROM maire_{table} t ORDER BY id") for table in TABLES]


def remplir(qui: Visiteur, **champs: str) -> None:
    for nom, valeur in champs.items():
        champ = qui.page.locator(f"[name='{nom}']").first
        if champ.evaluate("c => c.tagName") == "SELECT":
            champ.select_option(valeur)
        elif champ.get_attribute("type") in ("radio", "checkbox"):
            qui.page.locator(f"[name='{nom}'][value='{valeur}']").check()
        else:
            champ.fill(valeur)


def cocher(qui: Visiteur, *libelles: str) -> None:
    for libelle in libelles:
        qui.page.get_by_label(libelle).first.check()


def l_audition_arrive(site: Site) -> None:
    """Days pass: the hearings convened are this hour."""
    site.changer(
        "UPDATE maire_convocationfamille SET audition_le = now() - interval '1 hour' WHERE issue = ''"
    )


def saisir(elle: Visiteur, qui: tuple[str, str], *, age: int = 13) -> int:
    nom, prenom = qui
    remplir(
        elle,
        nom=nom,
        prenom=prenom,
        naissance_jour="14",
        naissance_mois="5",
        naissance_annee=str(jour().year - age),
        parent1_nom=nom,
        parent1_prenom="Sarah",
        parent1_lien="mere",
        origine="etablissement_scolaire",
        motif="absenteisme",
    )
    return elle.presser("Ouvrir le dossier")


def convoquer(elle: Visiteur, dans: int) -> int:
    remplir(elle, jour=jour(dans).isoformat(), heure="17:30", lieu="Hôtel de ville", moyen="courrier")
    cocher(elle, MAIRE, COORDINATION)
    return elle.presser("Convoquer")


def entendre(elle: Visiteur, *presents: str) -> int:
    elle.page.get_by_label("Présidée par").select_option(label=president_propose(elle))
    cocher(elle, COORDINATION)
    for code in presents:
        remplir(elle, famille=code)
    return elle.presser("Enregistrer l’audition")


def president_propose(elle: Visiteur) -> str:
    return next(
        texte
        for texte in elle.page.get_by_label("Présidée par").locator("option").all_inner_texts()
        if MAIRE in texte
    )


def telecharger(elle: Visiteur, libelle: str) -> bytes:
    """The PDF of a paper of the file; its name says nothing of the family."""
    lien = elle.page.locator("li").filter(has_text=libelle).get_by_role("link", name="PDF").first
    reponse = elle.contexte.request.get(elle.adresse + (lien.get_attribute("href") or ""))
    assert reponse.status == 200
    assert not any(nom in reponse.headers["content-disposition"] for nom, _ in (AIDE, ABSENT, REFUSE))
    return reponse.body()


def ouvrir_le_dossier(visiter: Callable[..., Visiteur], qui: tuple[str, str]) -> tuple[Visiteur, str]:
    elle = visiter(COORDINATION)
    elle.menu("Familles")
    elle.suivre("Saisir le conseil")
    assert "Qui lira ceci" in elle.texte
    assert saisir(elle, qui) == 200
    assert elle.titre == " ".join(reversed(qui))
    return elle, elle.chemin


def jusqu_a_l_audition(elle: Visiteur, site: Site) -> None:
    elle.suivre("Convoquer la famille")
    assert convoquer(elle, 10) == 200
    l_audition_arrive(site)
    elle.suivre("Noter l’audition")
    assert entendre(elle, "mere", "enfant") == 200


def test_une_famille_de_la_saisine_a_la_fin_de_son_accompagnement(
    visiter: Callable[..., Visiteur], site: Site
) -> None:
    elle = visiter(COORDINATION)
    elle.menu("Familles")
    assert not defauts(elle.page)
    elle.suivre("Saisir le conseil")
    avant = ecrit(site)
    assert saisir(elle, AIDE, age=19) == 422
    assert "dix-huit ans" in elle.texte
    assert elle.page.get_by_label("Enfant : nom de naissance").input_value() == AIDE[0]
    assert ecrit(site) == avant
    assert saisir(elle, AIDE) == 200
    dossier = elle.chemin
    assert AIDE[0] not in dossier

    elle.suivre("Convoquer la famille")
    avant = ecrit(site)
    assert convoquer(elle, 3) == 422
    assert "8 jours au moins" in elle.texte
    assert ecrit(site) == avant
    assert convoquer(elle, 10) == 200
    assert telecharger(elle, f"Convocation de Sarah {AIDE[0]}").startswith(b"%PDF")
    assert telecharger(elle, "Feuille d’audition").startswith(b"%PDF")

    l_audition_arrive(site)
    elle.suivre("Noter l’audition")
    avant = ecrit(site)
    assert entendre(elle, "enfant") == 422
    assert "Aucun parent n’était là" in elle.texte
    assert ecrit(site) == avant
    remplir(elle, famille="mere")
    assert elle.presser("Enregistrer l’audition") == 200
    assert "Famille entendue" in elle.texte

    elle.suivre("Dire la suite")
    remplir(elle, genre="recommandation", types="assiduite")
    assert elle.presser("Enregistrer la suite") == 200
    assert telecharger(elle, "Recommandation").startswith(b"%PDF")
    elle.suivre("Dire la suite")
    remplir(elle, genre="par", debut=jour().isoformat(), fin=jour(90).isoformat())
    assert elle.presser("Enregistrer la suite") == 200
    assert "Protocole d’accompagnement (PAR)" in elle.texte

    lui = visiter(MAIRE)
    lui.aller(dossier)
    lui.suivre("Proposer un accompagnement parental")
    lui.page.get_by_label("Organisme qui accompagne").select_option(index=1)
    assert lui.presser("Proposer", exact=True) == 200

    elle.aller(dossier)
    elle.suivre("Noter la réponse des parents")
    avant = ecrit(site)
    remplir(elle, reponse="oui", debut=jour().isoformat(), fin=jour(300).isoformat())
    elle.page.get_by_label("Membre qui accompagne la famille").select_option(index=1)
    assert elle.presser("Enregistrer la réponse") == 422
    assert "finit le" in elle.texte
    assert ecrit(site) == avant
    remplir(elle, fin=jour(60).isoformat())
    assert elle.presser("Enregistrer la réponse") == 200
    assert "Accepté par les parents" in elle.texte
    elle.suivre("Faire le point")
    remplir(elle, resultat="progres", fait_le=jour().isoformat(), prochain_le=jour(30).isoformat())
    assert elle.presser("Enregistrer le point") == 200
    elle.suivre("Terminer", exact=True)
    remplir(elle, issue="suivi", fini_le=jour().isoformat())
    assert elle.presser("Terminer", exact=True) == 200
    assert telecharger(elle, "Attestation d’accompagnement parental").startswith(b"%PDF")
    elle.suivre("Clore", exact=True)
    remplir(elle, issue="aidee")
    assert elle.presser("Clore", exact=True) == 200
    assert not defauts(elle.page)

    elle.menu("Familles")
    elle.suivre("Registre")
    assert "La famille a trouvé l’aide utile" in elle.texte
    assert AIDE[0] not in elle.texte


def test_deux_absences_puis_le_departement_et_des_parents_qui_refusent(
    visiter: Callable[..., Visiteur], site: Site
) -> None:
    elle, dossier = ouvrir_le_dossier(visiter, ABSENT)
    for rang in (1, 2):
        elle.suivre("Convoquer la famille")
        assert convoquer(elle, 10) == 200
        avant = ecrit(site)
        elle.aller(f"{dossier}departement/")
        # The mayor alone asks the département, and not before the family was heard or twice absent.
        assert elle.presser("Noter la saisine") == 422
        assert ecrit(site) == avant
        elle.aller(dossier)
        l_audition_arrive(site)
        elle.suivre("Elle n’est pas venue")
        remplir(elle, issue="absente")
        assert elle.presser("Enregistrer") == 200
        assert ("Absente deux fois" in elle.texte) == (rang == 2)
    lui = visiter(MAIRE)
    lui.aller(dossier)
    lui.suivre("Saisir le président du département")
    assert lui.presser("Noter la saisine") == 200
    assert telecharger(lui, "Saisine du président du département").startswith(b"%PDF")
    elle.aller(f"{dossier}clore/")
    avant = ecrit(site)
    remplir(elle, issue="carence")
    assert elle.presser("Clore", exact=True) == 422
    assert "La réponse du département est attendue" in elle.texte
    assert ecrit(site) == avant
    elle.aller(dossier)
    elle.suivre("Noter la réponse du département")
    remplir(elle, reponse="mesure", reponse_le=jour().isoformat())
    assert elle.presser("Enregistrer") == 200
    assert "MAESF" in elle.texte

    jusqu_a_l_audition(elle, site)
    lui.aller(dossier)
    lui.suivre("Proposer un accompagnement parental")
    lui.page.get_by_label("Organisme qui accompagne").select_option(index=1)
    assert lui.presser("Proposer", exact=True) == 200
    elle.aller(dossier)
    elle.suivre("Noter la réponse des parents")
    remplir(elle, reponse="non")
    assert elle.presser("Enregistrer la réponse") == 200
    assert "Refusé par les parents" in elle.texte
    [(debut, referent)] = site.lire(
        "SELECT a.debut, a.referent_id FROM maire_accompagnementparental a JOIN maire_dossierfamille d "
        "ON d.id = a.dossier_id WHERE d.public_id = %s",
        (dossier.strip("/").rsplit("/", 1)[1],),
    )
    assert (debut, referent) == (None, None)


def test_qui_n_a_pas_le_pouvoir_du_maire_n_ecrit_rien(visiter: Callable[..., Visiteur], site: Site) -> None:
    elle, dossier = ouvrir_le_dossier(visiter, REFUSE)
    avant = ecrit(site)
    elle.aller("/familles/")
    elle.suivre("Saisir le conseil")
    # The council already knows this child: it asks first.
    assert saisir(elle, REFUSE) == 422
    assert "Est-ce le même" in elle.texte
    assert ecrit(site) == avant
    cocher(elle, " ".join(reversed(REFUSE)))
    assert elle.presser("Ouvrir le dossier") == 422
    assert "Un dossier est déjà en cours" in elle.texte
    assert ecrit(site) == avant

    elle.aller(dossier)
    jusqu_a_l_audition(elle, site)
    avant = ecrit(site)
    # The same hearing is not recorded twice.
    elle.aller(f"{dossier}audition/")
    assert entendre(elle, "mere") == 422
    assert "Aucune audition n’est prévue" in elle.texte
    # Who coordinates writes here, and has no power of the mayor's.
    elle.aller(f"{dossier}accompagnement/")
    elle.page.get_by_label("Organisme qui accompagne").select_option(index=1)
    assert elle.presser("Proposer", exact=True) == 422
    assert "Seul le maire" in elle.texte
    assert ecrit(site) == avant

    # The deputy was delegated until yesterday; she still reads and writes here.
    site.changer("UPDATE maire_delegation SET jusqua = current_date - 1 WHERE 'familles' = ANY(pouvoirs)")
    adjointe = visiter(ADJOINTE)
    assert adjointe.aller(dossier) == 200
    for chemin, bouton in (("accompagnement/", "Proposer"), ("departement/", "Noter la saisine")):
        adjointe.aller(f"{dossier}{chemin}")
        if chemin == "accompagnement/":
            adjointe.page.get_by_label("Organisme qui accompagne").select_option(index=1)
        assert adjointe.presser(bouton, exact=True) == 422
        assert "Seul le maire, ou l’élu qu’il a délégué" in adjointe.texte
    assert ecrit(site) == avant

    # The president of the EPCI and the deputy of another commune hold the same right elsewhere.
    for nom in (PRESIDENT, AUTRE_ELUE):
        autre = visiter(nom)
        assert autre.aller(dossier) == 404
        assert autre.aller(f"{dossier}accompagnement/") == 404
    assert ecrit(site) == avant


def test_le_president_de_l_epci_ne_cree_pas_le_conseil_d_une_commune(
    visiter: Callable[..., Visiteur], site: Site
) -> None:
    [(conseil,)] = site.lire("SELECT public_id FROM instances_conseil WHERE genre = 'cmspd'")
    combien = "SELECT count(*) FROM instances_formation WHERE genre IN ('cddf', 'cctp')"
    avant = site.lire(combien)
    lui = visiter(PRESIDENT)
    assert lui.aller(f"/conseils/{conseil}/familles/enregistrer/") == 200
    assert "Facultatif" in lui.texte or "facultatif" in lui.texte
    assert "D. 141-8" in lui.texte
    commune = lui.page.get_by_label("Territoire")
    commune.select_option(label=commune.locator("option").all_inner_texts()[-1])
    remplir(lui, delibere_le=jour(-30).isoformat(), deliberation="2026-12")
    assert lui.presser("Enregistrer") == 422
    assert "maire" in lui.texte
    assert site.lire(combien) == avant


def test_un_groupe_propose_un_enfant_que_le_conseil_recoit_une_seule_fois(
    visiter: Callable[..., Visiteur], site: Site
) -> None:
    elle = visiter(COORDINATION, ecran=TELEPHONE)
    elle.aller("/signalements/?etat=oriente")
    elle.page.locator("table tbody th a").filter(has_text="Nougaroulet").first.click()
    signalement = elle.chemin
    # Who sits in both may hand over; the deputy of another commune finds nothing.
    assert visiter(AUTRE_ELUE).aller(signalement) == 404
    elle.suivre("Saisir le conseil des familles")
    assert elle.page.get_by_label("Enfant : nom de naissance").input_value() == "Nougaroulet"
    assert "Le groupe ne lira pas ce dossier" in elle.texte
    assert not defauts(elle.page)
    avant = ecrit(site)
    elle.page.locator("form").last.evaluate("f => f.noValidate = true")
    assert elle.presser("Ouvrir le dossier") == 422
    assert ecrit(site) == avant
    remplir(elle, motif="absenteisme")
    assert elle.presser("Ouvrir le dossier") == 200
    assert elle.titre == "Zoé Nougaroulet"
    elle.aller(signalement)
    assert "a été remise là où le groupe l’avait proposé" in elle.texte
    assert elle.page.get_by_role("link", name="Saisir le conseil des familles").count() == 0
    apres = ecrit(site)
    [(cercle,)] = site.lire("SELECT public_id FROM instances_cercle WHERE genre = 'cddf'")
    cle = signalement.strip("/").rsplit("/", 1)[1]
    assert elle.aller(f"/familles/{cercle}/signalements/{cle}/saisir/") == 422
    assert ecrit(site) == apres
