"""The engine's promises, held on the sample scenario and on every shipped one."""
