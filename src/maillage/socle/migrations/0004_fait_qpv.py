"""Facts may say whether the person lives in a QPV: the database fills it where a bulk load does not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("socle", "0003_journal")]

    operations = [
        migrations.AddField(
            model_name="faitstatistique",
            name="qpv",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="oui, non, or empty when unknown",
                max_length=3,
            ),
        ),
    ]
