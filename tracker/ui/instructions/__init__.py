"""Single instructions (单项批示): their list and the strip of their stages."""
