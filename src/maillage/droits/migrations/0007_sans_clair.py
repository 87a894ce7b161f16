"""What was in clear goes from the tables; the next one takes it from their pages."""

from django.db import migrations, models

#: Nothing of them feeds the planner.
SCELLES = (
    ("question", "scelle"),
    ("demandededroit", "valeur_scellee"),
    ("reponse", "contenu"),
    ("fichierdereponse", "contenu"),
    ("anciennevaleur", "valeur"),
)


class Migration(migrations.Migration):
    dependencies = [("droits", "0006_sceller")]

    operations = [
        migrations.RemoveField("demandededroit", "valeur"),
        *(migrations.RemoveField("question", champ) for champ in ("nom", "prenom", "naissance", "valeur")),
        migrations.AlterField("question", "scelle", models.BinaryField()),
        *(
            migrations.RunSQL(
                f"ALTER TABLE droits_{table} ALTER COLUMN {champ} SET STATISTICS 0", migrations.RunSQL.noop
            )
            for table, champ in SCELLES
        ),
    ]
