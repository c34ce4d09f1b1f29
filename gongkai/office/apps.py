from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class OfficeConfig(AppConfig):
    name = "gongkai.office"
    label = "office"
    verbose_name = "工作台"

    def ready(self) -> None:
        from django.contrib.auth.models import Group
        from wagtail.models import PageLogEntry

        from gongkai.office.groups import open_new_group, sync_after_migrate
        from gongkai.office.labels import label_fields
        from gongkai.office.pages.mirror import mirror

        label_fields()
        post_migrate.connect(sync_after_migrate, sender=self, dispatch_uid="office.groups")
        post_save.connect(open_new_group, sender=Group, dispatch_uid="office.new_group")
        post_save.connect(mirror, sender=PageLogEntry, dispatch_uid="office.mirror")
