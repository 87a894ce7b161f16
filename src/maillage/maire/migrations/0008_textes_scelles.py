"""Room for the words of a lifting and of what the family council proposes, sealed; no statistics on them."""

from django.db import migrations, models

SCELLEES = ("leveedumaire", "suitefamille")


class Migration(migrations.Migration):
    dependencies = [
        ("maire", "0007_dossier_famille_restreint"),
        ("situations", "0011_pages_sans_recit"),
    ]

    operations = [
        *(
            migrations.AddField(model_name=modele, name="scelle", field=models.BinaryField(null=True))
            for modele in SCELLEES
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE maire_{modele} ALTER COLUMN scelle SET STATISTICS 0",
                f"ALTER TABLE maire_{modele} ALTER COLUMN scelle SET STATISTICS -1",
            )
            for modele in SCELLEES
        ),
    ]
