package dev.detent.processor.lowering;

import dev.detent.annotations.Padding;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.Margins;
import dev.detent.processor.model.OperationKind;
import java.util.ArrayList;
import java.util.List;

/**
 * TFLite's windows slide over images only: a layer over a sequence {@code [steps, channels]}
 * becomes a RESHAPE to an image of one row, the layer over images, and a RESHAPE back. {@link
 * CancellingReshapes} takes those away that meet.
 */
final class RowImages {
  private static final String ROW = "/row";
  private static final String PADDED = "/padded";
  private static final String RESULT = "/result";

  private RowImages() {}

  /** A layer that is lowered like {@code kind} over an image of one row. */
  static LoweringRule asImages(OperationKind kind, LoweringRule ofImages) {
    return LoweringRule.several(layer -> lower(layer, kind, ofImages));
  }

  private static List<Operation> lower(
      ShapedLayer layer, OperationKind kind, LoweringRule ofImages) {
    Shape rowIn = row(layer.inputs().get(0));
    Shape rowOut = row(layer.output());
    String read = layer.declaration().inputs().get(0);
    String before = layer.name() + ROW;
    Attributes attributes = layer.declaration().attributes();
    List<Operation> operations = new ArrayList<>();
    operations.add(reshape(layer, before, read, layer.inputs().get(0), rowIn));
    if (attributes.get(AttributeKey.PADDING) == Padding.CAUSAL) {
      Operation padded = padded(layer, before, rowIn);
      operations.add(padded);
      before = padded.name();
      rowIn = padded.output();
      attributes =
          attributes.with(AttributeKey.PADDING, Padding.VALID, attributes.at(AttributeKey.PADDING));
    }
    DerivedLayer image =
        DerivedLayer.partOf(layer)
            .kind(kind)
            .attributes(attributes)
            .reading(before, rowIn)
            .withBatchNormAndActivation();
    layer.kernel().ifPresent(image::kernel);
    List<Operation> inside = ofImages.lower(image.yielding(rowOut));
    operations.addAll(inside.subList(0, inside.size() - 1));
    Operation last = inside.get(inside.size() - 1);
    String result = layer.name() + RESULT;
    operations.add(
        new Operation(result, last.code(), last.inputs(), rowOut, last.activation(), last.layer()));
    operations.add(reshape(layer, layer.name(), result, rowOut, layer.output()));
    return operations;
  }

  /** The row with zeros in front, as many as a window reaches back. */
  private static Operation padded(ShapedLayer layer, String read, Shape row) {
    Attributes attributes = layer.declaration().attributes();
    int zeros =
        (attributes.get(AttributeKey.KERNEL_SIZE).width() - 1)
            * attributes.get(AttributeKey.DILATION_RATE).width();
    return LoweringRules.operation(
        DerivedLayer.partOf(layer)
            .kind(OperationKind.ZERO_PAD_2D)
            .name(layer.name() + PADDED)
            .attributes(
                attributes.with(
                    AttributeKey.MARGINS,
                    new Margins(0, 0, zeros, 0),
                    attributes.at(AttributeKey.PADDING)))
            .reading(read, row)
            .yielding(row.with(1, row.size(1) + zeros)),
        OpCode.PAD);
  }

  private static Operation reshape(
      ShapedLayer layer, String name, String read, Shape from, Shape to) {
    return LoweringRules.operation(
        DerivedLayer.partOf(layer)
            .kind(OperationKind.RESHAPE)
            .name(name)
            .reading(read, from)
            .yielding(to),
        OpCode.RESHAPE);
  }

  private static Shape row(Shape sequence) {
    return Shape.of(1, sequence.size(0), sequence.channels());
  }
}
