"""Which watches are due, the daemon that runs them, and the lines that let cron or systemd do it."""
