package dev.detent.processor.ir;

import java.util.List;

/**
 * A model as operations.
 *
 * @param shaped the layers that they come from
 * @param operations in order of data flow
 */
public record LoweredModel(ShapedModel shaped, List<Operation> operations) {
  public LoweredModel {
    operations = List.copyOf(operations);
  }
}
