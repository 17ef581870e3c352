from django.urls import path

from contest.views import contests, entering, proof, receipts, rules, show

app_name = "contest"
urlpatterns = [
    path("", contests.contest_list, name="list"),
    path("did-i-win/", receipts.did_i_win, name="did_i_win"),
    path("verify.py", proof.verify_script, name="verify_script"),
    path("confirm/<str:token>/", entering.confirm, name="confirm"),
    path("receipts/<str:code>/", receipts.receipt, name="receipt"),
    path("receipts/<str:code>/claim/", receipts.claim, name="claim"),
    path("<slug:slug>/", contests.contest_detail, name="detail"),
    path("<slug:slug>/enter/", entering.enter, name="enter"),
    path("<slug:slug>/sent/", entering.sent, name="sent"),
    path("<slug:slug>/rules/", rules.rules, name="rules"),
    path("<slug:slug>/proof/", proof.proof, name="proof"),
    path("<slug:slug>/proof/<slug:name>.txt", proof.proof_file, name="proof_file"),
    path("<slug:slug>/studio/", show.studio, name="studio"),
    path("<slug:slug>/on-air/", show.on_air, name="on_air"),
    path("<slug:slug>/on-air/code.svg", show.qr_code, name="qr_code"),
]
