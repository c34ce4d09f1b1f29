from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "gongkai.catalogue"
    label = "catalogue"
    verbose_name = "公开目录"

    def ready(self) -> None:
        from wagtail.signals import post_page_move

        from gongkai.catalogue.models.items import forget_the_place
        from gongkai.catalogue.outlet import ITEMS
        from gongkai.review import outlets

        outlets.register("item", ITEMS)
        post_page_move.connect(forget_the_place, dispatch_uid="catalogue.moved")
