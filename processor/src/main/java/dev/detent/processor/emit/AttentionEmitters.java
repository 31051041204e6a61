package dev.detent.processor.emit;

import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import java.util.Optional;

/** Emitters of what attention is built of. */
final class AttentionEmitters {
  private AttentionEmitters() {}

  /**
   * A product of two activations.
   *
   * <pre>{@code
   * g.batchMatMul("scores", query, key)
   *     .transposeA(false)
   *     .transposeB(true)
   *     .output(SCORES)
   * p.batchMatMul("scores", query, key)
   *     .transposeA(false)
   *     .transposeB(true)
   *     .output(SCORES, 16, 16)
   * }</pre>
   */
  record MatrixProduct() implements SameCall {
    @Override
    public Chain emit(String builder, PlacedOperation placed, Scope scope) {
      Attributes attributes = Emitters.attributes(placed);
      return Emitters.call(builder, "batchMatMul", placed.operation(), scope)
          .call(".transposeA($L)", attributes.get(AttributeKey.TRANSPOSE_A))
          .call(".transposeB($L)", attributes.get(AttributeKey.TRANSPOSE_B));
    }
  }

  /**
   * Probabilities; {@code beta} stands only where it is not 1.
   *
   * <pre>{@code
   * g.softmax("weights", scores).beta(0.25).output(WEIGHTS)
   * p.softmax("weights", scores).beta(0.25).output(WEIGHTS, 16, 16)
   * }</pre>
   */
  record Softmax() implements SameCall {
    @Override
    public Chain emit(String builder, PlacedOperation placed, Scope scope) {
      Optional<Double> beta = Emitters.attributes(placed).find(PartKeys.BETA);
      Chain chain = Emitters.call(builder, "softmax", placed.operation(), scope);
      return beta.map(factor -> chain.call(".beta($L)", Literals.of(factor))).orElse(chain);
    }
  }
}
