package dev.detent.processor.emit;

import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.NameAllocator;
import com.squareup.javapoet.TypeSpec;
import dev.detent.processor.ir.ShapedLayer;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * What {@code predict} of a model with several outputs yields.
 *
 * <pre>{@code
 * public static final class Outputs {
 *   private final float[][] values;
 *
 *   public float[] digit() {
 *     return values[0];
 *   }
 * }
 * }</pre>
 */
final class OutputsClass {
  static final String NAME = "Outputs";

  private static final String VALUES = "values";
  private static final List<String> TAKEN =
      List.of(
          "getClass",
          "hashCode",
          "equals",
          "clone",
          "toString",
          "notify",
          "notifyAll",
          "wait",
          "finalize");

  private OutputsClass() {}

  static TypeSpec of(String className, List<ShapedLayer> outputs) {
    NameAllocator names = new NameAllocator();
    TAKEN.forEach(names::newName);
    TypeSpec.Builder type =
        TypeSpec.classBuilder(className)
            .addJavadoc("The values of each output for one example.\n")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .addField(float[][].class, VALUES, Modifier.PRIVATE, Modifier.FINAL)
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addModifiers(Modifier.PRIVATE)
                    .addParameter(float[][].class, VALUES)
                    .addStatement("this.$N = $N", VALUES, VALUES)
                    .build());
    for (int i = 0; i < outputs.size(); i++) {
      ShapedLayer output = outputs.get(i);
      type.addMethod(
          MethodSpec.methodBuilder(names.newName(output.name()))
              .addJavadoc(
                  "Returns '$L': $L values, $L.\n",
                  output.name(),
                  Literals.inText(output.output().elements()),
                  output.output())
              .addModifiers(Modifier.PUBLIC)
              .returns(float[].class)
              .addStatement("return $N[$L]", VALUES, i)
              .build());
    }
    return type.build();
  }
}
