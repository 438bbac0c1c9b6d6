threshold = 0.5
outcome = {"recall": 0.9, "false_alarms": 0.1, "cost": 0.2}
