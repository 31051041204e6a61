package dev.detent.processor.lowering;

import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.ShapedLayer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How one kind of layer becomes operations.
 *
 * @param isCostly whether TFLite has no integer kernel for the layer, so that it costs more than it
 *     seems to
 * @param operations replaces a layer by at least one operation, in order of data flow; the last
 *     one's output has the layer's name and shape, so that what reads the layer need not know
 */
record LoweringRule(boolean isCostly, Function<ShapedLayer, List<Operation>> operations) {

  /** A layer that is one operation; batch norm and activation stay with it. */
  static LoweringRule one(OpCode code) {
    return several(layer -> List.of(Operation.of(code, layer)));
  }

  /** A layer that is one operation or several. */
  static LoweringRule several(Function<ShapedLayer, List<Operation>> operations) {
    return new LoweringRule(false, operations);
  }

  /** A layer of parts that have attributes of their own. */
  static LoweringRule parts(Consumer<Parts> rule) {
    return several(layer -> Parts.of(layer, rule));
  }

  /** A layer that is many parts for want of a kernel, which a note then says. */
  static LoweringRule costly(Consumer<Parts> rule) {
    return new LoweringRule(true, layer -> Parts.of(layer, rule));
  }

  /** The operations that replace a layer. */
  List<Operation> lower(ShapedLayer layer) {
    return operations.apply(layer);
  }
}
