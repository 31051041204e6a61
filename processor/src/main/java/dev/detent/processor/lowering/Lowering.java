package dev.detent.processor.lowering;

import dev.detent.processor.ir.LoweredModel;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.ir.ShapedModel;
import java.util.ArrayList;
import java.util.List;

/** {@link ShapedModel} to {@link LoweredModel}; every layer that has shapes can be lowered. */
public final class Lowering {

  /** The model as operations. */
  public LoweredModel lower(ShapedModel model) {
    List<Operation> operations = new ArrayList<>();
    for (ShapedLayer layer : model.layers()) {
      operations.addAll(LoweringRules.of(layer.declaration().operation()).lower(layer));
    }
    return new LoweredModel(model, SplitAlone.replace(operations));
  }
}
