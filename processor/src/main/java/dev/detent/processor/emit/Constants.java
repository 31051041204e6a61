package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.RangeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.lang.model.element.Modifier;

/** The constants that operations use: what chooses quantizers, ranges, layers of the user's own. */
final class Constants {
  private Constants() {}

  /** Those whose names are wanted, each once. */
  static List<FieldSpec> of(
      List<PlacedOperation> operations, Scope scope, Predicate<String> wanted) {
    List<FieldSpec> constants = new ArrayList<>();
    Quantizers.choosing(operations).values().stream()
        .filter(use -> wanted.test(scope.quantizer(use.decidesFor().orElseThrow())))
        .forEach(use -> constants.add(Quantizers.constant(use, scope)));
    operations.stream()
        .flatMap(placed -> placed.range().stream())
        .distinct()
        .filter(range -> wanted.test(scope.constant(range)))
        .forEach(range -> constants.add(range(range, scope)));
    operations.stream()
        .filter(CustomLayers::isCustom)
        .filter(placed -> wanted.test(scope.layer(placed.operation().name())))
        .forEach(placed -> constants.add(CustomLayers.constant(placed, scope)));
    return constants;
  }

  /** {@code private static final ActivationRange CONV = ...}, documented with its tensors. */
  private static FieldSpec range(RangeSpec range, Scope scope) {
    CodeBlock.Builder value = CodeBlock.builder();
    switch (range.kind()) {
      case LEARNED -> {
        value.add("$T.learned($S, $L)", Runtime.RANGE, range.name(), range.bits());
        value.add(range.nonNegative() ? ".nonNegative()" : "");
        value.add(
            Double.isInfinite(range.atMost())
                ? ""
                : ".atMost(" + Literals.ofBound(range.atMost()) + ")");
        value.add(range.symmetric() ? ".symmetric()" : "");
        value.add(range.powerOfTwo() ? "$Z.powerOfTwo()" : "");
        range.quantizer().ifPresent(use -> value.add(Quantizers.ofRange(use, scope)));
      }
      case FIXED ->
          value.add(
              "$T.fixed($S, $L, $L, $L)",
              Runtime.RANGE,
              range.name(),
              range.bits(),
              Literals.ofScale(range.fixed().orElseThrow().scale()),
              range.fixed().orElseThrow().zeroPoint());
    }
    return FieldSpec.builder(
            Runtime.RANGE, scope.constant(range), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("$L.\n", String.join(", ", range.tensors()))
        .initializer(value.build())
        .build();
  }
}
