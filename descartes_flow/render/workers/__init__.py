"""Processes that make tiles: a busy kernel slows them little, and their crashes do not reach it."""
