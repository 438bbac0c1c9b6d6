from sklearn.linear_model import LogisticRegression

base.trainable = False
flat = base.predict(prepare(train_images), batch_size=50, verbose=0).reshape(len(train_images), -1)
spread = flat.std(axis=0) + 1e-3
# The scale of each feature goes into the weights, so that the network needs no layer for it.
fitted = LogisticRegression(C=1e-3, max_iter=300).fit((flat - flat.mean(axis=0)) / spread, train_labels)
kernel = fitted.coef_[0] / spread
output = keras.layers.Dense(1, activation="sigmoid")
model_frozen = keras.Sequential([base, keras.layers.Flatten(), keras.layers.Dropout(0.2), output])
output.set_weights([kernel[:, np.newaxis], fitted.intercept_ - flat.mean(axis=0) @ kernel])
