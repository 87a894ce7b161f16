"""Room for the narratives, sealed. No sealed column feeds the statistics of the planner."""

from django.db import migrations, models

RECITS = ("signalement", "element", "objectif", "bilan")
SCELLEES = (*RECITS, "identite", "representant")


class Migration(migrations.Migration):
    dependencies = [("situations", "0007_pages_sans_clair")]

    operations = [
        *(
            migrations.AddField(model_name=modele, name="scelle", field=models.BinaryField(null=True))
            for modele in RECITS
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE situations_{modele} ALTER COLUMN scelle SET STATISTICS 0",
                f"ALTER TABLE situations_{modele} ALTER COLUMN scelle SET STATISTICS -1",
            )
            for modele in SCELLEES
        ),
    ]
