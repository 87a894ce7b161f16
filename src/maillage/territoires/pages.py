"""What the pages of the room show, computed once for their templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

from maillage.droit.api import nombre
from maillage.interface.typographie import accord
from maillage.territoires import cartes, obligations, referentiel
from maillage.territoires.cartes import ICI, MEMBRE, ORDINAIRE, Carte, Lieu, remplissage
from maillage.territoires.conseils import ConseilCouvrant
from maillage.territoires.obligations import CLSPD, COORDONNATEUR, OBLIGATOIRE, Faits, Obligation
from maillage.territoires.registre import LISTE_DES_QPV, MILLESIME
from maillage.territoires.selectors import CommuneListee, FicheCommune
from maillage.territoires.valeurs import Resultat

SOURCE_CARTE = "Contours IGN et Insee 2018, simplifiés."
SOURCE_REGISTRE = (
    f"Populations municipales et communes : Etalab, d’après l’Insee et la DGCL, {MILLESIME}. "
    f"Quartiers prioritaires : ANCT, liste {LISTE_DES_QPV}."
)
LEGENDE_OBLIGATIONS = (
    (remplissage(ICI), "Conseil et coordonnateur obligatoires"),
    (remplissage(MEMBRE), "Conseil obligatoire"),
    (remplissage(ORDINAIRE), "Rien d’obligatoire"),
)


@dataclass(frozen=True, slots=True)
class Colonne:
    """A heading of a table; `sens` is the ARIA word when the table is sorted by it."""

    libelle: str
    url: str = ""
    sens: str = ""
    num: bool = False


@dataclass(frozen=True, slots=True)
class CommuneJugee:
    """A commune in a table, with what the law asks of it."""

    commune: CommuneListee
    conseil: Obligation
    coordonnateur: Obligation

    @property
    def demandee(self) -> bool:
        return obligations.est_demandee((self.conseil, self.coordonnateur))

    @property
    def classe(self) -> str:
        """The fill on the map."""
        if self.coordonnateur.etat == OBLIGATOIRE:
            return ICI
        return MEMBRE if self.conseil.etat == OBLIGATOIRE else ORDINAIRE


def juger_la_liste(communes: Sequence[CommuneListee], le: date) -> list[CommuneJugee]:
    """Each commune judged by its population and its neighbourhoods alone."""
    jugees = []
    for commune in communes:
        conseil, coordonnateur = obligations.juger(Faits(commune.population, commune.nombre_qpv > 0), le)
        jugees.append(CommuneJugee(commune, conseil, coordonnateur))
    return jugees


def compter(jugees: Sequence[CommuneJugee]) -> dict[str, int]:
    """How many communes each obligation concerns."""
    return {
        CLSPD: sum(jugee.conseil.etat == OBLIGATOIRE for jugee in jugees),
        COORDONNATEUR: sum(jugee.coordonnateur.etat == OBLIGATOIRE for jugee in jugees),
    }


def faits_de(fiche: FicheCommune, conseils: Sequence[ConseilCouvrant]) -> Faits:
    """What the rules read of a commune."""
    return Faits(fiche.population, bool(fiche.quartiers), any(conseil.intercommunal for conseil in conseils))


def phrase_de(fiche: FicheCommune) -> str:
    """The sentence of identity under the name."""
    habitants = "population non publiée"
    if fiche.population is not None:
        habitants = accord(fiche.population, "habitant,habitants")
    phrase = f"Commune {fiche.code}, {habitants}."
    if fiche.quartiers:
        phrase += f" {accord(len(fiche.quartiers), 'quartier prioritaire,quartiers prioritaires')}."
    return phrase


def reserves_de(fiche: FicheCommune, le: date, conseils: Sequence[ConseilCouvrant]) -> list[str]:
    """What the answer rests on and does not know: said before anyone relies on it."""
    reserves = []
    if fiche.population is not None and fiche.population_depuis is None and le.year < MILLESIME:
        reserves.append(
            f"La population est celle de {MILLESIME} ({nombre(fiche.population)} habitants) : celle de "
            f"{le.year} n’est pas enregistrée ici."
        )
    if le.year < LISTE_DES_QPV:
        reserves.append(
            f"Les quartiers sont ceux de la liste {LISTE_DES_QPV} : celle de {le.year} n’est pas connue ici."
        )
    if not conseils:
        reserves.append(
            "Aucun conseil n’est renseigné pour cette commune. S’il existe un CISPD, le conseil communal "
            "devient facultatif."
        )
    return reserves


def carte_de_la_commune(fiche: FicheCommune) -> Carte | None:
    """The commune among the members of its intercommunalité and its neighbours."""
    lieux = {membre.code: Lieu(membre.nom, membre.population or 0) for membre in fiche.membres}
    lieux[fiche.code] = Lieu(fiche.nom, fiche.population or 0)
    return cartes.carte_de_commune(fiche.code, lieux, [membre.code for membre in fiche.membres])


def carte_des_obligations(jugees: Sequence[CommuneJugee], nom: str) -> Carte | None:
    """The communes of a département or an intercommunalité, filled by what the law asks."""
    comptes = compter(jugees)
    return cartes.carte_de_communes(
        "carte",
        f"Carte des communes : {nom}",
        f"Conseil obligatoire dans {accord(comptes[CLSPD], 'commune,communes')}, coordonnateur dans "
        f"{nombre(comptes[COORDONNATEUR])}. Le tableau donne les mêmes informations.",
        {j.commune.code: Lieu(j.commune.nom, j.commune.population or 0, j.classe) for j in jugees},
        LEGENDE_OBLIGATIONS,
    )


def nom_du_departement(resultat: Resultat) -> str:
    """The name beside the number: few people know the hundred and nine numbers."""
    trouve = referentiel.departement(resultat.commune.departement)
    return trouve.nom if trouve else ""


def svg(carte: Carte | None) -> SafeString | None:
    """The drawing for a template: `Carte.svg` escapes every text it writes."""
    return mark_safe(carte.svg()) if carte else None


TRIS = {
    "population": lambda jugee: (-(jugee.commune.population or -1), jugee.commune.nom),
    "nom": lambda jugee: (jugee.commune.nom, jugee.commune.code),
    "qpv": lambda jugee: (-jugee.commune.nombre_qpv, jugee.commune.nom),
}
SENS = {"population": "descending", "nom": "ascending", "qpv": "descending"}


def colonnes(chemin: str, tri: str, parametres: dict[str, str]) -> list[Colonne]:
    """Headings of the table of communes; a heading that sorts is a link."""

    def triable(libelle: str, cle: str, *, num: bool = False) -> Colonne:
        url = f"{chemin}?{urlencode({**parametres, 'tri': cle})}"
        return Colonne(libelle, url, SENS[cle] if cle == tri else "", num)

    return [
        triable("Commune", "nom"),
        triable("Habitants", "population", num=True),
        triable("QPV", "qpv", num=True),
        Colonne("Conseil local"),
        Colonne("Coordonnateur"),
    ]
