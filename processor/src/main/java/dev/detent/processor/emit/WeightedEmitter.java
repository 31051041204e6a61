package dev.detent.processor.emit;

import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.Pair;

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
record WeightedEmitter(String graphMethod, String planMethod) implements OperationEmitter {
  private static final Pair ONE = new Pair(1, 1);

  @Override
  public Chain graph(PlacedOperation placed, Scope scope) {
    Operation operation = placed.operation();
    Attributes attributes = Emitters.attributes(placed);
    boolean depthwise = operation.code() == OpCode.DEPTHWISE_CONV_2D;
    String owner = owner(operation, attributes);
    Chain chain = Emitters.call(Scope.GRAPH, graphMethod, operation, scope);
    chain.callIf(!owner.equals(operation.name()), ".weights($S)", owner);
    chain.call(".kernel($L)", operation.layer().kernel().orElseThrow().arguments());
    window(chain, operation, attributes);
    if (operation.code() == OpCode.TRANSPOSE_CONV) {
      Shape output = operation.output();
      chain.call(".outputSize($L, $L)", output.size(0), output.size(1));
    }
    chain.call(
        ".kernelInitializer($T.$L)",
        Initializer.class,
        attributes.get(
            depthwise ? AttributeKey.DEPTHWISE_INITIALIZER : AttributeKey.KERNEL_INITIALIZER));
    double l2 = attributes.get(depthwise ? AttributeKey.DEPTHWISE_L2 : AttributeKey.KERNEL_L2);
    boolean isOwner = owner.equals(operation.layer().name()); // else it is penalized there
    chain.callIf(l2 > 0 && isOwner, ".kernelL2($L)", Literals.of(l2));
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
    operation
        .layer()
        .declaration()
        .batchNorm()
        .ifPresent(norm -> chain.call(".batchNorm($L)", batchNorm(norm)));
    return Emitters.activation(chain, placed);
  }

  @Override
  public Chain plan(PlacedOperation placed, Scope scope) {
    Operation operation = placed.operation();
    Attributes attributes = Emitters.attributes(placed);
    Chain chain = Emitters.call(Scope.PLAN, planMethod, operation, scope);
    window(chain, operation, attributes);
    if (operation.code() == OpCode.DEPTHWISE_CONV_2D) {
      int multiplier = attributes.get(AttributeKey.DEPTH_MULTIPLIER);
      chain.callIf(multiplier > 1, ".depthMultiplier($L)", multiplier);
    }
    return Emitters.activation(chain, placed);
  }

  /** The layer whose variables it has. */
  private static String owner(Operation operation, Attributes attributes) {
    if (!attributes.has(AttributeKey.SHARED_WITH)) {
      return operation.name(); // a part of a layer, with weights of its own
    }
    String shared = attributes.get(AttributeKey.SHARED_WITH);
    return shared.isEmpty() ? operation.layer().name() : shared;
  }

  private static void window(Chain chain, Operation operation, Attributes attributes) {
    if (operation.code() == OpCode.FULLY_CONNECTED) {
      return;
    }
    Pair dilation =
        attributes.has(AttributeKey.DILATION_RATE)
            ? attributes.get(AttributeKey.DILATION_RATE)
            : ONE;
    chain
        .call(".strides($L)", Emitters.pair(attributes.get(AttributeKey.STRIDES)))
        .callIf(!dilation.equals(ONE), ".dilations($L)", Emitters.pair(dilation))
        .call(".padding($T.$L)", Padding.class, attributes.get(AttributeKey.PADDING));
  }

  /** {@code 0.99, 0.001}, and whether there are beta and gamma unless there are both. */
  static String batchNorm(Attributes norm) {
    boolean center = norm.get(AttributeKey.CENTER);
    boolean scale = norm.get(AttributeKey.SCALE);
    String numbers =
        Literals.of(norm.get(AttributeKey.MOMENTUM))
            + ", "
            + Literals.of(norm.get(AttributeKey.EPSILON));
    return center && scale ? numbers : numbers + ", " + center + ", " + scale;
  }
}
