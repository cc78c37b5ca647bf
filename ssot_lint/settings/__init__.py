"""From configuration and deploy files to settings, a reader a kind of file."""
