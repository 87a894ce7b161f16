"""The accounts that opened more files than a person reads are found without going through the journal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("socle", "0007_journal_scelle")]

    operations = [
        migrations.AddIndex(
            model_name="entreejournal",
            index=models.Index(
                condition=models.Q(("evenement", "rythme_depasse")),
                fields=["le"],
                name="journal_depassements",
            ),
        ),
    ]
