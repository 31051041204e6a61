package dev.detent.processor.ir;

import java.util.List;

/**
 * A model with every tensor's quantization.
 *
 * @param shaped the layers that it comes from
 * @param operations in order of data flow, quantization at the borders included
 * @param ranges every scale of the deployed model once, in order of data flow
 */
public record PlacedModel(
    ShapedModel shaped, List<PlacedOperation> operations, List<RangeSpec> ranges) {
  public PlacedModel {
    operations = List.copyOf(operations);
    ranges = List.copyOf(ranges);
  }
}
