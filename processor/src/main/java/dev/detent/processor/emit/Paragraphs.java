package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.RangeSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** The method {@code network}: a paragraph for each operation. */
final class Paragraphs {
  private static final String METHOD = "network";

  /** Of a comment, without the indentation of a method. */
  private static final int COLUMNS = 96;

  private final Scope scope;

  /** Paragraphs at one place in the generated class. */
  Paragraphs(Scope scope) {
    this.scope = scope;
  }

  /** The method of the model, and one for each of its loops. */
  static List<MethodSpec> ofModel(List<Part> parts, List<String> outputs, Scope scope) {
    Paragraphs paragraphs = new Paragraphs(scope);
    Set<String> known = new HashSet<>();
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(METHOD)
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED)
            .addParameter(Runtime.NETWORK, Scope.BUILDER);
    List<MethodSpec> methods = new ArrayList<>();
    if (parts.size() == 1) {
      List<Passage> passages = parts.get(0).passages();
      method.addCode(paragraphs.body(passages, known)).addCode("\n");
      methods.addAll(paragraphs.loops(passages));
    } else {
      parts.forEach(part -> method.addStatement("$L.$L($L)", part.name(), METHOD, Scope.BUILDER));
    }
    method.addCode(paragraphs.fetched(outputs, known));
    for (String output : outputs) {
      method.addStatement("$L.output($S, $N)", Scope.BUILDER, output, scope.variable(output));
    }
    methods.add(0, method.build());
    return methods;
  }

  /** The method of one of several parts, and one for each of its loops. */
  static List<MethodSpec> ofPart(Part part) {
    Paragraphs paragraphs = new Paragraphs(part.scope());
    List<MethodSpec> methods = new ArrayList<>();
    methods.add(
        MethodSpec.methodBuilder(METHOD)
            .addModifiers(Modifier.STATIC)
            .addParameter(Runtime.NETWORK, Scope.BUILDER)
            .addCode(paragraphs.body(part.passages(), new HashSet<>()))
            .build());
    methods.addAll(paragraphs.loops(part.passages()));
    return methods;
  }

  /** {@code Tensor conv = n.tensor("conv");} for each tensor that no variable holds yet. */
  private CodeBlock fetched(Collection<String> tensors, Set<String> known) {
    CodeBlock.Builder code = CodeBlock.builder();
    for (String tensor : tensors) {
      if (known.add(tensor)) {
        code.add(fetched(scope.variable(tensor), CodeBlock.of("$S", tensor)));
      }
    }
    return code.build();
  }

  private static CodeBlock fetched(String variable, CodeBlock tensor) {
    return CodeBlock.builder()
        .addStatement("$T $N = $L.tensor($L)", Runtime.TENSOR, variable, Scope.BUILDER, tensor)
        .build();
  }

  private CodeBlock body(List<Passage> passages, Set<String> known) {
    return passages.stream()
        .map(passage -> passage.isRepeated() ? loop(passage) : body(passage.step().get(0), known))
        .collect(CodeBlock.joining("\n"));
  }

  private CodeBlock body(PlacedOperation placed, Set<String> known) {
    Operation operation = placed.operation();
    Set<String> read = new LinkedHashSet<>();
    if (scope.manyInputs(operation).isEmpty()) {
      read.addAll(operation.inputs());
    }
    placed
        .range()
        .filter(range -> !Ranges.isFirst(range, operation.name()))
        .ifPresent(range -> read.add(range.name()));
    CodeBlock fetched = fetched(read, known);
    known.add(operation.name());
    return CodeBlock.builder().add(comment(placed)).add(fetched).add(statement(placed)).build();
  }

  /**
   * Equal steps.
   *
   * <pre>{@code
   * // memory/step1 to memory/step27
   * for (int step = 1; step < 28; step++) {
   *   memoryStep(n, step);
   * }
   * }</pre>
   */
  private CodeBlock loop(Passage passage) {
    return CodeBlock.builder()
        .add("// $1L$2L to $1L$3L\n", passage.steps(), passage.from(), passage.to() - 1)
        .beginControlFlow(
            "for (int $1L = $2L; $1L < $3L; $1L++)", Scope.STEP, passage.from(), passage.to())
        .addStatement("$N($L, $L)", scope.method(passage.steps()), Scope.BUILDER, Scope.STEP)
        .endControlFlow()
        .build();
  }

  private List<MethodSpec> loops(List<Passage> passages) {
    return passages.stream().filter(Passage::isRepeated).map(this::step).toList();
  }

  /** What a loop calls. */
  private MethodSpec step(Passage passage) {
    Scope own = scope.at(passage.steps(), passage.from());
    CodeBlock code = code(passage.step(), own);
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(scope.method(passage.steps()))
            .addJavadoc("One step of $L.\n", passage.steps().replaceAll("/step$", ""))
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
            .addParameter(Runtime.NETWORK, Scope.BUILDER)
            .addParameter(int.class, Scope.STEP)
            .addStatement(
                "$T $L = $S + $L + \"/\"", String.class, Scope.AT, passage.steps(), Scope.STEP);
    own.fetched().forEach((variable, tensor) -> method.addCode(fetched(variable, tensor)));
    return method.addCode("\n").addCode(code).build();
  }

  /** Operations one after the other; what they read is known. */
  static CodeBlock code(List<PlacedOperation> operations, Scope scope) {
    Paragraphs paragraphs = new Paragraphs(scope);
    return operations.stream()
        .map(
            placed ->
                CodeBlock.builder()
                    .add(paragraphs.comment(placed))
                    .add(paragraphs.statement(placed))
                    .build())
        .collect(CodeBlock.joining("\n"));
  }

  /** {@code Tensor flat = n.reshape("flat", pool).output(2028);}. */
  CodeBlock statement(PlacedOperation placed) {
    Operation operation = placed.operation();
    Chain chain = Emitters.chain(placed, scope);
    String shape = operation.output().arguments();
    switch (chain.ending()) {
      case OUTPUT ->
          placed
              .range()
              .ifPresentOrElse(
                  range ->
                      chain.call(
                          ".output($L, $L)", Ranges.of(range, operation.name(), scope), shape),
                  () -> chain.call(".output($L)", shape));
      case SHAPE -> chain.call(".output($L)", shape);
      case NONE -> {}
    }
    CodeBlock start = CodeBlock.of("$T $N = ", Runtime.TENSOR, scope.variable(operation.name()));
    int columns = start.toString().length() - Runtime.TENSOR.packageName().length() + 4;
    return CodeBlock.builder().addStatement("$L$L", start, chain.build(columns)).build();
  }

  // ---------------------------------------------------------------- comments

  /**
   * What the field says and what becomes of it.
   *
   * <pre>{@code
   * // conv: Conv2D + BatchNorm + Relu, [28, 28, 1] -> [26, 26, 12], int8
   * // sum: Add, [8, 8, 6] -> [8, 8, 6], int8 in one range with pooled and flat
   * // pooled: MaxPool2D, [8, 8, 6] -> [4, 4, 6], int8 in the range of sum
   * }</pre>
   */
  private CodeBlock comment(PlacedOperation placed) {
    Operation operation = placed.operation();
    String reads =
        operation.inputs().stream()
            .map(input -> scope.shape(input).toString())
            .distinct()
            .collect(Collectors.joining(" and "));
    String type =
        placed
            .range()
            .map(range -> described(range, operation.name()))
            .orElse(operation.range() == OpCode.Range.INDICES ? "int32" : "float");
    CodeBlock.Builder comment = CodeBlock.builder();
    line(
        comment,
        "",
        scope.comment(operation.name())
            + ": "
            + what(operation)
            + ", "
            + (reads.isEmpty() ? "" : reads + " -> ")
            + operation.output()
            + ", "
            + type);
    placed.origin().ifPresent(origin -> line(comment, "  as asked by ", origin));
    return comment.build();
  }

  /** One line, or several where it is longer. */
  private static void line(CodeBlock.Builder comment, String start, String text) {
    String rest = start + text;
    int most = COLUMNS - "// ".length();
    while (rest.length() > most) {
      int end = rest.lastIndexOf(' ', most);
      if (end <= start.length() + 2) {
        break; // a word that is longer than a line
      }
      comment.add("// $L\n", rest.substring(0, end));
      rest = "    " + rest.substring(end + 1);
    }
    comment.add("// $L\n", rest);
  }

  private String described(RangeSpec range, String tensor) {
    String type =
        "int"
            + range.bits()
            + (range.symmetric() ? " symmetric" : "")
            + (range.powerOfTwo() ? " scaled by a power of two" : "");
    List<String> tensors = range.tensors();
    if (!Ranges.isFirst(range, tensor)) {
      return type + " in the range of " + range.name();
    }
    return tensors.size() == 1
        ? type
        : type
            + " in one range with "
            + scope.comment(tensors.get(1))
            + switch (tensors.size()) {
              case 2 -> "";
              case 3 -> " and " + scope.comment(tensors.get(2));
              default -> " and " + (tensors.size() - 2) + " more";
            };
  }

  /** The layer's annotations; of a part of a layer that becomes several operations, which one. */
  private static String what(Operation operation) {
    String kind = operation.layer().declaration().kind();
    String code = operation.code().displayName();
    if (operation.code().isBorder()) {
      return code;
    }
    boolean isPart = !operation.name().equals(operation.layer().name());
    return isPart && !code.equalsIgnoreCase(kind) ? code + " of " + kind : kind;
  }
}
