"""Holds each piece of disclosed information, with its statutory metadata, in its place."""
