"""Two years of work of the demo's groupes, told by the real services from a seed.

Invented persons only. Every month: signalements from the members, a séance that decides on each, then
the follow-ups live: letters, référents, objectives, contacts, reviews, closings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from maillage.acteurs.api import Compte
from maillage.demo import sorties
from maillage.demo.territoire import Territoire, au_nom_de, description
from maillage.droit.api import age
from maillage.instances import api as instances
from maillage.instances.points import source
from maillage.situations import api as situations
from maillage.situations.api import DonneesIdentite, DonneesRepresentant

PARIS = ZoneInfo("Europe/Paris")

#: (motif, exposition, origine, author's account code by groupe)
RECITS: dict[str, Sequence[tuple[str, str, str, str]]] = {
    "jeunesse": (
        ("absences_repetees", "delinquance", "etablissement_scolaire", "principal"),
        ("decrochage", "delinquance", "etablissement_scolaire", "principal"),
        ("exclusions_scolaires", "delinquance", "etablissement_scolaire", "principal"),
        ("sans_solution", "delinquance", "mission_locale", "mission_locale"),
        ("errance", "delinquance", "prevention_specialisee", "referente"),
        ("incivilites", "delinquance", "police_municipale", "policier"),
        ("conflit_voisinage", "delinquance", "bailleur", "bailleresse"),
        ("degradations", "delinquance", "bailleur", "bailleresse"),
        ("tensions_groupes", "delinquance", "police_municipale", "policier"),
        ("demande_parents", "delinquance", "ccas", "assistante"),
        ("fin_mesure", "recidive", "pjj", "pjj"),
        ("suivi_judiciaire", "recidive", "spip", "spip"),
    ),
    "jeunesse_toulouse": (
        ("absences_repetees", "delinquance", "etablissement_scolaire", "principale_toulouse"),
        ("decrochage", "delinquance", "etablissement_scolaire", "principale_toulouse"),
        ("errance", "delinquance", "prevention_specialisee", "educateur_toulouse"),
        ("incivilites", "delinquance", "police_municipale", "policier_toulouse"),
    ),
}
REFERENTS = {
    "jeunesse": (("referente", "educateur_specialise"), ("mission_locale", "conseiller_insertion")),
    "jeunesse_toulouse": (("educateur_toulouse", "educateur_specialise"),),
}
OBJECTIFS = (
    ("Reprendre les cours cinq matins sur cinq", "scolarite"),
    ("Choisir un lieu de stage d’observation", "emploi"),
    ("Une activité régulière le mercredi", "loisirs"),
    ("Rencontrer le référent chaque quinzaine", "lien"),
)
#: (author, category, precision) by groupe: closed answers only.
ELEMENTS = {
    "jeunesse": (
        ("principal", "assiduite_scolaire", "Irrégulière"),
        ("principal", "niveau_scolaire", "Collège"),
        ("mission_locale", "situation_professionnelle", "En recherche"),
        ("referente", "suivi_prevention_specialisee", "Contact établi"),
        ("pjj", "nature_suivi_judiciaire", "Milieu ouvert"),
    ),
    "jeunesse_toulouse": (
        ("principale_toulouse", "assiduite_scolaire", "Irrégulière"),
        ("educateur_toulouse", "suivi_prevention_specialisee", "Contact établi"),
    ),
}
ISSUES = ("objectifs_atteints", "relais_droit_commun", "refus", "sans_contact", "demenagement")
MAJORITE = 18


@dataclass
class Conteur:
    """One groupe's story; the random generator is the only source of chance."""

    territoire: Territoire
    code: str
    hasard: Random
    fin: datetime

    def __post_init__(self) -> None:
        self.formation = self.territoire.groupes[self.code]
        brut = next(groupe for groupe in description()["groupes"] if groupe["code"] == self.code)
        self.coordination: Compte = self.territoire.comptes[brut["coordination"]]
        cercle = self.formation.cercle
        if cercle is None:
            raise ValueError(self.code)
        self.cercle, self.cercle_public = cercle.pk, cercle.public_id

    def compte(self, code: str) -> Compte:
        return self.territoire.comptes[code]

    # -- a month --------------------------------------------------------------------------------

    def mois(self, premier: date) -> None:
        """Signalements during the first fortnight, the séance on the third week, then the follow-ups."""
        for _ in range(self.hasard.randint(2, 4)):
            self.signaler(_a(premier + timedelta(days=self.hasard.randint(0, 12)), 10))
        seance_le = _a(premier + timedelta(days=16), 14)
        if seance_le + timedelta(hours=3) < self.fin:
            self.tenir_seance(seance_le)
        for jour in (20, 24):
            instant = _a(premier + timedelta(days=jour), 11)
            if instant < self.fin:
                self.suivre(instant)

    def signaler(self, instant: datetime) -> None:
        if instant >= self.fin:
            return
        motif, exposition, origine, auteur = self.hasard.choice(RECITS[self.code])
        ages = (16, 22) if exposition == "recidive" else (10, 20)
        naissance = _naissance(instant.date(), self.hasard, *ages)
        sexe = self.hasard.choice("FMMM")
        nom = self.hasard.choice(description()["noms"])
        prenom = self.hasard.choice(description()["prenoms"][sexe])
        mineur = age(naissance, instant.date()) < MAJORITE
        parents = [DonneesRepresentant(nom=nom, prenom="Dominique", lien="mere")] if mineur else []
        with au_nom_de(self.compte(auteur), instant):
            situations.faire_signalement(
                cercle=self.cercle_public,
                personne=DonneesIdentite(nom=nom, prenom=prenom, sexe=sexe, naissance=naissance),
                exposition=exposition,
                motif=motif,
                origine=origine,
                texte="Un adulte référent est demandé." if self.hasard.random() < 0.4 else "",
                representants=parents,
            )

    # -- the séance -----------------------------------------------------------------------------

    def tenir_seance(self, instant: datetime) -> None:
        seance = self.preparer(instant)
        with au_nom_de(self.coordination, instant):
            instances.ouvrir_seance(seance=seance.public_id, version=2)
            attendus = instances.presences_de(seance)
            presents = {
                attendu.pk: "present" if self.hasard.random() < 0.85 and attendu.signe else "excuse"
                for attendu in attendus
            }
            presents.update([(attendu.pk, "present") for attendu in attendus if attendu.signe][:2])
            instances.noter_presences(seance=seance.public_id, etats=presents)
            for ligne in instances.points_de(seance):
                self.decider(seance.public_id, ligne)
            instances.clore_seance(seance=seance.public_id, version=3)

    def preparer(self, instant: datetime) -> instances.Seance:
        """Prepare and convene a séance eight days before, with all that is due on its agenda."""
        with au_nom_de(self.coordination, instant - timedelta(days=8)):
            seance = instances.preparer_seance(
                formation=self.formation.public_id,
                modele="ordinaire",
                commence_le=instant,
                duree_minutes=120,
                lieu="Salle du conseil",
            )
            instances.convoquer(seance=seance.public_id, version=1)
        with au_nom_de(self.coordination, instant - timedelta(hours=2)):
            dus = [p.objet for _, liste in instances.propositions(seance) for p in liste]
            instances.inscrire_points(seance=seance.public_id, objets=dus)
        return seance

    def decider(self, seance: UUID, ligne: instances.LigneDePoint) -> None:
        genre, objet = ligne.point.genre, ligne.point.objet
        ouvertes = {choix.code: choix for choix in source(genre).decisions(self.cercle, objet)}
        voulues = (
            (("retenu", 60), ("non_retenu", 30), ("droit_commun", 10))
            if genre == "signalement"
            else (("prolonger", 60), ("clore", 40))
        )
        possibles = [(code, poids) for code, poids in voulues if code in ouvertes]
        codes, poids = zip(*(possibles or [("reporter", 1)]), strict=True)
        decision = self.hasard.choices(codes, poids)[0]
        precision = self.hasard.choice(ISSUES) if decision == "clore" else ""
        if decision != "clore" and decision in ouvertes and ouvertes[decision].precisions:
            precision = ouvertes[decision].precisions[0][0]
        instances.decider_point(
            seance=seance,
            point=ligne.point.public_id,
            decision=decision,
            precision=precision,
            version=ligne.point.version,
        )

    # -- the follow-ups -------------------------------------------------------------------------

    def suivre(self, instant: datetime) -> None:
        """Letters and référents for the new ones, a contact for the others."""
        with au_nom_de(self.coordination, instant):
            ouvertes = list(situations.a_revoir(self.cercle, date.max))
        for suivie in ouvertes:
            dossier_neuf = (instant.date() - suivie.ouverte_le).days < 12
            if dossier_neuf and instant.day < 23:
                self.accueillir(suivie.public_id, instant)
            elif self.hasard.random() < 0.3:
                self.contacter(suivie.public_id, instant)

    def accueillir(self, situation: UUID, instant: datetime) -> None:
        """What follows an opening: letters, référent, objective, a first shared element."""
        referent, profession = self.hasard.choice(REFERENTS[self.code])
        jour = instant.date()
        libelle, domaine = self.hasard.choice(OBJECTIFS)
        with au_nom_de(self.coordination, instant):
            dossier = situations.lire_dossier(situation)
            destinataires = ["personne", *(["representant"] if dossier.identite.representants else [])]
            if self.hasard.random() < 0.92:
                for destinataire in destinataires:
                    situations.noter_remise_lettre(
                        situation=situation, destinataire=destinataire, remise_le=jour, moyen="main_propre"
                    )
            if self.hasard.random() < 0.85:
                situations.designer_referent(
                    situation=situation,
                    referent=self.compte(referent).public_id,
                    profession=profession,
                    depuis=jour,
                    accord_personne_le=jour,
                )
            situations.poser_objectif(
                situation=situation, libelle=libelle, domaine=domaine, echeance=jour + timedelta(days=150)
            )
        auteur, categorie, precision = self.hasard.choice(ELEMENTS[self.code])
        with au_nom_de(self.compte(auteur), instant):
            situations.partager_element(situation=situation, categorie=categorie, precision=precision)

    def contacter(self, situation: UUID, instant: datetime) -> None:
        """A contact by the référent; after three months the objective is often reached."""
        with au_nom_de(self.compte(REFERENTS[self.code][0][0]), instant):
            situations.noter_contact(
                situation=situation,
                le=instant.date(),
                moyen=self.hasard.choice(("entretien", "telephone", "rencontre_dehors")),
                avec="personne",
                duree_min=self.hasard.choice((20, 30, 45)),
                suite=self.hasard.choice(("rendez_vous", "relance", "aucune")),
            )
        with au_nom_de(self.coordination, instant):
            for objectif in situations.lire_dossier(situation).objectifs:
                age_du_suivi = instant.date() - (objectif.echeance - timedelta(days=150))
                if objectif.etat != "atteint" and age_du_suivi > timedelta(days=75):
                    situations.changer_etat_objectif(
                        objectif=objectif.public_id, etat="atteint", version=objectif.version
                    )

    # -- the year --------------------------------------------------------------------------------

    def tenir_pleniere(self, instant: datetime) -> None:
        """The yearly plenary (CSI, art. D. 132-9): subjects without a name, each with its conclusion."""
        formation = self.territoire.plenieres[self.code]
        with au_nom_de(self.coordination, instant - timedelta(days=21)):
            seance = instances.preparer_seance(
                formation=formation.public_id,
                modele="pleniere",
                commence_le=instant,
                duree_minutes=120,
                lieu="Salle des fêtes",
            )
            instances.convoquer(seance=seance.public_id, version=1)
        with au_nom_de(self.coordination, instant):
            instances.ouvrir_seance(seance=seance.public_id, version=2)
            etats = {attendu.pk: "present" for attendu in instances.presences_de(seance)}
            instances.noter_presences(seance=seance.public_id, etats=etats)
            for theme in instances.themes_de(seance):
                instances.conclure_theme(
                    seance=seance.public_id, theme=theme.public_id, releve="Débattu et noté.", version=1
                )
            instances.clore_seance(seance=seance.public_id, version=3)

    # -- what waits ------------------------------------------------------------------------------

    def laisser_a_faire(self) -> None:
        """Leave something to do: fresh signalements, and a séance convened for next week."""
        for jours in (6, 4, 2):
            self.signaler(self.fin - timedelta(days=jours))
        jour = (self.fin + timedelta(days=7)).astimezone(PARIS).date()
        with au_nom_de(self.coordination, self.fin - timedelta(days=1)):
            seance = instances.preparer_seance(
                formation=self.formation.public_id,
                modele="ordinaire",
                commence_le=_a(jour, 14),
                duree_minutes=120,
                lieu="Salle du conseil",
            )
            instances.convoquer(seance=seance.public_id, version=1)
        sorties.preparer(
            self.cercle,
            coordination=self.coordination,
            comptes=self.territoire.comptes,
            instant=self.fin - timedelta(days=1),
        )


def raconter(
    territoire: Territoire, *, debut: date, fin: datetime, graine: int, dire: Callable[[str], None]
) -> None:
    """Tell the story of every groupe from ``debut`` to ``fin``, and leave a séance to come."""
    for rang, code in enumerate(territoire.groupes):
        # Not for secrecy: a seed must give the same territory everywhere.
        conteur = Conteur(territoire, code, Random(f"{graine}-{rang}"), fin)
        premier = _mois_suivant(debut)
        while _a(premier, 0) < fin:
            conteur.mois(premier)
            premier = _mois_suivant(premier)
        for annee in range(debut.year, fin.year + 1):
            pleniere = _a(date(annee, 6, 18), 18)
            if _a(debut, 0) < pleniere < fin:
                conteur.tenir_pleniere(pleniere)
        conteur.laisser_a_faire()
        dire(f"{territoire.groupes[code].nom} : deux ans d’activité.")


def _mois_suivant(jour: date) -> date:
    return (jour.replace(day=1) + timedelta(days=32)).replace(day=1)


def _a(jour: date, heure: int) -> datetime:
    return datetime.combine(jour, time(heure), tzinfo=PARIS)


def _naissance(le: date, hasard: Random, age_min: int, age_max: int) -> date:
    jours = hasard.randint(age_min * 365 + 10, age_max * 365)
    return le - timedelta(days=jours)
