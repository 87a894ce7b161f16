"""Room for what names a person, sealed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("situations", "0003_retraits")]

    operations = [
        migrations.AddField(model_name=modele, name="scelle", field=models.BinaryField(null=True))
        for modele in ("identite", "representant")
    ]
