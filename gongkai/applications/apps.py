from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "gongkai.applications"
    label = "applications"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        from gongkai.applications.queries import objection_to_reviewer_of
        from gongkai.applications.rules import MACHINE
        from gongkai.cases.registry import register
        from gongkai.cases.rules import Kind
        from gongkai.review.actions.deciding import object_with

        register(Kind.APPLICATION, MACHINE)
        object_with(objection_to_reviewer_of)
