"""What was in clear goes from the tables; the next one takes it from their pages."""

from django.db import migrations, models

EN_CLAIR = {"signalement": "texte", "element": "precision", "objectif": "libelle", "bilan": "texte"}


class Migration(migrations.Migration):
    dependencies = [("situations", "0009_fermer_les_recits")]

    operations = [
        *(migrations.RemoveField(model_name=modele, name=nom) for modele, nom in EN_CLAIR.items()),
        *(
            migrations.AlterField(model_name=modele, name="scelle", field=models.BinaryField())
            for modele in EN_CLAIR
        ),
    ]
