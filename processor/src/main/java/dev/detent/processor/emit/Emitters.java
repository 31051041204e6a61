package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import dev.detent.annotations.Activation;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.Margins;
import dev.detent.processor.model.Pair;
import java.util.EnumMap;
import java.util.Map;

/** The table of emitters: one row an operation. */
final class Emitters {
  private static final Map<OpCode, OperationEmitter> TABLE = new EnumMap<>(OpCode.class);

  static {
    TABLE.put(OpCode.INPUT, new Input());
    TABLE.put(OpCode.CONV_2D, new WeightedEmitter("conv2d", "conv2d"));
    TABLE.put(OpCode.DEPTHWISE_CONV_2D, new WeightedEmitter("depthwiseConv2d", "depthwiseConv2d"));
    TABLE.put(OpCode.FULLY_CONNECTED, new WeightedEmitter("dense", "fullyConnected"));
    TABLE.put(OpCode.MAX_POOL_2D, new PoolEmitters.Pool("maxPool2d"));
    TABLE.put(OpCode.AVERAGE_POOL_2D, new PoolEmitters.Pool("averagePool2d"));
    TABLE.put(OpCode.MEAN, new PoolEmitters.Mean());
    TABLE.put(OpCode.RESHAPE, new Reshape());
    TABLE.put(OpCode.PAD, new Pad());
    TABLE.put(OpCode.ADD, new MergeEmitters.Merge("add"));
    TABLE.put(OpCode.MUL, new MergeEmitters.Merge("multiply"));
    TABLE.put(OpCode.SCALE, new MergeEmitters.Share());
    TABLE.put(OpCode.SUB, new MergeEmitters.Merge("subtract"));
    TABLE.put(OpCode.MAXIMUM, new MergeEmitters.Merge("maximum"));
    TABLE.put(OpCode.MINIMUM, new MergeEmitters.Merge("minimum"));
    TABLE.put(OpCode.CONCATENATION, new MergeEmitters.Concatenation());
    TABLE.put(OpCode.TRANSPOSE, MoveEmitters.transpose());
    TABLE.put(OpCode.PAD_1D, MoveEmitters.zeroPad1d());
    TABLE.put(OpCode.MIRROR_PAD, MoveEmitters.mirrorPad());
    TABLE.put(OpCode.STRIDED_SLICE, MoveEmitters.slice());
    TABLE.put(OpCode.SPLIT, MoveEmitters.split());
    TABLE.put(OpCode.SPACE_TO_DEPTH, MoveEmitters.blocks("spaceToDepth"));
    TABLE.put(OpCode.DEPTH_TO_SPACE, MoveEmitters.blocks("depthToSpace"));
    TABLE.put(OpCode.TILE, MoveEmitters.repeat());
    TABLE.put(OpCode.RESIZE_NEAREST_NEIGHBOR, new Resizing("resizeNearestNeighbor"));
    TABLE.put(OpCode.RESIZE_BILINEAR, new Resizing("resizeBilinear"));
    TABLE.put(OpCode.MEAN_OF_AXES, new Reduction("mean"));
    TABLE.put(OpCode.SUM, new Reduction("sum"));
    TABLE.put(OpCode.REDUCE_MAX, new Reduction("reduceMax"));
    TABLE.put(
        OpCode.DROPOUT, new Untraced("dropout", attributes -> attributes.get(AttributeKey.RATE)));
    TABLE.put(OpCode.TRANSPOSE_CONV, new WeightedEmitter("conv2dTranspose", "transposeConv"));
    TABLE.put(OpCode.BATCH_NORM_SCALE, new BatchNormEmitters.Scale());
    TABLE.put(OpCode.BATCH_NORM_SHIFT, new BatchNormEmitters.Shift());
    TABLE.put(OpCode.FOLDED, new Untraced("alias"));
    TABLE.put(OpCode.GLOBAL_MAX, new PoolEmitters.GlobalMax());
    TABLE.put(
        OpCode.SPATIAL_DROPOUT,
        new Untraced("spatialDropout", attributes -> attributes.get(AttributeKey.RATE)));
    TABLE.put(
        OpCode.GAUSSIAN_NOISE,
        new Untraced("gaussianNoise", attributes -> attributes.get(AttributeKey.STDDEV)));
    TABLE.put(OpCode.RELU, new Plain("relu"));
    TABLE.put(OpCode.RELU6, new Plain("relu6"));
    TABLE.put(OpCode.SOFTMAX, new AttentionEmitters.Softmax());
    TABLE.put(OpCode.BATCH_MATMUL, new AttentionEmitters.MatrixProduct());
    TABLE.put(OpCode.CHANNEL_MEAN, new NormalizationEmitters.ChannelMean());
    TABLE.put(OpCode.CENTERED_UNIT, new NormalizationEmitters.L2Normalization());
    TABLE.put(OpCode.LSTM, new RecurrentEmitters.Lstm());
    TABLE.put(OpCode.STEP, new RecurrentEmitters.Step());
    TABLE.put(OpCode.LAST_STEP, new RecurrentEmitters.LastStep());
    TABLE.put(OpCode.PARAMETER, new TableEmitters.Parameter());
    TABLE.put(OpCode.GATHER, new TableEmitters.Gather());
    TABLE.put(OpCode.INDICES, new TableEmitters.Indices());
    TABLE.put(OpCode.CUSTOM, new CustomLayers());
    TABLE.put(OpCode.QUANTIZE, new Quantize());
    TABLE.put(OpCode.DEQUANTIZE, new Dequantize());
    ActivationEmitters.addTo(TABLE);
  }

  private Emitters() {}

  static OperationEmitter of(OpCode code) {
    OperationEmitter emitter = TABLE.get(code);
    if (emitter == null) {
      throw new IllegalStateException("no emitter for " + code);
    }
    return emitter;
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
