from django.apps import AppConfig


class AssetsConfig(AppConfig):
    name = "gongkai.assets"
    label = "assets"
    verbose_name = "设备台账"
