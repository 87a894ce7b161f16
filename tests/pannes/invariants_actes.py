"""What must hold of the mayor's acts whenever a process may have died: each query finds nothing.

State, line of the register, entry of the journal, anonymous fact and version of a file: all of a step is
there, or none of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.pannes.service import Service


@dataclass(frozen=True)
class Suivi:
    """A kind of file: its table, its register, its entry in the journal, and when its line says its end.

    ``premier``: the fact that counts it as soon as it is there, none for a rappel.
    """

    table: str
    registre: str
    entree: str
    premier: str
    finis: str


SUIVIS = (
    Suivi("maire_rappel", "rappels", "rappel_recu", "", "'clos', 'sans_acte', 'transmis', 'rectifie'"),
    Suivi(
        "maire_transaction",
        "transactions",
        "transaction_constatee",
        "transaction",
        "'executee', 'close', 'refusee', 'transmise', 'abandonnee', 'non_homologuee', 'non_executee'",
    ),
    Suivi("maire_dossierfamille", "familles", "famille_saisie", "famille_saisie", "'clos'"),
    Suivi(
        "maire_mesuresport",
        "sport",
        "mesure_sport_ouverte",
        "sport",
        "'decidee', 'notifiee', 'close', 'retiree'",
    ),
    Suivi("maire_avisdu", "avis", "avis_demande", "avis_demande", "'recu', 'retire'"),
)


def _des_dossiers(s: Suivi) -> dict[str, str]:
    du_dossier = "j.objet = d.public_id::text"
    regles = {
        "un dossier a sa ligne, du même numéro": f"""
        SELECT d.id FROM {s.table} d WHERE (SELECT count(*) FROM maire_lignederegistre l
        WHERE l.objet = d.public_id AND l.cercle_id = d.cercle_id AND l.registre = '{s.registre}'
        AND l.annee = d.annee AND l.numero = d.numero) <> 1""",
        "une ligne a son dossier": f"""
        SELECT l.id FROM maire_lignederegistre l WHERE l.registre = '{s.registre}' AND NOT EXISTS
        (SELECT 1 FROM {s.table} d WHERE d.public_id = l.objet)""",
        "la ligne dit la fin, et elle seule": f"""
        SELECT d.id FROM {s.table} d JOIN maire_lignederegistre l ON l.objet = d.public_id
        WHERE (d.etat IN ({s.finis})) <> (l.issue <> '')""",
        "un dossier entre une fois au journal": f"""
        SELECT d.id FROM {s.table} d WHERE (SELECT count(*) FROM socle_journal j
        WHERE {du_dossier} AND j.evenement = '{s.entree}') <> 1""",
        "chaque pas est au journal et dans la version": f"""
        SELECT d.id FROM {s.table} d WHERE d.version <> (SELECT count(*) FROM socle_journal j
        WHERE {du_dossier} AND left(j.evenement, 7) <> 'lecture'
        AND j.evenement NOT IN ('refus', 'introuvable'))""",
    }
    if s.premier:
        regles["un dossier a son premier fait"] = f"""
        SELECT d.id FROM {s.table} d WHERE NOT EXISTS (SELECT 1 FROM socle_fait_statistique f
        WHERE f.fil = d.fil AND f.evenement = '{s.premier}')"""
    return {f"{s.registre} : {regle}": requete for regle, requete in regles.items()}


def _autant(table: str, fait: str, piece: str, ou: str = "true") -> str:
    """Files of which that many pieces are written, and another number of facts counted."""
    return f"""
        SELECT d.id FROM maire_{table} d WHERE (SELECT count(*) FROM maire_{piece} p
        WHERE p.dossier_id = d.id AND {ou}) <> (SELECT count(*) FROM socle_fait_statistique f
        WHERE f.fil = d.fil AND f.evenement = '{fait}')"""


REGLES = {
    "les numéros d’un registre se suivent": """
        SELECT cercle_id FROM maire_lignederegistre GROUP BY cercle_id, registre, annee
        HAVING min(numero) <> 1 OR max(numero) <> count(*) OR count(DISTINCT numero) <> count(*)""",
    **{nom: requete for suivi in SUIVIS for nom, requete in _des_dossiers(suivi).items()},
    # --- what the state of a file says, its pieces say it too
    "un rappel convoqué a sa convocation": """
        SELECT d.id FROM maire_rappel d WHERE d.etat IN ('convoque', 'entendu', 'prononce', 'consigne',
        'clos') AND NOT EXISTS (SELECT 1 FROM maire_convocation p WHERE p.dossier_id = d.id)""",
    "un rappel fait a son acte, et lui seul": """
        SELECT d.id FROM maire_rappel d WHERE (d.etat IN ('prononce', 'consigne', 'clos')) <> EXISTS
        (SELECT 1 FROM maire_actederappel p WHERE p.dossier_id = d.id)""",
    "un rappel consigné a son compte rendu": """
        SELECT d.id FROM maire_rappel d WHERE (d.etat IN ('consigne', 'clos')) <> EXISTS
        (SELECT 1 FROM maire_compterendu p WHERE p.dossier_id = d.id)""",
    "un rappel clos a sa suite": """
        SELECT d.id FROM maire_rappel d WHERE (d.etat = 'clos') <> EXISTS
        (SELECT 1 FROM maire_suitederappel p WHERE p.dossier_id = d.id)""",
    "une transaction avancée a sa proposition": """
        SELECT d.id FROM maire_transaction d WHERE (d.etat NOT IN ('constatee', 'abandonnee')) <> EXISTS
        (SELECT 1 FROM maire_propositiondetransaction p WHERE p.dossier_id = d.id)""",
    "une transaction homologuée l’a été par quelqu’un": """
        SELECT d.id FROM maire_transaction d WHERE (d.etat IN ('homologuee', 'executee', 'close')) <> EXISTS
        (SELECT 1 FROM maire_actedetransaction p WHERE p.dossier_id = d.id AND p.genre = 'homologation')""",
    "une transaction exécutée l’est en entier": """
        SELECT d.id FROM maire_transaction d JOIN maire_propositiondetransaction o ON o.dossier_id = d.id
        WHERE (d.etat IN ('executee', 'close')) <> (o.montant = (SELECT coalesce(sum(p.montant), 0)
        FROM maire_executiondetransaction p WHERE p.dossier_id = d.id))""",
    "les euros comptés sont les euros versés": """
        SELECT d.id FROM maire_transaction d WHERE (SELECT coalesce(sum(p.montant) * 100, 0)
        FROM maire_executiondetransaction p WHERE p.dossier_id = d.id) <> (SELECT coalesce(sum(f.nombre), 0)
        FROM socle_fait_statistique f WHERE f.fil = d.fil AND f.evenement = 'transaction_euros')""",
    "une famille entendue l’a été à son audition": """
        SELECT d.id FROM maire_dossierfamille d WHERE (d.etat IN ('entendu', 'accompagne', 'clos')) <> EXISTS
        (SELECT 1 FROM maire_auditionfamille p WHERE p.dossier_id = d.id)""",
    "une convocation de famille entendue est venue": """
        SELECT c.id FROM maire_convocationfamille c WHERE (c.issue = 'venue') <> EXISTS
        (SELECT 1 FROM maire_auditionfamille p WHERE p.convocation_id = c.id)""",
    "une famille accompagnée l’est par quelqu’un": """
        SELECT d.id FROM maire_dossierfamille d WHERE (d.etat = 'accompagne') <> EXISTS
        (SELECT 1 FROM maire_accompagnementparental p WHERE p.dossier_id = d.id AND p.etat = 'en_cours')""",
    "une mesure décidée a sa décision, notifiée sa remise": """
        SELECT d.id FROM maire_mesuresport d WHERE (d.etat IN ('decidee', 'notifiee', 'close')) <> EXISTS
        (SELECT 1 FROM maire_decisionsport p WHERE p.dossier_id = d.id) OR (d.etat IN ('notifiee', 'close'))
        <> EXISTS (SELECT 1 FROM maire_notificationsport p WHERE p.dossier_id = d.id)""",
    "une mesure invitée a son invitation": """
        SELECT d.id FROM maire_mesuresport d WHERE (d.etat <> 'recue') <> EXISTS
        (SELECT 1 FROM maire_invitationsport p WHERE p.dossier_id = d.id)""",
    # --- and its facts count them
    "chaque rappel fait est compté": _autant("rappel", "rappel", "actederappel"),
    "chaque position est comptée": _autant("rappel", "rappel_position", "compterendu"),
    "chaque suite est comptée": _autant("rappel", "rappel_suite", "suitederappel"),
    "chaque proposition est comptée": _autant(
        "transaction", "transaction_proposee", "propositiondetransaction"
    ),
    "chaque audition est comptée": _autant("dossierfamille", "famille_entendue", "auditionfamille"),
    "chaque décision est comptée": _autant("mesuresport", "sport_decision", "decisionsport"),
    "chaque réparation finie est comptée": _autant(
        "mesuresport", "sport_reparation", "reparationsport", "p.faite_le IS NOT NULL"
    ),
    "chaque famille close est comptée": """
        SELECT d.id FROM maire_dossierfamille d WHERE (d.etat = 'clos')::int <> (SELECT count(*)
        FROM socle_fait_statistique f WHERE f.fil = d.fil AND f.evenement = 'famille_close')""",
    "chaque avis reçu est compté": """
        SELECT d.id FROM maire_avisdu d WHERE (d.etat = 'recu')::int <> (SELECT count(*)
        FROM socle_fait_statistique f WHERE f.fil = d.fil AND f.evenement = 'avis_recu')""",
    "une identité est celle d’un dossier": """
        SELECT i.id FROM situations_identite i WHERE NOT EXISTS (SELECT 1 FROM maire_rappel d
        WHERE d.identite_id = i.id) AND NOT EXISTS (SELECT 1 FROM maire_transaction d
        WHERE d.identite_id = i.id) AND NOT EXISTS (SELECT 1 FROM maire_dossierfamille d
        WHERE d.identite_id = i.id) AND NOT EXISTS (SELECT 1 FROM maire_mesuresport d
        WHERE d.identite_id = i.id)""",
    "un jeton mène quelque part": "SELECT id FROM socle_jetonformulaire WHERE resultat = ''",
}


def exiger(service: Service) -> None:
    """Raise with the names of the rules that do not hold."""
    requete = " UNION ALL ".join(
        f"(SELECT '{regle.replace(chr(39), chr(39) * 2)}', count(*) FROM ({sql}) q HAVING count(*) > 0)"
        for regle, sql in REGLES.items()
    )
    fautes = service.lire(requete)
    # Said in full: asserts of a helper module are not always rewritten by the runner.
    assert fautes == [], fautes
