"""A few communes in the register, enough to judge what the law asks of them."""

from collections.abc import Iterable, Mapping

from maillage.socle.contexte import en_maintenance
from maillage.territoires.models import AppartenanceEpci, Commune, Departement, Epci, Population, Qpv, Region


def creer_communes(populations: Mapping[str, int], qpv: Iterable[str] = ()) -> None:
    """Communes « Commune <code> » of Haute-Garonne, in force whatever the day."""
    with en_maintenance():
        region, _ = Region.objects.get_or_create(
            code="76", defaults={"nom": "Occitanie", "chef_lieu": "31555", "zone": "metro"}
        )
        departement, _ = Departement.objects.get_or_create(
            code="31",
            defaults={"nom": "Haute-Garonne", "region": region, "chef_lieu": "31555", "zone": "metro"},
        )
        for code, habitants in populations.items():
            commune = Commune.objects.create(code=code, nom=f"Commune {code}", departement=departement)
            Population.objects.create(commune=commune, habitants=habitants)
        for rang, code in enumerate(qpv):
            quartier = Qpv.objects.create(code=f"QN0310{rang}", nom="Quartier")
            quartier.communes.add(Commune.objects.get(code=code))


def creer_epci(code: str, membres: Iterable[str], nature: str = "CC") -> None:
    """An intercommunalité and its members."""
    with en_maintenance():
        epci = Epci.objects.create(
            code=code, nom=f"Intercommunalité {code}", nature=nature, population=1, population_totale=1
        )
        for membre in membres:
            AppartenanceEpci.objects.create(commune_id=membre, epci=epci, rang="epci")
