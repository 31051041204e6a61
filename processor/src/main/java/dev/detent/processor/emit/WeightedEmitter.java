package dev.detent.processor.emit;

import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.Pair;

/**
 * An operation with a kernel.
 *
 * <pre>{@code
 * n.conv2d("conv", image)
 *     .kernel(3, 3, 1, 12)
 *     .strides(2, 2)
 *     .padding(Padding.SAME)
 *     .kernelL1(1e-5)
 *     .kernelL2(1e-4)
 *     .bias(Initializer.ZEROS)
 *     .quantizeKernel(WeightQuantization.perChannel(8))
 *     .batchNorm(0.99, 0.001)
 *     .activation(Activation.RELU)
 * }</pre>
 */
record WeightedEmitter(PlacedOperation placed, Scope scope) {
  private static final Pair ONE = new Pair(1, 1);

  Chain chain(String method) {
    Operation operation = placed.operation();
    Attributes attributes = operation.layer().declaration().attributes();
    boolean isDepthwise = operation.code() == OpCode.DEPTHWISE_CONV_2D;
    String owner = owner(operation, attributes);
    Chain chain =
        Emitters.call(method, operation, "", scope)
            .callIf(!owner.equals(operation.name()), ".weights($S)", owner)
            .call(".kernel($L)", operation.layer().kernel().orElseThrow().arguments());
    if (operation.code() != OpCode.FULLY_CONNECTED) {
      window(chain, attributes);
    }
    Emitters.initializer(
        chain,
        "kernelInitializer",
        attributes.get(
            isDepthwise ? AttributeKey.DEPTHWISE_INITIALIZER : AttributeKey.KERNEL_INITIALIZER),
        Initializer.GLOROT_UNIFORM);
    double l1 = attributes.get(isDepthwise ? AttributeKey.DEPTHWISE_L1 : AttributeKey.KERNEL_L1);
    double l2 = attributes.get(isDepthwise ? AttributeKey.DEPTHWISE_L2 : AttributeKey.KERNEL_L2);
    boolean isOwner = owner.equals(operation.layer().name()); // else it is penalized there
    chain
        .callIf(l1 > 0 && isOwner, ".kernelL1($L)", Literals.of(l1))
        .callIf(l2 > 0 && isOwner, ".kernelL2($L)", Literals.of(l2))
        .callIf(
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
    return Emitters.activation(chain, operation);
  }

  /** The layer whose variables it has. */
  private static String owner(Operation operation, Attributes attributes) {
    if (!attributes.has(AttributeKey.SHARED_WITH)) {
      return operation.name(); // a part of a layer, with weights of its own
    }
    String shared = attributes.get(AttributeKey.SHARED_WITH);
    return shared.isEmpty() ? operation.layer().name() : shared;
  }

  private static void window(Chain chain, Attributes attributes) {
    Pair strides = attributes.get(AttributeKey.STRIDES);
    Pair dilation =
        attributes.has(AttributeKey.DILATION_RATE)
            ? attributes.get(AttributeKey.DILATION_RATE)
            : ONE;
    Padding padding = attributes.get(AttributeKey.PADDING);
    chain
        .callIf(!strides.equals(ONE), ".strides($L)", Emitters.pair(strides))
        .callIf(!dilation.equals(ONE), ".dilations($L)", Emitters.pair(dilation))
        .callIf(padding != Padding.VALID, ".padding($T.$L)", Padding.class, padding);
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
