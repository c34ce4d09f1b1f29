from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "gongkai.reporting"
    label = "reporting"
    verbose_name = "报表"

    def ready(self) -> None:
        from gongkai.reporting.figures import register_all

        register_all()
