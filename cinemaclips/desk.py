"""The desk: the stock admin in the site's dress."""

from django.contrib import admin


class Desk(admin.AdminSite):
    site_header = "cinemaCLIPS · the desk"
    site_title = "The desk"
    index_title = "What needs doing"
