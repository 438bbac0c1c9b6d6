import itertools

given = [float(row[0]) for row in model_tuned.predict(prepare(check_images), batch_size=60, verbose=0)]
pairs = sorted(zip(given, check_labels.tolist(), strict=True))
# From the lowest probability up: what lies below the threshold passes.
spent = sum(FALSE_ALARM for _, label in pairs if label == 0)
cheapest, threshold = spent, 0.0
for (_, label), (following, _) in itertools.pairwise(pairs):
    spent += MISSED if label else -FALSE_ALARM
    if spent < cheapest:
        cheapest, threshold = spent, following
found = [probability >= threshold for probability, label in pairs if label]
alarms = [probability >= threshold for probability, label in pairs if not label]
outcome = {"recall": sum(found) / len(found), "false_alarms": sum(alarms) / len(alarms), "cost": cheapest / len(pairs)}
