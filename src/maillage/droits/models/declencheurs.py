"""The triggers of a restriction (RGPD, art. 18): which tables, and how each row leads to the file frozen."""

from collections.abc import Iterator
from typing import Any, Final

from maillage.socle.contraintes import ContrainteSql

FONCTION: Final = "socle.refuser_si_gelee()"
#: Rows that carry the key of their situation.
DE_LA_SITUATION: Final = (
    *(f"situations_{nom}" for nom in ("lettre", "element", "designation", "objectif", "contact", "bilan")),
    *(
        f"parcours_{nom}"
        for nom in (
            "orientation",
            "participation",
            "plandesortie",
            "levee",
            "peineenoncee",
            "conditionenoncee",
        )
    ),
)
#: Files themselves, and rows that carry the pseudonym of their file: (table, column).
DU_DOSSIER: Final = (
    ("situations_situation", "public_id"),
    ("situations_signalement", "public_id"),
    ("maire_rappel", "public_id"),
    ("maire_dossierfamille", "public_id"),
    ("maire_transaction", "public_id"),
    ("maire_mesuresport", "public_id"),
    ("maire_leveedumaire", "objet"),
    ("maire_rectification", "objet"),
    ("documents_conventionnominative", "objet"),
)
#: What is written under a file: table, column that leads to the parent, parent, its column, ours.
SOUS_UN_DOSSIER: Final = (
    *(
        (f"maire_{nom}", "dossier_id", "maire_rappel", "public_id", "objet")
        for nom in (
            "enoncedeprocedure",
            "consultationduparquet",
            "convocation",
            "audition",
            "actederappel",
            "compterendu",
            "suitederappel",
        )
    ),
    *(
        (f"maire_{nom}", "dossier_id", "maire_dossierfamille", "public_id", "objet")
        for nom in (
            "convocationfamille",
            "auditionfamille",
            "suitefamille",
            "accompagnementparental",
            "bilanfamille",
            "saisinedepartement",
        )
    ),
    *(
        (f"maire_{nom}", "dossier_id", "maire_transaction", "public_id", "objet")
        for nom in (
            "propositiondetransaction",
            "actedetransaction",
            "executiondetransaction",
        )
    ),
    *(
        (f"maire_{nom}", "dossier_id", "maire_mesuresport", "public_id", "objet")
        for nom in (
            "mesurepreventive",
            "invitationsport",
            "observationssport",
            "decisionsport",
            "notificationsport",
            "recourssport",
            "reparationsport",
        )
    ),
    *(
        (f"documents_{nom}", "convention_id", "documents_conventionnominative", "objet", "objet")
        for nom in (
            "partienominative",
            "avenantnominatif",
        )
    ),
    *(
        (f"parcours_{nom}", "participation_id", "parcours_participation", "situation_id", "situation_id")
        for nom in ("presence", "phasesuivie", "accueil")
    ),
    *(
        (f"parcours_{nom}", "plan_id", "parcours_plandesortie", "situation_id", "situation_id")
        for nom in ("etapedesortie", "findeplacee")
    ),
)
#: Put on an agenda or decided upon; taken off it, or moved by another file, it is not shared.
POINT: Final = ("instances_point", "INSERT OR UPDATE OF objet, decision", "'objet', 'objet'")

CORPS: Final = """
CREATE FUNCTION socle.refuser_si_gelee() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    ligne jsonb := to_jsonb(coalesce(NEW, OLD));
    gelee boolean;
BEGIN
    IF TG_ARGV[0] = 'situation' THEN
        gelee := EXISTS (SELECT FROM public.droits_limitation l WHERE l.levee_le IS NULL AND l.gele
            AND l.cercle_id = (ligne ->> 'cercle_id')::bigint
            AND l.situation_id = (ligne ->> TG_ARGV[1])::bigint);
    ELSIF TG_ARGV[0] = 'objet' THEN
        gelee := EXISTS (SELECT FROM public.droits_limitation l WHERE l.levee_le IS NULL AND l.gele
            AND l.cercle_id = (ligne ->> 'cercle_id')::bigint
            AND l.objet = (ligne ->> TG_ARGV[1])::uuid);
    ELSE
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I d JOIN public.droits_limitation l '
            'ON l.cercle_id = d.cercle_id AND l.%I = d.%I AND l.levee_le IS NULL AND l.gele '
            'WHERE d.id = $1)', TG_ARGV[2], TG_ARGV[4], TG_ARGV[3])
        INTO gelee USING (ligne ->> TG_ARGV[1])::bigint;
    END IF;
    IF gelee THEN
        RAISE EXCEPTION 'dossier limité' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
REVOKE EXECUTE ON FUNCTION socle.refuser_si_gelee() FROM PUBLIC"""


def declencheurs() -> Iterator[tuple[str, str, str]]:
    """(table, events, arguments) of each trigger."""
    toutes = "INSERT OR UPDATE OR DELETE"
    for table in DE_LA_SITUATION:
        yield table, toutes, "'situation', 'situation_id'"
    for table, colonne in DU_DOSSIER:
        yield table, toutes, f"'objet', '{colonne}'"
    for table, *arguments in SOUS_UN_DOSSIER:
        yield table, toutes, ", ".join(f"'{un}'" for un in ("sous", *arguments))
    yield POINT


class GelDesDossiers(ContrainteSql):
    """While a file is restricted, no row of it is added, changed or taken away, whoever acts.

    A trigger and no policy: a policy would hide the row from those who may read it and lock it, and the body
    that receives the person does not read the restriction. Only the retention run passes: erasure is not
    writing. The function belongs to the role that reads across walls, and answers nothing to anybody.
    """

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        nom = schema_editor.quote_name
        poses = [
            f"CREATE TRIGGER {nom(f'gel_{table}')} BEFORE {quand} ON public.{table} FOR EACH ROW "
            f"WHEN (current_user <> 'm_maintenance') EXECUTE FUNCTION socle.refuser_si_gelee({arguments})"
            for table, quand, arguments in declencheurs()
        ]
        # Given away once the triggers are there: to create one, its owner must be able to execute it.
        donner = [
            "GRANT CREATE ON SCHEMA socle TO m_maintenance",
            f"ALTER FUNCTION {FONCTION} OWNER TO m_maintenance",
            "REVOKE CREATE ON SCHEMA socle FROM m_maintenance",
        ]
        return "; ".join([CORPS, *poses, *donner])

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        nom = schema_editor.quote_name
        otes = [f"DROP TRIGGER {nom(f'gel_{table}')} ON public.{table}" for table, *_ in declencheurs()]
        return "; ".join([*otes, f"DROP FUNCTION {FONCTION}"])
