"""单位与领导: the list of units and leaders, a unit's page, and the wizard of 机构改革."""
