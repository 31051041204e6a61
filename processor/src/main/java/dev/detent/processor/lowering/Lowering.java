package dev.detent.processor.lowering;

import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.LoweredModel;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.ir.ShapedModel;
import java.util.ArrayList;
import java.util.List;

/** {@link ShapedModel} to {@link LoweredModel}; every layer that has shapes can be lowered. */
public final class Lowering {

  /**
   * The model as operations; what became of batch norms on fields of their own, and what costs more
   * than it seems to, is noted.
   */
  public LoweredModel lower(ShapedModel model, Reporter reporter) {
    BatchNormFolding folding = BatchNormFolding.of(model, reporter);
    List<Operation> operations = new ArrayList<>();
    for (ShapedLayer layer : folding.layers()) {
      LoweringRule rule =
          folding.isFolded(layer)
              ? LoweringRule.one(OpCode.FOLDED)
              : LoweringRules.of(layer.declaration().operation());
      List<Operation> lowered = rule.lower(layer);
      if (rule.isCostly()) {
        CostNotes.report(layer, lowered, reporter);
      }
      operations.addAll(lowered);
    }
    return new LoweredModel(
        model,
        SplitAlone.replace(CancellingReshapes.rewrite(operations, model.declaration().outputs())));
  }
}
