"""Fieldtool: a monitoring visit from the first note to the signed summary; this module only names the version and the rooms.

app        builds every object once and hands it on
ui, cli    the two faces: a window and a command line over the same services
services   one function per thing a user can do; where the rooms below meet
storage    the encrypted vault: change log, rows, search, backups
sync       changes to bundle files and back
reports    records to summary, PDF, tables
intake     other people's files to proposed records
identity   keys, certificates, signing, verifying, encrypting
domain     what a record, a change, a conflict is: pure
resources  where the shipped data files lie
"""

__version__ = "0.1.0"
