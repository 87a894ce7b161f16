"""What was noted by mistake goes for good, by its author, soon; nothing else of a file ever does."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.situations.fabriques import un_groupe, une_situation

from maillage.pilotage.selectors import delais, faits
from maillage.situations.models import Contact, Element, Objectif
from maillage.situations.rules.retrait import DELAI
from maillage.situations.services import cloture, suivi
from maillage.situations.services.retraits import REPRENABLES, retirer
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.faits import compenser
from maillage.socle.models import EntreeJournal, FaitStatistique
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db

MIDI = datetime(2027, 5, 12, 10, 0, tzinfo=UTC)
CANARI = "Canaripoison"
GENRES = sorted(REPRENABLES)


@pytest.fixture
def ici(horloge):
    horloge(MIDI)
    return un_groupe()


def noter(situation, par, genre: str):
    """One entry of that kind, whose free words, if it has some, hold the canary."""
    with contexte(par.pk):
        if genre == "contact":
            return suivi.noter_contact(
                situation=situation.public_id,
                le=aujourd_hui(),
                moyen="entretien",
                avec="personne",
                duree_min=45,
                suite="rendez_vous",
            )
        if genre == "element":
            return suivi.partager_element(
                situation=situation.public_id, categorie="offre_dispositif", precision=f"{CANARI} écrit"
            )
        return suivi.poser_objectif(
            situation=situation.public_id,
            libelle=f"{CANARI} à reprendre",
            domaine="loisirs",
            echeance=aujourd_hui() + timedelta(days=30),
        )


def restent(genre: str) -> int:
    with en_maintenance():
        return REPRENABLES[genre].objects.count()


def codes(refus) -> set[str]:
    return {motif.code for motif in refus.value.verdict.motifs}


def entrer(compte) -> Client:
    client = Client()
    client.force_login(compte)
    return client


def page_de(situation, compte) -> str:
    return entrer(compte).get(reverse("situations:situation", args=[situation.public_id])).content.decode()


@pytest.mark.parametrize("genre", GENRES)
def test_l_auteur_retire_et_le_contenu_s_en_va_de_la_base_et_de_toutes_les_pages(ici, genre):
    situation = une_situation(ici)
    saisie = noter(situation, ici.membre, genre)
    with contexte(ici.membre.pk):
        retirer(situation=situation.public_id, genre=genre, cle=saisie.public_id)
    assert restent(genre) == 0
    for compte in (ici.membre, ici.coordonnatrice):
        page = page_de(situation, compte)
        assert CANARI not in page
        assert str(saisie.public_id) not in page
    with en_maintenance():
        entree = EntreeJournal.objects.get(evenement=f"{genre}_retire")
        journal = repr(list(EntreeJournal.objects.values_list("evenement", "objet", "details")))
    assert (entree.objet, entree.acteur, entree.details) == (str(situation.public_id), ici.membre.pk, {})
    assert CANARI not in journal


@pytest.mark.parametrize("genre", GENRES)
def test_un_autre_membre_qui_retire_les_siennes_ne_retire_pas_celle_d_un_autre(ici, genre):
    situation = une_situation(ici)
    autre = ici.ajouter("prevention_specialisee")
    saisie, sienne = noter(situation, ici.membre, genre), noter(situation, autre, genre)
    with contexte(autre.pk):
        with pytest.raises(Refus) as refus:
            retirer(situation=situation.public_id, genre=genre, cle=saisie.public_id)
        retirer(situation=situation.public_id, genre=genre, cle=sienne.public_id)
    assert codes(refus) == {"retrait_de_l_auteur"}
    assert restent(genre) == 1


@pytest.mark.parametrize("genre", GENRES)
def test_le_delai_passe_a_la_minute_pres_et_la_page_ne_l_offre_plus(ici, genre, horloge):
    situation = une_situation(ici)
    saisie = noter(situation, ici.membre, genre)
    adresse = reverse(f"situations:retirer_{genre}", args=[situation.public_id, saisie.public_id])
    horloge(MIDI + DELAI - timedelta(minutes=1))
    assert adresse in page_de(situation, ici.membre)
    assert adresse not in page_de(situation, ici.coordonnatrice)
    horloge(MIDI + DELAI)
    assert adresse not in page_de(situation, ici.membre)
    with contexte(ici.membre.pk), pytest.raises(Refus) as refus:
        retirer(situation=situation.public_id, genre=genre, cle=saisie.public_id)
    assert codes(refus) == {"retrait_trop_tard"}
    assert restent(genre) == 1


@pytest.mark.parametrize("genre", GENRES)
def test_d_une_situation_close_rien_ne_se_retire(ici, genre):
    situation = une_situation(ici)
    saisie = noter(situation, ici.membre, genre)
    with contexte(ici.coordonnatrice.pk):
        cloture.clore(situation=situation.public_id, version=1, issue="refus", le=aujourd_hui())
    with contexte(ici.membre.pk), pytest.raises(Refus) as refus:
        retirer(situation=situation.public_id, genre=genre, cle=saisie.public_id)
    assert codes(refus) == {"situation_close"}
    reponse = entrer(ici.membre).post(
        reverse(f"situations:retirer_{genre}", args=[situation.public_id, saisie.public_id]),
        {"jeton": str(uuid4())},
    )
    assert reponse.status_code >= 400
    assert restent(genre) == 1


def test_un_objectif_dont_l_etat_a_change_ne_se_retire_plus(ici):
    situation = une_situation(ici)
    objectif = noter(situation, ici.membre, "objectif")
    with contexte(ici.coordonnatrice.pk):
        suivi.changer_etat_objectif(objectif=objectif.public_id, etat="en_cours", version=1)
    with contexte(ici.membre.pk), pytest.raises(Refus) as refus:
        retirer(situation=situation.public_id, genre="objectif", cle=objectif.public_id)
    assert codes(refus) == {"retrait_deja_suivi"}
    assert restent("objectif") == 1


def test_une_saisie_ne_se_retire_que_par_l_adresse_de_sa_situation(ici):
    la, ailleurs = une_situation(ici), une_situation(ici)
    contact = noter(la, ici.membre, "contact")
    with contexte(ici.membre.pk), pytest.raises(Introuvable):
        retirer(situation=ailleurs.public_id, genre="contact", cle=contact.public_id)
    reponse = entrer(ici.membre).get(
        reverse("situations:retirer_contact", args=[ailleurs.public_id, contact.public_id])
    )
    assert reponse.status_code == 404
    assert restent("contact") == 1


def test_ce_qui_n_a_pas_d_instant_de_saisie_reste(ici):
    """Loaded by an operator, or written before entries bore their instant."""
    situation = une_situation(ici)
    contact = noter(situation, ici.membre, "contact")
    with en_maintenance():
        Contact.objects.update(saisi_le=None)
    with contexte(ici.membre.pk), pytest.raises(Refus) as refus:
        retirer(situation=situation.public_id, genre="contact", cle=contact.public_id)
    assert codes(refus) == {"retrait_trop_tard"}


@pytest.mark.parametrize("genre", GENRES)
def test_la_page_dit_ce_qui_part_et_un_second_envoi_ne_fait_rien(ici, genre):
    situation = une_situation(ici)
    saisie, gardee = noter(situation, ici.membre, genre), noter(situation, ici.membre, genre)
    client = entrer(ici.membre)
    adresse = reverse(f"situations:retirer_{genre}", args=[situation.public_id, saisie.public_id])
    page = client.get(adresse).content.decode()
    assert "s’efface pour tout le monde" in page
    assert "jusqu’à 12\u00a0h\u00a030" in page
    jeton = re.search(r'name="jeton" value="([^"]+)"', page).group(1)
    assert client.get(adresse).status_code == 200
    for _ in range(2):
        reponse = client.post(adresse, {"jeton": jeton})
        assert reponse.status_code == 302
        assert reponse["Location"] == reverse("situations:situation", args=[situation.public_id])
    assert client.post(adresse, {"jeton": str(uuid4())}).status_code == 404
    assert restent(genre) == 1
    with en_maintenance():
        assert REPRENABLES[genre].objects.get().pk == gardee.pk


# --- Figures ---------------------------------------------------------------------------------------


def chiffres(ici) -> tuple[int, list[int]]:
    """Contacts of the year, and the days of each follow-up's first."""
    conseil, annee = ici.formation.conseil.pk, aujourd_hui().year
    lus = [f for f in faits([conseil], jusqu_en=annee) if f.evenement == "contact"]
    assert all(f.nombre > 0 for f in lus)
    return sum(f.nombre for f in lus), delais([conseil], annees=[annee]).get(("contact", annee), [])


def test_un_contact_retire_ne_compte_plus_et_un_jumeau_compte_encore(ici, horloge):
    situation = une_situation(ici)
    assert chiffres(ici) == (0, [])
    premier = noter(situation, ici.membre, "contact")
    assert chiffres(ici) == (1, [0])
    second = noter(situation, ici.membre, "contact")
    with contexte(ici.membre.pk):
        retirer(situation=situation.public_id, genre="contact", cle=premier.public_id)
    assert chiffres(ici) == (1, [0])
    with contexte(ici.membre.pk):
        retirer(situation=situation.public_id, genre="contact", cle=second.public_id)
    assert chiffres(ici) == (0, [])
    # Facts are only ever added: two counted, two taken back.
    with en_maintenance():
        nombres = FaitStatistique.objects.filter(evenement="contact").values_list("nombre", flat=True)
        assert sorted(nombres) == [-1, -1, 1, 1]
    horloge(MIDI + timedelta(days=3))
    noter(situation, ici.membre, "contact")
    assert chiffres(ici) == (1, [3])


def test_retire_apres_minuit_en_fin_de_mois_il_sort_du_mois_ou_il_etait_compte(ici, horloge):
    situation = une_situation(ici)
    horloge(datetime(2027, 5, 31, 21, 50, tzinfo=UTC))
    contact = noter(situation, ici.membre, "contact")
    horloge(datetime(2027, 5, 31, 22, 10, tzinfo=UTC))
    assert aujourd_hui().month == 6
    with contexte(ici.membre.pk):
        retirer(situation=situation.public_id, genre="contact", cle=contact.public_id)
    assert chiffres(ici) == (0, [])
    with en_maintenance():
        mois = {f.mois.month for f in FaitStatistique.objects.filter(evenement="contact")}
    assert mois == {5}


def test_le_bilan_d_une_annee_finie_ne_change_pas_mais_le_contenu_part(ici, horloge):
    situation = une_situation(ici)
    horloge(datetime(2027, 12, 31, 22, 50, tzinfo=UTC))
    contact = noter(situation, ici.membre, "contact")
    avant = faits([ici.formation.conseil.pk], jusqu_en=2027)
    horloge(datetime(2027, 12, 31, 23, 10, tzinfo=UTC))
    assert aujourd_hui().year == 2028
    with contexte(ici.membre.pk):
        retirer(situation=situation.public_id, genre="contact", cle=contact.public_id)
    assert restent("contact") == 0
    assert faits([ici.formation.conseil.pk], jusqu_en=2027) == avant
    assert faits([ici.formation.conseil.pk], jusqu_en=2028) == avant


def test_compenser_ne_descend_jamais_sous_zero(ici):
    situation = une_situation(ici)
    jour = aujourd_hui()
    noter(situation, ici.membre, "contact")
    with contexte(ici.membre.pk):
        ce_fait = {"fil": situation.fil, "genre": "entretien", "delai_jours": 0}
        assert compenser("contact", le=jour, aujourd_hui=jour, **ce_fait)
        assert not compenser("contact", le=jour, aujourd_hui=jour, **ce_fait)
    assert chiffres(ici) == (0, [])


def test_elements_et_objectifs_ne_sont_dans_aucun_chiffre(ici):
    situation = une_situation(ici)
    with en_maintenance():
        avant = FaitStatistique.objects.count()
    for genre in ("element", "objectif"):
        saisie = noter(situation, ici.membre, genre)
        with contexte(ici.membre.pk):
            retirer(situation=situation.public_id, genre=genre, cle=saisie.public_id)
    with en_maintenance():
        assert FaitStatistique.objects.count() == avant
        assert not Element.objects.exists()
        assert not Objectif.objects.exists()
