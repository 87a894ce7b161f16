"""A dropped column stays in the pages of its table until they are written again. May be run again."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False  # a table is rewritten by itself, outside of any transaction
    dependencies = [("parcours", "0012_textes_sans_clair")]

    operations = [
        migrations.RunSQL(f"VACUUM FULL {table}", migrations.RunSQL.noop)
        for table in ("parcours_levee", "parcours_accueil")
    ]
