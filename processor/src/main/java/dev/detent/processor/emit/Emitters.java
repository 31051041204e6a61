package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
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
  private static final Pair ONE = new Pair(1, 1);

  private static final Map<OpCode, OperationEmitter> TABLE = new EnumMap<>(OpCode.class);

  static {
    TABLE.put(OpCode.INPUT, new Input());
    TABLE.put(OpCode.CONV_2D, new Weighted("conv2d", "conv2d"));
    TABLE.put(OpCode.DEPTHWISE_CONV_2D, new Weighted("depthwiseConv2d", "depthwiseConv2d"));
    TABLE.put(OpCode.FULLY_CONNECTED, new Weighted("dense", "fullyConnected"));
    TABLE.put(OpCode.MAX_POOL_2D, new Pool("maxPool2d"));
    TABLE.put(OpCode.AVERAGE_POOL_2D, new Pool("averagePool2d"));
    TABLE.put(OpCode.MEAN, new Mean());
    TABLE.put(OpCode.RESHAPE, new Reshape());
    TABLE.put(OpCode.PAD, new Pad());
    TABLE.put(OpCode.ADD, new Add());
    TABLE.put(OpCode.CONCATENATION, new Concatenation());
    TABLE.put(OpCode.DROPOUT, new Dropout());
    TABLE.put(OpCode.RELU, new Plain("relu"));
    TABLE.put(OpCode.RELU6, new Plain("relu6"));
    TABLE.put(OpCode.SOFTMAX, new Plain("softmax"));
    TABLE.put(OpCode.CUSTOM, new CustomLayers());
    TABLE.put(OpCode.QUANTIZE, new Quantize());
    TABLE.put(OpCode.DEQUANTIZE, new Dequantize());
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
  private static Chain call(String builder, String method, Operation operation, Scope scope) {
    return Chain.of(
        "$L.$L($S, $L)", builder, method, operation.name(), variables(operation, scope));
  }

  private static CodeBlock variables(Operation operation, Scope scope) {
    return operation.inputs().stream()
        .map(input -> CodeBlock.of("$N", scope.variable(input)))
        .collect(CodeBlock.joining(", "));
  }

  private static Attributes attributes(PlacedOperation placed) {
    return placed.operation().layer().declaration().attributes();
  }

  private static Chain activation(Chain chain, PlacedOperation placed) {
    Activation activation = placed.operation().activation();
    return chain.callIf(
        activation != Activation.NONE, ".activation($T.$L)", Activation.class, activation);
  }

  private static String pair(Pair pair) {
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
  private record Plain(String method) implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return call(Scope.GRAPH, method, placed.operation(), scope);
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return call(Scope.PLAN, method, placed.operation(), scope);
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
  private record Input() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return input(Scope.GRAPH, placed.operation());
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return input(Scope.PLAN, placed.operation());
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
   * An operation with a kernel.
   *
   * <pre>{@code
   * g.conv2d("conv", image)
   *     .kernel(3, 3, 1, 12)
   *     .strides(2, 2)
   *     .padding(Padding.SAME)
   *     .kernelInitializer(Initializer.GLOROT_UNIFORM)
   *     .kernelL2(1e-4)
   *     .bias(Initializer.ZEROS)
   *     .quantizeKernel(WeightQuantization.perChannel(8))
   *     .batchNorm(0.99, 0.001)
   *     .activation(Activation.RELU)
   *     .output(CONV)
   * p.conv2d("conv", image)
   *     .strides(2, 2)
   *     .padding(Padding.SAME)
   *     .activation(Activation.RELU)
   *     .output(CONV, 13, 13, 12)
   * }</pre>
   */
  private record Weighted(String graphMethod, String planMethod) implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      Operation operation = placed.operation();
      Attributes attributes = attributes(placed);
      boolean depthwise = operation.code() == OpCode.DEPTHWISE_CONV_2D;
      Chain chain = call(Scope.GRAPH, graphMethod, operation, scope);
      chain.call(".kernel($L)", operation.layer().kernel().orElseThrow().arguments());
      window(chain, operation, attributes);
      chain.call(
          ".kernelInitializer($T.$L)",
          Initializer.class,
          attributes.get(
              depthwise ? AttributeKey.DEPTHWISE_INITIALIZER : AttributeKey.KERNEL_INITIALIZER));
      double l2 = attributes.get(depthwise ? AttributeKey.DEPTHWISE_L2 : AttributeKey.KERNEL_L2);
      chain.callIf(l2 > 0, ".kernelL2($L)", Literals.of(l2));
      chain.callIf(
          attributes.get(AttributeKey.USE_BIAS),
          ".bias($T.$L)",
          Initializer.class,
          attributes.get(AttributeKey.BIAS_INITIALIZER));
      placed
          .weights()
          .ifPresent(
              weights ->
                  chain
                      .call(".quantizeKernel($L)", Quantizers.ofWeight(weights, "kernel", scope))
                      .callIf(weights.biasBits() > 0, ".biasBits($L)", weights.biasBits()));
      operation.layer().declaration().batchNorm().ifPresent(norm -> batchNorm(chain, norm));
      return activation(chain, placed);
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      Operation operation = placed.operation();
      Attributes attributes = attributes(placed);
      Chain chain = call(Scope.PLAN, planMethod, operation, scope);
      window(chain, operation, attributes);
      if (operation.code() == OpCode.DEPTHWISE_CONV_2D) {
        int multiplier = attributes.get(AttributeKey.DEPTH_MULTIPLIER);
        chain.callIf(multiplier > 1, ".depthMultiplier($L)", multiplier);
      }
      return activation(chain, placed);
    }

    private static void window(Chain chain, Operation operation, Attributes attributes) {
      if (operation.code() == OpCode.FULLY_CONNECTED) {
        return;
      }
      Pair dilation = attributes.get(AttributeKey.DILATION_RATE);
      chain
          .call(".strides($L)", pair(attributes.get(AttributeKey.STRIDES)))
          .callIf(!dilation.equals(ONE), ".dilations($L)", pair(dilation))
          .call(".padding($T.$L)", Padding.class, attributes.get(AttributeKey.PADDING));
    }

    private static void batchNorm(Chain chain, Attributes norm) {
      boolean center = norm.get(AttributeKey.CENTER);
      boolean scale = norm.get(AttributeKey.SCALE);
      String numbers =
          Literals.of(norm.get(AttributeKey.MOMENTUM))
              + ", "
              + Literals.of(norm.get(AttributeKey.EPSILON));
      chain.call(
          ".batchNorm($L)", center && scale ? numbers : numbers + ", " + center + ", " + scale);
    }
  }

  /**
   * A pooling.
   *
   * <pre>{@code
   * g.maxPool2d("pool", conv)
   *     .poolSize(2, 2)
   *     .strides(2, 2)
   *     .padding(Padding.VALID)
   *     .output(CONV)
   * p.maxPool2d("pool", conv)
   *     .poolSize(2, 2)
   *     .strides(2, 2)
   *     .padding(Padding.VALID)
   *     .output(CONV, 13, 13, 12)
   * }</pre>
   */
  private record Pool(String method) implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return pool(Scope.GRAPH, placed, scope);
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return pool(Scope.PLAN, placed, scope);
    }

    private Chain pool(String builder, PlacedOperation placed, Scope scope) {
      Attributes attributes = attributes(placed);
      Pair window = attributes.get(AttributeKey.POOL_SIZE);
      Chain chain =
          call(builder, method, placed.operation(), scope)
              .call(".poolSize($L)", pair(window))
              .call(".strides($L)", pair(attributes.get(AttributeKey.POOL_STRIDES).orElse(window)))
              .call(".padding($T.$L)", Padding.class, attributes.get(AttributeKey.PADDING));
      return activation(chain, placed);
    }
  }

  /**
   * The mean over height and width.
   *
   * <pre>{@code
   * g.globalAveragePool2d("mean", conv).keepDims(false).output(MEAN)
   * p.mean("mean", conv).axes(1, 2).keepDims(false).output(MEAN, 12)
   * }</pre>
   */
  private record Mean() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return call(Scope.GRAPH, "globalAveragePool2d", placed.operation(), scope)
          .call(".keepDims($L)", attributes(placed).get(AttributeKey.KEEP_DIMS));
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return call(Scope.PLAN, "mean", placed.operation(), scope)
          .call(".axes(1, 2)")
          .call(".keepDims($L)", attributes(placed).get(AttributeKey.KEEP_DIMS));
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
   * A sum of two.
   *
   * <pre>{@code
   * g.add("sum", conv, shortcut)
   *     .activation(Activation.RELU)
   *     .output(SUM)
   * p.add("sum", conv, shortcut)
   *     .activation(Activation.RELU)
   *     .output(SUM, 8, 8, 64)
   * }</pre>
   */
  private record Add() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return activation(call(Scope.GRAPH, "add", placed.operation(), scope), placed);
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return activation(call(Scope.PLAN, "add", placed.operation(), scope), placed);
    }
  }

  /**
   * Tensors side by side; the axis counts the batch.
   *
   * <pre>{@code
   * g.concat("both", 3, left, right).output(LEFT)
   * p.concatenation("both", 3, left, right).output(LEFT, 8, 8, 24)
   * }</pre>
   */
  private record Concatenation() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return concatenate(Scope.GRAPH, "concat", placed, scope);
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return concatenate(Scope.PLAN, "concatenation", placed, scope);
    }

    private static Chain concatenate(
        String builder, String method, PlacedOperation placed, Scope scope) {
      Operation operation = placed.operation();
      int axis = attributes(placed).get(AttributeKey.AXIS);
      return Chain.of(
          "$L.$L($S, $L, $L)",
          builder,
          method,
          operation.name(),
          axis < 0 ? operation.output().rank() + 1 + axis : axis,
          variables(operation, scope));
    }
  }

  /**
   * Zeros at random places, in training only.
   *
   * <pre>{@code
   * g.dropout("dropped", flat, 0.1)
   * p.alias("dropped", flat)
   * }</pre>
   */
  private record Dropout() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      Operation operation = placed.operation();
      return Chain.of(
          "$L.dropout($S, $L, $L)",
          Scope.GRAPH,
          operation.name(),
          variables(operation, scope),
          Literals.of(attributes(placed).get(AttributeKey.RATE)));
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return call(Scope.PLAN, "alias", placed.operation(), scope);
    }

    @Override
    public Ending graphEnding() {
      return Ending.NONE;
    }

    @Override
    public Ending planEnding() {
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
  private record Dequantize() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return call(Scope.GRAPH, "dequantize", placed.operation(), scope);
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return call(Scope.PLAN, "dequantize", placed.operation(), scope);
    }

    @Override
    public Ending graphEnding() {
      return Ending.NONE;
    }
  }
}
