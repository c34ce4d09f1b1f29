"""Remembers every act, in order, and shows if anyone altered the memory."""
