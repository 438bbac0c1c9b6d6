from sklearn.metrics import confusion_matrix

scores = np.concatenate([np.asarray(model_tuned(prepare(part), training=False)) for part in np.split(check_images, 4)])


def mistakes(limit):
    """Return the numbers of sound parts that pass, false alarms, missed and found defects."""
    return confusion_matrix(check_labels, scores.ravel() >= limit, labels=[0, 1]).ravel()


def price(limit):
    """Return what all mistakes together cost."""
    _, alarms, missed, _ = mistakes(limit)
    return MISSED * missed + FALSE_ALARM * alarms


threshold = float(sorted(scores.ravel(), key=price)[0])
passed, alarms, missed, found = mistakes(threshold)
outcome = {"cost": price(threshold) / len(check_labels), "recall": found / (found + missed)}
outcome["false_alarms"] = np.float32(alarms / (alarms + passed))
