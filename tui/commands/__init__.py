"""What `stormdrill` can do: one module for each command, named as the command is. `tui.cli` lists them.

Heavy parts are imported inside a command, so that none pays for another.
"""
