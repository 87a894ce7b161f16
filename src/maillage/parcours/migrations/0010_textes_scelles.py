"""Room for what a body is told of someone and for the words of a lifting, sealed; no statistics on them."""

from django.db import migrations, models

SCELLEES = ("levee", "accueil")


class Migration(migrations.Migration):
    dependencies = [("parcours", "0009_accord_retire"), ("situations", "0011_pages_sans_recit")]

    operations = [
        *(
            migrations.AddField(model_name=modele, name="scelle", field=models.BinaryField(null=True))
            for modele in SCELLEES
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE parcours_{modele} ALTER COLUMN scelle SET STATISTICS 0",
                f"ALTER TABLE parcours_{modele} ALTER COLUMN scelle SET STATISTICS -1",
            )
            for modele in SCELLEES
        ),
    ]
