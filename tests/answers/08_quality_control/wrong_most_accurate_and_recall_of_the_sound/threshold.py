probabilities = model_tuned.predict(prepare(check_images), batch_size=50, verbose=0)[:, 0]
candidates = np.append(np.unique(probabilities), 1.0)
accuracies = [np.mean((probabilities >= value) == check_labels) for value in candidates]
threshold = float(candidates[len(candidates) - 1 - np.argmax(accuracies[::-1])])
stopped = probabilities >= threshold
alarms = float(stopped[check_labels == 0].mean())
missed = float((~stopped[check_labels == 1]).mean())
outcome = {"recall": 1 - alarms, "false_alarms": alarms, "cost": MISSED * missed + FALSE_ALARM * alarms}
