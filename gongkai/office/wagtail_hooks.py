"""Everything that Wagtail is told about the desk; the only hooks of the house."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from gongkai.agencies.permissions import may
from gongkai.agencies.rules import Duty
from gongkai.office import demand, figures
from gongkai.office.cases.addresses import addresses as of_cases
from gongkai.office.files import FileChooserViewSet, FileDownload
from gongkai.office.home import DeskPanel
from gongkai.office.inspection import views as inspection
from gongkai.office.menus import HIDDEN_MAIN, HIDDEN_REPORTS, DutyItem, without
from gongkai.office.pages.acts import CatalogueAct
from gongkai.office.pages.viewsets import page_viewsets
from gongkai.office.pages.waiting import CatalogueWaiting
from gongkai.office.pages.word import WordPage
from gongkai.office.redacting.addresses import addresses as of_redactions
from gongkai.office.registers.agencies import AgencyGroup
from gongkai.office.registers.assets import AssetGroup
from gongkai.office.registers.channels import ChannelGroup
from gongkai.office.registers.ledger import Ledger
from gongkai.office.registers.oversight import OversightGroup
from gongkai.office.review import lookback, masking
from gongkai.office.review.addresses import addresses as of_reviewing
from gongkai.review.pages import GatedPage


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Ours; Wagtail puts its own check for access to the admin before each."""
    return [
        *of_cases(), *of_reviewing(), *of_redactions(), *of_reports(),
        path("word/", WordPage.as_view(), name="office_word"),
        path("stored/<int:pk>/", FileDownload.as_view(), name="office_file"),
        path("catalogue/", CatalogueWaiting.as_view(), name="office_catalogue"),
        path(
            "catalogue/<slug:kind>/<int:pk>/<slug:act>/", CatalogueAct.as_view(),
            name="office_catalogue_act",
        ),
    ]  # fmt: skip


def of_reports() -> list[Any]:
    """Figures, demand and self-inspection."""
    return [
        path("report/demand/", demand.DemandPage.as_view(), name="office_demand"),
        path("report/figures/", figures.LatestFigures.as_view(), name="office_latest_figures"),
        path("report/figures/<int:year>/", figures.Figures.as_view(), name="office_figures"),
        path(
            "report/figures/<int:year>/<str:key>/",
            figures.FigureRows.as_view(),
            name="office_figure",
        ),
        path("inspection/", inspection.InspectionPage.as_view(), name="office_inspection"),
        path(
            "inspection/columns/<int:pk>/",
            inspection.QuietColumn.as_view(),
            name="office_quiet_column",
        ),
    ]


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    return [
        FileChooserViewSet(),
        *page_viewsets(),
        AssetGroup(),
        OversightGroup(),
        ChannelGroup(),
        AgencyGroup(),
        Ledger(),
    ]


@hooks.register("register_admin_menu_item")
def cases_in_the_menu() -> MenuItem:
    return DutyItem(
        "案件", reverse_lazy("office_cases"), name="cases", icon_name="folder-open-inverse",
        order=50, duties=(Duty.CASE_READ_ALL, Duty.CASE_DRAFT),
    )  # fmt: skip


@hooks.register("register_admin_menu_item")
def word_in_the_menu() -> MenuItem:
    return DutyItem(
        "从 Word 导入", reverse_lazy("office_word"), name="word", icon_name="upload", order=150,
        duties=(Duty.ITEM_WRITE,),
    )  # fmt: skip


@hooks.register("register_admin_menu_item")
def catalogue_in_the_menu() -> MenuItem:
    return DutyItem(
        "目录事项", reverse_lazy("office_catalogue"), name="catalogue", icon_name="list-ul",
        order=155, duties=(Duty.ITEM_WRITE, Duty.REVIEW_UNIT),
    )  # fmt: skip


@hooks.register("register_settings_menu_item")
def masking_in_the_menu() -> MenuItem:
    return DutyItem(
        "遮盖规则", reverse_lazy("office_masking"), name="masking", icon_name="lock", order=10,
        duties=masking.SETS,
    )  # fmt: skip


@hooks.register("register_reports_menu_item")
def lookback_in_the_menu() -> MenuItem:
    return DutyItem(
        "回头看", reverse_lazy("office_lookback"), name="lookback", icon_name="history", order=20,
        duties=lookback.READS,
    )  # fmt: skip


@hooks.register("register_reports_menu_item")
def inspection_in_the_menu() -> MenuItem:
    return DutyItem(
        "网站自查", reverse_lazy("office_inspection"), name="inspection", icon_name="glasses",
        order=15, duties=inspection.READS,
    )  # fmt: skip


@hooks.register("register_reports_menu_item")
def figures_in_the_menu() -> MenuItem:
    return DutyItem(
        "年度数字", reverse_lazy("office_latest_figures"), name="figures", icon_name="table",
        order=10, duties=figures.READS,
    )  # fmt: skip


@hooks.register("register_reports_menu_item")
def demand_in_the_menu() -> MenuItem:
    return DutyItem(
        "公众需求", reverse_lazy("office_demand"), name="demand", icon_name="search", order=15,
        duties=demand.READS,
    )  # fmt: skip


hooks.register("construct_main_menu", without(HIDDEN_MAIN))
hooks.register("construct_reports_menu", without(HIDDEN_REPORTS))


@hooks.register("construct_homepage_panels")
def our_panel_only(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [DeskPanel(request)]


@hooks.register("construct_homepage_summary_items")
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    items[:] = []


@hooks.register("insert_global_admin_css")
def our_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("office/desk.css"))


@hooks.register("register_page_header_buttons")
def withdraw_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    """撤回, where Wagtail would have its unpublish."""
    page = page.specific
    if not isinstance(page, GatedPage) or not page.live:
        return
    if may(user, Duty.ITEM_WITHDRAW, page.agency, page.unit):
        address = reverse("office_withdraw", args=[page.pk])
        yield Button("撤回", address, icon_name="download", priority=60)
