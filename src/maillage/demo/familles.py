"""The family council of Colomiers in the demonstration: a file at each stage, a child proposed to it.

Invented families only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from maillage.acteurs.api import Compte, Organisme
from maillage.demo.territoire import Territoire, au_nom_de
from maillage.instances import api as instances
from maillage.maire import api_familles as familles
from maillage.situations import api as situations
from maillage.situations.api import DonneesIdentite, DonneesRepresentant

#: stage -> first name, surname, age, motif, origin, days since it was received.
RECITS: dict[str, tuple[str, str, int, str, str, int]] = {
    "saisi": ("Malo", "Gourdanel", 12, "absenteisme", "etablissement_scolaire", 6),
    "convoque": ("Lina", "Escandou", 14, "comportement_inquietant", "maire", 14),
    "carence": ("Yann", "Ferrandis", 15, "absenteisme", "etablissement_scolaire", 70),
    "entendu": ("Jade", "Montpitol", 13, "demande_parents", "parents", 40),
    "accompagne": ("Sacha", "Rieussec", 11, "exclusions", "etablissement_scolaire", 90),
    "differe": ("Clara", "Labastou", 16, "incivilites", "groupe", 30),
    "clos": ("Noam", "Durfortin", 12, "absenteisme", "caf", 80),
    "par": ("Ambre", "Hautpuech", 13, "exclusions", "etablissement_scolaire", 45),
    "refuse": ("Ilyès", "Issanlas", 15, "incivilites", "maire", 35),
    "atteste": ("Louna", "Jouqueviel", 10, "demande_parents", "parents", 95),
    "repondu": ("Nolan", "Lavalrane", 14, "comportement_inquietant", "maire", 97),
}
VENUES = ("entendu", "accompagne", "clos", "par", "refuse", "atteste")
#: Absent twice: the mayor then asks the département.
ABSENTES = ("carence", "repondu")


@dataclass(frozen=True)
class _Recit:
    """A file being told: the coordination records, the mayor acts."""

    cle: UUID
    agent: Compte
    maire: Compte

    def faire(self, qui: Compte, instant: datetime, commande: object, **champs: object) -> None:
        assert callable(commande)
        with au_nom_de(qui, instant):
            commande(dossier=self.cle, version=familles.version_de(self.cle), **champs)


def raconter_les_familles(territoire: Territoire, debut: datetime, fin: datetime) -> None:
    """Eleven families, from the one to convene to the one helped; none before the council exists.

    The deputy whom the mayor delegated presides over the hearings that end well.
    """
    cercle = territoire.registres["familles_colomiers"].cercle
    assert cercle is not None
    comptes = territoire.comptes
    agent, maire, adjointe = comptes["coordonnatrice"], comptes["maire"], comptes["adjointe"]
    organisme = comptes["assistante"].organisme
    assert organisme is not None
    # In the order they were received, so that numbers follow days as in a real register.
    for etape in sorted(RECITS, key=lambda etape: -RECITS[etape][-1]):
        prenom, nom, ans, motif, origine, jours = RECITS[etape]
        recu = fin - timedelta(days=jours)
        if recu < debut:
            continue
        mere = DonneesRepresentant(nom, "Nora", "mere", adresse="2 rue des Prés, 31770 Colomiers")
        pere = DonneesRepresentant("Bourrassol", "Karim", "pere", adresse="9 chemin du Lac, 31770 Colomiers")
        with au_nom_de(agent, recu):
            dossier = familles.saisir(
                conseil=cercle.public_id,
                personne=DonneesIdentite(nom, prenom, naissance=date(fin.year - ans, 2, 11)),
                representants=(mere, pere) if etape == "convoque" else (mere,),
                motif=motif,
                origine=origine,
            )
        elu = adjointe if etape in ("atteste", "par") else maire
        _poursuivre(_Recit(dossier.public_id, agent, elu), etape, recu, fin, organisme)
    _proposer_au_conseil(territoire, debut, fin)


def _poursuivre(r: _Recit, etape: str, recu: datetime, fin: datetime, organisme: Organisme) -> None:
    if etape == "saisi":
        return
    if etape == "differe":
        r.faire(r.agent, recu + timedelta(days=2), familles.s_abstenir, suivi="suivi_existant")
        return
    convoque = recu + timedelta(days=2)
    audition = fin + timedelta(days=4) if etape == "convoque" else convoque + timedelta(days=12)
    _convoquer(r, convoque, audition)
    if etape in ABSENTES:
        r.faire(r.agent, audition + timedelta(hours=2), familles.noter_absence, issue="absente")
        seconde = audition + timedelta(days=20)
        _convoquer(r, audition + timedelta(days=1), seconde)
        r.faire(r.agent, seconde + timedelta(hours=2), familles.noter_absence, issue="absente")
        saisine = seconde + timedelta(days=3)
        r.faire(r.maire, saisine, familles.saisir_departement, departement="31")
    if etape == "repondu":
        reponse = fin - timedelta(days=12)
        r.faire(
            r.agent,
            reponse,
            familles.noter_reponse_du_departement,
            reponse="mesure",
            reponse_le=reponse.date(),
        )
    if etape in VENUES:
        _entendre(r, etape, audition + timedelta(hours=2), organisme)


def _convoquer(r: _Recit, le: datetime, audition: datetime) -> None:
    r.faire(
        r.agent,
        le,
        familles.convoquer,
        audition_le=audition,
        lieu="Hôtel de ville, salle des mariages",
        moyen="courrier",
        membres=[r.maire.pk, r.agent.pk],
    )


def _entendre(r: _Recit, etape: str, le: datetime, organisme: Organisme) -> None:
    r.faire(
        r.agent,
        le,
        familles.entendre,
        preside_par=r.maire.pk,
        membres=[r.maire.pk, r.agent.pk],
        famille=["mere", "enfant"],
    )
    if etape in ("accompagne", "atteste", "refuse"):
        _accompagner(r, etape, le, organisme)
        return
    suite: dict[str, object] = {"genre": "recommandation", "types": ["assiduite", "contact_ecole"]}
    if etape == "par":
        suite = {"genre": "par", "debut": le.date(), "fin": le.date() + timedelta(days=90)}
    r.faire(r.agent, le, familles.proposer_suite, **suite)
    if etape == "clos":
        r.faire(r.agent, le + timedelta(days=30), familles.clore_famille, issue="aidee")


def _accompagner(r: _Recit, etape: str, le: datetime, organisme: Organisme) -> None:
    """Proposed by the elected member; the parents accept or refuse; one goes to its term."""
    jour = le.date()
    proposition = familles.proposer_accompagnement
    r.faire(r.maire, le + timedelta(hours=1), proposition, organisme=organisme.public_id)
    reponse = le + timedelta(hours=2)
    if etape == "refuse":
        r.faire(r.agent, reponse, familles.noter_reponse, oui=False)
        return
    duree = 150 if etape == "accompagne" else 60
    fin = jour + timedelta(days=duree)
    dates: dict[str, object] = {"debut": jour, "fin": fin, "referent": r.agent.pk}
    r.faire(r.agent, reponse, familles.noter_reponse, oui=True, **dates)
    point = le + timedelta(days=40)
    prochain = (point + timedelta(days=45)).date()
    bilan: dict[str, object] = {"resultat": "progres", "fait_le": point.date(), "prochain_le": prochain}
    r.faire(r.agent, point, familles.faire_le_point, **bilan)
    if etape == "atteste":
        terme = le + timedelta(days=duree)
        r.faire(r.agent, terme, familles.terminer_accompagnement, issue="suivi", fini_le=terme.date())


def _proposer_au_conseil(territoire: Territoire, debut: datetime, fin: datetime) -> None:
    """A groupe proposes a child to the council in a séance of this week: the gate waits to be used."""
    formation = territoire.groupes.get("jeunesse")
    signale, tenue = fin - timedelta(days=9), fin - timedelta(days=3)
    if formation is None or formation.cercle is None or signale < debut:
        return
    coordination = territoire.comptes["coordonnatrice"]
    with au_nom_de(territoire.comptes["principal"], signale):
        signalement = situations.faire_signalement(
            cercle=formation.cercle.public_id,
            personne=DonneesIdentite("Nougaroulet", "Zoé", "F", naissance=date(fin.year - 11, 2, 11)),
            representants=(DonneesRepresentant("Nougaroulet", "Lise", "mere"),),
            exposition="delinquance",
            motif="absences_repetees",
            origine="etablissement_scolaire",
        )
    with au_nom_de(coordination, tenue - timedelta(days=5)):
        seance = instances.preparer_seance(
            formation=formation.public_id,
            modele="ordinaire",
            commence_le=tenue,
            duree_minutes=60,
            lieu="Salle du conseil",
        )
        instances.inscrire_points(seance=seance.public_id, objets=[signalement.public_id])
        instances.convoquer(seance=seance.public_id, version=1)
    with au_nom_de(coordination, tenue):
        instances.ouvrir_seance(seance=seance.public_id, version=2)
        signataires = [attendu.pk for attendu in instances.presences_de(seance) if attendu.signe]
        instances.noter_presences(seance=seance.public_id, etats=dict.fromkeys(signataires, "present"))
        (ligne,) = instances.points_de(seance)
        instances.decider_point(
            seance=seance.public_id,
            point=ligne.point.public_id,
            decision="cddf",
            version=ligne.point.version,
        )
        instances.clore_seance(seance=seance.public_id, version=3)
