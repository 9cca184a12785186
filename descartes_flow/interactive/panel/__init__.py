"""The panel of a map: its layers and what is known of each, and the log."""
