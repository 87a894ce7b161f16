"""The registers beside the groupes: who opens a mayor's acts, who never does, and who then reads what."""

from datetime import UTC, date, datetime

import pytest
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances import fabriques as f
from tests.instances.navigation import envoyer, lire

from maillage.instances.api import (
    cercles_des_actes,
    cercles_des_familles,
    cercles_visibles,
    creer_conseil_des_familles,
    habiliter,
    mes_cercles,
    ouvrir_actes_du_maire,
)
from maillage.instances.chiffres import chiffres, registres_communaux
from maillage.instances.models import Cercle, Formation, Siege, Texte
from maillage.instances.regles_propres import cddf_obligatoire, composition_du_cddf
from maillage.instances.services.formations import ajouter_siege, creer_formation
from maillage.socle.refus import Introuvable, Refus

pytestmark = pytest.mark.django_db

LE = date(2026, 2, 2)


@pytest.fixture(autouse=True)
def _jour(horloge):
    horloge(datetime(2026, 3, 2, 9, tzinfo=UTC))


def mairie(commune: str = f.COMMUNE):
    return creer_organisme(genre="commune", commune_code=commune)


def maire(commune: str = f.COMMUNE, fonction: str = "maire", **champs):
    return f.exercer(creer_compte(**champs), fonction, commune)


def codes(erreur) -> tuple[str, ...]:
    return erreur.value.verdict.codes


def test_a_mayor_opens_the_register_of_their_acts_with_its_undertaking_and_one_seat(au_nom_de):
    conseil, corps = f.conseil(), mairie()
    with au_nom_de(maire()):
        ouverte = ouvrir_actes_du_maire(conseil=conseil.public_id, commune=f.COMMUNE, fixe_le=LE)
    assert (ouverte.genre, ouverte.cercle.genre, ouverte.cercle.volet) == (
        "actes_maire",
        "actes_maire",
        "actes",
    )
    assert [siege.organisme_id for siege in Siege.objects.filter(formation=ouverte)] == [corps.pk]
    texte = Texte.objects.get(formation=ouverte)
    assert (texte.genre, texte.etat, texte.delibere_le) == ("charte", "adopte", LE)
    assert "{" not in texte.contenu


@pytest.mark.parametrize(
    "acteur",
    [
        lambda: f.exercer(maire(f.VOISINE), "president_epci", "243100518", "epci"),
        lambda: maire(f.VOISINE, "elu_delegue"),
    ],
    ids=["president d'une intercommunalite et maire d'une autre commune", "elue d'une autre commune"],
)
def test_a_mayor_s_power_never_moves_to_another_commune_nor_to_the_epci(acteur, au_nom_de):
    conseil = f.conseil("", genre="cispd", commune_code="", epci_code="243100518", departement_code="31")
    for code in (f.COMMUNE, f.VOISINE):
        f.ConseilCommune.objects.create(conseil=conseil, commune_code=code, depuis=date(2025, 12, 1))
        mairie(code)
    qui = acteur()
    avant = Cercle.objects.count()
    with au_nom_de(qui), pytest.raises(Refus) as refus:
        ouvrir_actes_du_maire(conseil=conseil.public_id, commune=f.COMMUNE, fixe_le=LE)
    assert codes(refus) == ("autorite_incompetente",)
    assert refus.value.verdict.motifs[0].levee_possible is False
    assert Cercle.objects.count() == avant
    with au_nom_de(qui):  # the same person, in their own commune
        ouverte = ouvrir_actes_du_maire(conseil=conseil.public_id, commune=f.VOISINE, fixe_le=LE)
    assert ouverte.commune_code == f.VOISINE


def test_a_commune_has_one_register_known_to_the_directory_and_member_of_the_council(au_nom_de):
    conseil = f.conseil()
    with au_nom_de(f.coordonnateur()):
        with pytest.raises(Refus) as sans_mairie:
            ouvrir_actes_du_maire(conseil=conseil.public_id, commune=f.COMMUNE, fixe_le=LE)
        mairie()
        ouvrir_actes_du_maire(conseil=conseil.public_id, commune=f.COMMUNE, fixe_le=LE)
        with pytest.raises(Refus) as deja:
            ouvrir_actes_du_maire(conseil=conseil.public_id, commune=f.COMMUNE, fixe_le=LE)
        with pytest.raises(Refus) as ailleurs:
            ouvrir_actes_du_maire(conseil=conseil.public_id, commune=f.AUTRE, fixe_le=date(2027, 1, 1))
    assert codes(sans_mairie) == ("mairie_absente",)
    assert codes(deja) == ("registre_existant",)
    assert codes(ailleurs) == ("commune_non_membre", "decision_a_venir", "mairie_absente")
    assert Formation.objects.filter(genre="actes_maire").count() == 1


def test_a_deliberation_creates_a_family_council_with_its_texts_in_force(au_nom_de):
    conseil = f.conseil()
    with au_nom_de(f.coordonnateur()):
        creee = creer_conseil_des_familles(
            conseil=conseil.public_id, genre="cddf", commune=f.COMMUNE, delibere_le=LE, deliberation="2026-12"
        )
        with pytest.raises(Refus) as deja:
            creer_conseil_des_familles(
                conseil=conseil.public_id, genre="cddf", commune=f.COMMUNE, delibere_le=LE, deliberation="2"
            )
    textes = {texte.genre: texte for texte in Texte.objects.filter(formation=creee)}
    assert set(textes) == {"charte", "reglement"}
    assert textes["reglement"].deliberation == "2026-12"
    assert codes(deja) == ("conseil_existant",)


def test_a_coordinator_of_another_council_creates_no_family_council_here(au_nom_de):
    conseil, autre = f.conseil(), f.conseil(f.VOISINE)
    qui = f.coordonnateur(f.VOISINE)
    with au_nom_de(qui):
        with pytest.raises(Introuvable):
            creer_conseil_des_familles(
                conseil=conseil.public_id, genre="cddf", commune=f.COMMUNE, delibere_le=LE, deliberation="1"
            )
        assert not Formation.objects.filter(genre="cddf").exists()
        creer_conseil_des_familles(
            conseil=autre.public_id, genre="cddf", commune=f.VOISINE, delibere_le=LE, deliberation="1"
        )


def test_a_register_is_read_apart_from_the_groupes_by_its_own_members_only(au_nom_de):
    conseil = f.conseil()
    groupe, actes, familles = (
        f.groupe(conseil),
        f.registre(conseil),
        f.registre(conseil, genre="cddf"),
    )
    lecteur = f.membre(actes)
    du_groupe = f.membre(groupe)
    des_familles = f.membre(familles)
    with au_nom_de(lecteur):
        assert mes_cercles() == [actes.cercle_id]
        assert [vu.id for vu in cercles_des_actes()] == [actes.cercle_id]
        assert cercles_visibles() == cercles_des_familles() == []
        assert cercles_des_actes()[0].commune_code == f.COMMUNE
    with au_nom_de(du_groupe):
        assert cercles_des_actes() == cercles_des_familles() == []
    with au_nom_de(des_familles):
        assert [vu.genre for vu in cercles_des_familles()] == ["cddf"]
        assert cercles_des_actes() == cercles_visibles() == []


def test_the_part_of_the_mayor_in_the_acts_goes_to_an_elected_member_of_that_commune(au_nom_de):
    actes, corps = f.registre(), mairie()
    siege = f.siege(actes, corps)
    d_ici = f.exercer(creer_compte(organisme=corps), "elu_delegue", f.COMMUNE)
    d_ailleurs = f.exercer(creer_compte(organisme=corps), "elu_delegue", f.VOISINE)
    president = f.exercer(creer_compte(organisme=corps), "president_epci", "243100518", "epci")
    with au_nom_de(f.coordonnateur()):
        for autre in (d_ailleurs, president):
            with pytest.raises(Refus) as refus:
                habiliter(siege=siege.public_id, compte=autre.public_id, role="maire")
            assert codes(refus) == ("autorite_incompetente",)
        habiliter(siege=siege.public_id, compte=d_ici.public_id, role="maire")
    assert list(actes.cercle.habilitations.values_list("compte", flat=True)) == [d_ici.pk]


def test_no_other_body_ever_sits_among_the_acts_of_a_mayor(au_nom_de):
    actes = f.registre()
    with au_nom_de(f.coordonnateur()), pytest.raises(Refus) as refus:
        ajouter_siege(formation=actes.public_id, organisme=creer_organisme().public_id)
    assert codes(refus) == ("un_seul_organisme",)
    assert not Siege.objects.filter(formation=actes).exists()


@pytest.mark.parametrize("genre", ["actes_maire", "cddf", "cctp", "prestataire"])
def test_a_register_is_never_created_as_a_formation_of_the_council(genre, au_nom_de):
    conseil = f.conseil()
    with au_nom_de(f.coordonnateur()), pytest.raises(Introuvable):
        creer_formation(conseil=conseil.public_id, genre=genre, nominatif=True, volet="jeune", nom="Ici")
    assert not Formation.objects.filter(genre=genre).exists()


def test_registers_are_counted_apart_from_the_groupes_and_their_charters():
    conseil = f.conseil()
    f.membre(f.groupe(conseil))
    f.membre(f.registre(conseil))
    f.membre(f.registre(conseil, genre="cddf"))
    debut, fin = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    lus = chiffres([conseil.pk], debut=debut, fin=fin)[conseil.pk]
    assert (lus.groupes_nominatifs, lus.mandats, lus.chartes_signees, lus.chartes) == (1, 1, 1, 1)
    assert registres_communaux([conseil.pk], fin=fin) == {
        (conseil.pk, "actes_maire"): 1,
        (conseil.pk, "cddf"): 1,
    }


def test_a_family_council_was_compulsory_between_two_laws_above_a_number_of_inhabitants():
    assert cddf_obligatoire(50_001, date(2015, 1, 1)).ok
    assert not cddf_obligatoire(50_000, date(2015, 1, 1)).ok
    assert not cddf_obligatoire(None, date(2015, 1, 1)).ok
    assert not cddf_obligatoire(200_000, date(2026, 1, 1)).ok
    assert cddf_obligatoire(200_000, date(2026, 1, 1)).codes == ("cddf_facultatif",)


def test_the_pages_open_a_register_and_tell_a_president_why_it_is_not_theirs(entrer):
    conseil = f.conseil("", genre="cispd", commune_code="", epci_code="243100518", departement_code="31")
    f.ConseilCommune.objects.create(conseil=conseil, commune_code=f.COMMUNE, depuis=date(2025, 12, 1))
    mairie()
    valeurs = {"commune": f.COMMUNE, "fixe_le": "2026-02-02"}
    president = entrer(f.exercer(creer_compte(), "president_epci", "243100518", "epci"))
    assert "Ouvrir les actes d’un maire" not in lire(president, "conseil", conseil.public_id)
    refuse = envoyer(president, "actes_ouvrir", conseil.public_id, **valeurs)
    assert refuse.status_code == 422
    assert "ne se transfère pas" in refuse.content.decode()
    assert not Formation.objects.filter(genre="actes_maire").exists()
    celui_ci = entrer(maire())
    assert "Ouvrir les actes d’un maire" in lire(celui_ci, "conseil", conseil.public_id)
    assert envoyer(celui_ci, "actes_ouvrir", conseil.public_id, **valeurs).status_code == 302
    assert Formation.objects.filter(genre="actes_maire", commune_code=f.COMMUNE).exists()


def test_the_page_of_a_family_council_records_it_once(entrer):
    conseil = f.conseil()
    client = entrer(f.coordonnateur())
    valeurs = {"genre": "cddf", "commune": f.COMMUNE, "delibere_le": "2026-02-02", "deliberation": "2026-12"}
    assert envoyer(client, "familles_enregistrer", conseil.public_id, **valeurs).status_code == 302
    encore = envoyer(client, "familles_enregistrer", conseil.public_id, **valeurs)
    assert encore.status_code == 422
    assert Formation.objects.filter(genre="cddf").count() == 1


def _cispd() -> object:
    conseil = f.conseil("", genre="cispd", commune_code="", epci_code="243100518", departement_code="31")
    for code in (f.COMMUNE, f.VOISINE):
        f.ConseilCommune.objects.create(conseil=conseil, commune_code=code, depuis=date(2025, 12, 1))
    return conseil


def test_the_president_of_an_epci_records_its_own_family_council_never_that_of_a_commune(au_nom_de):
    """They also chair the commune next door, where the same act is theirs."""
    conseil = _cispd()
    qui = f.exercer(maire(f.VOISINE), "president_epci", "243100518", "epci")

    def creer(commune: str):
        return creer_conseil_des_familles(
            conseil=conseil.public_id, genre="cddf", commune=commune, delibere_le=LE, deliberation="1"
        )

    with au_nom_de(qui):
        with pytest.raises(Refus) as refus:
            creer(f.COMMUNE)
        assert codes(refus) == ("autorite_incompetente",)
        assert not Formation.objects.filter(genre="cddf").exists()
        assert creer("").commune_code == ""
        assert creer(f.VOISINE).commune_code == f.VOISINE


def test_a_mayor_records_the_family_council_of_their_commune_within_an_intercommunal_council(au_nom_de):
    conseil = _cispd()
    with au_nom_de(maire()):
        ouverte = creer_conseil_des_familles(
            conseil=conseil.public_id, genre="cddf", commune=f.COMMUNE, delibere_le=LE, deliberation="7"
        )
    assert ouverte.commune_code == f.COMMUNE


def test_no_family_council_was_deliberated_before_the_law_that_created_them(au_nom_de):
    conseil = f.conseil()
    with au_nom_de(maire()), pytest.raises(Refus) as refus:
        creer_conseil_des_familles(
            conseil=conseil.public_id,
            genre="cddf",
            commune=f.COMMUNE,
            delibere_le=date(2006, 5, 2),
            deliberation="1",
        )
    assert codes(refus) == ("acte_sans_texte",)


def test_the_texts_of_the_day_say_who_sits_and_none_says_it_before_the_law():
    presidence, membres = composition_du_cddf(date(2026, 1, 1))
    assert "l’élu qu’il délègue" in presidence.texte
    assert "la prévention de la délinquance" in membres.texte
    assert "D. 141-8" in membres.base_legale
    assert composition_du_cddf(date(2007, 3, 6)) == ()


def test_the_form_says_what_the_law_asks_of_this_commune_and_who_sits(entrer):
    conseil = f.conseil()
    page = lire(entrer(f.coordonnateur()), "familles_enregistrer", conseil.public_id)
    assert "facultatif" in page
    assert "Loi n° 2019-1461" in page.replace("\u00a0", " ").replace("\u202f", " ")
    assert "D. 141-8" in page.replace("\u00a0", " ").replace("\u202f", " ")
