from django.urls import path

from trivia.views import attempts, nicknames, overview, players, quizzes, reel

app_name = "trivia"
urlpatterns = [
    path("", overview.front, name="list"),
    path("sources/", overview.sources, name="sources"),
    path("rulings/", overview.rulings, name="rulings"),
    path("leaderboards/", overview.leaderboards, name="leaderboards"),
    path("nickname/", nicknames.nickname, name="nickname"),
    path("daily/", reel.reel, name="today"),
    path("daily/archive/", reel.archive, name="archive"),
    path("daily/restore/", players.restore, name="restore"),
    path("daily/titles/", reel.titles, name="titles"),
    path("daily/<int:number>/", reel.reel, name="reel"),
    path("quizzes/", quizzes.quiz_list, name="quizzes"),
    path("on/<slug:slug>/", quizzes.on_film, name="on_film"),
    path("attempts/<int:pk>/", attempts.attempt, name="attempt"),
    path("attempts/<int:pk>/<int:position>/", attempts.answer, name="answer"),
    path("attempts/<int:pk>/<int:position>/flag/", attempts.flag, name="flag"),
    path("<slug:slug>/", quizzes.quiz_detail, name="detail"),
    path("<slug:slug>/sheet/", quizzes.sheet, name="sheet"),
    path("<slug:slug>/sheet/answers/", quizzes.answer_sheet, name="answer_sheet"),
]
