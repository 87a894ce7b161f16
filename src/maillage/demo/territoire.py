"""The demo territory: bodies, accounts, councils, groupes, charters signed, through the real services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

import yaml

from maillage.acteurs.api import Compte, FonctionExercee, Organisme, creer_organisme, renommer_organisme
from maillage.instances import api as instances
from maillage.instances.api import Conseil, Formation
from maillage.socle.contexte import contexte
from maillage.socle.temps import rejouer

DOMAINE = "demonstration.invalid"


@cache
def description() -> dict[str, Any]:
    """The territory as data."""
    texte = files("maillage.demo").joinpath("donnees/territoire.yaml").read_text(encoding="utf-8")
    lue: dict[str, Any] = yaml.load(texte, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return lue


@dataclass
class Territoire:
    """What has been built, by the codes of the description."""

    organismes: dict[str, Organisme] = field(default_factory=dict)
    comptes: dict[str, Compte] = field(default_factory=dict)
    conseils: dict[str, Conseil] = field(default_factory=dict)
    groupes: dict[str, Formation] = field(default_factory=dict)
    plenieres: dict[str, Formation] = field(default_factory=dict)
    registres: dict[str, Formation] = field(default_factory=dict)


@contextmanager
def au_nom_de(compte: Compte, instant: datetime) -> Iterator[None]:
    """Act as that account at that instant of the history."""
    compte.oublier_fonctions()
    with rejouer(instant), contexte(compte.pk):
        yield


def batir(debut: datetime) -> Territoire:
    """Build everything that does not name a followed person, as if it were ``debut``."""
    territoire = Territoire()
    _comptes_et_organismes(territoire, debut)
    for brut in description()["conseils"]:
        with au_nom_de(territoire.comptes[brut["par"]], debut):
            territoire.conseils[brut["code"]] = instances.creer_conseil(
                genre=brut["genre"],
                delibere_le=brut["delibere_le"],
                schema=brut["schema"],
                commune_code=brut.get("commune", ""),
                epci_code=brut.get("epci", ""),
                communes=brut.get("communes", ()),
                nom=brut["nom"],
            )
    for brut in description()["groupes"]:
        territoire.groupes[brut["code"]] = _groupe(territoire, brut, debut + timedelta(days=7))
    for brut in description()["sans_noms"]:
        _groupe_sans_noms(territoire, brut, debut + timedelta(days=7))
    return territoire


def _comptes_et_organismes(territoire: Territoire, debut: datetime) -> None:
    """Accounts are laid directly: nobody exists yet to open the first one."""
    bruts = description()
    for brut in bruts["comptes"]:
        territoire.comptes[brut["code"]] = _compte(brut, debut)
    with au_nom_de(territoire.comptes["coordonnatrice"], debut):
        for brut in bruts["organismes"]:
            territoire.organismes[brut["code"]] = _organisme(brut)
    for brut in bruts["comptes"]:
        if brut["organisme"]:
            compte = territoire.comptes[brut["code"]]
            compte.organisme = territoire.organismes[brut["organisme"]]
            compte.save(update_fields=["organisme"])


def _compte(brut: dict[str, Any], debut: datetime) -> Compte:
    compte = Compte.objects.creer(
        courriel=f"{brut['code']}@{DOMAINE}",
        prenom=brut["prenom"],
        nom=brut["nom"],
        civilite=brut["civilite"],
        fonction_libelle=brut["titre"],
        double_facteur_exige=False,
        cree_le=debut,
    )
    for code, portee, portee_code in brut["fonctions"]:
        FonctionExercee.objects.create(
            compte=compte, code=code, portee_genre=portee, portee_code=portee_code, depuis=debut
        )
    return compte


def _organisme(brut: dict[str, Any]) -> Organisme:
    organisme = creer_organisme(
        nom=brut["nom"],
        genre=brut["genre"],
        depuis=date(2015, 1, 1),
        commune_code=brut.get("commune", ""),
        departement_code=brut.get("departement", ""),
    )
    if suite := brut.get("ensuite"):
        renommer_organisme(public_id=organisme.public_id, nom=suite["nom"], depuis=suite["depuis"])
    return organisme


def _groupe(territoire: Territoire, brut: dict[str, Any], instant: datetime) -> Formation:
    """A nominative groupe with its seats, its texts adopted, its members habilitated and signed."""
    coordination, president = territoire.comptes[brut["coordination"]], territoire.comptes[brut["president"]]
    membres = [(territoire.comptes[code], role) for code, role in brut["membres"]]
    attente = [territoire.comptes[code] for code in brut["sans_signature"]]
    with au_nom_de(coordination, instant):
        conseil = territoire.conseils[brut["conseil"]]
        pleniere = instances.creer_formation(conseil=conseil.public_id, genre="pleniere")
        territoire.plenieres[brut["code"]] = pleniere
        instances.creer_formation(conseil=conseil.public_id, genre="restreinte")
        formation = instances.creer_formation(
            conseil=conseil.public_id,
            genre="groupe",
            nom=brut["nom"],
            theme=brut["theme"],
            nominatif=True,
            volet="jeune",
        )
        tous = [coordination, president, *[compte for compte, _ in membres], *attente]
        _sieges(pleniere, tous)
        sieges = _sieges(formation, tous)
    with au_nom_de(president, instant):
        instances.habiliter(
            siege=sieges[coordination.organisme_id],
            compte=coordination.public_id,
            role="coordonnateur",
        )
    with au_nom_de(coordination, instant):
        instances.habiliter(siege=sieges[president.organisme_id], compte=president.public_id, role="maire")
        for compte, role in [*membres, *[(compte, "membre") for compte in attente]]:
            instances.habiliter(siege=sieges[compte.organisme_id], compte=compte.public_id, role=role)
    _textes(formation, coordination, president, instant)
    for compte in [coordination, president, *[compte for compte, _ in membres]]:
        with au_nom_de(compte, instant + timedelta(days=3)):
            charte = formation.textes.get(genre="charte", etat="adopte")
            instances.signer_charte(texte=charte.public_id)
    return formation


def _sieges(formation: Formation, comptes: list[Compte]) -> dict[int | None, UUID]:
    organismes = {compte.organisme_id: compte.organisme for compte in comptes if compte.organisme}
    return {
        cle: instances.ajouter_siege(formation=formation.public_id, organisme=organisme.public_id).public_id
        for cle, organisme in organismes.items()
    }


def _textes(formation: Formation, coordination: Compte, president: Compte, instant: datetime) -> None:
    """The groupe proposes, the council adopts."""
    for genre in ("reglement", "charte"):
        with au_nom_de(coordination, instant + timedelta(days=1)):
            projet = formation.textes.get(genre=genre, etat="projet")
            texte = instances.proposer_texte(
                formation=formation.public_id, genre=genre, contenu=projet.contenu
            )
        with au_nom_de(president, instant + timedelta(days=2)):
            instances.adopter_texte(
                texte=texte.public_id, delibere_le=instant.date(), deliberation="Séance plénière"
            )


def _groupe_sans_noms(territoire: Territoire, brut: dict[str, Any], instant: datetime) -> None:
    with au_nom_de(territoire.comptes[brut["par"]], instant):
        formation = instances.creer_formation(
            conseil=territoire.conseils[brut["conseil"]].public_id,
            genre="groupe",
            nom=brut["nom"],
            theme=brut["theme"],
        )
        for code in brut["organismes"]:
            instances.ajouter_siege(
                formation=formation.public_id, organisme=territoire.organismes[code].public_id
            )
