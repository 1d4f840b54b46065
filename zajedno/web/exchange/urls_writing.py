"""Addresses of who writes, translates, reviews and edits practices."""

from django.urls import path

from zajedno.web.exchange import deciding, editing, figures, handing_in, mine, reviews, translations

app_name = "writing"
urlpatterns = [
    path("mine/", mine.mine, name="mine"),
    path("mine/new/", mine.new, name="new"),
    path("mine/<uuid:uuid>/", mine.one, name="one"),
    path("mine/<uuid:uuid>/step/<str:step>/", mine.step, name="step"),
    path("mine/<uuid:uuid>/figures/", figures.figures, name="figures"),
    path("mine/<uuid:uuid>/figures/<int:number>/", figures.remove, name="remove-figure"),
    path("mine/<uuid:uuid>/read/", mine.read, name="read"),
    path("mine/<uuid:uuid>/history/", mine.history, name="history"),
    path("mine/<uuid:uuid>/check/", handing_in.check, name="check"),
    path("mine/<uuid:uuid>/change/", handing_in.change, name="change"),
    path("mine/<uuid:uuid>/take-back/", handing_in.take_back, name="take-back"),
    path("mine/<uuid:uuid>/discard/", handing_in.discard, name="discard"),
    path("mine/<uuid:uuid>/files/", handing_in.listed_files, name="files"),
    path("mine/<uuid:uuid>/files/add/", handing_in.add, name="add-file"),
    path("mine/<uuid:uuid>/files/<uuid:file>/", handing_in.file, name="file"),
    path("mine/<uuid:uuid>/files/<uuid:file>/remove/", handing_in.remove, name="remove-file"),
    path("translations/", translations.listed, name="translations"),
    path("translations/<uuid:uuid>/", translations.one, name="languages"),
    path("translations/<uuid:uuid>/<str:language>/", translations.edit, name="translation"),
    path("translations/<uuid:uuid>/<str:language>/check/", translations.check, name="check-translation"),
    path("reviews/", reviews.mine, name="reviews"),
    path("reviews/<uuid:uuid>/", reviews.one, name="review"),
    path("reviews/<uuid:uuid>/write/", reviews.write, name="write-review"),
    path("reviews/<uuid:uuid>/decline/", reviews.decline, name="decline-review"),
    path("reviews/<uuid:uuid>/files/<uuid:file>/", reviews.file, name="review-file"),
    path("editing/", editing.listed, name="editing"),
    path("editing/<uuid:uuid>/", editing.one, name="submission"),
    path("editing/<uuid:uuid>/reviewers/", deciding.ask, name="ask"),
    path("editing/<uuid:uuid>/return/", deciding.return_, name="return"),
    path("editing/<uuid:uuid>/publish/", deciding.publish, name="publish"),
    path("editing/<uuid:uuid>/out-of-date/", deciding.needs_update, name="needs-update"),
    path("editing/<uuid:uuid>/retire/", deciding.retire, name="retire"),
    path("editing/<uuid:uuid>/restore/", deciding.restore, name="restore"),
    path("editing/<uuid:uuid>/files/<uuid:file>/", editing.file, name="submission-file"),
]
