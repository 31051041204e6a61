package dev.detent.processor.emit;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.TypeName;
import dev.detent.annotations.Granularity;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.RangeSpec;
import dev.detent.processor.model.Argument;
import dev.detent.processor.model.ClassRef;
import dev.detent.processor.model.Literal;
import dev.detent.processor.model.QuantizationConfig;
import dev.detent.processor.model.QuantizerUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.lang.model.element.Modifier;

/** Writes which quantizer a tensor has, and the constants for those that choose for a layer. */
final class Quantizers {
  private Quantizers() {}

  static ClassName className(ClassRef reference) {
    return ClassName.get(
        reference.packageName(),
        reference.simpleNames().get(0),
        reference.simpleNames().stream().skip(1).toArray(String[]::new));
  }

  /** The layers that have a class of the user's to choose their quantizers, in order. */
  static Map<String, QuantizerUse> choosing(List<PlacedOperation> operations) {
    Map<String, QuantizerUse> choosing = new LinkedHashMap<>();
    for (PlacedOperation placed : operations) {
      placed
          .weights()
          .flatMap(QuantizationConfig.Weights::quantizer)
          .ifPresent(use -> add(use, choosing));
      placed.range().flatMap(RangeSpec::quantizer).ifPresent(use -> add(use, choosing));
    }
    return choosing;
  }

  /** The constants of those whose names are wanted. */
  static List<FieldSpec> constants(
      List<PlacedOperation> operations, Scope scope, Predicate<String> wanted) {
    return choosing(operations).values().stream()
        .filter(use -> wanted.test(scope.quantizer(use.decidesFor().orElseThrow())))
        .map(use -> constant(use, scope))
        .toList();
  }

  private static void add(QuantizerUse use, Map<String, QuantizerUse> choosing) {
    use.decidesFor().ifPresent(layer -> choosing.putIfAbsent(layer, use));
  }

  /** {@code private static final LayerQuantizer CONV_QUANTIZER = new CoarseKernel();}. */
  private static FieldSpec constant(QuantizerUse use, Scope scope) {
    String layer = use.decidesFor().orElseThrow();
    return FieldSpec.builder(
            Runtime.LAYER_QUANTIZER,
            scope.quantizer(layer),
            Modifier.PRIVATE,
            Modifier.STATIC,
            Modifier.FINAL)
        .addJavadoc("Chooses the quantizers of $L.\n", layer)
        .initializer("new $T($L)", className(use.type()), arguments(use, scope))
        .build();
  }

  /**
   * The call that gives a range its quantizer.
   *
   * <pre>{@code
   * .quantizer(AllValues::new)
   * .quantizer(() -> new LearnedStep(1.0))
   * .quantizer(CONV_QUANTIZER)
   * }</pre>
   */
  static CodeBlock ofRange(QuantizerUse use, Scope scope) {
    return use.decidesFor().isPresent()
        ? CodeBlock.of(".quantizer($N)", scope.quantizer(use.decidesFor().get()))
        : CodeBlock.of(".quantizer($L)", supplier(use, scope));
  }

  /**
   * How a weight is quantized.
   *
   * <pre>{@code
   * WeightQuantization.perChannel(8)
   * WeightQuantization.perTensor(4).fullRange().powerOfTwo().quantizer(() -> new LearnedStep(1.0))
   * WeightQuantization.perChannel(8).quantizer(CONV_QUANTIZER, "kernel")
   * }</pre>
   */
  static CodeBlock ofWeight(QuantizationConfig.Weights weights, String weight, Scope scope) {
    CodeBlock.Builder code = CodeBlock.builder();
    code.add(
        "$T.$L($L)",
        Runtime.WEIGHTS,
        weights.granularity() == Granularity.PER_CHANNEL ? "perChannel" : "perTensor",
        weights.bits());
    code.add(weights.narrowRange() ? "" : ".fullRange()");
    code.add(weights.powerOfTwo() ? ".powerOfTwo()" : "");
    weights
        .quantizer()
        .ifPresent(
            use ->
                code.add(
                    use.decidesFor().isPresent()
                        ? CodeBlock.of(
                            ".quantizer($N, $S)", scope.quantizer(use.decidesFor().get()), weight)
                        : CodeBlock.of(".quantizer($L)", supplier(use, scope))));
    return code.build();
  }

  private static CodeBlock supplier(QuantizerUse use, Scope scope) {
    return use.arguments().isEmpty()
        ? CodeBlock.of("$T::new", className(use.type()))
        : CodeBlock.of("() -> new $T($L)", className(use.type()), arguments(use, scope));
  }

  private static CodeBlock arguments(QuantizerUse use, Scope scope) {
    return join(use.arguments(), scope);
  }

  /** The type of an array's values; that of classes is raw, as there are no arrays of others. */
  static TypeName component(Argument.Type type) {
    return className(type.base());
  }

  private static CodeBlock type(Argument.Type type) {
    return CodeBlock.of("$T$L", className(type.base()), "[]".repeat(type.dimensions()));
  }

  /** Arguments of a constructor. */
  static CodeBlock join(List<Argument> arguments, Scope scope) {
    return arguments.stream()
        .map(argument -> argument(argument, scope))
        .collect(CodeBlock.joining(", "));
  }

  static CodeBlock argument(Argument argument, Scope scope) {
    if (argument instanceof Argument.EnumConstant constant) {
      return CodeBlock.of("$T.$L", className(constant.type()), constant.name());
    }
    if (argument instanceof Argument.ClassLiteral literal) {
      return CodeBlock.of("$L.class", type(literal.type()));
    }
    if (argument instanceof Argument.Array array) {
      return scope
          .longArray(array)
          .map(LongArray::call)
          .orElseGet(
              () ->
                  CodeBlock.of(
                      "new $T[] {$L}", component(array.component()), join(array.values(), scope)));
    }
    return CodeBlock.of("$L", Literal.of(((Argument.Constant) argument).value()));
  }
}
