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
      return CodeBlock.of("$N.range()", scope.rangeOwner(range.tensors().get(0)));
    }
    CodeBlock.Builder code = CodeBlock.builder();
    switch (range.kind()) {
      case LEARNED -> {
        code.add("$T.learned($L, $L)", Runtime.RANGE, scope.text(range.name()), range.bits());
        code.add(range.nonNegative() ? ".nonNegative()" : "");
        code.add(
            Double.isInfinite(range.atMost())
                ? ""
                : ".atMost(" + Literals.ofBound(range.atMost()) + ")");
        code.add(range.symmetric() ? ".symmetric()" : "");
        code.add(range.powerOfTwo() ? ".powerOfTwo()" : "");
        range.quantizer().ifPresent(use -> code.add(Quantizers.ofRange(use, scope)));
      }
      case FIXED ->
          code.add(
              "$T.fixed($L, $L, $L, $L)",
              Runtime.RANGE,
              scope.text(range.name()),
              range.bits(),
              Literals.ofScale(range.fixed().orElseThrow().scale()),
              range.fixed().orElseThrow().zeroPoint());
    }
    return code.build();
  }

  static boolean isFirst(RangeSpec range, String tensor) {
    return range.tensors().get(0).equals(tensor);
  }
}
