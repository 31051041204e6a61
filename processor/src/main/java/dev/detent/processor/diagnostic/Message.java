package dev.detent.processor.diagnostic;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every text that the processor prints. A code is stable: it is printed in brackets, {@code
 * [Detent-S03]}, is never reused, and has a section in {@code docs/DIAGNOSTICS.md}, which is
 * written from this file: the comment on the first text of a code explains it there.
 *
 * <p>A text has named parameters, {@code {layer}}, whose values are passed in the order in which
 * they first appear. {@code {count} value(s)} is in the singular if the count is 1.
 */
public enum Message {
  // ---- the class: M
  /** {@code @Model} is on something else than a class. The fields of a class are its layers. */
  M01_NOT_A_CLASS(
      "{name} is {kind}, but a @Model is a class with a field for each layer.", "Make it a class."),
  /** The class is abstract. Nothing extends a model, so there would be nothing to generate. */
  M02_ABSTRACT_CLASS("{model} is abstract, but nothing extends a model.", "Remove 'abstract'."),
  /** The class has type parameters. A model is compiled once, with fixed layers. */
  M03_GENERIC_CLASS(
      "{model} has type parameters, but the layers of a model are fixed when it is compiled.",
      "Remove them."),
  /** The class is private. The generated class is another one in the same package. */
  M04_PRIVATE_CLASS(
      "{model} is private, so the generated class cannot name it.", "Remove 'private'."),
  /** The class is an inner class, so it belongs to an object of the outer one. */
  M05_INNER_CLASS(
      "{model} is an inner class of {outer}, but a model belongs to no other object.",
      "Make it static."),
  /** The class extends another. Only its own fields are layers: inherited ones would be lost. */
  M06_SUBCLASS(
      "{model} extends {parent}, but only the layers of the class itself are read.",
      "Declare all layers in one class and remove 'extends'."),
  /** No layer is an {@code @Input}. */
  M07_WITHOUT_INPUT(
      "Model {model} has no input.",
      "Declare one above its layers: @Input(shape = {28, 28, 1}) Layer image;"),
  /** The class has no layers, or nothing but inputs. */
  M08_WITHOUT_LAYERS(
      "Model {model} has no layers.", "Declare some: @Dense(units = 10) Layer logits;"),
  M08_ONLY_INPUTS(
      "Model {model} has no layers but its inputs.",
      "Declare some: @Dense(units = 10) Layer logits;"),
  /** Two models share a name: a nested {@code Outer.Digits} generates {@code Outer_DigitsModel}. */
  M09_NAME_CLASH(
      "Models {one} and {other} would both generate {generated}.", "Rename one of the two."),
  /** The class that would be generated already exists, written by hand. */
  M10_NAME_TAKEN(
      "Model {model} generates {generated}, but the sources already have a class of that name.",
      "Rename one of the two."),
  /** Fields are annotated as layers, but their class has no {@code @Model}. */
  M11_MODEL_MISSING(
      "'{class}' has layers, such as '{layer}', but no @Model, so nothing is generated from it.",
      "Annotate it with @Model."),
  /** The generated source cannot be written; the example is compiled with a full disk. */
  M12_NOT_WRITTEN(
      "{generated} cannot be written ({exception}).",
      "Make room in the folder of generated sources (-s), or allow writing to it."),
  /** Inputs and outputs are parameters of generated code. A Java method has at most 255. */
  M13_TOO_WIDE(
      "Model {model} has {inputs} input(s) and {outputs} output(s), but generated code takes each"
          + " as a parameter, and Java allows {most}.",
      "Join inputs to one that @Split or @Slice cuts up, and outputs with @Concat."),
  /** Annotation processors are not shown a class in a method; in {@code javac} Detent finds it. */
  M14_LOCAL_CLASS(
      "Model {model} is declared in a method, where no annotation processor sees it, so nothing is"
          + " generated from it.",
      "Make it a class of its own, or a static nested one."),
  /** An annotation of a model or a layer is on something else, where nothing reads it. */
  M15_WITHOUT_EFFECT(
      "@{annotation} has no effect here: '{element}' is not a layer.",
      "Move it to one, or remove it."),
  M15_ON_BLOCK(
      "@{annotation} has no effect here: '{element}' has the layers of a block.",
      "Move it to the block's annotation, to its layers or to the field that uses it."),
  M15_CLASS_WITHOUT_MODEL(
      "@{annotation} has no effect here: '{element}' has no @Model.",
      "Annotate the class with @Model, or remove it."),
  M15_IN_CLASS_WITHOUT_MODEL(
      "@{annotation} has no effect here: '{element}' is in a class without @Model.",
      "Annotate the class with @Model, or remove it."),

  // ---- fields: F
  /** A field is not a layer. Only static fields may be something else. */
  F01_FIELD_TYPE(
      "Field '{field}' is of type {type}, but the fields of a model are layers.",
      "Declare it as: Layer {field};"),
  F01_CONSTANT(
      "Field '{field}' is of type {type}, but the fields of a model are layers.",
      "Make it static if it is a constant, or move it to another class."),
  /** A layer is static. */
  F02_STATIC_LAYER(
      "Layer '{layer}' is static, but the layers of a model are instance fields.",
      "Remove 'static'."),
  /** A field of type {@code Layer} has no annotation that says what it computes. */
  F03_WITHOUT_OPERATION(
      "Layer '{layer}' has no operation.",
      "Annotate the field with one, such as @Conv2D, @Dense or @Input."),
  /** A field has two operations. One field is one layer and one tensor of the deployed model. */
  F04_TWO_OPERATIONS(
      "Layer '{layer}' has two operations, @{one} and @{other}, but one field is one layer.",
      "Give @{other} a field of its own."),
  F04_BLOCK_AND_OPERATION(
      "Layer '{layer}' is the block @{block} and also has @{other}, but one field is one layer or"
          + " one block.",
      "Give @{other} a field of its own."),
  /** A layer has its field's name in TensorFlow as well, which takes fewer names than Java. */
  F05_FIELD_NAME(
      "'{name}' is also the layer's name in TensorFlow, which takes ASCII letters, digits and,"
          + " after the first character, underscores.",
      "Rename the field."),
  /** An activation or batch norm on the field of an operation reads what that yields. */
  F06_FROM_ON_ACTIVATION(
      "@{annotation} is part of this layer and reads nothing itself.",
      "Move 'from' to @{operation}, or give @{annotation} a field of its own."),
  /** Two annotations on one field contradict each other. */
  F07_EXCLUSIVE_ANNOTATIONS(
      "@Quantize and @KeepFloat exclude each other.", "Remove one from layer '{layer}'."),
  /** {@code @Bidirectional} has two layers read a sequence, one in each direction. */
  F08_BIDIRECTIONAL(
      "@Bidirectional is on layer '{layer}', which is @{operation}, but it stacks on @Lstm and @Gru"
          + " only.",
      "Remove it."),
  F08_GO_BACKWARDS(
      "@{operation} has goBackwards, but @Bidirectional reads in both directions.",
      "Remove one of the two."),

  // ---- attributes: A
  /** A number is outside the range that the attribute's documentation gives. */
  A01_OUT_OF_RANGE("{attribute} of @{annotation} is {value}.", "It must be {range}."),
  A01_EACH_OUT_OF_RANGE("{attribute} of @{annotation} is {values}.", "Each must be {range}."),
  A01_CAUSAL(
      "padding of @{annotation} is CAUSAL, which only @Conv1D, @DepthwiseConv1D and"
          + " @SeparableConv1D have.",
      "It must be VALID or SAME."),
  /** An array has more or fewer values than the attribute takes. */
  A02_WRONG_LENGTH("{attribute} of @{annotation} has {count} value(s).", "It takes {wanted}."),
  /** A convolution has strides and a dilation. Neither Keras nor TensorFlow computes both. */
  A03_STRIDES_AND_DILATION(
      "@{annotation} has strides {strides} and dilationRate {dilation}, but, as in Keras, only one"
          + " of them may be above 1.",
      "Set one of them to 1."),
  /** The shape of a {@code @Reshape} leaves more than one size open, or has a size of 0. */
  A04_RESHAPE_SIZES(
      "shape of @Reshape is {shape}.",
      "Each size must be at least 1; one may be -1, and is then worked out."),
  /** An attribute says something of what another attribute takes away. */
  A05_BIAS_INITIALIZER(
      "@{annotation} has a biasInitializer, but useBias = false leaves no bias to initialize.",
      "Remove one of the two."),
  A05_KEY_FROM(
      "@{annotation} has keyFrom, but no valueFrom: the values would be the query's.",
      "Write valueFrom; keys are read from there, too, unless keyFrom says otherwise."),
  /** An attribute that has no sensible default is neither written nor bound. */
  A06_MISSING_ATTRIBUTE(
      "@{annotation} has no {attribute}.",
      "Write {attribute} = ..., or give it a value with @Bind."),
  /** {@code @Bind} names no attribute, one that is also written, or gives it a value of no fit. */
  A07_BINDING(
      "@{annotation} has no attribute '{attribute}' that can be bound{near}",
      "It has {attributes}."),
  A07_BOUND_AND_WRITTEN(
      "'{attribute}' is written on @{annotation} and bound as well.", "Keep one."),
  A07_BOUND_TYPE(
      "'{attribute}' of @{annotation} takes {wanted}, which the expression does not yield.",
      "Correct the expression."),
  A07_BOUND_TWICE("'{name}' is given a value twice.", "Keep one."),
  /** An expression in {@code @Bind} or {@code @When} is malformed, or has an unknown name. */
  A08_EXPRESSION("'{name}' in '{expression}' has no value here{near}", "Known names are {names}."),
  A08_WITHOUT_NAMES(
      "'{name}' in '{expression}' has no value: no names are known here.",
      "Declare constants, static final, in the model."),
  A08_ASSIGNMENT(
      "'{text}' is not of the form name = expression.", "Write it as in filters = 2 * channels."),
  A08_EVALUATION("The expression '{expression}' cannot be worked out: {problem}.", "Correct it."),
  A08_CONDITION(
      "'{expression}' is not true or false, as a condition must be.", "Compare it with something."),
  /** The two place the pixels differently. */
  A40_PIXEL_CENTERS(
      "alignCorners and halfPixelCenters exclude each other: with aligned corners, a pixel lies at"
          + " its corner.",
      "Set halfPixelCenters = false, or remove alignCorners."),
  /** {@code @Split} has no part of this {@code index}. They are counted from 0. */
  A41_PART_INDEX(
      "index of @Split is {index}, but it has {parts} parts.", "The last has index {last}."),

  // ---- blocks and variants: B
  /** A block has no class {@code Layers}, or its parameters leave none of its layers. */
  B01_BLOCK_WITHOUT_LAYERS(
      "Block @{block} has no layers.",
      "Declare them as fields of a class Layers in the annotation: @interface {block} { class"
          + " Layers { ... } }."),
  B01_NO_LAYER_LEFT(
      "Block '{block}' has no layers left with these parameters and an input of shape {shape}.",
      "Remove the field, or change its parameters."),
  /** A parameter of a block has a type that it cannot have, or a value out of its range. */
  B02_BLOCK_PARAMETER(
      "Parameter '{parameter}' of block @{block} is of type {type}.",
      "It must be a number or a boolean; 'from' is a String."),
  B02_REPEAT("repeat of @{block} is {repeat}.", "It must be a whole number from 1 to {most}."),
  B02_TOO_MANY_LAYERS(
      "With layer '{layer}' the model has more than {most} layers.",
      "Repeat its blocks less often."),
  /** A block contains itself, directly or through others. */
  B03_BLOCK_IN_ITSELF(
      "Block @{block} contains itself, so it would never end.", "Take it out of its own layers."),
  /** A variant sets a constant that the model does not have, or has a name that it cannot. */
  B04_VARIANT(
      "Model {model} has no constant '{constant}'{near}",
      "A constant is a static final field that is a number or a boolean."),
  B04_VARIANT_TYPE(
      "Constant '{constant}' takes {wanted}, which the expression does not yield.",
      "Correct the expression."),
  B04_VARIANT_NAME("'{name}' cannot be the name of a class.", "Rename the variant."),
  B04_VARIANT_CLASH("Two models are called '{name}'.", "Rename one of them."),
  /** A layer of a block is an input or output, or has the name of the block's input. */
  B05_BLOCK_LAYER("'input' is the name of a block's input.", "Rename the layer."),
  B05_INPUT_IN_BLOCK(
      "A block is fed by the model, so none of its layers can be an @Input.",
      "Let it read 'input'."),
  B05_OUTPUT_IN_BLOCK(
      "A block yields its last layer, so none of its layers can be an @Output.",
      "Remove it, or write @Output on the field that uses the block."),

  // ---- data flow: G
  /** A layer reads a name that no field of the class has. Similar names are offered. */
  G01_UNKNOWN_LAYER(
      "Layer '{layer}' reads '{name}', but there is no layer of that name{near}",
      "Layers above it: {names}."),
  /** A layer reads one that is declared below it. */
  G02_LAYER_BELOW(
      "Layer '{layer}' reads '{read}', which is declared below it, but the order of the fields is"
          + " the order of data flow.",
      "Move '{read}' above '{layer}'."),
  /** Layers read each other in a circle. Data flows in one direction. */
  G03_CYCLE(
      "Layer '{layer}' reads '{read}', which reads '{layer}' again: {path}.",
      "Let '{layer}' read a layer above it."),
  G03_READS_ITSELF("Layer '{layer}' reads itself.", "Name a layer above it."),
  /** No layer reads this one, and it is not an output: it would be computed for nothing. */
  G04_UNUSED_LAYER(
      "Nothing reads layer '{layer}', and it is not an output of the model (outputs: {outputs}).",
      "Let a layer read it with from = \"{layer}\", mark it with @Output, or remove it."),
  /** No layer reads this input. By default a layer reads the field above it only. */
  G05_UNUSED_INPUT(
      "Nothing reads input '{input}'.",
      "Let a layer read it with from = \"{input}\", or remove it."),
  /** The first field is a layer that reads the field above it, and there is none. */
  G06_NOTHING_ABOVE(
      "Layer '{layer}' reads the field above it, but it is the first.",
      "Declare an @Input above it."),
  /** {@code sharedWith} names a layer that does not exist or is declared below. */
  G20_SHARED_UNKNOWN(
      "Layer '{layer}' shares the weights of '{owner}', but there is no layer of that name above"
          + " it{near}",
      "Name a @{annotation} above it ({names})."),
  /** Layers that share their weights are of one kind and have the same parts. */
  G21_SHARED_UNLIKE(
      "Layer '{layer}' shares the weights of '{owner}', but the two differ in {difference}.",
      "Make both alike, or give '{layer}' its own weights."),
  /** {@code sharedWith} names a layer that itself shares the weights of a third. */
  G22_SHARED_CHAIN(
      "Layer '{layer}' shares the weights of '{owner}', which shares those of '{first}'.",
      "Write sharedWith = \"{first}\"."),

  // ---- shapes: S
  /** A layer reads a tensor with another number of dimensions than it takes. */
  S01_RANK(
      "Layer '{layer}' reads {input}, but @{annotation} takes {wanted}.",
      "Put a @Reshape between them, or let it read another layer."),
  S01_RANK_OF_VALUES(
      "Layer '{layer}' reads {input}, but @{annotation} takes a row of values, [features].",
      "Put a @Flatten or a @GlobalAveragePool2D between them."),
  S01_RANK_OF_STEPS(
      "Layer '{layer}' reads {input}, but @{annotation} takes a sequence, [steps, channels].",
      "Put a @Reshape between them, or set returnSequences = true on the recurrent layer before"
          + " it."),
  S01_TOO_MANY_AXES(
      "Layer '{layer}' computes @{annotation} of the shape {shape}, but TFLite takes at most {most}"
          + " axes there, not counting the batch.",
      "Put a @Reshape before it that joins some of them."),
  S01_ALL_REDUCED(
      "Layer '{layer}' reads {input}, but axis of @{annotation} lists all of its axes.",
      "Keep one of them, or set keepDims = true."),
  /** The window of a convolution or pooling is larger than what it slides over. */
  S02_WINDOW(
      "The window of layer '{layer}', {window}, is larger than its input {input}.",
      "Use a smaller window or padding = Padding.SAME, or fewer strides and poolings above."),
  /**
   * The layers that an {@code @Add} or another merging layer reads have sizes that differ where
   * neither is 1. Sizes of 1 are repeated, and a shorter shape gets leading sizes of 1.
   */
  S03_MERGE(
      "Layer '{layer}' merges {one} and {other}, but @{annotation} takes equal shapes, or sizes of"
          + " 1 where they differ.",
      "Make them equal, for example with a @Conv2D of kernelSize 1 and the same filters and strides"
          + " on the shortcut."),
  /** The layers that a {@code @Concat} reads differ in other sizes than that along its axis. */
  S04_CONCAT(
      "Layer '{layer}' joins {one} and {other} along axis {axis}, but their other sizes differ.",
      "Make all other sizes equal, for example with padding = Padding.SAME and equal strides."),
  S04_CONCAT_RANK(
      "Layer '{layer}' joins {one} and {other} along axis {axis}, but one has more axes than the"
          + " other.",
      "Put a @Reshape or @Flatten before one of them."),
  /** An axis is the batch, axis 0 as in Keras, or one that the input does not have. */
  S05_AXIS(
      "{attribute} of @{annotation} is {axis}, but {input} has {axes}.",
      "Choose one of these; as in Keras, axis 0 is the batch."),
  /** A {@code @Reshape} would yield another number of values than it reads. */
  S06_RESHAPE(
      "Layer '{layer}' reads {input}, which has {elements} values, but the shape {wanted} takes"
          + " {needed}.",
      "Choose sizes whose product is {elements}."),
  /** A tensor or kernel has more values than one array can hold. */
  S07_TOO_LARGE(
      "Layer '{layer}' has more than {most} {values}, which is more than one tensor can hold.",
      "Use smaller sizes."),
  /**
   * The groups of a convolution do not divide the channels of its input and its filters, or those
   * of a normalization the channels.
   */
  S20_GROUPS(
      "groups of layer '{layer}' is {groups}, which does not divide both the {channels} channels of"
          + " its input '{input}' and its {filters} filters.",
      "Choose a common divisor of the two."),
  S20_CHANNEL_GROUPS(
      "groups of layer '{layer}' is {groups}, which does not divide the {channels} channels of its"
          + " input '{input}'.",
      "Choose a divisor of {channels}."),
  /**
   * The same convolution over the output of a transposed one would not yield its input, or the
   * output is smaller than the strides, where XNNPACK writes outside of its memory.
   */
  S21_OUTPUT_PADDING(
      "outputPadding of layer '{layer}' would make its output {size}, but a"
          + " convolution of that with kernelSize {window} and strides {strides} does not lead back"
          + " to its input {input}.",
      "Use an outputPadding below the strides."),
  S21_OUTPUT_TOO_SMALL(
      "outputPadding of layer '{layer}' would make its output {size}, smaller than its"
          + " strides {strides}, which TFLite cannot compute.",
      "Use smaller strides, or remove outputPadding."),
  /** Two layers share their weights, but their inputs differ in channels. */
  S22_SHARED_SHAPES(
      "Layer '{layer}' shares the weights of '{owner}', whose kernel has the shape {theirs}, but it"
          + " needs {own}.",
      "Give both the same sizes and equally many channels, or give '{layer}' its own weights."),
  /** A {@code @Slice}, {@code @Crop1D} or {@code @Crop2D} leaves nothing of an axis. */
  S40_NOTHING_LEFT(
      "Layer '{layer}' reads {input}, but @{annotation} leaves nothing of axis {axis}: it keeps the"
          + " positions from {begin} to below {end}.",
      "Take less away."),
  /** A size is not a multiple of the parts or of the block that a layer divides it by. */
  S41_INDIVISIBLE(
      "Layer '{layer}' reads {input}, but {size} values along axis {axis} do not make {parts} equal"
          + " parts.",
      "Choose a divisor of {size}, or take unequal parts with @Slice."),
  S41_BLOCKS(
      "Layer '{layer}' reads {input}, but blocks of {size} by {size} do not fill it.",
      "Choose another blockSize, or bring the image to a multiple of it above."),
  S41_BLOCK_CHANNELS(
      "Layer '{layer}' reads {input}, but its channels are not a multiple of the {area} pixels of a"
          + " block.",
      "Choose another blockSize, or bring the channels to a multiple above."),
  /** A {@code @Permute} lists each axis once: {@code {2, 1, 3}} turns an image on its side. */
  S42_PERMUTATION(
      "Layer '{layer}' reads {input}, but dims of @Permute is {dims}.",
      "List each of the axes {axes} once; as in Keras, axis 0 is the batch."),
  /** {@code @Pad} mirrors a whole image (SYMMETRIC), or all but its outermost pixels (REFLECT). */
  S43_MIRROR(
      "Layer '{layer}' reads {input}, of which PadMode.{mode} mirrors at most {rows} rows and"
          + " {columns} columns, but the padding asks for more.",
      "Pad less, or use @ZeroPad2D."),
  /** A {@code @Slice} has more numbers than its input has axes. */
  S44_PER_AXIS(
      "Layer '{layer}' reads {input}, but {attribute} has {count} numbers, one for each axis.",
      "Leave the last ones out; the batch has none."),
  /** TFLite's kernels normalize over the last axis only: the channels of an image. */
  S60_LAST_AXIS(
      "axis of @{annotation} is {axis}, but TFLite computes it over the last axis only: of layer"
          + " '{layer}' of shape {shape} that is {last}, or -1.",
      "Remove the attribute, and put the axis last in what the layer reads; as in Keras, axis 0 is"
          + " the batch."),
  /** The last size of a left matrix is not the last but one of the right, or other axes differ. */
  S80_MATRICES(
      "Layer '{layer}' multiplies {left} with {right}, but that takes [..., rows, inner] and [...,"
          + " inner, columns] with equal leading axes.",
      "Check transposeA and transposeB, or put a @Reshape or a @Dense between them."),
  S80_QUERY_AND_KEY(
      "Layer '{layer}' attends with query {query}, key {key} and value {value}, but that takes"
          + " [..., rows, d], [..., steps, d] and [..., steps, columns] with equal leading axes.",
      "Give query and key the same last size, for example with @Dense."),
  S80_STEPS(
      "Layer '{layer}' attends with key {key} and value {value}, but those are [steps, channels]"
          + " with equally many steps.",
      "Let valueFrom and keyFrom name layers with equally many steps."),
  S80_KEY_AND_VALUE(
      "Layer '{layer}' attends with query {query}, key {key} and value {value}, but that takes"
          + " [..., rows, d], [..., steps, d] and [..., steps, columns] with equal leading axes.",
      "Give key and value equally many steps."),
  /** An {@code @Input} with {@code DataType.INT32} holds indices, for {@code @Embedding} alone. */
  S81_INDICES(
      "Layer '{layer}' reads '{input}', which holds indices, but @{annotation} takes real numbers.",
      "Put an @Embedding between them, or remove dataType = DataType.INT32 from the input."),
  S81_NOT_INDICES(
      "Layer '{layer}' reads '{input}', which holds real numbers, but @{annotation} takes indices.",
      "Let it read an @Input with dataType = DataType.INT32."),
  /** {@code @ArgMax} yields indices, which have no gradient: they are what a model answers. */
  S82_ANSWER(
      "Layer '{layer}' reads '{input}', but that is an @{annotation}, whose indices are what the"
          + " model answers: no layer reads them.",
      "Let it read what '{input}' reads, and mark '{input}' with @Output."),

  // ---- fusion: U
  /** An input is a tensor of its own, with the range of what the model is fed. */
  U01_ACTIVATION(
      "@{activation} cannot be on the field of an @{input}, which holds what the model is fed.",
      "Give it a field of its own below this one: @{activation} Layer {field}Activation;"),
  /** A batch norm on the field of an operation becomes part of its kernel and bias. */
  U02_BATCH_NORM(
      "@BatchNorm cannot be folded into @{operation}, which has no kernel.",
      "Move it to the convolution or dense layer that it follows, or give it a field of its own"
          + " below."),
  U02_BATCH_NORM_CUSTOM(
      "@BatchNorm cannot be folded into @{operation}, whose @CustomLayer does not say batchNorm ="
          + " true.",
      "Set batchNorm = true, or give it a field of its own below."),
  /** A layer has two activations. One after the other needs two fields. */
  U03_TWO_ACTIVATIONS(
      "Layer '{layer}' has two activations, @{one} and @{other}.",
      "Remove one, or give @{other} a field of its own."),
  /** On one field, a batch norm comes before the activation, in that order. */
  U04_BATCH_NORM_LAST(
      "@BatchNorm is written after @{activation}, but on one field it comes before the activation.",
      "Write it before @{activation}. To normalize what @{activation} yields, give it a field of"
          + " its own below: @BatchNorm Layer {field}Norm;"),
  /** A batch norm on a field of its own became part of the weights above, which costs nothing. */
  U20_BATCH_NORM_FOLDED("Batch norm '{norm}' is folded into the weights of '{layer}'."),
  U20_BATCH_NORM_ACROSS(
      "Batch norm '{norm}' is folded into the weights of '{layer}', across '{between}'."),
  /**
   * A batch norm on a field of its own stays two operations in the deployed model. To have it
   * folded, write it directly below a convolution or dense layer that nothing else reads.
   */
  U21_BATCH_NORM_ALONE(
      "Batch norm '{norm}' stays a MUL and an ADD: '{layer}' has no weights to fold it into."),
  U21_NORM_AFTER_ZEROS(
      "Batch norm '{norm}' stays a MUL and an ADD: '{layer}' adds zeros, which it would change."),
  U21_NORM_AFTER_RESHAPE(
      "Batch norm '{norm}' stays a MUL and an ADD: '{layer}' does not keep the channels apart."),
  U21_NORM_AFTER_SHARED(
      "Batch norm '{norm}' stays a MUL and an ADD: other layers read '{layer}' without it, or it is"
          + " an output."),
  U21_NORM_AFTER_ACTIVATION(
      "Batch norm '{norm}' stays a MUL and an ADD: '{layer}' has an activation before it."),
  U21_NORM_AFTER_NORM(
      "Batch norm '{norm}' stays a MUL and an ADD: '{layer}' already has a batch norm."),
  U21_NORM_OF_SHARED_WEIGHTS(
      "Batch norm '{norm}' stays a MUL and an ADD: '{layer}' shares its weights."),
  U21_NORM_HALF_QUANTIZED(
      "Batch norm '{norm}' stays a MUL and an ADD: only one of it and '{layer}' is quantized."),
  U21_NORM_WITH_PRELU(
      "Batch norm '{norm}' stays a MUL and an ADD: the alpha of its @PRelu has another shape than"
          + " '{layer}'."),
  /**
   * A layer becomes several operations, which take more time and memory than one kernel would.
   * Where that costs too much, use another layer: a {@code @BatchNorm} that is folded costs
   * nothing.
   */
  U22_LOWERED_TO_MANY(
      "TFLite has no integer kernel for @{annotation}, so layer '{layer}' becomes {count}"
          + " operations: {operations}. They write {values} values per example, where one kernel"
          + " would write {elements}."),

  // ---- quantization: Q
  /**
   * The scheme, which says what the target can do, does not have this width for this kind of layer.
   * {@code TfliteInt4Weights} and {@code TfliteInt16x8} have others; {@code AnyWidth} simulates 2
   * to 16 bits.
   */
  Q01_BITS(
      "bits of {tensors} is {bits}, but the scheme {scheme} has {tensors} of @{annotation} with"
          + " {widths} bits.",
      "Set it to {widths}."),
  Q01_BITS_OF_TFLITE(
      "bits of {tensors} is {bits}, but the scheme {scheme} has {tensors} of @{annotation} with"
          + " {widths} bits.",
      "Set it to {widths}, or choose a scheme that has {bits}, such as AnyWidth."),
  Q01_BITS_OF_NONE(
      "bits of {tensors} is {bits}, but no scheme has fewer than {fewest} or more than {most}.",
      "Set it to {widths}, which the scheme {scheme} has."),
  /** The scheme does not use the lowest integer: TFLite's int8 specification forbids -128. */
  Q02_FULL_RANGE(
      "narrowRange is {narrow}, but the scheme {scheme} has weights from {lowest} to {highest}.",
      "Remove the attribute."),
  Q02_FULL_RANGE_OF_TFLITE(
      "narrowRange is {narrow}, but the scheme {scheme} has weights from {lowest} to {highest}: its"
          + " kernels may multiply two of them into 16 bits, which {below} * {below} overflows.",
      "Remove the attribute."),
  /** {@code @KeepFloat} takes a layer out of a model that is quantized as a whole. */
  Q03_NOTHING_TO_KEEP(
      "@KeepFloat takes layer '{layer}' out of a quantized model, but {model} has no @Quantize, so"
          + " the layer is float anyway.",
      "Annotate the class with @Quantize, or remove @KeepFloat."),
  /**
   * The deployed model has no tensor for what acts in training only, and indices are on no grid.
   */
  Q04_NO_TENSOR(
      "@{annotation} leaves no trace in the deployed model, so there is nothing to quantize.",
      "Annotate the layer that it reads."),
  Q04_INDICES(
      "@{annotation} yields indices, which are integers of 32 bits in any model, so there is nothing"
          + " to quantize.",
      "Configure the layer that it reads."),
  /** A configuration says how something is quantized that is not. */
  Q05_CONFIG_UNUSED(
      "Layer '{layer}' is not quantized, so its configuration has no effect.",
      "Annotate it with @Quantize, or remove the configuration."),
  Q05_CONFIG_OF_MODEL_UNUSED(
      "No layer of {model} is quantized, so its configuration has no effect.",
      "Annotate the class or some of its layers with @Quantize, or remove the configuration."),
  Q05_WEIGHTS_UNUSED(
      "@{annotation} has no weights, so 'weights' has no effect on layer '{layer}'.",
      "Remove the attribute."),
  Q05_QUANTIZER_FIXED(
      "@{annotation} has a fixed range, so the quantizer {quantizer} has no effect on layer"
          + " '{layer}'.",
      "Remove it."),
  Q05_QUANTIZER_TIED(
      "@{annotation} has the range of what it reads, so the quantizer {quantizer} has no effect on"
          + " layer '{layer}'.",
      "Configure layer '{input}' instead."),
  /** A class or field has two configurations, perhaps one through another annotation. */
  Q06_TWO_CONFIGS(
      "'{element}' has {count} quantization configurations, and none is nearer than the others.",
      "Keep one."),
  Q06_TWO_QUANTIZERS(
      "@QuantizeWith and @QuantizeConfig of @{annotation} both name a quantizer for '{attribute}'.",
      "Keep one."),
  Q06_LAYER_AND_TENSORS(
      "'layer' names a class that chooses the quantizers of weights and activations, so this one"
          + " would have no effect.",
      "Remove one of the two."),
  /** Generated code cannot make an object of the quantizer's class. */
  Q07_QUANTIZER_CLASS(
      "The quantizer {class} {reason}.",
      "It must be a class that is not abstract, implements {type} and has a constructor"
          + " {signature}, both visible in the package of {model}."),
  Q07_WITHOUT_CONSTRUCTOR(
      "The quantizer {class} has no visible constructor without parameters: it has {constructors}.",
      "Add one, or pass the parameters with an annotation of your own that has @QuantizeWith."),
  Q07_THROWS(
      "The constructor {constructor} throws {exception}, which generated code cannot catch.",
      "Let it throw no checked exception."),
  /**
   * A tensor whose range is fixed, or which is configured otherwise, is read by an operation that
   * needs one range for all its inputs. TFLite requantizes it, which costs an operation and some
   * accuracy. To avoid it, give all that the operation reads the same configuration, or merge
   * before the softmax.
   */
  Q08_REQUANTIZED(
      "'{tensor}' cannot have the range that '{reader}' needs for all its inputs, so a QUANTIZE"
          + " comes between them."),
  Q08_REQUANTIZED_ALONE(
      "'{tensor}' is not quantized as '{reader}' is, so a QUANTIZE comes between them."),
  /** The scheme does not have this granularity at this width, as TFLite's 4-bit kernels do not. */
  Q09_GRANULARITY(
      "granularity is {granularity}, but the scheme {scheme} has {bits}-bit weights of"
          + " @{annotation} with granularity {has} only.",
      "Set it to {has}, or remove the attribute."),
  /** The scheme does not have such a zero point: TFLite's 16-bit kernels have zero point 0 only. */
  Q10_SYMMETRY(
      "symmetric is {symmetric}, but the scheme {scheme} has {bits}-bit activations of"
          + " @{annotation} with {has} only.",
      "Remove the attribute."),
  /** The scheme lacks this layer. In float it runs beside the target, after a DEQUANTIZE. */
  Q11_LAYER_NOT_IN_SCHEME(
      "Layer '{layer}' is a @{annotation}, which the scheme {scheme} does not have.",
      "Use {alternatives} instead, or keep the layer in float with @KeepFloat."),
  Q11_NO_ALTERNATIVE(
      "Layer '{layer}' is a @{annotation}, which the scheme {scheme} does not have, nor anything"
          + " like it.",
      "Leave the layer out, or keep it in float with @KeepFloat."),
  /** The scheme does not fuse this activation or batch norm into the operation of the field. */
  Q12_FUSION_NOT_IN_SCHEME(
      "The scheme {scheme} does not fuse @{annotation} into @{operation}; it fuses {fused}.",
      "Give @{annotation} a field of its own below, or keep the layer in float with @KeepFloat."),
  Q12_FUSION_OF_NO_LAYER(
      "The scheme {scheme} does not fuse @{annotation} into @{operation}; it fuses {fused}.",
      "Remove @{annotation}, or keep the layer in float with @KeepFloat."),
  /** The class has no {@code @Scheme}, or what that says is contradictory. */
  Q13_NOT_A_SCHEME(
      "{class} is not a scheme: it has no @Scheme.",
      "Annotate it with @Scheme, which says what the target can do, or name another class, such as"
          + " TfliteInt8."),
  Q13_INVALID("Scheme {scheme} is not valid.", "Correct what is reported at its @Scheme."),
  Q13_TYPE("The scheme {scheme} is not a class or interface.", "Make it one."),
  Q13_NAME("The scheme {scheme} has a blank name.", "Give it one that messages can use."),
  Q13_BIAS_BITS(
      "The scheme {scheme} has biases of {bits} bits.", "Choose 8 to 32, or 0 for TFLite's width."),
  Q13_BIAS_OF_TFLITE(
      "The scheme {scheme} has biases of {bits} bits, but TFLite decides that width itself.",
      "Remove 'biasBits' or 'tflite'."),
  Q13_WITHOUT_TWICE(
      "The scheme {scheme} lists @{annotation} in 'without', but 'only' leaves it out already.",
      "Remove it from 'without'."),
  Q13_LAYER(
      "The scheme {scheme} names @{annotation} in '{attribute}', which is not a layer that"
          + " computes.",
      "Name the annotations of layers."),
  Q13_FUSED(
      "The scheme {scheme} names @{annotation} in 'fuses', which nothing fuses.",
      "Name @BatchNorm and activations such as @Relu."),
  Q13_TWO_RULES("The scheme {scheme} has two rules for @{annotation}.", "Keep one."),
  Q13_NOT_FIXED(
      "The scheme {scheme} gives a scale or zero point for a range that is not FIXED.",
      "Write range = OutputRange.FIXED, or remove it."),
  Q13_SCALE("The scheme {scheme} has a FIXED range of the scale {scale}.", "It must be {range}."),
  Q13_ZERO_POINT(
      "The scheme {scheme} has a FIXED range of the zero point {zeroPoint}.",
      "With {bits} bits it must be from {lowest} to {highest}."),
  Q13_NO_RULE(
      "The scheme {scheme} has '{attribute}' without a rule.", "Write one, or leave it out."),
  Q13_WIDTH("The scheme {scheme} has a width of {bits} bit(s).", "Choose {fewest} to {most}."),
  Q13_EMPTY_RULE(
      "The scheme {scheme} has a rule whose '{attribute}' is empty.",
      "List what the target can do."),
  /** One model has one scheme. A field says otherwise with {@code @QuantizeConfig}. */
  Q14_TWO_SCHEMES(
      "{model} has two schemes, {one} and {other}, but one model runs on one target.", "Keep one."),
  Q14_SCHEME_IN_BLOCK(
      "A layer of a block names the scheme {scheme}, which is not that of {model}, but one model"
          + " runs on one target.",
      "Name it in @Quantize of {model}."),
  /**
   * The attributes of an annotation with {@code @QuantizeWith} are the arguments of its quantizer's
   * constructor, in their order and under the names of its parameters; {@code bits} is not one of
   * them. They must fit one visible constructor.
   */
  Q15_QUANTIZER_PARAMETERS(
      "The attributes of @{annotation} need a visible constructor {constructor}, but {class} has"
          + " {constructors}.",
      "Let the attributes, in their order and without {apart}, be those of one constructor."),
  Q15_AMBIGUOUS(
      "The attributes of @{annotation} fit several constructors equally well: {constructors}.",
      "Let one of them take the exact types of the attributes."),
  Q15_NAMES(
      "{class} has no parameter '{attribute}' in place {place}, where its constructor has"
          + " '{parameter}'{near}",
      "The attributes of @{annotation}, without {apart}, go to its constructor ({parameters}) in"
          + " their order, and must have the names of its parameters."),
  Q15_THROWS(Q07_THROWS),
  Q15_HIDDEN(
      "'{attribute}' of @{annotation} would pass {class} to a constructor, but generated code"
          + " cannot see that class.",
      "Make it, and the classes around it, visible in the package of the model."),
  Q15_TYPE(
      "'{attribute}' of @{annotation} is of type {type}, which cannot be passed to a constructor.",
      "Use a number, a boolean, a String, a class, an enum, or an array of these."),
  Q15_BITS(
      "'bits' of @{annotation} is the width and must be an int, but it is {type}.",
      "Make it an int, or rename it."),
  Q15_UNUSED(
      "@{annotation} has attributes besides 'bits', such as '{attribute}', but its @QuantizeWith"
          + " names no quantizer that they could go to.",
      "Name one: @QuantizeWith(weights = LearnedStep.class)."),
  /** The class is not a quantizer of that: one of activations is named for weights, for example. */
  Q16_QUANTIZER_ROLE(
      "{class} is named as a quantizer of {what}, but it is a quantizer of {other}.",
      "Name it in '{attribute}', or let it implement {type}{examples}."),
  Q16_NO_ROLE(
      "{class} is named as a quantizer of {what}, but it is not a quantizer.",
      "Let it implement {type}{examples}."),

  // ---- custom layers: L
  /** The class of a {@code @CustomLayer} cannot compute a layer in generated code. */
  L01_CUSTOM_LAYER_CLASS(
      "{class}, the implementation of @{annotation}, {reason}.",
      "It must be a class that is not abstract, is visible to the models that use the layer, and"
          + " implements ComposedLayer or CustomOperation."),
  /**
   * The attributes of a custom layer's annotation are the arguments of its class's constructor, in
   * their order and under the names of its parameters; those that name what the layer reads are not
   * among them. No constructor takes these.
   */
  L02_CUSTOM_LAYER_PARAMETERS(Q15_QUANTIZER_PARAMETERS),
  L02_WITHOUT_CONSTRUCTOR(
      "The layer {class} has no visible constructor without parameters: it has {constructors}.",
      "Add one, or give the annotation attributes that the constructor takes."),
  L02_AMBIGUOUS(Q15_AMBIGUOUS),
  L02_NAMES(Q15_NAMES),
  L02_THROWS(Q07_THROWS),
  L02_HIDDEN(Q15_HIDDEN),
  L02_TYPE(Q15_TYPE),
  /**
   * A shape of a custom layer cannot be read or worked out. Its language is that of {@code @Bind};
   * its names are the sizes of what the layer reads and those attributes that are numbers or
   * booleans.
   */
  L03_CUSTOM_LAYER_SHAPE(
      "{attribute} of @{annotation}, '{expression}', cannot be read: {problem}.",
      "Correct the expression."),
  L03_NAME(
      "{attribute} of @{annotation}, '{expression}', has the unknown name '{name}'{near}",
      "Known names are the sizes of what the layer reads and its attributes that are numbers or"
          + " booleans: {names}."),
  L03_NO_SHAPE(
      "The shape of weight '{weight}' of @{annotation} is empty.",
      "Give it one to {most} sizes, such as \"{channels, 2}\"; one number is \"1\"."),
  L03_EVALUATION(
      "{attribute} of @{annotation}, '{expression}', cannot be worked out ({problem}) where layer"
          + " '{layer}' reads {inputs}.",
      "Change what it reads or its attributes, or correct the expression."),
  L03_SIZE(
      "{attribute} of @{annotation}, '{expression}', has the size {size} where layer '{layer}'"
          + " reads {inputs}.",
      "Sizes must be whole numbers from 1."),
  L03_RANK(
      "{attribute} of @{annotation}, '{expression}', has {count} sizes where layer '{layer}' reads"
          + " {inputs}.",
      "At most {most} are possible."),
  L03_WORK(
      "{attribute} of @{annotation}, '{expression}', is {value} where layer '{layer}' reads"
          + " {inputs}.",
      "It must be {range}."),
  /** A {@code @CustomLayer} contradicts itself. */
  L04_CUSTOM_LAYER(
      "@{annotation} has both 'from', for a layer that reads one, and 'value', for one that names"
          + " all that it reads.",
      "Keep one."),
  L04_FEW_INPUTS("inputs is {inputs}.", "It must be at least 0."),
  L04_UNNAMED_INPUTS(
      "inputs is {inputs}, but @{annotation} has no attribute that names them.",
      "Add String[] value()."),
  L04_WEIGHT_TWICE("Two weights are called '{weight}'.", "Rename one of the two."),
  L04_WEIGHT_NAME(
      "A weight is called '{weight}'.",
      "Use letters, digits and underscores, with a letter first."),
  L04_RANGE("TFLite knows no range for a layer of your own.", "Choose OWN, OF_INPUTS or FIXED."),
  L04_SCALE("scale of a FIXED range is {scale}.", "It must be {range}."),
  L04_ZERO_POINT("zeroPoint is {zeroPoint}.", "With 8 bits it must be from {lowest} to {highest}."),
  L04_NOT_FIXED(
      "Only a FIXED range has a scale and a zero point.",
      "Write range = OutputRange.FIXED, or remove them."),
  L04_INVALID(
      "Layer '{layer}' is a @{annotation}, which is not a valid custom layer: {problem}",
      "Correct its declaration."),
  /** A custom layer names more or fewer layers than its {@code @CustomLayer} says that it reads. */
  L05_CUSTOM_LAYER_INPUTS(
      "Layer '{layer}' names {count} layer(s), but @{annotation} reads {wanted}.", "Name as many."),

  // ---- the compiler itself: X
  /** The processor itself failed, here by a fault put in. Other classes are still compiled. */
  X01_INTERNAL_ERROR(
      "The processor itself failed on this class, which is a fault of Detent: {fault}.",
      "Please report it with the class.");

  private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]\\w*)}(?:( \\w+)\\(s\\))?");

  private final String text;
  private final String remedy;

  /** An error. */
  Message(String text, String remedy) {
    this.text = text;
    this.remedy = remedy;
  }

  /** A note, which needs no remedy. */
  Message(String text) {
    this(text, "");
  }

  /** What is also said under another code. */
  Message(Message other) {
    this(other.text, other.remedy);
  }

  /** A letter and two digits. */
  public String code() {
    return name().substring(0, 3);
  }

  /** What it means for the compilation. */
  public Severity severity() {
    return remedy.isEmpty() ? Severity.NOTE : Severity.ERROR;
  }

  /** What to do about it, its parameters in braces. */
  public String remedy() {
    return remedy;
  }

  /** What is wrong, and what to do about it, its parameters in braces. */
  public String template() {
    return remedy.isEmpty() ? text : text + " " + remedy;
  }

  /** The names of its parameters. */
  public List<String> parameters() {
    return PARAMETER.matcher(template()).results().map(each -> each.group(1)).distinct().toList();
  }

  /**
   * The text with a value for each parameter.
   *
   * @throws IllegalArgumentException if there are more or fewer values
   */
  public String text(Object... values) {
    List<String> names = parameters();
    if (values.length != names.size()) {
      throw new IllegalArgumentException(
          this + " takes " + names + ", not " + Arrays.toString(values));
    }
    return PARAMETER
        .matcher(template())
        .replaceAll(
            each -> {
              String value = String.valueOf(values[names.indexOf(each.group(1))]);
              String noun = each.group(2);
              return Matcher.quoteReplacement(
                  noun == null ? value : value + noun + (value.equals("1") ? "" : "s"));
            });
  }
}
