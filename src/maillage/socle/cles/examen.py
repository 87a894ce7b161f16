"""The store of keys as `maillage controler` judges it."""

from __future__ import annotations

from typing import Final

import psycopg

from maillage.socle.cles.coffre import Coffre
from maillage.socle.cles.maitre import MaitreRefusee

_DROITS: Final = """
SELECT coalesce(string_agg(t || ' : ' || p, ', ' ORDER BY t, p), '')
FROM unnest(ARRAY['maitre', 'cle', 'detruite']) AS t,
     unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS p
WHERE has_table_privilege(session_user, 'public.' || t, p) AND (t, p) <> ('cle', 'INSERT')"""


def examiner(coffre: Coffre) -> tuple[bool, str]:
    """Whether the store can be relied on, and a sentence; run as the web role."""
    try:
        ((droits,),) = coffre.lignes(_DROITS)
        maitresses = dict(coffre.lignes("SELECT empreinte, courante FROM maitre"))
        connues = set(coffre.maitre.connues())
    except MaitreRefusee as refus:
        phrase = str(refus)
        return False, phrase[:1].upper() + phrase[1:]
    except psycopg.Error as erreur:
        return False, f"Le coffre des clés ne répond pas ({type(erreur).__name__})."
    if droits:
        return False, f"Le rôle web peut changer le coffre des clés ({droits})."
    if not any(maitresses.values()):
        return False, "Le coffre n’a pas de clé maîtresse : lancez « maillage base preparer »."
    if absentes := sorted(set(maitresses) - connues):
        return False, f"La clé maîtresse manque ({', '.join(absentes)}) : remettez son fichier d’origine."
    if len(maitresses) > 1:
        return False, "Une rotation s’est interrompue : relancez « maillage cles tourner »."
    return True, "Les clés sont dans leur coffre, leur clé maîtresse est hors de PostgreSQL."
