package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import dev.detent.processor.ir.RangeSpec;

/** Writes the ranges of tensors. */
final class Ranges {
  private Ranges() {}

  /**
   * The range of a tensor: written where the first tensor that has it is made, and then taken from
   * that.
   *
   * <pre>{@code
   * ActivationRange.learned("conv", 8).nonNegative()
   * conv.range()
   * }</pre>
   */
  static CodeBlock of(RangeSpec range, String tensor, Scope scope) {
    if (!isFirst(range, tensor)) {
      return CodeBlock.of("$N.range()", scope.rangeOwner(range.name()));
    }
    if (range.fixed().isPresent()) {
      return CodeBlock.of(
          "$T.fixed($L, $L, $L, $L)",
          Runtime.RANGE,
          scope.text(range.name()),
          range.bits(),
          Literals.ofScale(range.fixed().get().scale()),
          range.fixed().get().zeroPoint());
    }
    CodeBlock.Builder code =
        CodeBlock.builder()
            .add("$T.learned($L, $L)", Runtime.RANGE, scope.text(range.name()), range.bits())
            .add(range.nonNegative() ? ".nonNegative()" : "");
    if (!Double.isInfinite(range.atMost())) {
      code.add(".atMost($L)", Literals.ofBound(range.atMost()));
    }
    code.add(range.symmetric() ? ".symmetric()" : "");
    code.add(range.powerOfTwo() ? ".powerOfTwo()" : "");
    range.quantizer().ifPresent(use -> code.add(Quantizers.ofRange(use, scope)));
    return code.build();
  }

  static boolean isFirst(RangeSpec range, String tensor) {
    return range.name().equals(tensor);
  }
}
