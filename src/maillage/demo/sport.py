"""Venues of the commune and notices due to its mayor, told by the real services. Invented persons only."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from maillage.demo.territoire import Territoire, au_nom_de
from maillage.maire import api as maire
from maillage.situations.api import DonneesIdentite, DonneesRepresentant

ACTES = "actes_colomiers"
COMMISSION = ("maire", "service_sports", "club")
MERE = DonneesRepresentant(nom="Talayran", prenom="Camille", lien="mere", adresse="4 rue du Stade")
#: person, parents, facts, kind and name of the venue, days since, last step.
DOSSIERS = (
    (("Talayran", "Yann", "M", date(2010, 3, 9)), True, "violence_arbitre", "stade", "Stade Capitany", 12),
    (("Roquefère", "Sarah", "F", date(2001, 8, 2)), False, "insultes", "gymnase", "Gymnase Piquemil", 4),
    (
        ("Ravel", "Sofia", "F", date(2004, 5, 30)),
        False,
        "degradation",
        "plein_air",
        "City-stade Ramassiers",
        46,
    ),
    (("Montpitol", "Enzo", "M", date(1999, 1, 17)), False, "intrusion", "piscine", "Espace nautique", 70),
)
#: kind, days since its cause, number of the parquet, answer.
AVIS = (
    ("suites_signalement", 48, "26/118", ""),
    ("suites_signalement", 9, "26/204", ""),
    ("suites_signalement", 75, "26/071", "classement_opportunite"),
    ("suites_trouble", 30, "", ""),
    ("infraction_trouble", 20, "", "information_donnee"),
)


def raconter_le_sport(territoire: Territoire, fin: datetime) -> None:
    """One file at each step, notices on time, overdue and received, in the register of Colomiers."""
    cercle = territoire.registres[ACTES].cercle
    assert cercle is not None  # a register always has one
    registre, agent, elu = (
        cercle.public_id,
        territoire.comptes["secretaire"],
        territoire.comptes["maire"],
    )
    for identite, mineur, faits, genre, lieu, jours in DOSSIERS:
        nom, prenom, sexe, naissance = identite
        le = fin - timedelta(days=jours)
        with au_nom_de(agent, le):
            mesure = maire.ouvrir_mesure(
                registre=registre,
                personne=DonneesIdentite(nom=nom, prenom=prenom, sexe=sexe, naissance=naissance),
                faits=maire.FaitsDeSport("gestionnaire", faits, (le - timedelta(days=3)).date(), genre, lieu),
                representants=[MERE] if mineur else [],
            )
        if faits == "degradation":
            _reparer(mesure, territoire, le)
            continue
        if jours > 4:
            with au_nom_de(agent, le + timedelta(days=1)):
                maire.inviter_a_s_expliquer(mesure=mesure.public_id, version=1, composition=COMMISSION)
        if jours > 20:
            _decider(mesure, territoire, le)
    for genre, jours, reference, reponse in AVIS:
        cause = fin - timedelta(days=jours)
        with au_nom_de(agent, cause):
            avis = maire.demander_avis(
                registre=registre,
                genre=genre,
                cause_le=cause.date(),
                demande_le=cause.date(),
                reference=reference,
            )
        if reponse:
            with au_nom_de(agent, cause + timedelta(days=18)):
                maire.recevoir_avis(
                    avis=avis.public_id,
                    version=1,
                    recu_le=(cause + timedelta(days=18)).date(),
                    reponse=reponse,
                )
        elif jours > 40:
            with au_nom_de(elu, fin - timedelta(days=6)):
                maire.relancer_avis(avis=avis.public_id)


def _reparer(mesure: maire.MesureSport, territoire: Territoire, le: datetime) -> None:
    """What the parquet decided under the protocol: agreed to, done, and the file closed."""
    agent = territoire.comptes["secretaire"]
    with au_nom_de(agent, le + timedelta(days=5)):
        maire.convenir_reparation(
            mesure=mesure.public_id,
            version=1,
            tache="remise_en_etat",
            heures=12,
            accord_le=(le + timedelta(days=4)).date(),
        )
    with au_nom_de(agent, le + timedelta(days=30)):
        maire.finir_reparation(
            mesure=mesure.public_id, version=2, heures_faites=12, faite_le=(le + timedelta(days=29)).date()
        )


def _decider(mesure: maire.MesureSport, territoire: Territoire, le: datetime) -> None:
    agent, elu = territoire.comptes["secretaire"], territoire.comptes["maire"]
    with au_nom_de(agent, le + timedelta(days=9)):
        maire.noter_observations(
            mesure=mesure.public_id,
            version=2,
            mode="orales",
            recues_le=(le + timedelta(days=9)).date(),
        )
    with au_nom_de(elu, le + timedelta(days=14)):
        debut = (le + timedelta(days=14)).date()
        maire.decider_mesure(
            mesure=mesure.public_id,
            version=3,
            projet=maire.ProjetDeDecision(
                decision="exclusion",
                motifs=("faits_etablis", "securite"),
                base="Règlement de l’espace nautique, art. 12",
                maximum_jours=180,
                debut=debut,
                fin=debut + timedelta(days=89),
            ),
        )
    with au_nom_de(agent, le + timedelta(days=17)):
        maire.notifier_mesure(
            mesure=mesure.public_id, version=4, notifiee_le=(le + timedelta(days=17)).date()
        )
