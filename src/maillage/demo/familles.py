"""The family council of Colomiers in the demonstration: a file at each stage. Invented families only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from maillage.acteurs.api import Compte, Organisme
from maillage.demo.territoire import Territoire, au_nom_de
from maillage.maire import api_familles as familles
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
}
VENUES = ("entendu", "accompagne", "clos")


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
    """Seven families, from the one to convene to the one helped; none before the council exists."""
    cercle = territoire.registres["familles_colomiers"].cercle
    assert cercle is not None
    agent, maire = territoire.comptes["coordonnatrice"], territoire.comptes["maire"]
    organisme = territoire.comptes["assistante"].organisme
    assert organisme is not None
    for etape, (prenom, nom, ans, motif, origine, jours) in RECITS.items():
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
        _poursuivre(_Recit(dossier.public_id, agent, maire), etape, recu, fin, organisme)


def _poursuivre(r: _Recit, etape: str, recu: datetime, fin: datetime, organisme: Organisme) -> None:
    if etape == "saisi":
        return
    if etape == "differe":
        r.faire(r.agent, recu + timedelta(days=2), familles.s_abstenir, suivi="suivi_existant")
        return
    convoque = recu + timedelta(days=2)
    audition = fin + timedelta(days=4) if etape == "convoque" else convoque + timedelta(days=12)
    _convoquer(r, convoque, audition)
    if etape == "carence":
        r.faire(r.agent, audition + timedelta(hours=2), familles.noter_absence, issue="absente")
        seconde = audition + timedelta(days=20)
        _convoquer(r, audition + timedelta(days=1), seconde)
        r.faire(r.agent, seconde + timedelta(hours=2), familles.noter_absence, issue="absente")
        saisine = seconde + timedelta(days=3)
        r.faire(r.maire, saisine, familles.saisir_departement, departement="31")
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
    if etape == "accompagne":
        proposition, jour = familles.proposer_accompagnement, le.date()
        r.faire(r.maire, le + timedelta(hours=1), proposition, organisme=organisme.public_id)
        r.faire(
            r.agent,
            le + timedelta(hours=2),
            familles.noter_reponse,
            oui=True,
            debut=jour,
            fin=jour + timedelta(days=150),
            referent=r.agent.pk,
        )
        plus_tard = le + timedelta(days=40)
        r.faire(
            r.agent,
            plus_tard,
            familles.faire_le_point,
            resultat="progres",
            fait_le=plus_tard.date(),
            prochain_le=(plus_tard + timedelta(days=45)).date(),
        )
        return
    r.faire(
        r.agent, le, familles.proposer_suite, genre="recommandation", types=["assiduite", "contact_ecole"]
    )
    if etape == "clos":
        r.faire(r.agent, le + timedelta(days=30), familles.clore_famille, issue="aidee")
