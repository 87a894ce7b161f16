"""Conventions of the demonstration: between bodies, and about invented young people. Told by the services."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from maillage.acteurs.api import Compte, Organisme
from maillage.demo.territoire import Territoire, au_nom_de
from maillage.documents import api as documents
from maillage.documents.api import Contenu, Mode, PartieSaisie, Presentation, Renouvellement
from maillage.droit.api import age
from maillage.instances.api import Formation
from maillage.situations import api as situations

VILLE = PartieSaisie(denomination="Ville de Colomiers", signataire="Bernard Castelviel", qualite="maire")
MAJORITE = 18
PMSMP: Mapping[str, str] = {
    "genre_prescripteur": "mission_locale",
    "adresse_accueil": "12 allée de l’Exemple, 31770 Colomiers",
    "siret_accueil": "",
    "activite": "Fabrication de meubles",
    "tuteur": "Alex Rabot",
    "fonction_tuteur": "chef d’atelier",
    "heures_semaine": "30",
    "horaires": "Du lundi au vendredi, de 9 h à 12 h et de 13 h 30 à 16 h 30",
    "lieu": "Atelier de Colomiers",
    "salarie": "non",
    "objectifs": "Découvrir les gestes du métier et la vie d’un atelier.",
    "taches": "Aider au montage, préparer les commandes, observer la découpe.",
    "evaluation": "Entretien à trois le dernier jour.",
}


def raconter_les_conventions(territoire: Territoire, debut: datetime, fin: datetime) -> None:
    """A living example of each page: to prepare, to sign, in force, near its term, ended.

    A shorter story than these conventions starts them on its first day: no council acts before it exists.
    """
    coordination = territoire.comptes["coordonnatrice"]
    formation = territoire.groupes["jeunesse"]
    _adapter(formation, coordination, max(debut, fin - timedelta(days=200)))
    _entre_organismes(territoire, formation, coordination, debut, fin)
    _pmsmp(territoire, formation, coordination, fin)


def _adapter(formation: Formation, coordination: Compte, instant: datetime) -> None:
    with au_nom_de(coordination, instant):
        documents.adapter(
            conseil=formation.conseil.public_id,
            modele="convention_prestataire",
            presentation=Presentation(
                depuis=instant.date(),
                entete=("Ville de Colomiers", "Service prévention et tranquillité publique"),
                signataire="Bernard Castelviel",
                qualite="maire",
                paragraphes={"financement": "La ville met un local à disposition, sans loyer."},
            ),
        )


def _entre_organismes(
    territoire: Territoire, formation: Formation, coordination: Compte, debut: datetime, fin: datetime
) -> None:
    conseil = formation.conseil.public_id
    club, mission = territoire.comptes["referente"].organisme, territoire.comptes["mission_locale"].organisme
    jour = fin.date()
    prestataire = Contenu(
        debut=max(debut.date(), jour - timedelta(days=150)),
        fin=jour + timedelta(days=20),
        champs={
            "action": "Chantiers éducatifs d’été",
            "objectifs": "Proposer une première expérience de travail à 40 jeunes.",
            "moyens": "Deux éducateurs, un local, du matériel.",
            "indicateurs": "Jeunes accueillis, heures travaillées, suites.",
            "montant": "24000.00",
        },
        parties={"conseil": VILLE, "prestataire": _partie(club, "Nadège Rivals", "directrice")},
        renouvellement=Renouvellement(Mode.EXPRES),
    )
    _signee("prestataire", conseil, prestataire, coordination, max(debut, fin - timedelta(days=160)))
    prescripteurs = Contenu(
        debut=max(debut.date(), jour - timedelta(days=300)),
        fin=jour + timedelta(days=65),
        champs={
            "periodes": "20",
            "recherche": "Avec les chambres consulaires et les clubs d’entreprises.",
            "delai": "5",
        },
        parties={"conseil": VILLE, "prescripteur": _partie(mission, "Hugues Salvan", "directeur")},
        renouvellement=Renouvellement(Mode.TACITE, duree_mois=12, fois=2, preavis_jours=60),
    )
    _signee("prescripteurs", conseil, prescripteurs, coordination, max(debut, fin - timedelta(days=310)))
    ccas, college = territoire.comptes["assistante"].organisme, territoire.comptes["principal"].organisme
    parentalite = Contenu(
        debut=max(debut.date(), jour - timedelta(days=90)),
        fin=jour + timedelta(days=275),
        champs={
            "propositions": "Entretiens, groupe de parole, ateliers entre parents et enfants.",
            "accueil": "10",
            "lieux": "Centre communal d’action sociale, le mercredi après-midi",
        },
        parties={
            "conseil": VILLE,
            "parentalite": _partie(ccas, "Solène Aussonne", "directrice"),
            "etablissement": _partie(college, "Bruno Cazalens", "principal"),
        },
    )
    _signee("coeducation", conseil, parentalite, coordination, max(debut, fin - timedelta(days=95)))


def _pmsmp(territoire: Territoire, formation: Formation, coordination: Compte, fin: datetime) -> None:
    cercle = formation.cercle
    assert cercle is not None
    adultes = _adultes(cercle.pk, coordination, fin)
    mission = territoire.comptes["mission_locale"].organisme
    jour = fin.date()
    # The first has two periods behind or under way in one host: a third there is refused by the law.
    plans = [
        (adultes[:1], -100, 12, "decouverte", "signee"),
        (adultes[:1], -4, 12, "confirmation", "signee"),
        (adultes[1:2], 6, 10, "decouverte", "envoyee"),
        (adultes[2:3], 12, 15, "recrutement", "preparee"),
    ]
    for qui, debut, jours, objet, etat in plans:
        for situation in qui:
            premier = jour + timedelta(days=debut)
            contenu = Contenu(
                debut=premier,
                fin=premier + timedelta(days=jours - 1),
                champs={**PMSMP, "objet": objet},
                parties={
                    "prescripteur": _partie(mission, "Marc Delvigne", "conseiller"),
                    "structure_accueil": PartieSaisie(
                        denomination="Menuiserie de l’Exemple", signataire="Sam Copeau", qualite="gérant"
                    ),
                },
            )
            instant = fin - timedelta(days=max(1, 5 - debut))
            _conduire("pmsmp", cercle.public_id, contenu, coordination, instant, situation, etat)


def _adultes(cercle: int, coordination: Compte, fin: datetime) -> list[UUID]:
    """Open situations of adults: no parent has to sign."""
    with au_nom_de(coordination, fin):
        ouvertes = list(situations.a_revoir(cercle, date.max))
        noms = situations.lire_identites(s.identite_id for s in ouvertes)
        naissances = [(s.public_id, noms[s.identite_id].donnees.naissance) for s in ouvertes]
    limite = fin.date() - timedelta(days=130)
    return [public for public, ne in naissances if ne is not None and age(ne, limite) >= MAJORITE]


def _partie(organisme: Organisme | None, signataire: str, qualite: str) -> PartieSaisie:
    return PartieSaisie(
        organisme=organisme.public_id if organisme else None, signataire=signataire, qualite=qualite
    )


def _signee(genre: str, conseil: UUID, contenu: Contenu, par: Compte, instant: datetime) -> None:
    _conduire(genre, conseil, contenu, par, instant, None, "signee")


def _conduire(
    genre: str, ou: UUID, contenu: Contenu, par: Compte, instant: datetime, objet: UUID | None, etat: str
) -> None:
    """Prepare at that instant, then send and sign on paper as far as ``etat`` says."""
    with au_nom_de(par, instant):
        convention = documents.preparer(genre=genre, ou=ou, contenu=contenu, objet=objet)
    if etat == "preparee":
        return
    with au_nom_de(par, instant + timedelta(hours=1)):
        documents.envoyer_a_la_signature(convention=convention, version=1)
        roles = documents.roles_a_signer(convention)
    for role in roles if etat == "signee" else roles[:1]:
        with au_nom_de(par, instant + timedelta(hours=2)):
            documents.signer(convention=convention, role=role, moyen="papier")
