package dev.detent.processor.lowering;

import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.Pair;
import java.util.List;

/**
 * A separable convolution is a convolution of each channel without bias and activation, and one of
 * each pixel behind it.
 */
final class SeparableConvolutions {
  private static final Pair ONE = new Pair(1, 1);
  private static final String FIRST = "/depthwise";

  private SeparableConvolutions() {}

  /** Of an image. */
  static List<Operation> lower(ShapedLayer layer) {
    Attributes attributes = layer.declaration().attributes();
    SourceRef at = layer.declaration().source().operation();
    Pair window = attributes.get(AttributeKey.KERNEL_SIZE);
    int in = layer.inputs().get(0).channels();
    int multiplier = attributes.get(AttributeKey.DEPTH_MULTIPLIER);
    String owner = attributes.get(AttributeKey.SHARED_WITH);
    Shape between = layer.output().with(2, in * multiplier);
    String name = layer.name() + FIRST;
    ShapedLayer depthwise =
        DerivedLayer.partOf(layer)
            .kind(OperationKind.DEPTHWISE_CONV_2D)
            .name(name)
            .attributes(
                attributes
                    .with(AttributeKey.USE_BIAS, false, at)
                    .with(AttributeKey.SHARED_WITH, owner.isEmpty() ? "" : owner + FIRST, at))
            .kernel(Shape.of(window.height(), window.width(), in, multiplier))
            .yielding(between);
    ShapedLayer pointwise =
        DerivedLayer.partOf(layer)
            .kind(OperationKind.CONV_2D)
            .attributes(
                attributes
                    .with(AttributeKey.KERNEL_SIZE, ONE, at)
                    .with(AttributeKey.STRIDES, ONE, at)
                    .with(AttributeKey.DILATION_RATE, ONE, at)
                    .with(
                        AttributeKey.KERNEL_INITIALIZER,
                        attributes.get(AttributeKey.POINTWISE_INITIALIZER),
                        at)
                    .with(AttributeKey.KERNEL_L2, attributes.get(AttributeKey.POINTWISE_L2), at))
            .reading(name, between)
            .kernel(layer.kernel().orElseThrow())
            .withBatchNormAndActivation()
            .yielding(layer.output());
    return List.of(
        LoweringRules.operation(depthwise, OpCode.DEPTHWISE_CONV_2D),
        LoweringRules.operation(pointwise, OpCode.CONV_2D));
  }
}
