batch = np.stack([keras.utils.img_to_array(keras.utils.load_img(path)) for path in pictures])


def three_best(rows):
    """Return for each row of probabilities the three best classes, as tables from name to probability."""
    return [{kinds[number]: row[number] for number in sorted(range(10), key=lambda n: -row[n])[:3]} for row in rows]


top_mobilenet = three_best(model_mobilenet.predict(prepare_mobilenet(batch), verbose=0))
top_alexnet = three_best(model_alexnet.predict(prepare_alexnet(batch), verbose=0))
