"""Gongkai (公开): the open-government-information system of a municipal justice bureau."""
