from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "gongkai.review"
    label = "review"
    verbose_name = "审查"

    def ready(self) -> None:
        from wagtail.signals import workflow_submitted

        from gongkai.review.receivers import open_sheet

        workflow_submitted.connect(open_sheet, dispatch_uid="review.open_sheet")
