package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.PadMode;
import dev.detent.annotations.Padding;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.Slicing;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.Ends;
import dev.detent.processor.model.Margins;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.Pair;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the call of each operation, without its output. What is left out is the default of the
 * network builder.
 */
final class Emitters {
  /** What hard-sigmoid adds. */
  private static final String HALF_WIDTH = "3";

  /** What hard-sigmoid multiplies with. */
  private static final String SHARE = "1.0 / 6";

  private final PlacedOperation placed;
  private final Operation operation;
  private final Attributes attributes;
  private final Scope scope;

  private Emitters(PlacedOperation placed, Scope scope) {
    this.placed = placed;
    this.scope = scope;
    operation = placed.operation();
    attributes = operation.layer().declaration().attributes();
  }

  /** The call of an operation: a row for each. */
  static Chain chain(PlacedOperation placed, Scope scope) {
    return new Emitters(placed, scope).row();
  }

  private Chain row() {
    return switch (operation.code()) {
      case INPUT -> Chain.of("$L.input($S)", Scope.BUILDER, operation.name());
      case INDICES ->
          Chain.of(
                  "$L.indices($S, $L)",
                  Scope.BUILDER,
                  operation.name(),
                  operation.output().arguments())
              .ending(Chain.Ending.NONE);
      case PARAMETER -> parameter();
      case CONV_2D -> new WeightedEmitter(placed, scope).chain("conv2d");
      case DEPTHWISE_CONV_2D -> new WeightedEmitter(placed, scope).chain("depthwiseConv2d");
      case TRANSPOSE_CONV -> new WeightedEmitter(placed, scope).chain("transposeConv");
      case FULLY_CONNECTED -> new WeightedEmitter(placed, scope).chain("fullyConnected");
      case BATCH_NORM_SCALE ->
          batchNorm("batchNormScale").call(".batchNorm($L)", WeightedEmitter.batchNorm(attributes));
      case BATCH_NORM_SHIFT -> activation(batchNorm("batchNormShift"));
      case LSTM -> lstm();
      case MAX_POOL_2D -> pool("maxPool2d");
      case AVERAGE_POOL_2D -> pool("averagePool2d");
      case MEAN -> reduction("mean");
      case SUM -> reduction("sum");
      case REDUCE_MAX -> reduction("reduceMax");
      case ARG_MAX ->
          call(
              "argMax",
              operation.layer().inputs().get(0).axis(attributes.get(AttributeKey.AXIS)) + 1);
      case ADD_NUMBER ->
          activation(call("addConstant", Literals.of(attributes.get(PartKeys.NUMBER))));
      case MUL_NUMBER ->
          activation(call("multiplyConstant", Literals.of(attributes.get(PartKeys.NUMBER))));
      case ADD -> activation(call("add"));
      case SUB -> activation(call("subtract"));
      case MUL ->
          activation(
              isOfOne()
                  ? call("multiplyConstant", "1.0 / " + operation.layer().inputs().size())
                  : call("multiply"));
      case MAXIMUM -> call("maximum");
      case MINIMUM ->
          isOfOne()
              ? call("minimum", Literals.of(attributes.get(AttributeKey.MAX_VALUE)))
              : call("minimum");
      case CONCATENATION -> concatenation();
      case BATCH_MATMUL ->
          call("batchMatMul")
              .callIf(attributes.get(AttributeKey.TRANSPOSE_A), ".transposeA()")
              .callIf(attributes.get(AttributeKey.TRANSPOSE_B), ".transposeB()");
      case GATHER -> call("gather");
      case HARD_SIGMOID_SUM -> activation(call("addConstant", HALF_WIDTH));
      case HARD_SIGMOID_SHARE -> call("multiplyConstant", SHARE);
      case SWISH_PRODUCT -> call("multiply");
      case GELU -> unary(attributes.get(AttributeKey.APPROXIMATE) ? "APPROXIMATE_GELU" : "GELU");
      case L2_NORMALIZATION ->
          attributes.has(AttributeKey.EPSILON)
              ? call("l2Normalization", Literals.of(attributes.get(AttributeKey.EPSILON)))
              : unary(operation.code().name());
      case LEAKY_RELU -> call("leakyRelu", Literals.of(attributes.get(slope())));
      case PRELU -> prelu();
      case THRESHOLDED_RELU ->
          moved("thresholdedRelu", Literals.of(attributes.get(AttributeKey.THETA)));
      case SOFTMAX ->
          attributes
              .find(PartKeys.BETA)
              .map(beta -> call("softmax", Literals.of(beta)))
              .orElseGet(() -> call("softmax"));
      case RESHAPE -> moved("reshape", "");
      case TRANSPOSE -> moved("transpose", joined(attributes.get(AttributeKey.DIMS)));
      case PAD ->
          attributes.has(AttributeKey.MARGINS)
              ? moved("zeroPad2d", margins())
              : moved("zeroPad1d", ends(attributes.get(AttributeKey.PADDING_ENDS)));
      case MIRROR_PAD ->
          moved(
              "mirrorPad",
              CodeBlock.of(
                  "$T.$L, $L", PadMode.class, attributes.get(AttributeKey.PAD_MODE), margins()));
      case STRIDED_SLICE -> slice();
      case SPLIT -> split();
      case SPACE_TO_DEPTH -> moved("spaceToDepth", attributes.get(AttributeKey.BLOCK_SIZE));
      case DEPTH_TO_SPACE -> moved("depthToSpace", attributes.get(AttributeKey.BLOCK_SIZE));
      case TILE -> moved("tile", attributes.get(AttributeKey.TIMES));
      case RESIZE_NEAREST_NEIGHBOR -> resize("resizeNearestNeighbor");
      case RESIZE_BILINEAR -> resize("resizeBilinear");
      case DROPOUT ->
          untraced(
              switch (operation.layer().declaration().operation()) {
                case SPATIAL_DROPOUT_1D, SPATIAL_DROPOUT_2D -> "spatialDropout";
                case STOCHASTIC_DEPTH -> "stochasticDepth";
                default -> "dropout";
              },
              Literals.of(attributes.get(AttributeKey.RATE)));
      case GAUSSIAN_NOISE ->
          untraced("gaussianNoise", Literals.of(attributes.get(AttributeKey.STDDEV)));
      case FOLDED -> call("alias").ending(Chain.Ending.NONE);
      case QUANTIZE -> call("quantize");
      case DEQUANTIZE -> call("dequantize");
      case CUSTOM -> new CustomLayer(placed, scope).chain();
      default -> unary(operation.code().name());
    };
  }

  /** {@code n.unary("gate", UnaryKind.LOGISTIC, dense)}: what has nothing but an input. */
  private Chain unary(String kind) {
    return Chain.of(
        "$L.unary($L, $T.$L, $L)",
        Scope.BUILDER,
        scope.text(operation.name()),
        Runtime.UNARY_KIND,
        kind,
        variables(operation, scope));
  }

  private boolean isOfOne() {
    return operation.inputs().size() == 1;
  }

  /** {@code n.conv2d("conv", image)}. */
  private Chain call(String method) {
    return call(method, "");
  }

  /** {@code n.leakyRelu("leaky", dense, 0.3)}. */
  private Chain call(String method, Object argument) {
    return call(method, operation, argument, scope);
  }

  static Chain call(String method, Operation operation, Object argument, Scope scope) {
    return Chain.of(
        argument.equals("") ? "$L.$L($L, $L$L)" : "$L.$L($L, $L, $L)",
        Scope.BUILDER,
        method,
        scope.text(operation.name()),
        variables(operation, scope),
        argument);
  }

  private static CodeBlock variables(Operation operation, Scope scope) {
    return operation.inputs().stream()
        .map(input -> CodeBlock.of("$N", scope.variable(input)))
        .collect(CodeBlock.joining(", "));
  }

  /** What an operation of any number of inputs reads. */
  static CodeBlock inputs(Operation operation, Scope scope) {
    return scope.manyInputs(operation).orElseGet(() -> variables(operation, scope));
  }

  /** {@code n.transpose("turned", image, 3, 1, 2)}: its output has the range of its input. */
  private Chain moved(String method, Object argument) {
    return call(method, argument).ending(Chain.Ending.SHAPE);
  }

  /** {@code n.dropout("dropped", conv, 0.2)}: deployed, its output is its input. */
  private Chain untraced(String method, String amount) {
    return call(method, amount).ending(Chain.Ending.NONE);
  }

  private Chain activation(Chain chain) {
    return activation(chain, operation);
  }

  static Chain activation(Chain chain, Operation operation) {
    Activation activation = operation.activation();
    return chain.callIf(
        activation != Activation.NONE, ".activation($T.$L)", Activation.class, activation);
  }

  /** {@code .kernelInitializer(Initializer.ONES)}, but for what starts so anyway. */
  static void initializer(Chain chain, String method, Initializer initializer, Initializer usual) {
    chain.callIf(initializer != usual, ".$L($T.$L)", method, Initializer.class, initializer);
  }

  static String pair(Pair pair) {
    return pair.height() + ", " + pair.width();
  }

  private static String joined(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private String margins() {
    Margins margins = attributes.get(AttributeKey.MARGINS);
    return joined(List.of(margins.top(), margins.bottom(), margins.left(), margins.right()));
  }

  private static String ends(Ends ends) {
    return ends.before() + ", " + ends.after();
  }

  /**
   * {@code n.parameter("norm/gamma").initializer(Initializer.ONES).factor(5.65)}, {@code
   * n.parameter("norm/mean").values(0.48, 0.45, 0.4).untrained()}.
   */
  private Chain parameter() {
    Chain chain = Chain.of("$L.parameter($S)", Scope.BUILDER, operation.name());
    attributes
        .find(PartKeys.CONSTANT_INITIALIZER)
        .ifPresent(how -> initializer(chain, "initializer", how, Initializer.ZEROS));
    attributes
        .find(PartKeys.VALUES)
        .ifPresent(
            values ->
                chain.call(
                    ".values($L)",
                    values.stream().map(Literals::of).collect(Collectors.joining(", "))));
    double factor = attributes.get(PartKeys.FACTOR);
    return chain
        .callIf(factor != 1, ".factor($L)", Literals.of(factor))
        .callIf(!attributes.get(PartKeys.TRAINED), ".untrained()");
  }

  /** {@code n.batchNormShift("norm", normScaled).layer("norm")}. */
  private Chain batchNorm(String method) {
    String layer = operation.layer().name();
    return call(method).callIf(!layer.equals(operation.name()), ".layer($S)", layer);
  }

  /** {@code n.lstm("memory/states", words).units(32).bias(Initializer.ZEROS, true)}. */
  private Chain lstm() {
    Chain chain = call("lstm").call(".units($L)", attributes.get(AttributeKey.UNITS));
    initializer(
        chain,
        "kernelInitializer",
        attributes.get(AttributeKey.KERNEL_INITIALIZER),
        Initializer.GLOROT_UNIFORM);
    initializer(
        chain,
        "recurrentInitializer",
        attributes.get(AttributeKey.RECURRENT_INITIALIZER),
        Initializer.GLOROT_UNIFORM);
    return chain.callIf(
        attributes.get(AttributeKey.USE_BIAS),
        ".bias($T.$L, $L)",
        Initializer.class,
        attributes.get(AttributeKey.BIAS_INITIALIZER),
        attributes.get(AttributeKey.UNIT_FORGET_BIAS));
  }

  /** {@code n.maxPool2d("pool", conv).poolSize(3, 3).strides(2, 2).padding(Padding.SAME)}. */
  private Chain pool(String method) {
    Pair window = attributes.get(AttributeKey.POOL_SIZE);
    Pair strides = attributes.get(AttributeKey.POOL_STRIDES).orElse(window);
    Padding padding = attributes.get(AttributeKey.PADDING);
    return activation(
        call(method)
            .call(".poolSize($L)", pair(window))
            .callIf(!strides.equals(window), ".strides($L)", pair(strides))
            .callIf(padding != Padding.VALID, ".padding($T.$L)", Padding.class, padding));
  }

  /** {@code n.mean("mean", conv).axes(1, 2).keepDims()}. */
  private Chain reduction(String method) {
    Shape input = operation.layer().inputs().get(0);
    List<Integer> axes =
        attributes.has(AttributeKey.AXES)
            ? attributes.get(AttributeKey.AXES).stream()
                .map(axis -> input.axis(axis) + 1)
                .distinct()
                .sorted()
                .toList()
            : input.rank() == 3 ? List.of(1, 2) : List.of(1);
    return call(method)
        .call(".axes($L)", joined(axes))
        .callIf(attributes.get(AttributeKey.KEEP_DIMS), ".keepDims()");
  }

  /** {@code n.concatenation("both", 3, left, right)}: the axis counts the batch. */
  private Chain concatenation() {
    int axis = attributes.get(AttributeKey.AXIS);
    return Chain.of(
        "$L.concatenation($S, $L, $L)",
        Scope.BUILDER,
        operation.name(),
        axis < 0 ? operation.output().rank() + 1 + axis : axis,
        inputs(operation, scope));
  }

  private AttributeKey<Double> slope() {
    return operation.layer().declaration().operation() == OperationKind.RELU
        ? AttributeKey.NEGATIVE_SLOPE
        : AttributeKey.LEAKY_SLOPE;
  }

  /** {@code n.prelu("prelu", conv).alpha(1, 1, 12).quantizeAlpha(8)}. */
  private Chain prelu() {
    Chain chain =
        call("prelu")
            .call(
                ".alpha($L)",
                operation
                    .output()
                    .sharedAlong(attributes.get(AttributeKey.SHARED_AXES))
                    .arguments());
    initializer(
        chain,
        "alphaInitializer",
        attributes.get(AttributeKey.ALPHA_INITIALIZER),
        Initializer.ZEROS);
    placed.range().ifPresent(range -> chain.call(".quantizeAlpha($L)", range.bits()));
    return chain;
  }

  /**
   * {@code n.step("first", words, 0)}, {@code n.reversed("turned", words)}, {@code n.slice("part",
   * image, List.of(4, 0, 0), ...)}.
   */
  private Chain slice() {
    if (attributes.has(PartKeys.STEP)) {
      return operation.output().rank() == 1
          ? moved("lastStep", "")
          : moved("step", scope.index(attributes.get(PartKeys.STEP)));
    }
    if (attributes.has(PartKeys.REVERSED)) {
      return moved("reversed", "");
    }
    Slicing slicing = Slicing.of(operation.layer());
    return moved(
        "slice",
        CodeBlock.of(
            "$L, $L, $L", list(slicing.begin()), list(slicing.end()), list(slicing.strides())));
  }

  private static CodeBlock list(List<Integer> numbers) {
    return CodeBlock.of("$T.of($L)", List.class, joined(numbers));
  }

  /** {@code n.split("left", image, 3, 2, 0)}: axis, parts and index. */
  private Chain split() {
    Shape input = operation.layer().inputs().get(0);
    return moved(
        "split",
        joined(
            List.of(
                input.axis(attributes.get(AttributeKey.AXIS)) + 1,
                attributes.get(AttributeKey.PARTS),
                attributes.get(AttributeKey.INDEX))));
  }

  /** {@code n.resizeBilinear("larger", image).halfPixelCenters()}, which Keras's upsampling has. */
  private Chain resize(String method) {
    boolean isResize = operation.layer().declaration().operation() == OperationKind.RESIZE;
    return call(method)
        .callIf(isResize && attributes.get(AttributeKey.ALIGN_CORNERS), ".alignCorners()")
        .callIf(
            !isResize || attributes.get(AttributeKey.HALF_PIXEL_CENTERS), ".halfPixelCenters()");
  }
}
