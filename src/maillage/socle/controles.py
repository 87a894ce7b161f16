"""Invariants of the live system, each with a stable code, a verdict and a sentence.

``maillage controler`` runs them; rooms add theirs with ``controle``. A control that does not apply
says "sans objet" and counts as green.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError, connection

#: Tables that hold named persons are recognised by their wall key.
TABLES_SANS_MUR = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'cercle_id' AND NOT a.attisdropped
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> ALL(%s)
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity
           AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
ORDER BY 1
"""

#: Tables that carry a ``cercle_id`` without naming a followed person: who may know, not who is known.
SANS_PERSONNE_SUIVIE = ["instances_formation", "instances_habilitation"]

FAUTES_DU_ROLE = """
SELECT concat_ws(', ',
    CASE WHEN r.rolsuper THEN 'superutilisateur' END,
    CASE WHEN r.rolbypassrls THEN 'contourne les murs' END,
    CASE WHEN r.rolcreaterole THEN 'crée des rôles' END,
    CASE WHEN r.rolreplication THEN 'réplication' END,
    CASE WHEN EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = r.oid)
         THEN 'membre d''un autre rôle' END,
    CASE WHEN EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid) THEN 'possède des tables' END)
FROM pg_roles r WHERE r.rolname = session_user
"""


@dataclass(frozen=True)
class Resultat:
    code: str
    ok: bool
    detail: str


Controle = Callable[[], tuple[bool, str]]
_controles: dict[str, Controle] = {}


def controle(code: str) -> Callable[[Controle], Controle]:
    """Register a control under a stable code."""

    def inscrire(fonction: Controle) -> Controle:
        _controles[code] = fonction
        return fonction

    return inscrire


def tout_controler() -> list[Resultat]:
    """Run every control, in the order of their codes; a database error is a red control, not a crash."""
    resultats = []
    for code, fonction in sorted(_controles.items()):
        try:
            ok, detail = fonction()
        except DatabaseError as erreur:
            ok, detail = False, f"La base refuse ce contrôle ({type(erreur).__name__})."
        resultats.append(Resultat(code, ok, detail))
    return resultats


def _une_valeur(requete: str, parametres: list[str] | None = None) -> object:
    with connection.cursor() as curseur:
        curseur.execute(requete, parametres)
        ligne = curseur.fetchone()
        return ligne[0] if ligne else None


@controle("base_role")
def role_de_la_base() -> tuple[bool, str]:
    """The web process must not be able to bypass the wall."""
    fautes = _une_valeur(FAUTES_DU_ROLE)
    if fautes:
        return False, f"Le rôle de connexion peut contourner les murs : {fautes}."
    return True, "Le rôle de connexion ne possède rien et ne peut contourner aucun mur."


@controle("base_murs")
def murs_en_place() -> tuple[bool, str]:
    """Every table linked to a cercle has its policy, forced."""
    with connection.cursor() as curseur:
        curseur.execute(TABLES_SANS_MUR, [SANS_PERSONNE_SUIVIE])
        nues = [ligne[0] for ligne in curseur.fetchall()]
    if nues:
        return False, f"Tables nominatives sans mur : {', '.join(nues)}."
    return True, "Chaque table nominative a son mur, forcé."


@controle("base_horloge")
def horloge_du_produit() -> tuple[bool, str]:
    """The clock is now(); only the test suite may replace it."""
    corps = str(_une_valeur("SELECT prosrc FROM pg_proc WHERE oid = 'socle.maintenant()'::regprocedure"))
    ok = corps.strip().rstrip(";").lower() == "select now()"
    return ok, "L’horloge est celle de la base." if ok else "L’horloge de la base a été remplacée."


@controle("base_durable")
def ecritures_durables() -> tuple[bool, str]:
    """A confirmed write survives a power cut; a managed server, or a role's setting, could forgo it."""
    reglages = ("fsync", "full_page_writes", "synchronous_commit")
    perdus = [nom for nom in reglages if _une_valeur("SELECT current_setting(%s)", [nom]) == "off"]
    if perdus:
        return False, f"La base peut perdre ce qu’elle a confirmé : {', '.join(perdus)} est à off."
    return True, "Ce que la base confirme est sur le disque."


@controle("journal_ferme")
def journal_ferme() -> tuple[bool, str]:
    """The web role writes the journal through its function only, and can neither read nor change it."""
    ouvert = _une_valeur(
        "SELECT has_table_privilege(session_user, 'public.socle_journal', 'SELECT, INSERT, UPDATE, DELETE')"
    )
    return (
        not ouvert,
        "Le journal est ouvert au rôle web." if ouvert else "Le journal ne s’écrit que par sa fonction.",
    )


@controle("base_vues")
def vues_sans_faille() -> tuple[bool, str]:
    """A view runs with its owner's rights unless it is declared security_invoker."""
    vues = _une_valeur(
        "SELECT string_agg(c.relname, ', ' ORDER BY c.relname) "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('v', 'm') AND n.nspname IN ('public', 'socle') "
        "AND has_table_privilege('m_web', c.oid, 'SELECT') "
        "AND NOT coalesce(c.reloptions @> '{security_invoker=true}', false)"
    )
    return (
        not vues,
        f"Vues qui contournent les murs : {vues}." if vues else "Aucune vue ne contourne les murs.",
    )
