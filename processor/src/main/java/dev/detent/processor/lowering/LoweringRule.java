package dev.detent.processor.lowering;

import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.ShapedLayer;
import java.util.List;

/** The operations that one kind of layer becomes. */
@FunctionalInterface
interface LoweringRule {

  /**
   * Replaces a layer. The last operation's output has the layer's name and shape, so that what
   * reads the layer need not know how it was replaced.
   *
   * @return at least one operation, in order of data flow
   */
  List<Operation> lower(ShapedLayer layer);
}
