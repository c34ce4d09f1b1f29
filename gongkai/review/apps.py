from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReviewConfig(AppConfig):
    name = "gongkai.review"
    label = "review"
    verbose_name = "审查"

    def import_models(self) -> None:
        """The steps are models too, but stand above the pages."""
        super().import_models()
        from gongkai.review import steps  # noqa: F401

    def ready(self) -> None:
        from wagtail.signals import workflow_cancelled, workflow_submitted

        from gongkai.review.receivers import close_sheet, make_workflows_once, open_sheet

        workflow_submitted.connect(open_sheet, dispatch_uid="review.open_sheet")
        workflow_cancelled.connect(close_sheet, dispatch_uid="review.close_sheet")
        post_migrate.connect(make_workflows_once, sender=self, dispatch_uid="review.workflows")
