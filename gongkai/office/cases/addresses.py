"""Where the desk shows cases."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.office.cases import calendar, entering, listing, page, sealed


def addresses() -> list[URLPattern]:
    """Below the desk's own address."""
    case = "cases/<str:number>/"
    return [
        path("cases/", listing.CaseList.as_view(), name="office_cases"),
        path("cases/export/", listing.CaseExport.as_view(), name="office_cases_export"),
        path("cases/due.ics", calendar.DueCalendar.as_view(), name="office_cases_due"),
        path(
            "cases/enter/application/",
            entering.EnterApplication.as_view(),
            name="office_enter_application",
        ),
        path("cases/enter/enquiry/", entering.EnterEnquiry.as_view(), name="office_enter_enquiry"),
        path(case, page.CasePage.as_view(), name="office_case"),
        path(f"{case}do/<slug:act>/", page.CasePage.as_view(), name="office_case_act"),
        path(f"{case}identity/", sealed.IdentityPage.as_view(), name="office_identity"),
        path(f"{case}print/", page.CasePaper.as_view(), name="office_case_paper"),
        path(f"{case}files/<int:pk>/", sealed.EnclosureFile.as_view(), name="office_enclosure"),
        path(
            f"{case}handed-over/<int:pk>/", sealed.HandedOver.as_view(), name="office_handed_over"
        ),
        path(f"{case}letters/<int:pk>/", sealed.LetterFile.as_view(), name="office_letter"),
        path(
            f"{case}letters/<int:pk>/addressed/",
            sealed.AddressedPage.as_view(),
            name="office_addressed",
        ),
    ]
