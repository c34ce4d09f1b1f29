"""Carries released items to WeChat, Weibo and the city platform, and brings back what people say there."""
