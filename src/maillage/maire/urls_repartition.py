"""Address of « qui fait quoi »: beside that of the commune."""

from django.urls import path

from maillage.maire.views import repartition

app_name = "repartition"
urlpatterns = [path("communes/<str:code>/qui-fait-quoi/", repartition.qui_fait_quoi, name="commune")]
