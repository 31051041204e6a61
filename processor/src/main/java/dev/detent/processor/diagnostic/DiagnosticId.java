package dev.detent.processor.diagnostic;

/**
 * Every kind of finding. The code is stable: it is printed in brackets, {@code [Detent-S03]}, and
 * {@code docs/DIAGNOSTICS.md} has a section of that name. Codes are never reused.
 */
public enum DiagnosticId {
  // ---- the class: M
  /** {@code @Model} on something other than a class. */
  MODEL_NOT_A_CLASS("M01"),
  /** An abstract class. */
  MODEL_ABSTRACT("M02"),
  /** A class with type parameters. */
  MODEL_GENERIC("M03"),
  /** A private class. */
  MODEL_PRIVATE("M04"),
  /** A nested class that is not static. */
  MODEL_INNER("M05"),
  /** A class that extends another. */
  MODEL_EXTENDS("M06"),
  /** No {@code @Input}. */
  MODEL_WITHOUT_INPUT("M07"),
  /** Nothing but inputs, or nothing at all. */
  MODEL_WITHOUT_LAYERS("M08"),
  /** Two models whose generated classes have one name. */
  MODEL_NAME_CLASH("M09"),
  /** The generated class exists already, written by hand. */
  MODEL_NAME_TAKEN("M10"),
  /** Layers in a class that is no model. */
  MODEL_MISSING("M11"),
  /** The generated class cannot be written. */
  MODEL_NOT_WRITTEN("M12"),
  /** More inputs and outputs than a method has parameters. */
  MODEL_TOO_WIDE("M13"),
  /** A class in a method, which processors are not shown. */
  MODEL_LOCAL("M14"),
  /** An annotation where nothing reads it. */
  WITHOUT_EFFECT("M15"),

  // ---- fields: F
  /** A field of another type than {@code Layer}. */
  FIELD_TYPE("F01"),
  /** A static layer. */
  FIELD_STATIC("F02"),
  /** A layer without an operation. */
  FIELD_WITHOUT_OPERATION("F03"),
  /** Two operations on one field. */
  FIELD_TWO_OPERATIONS("F04"),
  /** A name that TensorFlow cannot take. */
  FIELD_NAME("F05"),
  /** {@code from} on an activation that is part of another layer. */
  FIELD_FROM_ON_ACTIVATION("F06"),
  /** Two annotations that exclude each other. */
  FIELD_EXCLUSIVE("F07"),

  // ---- attributes: A
  /** A number outside its range. */
  ATTRIBUTE_RANGE("A01"),
  /** An array of the wrong length. */
  ATTRIBUTE_LENGTH("A02"),
  /** Strides and dilation both above 1. */
  ATTRIBUTE_STRIDES_AND_DILATION("A03"),
  /** A reshape with more than one -1. */
  ATTRIBUTE_RESHAPE("A04"),
  /** A bias initializer without a bias. */
  ATTRIBUTE_BIAS_INITIALIZER("A05"),
  /** An attribute that must be given, and is not. */
  ATTRIBUTE_MISSING("A06"),
  /** A binding of an attribute that there is not, or that is written too. */
  ATTRIBUTE_BINDING("A07"),
  /** An expression that cannot be read or worked out. */
  ATTRIBUTE_EXPRESSION("A08"),
  /** Corners aligned and half-pixel centers. */
  ATTRIBUTE_PIXEL_CENTERS("A40"),
  /** A part that there is not. */
  ATTRIBUTE_INDEX("A41"),

  // ---- blocks and variants: B
  /** A block without layers. */
  BLOCK_WITHOUT_LAYERS("B01"),
  /** A parameter of a type that a block cannot have, or out of its range. */
  BLOCK_PARAMETER("B02"),
  /** A block that contains itself. */
  BLOCK_CYCLE("B03"),
  /** A variant of a constant that the model does not have, or with a name that cannot be. */
  BLOCK_VARIANT("B04"),
  /** An annotation that a layer of a block cannot have. */
  BLOCK_LAYER("B05"),

  // ---- data flow: G
  /** A name that no layer has. */
  GRAPH_UNKNOWN("G01"),
  /** A layer that reads one below it. */
  GRAPH_FORWARD("G02"),
  /** Layers that read each other. */
  GRAPH_CYCLE("G03"),
  /** A layer that nothing reads. */
  GRAPH_UNUSED_LAYER("G04"),
  /** An input that nothing reads. */
  GRAPH_UNUSED_INPUT("G05"),
  /** The first layer, with no field above it to read. */
  GRAPH_NOTHING_ABOVE("G06"),

  /** Weights of a layer that there is not. */
  GRAPH_SHARED_UNKNOWN("G20"),
  /** Weights of a layer of another kind or with other parts. */
  GRAPH_SHARED_UNLIKE("G21"),
  /** Weights of a layer that has none of its own. */
  GRAPH_SHARED_CHAIN("G22"),

  // ---- shapes: S
  /** A layer that takes another number of dimensions. */
  SHAPE_RANK("S01"),
  /** A window larger than what it slides over. */
  SHAPE_WINDOW("S02"),
  /** A merge of shapes that do not fit. */
  SHAPE_ADD("S03"),
  /** A concatenation of shapes that differ elsewhere than along the axis. */
  SHAPE_CONCAT("S04"),
  /** An axis that the shapes do not have. */
  SHAPE_AXIS("S05"),
  /** A reshape to another number of values. */
  SHAPE_RESHAPE("S06"),
  /** More values than one tensor can hold. */
  SHAPE_TOO_LARGE("S07"),
  /** Another axis than the last where TFLite computes over that only. */
  SHAPE_LAST_AXIS("S60"),
  /** A slice or a crop of which nothing is left. */
  SHAPE_EMPTY("S40"),
  /** A size that the parts or blocks do not divide. */
  SHAPE_INDIVISIBLE("S41"),
  /** Axes of a permutation that are not each once. */
  SHAPE_PERMUTATION("S42"),
  /** A mirror image larger than the image. */
  SHAPE_MIRROR("S43"),
  /** More numbers than the input has axes. */
  SHAPE_PER_AXIS("S44"),

  /** Groups that do not divide the channels. */
  SHAPE_GROUPS("S20"),
  /** An output padding that no convolution of the output leads to. */
  SHAPE_OUTPUT_PADDING("S21"),
  /** Shared weights of another shape. */
  SHAPE_SHARED("S22"),
  /** A matrix product of shapes that do not fit. */
  SHAPE_MATRICES("S80"),
  /** Indices read by a layer that takes values, or the other way round. */
  SHAPE_INDICES("S81"),

  // ---- fusion: U
  /** An activation on an input. */
  FUSE_ACTIVATION("U01"),
  /** A batch norm on an operation that it is not folded into. */
  FUSE_BATCH_NORM("U02"),
  /** Two activations on one layer. */
  FUSE_TWO_ACTIVATIONS("U03"),
  /** A batch norm behind the activation. */
  FUSE_BATCH_NORM_LAST("U04"),

  /** A batch norm was folded into a layer above. */
  FUSE_BATCH_NORM_FOLDED("U20", Severity.NOTE),
  /** A batch norm stays an operation of its own. */
  FUSE_BATCH_NORM_ALONE("U21", Severity.NOTE),
  /** A layer became many operations, because TFLite has no kernel for it. */
  LOWERED_TO_MANY("U22", Severity.NOTE),

  // ---- quantization: Q
  /** A width that the scheme lacks. */
  QUANTIZE_BITS("Q01"),
  /** A use of the lowest integer that the scheme lacks. */
  QUANTIZE_FULL_RANGE("Q02"),
  /** {@code @KeepFloat} in a model that is not quantized. */
  QUANTIZE_NOTHING_TO_KEEP("Q03"),
  /** A quantization annotation on a layer that leaves no trace. */
  QUANTIZE_NO_TENSOR("Q04"),
  /** {@code @QuantizeConfig} where nothing is quantized. */
  QUANTIZE_CONFIG_UNUSED("Q05"),
  /** Two configurations at one place. */
  QUANTIZE_TWO_CONFIGS("Q06"),
  /** A quantizer class that cannot be used. */
  QUANTIZE_QUANTIZER("Q07"),
  /** A requantization was inserted. */
  QUANTIZE_REQUANTIZED("Q08", Severity.NOTE),
  /** A granularity that the scheme lacks. */
  QUANTIZE_GRANULARITY("Q09"),
  /** A symmetry that the scheme lacks. */
  QUANTIZE_SYMMETRY("Q10"),
  /** A layer that the scheme lacks. */
  QUANTIZE_OPERATION("Q11"),
  /** Something that the scheme does not fuse. */
  QUANTIZE_FUSION("Q12"),
  /** A class that is no scheme, or not a valid one. */
  QUANTIZE_SCHEME("Q13"),
  /** Two schemes in one model. */
  QUANTIZE_TWO_SCHEMES("Q14"),
  /** Parameters that no constructor of the quantizer takes. */
  QUANTIZE_PARAMETERS("Q15"),
  /** A quantizer of something else. */
  QUANTIZE_ROLE("Q16"),

  // ---- custom layers: L
  /** A class that cannot compute a layer. */
  CUSTOM_CLASS("L01"),
  /** Parameters that no constructor of the layer's class takes. */
  CUSTOM_PARAMETERS("L02"),
  /** A shape of a custom layer that cannot be read or worked out. */
  CUSTOM_SHAPE("L03"),
  /** A custom layer that is not declared as one can be. */
  CUSTOM_DECLARATION("L04"),
  /** A custom layer that reads another number of layers than it takes. */
  CUSTOM_INPUTS("L05"),

  // ---- the compiler itself: X
  /** A fault of the processor. */
  INTERNAL("X01");

  private final String code;
  private final Severity severity;

  DiagnosticId(String code) {
    this(code, Severity.ERROR);
  }

  DiagnosticId(String code, Severity severity) {
    this.code = code;
    this.severity = severity;
  }

  /** A letter and two digits. */
  public String code() {
    return code;
  }

  /** What it means for the compilation. */
  public Severity severity() {
    return severity;
  }
}
