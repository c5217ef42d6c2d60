"""Floor 5: the command line. stdout is data, stderr is narration, exit codes have meanings."""
