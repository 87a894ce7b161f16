"""What must hold in the database whenever a process may have died: each query finds nothing."""

from __future__ import annotations

from tests.pannes.service import Service

DECIDE = "p.decision NOT IN ('', 'reporter')"
#: A table of the follow-up, its fact, and how many rows each fact counts: the two always agree.
COMPTES = {"contact": "contact", "bilan": "bilan", "lettre": "lettre", "designation": "designation"}
#: Each row of the table has its entry in the journal, under its own public id.
JOURNAL = {
    "instances_conseil": "conseil_cree",
    "instances_formation": "formation_creee",
    "instances_habilitation": "habilitation_accordee",
    "instances_seance": "seance_preparee",
    "situations_signalement": "signalement",
    "situations_situation": "situation_ouverte",
}

REGLES = {
    "un point décidé a son effet": f"""
        SELECT p.id FROM instances_point p JOIN situations_signalement s ON s.public_id = p.objet
        WHERE p.genre = 'signalement' AND {DECIDE} AND s.etat IN ('recu', 'inscrit')""",
    "un effet a sa décision": f"""
        SELECT s.id FROM situations_signalement s WHERE s.etat NOT IN ('recu', 'inscrit') AND NOT EXISTS
        (SELECT 1 FROM instances_point p WHERE p.objet = s.public_id AND {DECIDE})""",
    "une situation a la décision de sa séance": """
        SELECT t.id FROM situations_situation t JOIN situations_signalement s ON s.id = t.signalement_id
        WHERE NOT EXISTS (SELECT 1 FROM instances_point p JOIN instances_seance e ON e.id = p.seance_id
        WHERE p.objet = s.public_id AND p.decision = 'retenu' AND e.public_id = t.ouverte_en_seance)""",
    "un signalement retenu a sa situation": """
        SELECT s.id FROM situations_signalement s WHERE s.etat = 'ouvert' AND NOT EXISTS
        (SELECT 1 FROM situations_situation t WHERE t.signalement_id = s.id)""",
    "inscrit veut dire à l’ordre du jour": """
        SELECT s.id FROM situations_signalement s WHERE (s.etat = 'inscrit') <> EXISTS
        (SELECT 1 FROM instances_point p JOIN instances_seance e ON e.id = p.seance_id WHERE p.objet =
        s.public_id
         AND p.decision = '' AND e.etat IN ('preparee', 'convoquee', 'ouverte'))""",
    "un point décidé dit quand et par qui": """
        SELECT id FROM instances_point WHERE (decision <> '') <> (decide_le IS NOT NULL)
        OR (decision <> '') <> (decide_par_id IS NOT NULL)""",
    "une séance a les dates de son état": """
        SELECT id FROM instances_seance WHERE (etat IN ('convoquee', 'ouverte', 'close')) <>
        (convoquee_le IS NOT NULL)
        OR (etat IN ('ouverte', 'close')) <> (ouverte_le IS NOT NULL) OR (etat = 'close') <> (close_le
        IS NOT NULL)""",
    "une séance close n’a rien en suspens": """
        SELECT e.id FROM instances_seance e JOIN instances_point p ON p.seance_id = e.id
        WHERE e.etat = 'close' AND p.decision = ''""",
    "une séance convoquée attend ses membres, chacun une fois": """
        SELECT e.id FROM instances_seance e LEFT JOIN instances_presence p ON p.seance_id = e.id
        WHERE e.etat <> 'preparee' GROUP BY e.id HAVING count(p.id) = 0 OR count(p.id) <> count(DISTINCT
        p.compte_id)""",
    "un référent en cours au plus": """
        SELECT situation_id FROM situations_designation WHERE jusqua IS NULL
        GROUP BY situation_id HAVING count(*) > 1""",
    "un texte en vigueur au plus": """
        SELECT formation_id FROM instances_texte WHERE etat = 'adopte'
        GROUP BY formation_id, genre HAVING count(*) > 1""",
    "un groupe nominatif a son cercle et ses textes": """
        SELECT f.id FROM instances_formation f WHERE (f.regime = 'nominatif') <> (f.cercle_id IS NOT NULL)
        OR (f.cercle_id IS NOT NULL AND (SELECT count(*) FROM instances_texte t WHERE t.formation_id =
        f.id) <> 2)""",
    "un cercle a sa formation": """
        SELECT c.id FROM instances_cercle c WHERE NOT EXISTS
        (SELECT 1 FROM instances_formation f WHERE f.cercle_id = c.id)""",
    "un numéro a sa situation": """
        SELECT n.id FROM situations_numerotation n WHERE n.dernier <>
        (SELECT count(*) FROM situations_situation t WHERE t.cercle_id = n.cercle_id)""",
    "une identité est celle d’un signalement": """
        SELECT i.id FROM situations_identite i WHERE NOT EXISTS
        (SELECT 1 FROM situations_signalement s WHERE s.identite_id = i.id)""",
    "un signalement a son fait": """
        SELECT s.id FROM situations_signalement s WHERE (SELECT count(*) FROM socle_fait_statistique f
        WHERE f.fil = s.fil AND f.evenement = 'signalement') <> 1""",
    "une décision a son fait": f"""
        SELECT p.id FROM instances_point p JOIN situations_signalement s ON s.public_id = p.objet
        WHERE {DECIDE} AND NOT EXISTS (SELECT 1 FROM socle_fait_statistique f
        WHERE f.fil = s.fil AND f.evenement = 'decision')""",
    "une situation a le fait de son ouverture, et de sa clôture": """
        SELECT t.id FROM situations_situation t WHERE (SELECT count(*) FROM socle_fait_statistique f
        WHERE f.fil = t.fil AND f.evenement = 'ouverture') <> 1 OR (SELECT count(*) FROM
        socle_fait_statistique f
        WHERE f.fil = t.fil AND f.evenement = 'cloture') <> (t.etat = 'close')::int""",
    "une séance close a son fait": """
        SELECT 1 WHERE (SELECT count(*) FROM instances_seance WHERE etat = 'close') <>
        (SELECT count(*) FROM socle_fait_statistique WHERE evenement = 'seance')""",
    "un jeton mène quelque part": "SELECT id FROM socle_jetonformulaire WHERE resultat = ''",
    **{
        f"chaque {table} a son fait": f"""
        SELECT 1 WHERE (SELECT count(*) FROM situations_{table}) <>
        (SELECT count(*) FROM socle_fait_statistique WHERE evenement = '{fait}')"""
        for table, fait in COMPTES.items()
    },
    **{
        f"{table} : chaque ligne est au journal": f"""
        SELECT t.id FROM {table} t WHERE (SELECT count(*) FROM socle_journal j
        WHERE j.objet = t.public_id::text AND j.evenement = '{evenement}') <> 1"""
        for table, evenement in JOURNAL.items()
    },
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
