"""What was in clear goes from the tables; the next one takes it from their pages."""

from django.db import migrations, models

EN_CLAIR = (
    ("levee", "precision"),
    ("accueil", "intitule"),
    ("accueil", "nom"),
    ("accueil", "prenom"),
    ("accueil", "naissance"),
    ("accueil", "telephone"),
)


class Migration(migrations.Migration):
    dependencies = [("parcours", "0011_fermer_les_textes")]

    operations = [
        *(migrations.RemoveField(model_name=modele, name=nom) for modele, nom in EN_CLAIR),
        *(
            migrations.AlterField(model_name=modele, name="scelle", field=models.BinaryField())
            for modele in ("levee", "accueil")
        ),
    ]
