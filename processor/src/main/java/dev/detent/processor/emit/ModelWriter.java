package dev.detent.processor.emit;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import dev.detent.annotations.scheme.TfliteInt8;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.ClassRef;
import dev.detent.processor.model.Literal;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.SchemeDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** {@link PlacedModel} to the source of its class. */
public final class ModelWriter {
  static final String INDENT = "  ";
  private static final Pattern JAVA_LANG = Pattern.compile("(?m)^import java\\.lang\\.(\\w+);");
  private static final String GENERATOR = "dev.detent.processor.DetentProcessor";

  private final PlacedModel model;
  private final Optional<ClassRef> generated;
  private final UserTypes users;
  private final Scope scope;
  private final ClassName name;
  private final List<ShapedLayer> inputs;
  private final List<ShapedLayer> outputs;

  private ModelWriter(PlacedModel model, Optional<ClassRef> generated) {
    this.model = model;
    this.generated = generated;
    this.users = new UserTypes(model);
    this.scope = new Scope(model);
    this.name = Quantizers.className(model.shaped().declaration().family().generated());
    inputs = model.shaped().inputs();
    outputs = model.shaped().outputs();
  }

  /**
   * Writes a model.
   *
   * @param model the model
   * @param generated the annotation that marks generated code, where the platform has one
   * @param originating adds to the class what it is generated from
   * @param isInPackage whether the model's package has a class of a name
   */
  public static JavaFile write(
      PlacedModel model,
      Optional<ClassRef> generated,
      Originating originating,
      Predicate<String> isInPackage) {
    TypeSpec.Builder type = new ModelWriter(model, generated).type();
    originating.addTo(type);
    JavaFile.Builder file =
        JavaFile.builder(model.shaped().declaration().name().packageName(), type.build())
            .indent(INDENT);
    JavaFile explicit = file.build();
    boolean clashes =
        JAVA_LANG
            .matcher(explicit.toString())
            .results()
            .anyMatch(name -> isInPackage.test(name.group(1)));
    return clashes ? explicit : file.skipJavaLangImports(true).build();
  }

  /** What marks a class as generated. */
  static AnnotationSpec mark(ClassRef annotation) {
    return AnnotationSpec.builder(Quantizers.className(annotation))
        .addMember("value", "$S", GENERATOR)
        .build();
  }

  /** Ties a generated class to what it is generated from, for incremental builds. */
  @FunctionalInterface
  public interface Originating {
    /** Adds the element. */
    void addTo(TypeSpec.Builder type);
  }

  private TypeSpec.Builder type() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addJavadoc(javadoc())
            .addModifiers(Modifier.FINAL)
            .superclass(ParameterizedTypeName.get(Runtime.MODEL, data()));
    if (model.shaped().declaration().isPublic()) {
      type.addModifiers(Modifier.PUBLIC);
    }
    generated.map(ModelWriter::mark).ifPresent(type::addAnnotation);
    if (users.areOthers()) {
      // What the user's class is, and how it is used, is for the compiler to say where he names it.
      type.addAnnotation(
          AnnotationSpec.builder(SuppressWarnings.class)
              .addMember(
                  "value", "{$S, $S, $S, $S}", "deprecation", "rawtypes", "removal", "unchecked")
              .build());
    }
    List<Part> parts = Part.of(model, scope);
    if (parts.size() == 1) {
      addWhole(type, parts.get(0));
    } else {
      addParts(type, parts);
    }
    type.addMethod(
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(long.class, "seed")
            .addStatement("super($N, seed)", Scope.SPEC)
            .build());
    type.addMethod(create());
    type.addMethod(predict());
    type.addMethods(Paragraphs.ofModel(parts, model.shaped().declaration().outputs(), scope));
    if (!isPlain()) {
      ClassName examples = name.nestedClass(users.nested(DataClass.NAME));
      type.addType(DataClass.of(examples, inputs, outputs));
    }
    if (outputs.size() > 1) {
      type.addType(OutputsClass.of(users.nested(OutputsClass.NAME), outputs));
    }
    scope.longArrays().forEach(array -> type.addType(array.type()));
    return type;
  }

  /** Whether the runtime's own data set fits: one input and one output. */
  private boolean isPlain() {
    return inputs.size() == 1 && outputs.size() == 1;
  }

  private TypeName data() {
    return isPlain() ? Runtime.DATASET : name.nestedClass(users.nested(DataClass.NAME));
  }

  // ---------------------------------------------------------------- documentation

  private CodeBlock javadoc() {
    CodeBlock.Builder doc = CodeBlock.builder();
    doc.add(
        "The network that {@link $T} declares: $L parameters, $L multiply-accumulates an"
            + " example.\n\n<pre>\n",
        Quantizers.className(model.shaped().declaration().name()),
        Literals.inText(model.shaped().layers().stream().mapToLong(ShapedLayer::parameters).sum()),
        Literals.inText(
            model.shaped().layers().stream().mapToLong(ShapedLayer::multiplyAccumulates).sum()));
    int nameWidth = width(model.shaped().layers().stream().map(ShapedLayer::name).toList());
    int kindWidth =
        width(model.shaped().layers().stream().map(layer -> layer.declaration().kind()).toList());
    for (ShapedLayer layer : model.shaped().layers()) {
      doc.add(
          "$L\n",
          padded(layer.name(), nameWidth)
              + "  "
              + padded(layer.declaration().kind(), kindWidth)
              + "  "
              + layer.output());
    }
    doc.add("</pre>\n");
    SchemeDeclaration scheme = model.shaped().declaration().scheme();
    if (isQuantized() && !scheme.type().qualifiedName().equals(TfliteInt8.class.getName())) {
      doc.add(
          "\n<p>Quantized for {@link $T}: $L$L.\n",
          Quantizers.className(scheme.type()),
          inJavadoc(scheme.name()),
          scheme.tflite() ? "" : ", which is simulated and cannot be exported");
    }
    model.shaped().layers().stream()
        .flatMap(layer -> layer.declaration().quantization().stream())
        .flatMap(request -> request.origin().stream())
        .filter(origin -> !origin.onField())
        .findFirst()
        .ifPresent(
            origin ->
                doc.add(
                    "\n<p>Where a field says nothing else, as asked by {@code $L}.\n",
                    origin.text()));
    return doc.build();
  }

  /** A text that is none of HTML's, Javadoc's or the comment's own. */
  private static String inJavadoc(String text) {
    return text.chars()
        .mapToObj(
            each ->
                each < ' '
                    ? " "
                    : "&<>@{}*/\\".indexOf(each) < 0 ? Character.toString(each) : "&#" + each + ";")
        .collect(Collectors.joining());
  }

  /** Whether anything is, in part at least. */
  private boolean isQuantized() {
    return model.shaped().layers().stream()
        .anyMatch(layer -> layer.declaration().quantization().isPresent());
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  // ---------------------------------------------------------------- description

  /**
   * The description.
   *
   * <pre>{@code
   * private static final ModelSpec SPEC = ModelSpec.builder("Digits")
   *     .input("image", 28, 28, 1)
   *     .layer("conv", "Conv2D + BatchNorm + Relu", 168, 73_008, 26, 26, 12)
   *     .output("conv", 26, 26, 12)
   *     .build();
   * }</pre>
   */
  private FieldSpec spec(CodeBlock value) {
    return FieldSpec.builder(
            Runtime.SPEC, Scope.SPEC, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(value)
        .build();
  }

  private CodeBlock specBuilder() {
    return CodeBlock.of(
        "$T.builder($L)",
        Runtime.SPEC,
        Literal.of(model.shaped().declaration().family().nestedName()));
  }

  /** What the description says: a call for each input, layer and output. */
  private List<CodeBlock> description() {
    List<CodeBlock> calls = new ArrayList<>();
    if (isQuantized() && !model.shaped().declaration().scheme().tflite()) {
      calls.add(
          CodeBlock.of(
              ".simulatedOnly($L)", Literal.of(model.shaped().declaration().scheme().name())));
    }
    inputs.forEach(input -> calls.add(tensor("input", input)));
    for (ShapedLayer layer : model.shaped().layers()) {
      if (layer.declaration().operation() != OperationKind.INPUT) {
        calls.add(
            CodeBlock.of(
                ".layer($S, $L, $L, $L$L)",
                layer.name(),
                Literal.of(layer.declaration().kind()),
                Literals.of(layer.parameters()),
                Literals.of(layer.multiplyAccumulates()),
                sizes(layer)));
      }
    }
    outputs.forEach(output -> calls.add(tensor("output", output)));
    return calls;
  }

  private static CodeBlock tensor(String method, ShapedLayer layer) {
    return CodeBlock.of(".$L($S$L)", method, layer.name(), sizes(layer));
  }

  /** {@code , 26, 26, 12}: the last arguments of a call, if there are any. */
  private static String sizes(ShapedLayer layer) {
    return layer.output().sizes().stream().map(size -> ", " + size).collect(Collectors.joining());
  }

  // ---------------------------------------------------------------- parts

  /** Constants and description of a model of usual length. */
  private void addWhole(TypeSpec.Builder type, Part part) {
    part.constants().forEach(type::addField);
    type.addField(
        spec(
            CodeBlock.builder()
                .add("$L$>$>\n", specBuilder())
                .add(CodeBlock.join(description(), "\n"))
                .add("\n.build()$<$<")
                .build()));
  }

  /**
   * The parts of a long model, each with its share of the description.
   *
   * <pre>{@code
   * private static ModelSpec describe() {
   *   ModelSpec.Builder spec = ModelSpec.builder("Deep");
   *   Part1.describe(spec);
   *   Part2.describe(spec);
   *   return spec.build();
   * }
   * }</pre>
   */
  private void addParts(TypeSpec.Builder type, List<Part> parts) {
    type.addField(spec(CodeBlock.of("describe()")));
    ClassName builder = Runtime.SPEC.nestedClass("Builder");
    MethodSpec.Builder describe =
        MethodSpec.methodBuilder("describe")
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
            .returns(Runtime.SPEC)
            .addStatement("$T spec = $L", builder, specBuilder());
    List<CodeBlock> calls = description();
    int from = 0;
    for (int i = 0; i < parts.size(); i++) {
      int to = (int) ((i + 1L) * calls.size() / parts.size());
      TypeSpec.Builder nested = parts.get(i).type();
      if (to > from) {
        describe.addStatement("$L.describe(spec)", parts.get(i).name());
        nested.addMethod(
            MethodSpec.methodBuilder("describe")
                .addModifiers(Modifier.STATIC)
                .addParameter(builder, "spec")
                .addStatement("spec\n$L", CodeBlock.join(calls.subList(from, to), "\n"))
                .build());
      }
      type.addType(nested.build());
      from = to;
    }
    type.addMethod(describe.addStatement("return spec.build()").build());
  }

  // ---------------------------------------------------------------- methods

  private MethodSpec create() {
    return MethodSpec.methodBuilder("create")
        .addJavadoc(
            "Makes the model with random weights, in float. It must be closed.\n\n"
                + "@param seed of weights, shuffling, augmentation and dropout: the same one gives"
                + " the same model\n")
        .addModifiers(access(Modifier.STATIC))
        .addParameter(long.class, "seed")
        .returns(name)
        .addStatement("return new $T(seed)", name)
        .build();
  }

  /**
   * One example through the model.
   *
   * <pre>{@code
   * public float[] predict(float[] image) {
   *   return run(image)[0];
   * }
   * }</pre>
   */
  private MethodSpec predict() {
    MethodSpec.Builder method = MethodSpec.methodBuilder("predict").addModifiers(access());
    CodeBlock.Builder doc =
        CodeBlock.builder().add("One example through the model, in its current mode.\n\n");
    List<CodeBlock> arguments = new ArrayList<>();
    for (ShapedLayer input : inputs) {
      String variable = scope.variable(input.name());
      doc.add("@param $L $L values, $L\n", variable, count(input.output()), input.output());
      method.addParameter(float[].class, variable);
      arguments.add(CodeBlock.of("$N", variable));
    }
    CodeBlock run = CodeBlock.of("run($L)", CodeBlock.join(arguments, ", "));
    if (outputs.size() == 1) {
      ShapedLayer output = outputs.get(0);
      doc.add(
          "@return $L: $L values, $L\n", output.name(), count(output.output()), output.output());
      method.returns(float[].class).addStatement("return $L[0]", run);
    } else {
      ClassName result = name.nestedClass(users.nested(OutputsClass.NAME));
      doc.add("@return the values of each output\n");
      method.returns(result).addStatement("return new $T($L)", result, run);
    }
    return method.addJavadoc(doc.build()).build();
  }

  private Modifier[] access(Modifier... others) {
    List<Modifier> modifiers = new ArrayList<>();
    if (model.shaped().declaration().isPublic()) {
      modifiers.add(Modifier.PUBLIC);
    }
    modifiers.addAll(List.of(others));
    return modifiers.toArray(Modifier[]::new);
  }

  private static String count(Shape shape) {
    return Literals.inText(shape.elements());
  }
}
