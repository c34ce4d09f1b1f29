"""Where the desk shows the review."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.office.review import draft, lookback, masking, views


def addresses() -> list[URLPattern]:
    """Below the desk's own address."""
    return [
        path("review/<int:pk>/", views.SheetPage.as_view(), name="office_sheet"),
        path("review/<int:pk>/do/<slug:act>/", views.SheetPage.as_view(), name="office_sheet_act"),
        path("review/<int:pk>/print/", views.SheetPaper.as_view(), name="office_sheet_paper"),
        path(
            "review/<int:pk>/files/<int:file>/",
            views.SheetFile.as_view(),
            name="office_sheet_file",
        ),
        path("lookback/", lookback.LookBackPage.as_view(), name="office_lookback"),
        path("masking/", masking.MaskingPage.as_view(), name="office_masking"),
        path("draft/<int:pk>/mask/", draft.MaskDraftPage.as_view(), name="office_mask_draft"),
        path("withdraw/<int:pk>/", views.WithdrawPage.as_view(), name="office_withdraw"),
    ]
