"""The first journey as forms sent one after the other: who, on which page, what is typed, what it writes.

``ecrit`` is the whole effect of the command: rows added (``+``), changed (``~``) or removed (``-``) by table,
and the entries of the journal (``!``). Anything less is a half-done command, anything more was done twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.pannes.client import Valeur
from tests.pannes.conftest import PERSONNES, Monde
from tests.pannes.service import Service

NOTRE_FUSEAU = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Geste:
    """One form. ``action`` picks it among those of the page: what its address ends with, "" for itself."""

    nom: str
    qui: str
    page: str
    ecrit: str
    champs: Mapping[str, Valeur] = field(default_factory=dict)
    action: str = ""


def lire_un(service: Service, requete: str, *valeurs: object) -> str:
    [(valeur,)] = service.lire(requete, valeurs)
    return str(valeur)


def parcours(service: Service, monde: Monde, commune: str, rang: int) -> Iterator[Geste]:
    """From a commune without a council to a closed file. Ids are read where the operator reads them."""
    jour = datetime.now(NOTRE_FUSEAU).date()
    yield Geste(
        "enregistrer le conseil",
        "coordonnatrice",
        f"/conseils/nouveau/?commune={commune}",
        "+conseil +conseilcommune +jeton !conseil_cree",
        {"genre": "clspd", "delibere_le": "2026-01-15", "schema": "communal", "nom": f"CLSPD {rang}"},
    )
    conseil = lire_un(service, "SELECT public_id FROM instances_conseil WHERE commune_code = %s", commune)
    groupe = {"nom": f"Groupe {rang}", "theme": "groupe_jeunes", "volet": "jeune"}
    for genre, champs in (("pleniere", {}), ("groupe", groupe)):
        yield Geste(
            f"créer la formation ({genre})",
            "coordonnatrice",
            f"/conseils/{conseil}/formations/nouvelle/?genre={genre}",
            "+formation +jeton !formation_creee"
            if genre == "pleniere"
            else "+cercle +formation +jeton +texte*2 !formation_creee",
            champs,
        )
    formation = lire_un(service, "SELECT public_id FROM instances_formation WHERE nom = %s", f"Groupe {rang}")
    yield from _composer(service, monde, formation)
    yield from _textes(service, formation, jour.isoformat())
    cercle = lire_un(
        service,
        "SELECT c.public_id FROM instances_cercle c JOIN instances_formation f ON f.cercle_id = c.id"
        " WHERE f.public_id = %s",
        formation,
    )
    yield from _signaler(cercle, jour.year)
    yield from _seance(service, formation, cercle)
    yield from _suivre(service, monde, cercle, (jour + timedelta(days=60)).isoformat())


def _composer(service: Service, monde: Monde, formation: str) -> Iterator[Geste]:
    for genre, organisme in monde.organismes.items():
        yield Geste(
            f"donner un siège ({genre})",
            "coordonnatrice",
            f"/formations/{formation}/sieges/nouveau/",
            "+jeton +siege !siege_ajoute",
            {"organisme": organisme},
        )
    for code, (_, genre) in PERSONNES.items():
        siege = lire_un(
            service,
            "SELECT s.public_id FROM instances_siege s JOIN instances_formation f ON f.id = s.formation_id"
            " JOIN acteurs_organisme o ON o.id = s.organisme_id WHERE f.public_id = %s AND o.public_id = %s",
            formation,
            monde.organismes[genre],
        )
        role = {"coordonnatrice": "coordonnateur", "maire": "maire"}.get(code, "membre")
        yield Geste(
            f"habiliter ({code})",
            "maire" if code == "coordonnatrice" else "coordonnatrice",
            f"/formations/{formation}/habilitations/nouvelle/",
            "+habilitation +jeton !habilitation_accordee",
            {"agent": f"{monde.comptes[code]}.{siege}", "role": role},
        )


def _textes(service: Service, formation: str, jour: str) -> Iterator[Geste]:
    for genre in ("reglement", "charte"):
        yield Geste(
            f"proposer ({genre})",
            "coordonnatrice",
            f"/formations/{formation}/textes/{genre}/proposer/",
            "+jeton ~texte !texte_propose",
        )
        texte = lire_un(
            service,
            "SELECT t.public_id FROM instances_texte t JOIN instances_formation f ON f.id = t.formation_id"
            " WHERE f.public_id = %s AND t.genre = %s",
            formation,
            genre,
        )
        yield Geste(
            f"adopter ({genre})",
            "maire",
            f"/textes/{texte}/adopter/",
            "+jeton ~texte !texte_adopte",
            {"delibere_le": jour, "deliberation": "Délibération 12"},
        )
    for qui in PERSONNES:
        yield Geste(
            f"signer ({qui})",
            qui,
            f"/chartes/{texte}/signer/",
            "+jeton +signature !charte_signee",
            {"lu": "on"},
        )


def _signaler(cercle: str, annee: int) -> Iterator[Geste]:
    for prenom, naissance in (("Anatole", "3"), ("Zéphyrine", "11")):
        yield Geste(
            f"signaler ({prenom})",
            "principal",
            f"/signalements/nouveau/{cercle}/",
            "+fait +identite +jeton +representant +signalement !signalement",
            {
                "nom": "Vauzelle" if prenom == "Anatole" else "Okonjo",
                "prenom": prenom,
                "naissance_jour": "14",
                "naissance_mois": naissance,
                "naissance_annee": str(annee - 15),
                "representant_nom": "Parent",
                "representant_lien": "mere",
                "exposition": "delinquance",
                "motif": "absences_repetees",
                "origine": "etablissement_scolaire",
                "texte": "Six demi-journées d’absence depuis la rentrée.",
            },
        )


def _seance(service: Service, formation: str, cercle: str) -> Iterator[Geste]:
    demain = datetime.now(NOTRE_FUSEAU).date() + timedelta(days=1)
    yield Geste(
        "préparer la séance",
        "coordonnatrice",
        f"/formations/{formation}/seances/nouvelle/",
        "+jeton +pointtheme +seance !seance_preparee",
        {"jour": demain.isoformat(), "heure": "09:30", "lieu": "Salle du conseil"},
    )
    seance = lire_un(
        service,
        "SELECT s.public_id FROM instances_seance s JOIN instances_formation f ON f.id = s.formation_id"
        " WHERE f.public_id = %s",
        formation,
    )
    ici = f"/seances/{seance}/"
    yield Geste(
        "convoquer", "coordonnatrice", ici, "+presence*5 ~seance !seance_convoquee", {}, "/convoquer/"
    )
    objets = service.lire(
        "SELECT s.public_id FROM situations_signalement s JOIN instances_cercle c ON c.id = s.cercle_id"
        " WHERE c.public_id = %s ORDER BY s.id",
        (cercle,),
    )
    for (objet,) in objets:
        yield Geste(
            "inscrire à l’ordre du jour",
            "coordonnatrice",
            ici,
            "+point ~signalement !point_inscrit",
            {"objet": str(objet)},
            "/inscrire/",
        )
    yield Geste(
        "ouvrir la séance", "coordonnatrice", f"{ici}ouvrir/", "~seance !seance_avancee !seance_ouverte"
    )
    presences = service.lire(
        "SELECT p.id FROM instances_presence p JOIN instances_seance s ON s.id = p.seance_id"
        " WHERE s.public_id = %s",
        (seance,),
    )
    yield Geste(
        "noter les présences",
        "coordonnatrice",
        f"{ici}presences/",
        "~presence*5 !presences_notees",
        {f"presence_{pk}": "present" for (pk,) in presences},
    )
    points = service.lire(
        "SELECT p.public_id FROM instances_point p JOIN instances_seance s ON s.id = p.seance_id"
        " WHERE s.public_id = %s ORDER BY p.rang",
        (seance,),
    )
    for (point,), decision in zip(points, ("retenu", "non_retenu"), strict=True):
        yield Geste(
            f"décider ({decision})",
            "coordonnatrice",
            f"{ici}points/{point}/",
            "+fait*3 +numerotation +situation ~point ~signalement"
            " !decision !signalement_decide !situation_ouverte"
            if decision == "retenu"
            else "+fait ~point ~signalement !decision !signalement_decide",
            {"decision": decision},
        )
    yield Geste("clore la séance", "coordonnatrice", f"{ici}clore/", "+fait ~seance !seance_close")


def _suivre(service: Service, monde: Monde, cercle: str, terme: str) -> Iterator[Geste]:
    def un(table: str) -> str:
        return lire_un(
            service,
            f"SELECT t.public_id FROM situations_{table} t JOIN instances_cercle c ON c.id = t.cercle_id"
            " WHERE c.public_id = %s",
            cercle,
        )

    ici = f"/situations/{un('situation')}/"

    def geste(nom: str, qui: str, page: str, ecrit: str, **champs: str) -> Geste:
        return Geste(nom, qui, f"{ici}{page}/", ecrit, champs)

    yield geste(
        "remettre la lettre",
        "coordonnatrice",
        "lettre",
        "+fait +jeton +lettre !lettre_remise",
        destinataire="personne",
        moyen="main_propre",
    )
    yield geste(
        "partager un élément",
        "principal",
        "element/besoin_exprime",
        "+element +jeton !element_partage",
        precision="Emploi",
    )
    yield geste(
        "désigner la référente",
        "coordonnatrice",
        "referent",
        "+designation +fait +jeton !referent_designe",
        referent=monde.comptes["referente"],
        profession="educateur_specialise",
    )
    yield geste(
        "désigner un autre référent",
        "coordonnatrice",
        "referent",
        "+designation +fait +jeton ~designation !referent_designe",
        referent=monde.comptes["assistante"],
        profession="travailleur_social",
    )
    yield geste(
        "poser un objectif",
        "assistante",
        "objectif",
        "+jeton +objectif !objectif_pose",
        libelle="Reprendre les cours cinq matins sur cinq",
        domaine="scolarite",
        echeance=terme,
    )
    yield geste(
        "avancer l’objectif",
        "assistante",
        f"objectif/{un('objectif')}",
        "+jeton ~objectif !objectif_etat",
        etat="en_cours",
    )
    yield geste(
        "noter un contact",
        "assistante",
        "contact",
        "+contact +fait +jeton !contact_note",
        moyen="entretien",
        avec="personne",
        suite="aucune",
    )
    yield geste(
        "écrire le bilan",
        "referente",
        "bilan",
        "+bilan +fait +jeton !bilan_ecrit",
        texte="Cours repris quatre matins sur cinq.",
    )
    yield geste("contresigner", "assistante", f"bilan/{un('bilan')}", "+jeton ~bilan !bilan_contresigne")
    yield geste(
        "clore la situation",
        "coordonnatrice",
        "clore",
        "+fait +jeton ~designation ~situation !situation_close",
        issue="objectifs_atteints",
    )
