"""Programs that use Django. The comment behind a `def` says in which phase it must be reached."""

from __future__ import annotations

DJANGO = {
    "django": """
from django.apps import AppConfig
from django.contrib import admin
from django.core.management.base import BaseCommand
from django.db import models, transaction
from django.db.models.signals import post_save
from django.dispatch import Signal, receiver
from django import forms, template
from django.urls import path
from django.views.generic import ListView
from django.contrib.auth.decorators import login_required

class Config(AppConfig):
    def ready(self):  # startup
        post_save.connect(saved)
def saved(sender, **kwargs):  # request
    pass
done = Signal()
@receiver(done)
def on_done(sender, **kwargs):  # request
    transaction.on_commit(committed)
def committed():  # request
    pass
@login_required
def view(request):  # request
    pass
class Items(ListView):
    def get_queryset(self):  # request
        return self.narrow()
    def narrow(self):  # request
        pass
urlpatterns = [path("", view), path("items", Items.as_view())]
class Command(BaseCommand):
    def handle(self, *args, **options):  # request
        pass
class Item(models.Model):
    def save(self, *args, **kwargs):  # request
        super().save(*args, **kwargs)
class ItemForm(forms.ModelForm):
    def clean_name(self):  # request
        pass
@admin.register(Item)
class ItemAdmin(admin.ModelAdmin):
    def save_model(self, request, obj, form, change):  # request
        pass
register = template.Library()
@register.filter(name="shout")
def shout(value):  # request
    pass
@register.simple_tag
def now():  # request
    pass
""",
    "rest framework": """
from rest_framework import permissions, routers, serializers, viewsets
from rest_framework.decorators import action

class Allowed(permissions.BasePermission):
    def has_permission(self, request, view):  # request
        pass
class ItemSerializer(serializers.ModelSerializer):
    def validate_name(self, value):  # request
        pass
class Items(viewsets.ModelViewSet):
    def perform_create(self, serializer):  # request
        pass
    @action(detail=True)
    def publish(self, request):  # request
        self.tell()
    def tell(self):  # request
        pass
router = routers.DefaultRouter()
router.register("items", Items)
""",
}
