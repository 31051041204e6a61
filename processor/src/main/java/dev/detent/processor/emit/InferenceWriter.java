package dev.detent.processor.emit;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.NameAllocator;
import com.squareup.javapoet.ParameterSpec;
import com.squareup.javapoet.TypeSpec;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.ClassRef;
import dev.detent.processor.model.Literal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * {@link PlacedModel} to the source of the class that runs its files in plain Java.
 *
 * <pre>{@code
 * public final class DigitsInference extends ModelInference {
 *   private DigitsInference(TfliteModel model) {
 *     super(model, "Digits", List.of(values("image", 28, 28, 1)), List.of(values("logits", 10)));
 *   }
 *
 *   public static DigitsInference load(Path file) throws IOException {
 *     return load(file, DigitsInference::new);
 *   }
 *
 *   public float[] predict(float[] image) {
 *     float[] logits = new float[10];
 *     predict(image, logits);
 *     return logits;
 *   }
 *
 *   public void predict(float[] image, float[] logits) {
 *     Interpreter interpreter = acquire();
 *     try {
 *       interpreter.setInput(0, image);
 *       interpreter.run();
 *       interpreter.readOutput(0, logits);
 *     } finally {
 *       release(interpreter);
 *     }
 *   }
 * }
 * }</pre>
 */
public final class InferenceWriter {
  /** The class without which nothing of this is generated. */
  public static final String BASE = "dev.detent.inference.ModelInference";

  private static final String PACKAGE = "dev.detent.inference";
  private static final ClassName PARENT = ClassName.bestGuess(BASE);
  private static final ClassName MODEL = ClassName.get(PACKAGE, "TfliteModel");
  private static final ClassName REFUSAL = ClassName.get(PACKAGE, "ModelFormatException");
  private static final ClassName INTERPRETER = ClassName.get(PACKAGE, "Interpreter");

  /** Of {@code predict} itself. */
  private static final List<String> VARIABLES = List.of("interpreter", "i");

  private final PlacedModel model;
  private final ClassName name;
  private final List<Port> inputs;
  private final List<Port> outputs;

  /** An input or output with its variable. */
  private record Port(ShapedLayer layer, String variable) {
    boolean holdsIndices() {
      return layer.declaration().takesIndices() || layer.declaration().operation().yieldsIndices();
    }

    Class<?> type() {
      return holdsIndices() ? int[].class : float[].class;
    }

    Class<?> types() {
      return holdsIndices() ? int[][].class : float[][].class;
    }

    /** What an array of its values holds. */
    Class<?> element() {
      return type().getComponentType();
    }

    CodeBlock spec() {
      String shape = layer.output().arguments();
      return CodeBlock.of(
          "$L($S$L)",
          holdsIndices() ? "indices" : "values",
          layer.name(),
          shape.isEmpty() ? "" : ", " + shape);
    }

    String doc() {
      return Literals.inText(layer.output().elements()) + " values, " + layer.output();
    }
  }

  private InferenceWriter(PlacedModel model) {
    this.model = model;
    this.name = Quantizers.className(nameOf(model));
    NameAllocator names = new NameAllocator();
    VARIABLES.forEach(names::newName);
    this.inputs = ports(model.shaped().inputs(), names);
    this.outputs = ports(model.shaped().outputs(), names);
  }

  private static List<Port> ports(List<ShapedLayer> layers, NameAllocator names) {
    return layers.stream().map(layer -> new Port(layer, names.newName(layer.name()))).toList();
  }

  /** The class that is generated: {@code DigitsInference}. */
  public static ClassRef nameOf(PlacedModel model) {
    ClassRef family = model.shaped().declaration().family();
    String generated = family.generated().nestedName();
    return new ClassRef(
        family.packageName(),
        List.of(generated.substring(0, generated.length() - "Model".length()) + "Inference"));
  }

  /** Writes the class, with what ties it to its origin. */
  public static JavaFile write(
      PlacedModel model, Optional<ClassRef> generated, ModelWriter.Originating originating) {
    TypeSpec.Builder type = new InferenceWriter(model).type();
    generated.map(ModelWriter::mark).ifPresent(type::addAnnotation);
    originating.addTo(type);
    return JavaFile.builder(model.shaped().declaration().name().packageName(), type.build())
        .indent(ModelWriter.INDENT)
        .build();
  }

  private TypeSpec.Builder type() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addJavadoc(
                "Runs the exported files of {@link $T} in plain Java. Any number of threads may"
                    + " share one.\n",
                Quantizers.className(model.shaped().declaration().name()))
            .addModifiers(Modifier.FINAL)
            .superclass(PARENT)
            .addMethod(constructor())
            .addMethod(loadFile())
            .addMethod(loadBytes());
    if (outputs.size() == 1) {
      type.addMethod(predict());
    }
    type.addMethod(predictInto());
    if (inputs.size() == 1 && outputs.size() == 1) {
      type.addMethod(predictBatch());
    }
    if (isPublic()) {
      type.addModifiers(Modifier.PUBLIC);
    }
    return type;
  }

  private boolean isPublic() {
    return model.shaped().declaration().isPublic();
  }

  private MethodSpec.Builder method(String method, Modifier... others) {
    return MethodSpec.methodBuilder(method)
        .addModifiers(isPublic() ? List.of(Modifier.PUBLIC) : List.of())
        .addModifiers(others);
  }

  private MethodSpec constructor() {
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addParameter(MODEL, "model")
        .addStatement(
            "super(model, $L, $T.of($L), $T.of($L))",
            Literal.of(model.shaped().declaration().family().nestedName()),
            List.class,
            specs(inputs),
            List.class,
            specs(outputs))
        .build();
  }

  private static CodeBlock specs(List<Port> ports) {
    return CodeBlock.join(ports.stream().map(Port::spec).toList(), ", ");
  }

  private MethodSpec loadFile() {
    return method("load", Modifier.STATIC)
        .addJavadoc(
            "Loads a file.\n\n"
                + "@throws IOException if it cannot be read\n"
                + "@throws $T if it is no file of this model\n",
            REFUSAL)
        .addParameter(Path.class, "file")
        .addException(IOException.class)
        .returns(name)
        .addStatement("return load(file, $T::new)", name)
        .build();
  }

  private MethodSpec loadBytes() {
    return method("load", Modifier.STATIC)
        .addJavadoc(
            "Loads the bytes of a file.\n\n" + "@throws $T if they are no file of this model\n",
            REFUSAL)
        .addParameter(byte[].class, "file")
        .returns(name)
        .addStatement("return new $T($T.load(file))", name, MODEL)
        .build();
  }

  private MethodSpec predict() {
    Port output = outputs.get(0);
    MethodSpec.Builder method = method("predict").returns(output.type());
    CodeBlock.Builder doc = CodeBlock.builder().add("One example through the model.\n\n");
    List<CodeBlock> arguments = new ArrayList<>();
    addInputs(method, doc, arguments);
    arguments.add(CodeBlock.of("$N", output.variable));
    doc.add("@return $L: $L\n", output.layer.name(), output.doc());
    return method
        .addJavadoc(doc.build())
        .addStatement(
            "$T $N = new $T[$L]",
            output.type(),
            output.variable,
            output.element(),
            Literals.of(output.layer.output().elements()))
        .addStatement("predict($L)", CodeBlock.join(arguments, ", "))
        .addStatement("return $N", output.variable)
        .build();
  }

  private void addInputs(
      MethodSpec.Builder method, CodeBlock.Builder doc, List<CodeBlock> arguments) {
    for (Port input : inputs) {
      doc.add("@param $L $L\n", input.variable, input.doc());
      method.addParameter(ParameterSpec.builder(input.type(), input.variable).build());
      arguments.add(CodeBlock.of("$N", input.variable));
    }
  }

  private MethodSpec predictInto() {
    MethodSpec.Builder method = method("predict");
    CodeBlock.Builder doc =
        CodeBlock.builder().add("One example through the model, into arrays of the caller.\n\n");
    addInputs(method, doc, new ArrayList<>());
    for (Port output : outputs) {
      doc.add("@param $L for $L\n", output.variable, output.doc());
      method.addParameter(ParameterSpec.builder(output.type(), output.variable).build());
    }
    method
        .addJavadoc(doc.build())
        .addStatement("$T interpreter = acquire()", INTERPRETER)
        .beginControlFlow("try");
    for (int i = 0; i < inputs.size(); i++) {
      method.addStatement("interpreter.setInput($L, $N)", i, inputs.get(i).variable);
    }
    method.addStatement("interpreter.run()");
    for (int i = 0; i < outputs.size(); i++) {
      method.addStatement("interpreter.readOutput($L, $N)", i, outputs.get(i).variable);
    }
    return method
        .nextControlFlow("finally")
        .addStatement("release(interpreter)")
        .endControlFlow()
        .build();
  }

  private MethodSpec predictBatch() {
    Port input = inputs.get(0);
    Port output = outputs.get(0);
    return method("predict")
        .addJavadoc(
            "Some examples through the model, one after the other.\n\n"
                + "@param $L of each, $L\n@return $L of each, $L\n",
            input.variable,
            input.doc(),
            output.layer.name(),
            output.doc())
        .addParameter(input.types(), input.variable)
        .returns(output.types())
        .addStatement(
            "$T $N = new $T[$N.length][$L]",
            output.types(),
            output.variable,
            output.element(),
            input.variable,
            Literals.of(output.layer.output().elements()))
        .beginControlFlow("for (int i = 0; i < $N.length; i++)", input.variable)
        .addStatement("predict($N[i], $N[i])", input.variable, output.variable)
        .endControlFlow()
        .addStatement("return $N", output.variable)
        .build();
  }
}
