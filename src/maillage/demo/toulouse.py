"""The register of a second mayor: a protocol that covers the rappel à l'ordre, and files told under it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from maillage.demo.territoire import Territoire, au_nom_de
from maillage.demo.transactions import signer_un_protocole
from maillage.maire import api as maire
from maillage.situations.api import DonneesIdentite, DonneesRepresentant

TOULOUSE = "31555"
#: person, birth, parent, facts, qualification, days since the facts, last step.
RECITS = (
    ("Saverdun", "Lou", date(2011, 4, 6), True, "incivilite_mineur", "incivilite", 20, "convoque"),
    ("Auzeville", "Karim", date(1997, 9, 21), False, "arrete_tapage", "contravention", 6, "consulte"),
)


def raconter_toulouse(territoire: Territoire, fin: datetime) -> None:
    """The parquet is asked first, as this protocol wants: one file was answered, the other waits."""
    signer_un_protocole(
        territoire,
        conseil="toulouse",
        coordination="coord_toulouse",
        maire="maire_toulouse",
        instant=fin - timedelta(days=90),
        fin=fin.date() + timedelta(days=275),
        champs={
            "rappel": "oui",
            "sport": "oui",
            "consultation": "oui",
            "delai": "15",
            "silence": "accord",
        },
    )
    cercle = territoire.registres["actes_toulouse"].cercle
    assert cercle is not None  # a register always has one
    agent = territoire.comptes["coord_toulouse"]
    for nom, prenom, naissance, mineur, faits, qualification, jours, etape in RECITS:
        saisi_le = fin - timedelta(days=jours - 2)
        adresse = "7 rue du Canalet, 31000 Toulouse"
        mere = DonneesRepresentant(nom=nom, prenom="Inès", lien="mere", adresse=adresse)
        with au_nom_de(agent, saisi_le):
            cle = maire.saisir(
                registre=cercle.public_id,
                personne=DonneesIdentite(nom=nom, prenom=prenom, naissance=naissance, adresse=adresse),
                representants=(mere,) if mineur else (),
                saisine=maire.Saisine(
                    "police_municipale",
                    faits,
                    qualification,
                    (fin - timedelta(days=jours)).date(),
                    "immeuble",
                    TOULOUSE,
                ),
                connu=maire.Connu("aucune", "police_municipale", saisi_le.date()),
            ).public_id
        with au_nom_de(agent, saisi_le + timedelta(hours=2)):
            maire.consulter_le_parquet(rappel=cle, version=maire.version_de(cle))
        if etape == "consulte":
            continue
        reponse = saisi_le + timedelta(days=7)
        with au_nom_de(agent, reponse):
            maire.noter_la_reponse(
                rappel=cle, version=maire.version_de(cle), reponse="accord", reponse_le=reponse.date()
            )
            maire.convoquer(
                rappel=cle,
                version=maire.version_de(cle),
                le=fin.date() + timedelta(days=6),
                heure=time(17),
                lieu="hotel_de_ville",
            )
