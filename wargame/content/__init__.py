"""Floor 1: YAML files → checked rulesets and scenarios. The only importer of yaml."""
