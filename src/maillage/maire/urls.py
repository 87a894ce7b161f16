"""Addresses of the mayor's acts. No name ever appears in one."""

from django.urls import URLPattern

app_name = "maire"
urlpatterns: list[URLPattern] = []
