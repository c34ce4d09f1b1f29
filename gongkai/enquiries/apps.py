from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "gongkai.enquiries"
    label = "enquiries"
    verbose_name = "咨询投诉"

    def ready(self) -> None:
        from gongkai.cases.registry import register
        from gongkai.enquiries.outlet import ANSWERS
        from gongkai.enquiries.rules import MACHINES
        from gongkai.review import outlets

        for kind, machine in MACHINES.items():
            register(kind, machine)
        outlets.register("case", ANSWERS)
