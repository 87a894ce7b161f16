"""Bodies and accounts of a simulated territory. Every name is plainly invented: the demonstration's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from maillage.demo.simulation.hasard import Hasard
from maillage.demo.simulation.tables import Chargeur
from maillage.demo.territoire import description
from maillage.strategie.api import acteur

DOMAINE = "simulation.invalid"
DEPUIS = date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class Agent:
    """An account as the simulation uses it: its key, its body and the kind of that body."""

    compte: int
    organisme: int
    genre: str


@dataclass(frozen=True, slots=True)
class Poste:
    """A position to fill: what the person does, where, with which functions."""

    titre: tuple[str, str]
    fonctions: tuple[tuple[str, str, str], ...]


class Annuaire:
    """Writes bodies and accounts; those of a département are made once, for all its councils."""

    def __init__(self, chargeur: Chargeur, depuis: datetime) -> None:
        self.chargeur = chargeur
        self.depuis = depuis
        noms = description()
        self.noms: list[str] = noms["noms"]
        self.prenoms: dict[str, list[str]] = noms["prenoms"]
        self._departements: dict[str, dict[str, Agent]] = {}

    def organisme(
        self, hasard: Hasard, genre: str, nom: str, *, commune: str = "", departement: str = ""
    ) -> int:
        """A body of that kind; what its name reveals is the strategy's register that says it."""
        cle = self.chargeur.cle("acteurs.Organisme")
        self.chargeur.tampons["acteurs.Organisme"].append(
            (cle, hasard.uuid(), genre, acteur(genre).sensible, "", commune, departement, True)
        )
        self.chargeur.tampons["acteurs.NomOrganisme"].append((cle, nom, DEPUIS, None))
        return cle

    def agent(self, hasard: Hasard, poste: Poste, organisme: int | None, genre: str = "") -> Agent:
        """An account without a password: only a demonstration lets it in, with one click."""
        cle = self.chargeur.cle("acteurs.Compte")
        civilite = hasard.un("FM")
        ligne = (
            cle,
            f"!{hasard.uuid().hex}",
            None,
            hasard.uuid(),
            f"compte-{cle}@{DOMAINE}",
            hasard.un(self.prenoms[civilite]),
            hasard.un(self.noms),
            civilite,
            poste.titre[civilite == "M"],
            organisme,
            True,
            False,
            self.depuis,
        )
        self.chargeur.tampons["acteurs.Compte"].append(ligne)
        for code, portee, portee_code in poste.fonctions:
            self.chargeur.tampons["acteurs.FonctionExercee"].append(
                (cle, code, portee, portee_code, self.depuis, None)
            )
        return Agent(cle, organisme or 0, genre)

    def departement(self, hasard: Hasard, code: str) -> dict[str, Agent]:
        """The partners every council of a département shares, by kind of body."""
        if code not in self._departements:
            self._departements[code] = {
                genre: self.agent(
                    hasard,
                    Poste(
                        titre,
                        tuple(
                            (fonction, portee, code if portee == "departement" else "")
                            for fonction, portee in roles
                        ),
                    ),
                    self.organisme(hasard, genre, f"{nom} {code} (simulation)", departement=code),
                    genre,
                )
                for genre, nom, titre, roles in DEPARTEMENTAUX
            }
        return self._departements[code]


#: Kind of body, its name, the title for a woman and for a man, functions and their territory.
_MEMBRE = (("membre", "aucune"),)
DEPARTEMENTAUX = (
    ("procureur", "Parquet", ("Vice-procureure", "Vice-procureur"), (("procureur", "departement"),)),
    ("pjj", "PJJ", ("Éducatrice", "Éducateur"), _MEMBRE),
    ("spip", "SPIP", ("Conseillère", "Conseiller"), _MEMBRE),
    ("mission_locale", "Mission locale", ("Conseillère", "Conseiller"), _MEMBRE),
    ("bailleur", "Bailleur social", ("Responsable d’agence", "Responsable d’agence"), _MEMBRE),
    ("prefet", "Préfecture", ("Chargée de mission", "Chargé de mission"), (("prefecture", "departement"),)),
)
