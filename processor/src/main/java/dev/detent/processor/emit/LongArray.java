package dev.detent.processor.emit;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterSpec;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * An array of more values than fit where it is used. A class of its own holds them, for the class
 * file format allows 64 KB of code in a method and 65,535 constants in a class.
 *
 * <pre>{@code
 * private static final class Values1 {
 *   static double[] values() {
 *     return new double[] {0.5, 0.25, ...};
 *   }
 * }
 * }</pre>
 *
 * @param name of the class
 * @param component the type of each value
 * @param values their code
 * @param parameters that this code names
 */
record LongArray(
    String name, TypeName component, List<CodeBlock> values, List<ParameterSpec> parameters) {
  /** An array of more values is long. */
  static final int LONG = 100;

  private static final int MOST_IN_A_METHOD = 2_000;
  private static final String VALUES = "values";

  /** {@code Values1.values()}. */
  CodeBlock call() {
    return CodeBlock.of(
        "$L.$L($L)",
        name,
        VALUES,
        parameters.stream()
            .map(parameter -> CodeBlock.of("$N", parameter))
            .collect(CodeBlock.joining(", ")));
  }

  /** The class; where one method cannot have all values, it copies them from others of the kind. */
  TypeSpec type() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(VALUES)
            .addModifiers(Modifier.STATIC)
            .returns(ArrayTypeName.of(component))
            .addParameters(parameters);
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
    if (values.size() <= MOST_IN_A_METHOD) {
      method.addStatement("return new $T[] {$L}", component, CodeBlock.join(values, ",$W"));
    } else {
      method.addStatement("$T[] $L = new $T[$L]", component, VALUES, component, values.size());
      for (int from = 0; from < values.size(); from += MOST_IN_A_METHOD) {
        List<CodeBlock> own =
            values.subList(from, Math.min(from + MOST_IN_A_METHOD, values.size()));
        LongArray piece = new LongArray("From" + from, component, own, parameters);
        method.addStatement(
            "$T.arraycopy($L, 0, $L, $L, $L)",
            System.class,
            piece.call(),
            VALUES,
            from,
            own.size());
        type.addType(piece.type());
      }
      method.addStatement("return $L", VALUES);
    }
    return type.addMethod(method.build()).build();
  }
}
