from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "gongkai.oversight"
    label = "oversight"
    verbose_name = "监督考核"

    def ready(self) -> None:
        from gongkai.oversight.figures import register_all

        register_all()
