package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import dev.detent.annotations.Activation;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.Margins;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.Pair;

/** The table of emitters: one row an operation. */
final class Emitters {
  private Emitters() {}

  static OperationEmitter of(Operation operation) {
    OperationKind kind = operation.layer().declaration().operation();
    boolean isUnary = operation.inputs().size() == 1;
    Attributes attributes = operation.layer().declaration().attributes();
    return switch (operation.code()) {
      case INPUT -> new Input();
      case CONV_2D -> new WeightedEmitter("conv2d", "conv2d");
      case DEPTHWISE_CONV_2D -> new WeightedEmitter("depthwiseConv2d", "depthwiseConv2d");
      case FULLY_CONNECTED -> new WeightedEmitter("dense", "fullyConnected");
      case MAX_POOL_2D -> new PoolEmitters.Pool("maxPool2d");
      case AVERAGE_POOL_2D -> new PoolEmitters.Pool("averagePool2d");
      case MEAN ->
          switch (kind) {
            case MEAN -> new Reduction("mean");
            case LAYER_NORM -> new NormalizationEmitters.ChannelMean();
            default -> new PoolEmitters.Mean();
          };
      case RESHAPE -> new Reshape();
      case PAD -> attributes.has(AttributeKey.MARGINS) ? new Pad() : MoveEmitters.zeroPad1d();
      case ADD -> new MergeEmitters.Merge("add");
      case MUL -> isUnary ? new MergeEmitters.Share() : new MergeEmitters.Merge("multiply");
      case SUB -> new MergeEmitters.Merge("subtract");
      case MAXIMUM -> new MergeEmitters.Merge("maximum");
      case MINIMUM -> isUnary ? ActivationEmitters.ceiling() : new MergeEmitters.Merge("minimum");
      case CONCATENATION -> new MergeEmitters.Concatenation();
      case TRANSPOSE -> MoveEmitters.transpose();
      case MIRROR_PAD -> MoveEmitters.mirrorPad();
      case STRIDED_SLICE -> {
        if (!attributes.has(PartKeys.STEP)) {
          yield MoveEmitters.slice();
        }
        yield operation.output().rank() == 1
            ? new RecurrentEmitters.LastStep()
            : new RecurrentEmitters.Step();
      }
      case SPLIT -> MoveEmitters.split();
      case SPACE_TO_DEPTH -> MoveEmitters.blocks("spaceToDepth");
      case DEPTH_TO_SPACE -> MoveEmitters.blocks("depthToSpace");
      case TILE -> MoveEmitters.repeat();
      case RESIZE_NEAREST_NEIGHBOR -> new Resizing("resizeNearestNeighbor");
      case RESIZE_BILINEAR -> new Resizing("resizeBilinear");
      case SUM -> new Reduction("sum");
      case REDUCE_MAX ->
          kind == OperationKind.MAX ? new Reduction("reduceMax") : new PoolEmitters.GlobalMax();
      case DROPOUT ->
          new Untraced(
              switch (kind) {
                case SPATIAL_DROPOUT_1D, SPATIAL_DROPOUT_2D -> "spatialDropout";
                default -> "dropout";
              },
              of -> of.get(AttributeKey.RATE));
      case TRANSPOSE_CONV -> new WeightedEmitter("conv2dTranspose", "transposeConv");
      case BATCH_NORM_SCALE -> new BatchNormEmitters.Scale();
      case BATCH_NORM_SHIFT -> new BatchNormEmitters.Shift();
      case FOLDED -> new Untraced("alias");
      case GAUSSIAN_NOISE -> new Untraced("gaussianNoise", of -> of.get(AttributeKey.STDDEV));
      case RELU -> new Plain("relu");
      case RELU6 -> new Plain("relu6");
      case BATCH_MATMUL -> new AttentionEmitters.MatrixProduct();
      case LSTM -> new RecurrentEmitters.Lstm();
      case GATHER -> new TableEmitters.Gather();
      case PARAMETER -> new TableEmitters.Parameter();
      case INDICES -> new TableEmitters.Indices();
      case SOFTMAX -> new AttentionEmitters.Softmax();
      case QUANTIZE -> new Quantize();
      case DEQUANTIZE -> new Dequantize();
      case RELU_N1_TO_1 -> ActivationEmitters.unary("reluN1To1");
      case LEAKY_RELU -> ActivationEmitters.leakyRelu();
      case PRELU -> new ActivationEmitters.PRelu();
      case ELU -> ActivationEmitters.unary("elu");
      case HARD_SWISH -> ActivationEmitters.unary("hardSwish");
      case HARD_SIGMOID_SUM -> ActivationEmitters.hardSigmoidSum();
      case HARD_SIGMOID_SHARE -> ActivationEmitters.hardSigmoidShare();
      case LOGISTIC -> new ActivationEmitters.Unary("sigmoid", "logistic");
      case TANH -> ActivationEmitters.unary("tanh");
      case SWISH_PRODUCT -> ActivationEmitters.unary("multiply");
      case GELU -> ActivationEmitters.gelu();
      case LOG_SOFTMAX -> ActivationEmitters.unary("logSoftmax");
      case L2_NORMALIZATION ->
          attributes.has(AttributeKey.EPSILON)
              ? new NormalizationEmitters.L2Normalization()
              : ActivationEmitters.unary("l2Normalize");
      case EXP -> ActivationEmitters.unary("exp");
      case CUSTOM -> new CustomLayers();
    };
  }

  /** {@code g.conv2d("conv", image)}. */
  static Chain call(String builder, String method, Operation operation, Scope scope) {
    return Chain.of(
        "$L.$L($S, $L)", builder, method, operation.name(), variables(operation, scope));
  }

  static CodeBlock variables(Operation operation, Scope scope) {
    return operation.inputs().stream()
        .map(input -> CodeBlock.of("$N", scope.variable(input)))
        .collect(CodeBlock.joining(", "));
  }

  /** What an operation of any number of inputs reads. */
  static CodeBlock inputs(String builder, Operation operation, Scope scope) {
    return scope
        .longInputs(builder, operation)
        .map(LongArray::call)
        .orElseGet(() -> variables(operation, scope));
  }

  static Attributes attributes(PlacedOperation placed) {
    return placed.operation().layer().declaration().attributes();
  }

  static Chain activation(Chain chain, PlacedOperation placed) {
    Activation activation = placed.operation().activation();
    return chain.callIf(
        activation != Activation.NONE, ".activation($T.$L)", Activation.class, activation);
  }

  static String pair(Pair pair) {
    return pair.height() + ", " + pair.width();
  }

  /**
   * The same call on both builders.
   *
   * <pre>{@code
   * g.softmax("probabilities", logits).output(PROBABILITIES)
   * p.softmax("probabilities", logits).output(PROBABILITIES, 10)
   * }</pre>
   */
  private record Plain(String method) implements SameCall {
    @Override
    public Chain emit(String builder, PlacedOperation placed, Scope scope) {
      return call(builder, method, placed.operation(), scope);
    }
  }

  /**
   * An input of the model.
   *
   * <pre>{@code
   * g.input("image", 28, 28, 1).output(IMAGE)
   * p.input("image", 28, 28, 1).output(IMAGE)
   * }</pre>
   */
  private record Input() implements SameCall {
    @Override
    public Chain emit(String builder, PlacedOperation placed, Scope scope) {
      return input(builder, placed.operation());
    }

    private static Chain input(String builder, Operation operation) {
      return Chain.of(
          "$L.input($S, $L)", builder, operation.name(), operation.output().arguments());
    }

    @Override
    public Ending planEnding() {
      return Ending.OUTPUT;
    }
  }

  /**
   * Another shape.
   *
   * <pre>{@code
   * g.reshape("flat", pool, 2028)
   * p.reshape("flat", pool).output(CONV, 2028)
   * }</pre>
   */
  private record Reshape() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      Operation operation = placed.operation();
      return Chain.of(
          "$L.reshape($S, $L, $L)",
          Scope.GRAPH,
          operation.name(),
          variables(operation, scope),
          operation.output().arguments());
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return call(Scope.PLAN, "reshape", placed.operation(), scope);
    }

    @Override
    public Ending graphEnding() {
      return Ending.NONE;
    }
  }

  /**
   * Zeros around an image: top, bottom, left, right.
   *
   * <pre>{@code
   * g.zeroPad2d("padded", image, 1, 1, 1, 1)
   * p.pad("padded", image).paddings(1, 1, 1, 1).output(IMAGE, 30, 30, 1)
   * }</pre>
   */
  private record Pad() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      Operation operation = placed.operation();
      return Chain.of(
          "$L.zeroPad2d($S, $L, $L)",
          Scope.GRAPH,
          operation.name(),
          variables(operation, scope),
          margins(placed));
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return call(Scope.PLAN, "pad", placed.operation(), scope)
          .call(".paddings($L)", margins(placed));
    }

    private static String margins(PlacedOperation placed) {
      Margins margins = attributes(placed).get(AttributeKey.MARGINS);
      return margins.top()
          + ", "
          + margins.bottom()
          + ", "
          + margins.left()
          + ", "
          + margins.right();
    }

    @Override
    public Ending graphEnding() {
      return Ending.NONE;
    }
  }

  /**
   * Float to integers, or from one range to another.
   *
   * <pre>{@code
   * g.quantize("conv/quantize", conv, CONV_QUANTIZE)
   * p.quantize("conv/quantize", conv).output(CONV_QUANTIZE, 8, 8, 12)
   * }</pre>
   */
  private record Quantize() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      Operation operation = placed.operation();
      return Chain.of(
          "$L.quantize($S, $L, $N)",
          Scope.GRAPH,
          operation.name(),
          variables(operation, scope),
          scope.constant(placed.range().orElseThrow()));
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return call(Scope.PLAN, "quantize", placed.operation(), scope);
    }

    @Override
    public Ending graphEnding() {
      return Ending.NONE;
    }
  }

  /**
   * Integers to float.
   *
   * <pre>{@code
   * g.dequantize("conv/dequantize", conv)
   * p.dequantize("conv/dequantize", conv).floatOutput(8, 8, 12)
   * }</pre>
   */
  private record Dequantize() implements SameCall {
    @Override
    public Chain emit(String builder, PlacedOperation placed, Scope scope) {
      return call(builder, "dequantize", placed.operation(), scope);
    }

    @Override
    public Ending graphEnding() {
      return Ending.NONE;
    }
  }
}
