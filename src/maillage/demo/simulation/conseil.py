"""A council: its bodies, its accounts, its formations, the texts adopted, the mandates and signatures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from maillage.demo.simulation.hasard import Hasard
from maillage.demo.simulation.personnes import Agent, Annuaire, Poste
from maillage.demo.simulation.plan import Lieu
from maillage.demo.simulation.tables import Chargeur
from maillage.instances.modeles_textes import modele
from maillage.instances.territoire import instantane

#: A groupe follows this many persons at most; a larger town has several.
PAR_GROUPE = 400
SECTEURS = ("Centre", "Nord", "Sud", "Est", "Ouest", "Gare", "Rives", "Plateau", "Coteaux", "Parc")
#: From this many persons, some councils also follow adults leaving a measure.
AVEC_MAJEURS, PART_MAJEURS = 60, 0.15

Mandat = tuple[Agent, int, datetime, datetime | None]


@dataclass
class Groupe:
    """A nominative groupe, with what its history needs to know."""

    cercle: int
    formation: int
    volet: str
    situations: int
    coordination: Agent
    membres: dict[str, Agent] = field(default_factory=dict)
    mandats: list[Mandat] = field(default_factory=list)


@dataclass
class Conseil:
    """A council as its history needs it."""

    cle: int
    lieu: Lieu
    pleniere: int = 0
    sieges_pleniere: Sequence[int] = ()
    groupes: list[Groupe] = field(default_factory=list)


#: Bodies of the commune: kind, name, title for a woman and for a man, functions on the commune or on nothing.
COMMUNAUX = (
    ("chef_etablissement", "Collège", ("Principale", "Principal"), ("membre",)),
    (
        "prevention_specialisee",
        "Prévention spécialisée de",
        ("Éducatrice spécialisée", "Éducateur spécialisé"),
        ("referent_parcours",),
    ),
    (
        "ccas",
        "CCAS de",
        ("Assistante de service social", "Assistant de service social"),
        ("referent_parcours",),
    ),
    ("police_municipale", "Police municipale de", ("Cheffe de service", "Chef de service"), ("membre",)),
)
#: Who sits beside the town hall, and in which role; the prefecture reads no named person.
MEMBRES = (
    ("procureur", "parquet"),
    ("prevention_specialisee", "referent"),
    ("ccas", "referent"),
    ("mission_locale", "membre"),
    ("chef_etablissement", "membre"),
    ("pjj", "membre"),
    ("spip", "membre"),
    ("bailleur", "membre"),
    ("police_municipale", "membre"),
)
#: Only the parquet may have left a charter unsigned: it writes nothing in the histories.
SANS_SIGNATURE = 0.15
REVISION_DE_LA_CHARTE = 0.3
DEPART = 0.3


class Batisseur:
    """Writes councils. ``debut``: the first day of the history, when everything is in place."""

    def __init__(self, chargeur: Chargeur, annuaire: Annuaire, debut: datetime, fin: datetime) -> None:
        self.chargeur = chargeur
        self.annuaire = annuaire
        self.debut, self.fin = debut, fin
        self.installe = debut - timedelta(days=14)

    def batir(self, hasard: Hasard, lieu: Lieu) -> Conseil:
        """The council of a commune, complete on ``debut``."""
        cle = self.chargeur.cle("instances.Conseil")
        nom = f"CLSPD de {lieu.nom}"
        delibere_le = date(2003, 1, 15) + timedelta(days=hasard.entre(0, 5000))
        le = self.installe.date()
        self.chargeur.tampons["instances.Conseil"].append(
            (
                cle,
                hasard.uuid(),
                "clspd",
                nom,
                lieu.code,
                "",
                lieu.departement,
                delibere_le,
                json.dumps(instantane([lieu.code], le), ensure_ascii=False),
                "communal",
                self.installe,
                None,
                1,
            )
        )
        self.chargeur.tampons["instances.ConseilCommune"].append((cle, lieu.code, delibere_le, None))
        conseil = Conseil(cle, lieu)
        locaux = self._locaux(hasard, lieu)
        agents = {**locaux, **self.annuaire.departement(hasard, lieu.departement)}
        self._pleniere(hasard, conseil, agents)
        for rang, (volet, situations) in enumerate(_groupes(hasard, lieu.situations)):
            conseil.groupes.append(self._groupe(hasard, conseil, nom, agents, volet, situations, rang))
        return conseil

    def _locaux(self, hasard: Hasard, lieu: Lieu) -> dict[str, Agent]:
        mairie = self.annuaire.organisme(
            hasard, "commune", f"Mairie de {lieu.nom} (simulation)", commune=lieu.code
        )
        elu = hasard.un(
            (("maire", "Maire", "Maire"), ("elu_delegue", "Adjointe au maire", "Adjoint au maire"))
        )
        postes = {
            "coordination": Poste(
                ("Coordonnatrice", "Coordonnateur"), (("coordonnateur", "commune", lieu.code),)
            ),
            "presidence": Poste(elu[1:], ((elu[0], "commune", lieu.code),)),
            "dpo": Poste(
                ("Déléguée à la protection des données", "Délégué à la protection des données"),
                (("dpo", "commune", lieu.code),),
            ),
        }
        agents = {nom: self.annuaire.agent(hasard, poste, mairie, "commune") for nom, poste in postes.items()}
        for genre, nom, titre, fonctions in COMMUNAUX:
            organisme = self.annuaire.organisme(
                hasard, genre, f"{nom} {lieu.nom} (simulation)", commune=lieu.code
            )
            poste = Poste(titre, tuple((fonction, "aucune", "") for fonction in fonctions))
            agents[genre] = self.annuaire.agent(hasard, poste, organisme, genre)
        return agents

    # -- formations -----------------------------------------------------------------------------

    def _formation(
        self, hasard: Hasard, conseil: int, genre: str, *, theme: str, nom: str, cercle: int | None = None
    ) -> int:
        cle = self.chargeur.cle("instances.Formation")
        regime = "sans_noms" if cercle is None else "nominatif"
        self.chargeur.tampons["instances.Formation"].append(
            (cle, hasard.uuid(), conseil, genre, regime, theme, nom, cercle, "", self.installe, None, 1)
        )
        return cle

    def _siege(self, hasard: Hasard, formation: int, organisme: int) -> int:
        cle = self.chargeur.cle("instances.Siege")
        self.chargeur.tampons["instances.Siege"].append(
            (cle, hasard.uuid(), formation, organisme, "", self.installe, None)
        )
        return cle

    def _pleniere(self, hasard: Hasard, conseil: Conseil, agents: dict[str, Agent]) -> None:
        conseil.pleniere = self._formation(
            hasard, conseil.cle, "pleniere", theme="pleniere", nom="Formation plénière"
        )
        organismes = dict.fromkeys(agent.organisme for agent in agents.values())
        conseil.sieges_pleniere = [
            self._siege(hasard, conseil.pleniere, organisme) for organisme in organismes
        ]
        self._formation(hasard, conseil.cle, "restreinte", theme="restreinte", nom="Formation restreinte")

    def _groupe(
        self,
        hasard: Hasard,
        conseil: Conseil,
        nom_conseil: str,
        agents: dict[str, Agent],
        volet: str,
        situations: int,
        rang: int,
    ) -> Groupe:
        cercle = self.chargeur.cle("instances.Cercle")
        self.chargeur.tampons["instances.Cercle"].append(
            (cercle, hasard.uuid(), "groupe", volet, self.installe, None)
        )
        secteur = SECTEURS[rang % len(SECTEURS)] + (f" {rang // len(SECTEURS) + 1}" * (rang >= len(SECTEURS)))
        theme, nom = ("groupe_jeunes", f"Groupe Jeunesse {secteur}")
        if volet == "majeur":
            theme, nom = "groupe_sortie", f"Groupe Sorties {secteur}"
            confirme = (conseil.cle, volet, self.installe, agents["dpo"].compte, self.installe.date(), None)
            if confirme not in self.chargeur.tampons["instances.VoletConfirme"]:
                self.chargeur.tampons["instances.VoletConfirme"].append(confirme)
        formation = self._formation(hasard, conseil.cle, "groupe", theme=theme, nom=nom, cercle=cercle)
        groupe = Groupe(cercle, formation, volet, situations, agents["coordination"])
        self._mandats(hasard, groupe, agents)
        self._textes(hasard, groupe, agents["presidence"], nom_conseil, nom)
        return groupe

    # -- mandates and texts ---------------------------------------------------------------------

    def _mandats(self, hasard: Hasard, groupe: Groupe, agents: dict[str, Agent]) -> None:
        """The mayor habilitates who coordinates, who habilitates the others; some leave on the way."""
        coordination, presidence = agents["coordination"], agents["presidence"]
        sieges: dict[int, int] = {}

        def habiliter(agent: Agent, role: str, par: Agent, debut: datetime, fin: datetime | None) -> None:
            if agent.organisme not in sieges:
                sieges[agent.organisme] = self._siege(hasard, groupe.formation, agent.organisme)
            siege = sieges[agent.organisme]
            fin_borne = fin.isoformat() if fin else ""
            self.chargeur.tampons["instances.Habilitation"].append(
                (
                    hasard.uuid(),
                    agent.compte,
                    groupe.cercle,
                    siege,
                    role,
                    f"[{debut.isoformat()},{fin_borne})",
                    par.compte,
                    debut,
                    "depart" if fin else "",
                )
            )
            groupe.mandats.append((agent, siege, debut, fin))

        habiliter(coordination, "coordonnateur", presidence, self.installe, None)
        habiliter(presidence, "maire", coordination, self.installe, None)
        for genre, role in MEMBRES:
            groupe.membres[genre] = agents[genre]
            habiliter(agents[genre], role, coordination, self.installe, None)
        if hasard.arrive(DEPART):
            ancien = self.annuaire.agent(
                hasard,
                Poste(("Principale adjointe", "Principal adjoint"), (("membre", "aucune", ""),)),
                agents["chef_etablissement"].organisme,
                "chef_etablissement",
            )
            parti = self.debut + (self.fin - self.debut) * (0.2 + 0.6 * hasard.random())
            habiliter(ancien, "membre", coordination, self.installe, parti.replace(microsecond=0))

    def _textes(self, hasard: Hasard, groupe: Groupe, presidence: Agent, nom_conseil: str, nom: str) -> None:
        """The groupe proposes, the council adopts, each member signs; some charters have been revised."""
        revise = (
            self.debut + timedelta(days=hasard.entre(200, 700))
            if hasard.arrive(REVISION_DE_LA_CHARTE)
            else None
        )
        for genre in ("reglement", "charte"):
            contenu = modele(genre).rempli(conseil=nom_conseil, groupe=nom)
            etapes = [self.installe, *([revise] if revise is not None and genre == "charte" else [])]
            for version, instant in enumerate(etapes, start=1):
                suivante = etapes[version] if version < len(etapes) else None
                texte = self._texte(hasard, groupe, presidence, genre, version, contenu, instant, suivante)
                if genre == "charte":
                    self._signatures(hasard, groupe, texte, instant, suivante)
                contenu = f"{contenu}\n\nVersion revue par le groupe."

    def _texte(
        self,
        hasard: Hasard,
        groupe: Groupe,
        presidence: Agent,
        genre: str,
        version: int,
        contenu: str,
        instant: datetime,
        suivante: datetime | None,
    ) -> int:
        cle = self.chargeur.cle("instances.Texte")
        adopte_le = instant + timedelta(days=2)
        self.chargeur.tampons["instances.Texte"].append(
            (
                cle,
                hasard.uuid(),
                groupe.formation,
                genre,
                version,
                contenu,
                "adopte" if suivante is None else "remplace",
                instant,
                instant + timedelta(days=1),
                groupe.coordination.compte,
                adopte_le,
                presidence.compte,
                "Séance plénière",
                adopte_le.date(),
                None if suivante is None else suivante + timedelta(days=2),
            )
        )
        return cle

    def _signatures(
        self, hasard: Hasard, groupe: Groupe, texte: int, instant: datetime, suivante: datetime | None
    ) -> None:
        signe_le = instant + timedelta(days=3)
        for agent, _, debut, fin in groupe.mandats:
            en_cours = debut <= signe_le and (fin is None or signe_le < fin)
            oublie = suivante is None and agent.genre == "procureur" and hasard.arrive(SANS_SIGNATURE)
            if en_cours and not oublie:
                self.chargeur.tampons["instances.Signature"].append((agent.compte, texte, signe_le))


def _groupes(hasard: Hasard, situations: int) -> list[tuple[str, int]]:
    """(strand, persons followed) of each groupe of a council."""
    majeurs = int(situations * PART_MAJEURS) if situations >= AVEC_MAJEURS and hasard.arrive(0.4) else 0
    jeunes = situations - majeurs
    nombre = -(-jeunes // PAR_GROUPE)
    parts = [jeunes // nombre + (rang < jeunes % nombre) for rang in range(nombre)]
    return [*(("jeune", part) for part in parts), *([("majeur", majeurs)] if majeurs else [])]
