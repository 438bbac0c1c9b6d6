def prepare(images):
    """Scale to 0 to 1."""
    return images / 255.0
