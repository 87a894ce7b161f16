"""The register shipped with the package: complete, real, quick, and the same as its card says."""

import hashlib
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest
import yaml

from maillage.territoires import referentiel, registre


def test_the_register_holds_every_present_commune():
    communes = list(referentiel.communes())
    assert len(communes) == 34_969
    assert len({commune.code for commune in communes}) == 34_969
    assert sum(commune.population is None for commune in communes) == 6
    assert (
        sum(
            commune.departement in {"975", "977", "978", "984", "986", "987", "988", "989"}
            for commune in communes
        )
        == 94
    )


@pytest.mark.parametrize(("seuil", "nombre"), [(10_000, 1_067), (5_000, 2_280), (15_000, 670)])
def test_communes_above_each_legal_threshold_are_counted_as_published(seuil, nombre):
    assert sum((commune.population or 0) > seuil for commune in referentiel.communes()) == nombre


def test_groups_and_divisions_are_all_there():
    natures = [epci.nature for epci in referentiel.tous_les_epci()]
    assert {nature: natures.count(nature) for nature in set(natures)} == {
        "METRO": 21,
        "MET69": 1,
        "CU": 14,
        "CA": 230,
        "CC": 989,
        "EPT": 11,
    }
    assert len(referentiel.departements()) == 109
    assert len(referentiel.regions()) == 26


def test_priority_neighbourhoods_and_their_communes_are_all_there():
    quartiers = referentiel.tous_les_qpv()
    assert len(quartiers) == 1_493
    assert sum(len(quartier.communes) for quartier in quartiers) == 1_684
    assert sum(len(quartier.communes) > 1 for quartier in quartiers) == 148
    assert sum(bool(commune.qpv) for commune in referentiel.communes()) == 824


def test_a_commune_tells_what_is_known_of_it():
    colomiers = referentiel.commune("31149")
    assert colomiers is not None
    assert (colomiers.nom, colomiers.population, colomiers.departement) == ("Colomiers", 40_882, "31")
    assert colomiers.codes_postaux == ("31770",)
    assert colomiers.densite == "Grands centres urbains"
    epci = referentiel.epci(colomiers.epci or "")
    assert epci is not None
    assert (epci.nom, epci.nature_en_clair, len(epci.membres)) == ("Toulouse Métropole", "métropole", 37)
    assert [quartier.nom for quartier in referentiel.qpv_de("31149")] == [
        "Grand Val d'Aran-en-Jacca",
        "Le Seycheron",
    ]


def test_every_member_of_a_group_is_a_present_commune_that_says_so():
    for epci in referentiel.tous_les_epci():
        for code in epci.membres:
            commune = referentiel.commune(code)
            assert commune is not None
            assert (commune.ept if epci.nature == "EPT" else commune.epci) == epci.code


def test_an_old_code_leads_to_the_present_commune():
    arbignieu = next(a for a in referentiel.anciennes() if a.nom == "Arbignieu")
    assert arbignieu.nature_en_clair == "commune déléguée"
    assert referentiel.commune(arbignieu.actuelle).nom == "Arboys en Bugey"
    bellegarde = referentiel.ancienne("55273")
    assert referentiel.commune(bellegarde.actuelle).nom == "Nonsard-Lamarche"


def test_every_old_code_leads_to_a_commune_of_the_register():
    assert all(referentiel.commune(ancienne.actuelle) for ancienne in referentiel.anciennes())


@pytest.mark.parametrize("code", ["", "0", "99999", "31000", "zzzzz", "../31", "2A", "31555 "])
def test_an_unknown_code_is_no_commune(code):
    assert referentiel.commune(code) is None
    assert referentiel.ancienne(code) is None
    assert referentiel.qpv_de(code) == ()


@pytest.mark.parametrize(
    ("code", "fuseau"),
    [
        ("31555", "Europe/Paris"),
        ("97411", "Indian/Reunion"),
        ("97302", "America/Cayenne"),
        ("98735", "Pacific/Tahiti"),
        ("98731", "Pacific/Marquesas"),
        ("98818", "Pacific/Noumea"),
    ],
)
def test_each_territory_keeps_its_own_time(code, fuseau):
    assert referentiel.fuseau_de_commune(code) == ZoneInfo(fuseau)


def test_the_five_other_marquesas_keep_their_own_time_too():
    marquises = {"Fatu-Hiva", "Hiva-Oa", "Nuku-Hiva", "Tahuata", "Ua-Huka", "Ua-Pou"}
    trouvees = {
        c.nom
        for c in referentiel.communes_du_departement("987")
        if referentiel.fuseau_de_commune(c.code) == ZoneInfo("Pacific/Marquesas")
    }
    assert trouvees == marquises


def test_the_card_of_the_data_matches_the_bytes_and_names_every_source():
    carte = yaml.safe_load((registre.DONNEES / "SOURCES.yaml").read_text(encoding="utf-8"))
    for nom, fiche in carte["fichiers"].items():
        assert hashlib.sha256((registre.DONNEES / nom).read_bytes()).hexdigest() == fiche["sha256"]
    for fiche in carte["sources"].values():
        assert {"producteur", "licence", "date", "contenu", "sha256"} <= set(fiche)
    assert carte["lacunes"]["codes_2018_perdus"] == []
    assert sum(chemin.stat().st_size for chemin in registre.DONNEES.iterdir()) < 4_000_000


def test_one_commune_is_read_without_django_and_without_the_whole_register():
    programme = (
        "import sys\n"
        "from maillage.territoires import referentiel, registre\n"
        "assert referentiel.commune('31555').nom == 'Toulouse'\n"
        "assert 'django' not in sys.modules\n"
        "assert registre.communes.cache_info().currsize == 1\n"
    )
    subprocess.run([sys.executable, "-c", programme], check=True, timeout=30)
