"""A groupe with its référent, a person, an offer, and the body that receives, with an account of its own."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances.fabriques import DEBUT, exercer, habiliter, signer
from tests.situations.fabriques import Groupe, personne, un_groupe, une_situation

from maillage.acteurs.models import Compte, Organisme
from maillage.instances.models import Cercle, Formation, Siege, Texte
from maillage.parcours.models import Offre, Orientation, Participation
from maillage.parcours.services import enonces, orientations, participations
from maillage.parcours.services.orientations import FaitsPmsmp, Transmission
from maillage.situations import identites
from maillage.situations.models import Situation
from maillage.situations.services import referents
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.temps import aujourd_hui

_rang = count(1)


@dataclass
class Decor:
    """Everything a path needs."""

    groupe: Groupe
    situation: Situation
    prestataire: Compte
    formation: Formation
    organisme: Organisme
    offre: Offre

    @property
    def referent(self) -> Compte:
        return self.groupe.membre

    @property
    def cercle_prestataire(self) -> int:
        return self.formation.cercle_id


def un_prestataire(
    groupe: Groupe, genre: str = "entreprise", nom: str = ""
) -> tuple[Compte, Formation, Organisme]:
    """A body with its own cercle, its undertaking in force, and one agent who signed it."""
    organisme = creer_organisme(nom or f"Atelier {next(_rang)}", genre)
    with en_maintenance():
        cercle = Cercle.objects.create(
            genre="prestataire", volet=groupe.formation.cercle.volet, ouvert_le=DEBUT
        )
        formation = Formation.objects.create(
            conseil=groupe.formation.conseil,
            genre="prestataire",
            regime="nominatif",
            theme="prestataire",
            nom=f"Accueils confiés à {organisme.nom_actuel}",
            cercle=cercle,
            cree_le=DEBUT,
        )
        siege = Siege.objects.create(formation=formation, organisme=organisme, depuis=DEBUT)
        Texte.objects.create(
            formation=formation,
            genre="charte",
            contenu="Ce qui est lu ici reste ici.",
            etat="adopte",
            cree_le=DEBUT,
            adopte_le=DEBUT,
            delibere_le=DEBUT.date(),
        )
    compte = exercer(creer_compte("porteur_action", organisme=organisme), "porteur_action", "31555")
    habiliter(compte, siege)
    signer(compte, formation)
    return compte, formation, organisme


def une_offre(groupe: Groupe, organisme: Organisme, dispositif: str = "pmsmp", **champs: object) -> Offre:
    with en_maintenance():
        return Offre.objects.create(
            **{
                "dispositif_code": dispositif,
                "conseil": groupe.formation.conseil,
                "organisme": organisme,
                "commune_code": "31555",
                "departement_code": "31",
                "intitule": "Poste d’accueil",
                "capacite": 3,
                "tuteur_nom": "Une tutrice",
                "tuteur_forme": True,
                "depuis": date(2026, 1, 1),
                "source": "partenaire",
                **champs,
            }
        )


def un_decor(
    dispositif: str = "pmsmp",
    *,
    age: int = 17,
    groupe: Groupe | None = None,
    genre: str = "entreprise",
    heures: int = 40,
    **champs: object,
) -> Decor:
    groupe = groupe or un_groupe()
    naissance = aujourd_hui() - timedelta(days=366 * age)
    situation = une_situation(groupe, qui=personne(naissance=naissance, nom=f"Zucanari{next(_rang)}"))
    compte, formation, organisme = un_prestataire(groupe, genre)
    offre = une_offre(groupe, organisme, dispositif, **champs)
    with contexte(groupe.coordonnatrice.pk):
        referents.designer_referent(
            situation=situation.public_id,
            referent=groupe.membre.public_id,
            profession="educateur_specialise",
            depuis=situation.ouverte_le,
        )
    decor = Decor(groupe, situation, compte, formation, organisme, offre)
    if dispositif == "tig":
        enoncer_une_peine(decor, heures=heures)
    return decor


def judiciaire(de: Decor) -> Compte:
    """The judicial member of that groupe, there to state what only they may."""
    return de.groupe.autres.get("spip") or de.groupe.ajouter("spip")


def enoncer_une_peine(de: Decor, *, par: Compte | None = None, **champs: object) -> None:
    """A community work pronounced today, for facts of today."""
    jour = aujourd_hui()
    valeurs: dict[str, object] = {"heures": 40, "decision": jour, "faits": jour, **champs}
    with contexte((par or judiciaire(de)).pk):
        enonces.enoncer_peine(situation=de.situation.public_id, **valeurs)


def enoncer(
    de: Decor, code: str, *, oui: bool = True, par: Compte | None = None, le: date | None = None
) -> None:
    with contexte((par or judiciaire(de)).pk):
        enonces.enoncer_condition(
            situation=de.situation.public_id, code=code, oui=oui, le=le or aujourd_hui()
        )


def proposer(
    de: Decor, dispositif: str = "pmsmp", *, par: Compte | None = None, **champs: object
) -> Orientation:
    with contexte((par or de.referent).pk):
        return orientations.proposer_orientation(
            situation=de.situation.public_id, dispositif=dispositif, **champs
        )


def accepter(de: Decor, orientation: Orientation) -> Orientation:
    with contexte(de.referent.pk):
        orientations.noter_reponse(
            orientation=orientation.public_id,
            version=orientation.version,
            accepte=True,
            le=orientation.proposee_le,
        )
        orientation.refresh_from_db()
    return orientation


CONVENTION = FaitsPmsmp(
    prescripteur="mission_locale",
    tuteur=True,
    salarie=False,
    parties=("beneficiaire", "prescripteur", "structure_accueil", "structure_accompagnement"),
)


def vers_l_offre(de: Decor, **champs: object) -> Transmission:
    jour = aujourd_hui()
    valeurs: dict[str, object] = {
        "offre": de.offre.public_id,
        "debut": jour,
        "fin": jour + timedelta(days=13),
    }
    if de.offre.dispositif_code == "pmsmp":
        valeurs |= {"objet": "decouverte", "pmsmp": CONVENTION}
    return Transmission(**{**valeurs, **champs})


def transmettre(de: Decor, orientation: Orientation, **champs: object) -> Participation:
    with contexte(de.referent.pk):
        return orientations.transmettre(
            orientation=orientation.public_id,
            version=orientation.version,
            vers=vers_l_offre(de, **champs),
        )


def une_participation(de: Decor, **champs: object) -> Participation:
    """Proposed, accepted, transmitted."""
    return transmettre(de, accepter(de, proposer(de, de.offre.dispositif_code)), **champs)


def commencee(de: Decor, par: Compte | None = None, **champs: object) -> Participation:
    """Acknowledged and begun today, by the body unless said otherwise."""
    lue = une_participation(de, **champs)
    with contexte((par or de.prestataire).pk):
        participations.accuser_reception(participation=lue.public_id, version=1, le=lue.transmise_le)
        participations.commencer(participation=lue.public_id, version=2, le=lue.transmise_le)
        lue.refresh_from_db()
    return lue


def renaitre(decor: Decor, naissance: date) -> None:
    """The same person, born another day: as a rectification would write it, whoever asked for it."""
    with en_maintenance():
        lue = identites.lire(decor.situation.identite_id)
        identites.corriger(
            identite=lue.cle, version=lue.version, donnees=replace(lue.donnees, naissance=naissance)
        )
