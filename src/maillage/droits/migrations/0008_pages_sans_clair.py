"""A dropped column stays in the pages of its table until they are written again. May be run again."""

from django.db import migrations

TABLES = (
    "droits_demandededroit",
    "droits_question",
    "droits_reponse",
    "droits_fichierdereponse",
    "droits_anciennevaleur",
)


class Migration(migrations.Migration):
    atomic = False  # a table is rewritten by itself, outside of any transaction
    dependencies = [("droits", "0007_sans_clair")]

    operations = [migrations.RunSQL(f"VACUUM FULL {table}", migrations.RunSQL.noop) for table in TABLES]
