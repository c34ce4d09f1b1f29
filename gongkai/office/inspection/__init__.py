"""The self-inspection at the desk: today's list, how it went before, a quiet column confirmed."""
