from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "gongkai.channels"
    label = "channels"
    verbose_name = "新媒体"

    def ready(self) -> None:
        from gongkai.channels.figures import register_all
        from gongkai.channels.receivers import queue_released, withdraw
        from gongkai.review.signals import released, withdrawn

        register_all()
        released.connect(queue_released, dispatch_uid="channels.queue_released")
        withdrawn.connect(withdraw, dispatch_uid="channels.withdraw")
