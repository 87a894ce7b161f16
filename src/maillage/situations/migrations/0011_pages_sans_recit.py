"""A dropped column stays in the pages of its table until they are written again. May be run again."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False  # a table is rewritten by itself, outside of any transaction
    dependencies = [("situations", "0010_recits_sans_clair")]

    operations = [
        migrations.RunSQL(f"VACUUM FULL {table}", migrations.RunSQL.noop)
        for table in (
            "situations_signalement",
            "situations_element",
            "situations_objectif",
            "situations_bilan",
        )
    ]
