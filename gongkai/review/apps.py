from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_save


class ReviewConfig(AppConfig):
    name = "gongkai.review"
    label = "review"
    verbose_name = "审查"

    def import_models(self) -> None:
        """The steps are models too, but stand above the pages."""
        super().import_models()
        from gongkai.review import steps  # noqa: F401

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.signals import pre_page_move, workflow_cancelled, workflow_submitted

        from gongkai.review import outlets
        from gongkai.review.pages import PAGES
        from gongkai.review.receivers import (
            close_sheet,
            make_workflows_once,
            open_sheet,
            queue_screening,
            queue_work,
            refuse_a_move,
            refuse_the_base,
        )
        from gongkai.review.signals import asked, queued

        outlets.register("page", PAGES)
        workflow_submitted.connect(open_sheet, dispatch_uid="review.open_sheet")
        workflow_cancelled.connect(close_sheet, dispatch_uid="review.close_sheet")
        queued.connect(queue_screening, dispatch_uid="review.queue")
        asked.connect(queue_work, dispatch_uid="review.work")
        pre_page_move.connect(refuse_a_move, dispatch_uid="review.moves")
        pre_save.connect(refuse_the_base, sender=Page, dispatch_uid="review.the_base")
        post_migrate.connect(make_workflows_once, sender=self, dispatch_uid="review.workflows")
