package dev.detent.processor.emit;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.NameAllocator;
import com.squareup.javapoet.ParameterSpec;
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
 * public static final class Data extends ModelExamples<Data> {
 *   public Data(Features left, Features right, Targets same) {
 *     super(List.of(left, right), List.of(same));
 *   }
 *
 *   public Data with(List<Features> inputs, List<Targets> targets) {
 *     return new Data(inputs.get(0), inputs.get(1), targets.get(0));
 *   }
 * }
 * }</pre>
 */
final class DataClass {
  static final String NAME = "Data";

  private static final String INPUTS = "inputs";
  private static final String TARGETS = "targets";

  private DataClass() {}

  static TypeSpec of(ClassName data, List<ShapedLayer> inputs, List<ShapedLayer> outputs) {
    NameAllocator names = new NameAllocator();
    names.newName("List", "List"); // a parameter of that name would hide the class
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PUBLIC);
    CodeBlock.Builder doc = CodeBlock.builder().add("Ties inputs and outputs together.\n\n");
    List<CodeBlock> features = new ArrayList<>();
    List<CodeBlock> targets = new ArrayList<>();
    List<CodeBlock> others = new ArrayList<>();
    for (ShapedLayer input : inputs) {
      others.add(CodeBlock.of("$N.get($L)", INPUTS, features.size()));
      features.add(parameter(constructor, doc, Runtime.FEATURES, input, names));
    }
    for (ShapedLayer output : outputs) {
      others.add(CodeBlock.of("$N.get($L)", TARGETS, targets.size()));
      targets.add(parameter(constructor, doc, Runtime.TARGETS, output, names));
    }
    doc.add("@throws dev.detent.runtime.data.DataException if their numbers differ\n");
    return TypeSpec.classBuilder(data)
        .addJavadoc("Examples for this model: as many of each input and of each output.\n")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .superclass(ParameterizedTypeName.get(Runtime.MODEL_EXAMPLES, data))
        .addMethod(
            constructor
                .addJavadoc(doc.build())
                .addStatement("super($L, $L)", list(features), list(targets))
                .build())
        .addMethod(
            MethodSpec.methodBuilder("with")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(data)
                .addParameter(ParameterSpec.builder(listOf(Runtime.FEATURES), INPUTS).build())
                .addParameter(ParameterSpec.builder(listOf(Runtime.TARGETS), TARGETS).build())
                .addStatement("return new $T($L)", data, CodeBlock.join(others, ", "))
                .build())
        .build();
  }

  /** An input and an output of one layer need two names. */
  private static CodeBlock parameter(
      MethodSpec.Builder constructor,
      CodeBlock.Builder doc,
      ClassName of,
      ShapedLayer layer,
      NameAllocator names) {
    String name = names.newName(layer.name());
    constructor.addParameter(of, name);
    // An index is trained as the class that it is among the values that it is found in.
    boolean isIndex = layer.declaration().operation().yieldsIndices();
    doc.add(
        "@param $L for '$L', $L\n",
        name,
        layer.name(),
        isIndex ? "classes of " + layer.inputs().get(0) : layer.output());
    return CodeBlock.of("$N", name);
  }

  private static TypeName listOf(ClassName of) {
    return ParameterizedTypeName.get(ClassName.get(List.class), of);
  }

  private static CodeBlock list(List<CodeBlock> values) {
    return CodeBlock.of("$T.of($L)", List.class, CodeBlock.join(values, ", "));
  }
}
