from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "gongkai.config"
    label = "config"
    verbose_name = "系统"
