"""Rules over several objects. Plain functions; they never commit: the view, the worker or the command does, once."""
