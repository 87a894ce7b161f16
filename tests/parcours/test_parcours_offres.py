"""Local schemes, offers and places: who keeps them, what is refused, what never exceeds capacity."""

from datetime import date, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.acteurs.fabriques import creer_organisme
from tests.instances.fabriques import COMMUNE, VOISINE, conseil, coordonnateur
from tests.parcours.fabriques_parcours import DEBUT, des_communes, un_local, une_offre, une_place

from maillage.parcours.api import (
    DonneesOffre,
    FiltresDOffres,
    declarer_dispositif_local,
    dispositifs_de,
    enregistrer_offre,
    fermer_offre,
    liberer_place,
    modifier_dispositif_local,
    modifier_offre,
    offre_visible,
    offres,
    reserver_place,
)
from maillage.parcours.models import DispositifLocal, Offre, Place, empreinte
from maillage.parcours.rules.places import occupees, occupees_au_plus, premier_jour_libre
from maillage.socle.contexte import contexte
from maillage.socle.refus import Introuvable, Refus

CLE = uuid4()
DB = pytest.mark.django_db
JOUR = date(2026, 3, 2)


def donnees(**champs: object) -> DonneesOffre:
    return DonneesOffre(**{"intitule": "Atelier vélo", "depuis": DEBUT, **champs})


def declarer(du_conseil, **champs):
    valeurs = {"libelle": "Chantier loisirs", "source": "Délibération 12", "depuis": DEBUT, **champs}
    return declarer_dispositif_local(conseil=du_conseil.public_id, **valeurs)


@DB
def test_la_coordination_ajoute_un_dispositif_a_son_conseil_et_lui_seul_le_voit():
    ici, ailleurs = conseil(), conseil(VOISINE)
    with contexte(coordonnateur().pk):
        cree = declarer(ici, age_min=14, age_max=17)
    assert cree.code.startswith("local_")
    codes = {lu.code for lu in dispositifs_de(ici, JOUR)}
    assert cree.code in codes
    assert "pmsmp" in codes
    assert cree.code not in {lu.code for lu in dispositifs_de(ailleurs, JOUR)}
    assert cree.code not in {lu.code for lu in dispositifs_de(ici, DEBUT - timedelta(days=1))}


@DB
def test_une_coordination_d_une_autre_commune_n_ajoute_rien():
    ici = conseil()
    with contexte(coordonnateur(VOISINE).pk), pytest.raises(Introuvable):
        declarer(ici)
    assert not DispositifLocal.objects.exists()


@DB
def test_un_dispositif_local_sensible_demande_des_mots_neutres():
    ici = conseil()
    with contexte(coordonnateur().pk), pytest.raises(Refus) as refus:
        declarer(ici, sensible=True)
    assert refus.value.verdict.codes == ("libelle_neutre_revele",)
    with contexte(coordonnateur().pk):
        cree = declarer(ici, sensible=True, libelle_neutre="Un atelier")
    assert cree.en_dispositif().libelle_neutre == "Un atelier"


@DB
def test_un_dispositif_local_se_corrige_a_sa_version_et_par_sa_coordination():
    ici, tient = conseil(), coordonnateur()
    local = un_local(ici, tient)
    change = {"libelle": "Chantier d’été", "source": local.source, "depuis": DEBUT}
    with contexte(coordonnateur(VOISINE).pk), pytest.raises(Introuvable):
        modifier_dispositif_local(public_id=local.public_id, version=1, **change)
    with contexte(tient.pk):
        modifier_dispositif_local(public_id=local.public_id, version=1, jusqua=JOUR, **change)
        with pytest.raises(Refus) as refus:
            modifier_dispositif_local(public_id=local.public_id, version=1, **change)
    assert refus.value.statut == 409
    assert DispositifLocal.objects.get().jusqua == JOUR


@DB
def test_une_offre_s_inscrit_pour_son_conseil_dans_un_dispositif_qui_y_existe():
    des_communes()
    ici, ailleurs = conseil(), conseil(VOISINE)
    tient, hote = coordonnateur(), creer_organisme("Régie", "commune")
    etranger = un_local(ailleurs, tient)
    with contexte(tient.pk):
        offre = enregistrer_offre(
            conseil=ici.public_id,
            dispositif="pmsmp",
            organisme=hote.public_id,
            donnees=donnees(commune_code=COMMUNE),
        )
        with pytest.raises(Refus) as refus:
            enregistrer_offre(
                conseil=ici.public_id,
                dispositif=etranger.code,
                organisme=hote.public_id,
                donnees=donnees(),
            )
    assert refus.value.verdict.codes == ("dispositif_absent",)
    assert offre.departement_code == "31"
    assert Offre.objects.get() == offre


@DB
@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"jusqua": DEBUT - timedelta(days=1)}, "dates"),
        ({"age_min": 20, "age_max": 18}, "ages"),
        ({"heures_min": 40, "heures_max": 20}, "heures"),
        ({"commune_code": "00000"}, "commune_inconnue"),
    ],
)
def test_une_offre_contradictoire_est_refusee(champs, code):
    ici = conseil()
    with contexte(coordonnateur().pk), pytest.raises(Refus) as refus:
        enregistrer_offre(
            conseil=ici.public_id,
            dispositif="pmsmp",
            organisme=creer_organisme().public_id,
            donnees=donnees(**champs),
        )
    assert refus.value.verdict.codes == (code,)
    assert not Offre.objects.exists()


@DB
def test_un_agent_voit_les_offres_nationales_et_celles_de_son_conseil():
    nationale, mienne = une_offre(), une_offre(conseil())
    autre = une_offre(conseil(VOISINE))
    with contexte(coordonnateur().pk):
        vues = {ligne.offre for ligne in offres(FiltresDOffres(), le=JOUR).lignes}
        assert vues == {nationale, mienne}
        with pytest.raises(Introuvable):
            offre_visible(autre.public_id)


@DB
def test_une_coordination_d_ailleurs_ne_change_ni_ne_ferme_une_offre_et_la_nationale_ne_se_change_pas():
    mienne, nationale = une_offre(conseil()), une_offre()
    with contexte(coordonnateur(VOISINE).pk):
        with pytest.raises(Introuvable):
            modifier_offre(public_id=mienne.public_id, version=1, donnees=donnees())
        with pytest.raises(Introuvable):
            fermer_offre(public_id=mienne.public_id, version=1)
        with pytest.raises(Refus) as refus:
            fermer_offre(public_id=nationale.public_id, version=1)
    assert refus.value.verdict.codes == ("offre_nationale",)
    assert set(Offre.objects.values_list("version", "fermee_le")) == {(1, None)}


@DB
def test_la_capacite_ne_descend_pas_sous_les_places_prises():
    offre = une_offre(conseil(), capacite=3)
    for _ in range(2):
        une_place(offre, date(2026, 1, 1))
    with contexte(coordonnateur().pk):
        with pytest.raises(Refus) as refus:
            modifier_offre(public_id=offre.public_id, version=1, donnees=donnees(capacite=1))
        modifier_offre(public_id=offre.public_id, version=1, donnees=donnees(capacite=2))
    assert refus.value.verdict.codes == ("capacite_trop_petite",)


@DB
def test_une_place_se_prend_se_rend_et_se_reprend():
    offre = une_offre(conseil())
    with contexte(coordonnateur().pk):
        cle = reserver_place(offre=offre.public_id, du=JOUR)
        with pytest.raises(Refus) as refus:
            reserver_place(offre=offre.public_id, du=JOUR + timedelta(days=30))
        liberer_place(cle=cle, des=JOUR + timedelta(days=10))
        reserver_place(offre=offre.public_id, du=JOUR + timedelta(days=10), au=JOUR + timedelta(days=12))
        liberer_place(cle=cle, des=JOUR)
    assert refus.value.verdict.codes == ("complet",)
    assert Place.objects.count() == 1


@DB
@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"fermee_le": JOUR}, "offre_fermee"),
        ({"contact": "a_contacter"}, "sans_accord"),
        ({"depuis": JOUR + timedelta(days=1)}, "hors_periode"),
        ({"jusqua": JOUR}, "hors_periode"),
    ],
)
def test_une_place_ne_se_prend_que_dans_une_offre_ouverte_ces_jours_la(champs, code):
    offre = une_offre(conseil(), **champs)
    with contexte(coordonnateur().pk), pytest.raises(Refus) as refus:
        reserver_place(offre=offre.public_id, du=JOUR, au=JOUR + timedelta(days=2))
    assert refus.value.verdict.codes == (code,)
    assert not Place.objects.exists()


@DB
def test_la_place_d_un_autre_conseil_reste_introuvable():
    offre = une_offre(conseil())
    with contexte(coordonnateur(VOISINE).pk), pytest.raises(Introuvable):
        reserver_place(offre=offre.public_id, du=JOUR)
    with contexte(coordonnateur().pk), pytest.raises(Introuvable):
        liberer_place(cle=uuid4(), des=JOUR)
    assert not Place.objects.exists()


@DB
def test_rendre_la_place_d_un_autre_conseil_ne_change_rien():
    place = une_place(une_offre(conseil()), JOUR, jeton=empreinte(CLE))
    with contexte(coordonnateur(VOISINE).pk), pytest.raises(Introuvable):
        liberer_place(cle=CLE, des=JOUR)
    assert Place.objects.filter(pk=place.pk, au=None).exists()


def test_deux_commandes_simultanees_ne_prennent_pas_la_meme_derniere_place(base_neuve):
    """Both are inside their transaction before either takes the lock."""
    offre, tient = une_offre(conseil(), capacite=2), coordonnateur()
    une_place(offre, JOUR)
    depart, obtenus, refuses = Barrier(2), [], []

    def prendre() -> None:
        try:
            with contexte(tient.pk):
                depart.wait(timeout=10)
                obtenus.append(reserver_place(offre=offre.public_id, du=JOUR))
        except Refus as refus:
            refuses.append(refus.verdict.codes)
        finally:
            connection.close()

    fils = [Thread(target=prendre) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=20)
    assert len(obtenus) == 1
    assert refuses == [("complet",)]
    assert Place.objects.filter(offre=offre).count() == 2


@DB
def test_le_registre_filtre_par_dispositif_commune_et_places_libres():
    tient = coordonnateur()
    libre, pleine = une_offre(conseil()), une_offre(dispositif="parrainage", commune_code=VOISINE)
    une_place(pleine, JOUR)
    with contexte(tient.pk):

        def lues(**filtres: object) -> set[Offre]:
            return {ligne.offre for ligne in offres(FiltresDOffres(**filtres), le=JOUR).lignes}

        assert lues(dispositif="parrainage") == {pleine}
        assert lues(commune=COMMUNE) == {libre}
        assert lues(libres=True) == {libre}
        assert lues(fermees=True) == set()


@DB
def test_le_registre_se_lit_page_par_page_en_un_nombre_constant_de_requetes():
    tient = coordonnateur()
    for _ in range(4):
        une_offre()
    with contexte(tient.pk), connection.execute_wrapper(compteur := Compteur()):
        premiere = offres(FiltresDOffres(), le=JOUR, par_page=2)
        pour_deux = compteur.nombre
        suite = offres(FiltresDOffres(), le=JOUR, curseur=premiere.suivante, par_page=3)
    assert compteur.nombre - pour_deux == pour_deux
    vues = [ligne.offre.pk for page in (premiere, suite) for ligne in page.lignes]
    assert vues == sorted(set(vues))
    assert len(vues) == 4
    assert suite.suivante == ""


class Compteur:
    """Counts the statements sent."""

    nombre = 0

    def __call__(self, executer, sql, parametres, plusieurs, contexte_):
        self.nombre += 1
        return executer(sql, parametres, plusieurs, contexte_)


JOURS = st.dates(date(2026, 1, 1), date(2026, 3, 1))
PERIODES = st.lists(
    st.tuples(JOURS, st.one_of(st.none(), st.integers(0, 20))).map(
        lambda p: (p[0], None if p[1] is None else p[0] + timedelta(days=p[1]))
    ),
    max_size=6,
)


@given(PERIODES, JOURS, st.integers(0, 30))
def test_l_occupation_la_plus_haute_est_celle_du_pire_jour(periodes, du, duree):
    au = du + timedelta(days=duree)
    jours = [du + timedelta(days=n) for n in range(duree + 1)]
    assert occupees_au_plus(periodes, du, au) == max(occupees(periodes, jour) for jour in jours)


@given(PERIODES, JOURS, st.integers(1, 3))
def test_le_premier_jour_libre_l_est_et_la_veille_ne_l_etait_pas(periodes, le, capacite):
    libre = premier_jour_libre(periodes, capacite, le)
    if libre is None:
        assert occupees(periodes, date.max) >= capacite
        return
    assert occupees(periodes, libre) < capacite
    assert all(occupees(periodes, le + timedelta(days=n)) >= capacite for n in range((libre - le).days))
