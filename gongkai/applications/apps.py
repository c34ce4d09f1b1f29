from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "gongkai.applications"
    label = "applications"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        from gongkai.applications.rules import MACHINE
        from gongkai.cases.registry import register
        from gongkai.cases.rules import Kind

        register(Kind.APPLICATION, MACHINE)
