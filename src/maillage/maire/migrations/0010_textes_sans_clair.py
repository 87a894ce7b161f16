"""What was in clear goes from the tables; the next one takes it from their pages."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("maire", "0009_fermer_les_textes")]

    operations = [
        operation
        for modele in ("leveedumaire", "suitefamille")
        for operation in (
            migrations.RemoveField(model_name=modele, name="precision"),
            migrations.AlterField(model_name=modele, name="scelle", field=models.BinaryField()),
        )
    ]
