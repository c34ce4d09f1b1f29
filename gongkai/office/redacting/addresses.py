"""The addresses of redactions, below those of their case."""

from __future__ import annotations

from typing import Any

from django.urls import path

from gongkai.office.redacting import views

_CASE = "cases/<str:number>/redactions/"
_ONE = f"{_CASE}<int:pk>/"


def addresses() -> list[Any]:
    """For the one place that tells Wagtail."""
    return [
        path(_CASE, views.RedactionList.as_view(), name="office_redactions"),
        path(_ONE, views.RedactionPage.as_view(), name="office_redaction"),
        path(f"{_ONE}do/<slug:act>/", views.RedactionPage.as_view(), name="office_redaction_act"),
        path(
            f"{_ONE}pages/<int:page>.png", views.PagePicture.as_view(), name="office_redaction_page"
        ),
        path(
            f"{_ONE}results/<int:version>/",
            views.ResultFile.as_view(),
            name="office_redaction_result",
        ),
        path(
            f"{_ONE}results/<int:version>/pages/<int:page>.png",
            views.ResultPicture.as_view(),
            name="office_redaction_result_page",
        ),
    ]
