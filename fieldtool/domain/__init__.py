"""What a record, a change, a conflict and a vocabulary are: pure values and rules; no clock, disk, network or screen."""
