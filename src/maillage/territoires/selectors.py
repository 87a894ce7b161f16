"""Reads of the register: each page in a number of queries that does not grow with its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum

from maillage.territoires import referentiel
from maillage.territoires.models import (
    AncienneCommune,
    AppartenanceEpci,
    Commune,
    Departement,
    Epci,
    Population,
    Qpv,
)
from maillage.territoires.models.epci import EPCI, EPT
from maillage.territoires.models.periodes import en_vigueur


@dataclass(frozen=True, slots=True)
class CommuneListee:
    """A commune in a table."""

    code: str
    nom: str
    population: int | None
    nombre_qpv: int
    epci: str = ""


@dataclass(frozen=True, slots=True)
class QuartierListe:
    """A priority neighbourhood; `autres` are the other communes it lies on, by code and name."""

    code: str
    nom: str
    liste: int
    autres: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FicheCommune:
    """Everything the page of a commune says, on a day."""

    code: str
    nom: str
    departement: Departement
    arrondissement: str
    siren: str
    codes_postaux: tuple[str, ...]
    densite: str
    ruralite: str
    centralite: str
    population: int | None
    population_depuis: date | None
    epci: Epci | None
    ept: Epci | None
    quartiers: tuple[QuartierListe, ...]
    anciennes: tuple[AncienneCommune, ...]
    membres: tuple[CommuneListee, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class DepartementListe:
    """A département in the list."""

    code: str
    nom: str
    region: str
    communes: int
    population: int | None


def _population(le: date) -> Subquery:
    lignes = Population.objects.filter(en_vigueur(le), commune=OuterRef("pk"))
    return Subquery(lignes.values("habitants")[:1], output_field=IntegerField())


def _nom_epci(le: date) -> Subquery:
    lignes = AppartenanceEpci.objects.filter(en_vigueur(le), commune=OuterRef("pk"), rang=EPCI)
    return Subquery(lignes.values("epci__nom")[:1])


def _lister(communes: QuerySet[Commune], le: date) -> tuple[CommuneListee, ...]:
    """Communes of a table, the most populated first."""
    lignes = (
        communes.filter(en_vigueur(le))
        .annotate(
            habitants=_population(le),
            quartiers=Count("qpv", filter=en_vigueur(le, "qpv__"), distinct=True),
            intercommunalite=_nom_epci(le),
        )
        .order_by(F("habitants").desc(nulls_last=True), "nom")
        .values_list("code", "nom", "habitants", "quartiers", "intercommunalite")
    )
    return tuple(
        CommuneListee(code, nom, habitants, quartiers, intercommunalite or "")
        for code, nom, habitants, quartiers, intercommunalite in lignes
    )


def commune(code: str, le: date) -> FicheCommune | None:
    """The page of a commune on that day; None for an unknown code."""
    trouvee = Commune.objects.select_related("departement__region").filter(code=code).first()
    if trouvee is None:
        return None
    population = Population.objects.filter(en_vigueur(le), commune=trouvee).first()
    appartenances = {
        appartenance.rang: appartenance.epci
        for appartenance in AppartenanceEpci.objects.filter(en_vigueur(le), commune=trouvee).select_related(
            "epci"
        )
    }
    epci = appartenances.get(EPCI)
    return FicheCommune(
        code=trouvee.code,
        nom=trouvee.nom,
        departement=trouvee.departement,
        arrondissement=referentiel.arrondissement(trouvee.arrondissement) or "",
        siren=trouvee.siren,
        codes_postaux=tuple(trouvee.codes_postaux),
        densite=trouvee.densite,
        ruralite=trouvee.ruralite,
        centralite=trouvee.centralite,
        population=population.habitants if population else None,
        population_depuis=population.debut if population else None,
        epci=epci,
        ept=appartenances.get(EPT),
        quartiers=_quartiers(trouvee, le),
        anciennes=tuple(AncienneCommune.objects.filter(commune=trouvee).order_by("nature", "nom", "code")),
        membres=membres(epci.code, le) if epci else (),
    )


def _quartiers(trouvee: Commune, le: date) -> tuple[QuartierListe, ...]:
    quartiers = (
        Qpv.objects.filter(en_vigueur(le), communes=trouvee).prefetch_related("communes").order_by("nom")
    )
    return tuple(
        QuartierListe(
            quartier.code,
            quartier.nom,
            quartier.liste,
            tuple((autre.code, autre.nom) for autre in quartier.communes.all() if autre.code != trouvee.code),
        )
        for quartier in quartiers
    )


def membres(epci: str, le: date) -> tuple[CommuneListee, ...]:
    """Communes of an intercommunalité, or of a territorial body, on that day."""
    appartenances = AppartenanceEpci.objects.filter(en_vigueur(le), epci=epci)
    return _lister(Commune.objects.filter(code__in=appartenances.values("commune")), le)


def epci(code: str) -> Epci | None:
    return Epci.objects.filter(code=code).first()


def departement(code: str) -> Departement | None:
    return Departement.objects.select_related("region").filter(code=code.upper()).first()


def communes_du_departement(code: str, le: date) -> tuple[CommuneListee, ...]:
    """Communes of a département on that day, the most populated first."""
    return _lister(Commune.objects.filter(departement=code), le)


def departements(le: date) -> tuple[DepartementListe, ...]:
    """Every département with its number of communes and its population, by code."""
    populations = dict(
        Population.objects.filter(en_vigueur(le))
        .values("commune__departement")
        .annotate(habitants=Sum("habitants"))
        .values_list("commune__departement", "habitants")
    )
    lignes = Departement.objects.select_related("region").annotate(
        nombre=Count("communes", filter=en_vigueur(le, "communes__"))
    )
    return tuple(
        DepartementListe(ligne.code, ligne.nom, ligne.region.nom, ligne.nombre, populations.get(ligne.code))
        for ligne in lignes.order_by("code")
    )


def ancienne(code: str) -> AncienneCommune | None:
    """What became of a code no longer in force."""
    return AncienneCommune.objects.select_related("commune").filter(code=code).first()


def communes_par_code(codes: Iterable[str]) -> dict[str, Commune]:
    """Communes by code, in one query; unknown codes are left out."""
    return {commune_.code: commune_ for commune_ in Commune.objects.filter(code__in=list(codes))}


def populations(codes: Iterable[str], le: date) -> dict[str, int]:
    """Municipal population of communes on that day, in one query."""
    lignes = Population.objects.filter(en_vigueur(le), commune__in=list(codes))
    return dict(lignes.values_list("commune", "habitants"))


def epci_des_communes(codes: Iterable[str], le: date) -> dict[str, tuple[Epci, ...]]:
    """The intercommunalité of each commune on that day (and in Greater Paris its EPT), in one query."""
    lignes = (
        AppartenanceEpci.objects.filter(en_vigueur(le), commune__in=list(codes))
        .select_related("epci")
        .order_by("rang")
    )
    trouves: dict[str, tuple[Epci, ...]] = {}
    for ligne in lignes:
        trouves[ligne.commune_id] = (*trouves.get(ligne.commune_id, ()), ligne.epci)
    return trouves


def departements_des_epci(codes: Iterable[str], le: date) -> dict[str, str]:
    """The département of the most populated member of each intercommunalité, in one query."""
    habitants = Population.objects.filter(en_vigueur(le), commune=OuterRef("commune"))
    lignes = (
        AppartenanceEpci.objects.filter(en_vigueur(le), epci__in=list(codes))
        .annotate(habitants=Subquery(habitants.values("habitants")[:1], output_field=IntegerField()))
        .order_by(F("habitants").desc(nulls_last=True), "commune__nom")
        .values_list("epci", "commune__departement")
    )
    sieges: dict[str, str] = {}
    for epci_, departement_ in lignes:
        sieges.setdefault(epci_, departement_)
    return sieges


def codes_avec_qpv(codes: Iterable[str], le: date) -> frozenset[str]:
    """Those of the communes where a priority neighbourhood lies on that day."""
    lignes = Qpv.objects.filter(en_vigueur(le), communes__in=list(codes))
    return frozenset(lignes.values_list("communes", flat=True)) & frozenset(codes)
