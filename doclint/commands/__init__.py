"""The commands of doclint, one module a command or group of commands: arguments → work → words → exit code."""
