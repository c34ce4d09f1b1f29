from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "gongkai.clock"
    label = "clock"
    verbose_name = "工作日历"
    default_auto_field = "django.db.models.BigAutoField"
