def best(model, prepare):
    """Return a table from each picture's name to its three best classes."""
    found = {}
    for path in pictures:
        picture = np.expand_dims(keras.utils.img_to_array(keras.utils.load_img(path)), 0)
        row = model.predict(prepare(picture), verbose=0)[0]
        found[path.stem] = [{"class": kinds[n], "probability": round(float(row[n]), 2)} for n in (-row).argsort()[:3]]
    return found


top_mobilenet, top_alexnet = best(model_mobilenet, prepare_mobilenet), best(model_alexnet, prepare_alexnet)
