"""What was in clear goes from the tables; the next one takes it from their pages."""

from django.db import migrations, models

DE_LA_PERSONNE = (
    "nom",
    "prenom",
    "sexe",
    "naissance",
    "naissance_estimee",
    "adresse",
    "telephone",
    "courriel",
)
DU_PROCHE = ("nom", "prenom", "lien", "adresse", "telephone")


class Migration(migrations.Migration):
    dependencies = [("situations", "0005_fermer_les_identites")]

    operations = [
        migrations.RemoveConstraint(model_name="identite", name="identite_sexe"),
        *(migrations.RemoveField(model_name="identite", name=nom) for nom in DE_LA_PERSONNE),
        *(migrations.RemoveField(model_name="representant", name=nom) for nom in DU_PROCHE),
        *(
            migrations.AlterField(model_name=modele, name="scelle", field=models.BinaryField())
            for modele in ("identite", "representant")
        ),
    ]
