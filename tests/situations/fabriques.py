"""A groupe that works: seats, members, a séance with a decision, a followed person."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

from tests.acteurs.fabriques import creer_organisme
from tests.instances.fabriques import groupe, membre

from maillage.acteurs.models import Compte
from maillage.instances.models import Conseil, Formation
from maillage.instances.models.seance import Point, Seance
from maillage.situations.identites import DonneesIdentite
from maillage.situations.models import Signalement, Situation
from maillage.situations.services.signalements import decider_du_signalement, faire_signalement
from maillage.socle.contexte import contexte, en_maintenance

_rang = count(1)


@dataclass
class Groupe:
    """A nominative groupe and some of its members."""

    formation: Formation
    coordonnatrice: Compte
    membre: Compte
    autres: dict[str, Compte] = field(default_factory=dict)

    @property
    def cercle(self) -> UUID:
        return self.formation.cercle.public_id

    @property
    def cle(self) -> int:
        return self.formation.cercle_id

    def ajouter(
        self, genre: str, *, role: str = "membre", sensible: bool = False, fonction: str = "membre"
    ) -> Compte:
        """One more member, for a body of that kind."""
        organisme = creer_organisme(f"Organisme {genre} {next(_rang)}", genre, sensible=sensible)
        compte = membre(self.formation, role=role, fonction=fonction, organisme=organisme)
        self.autres[genre] = compte
        return compte


def un_groupe(volet: str = "jeune", **champs: object) -> Groupe:
    """A coordinator and a member of the prévention spécialisée. Every groupe of a test is of one council."""
    formation = groupe(Conseil.objects.first(), volet=volet, **champs)
    coordonnatrice = membre(
        formation,
        role="coordonnateur",
        fonction="coordonnateur",
        organisme=creer_organisme("Mairie", "commune"),
    )
    agent = membre(formation, organisme=creer_organisme("Club de prévention", "prevention_specialisee"))
    return Groupe(formation, coordonnatrice, agent)


def personne(**champs: object) -> DonneesIdentite:
    """A young person nobody knows."""
    rang = next(_rang)
    return DonneesIdentite(
        **{"nom": f"Maravalle{rang}", "prenom": "Théo", "sexe": "M", "naissance": date(2010, 4, 12), **champs}
    )


def signaler(
    de: Groupe, par: Compte | None = None, qui: DonneesIdentite | None = None, **champs: object
) -> Signalement:
    """A signalement by the member of the groupe, through the service."""
    valeurs = {
        "exposition": "delinquance" if de.formation.cercle.volet != "victime" else "",
        "motif": "absences_repetees" if de.formation.cercle.volet == "jeune" else "isolement",
        "origine": "etablissement_scolaire",
        "texte": "Quatre demi-journées d’absence par semaine depuis la rentrée.",
        **champs,
    }
    with contexte((par or de.membre).pk):
        return faire_signalement(cercle=de.cercle, personne=qui or personne(), **valeurs)


def seance_avec_decision(
    de: Groupe, objet: UUID, decision: str, *, genre: str = "signalement", precision: str = ""
) -> Seance:
    """An open séance of the groupe in which this decision is recorded."""
    # Now, not a little earlier: half an hour after midnight, that was yesterday.
    instant = datetime.now(UTC)
    with en_maintenance():
        seance = Seance.objects.create(
            formation=de.formation,
            numero=next(_rang),
            modele="ordinaire",
            commence_le=instant,
            lieu="Mairie",
            etat="ouverte",
            ouverte_le=instant,
            preparee_par=de.coordonnatrice,
        )
        Point.objects.create(
            cercle_id=de.cle,
            seance=seance,
            rang=1,
            genre=genre,
            objet=objet,
            decision=decision,
            precision=precision,
            decide_le=instant,
            decide_par=de.coordonnatrice,
        )
    return seance


def decider(
    de: Groupe, signalement: Signalement, decision: str = "retenu", le: date | None = None
) -> Situation | None:
    """The groupe decides on a signalement."""
    seance = seance_avec_decision(de, signalement.public_id, decision)
    with contexte(de.coordonnatrice.pk):
        return decider_du_signalement(
            cercle=de.cle,
            signalement=signalement.public_id,
            decision=decision,
            precision="",
            seance=seance.public_id,
            le=le or signalement.recu_le,
        )


def une_situation(
    de: Groupe | None = None, qui: DonneesIdentite | None = None, **champs: object
) -> Situation:
    """An open situation, born as they all are: a signalement and a decision of the groupe."""
    de = de or un_groupe()
    ouverte = decider(de, signaler(de, qui=qui, **champs))
    assert ouverte is not None
    return ouverte
