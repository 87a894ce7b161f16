"""What the demo's coordinators have gathered: hosts, offers, places taken, a local scheme, TIG places."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import yaml

from maillage.acteurs.api import creer_organisme
from maillage.demo.territoire import Territoire, au_nom_de
from maillage.parcours.api import (
    DonneesOffre,
    Offre,
    declarer_dispositif_local,
    enregistrer_offre,
    importer_places,
    reserver_place,
)

AVANT = timedelta(days=120)


@cache
def description() -> dict[str, Any]:
    """The offers as data."""
    texte = files("maillage.demo").joinpath("donnees/offres.yaml").read_text(encoding="utf-8")
    lue: dict[str, Any] = yaml.load(texte, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return lue


def garnir(territoire: Territoire, fin: datetime) -> None:
    """Fill the register of Colomiers through the services, and import a file of places."""
    debut = (fin - AVANT).date()
    conseil = territoire.conseils["colomiers"].public_id
    with au_nom_de(territoire.comptes["coordonnatrice"], fin - AVANT):
        for brut in description()["organismes"]:
            territoire.organismes[brut["code"]] = creer_organisme(
                nom=brut["nom"], genre=brut["genre"], depuis=date(2015, 1, 1), commune_code=brut["commune"]
            )
        local = declarer_dispositif_local(conseil=conseil, depuis=debut, **description()["dispositif"])
        for brut in description()["offres"]:
            offre = enregistrer_offre(
                conseil=conseil,
                dispositif=local.code if brut["dispositif"] == "local" else brut["dispositif"],
                organisme=territoire.organismes[brut["organisme"]].public_id,
                donnees=_donnees(brut, debut),
            )
            _prendre(offre, brut.get("places", ()), fin.date())
    with as_file(files("maillage.demo").joinpath("donnees/places_tig.csv")) as chemin:
        importer_places(chemin)


def _donnees(brut: dict[str, Any], debut: date) -> DonneesOffre:
    return DonneesOffre(
        intitule=brut["intitule"],
        capacite=brut["capacite"],
        commune_code=brut["commune"],
        secteur=brut["secteur"],
        tuteur_nom=brut["tuteur"],
        tuteur_forme=brut["forme"],
        depuis=debut,
        contact=brut.get("contact", "convention"),
        source=brut["source"],
    )


def _prendre(offre: Offre, places: list[list[int | None]], fin: date) -> None:
    for ecoules, restent in places:
        au = fin + timedelta(days=restent) if restent is not None else None
        reserver_place(offre=offre.public_id, du=fin - timedelta(days=ecoules or 0), au=au)
