from django.urls import path

from contest.views import entering, proof, room, show, winning

app_name = "contest"
urlpatterns = [
    path("", room.contest_list, name="list"),
    path("did-i-win/", winning.did_i_win, name="did_i_win"),
    path("verify.py", proof.script, name="script"),
    path("confirm/<str:token>/", entering.confirm, name="confirm"),
    path("receipts/<str:code>/", winning.receipt, name="receipt"),
    path("receipts/<str:code>/claim/", winning.claim, name="claim"),
    path("<slug:slug>/", room.contest_detail, name="detail"),
    path("<slug:slug>/enter/", entering.enter, name="enter"),
    path("<slug:slug>/sent/", entering.sent, name="sent"),
    path("<slug:slug>/rules/", room.rules, name="rules"),
    path("<slug:slug>/proof/", proof.proof, name="proof"),
    path("<slug:slug>/proof/<slug:name>.txt", proof.file, name="file"),
    path("<slug:slug>/studio/", show.studio, name="studio"),
    path("<slug:slug>/on-air/", show.on_air, name="on_air"),
    path("<slug:slug>/on-air/code.svg", show.square_code, name="square_code"),
]
