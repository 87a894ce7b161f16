"""Room for what this register keeps of a person, sealed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("droits", "0004_archives"), ("situations", "0007_pages_sans_clair")]

    operations = [
        migrations.AddField("demandededroit", "valeur_scellee", models.BinaryField(null=True)),
        migrations.AddField("question", "scelle", models.BinaryField(null=True)),
    ]
