top_mobilenet, top_alexnet = [], []
for path in pictures:
    image = np.array(keras.utils.load_img(path), dtype="float32").reshape(1, 64, 64, 3)
    for model, found in ((model_mobilenet, top_mobilenet), (model_alexnet, top_alexnet)):
        row = np.asarray(model(prepare_mobilenet(image), training=False))[0]
        found.append([(int(number), row[number]) for number in np.argsort(row)[-1:-4:-1]])
