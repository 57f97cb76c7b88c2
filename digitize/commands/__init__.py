"""The commands of ``digitize`` that have subcommands of their own."""
