"""A unique key without the cercle would tell, by its error, that a hidden point exists."""

import uuid

from django.db import migrations, models

from maillage.socle.operations import PoserContrainte


class Migration(migrations.Migration):
    dependencies = [("instances", "0003_seances")]
    operations = [
        migrations.AlterField(
            model_name="point",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        PoserContrainte(
            model_name="point",
            constraint=models.UniqueConstraint(fields=("cercle", "public_id"), name="point_cercle_public_id"),
        ),
    ]
