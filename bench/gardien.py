"""The same list through the walls and through django-guardian's permissions by object, in turn.

Each reader of a groupe is granted « view » on each of its situations. Both lists must hold the same ids:
the first page, and the whole of what is visible.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from bench.decor import Decor
from bench.mesure import alterner, resume
from bench.murs import deux_connexions

PASSAGES = 3
PAR_PAGE = 20
TABLES = ("guardian_userobjectpermission", "guardian_groupobjectpermission")

ACCORDER = """
INSERT INTO guardian_userobjectpermission (permission_id, content_type_id, object_pk, user_id)
SELECT permission.id, permission.content_type_id, situation.id::text, lecteur.compte_id
FROM situations_situation situation
JOIN (
    SELECT DISTINCT habilitation.compte_id, habilitation.cercle_id
    FROM instances_habilitation habilitation
    JOIN instances_formation formation ON formation.cercle_id = habilitation.cercle_id
    JOIN instances_texte texte ON texte.formation_id = formation.id
        AND texte.genre = 'charte' AND texte.etat = 'adopte'
    JOIN instances_signature signature ON signature.texte_id = texte.id
        AND signature.compte_id = habilitation.compte_id
    WHERE habilitation.periode @> now()
) lecteur ON lecteur.cercle_id = situation.cercle_id
JOIN auth_permission permission ON permission.codename = 'view_situation'
JOIN django_content_type genre ON genre.id = permission.content_type_id
    AND genre.app_label = 'situations' AND genre.model = 'situation'
"""


class ListesDifferentesError(AssertionError):
    """Two lists that do not show the same files cannot be compared."""


def preparer() -> dict[str, object]:
    """Create guardian's tables beside the product's and grant; returns how many rows it takes."""
    from django.core.management import call_command
    from django.db import connection, connections

    from maillage.projet.bases import sous_le_proprietaire
    from maillage.socle.contexte import en_maintenance

    call_command("migrate", "guardian", database="proprietaire", verbosity=0, interactive=False)
    debut = time.monotonic()
    with connections["proprietaire"].cursor() as curseur:
        for table in (*TABLES, "auth_permission", "django_content_type"):
            curseur.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO m_maintenance")
    with sous_le_proprietaire(), en_maintenance(), connection.cursor() as curseur:
        curseur.execute("DELETE FROM guardian_userobjectpermission")
        curseur.execute(ACCORDER)
        lignes = curseur.rowcount
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("ANALYZE guardian_userobjectpermission")
        curseur.execute("SELECT pg_total_relation_size('guardian_userobjectpermission') / 1048576")
        (taille,) = curseur.fetchone()
    connections["proprietaire"].close()
    return {"lignes": lignes, "taille_mio": taille, "secondes": round(time.monotonic() - debut, 1)}


def mesurer(decor: Decor, repetitions: int) -> dict[str, Any]:
    """Both lists for the coordinator of a groupe, then for the parquet, a member of many."""
    from maillage.acteurs.api import Compte

    rendu: dict[str, Any] = {"droits": preparer()}
    for nom, public_id in (("coordination", decor.coordination), ("parquet", decor.parquet)):
        rendu[nom] = _comparer(Compte.objects.get(public_id=public_id), repetitions)
    return rendu


def _comparer(compte: Any, repetitions: int) -> dict[str, Any]:
    from django.db import transaction
    from guardian.shortcuts import get_objects_for_user

    from maillage.situations.models import Situation
    from maillage.situations.selectors import visibles
    from maillage.socle.contexte import contexte

    def page(lignes: Any, combien: int | None) -> list[int]:
        ouvertes = lignes.filter(etat="ouverte").order_by("revue_le", "pk")
        return list(ouvertes.values_list("pk", flat=True)[:combien])

    def par_les_murs(combien: int | None = PAR_PAGE) -> list[int]:
        with contexte(compte.pk):
            return page(visibles(Situation), combien)

    def par_guardian(combien: int | None = PAR_PAGE) -> list[int]:
        with transaction.atomic():
            lignes = get_objects_for_user(
                compte,
                "situations.view_situation",
                klass=Situation,
                use_groups=False,
                with_superuser=False,
                accept_global_perms=False,
            )
            return page(lignes, combien)

    with deux_connexions() as (avec, sans):

        def mener(connexion: Callable[[], None], geste: Callable[..., list[int]]) -> Callable[[], object]:
            def complet() -> None:
                connexion()
                geste()

            return complet

        avec()
        nos_pages, nos_cles = par_les_murs(), par_les_murs(None)
        sans()
        if nos_pages != par_guardian() or nos_cles != par_guardian(None):
            raise ListesDifferentesError
        gestes = [mener(avec, par_les_murs), mener(sans, par_guardian)]
        passages = [alterner(gestes, repetitions) for _ in range(PASSAGES)]
        avec()
    murs, gardien = ([passage[rang] for passage in passages] for rang in (0, 1))
    rapports = [round(median(g) / median(m), 2) for m, g in zip(murs, gardien, strict=True)]
    return {
        "visibles": len(nos_cles),
        "memes_identifiants": True,
        "murs": resume(murs),
        "guardian": resume(gardien),
        "rapport": median(rapports),
        "rapports_par_passage": rapports,
    }
