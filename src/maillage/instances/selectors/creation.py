"""From a name as people type it, or from the page of a commune, to the form that records its council."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from maillage.acteurs.api import Compte
from maillage.instances.models import Conseil, GenreConseil
from maillage.instances.perms import CONSEIL_CREER, COORDINATION, PRESIDENTS
from maillage.instances.selectors.conseils import Portees, couvre, portees
from maillage.socle.permissions import juger
from maillage.socle.temps import maintenant
from maillage.territoires.api import (
    Departement,
    Epci,
    EpciTrouve,
    departements_des_epci,
    epci_des_communes,
    rechercher,
    rechercher_epci,
)

LONGUEUR_DE_RECHERCHE = 80
COMMUNES_AU_PLUS = 20


@dataclass(frozen=True, slots=True)
class Ressort:
    """Where an account may record a council: its own territories, or the département of the prefecture."""

    local: Portees
    departements: frozenset[str]

    def comprend(self, *, departement: str, commune: str = "", epci: str = "") -> bool:
        return couvre(self.local, commune=commune, epci=epci) or departement in self.departements


@dataclass(frozen=True, slots=True)
class EpciPropose:
    """An intercommunalité that answers. ``url`` is empty where the account may not record its council."""

    nom: str
    url: str


@dataclass(frozen=True, slots=True)
class CommuneProposee:
    """A commune that answers, with the intercommunalités it belongs to."""

    nom: str
    mention: str
    departement: str
    url: str
    epci: tuple[EpciPropose, ...]


@dataclass(frozen=True, slots=True)
class Lieux:
    """Where a council could be recorded, the closest spelling first."""

    communes: tuple[CommuneProposee, ...]
    epci: tuple[EpciPropose, ...]

    def __bool__(self) -> bool:
        return bool(self.communes or self.epci)


def ressort(compte: Compte) -> Ressort:
    """Who presides or coordinates there, or the prefecture of the département."""
    prefecture = portees(compte, frozenset({"prefecture"}))
    return Ressort(
        local=portees(compte, PRESIDENTS | COORDINATION),
        departements=frozenset(code for genre, code in prefecture if genre == "departement"),
    )


def adresse_de_creation(compte: object, commune: str) -> str:
    """The form, for who presides or coordinates there while the commune has no council of its own."""
    if not isinstance(compte, Compte) or not juger(compte, CONSEIL_CREER).ok:
        return ""
    if not couvre(portees(compte, PRESIDENTS | COORDINATION), commune=commune):
        return ""
    tenus = Conseil.objects.actifs(maintenant()).filter(genre=GenreConseil.CLSPD, commune_code=commune)
    return "" if tenus.exists() else f"{reverse('instances:conseil_nouveau')}?commune={commune}"


def lieux(compte: Compte, demande: str, le: date) -> Lieux:
    """Communes and intercommunalités that answer, in a number of queries that does not grow with them."""
    demande = demande[:LONGUEUR_DE_RECHERCHE]
    communes, nommes = rechercher(demande, COMMUNES_AU_PLUS), rechercher_epci(demande)
    autour = epci_des_communes([trouvee.commune.code for trouvee in communes], le)
    tous: list[Epci | EpciTrouve] = [*nommes, *(epci for liste in autour.values() for epci in liste)]
    sieges = departements_des_epci({epci.code for epci in tous}, le)
    noms = _departements({trouvee.commune.departement for trouvee in communes})
    ici, page = ressort(compte), reverse("instances:conseil_nouveau")

    def proposer(epci: Epci | EpciTrouve) -> EpciPropose:
        ouvert = ici.comprend(epci=epci.code, departement=sieges.get(epci.code, ""))
        return EpciPropose(epci.nom, f"{page}?epci={epci.code}" if ouvert else "")

    return Lieux(
        communes=tuple(
            CommuneProposee(
                nom=trouvee.commune.nom,
                mention=trouvee.mention,
                departement=noms.get(trouvee.commune.departement, trouvee.commune.departement),
                url=f"{page}?commune={trouvee.commune.code}"
                if ici.comprend(commune=trouvee.commune.code, departement=trouvee.commune.departement)
                else "",
                epci=tuple(proposer(epci) for epci in autour.get(trouvee.commune.code, ())),
            )
            for trouvee in communes
        ),
        epci=tuple(proposer(epci) for epci in nommes),
    )


def _departements(codes: Collection[str]) -> dict[str, str]:
    lignes = Departement.objects.filter(code__in=codes).values_list("code", "nom")
    return {code: f"{code} {nom}" for code, nom in lignes}
