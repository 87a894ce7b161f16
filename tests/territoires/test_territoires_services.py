"""Loads of the register: complete, quick, repeatable, and clear about what they refuse."""

import json
import time
from datetime import date

import pytest
from django.db import connection

from maillage.territoires import services
from maillage.territoires.importation.rapport import FichierIllisible
from maillage.territoires.models import (
    AncienneCommune,
    AppartenanceEpci,
    Commune,
    Departement,
    Epci,
    Importation,
    Population,
    Qpv,
    QpvCommune,
    Region,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def departement(fabrique):
    """One département, so that files may be imported without loading the country."""
    with fabrique():
        region = Region.objects.create(code="76", nom="Occitanie", chef_lieu="31555", zone="metro")
        return Departement.objects.create(
            code="31", nom="Haute-Garonne", region=region, chef_lieu="31555", zone="metro"
        )


@pytest.fixture
def fichier(tmp_path):
    """Write a file of that text."""

    def ecrire(texte, nom="fichier.csv", codage="utf-8"):
        chemin = tmp_path / nom
        chemin.write_text(texte, encoding=codage)
        return chemin

    return ecrire


COMMUNES = "code,nom,population,codes_postaux\n31149,Colomiers,40882,31770\n31069,Blagnac,27604,31700\n"


def test_the_packaged_register_loads_whole_and_a_second_load_changes_nothing():
    debut = time.perf_counter()
    rapport = services.charger_referentiel()
    duree = time.perf_counter() - debut
    assert (rapport.lues, rapport.creees, rapport.refusees) == (34_969, 34_969, ())
    assert duree < 20, "the load must stay quick even on a busy machine"
    assert Population.objects.count() == 34_963
    assert Epci.objects.count() == 1_266
    assert AppartenanceEpci.objects.filter(rang="epci").count() == 34_871
    assert (Qpv.objects.count(), QpvCommune.objects.count()) == (1_493, 1_684)
    assert AncienneCommune.objects.filter(nom="Arbignieu", commune="01015").exists()
    assert services.charger_referentiel().sans_effet
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM territoires_importation")
        assert curseur.fetchone() == (1,)


def test_a_register_of_other_bytes_is_compared_and_only_differences_are_written(fabrique):
    services.charger_referentiel()
    with fabrique():
        Importation.objects.update(empreinte="autre")
        Commune.objects.filter(code="31149").update(nom="Ancien nom", densite="")
    rapport = services.charger_referentiel()
    assert (rapport.creees, rapport.modifiees) == (0, 1)
    assert Commune.objects.get(code="31149").nom == "Colomiers"
    assert AppartenanceEpci.objects.filter(fin__isnull=False).count() == 0


def test_importing_the_same_file_twice_changes_nothing_the_second_time(departement, fichier):
    chemin = fichier(COMMUNES)
    premier, second = services.importer_communes(chemin), services.importer_communes(chemin)
    assert (premier.lues, premier.creees, premier.modifiees) == (2, 2, 0)
    assert (second.creees, second.modifiees, second.inchangees) == (0, 0, 2)
    assert Importation.objects.count() == 1


def test_a_trial_judges_everything_and_keeps_nothing(departement, fichier):
    rapport = services.importer_communes(fichier(COMMUNES), essai=True)
    assert (rapport.creees, rapport.essai) == (2, True)
    assert not Commune.objects.exists()
    assert not Importation.objects.exists()


def test_a_changed_population_opens_a_period_and_closes_the_former_one(departement, fichier):
    services.importer_communes(fichier(COMMUNES))
    le = date(2027, 1, 1)
    rapport = services.importer_communes(fichier("code;nom;population\n31149;Colomiers;41 500\n"), le=le)
    assert rapport.modifiees == 1
    periodes = list(
        Population.objects.filter(commune="31149").order_by("id").values_list("habitants", "debut", "fin")
    )
    assert periodes == [(40_882, None, le), (41_500, le, None)]
    assert Population.objects.au(date(2026, 12, 31)).get(commune="31149").habitants == 40_882
    assert Population.objects.au(le).get(commune="31149").habitants == 41_500


def test_a_population_corrected_for_the_same_day_replaces_the_wrong_one(departement, fichier):
    le = date(2027, 1, 1)
    services.importer_communes(fichier(COMMUNES))
    for habitants in (41_500, 41_600):
        services.importer_communes(fichier(f"code,nom,population\n31149,Colomiers,{habitants}\n"), le=le)
    assert Population.objects.au(le).get(commune="31149").habitants == 41_600
    assert Population.objects.filter(commune="31149").count() == 2


def test_a_population_older_than_the_known_one_is_refused(departement, fichier):
    services.importer_communes(fichier(COMMUNES))
    services.importer_communes(fichier("code,nom,population\n31149,Colomiers,41500\n"), le=date(2027, 1, 1))
    rapport = services.importer_communes(
        fichier("code,nom,population\n31149,Colomiers,1\n"), le=date(2020, 1, 1)
    )
    assert [refusee.ligne for refusee in rapport.refusees] == [2]
    assert "plus récente" in rapport.refusees[0].raison
    assert Population.objects.au(date(2027, 6, 1)).get(commune="31149").habitants == 41_500


def test_what_the_file_does_not_say_stays(departement, fichier):
    services.importer_communes(fichier(COMMUNES))
    rapport = services.importer_communes(fichier("code,nom\n31149,Colomiers\n"))
    assert rapport.inchangees == 1
    assert Commune.objects.get(code="31149").codes_postaux == ["31770"]
    assert Population.objects.au(date(2026, 1, 1)).get(commune="31149").habitants == 40_882


def test_bad_lines_are_refused_with_their_number_and_the_good_ones_kept(departement, fichier):
    chemin = fichier(
        "code,nom,population,codes_postaux,siren\n"
        "31149,Colomiers,40882,31770,213101496\n"
        "3114,Trop court,1,,\n"
        "31069,,2,,\n"
        "31555,Toulouse,beaucoup,,\n"
        "31149,Colomiers encore,1,,\n"
        "99001,Ailleurs,1,,\n"
        "31022,Auterive,3,ABCDE,\n"
        "31187,Fonsorbes,4,,12\n"
        ",Sans code,1,,\n"
    )
    rapport = services.importer_communes(chemin)
    assert (rapport.lues, rapport.creees) == (9, 1)
    assert [refusee.ligne for refusee in rapport.refusees] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert all(refusee.raison.endswith(".") for refusee in rapport.refusees)
    assert list(Commune.objects.values_list("code", flat=True)) == ["31149"]


def test_the_json_of_etalab_is_read_with_its_delegated_communes(departement, fichier):
    objets = [
        {
            "code": "31149",
            "nom": "Colomiers",
            "type": "commune-actuelle",
            "population": 40882,
            "codesPostaux": ["31770"],
        },
        {"code": "31999", "nom": "Vieux-Bourg", "type": "commune-deleguee", "chefLieu": "31149"},
        {"code": "31998", "nom": "Perdue", "type": "commune-associee", "chefLieu": "31000"},
        {"code": "31997", "nom": "Étrange", "type": "canton"},
    ]
    rapport = services.importer_communes(fichier(json.dumps(objets), "communes.json"))
    assert (rapport.lues, rapport.creees) == (4, 2)
    assert [refusee.ligne for refusee in rapport.refusees] == [3, 4]
    assert AncienneCommune.objects.get(code="31999").commune_id == "31149"


QUARTIERS = (
    "code_qp,lib_qp,insee_com\nQN03105M,Grand Val,31149\nQN03105M,Grand Val,31069\nQN03116N,Seycheron,31149\n"
)


def test_neighbourhoods_are_imported_once_with_all_their_communes(departement, fichier):
    services.importer_communes(fichier(COMMUNES))
    chemin = fichier("\ufeff" + QUARTIERS, "qpv.csv")
    premier, second = services.importer_qpv(chemin), services.importer_qpv(chemin)
    assert (premier.lues, premier.creees) == (3, 3)
    assert (second.creees, second.inchangees) == (0, 3)
    assert set(Qpv.objects.get(code="QN03105M").communes.values_list("code", flat=True)) == {"31149", "31069"}


def test_a_neighbourhood_of_an_unknown_commune_is_refused_an_old_code_followed(
    departement, fichier, fabrique
):
    services.importer_communes(fichier(COMMUNES))
    with fabrique():
        AncienneCommune.objects.create(code="31001", nom="Vieux", nature="deleguee", commune_id="31149")
    rapport = services.importer_qpv(
        fichier(
            "code_qp;lib_qp;insee_com\nQN03101M;Ancien;31001\nQN03102M;Perdu;31998\n"
            "BIDON;Faux;31149\nQN02A02M;Corse;31149\nQN03101M;Ancien;31001\n"
        )
    )
    assert [refusee.ligne for refusee in rapport.refusees] == [3, 4, 6]
    assert list(QpvCommune.objects.values_list("qpv", "commune").order_by("qpv")) == [
        ("QN02A02M", "31149"),
        ("QN03101M", "31149"),
    ]


def test_a_renamed_neighbourhood_is_counted_as_changed(departement, fichier):
    services.importer_communes(fichier(COMMUNES))
    services.importer_qpv(fichier(QUARTIERS))
    rapport = services.importer_qpv(fichier("code_qp,lib_qp,insee_com\nQN03116N,Le Seycheron,31149\n"))
    assert rapport.modifiees == 1
    assert Qpv.objects.get(code="QN03116N").nom == "Le Seycheron"


@pytest.mark.parametrize(
    ("texte", "codage", "mot"),
    [
        ("colonne\nvaleur\n", "utf-8", "absentes"),
        ("", "utf-8", "absentes"),
        ("[1, 2]", "utf-8", "liste d'objets"),
        ("[{", "utf-8", "mal formé"),
        ("code,nom\n31149,Hérault\n", "latin-1", "UTF-8"),
    ],
)
def test_an_unreadable_file_is_refused_in_one_sentence(departement, fichier, texte, codage, mot):
    with pytest.raises(FichierIllisible, match=mot):
        services.importer_communes(fichier(texte, codage=codage))
    assert not Commune.objects.exists()


def test_the_report_speaks_to_people_and_to_machines(departement, fichier):
    rapport = services.importer_communes(fichier(COMMUNES + "x,y,z,t\n"), essai=True)
    assert rapport.en_clair().startswith("Essai, rien n'est écrit : 3 lignes lues, 2 créées")
    assert rapport.en_json()["refusees"][0]["ligne"] == 4
    json.dumps(rapport.en_json())


@pytest.mark.parametrize("ordre", ["INSERT INTO", "UPDATE", "DELETE FROM"])
def test_the_web_role_reads_the_register_and_cannot_write_it(connexion_web, ordre):
    from psycopg.errors import InsufficientPrivilege

    assert connexion_web.execute("SELECT count(*) FROM territoires_commune").fetchone() == (0,)
    suites = {
        "INSERT INTO": " territoires_region VALUES ('99', 'x', 'x', 'metro')",
        "UPDATE": " territoires_population SET habitants = 0",
        "DELETE FROM": " territoires_qpv",
    }
    with pytest.raises(InsufficientPrivilege):
        connexion_web.execute(ordre + suites[ordre])


def test_two_populations_cannot_hold_on_the_same_day(departement, fichier, fabrique):
    from django.db import IntegrityError

    services.importer_communes(fichier(COMMUNES))
    with pytest.raises(IntegrityError), fabrique():
        Population.objects.create(commune_id="31149", habitants=1, debut=date(2020, 1, 1))
