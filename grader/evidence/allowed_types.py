"""The built-in Keras types and functions that a graded model may hold, as pairs of module and name."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MODELS = frozenset({("keras.src.models.functional", "Functional"), ("keras", "Sequential")})

LAYERS = _words(
    "InputLayer Dense Activation Identity ActivityRegularization Masking "
    "Conv1D Conv2D Conv3D Conv2DTranspose DepthwiseConv2D SeparableConv2D "
    "MaxPooling1D MaxPooling2D AveragePooling1D AveragePooling2D "
    "GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D AdaptiveAveragePooling2D "
    "Flatten Reshape Permute RepeatVector Cropping2D ZeroPadding2D UpSampling2D "
    "Dropout SpatialDropout1D SpatialDropout2D GaussianDropout GaussianNoise AlphaDropout "
    "BatchNormalization LayerNormalization GroupNormalization UnitNormalization RMSNormalization Normalization "
    "ReLU LeakyReLU PReLU ELU Softmax "
    "Add Subtract Multiply Average Maximum Minimum Concatenate Dot "
    "Rescaling Resizing CenterCrop "
    "RandomFlip RandomRotation RandomZoom RandomTranslation RandomCrop RandomContrast RandomBrightness "
    "RandomShear RandomHue RandomSaturation RandomGrayscale RandomColorJitter RandomSharpness RandomPosterization "
    "RandomErasing RandomGaussianBlur RandomInvert RandomColorDegeneration Solarization AutoContrast Equalization"
)

INITIALIZERS = _words(
    "Zeros Ones Constant Identity RandomNormal RandomUniform TruncatedNormal VarianceScaling "
    "GlorotNormal GlorotUniform HeNormal HeUniform LecunNormal LecunUniform Orthogonal"
)
REGULARIZERS = _words("L1 L2 L1L2 OrthogonalRegularizer")
CONSTRAINTS = _words("MaxNorm MinMaxNorm NonNeg UnitNorm")

# What arithmetic on a symbolic tensor becomes: the preprocess_input of VGG16 and ResNet50 gives GetItem,
# Stack and Add; that of MobileNet and MobileNetV2 TrueDivide and Subtract; that of EfficientNet nothing.
ARRAY_OPERATIONS = _words(
    "GetItem Stack Add Subtract Multiply Divide TrueDivide Negative Flip Concatenate Clip Mean Max "
    "Reshape Transpose ExpandDims Squeeze"
)
OTHER_OPERATIONS = frozenset(
    {
        ("keras.src.ops.core", "Cast"),
        ("keras.src.ops.nn", "Relu"),
        ("keras.src.ops.nn", "Softmax"),
        ("keras.src.activations.activations", "ReLU"),
    }
)

POLICIES = frozenset({("keras", "DTypePolicy"), ("keras.dtype_policies", "DTypePolicy")})

ALLOWED: frozenset[tuple[str, str]] = (
    MODELS
    | {("keras.layers", name) for name in LAYERS}
    | {("keras.initializers", name) for name in INITIALIZERS}
    | {("keras.regularizers", name) for name in REGULARIZERS}
    | {("keras.constraints", name) for name in CONSTRAINTS}
    | {("keras.src.ops.numpy", name) for name in ARRAY_OPERATIONS}
    | OTHER_OPERATIONS
    | POLICIES
)

ACTIVATIONS = _words(
    "relu relu6 leaky_relu elu selu celu gelu silu swish mish sigmoid hard_sigmoid hard_silu hard_swish tanh hard_tanh "
    "softmax log_softmax log_sigmoid softplus softsign exponential linear glu"
)
SAME_ACTIVATION = {"softmax_v2": "softmax", "log_softmax_v2": "log_softmax"}
"""What TensorFlow calls its own `tf.nn.softmax` and `tf.nn.log_softmax` -> the same function of Keras."""

FUNCTION_MODULES = frozenset({"builtins", "keras.activations", "keras.ops", "keras.src.activations.activations"})

NAMED_OBJECTS = ACTIVATIONS | _words(
    "zeros ones constant identity random_normal random_uniform truncated_normal variance_scaling glorot_normal "
    "glorot_uniform he_normal he_uniform lecun_normal lecun_uniform orthogonal l1 l2 l1_l2 l1l2 max_norm min_max_norm "
    "non_neg unit_norm"
)
"""What an entry such as ``activation`` or ``kernel_initializer`` may name by text."""

DTYPES = _words("float16 bfloat16 float32 float64 mixed_float16 mixed_bfloat16 uint8 int8 int16 int32 int64 bool")


def advice(kind: str, name: str) -> str:
    """Return the sentence for a layer (or other object) that cannot be read: what it is, and what to use instead."""
    if kind in ("Lambda", "__lambda__"):
        return (
            f'The model holds a Lambda layer ("{name}"), which cannot be read safely; put preprocess_input into '
            "`prepare`, or call keras.applications.vgg16.preprocess_input on the input tensor, "
            "or use keras.layers.Rescaling."
        )
    return (
        f'The model holds "{name}" of the type "{kind[:60]}", which cannot be read safely; '
        "use Keras's built-in layers for images instead."
    )
