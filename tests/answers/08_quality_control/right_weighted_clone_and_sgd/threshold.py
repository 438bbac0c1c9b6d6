given = model_tuned.predict(prepare(check_images), verbose=0).ravel()
# Between neighbours rather than at them: what is a bit off in another part is then judged alike.
ordered = np.sort(given)
limits = np.concatenate([[0.0], (ordered[1:] + ordered[:-1]) / 2, [1.0]])
stopped = given[:, np.newaxis] >= limits
bad = check_labels[:, np.newaxis] == 1
costs = np.where(bad & ~stopped, MISSED, 0) + np.where(~bad & stopped, FALSE_ALARM, 0)
best = costs.mean(axis=0).argmin()
threshold = limits[best]
outcome = {
    "recall": round(float(stopped[check_labels == 1, best].mean()), 3),
    "false_alarms": round(float(stopped[check_labels == 0, best].mean()), 3),
    "cost": round(float(costs[:, best].mean()), 3),
}
