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
import java.util.Optional;

/**
 * TFLite's windows slide over images only: a layer over a sequence {@code [steps, channels]}
 * becomes a RESHAPE to an image of one row, the layer over images, and a RESHAPE back. {@link
 * CancellingReshapes} takes those away that meet.
 */
final class RowImages {
  private RowImages() {}

  /** A layer that is lowered like {@code kind} over an image of one row. */
  static List<Operation> lower(ShapedLayer layer, OperationKind kind, LoweringRule ofImages) {
    Operation row =
        reshape(
            layer,
            layer.name() + "/row",
            layer.declaration().inputs().get(0),
            layer.inputs().get(0),
            row(layer.inputs().get(0)));
    List<Operation> operations = new ArrayList<>(List.of(row));
    DerivedLayer image =
        DerivedLayer.partOf(layer).kind(kind).withBatchNormAndActivation().kernel(layer.kernel());
    Optional<Padding> padding = layer.declaration().attributes().find(AttributeKey.PADDING);
    if (padding.filter(each -> each == Padding.CAUSAL).isPresent()) {
      row = padded(layer, row);
      operations.add(row);
      image.with(AttributeKey.PADDING, Padding.VALID);
    }
    List<Operation> inside =
        ofImages.lower(image.reading(row.name(), row.output()).yielding(row(layer.output())));
    operations.addAll(inside.subList(0, inside.size() - 1));
    Operation result = inside.get(inside.size() - 1).named(layer.name() + "/result");
    operations.add(result);
    operations.add(reshape(layer, layer.name(), result.name(), result.output(), layer.output()));
    return operations;
  }

  /** The row with zeros in front, as many as a window reaches back. */
  private static Operation padded(ShapedLayer layer, Operation row) {
    Attributes attributes = layer.declaration().attributes();
    int zeros =
        (attributes.get(AttributeKey.KERNEL_SIZE).width() - 1)
            * attributes.get(AttributeKey.DILATION_RATE).width();
    Shape shape = row.output();
    return Operation.of(
        OpCode.PAD,
        DerivedLayer.partOf(layer)
            .kind(OperationKind.ZERO_PAD_2D)
            .name(layer.name() + "/padded")
            .with(AttributeKey.MARGINS, new Margins(0, 0, zeros, 0))
            .reading(row.name(), shape)
            .yielding(shape.with(1, shape.size(1) + zeros)));
  }

  private static Operation reshape(
      ShapedLayer layer, String name, String read, Shape from, Shape to) {
    return Operation.of(
        OpCode.RESHAPE,
        DerivedLayer.partOf(layer)
            .kind(OperationKind.RESHAPE)
            .name(name)
            .reading(read, from)
            .yielding(to));
  }

  private static Shape row(Shape sequence) {
    return sequence.ofRank(3);
  }
}
