from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "gongkai.catalogue"
    label = "catalogue"
    verbose_name = "公开目录"

    def ready(self) -> None:
        from gongkai.catalogue.outlet import ITEMS
        from gongkai.review import outlets

        outlets.register("item", ITEMS)
