package dev.detent.processor.emit;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.NameAllocator;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import dev.detent.processor.ir.ShapedLayer;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * The examples of a model with several inputs or outputs, so that none can be forgotten.
 *
 * <pre>{@code
 * public static final class Data implements Examples {
 *   private final Features left;
 *   private final Features right;
 *   private final Targets same;
 *   private final int size;
 *
 *   public Data(Features left, Features right, Targets same) { ... }
 * }
 * }</pre>
 */
final class DataClass {
  static final String NAME = "Data";

  private static final String SIZE = "size";

  private DataClass() {}

  static TypeSpec of(String className, List<ShapedLayer> inputs, List<ShapedLayer> outputs) {
    NameAllocator names = new NameAllocator();
    for (String taken : List.of(SIZE, "List", Runtime.EXAMPLES.simpleName())) {
      names.newName(taken, taken);
    }
    TypeSpec.Builder type =
        TypeSpec.classBuilder(className)
            .addJavadoc("Examples for this model: as many of each input and of each output.\n")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .addSuperinterface(Runtime.EXAMPLES);
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PUBLIC);
    CodeBlock.Builder doc = CodeBlock.builder().add("Ties inputs and outputs together.\n\n");
    List<CodeBlock> features = new ArrayList<>();
    List<CodeBlock> targets = new ArrayList<>();
    for (ShapedLayer input : inputs) {
      features.add(add(type, constructor, doc, Runtime.FEATURES, input, names));
    }
    for (ShapedLayer output : outputs) {
      targets.add(add(type, constructor, doc, Runtime.TARGETS, output, names));
    }
    doc.add("@throws dev.detent.runtime.data.DataException if their numbers differ\n");
    type.addField(int.class, SIZE, Modifier.PRIVATE, Modifier.FINAL);
    type.addMethod(
        constructor
            .addJavadoc(doc.build())
            .addStatement(
                "this.$N = $T.sizeOf($T.of($L), $T.of($L))",
                SIZE,
                Runtime.EXAMPLES,
                List.class,
                CodeBlock.join(features, ", "),
                List.class,
                CodeBlock.join(targets, ", "))
            .build());
    type.addMethod(getter(SIZE, TypeName.INT, CodeBlock.of("$N", SIZE)));
    type.addMethod(getter("inputs", listOf(Runtime.FEATURES), list(features)));
    type.addMethod(getter("targets", listOf(Runtime.TARGETS), list(targets)));
    return type.build();
  }

  /** A field and its parameter; an input and an output of one layer need two names. */
  private static CodeBlock add(
      TypeSpec.Builder type,
      MethodSpec.Builder constructor,
      CodeBlock.Builder doc,
      ClassName of,
      ShapedLayer layer,
      NameAllocator names) {
    String name = names.newName(layer.name());
    type.addField(of, name, Modifier.PRIVATE, Modifier.FINAL);
    constructor.addParameter(of, name).addStatement("this.$N = $N", name, name);
    doc.add("@param $L for '$L', $L\n", name, layer.name(), layer.output());
    return CodeBlock.of("$N", name);
  }

  private static TypeName listOf(ClassName of) {
    return ParameterizedTypeName.get(ClassName.get(List.class), of);
  }

  private static CodeBlock list(List<CodeBlock> values) {
    return CodeBlock.of("$T.of($L)", List.class, CodeBlock.join(values, ", "));
  }

  private static MethodSpec getter(String name, TypeName returns, CodeBlock value) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(returns)
        .addStatement("return $L", value)
        .build();
  }
}
