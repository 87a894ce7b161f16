"""A council with its register of requests, a groupe that follows someone, and a request at each stage."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f
from tests.situations.fabriques import Groupe, un_groupe

from maillage.acteurs.models import Compte
from maillage.droits.models import DemandeDeDroit, Question
from maillage.droits.selectors import candidats, une_question
from maillage.droits.services import demandes, porte
from maillage.droits.services.demandes import Recue
from maillage.instances.models import Cercle, Conseil, Formation
from maillage.situations.identites import DonneesIdentite
from maillage.socle.contexte import contexte, en_maintenance

JOUR = date(2026, 3, 2)
INSTANT = datetime(2026, 3, 2, 9, tzinfo=UTC)
QUI = DonneesIdentite(nom="Maravalle", prenom="Théo", sexe="M", naissance=date(2010, 4, 12))


@dataclass(frozen=True)
class Registre:
    """A register of requests, its DPO, and a groupe of the same council."""

    formation: Formation
    dpo: Compte
    groupe: Groupe

    @property
    def cle(self) -> UUID:
        return self.formation.cercle.public_id


def formation_des_droits(conseil: Conseil) -> Formation:
    """An open register of that council, its charter in force."""
    with en_maintenance():
        cercle = Cercle.objects.create(genre="droits", volet="droits", ouvert_le=f.DEBUT)
        creee = Formation.objects.create(
            conseil=conseil,
            genre="droits",
            regime="nominatif",
            theme="droits",
            nom=f"Demandes des personnes, {conseil.nom}",
            cercle=cercle,
            cree_le=f.DEBUT,
        )
    f.charte(creee)
    return creee


def un_registre(groupe: Groupe | None = None, commune: str = f.COMMUNE) -> Registre:
    groupe = groupe or un_groupe()
    formation = formation_des_droits(groupe.formation.conseil)
    dpo = f.exercer(creer_compte(organisme=f.creer_organisme("Mairie du délégué", "commune")), "dpo", commune)
    f.membre(formation, dpo)
    dpo.oublier_fonctions()
    return Registre(formation, dpo, groupe)


def recue(
    ici: Registre, droit: str = "acces", qui: DonneesIdentite = QUI, **champs: object
) -> DemandeDeDroit:
    valeurs = {"qualite": "personne", "canal": "courrier", "recue_le": JOUR, **champs}
    with contexte(ici.dpo.pk):
        return demandes.enregistrer(registre_=ici.cle, personne=qui, demande=Recue(droit, **valeurs))


def verifiee(ici: Registre, droit: str = "acces", **champs: object) -> DemandeDeDroit:
    lue = recue(ici, droit, **champs)
    with contexte(ici.dpo.pk):
        demandes.verifier_identite(
            demande=lue.public_id, version=1, verification="titre_vu", verifiee_le=JOUR
        )
    return relue(ici, lue)


def interrogee(ici: Registre, droit: str = "acces", **champs: object) -> tuple[DemandeDeDroit, Question]:
    """The groupe was asked; its question comes with it."""
    lue = verifiee(ici, droit, **champs)
    with contexte(ici.dpo.pk):
        demandes.interroger(demande=lue.public_id, formations=[ici.groupe.formation.public_id])
    with contexte(ici.groupe.coordonnatrice.pk):
        question = Question.objects.get(reference=lue.reference)
    return relue(ici, lue), question


def relue(ici: Registre, lue: DemandeDeDroit) -> DemandeDeDroit:
    with contexte(ici.dpo.pk):
        return DemandeDeDroit.objects.get(pk=lue.pk)


def executer(ici: Registre, question: Question, constat: str, **champs: object) -> None:
    """The groupe recognises the first candidate, and answers so."""
    with contexte(ici.groupe.coordonnatrice.pk):
        lue, ou = une_question(question.public_id)
        porte.repondre_a_la_question(
            question=question.public_id,
            version=lue.version,
            identite=candidats(lue, ou)[0].identite.public_id,
            constat=constat,
            **champs,
        )


def repondue(ici: Registre, droit: str = "acces", **champs: object) -> tuple[DemandeDeDroit, Question]:
    """A request granted: its groupe did what is asked."""
    demande, question = interrogee(ici, droit, **champs)
    executer(ici, question, "extrait" if droit == "acces" else "fait")
    with contexte(ici.dpo.pk):
        demandes.repondre(demande=demande.public_id, version=demande.version, decision="accordee")
    return relue(ici, demande), question
