"""The addresses that staff trust, in the admin."""

from django.contrib import admin

from reelrequests.models import TrustedAddress


@admin.register(TrustedAddress)
class TrustedAddressAdmin(admin.ModelAdmin):
    search_fields = ["email"]
