package dev.detent.processor.emit;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import dev.detent.annotations.Activation;
import dev.detent.annotations.Granularity;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.ShapedLayer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** The methods {@code graph} and {@code plan}: a paragraph for each operation. */
final class Paragraphs {
  private final Scope scope;

  /** Paragraphs at one place in the generated class. */
  Paragraphs(Scope scope) {
    this.scope = scope;
  }

  /** One of the two methods, its words and how it writes an operation. */
  private enum Side {
    GRAPH("graph", Scope.GRAPH, Runtime.GRAPH, Runtime.LAYER_TENSOR),
    PLAN("plan", Scope.PLAN, Runtime.PLAN, Runtime.PLAN_TENSOR);

    private final String method;
    private final String parameter;
    private final ClassName builder;
    private final ClassName tensor;

    Side(String method, String parameter, ClassName builder, ClassName tensor) {
      this.method = method;
      this.parameter = parameter;
      this.builder = builder;
      this.tensor = tensor;
    }

    Chain chain(OperationEmitter emitter, PlacedOperation placed, Scope scope) {
      return this == GRAPH ? emitter.graph(placed, scope) : emitter.plan(placed, scope);
    }

    OperationEmitter.Ending ending(OperationEmitter emitter) {
      return this == GRAPH ? emitter.graphEnding() : emitter.planEnding();
    }
  }

  /** What the operation does in training, without a comment. */
  CodeBlock graph(PlacedOperation placed) {
    return statement(placed, Side.GRAPH);
  }

  /** What the operation does in the deployed model, without a comment. */
  CodeBlock plan(PlacedOperation placed) {
    return statement(placed, Side.PLAN);
  }

  /** Both methods of the model. */
  static List<MethodSpec> ofModel(List<Part> parts, List<String> outputs, Scope scope) {
    Paragraphs paragraphs = new Paragraphs(scope);
    List<MethodSpec> methods = new ArrayList<>();
    for (Side side : Side.values()) {
      MethodSpec.Builder method =
          MethodSpec.methodBuilder(side.method)
              .addAnnotation(Override.class)
              .addModifiers(Modifier.PROTECTED)
              .addParameter(side.builder, side.parameter);
      if (parts.size() == 1) {
        method.addCode(paragraphs.body(parts.get(0).operations(), side)).addCode("\n");
      } else {
        parts.forEach(
            part -> method.addStatement("$L.$L($L)", part.name(), side.method, side.parameter));
        method.addCode(paragraphs.earlier(outputs, Set.of(), side));
      }
      methods.add(method.addCode(paragraphs.outputs(outputs, side)).build());
    }
    return methods;
  }

  /** Both methods of one of several parts. */
  static List<MethodSpec> ofPart(Part part) {
    Paragraphs paragraphs = new Paragraphs(part.scope());
    List<MethodSpec> methods = new ArrayList<>();
    for (Side side : Side.values()) {
      methods.add(
          MethodSpec.methodBuilder(side.method)
              .addModifiers(Modifier.STATIC)
              .addParameter(side.builder, side.parameter)
              .addCode(paragraphs.earlier(part.operations(), side))
              .addCode(paragraphs.body(part.operations(), side))
              .build());
    }
    return methods;
  }

  /** {@code LayerTensor conv = g.tensor("conv");} for each tensor of an earlier part. */
  private CodeBlock earlier(List<PlacedOperation> part, Side side) {
    Set<String> own = new LinkedHashSet<>();
    Set<String> read = new LinkedHashSet<>();
    for (PlacedOperation placed : part) {
      if (scope.longInputs(side.parameter, placed.operation()).isEmpty()) {
        read.addAll(placed.operation().inputs());
      }
      own.add(placed.operation().name());
    }
    return earlier(read, own, side);
  }

  private CodeBlock earlier(Iterable<String> read, Set<String> own, Side side) {
    CodeBlock.Builder code = CodeBlock.builder();
    for (String tensor : read) {
      if (!own.contains(tensor)) {
        code.addStatement(
            "$T $N = $L.tensor($S)", side.tensor, scope.variable(tensor), side.parameter, tensor);
      }
    }
    return code.build();
  }

  /** {@code g.output("logits", logits);}. */
  private CodeBlock outputs(List<String> outputs, Side side) {
    CodeBlock.Builder code = CodeBlock.builder();
    for (String output : outputs) {
      code.addStatement("$L.output($S, $N)", side.parameter, output, scope.variable(output));
    }
    return code.build();
  }

  private CodeBlock body(List<PlacedOperation> operations, Side side) {
    return operations.stream()
        .map(
            placed ->
                CodeBlock.builder()
                    .add(side == Side.GRAPH ? layerComment(placed) : operationComment(placed))
                    .add(statement(placed, side))
                    .build())
        .collect(CodeBlock.joining("\n"));
  }

  /** {@code LayerTensor flat = g.reshape("flat", pool, 2028);}. */
  private CodeBlock statement(PlacedOperation placed, Side side) {
    OperationEmitter emitter = Emitters.of(placed.operation());
    Chain chain = side.chain(emitter, placed, scope);
    end(chain, side.ending(emitter), placed);
    String variable = scope.variable(placed.operation().name());
    return CodeBlock.builder()
        .addStatement("$T $N = $L", side.tensor, variable, chain.build())
        .build();
  }

  private void end(Chain chain, OperationEmitter.Ending ending, PlacedOperation placed) {
    String dims = placed.operation().output().arguments();
    boolean quantized = placed.range().isPresent();
    switch (ending) {
      case NONE -> {}
      case OUTPUT ->
          chain.call(
              ".output($L)",
              quantized ? CodeBlock.of("$N", scope.constant(placed.range().get())) : "");
      case SHAPED_OUTPUT -> {
        if (quantized) {
          chain.call(".output($N, $L)", scope.constant(placed.range().get()), dims);
        } else {
          chain.call(".floatOutput($L)", dims);
        }
      }
    }
  }

  // ---------------------------------------------------------------- comments

  /**
   * What the field says and what becomes of it.
   *
   * <pre>{@code
   * // conv: Conv2D + BatchNorm + Relu, [28, 28, 1] -> [26, 26, 12]
   * //   kernel [3, 3, 1, 12], int8 per channel; output int8 in range CONV
   * }</pre>
   */
  private CodeBlock layerComment(PlacedOperation placed) {
    Operation operation = placed.operation();
    ShapedLayer layer = operation.layer();
    String reads =
        operation.inputs().stream()
            .map(input -> scope.shape(input).toString())
            .distinct()
            .collect(Collectors.joining(" and "));
    CodeBlock.Builder comment = CodeBlock.builder();
    comment.add(
        "// $L: $L, $L\n",
        operation.name(),
        what(operation),
        reads.isEmpty() ? operation.output() : reads + " -> " + operation.output());
    String form =
        placed
            .weights()
            .map(
                weights ->
                    ", int"
                        + weights.bits()
                        + (weights.granularity() == Granularity.PER_CHANNEL
                            ? " per channel"
                            : " per tensor")
                        + (weights.narrowRange() ? "" : " of full range")
                        + (weights.powerOfTwo() ? " scaled by powers of two" : "")
                        + Quantizers.described(weights.quantizer(), scope)
                        + (weights.biasBits() > 0 ? ", bias int" + weights.biasBits() : ""))
            .orElse(", float");
    String kernel =
        CustomLayers.isCustom(placed)
            ? CustomLayers.described(placed, form)
            : operation.hasKernel() ? "kernel " + layer.kernel().orElseThrow() + form + "; " : "";
    String output =
        placed
            .range()
            .map(
                range ->
                    "output int"
                        + range.bits()
                        + (range.symmetric() ? " symmetric" : "")
                        + (range.powerOfTwo() ? " scaled by a power of two" : "")
                        + " in range "
                        + scope.constant(range)
                        + Quantizers.described(range.quantizer(), scope))
            .orElse(operation.code() == OpCode.INDICES ? "output int32" : "output float");
    comment.add("//   $L$L\n", kernel, output);
    placed.origin().ifPresent(origin -> comment.add("//   as asked by $L\n", origin));
    return comment.build();
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

  /** What TFLite runs: {@code // conv: CONV_2D with RELU; the batch norm is in its weights}. */
  private static CodeBlock operationComment(PlacedOperation placed) {
    Operation operation = placed.operation();
    String text =
        switch (operation.code()) {
          case INPUT -> "input";
          case INDICES -> "input of int32";
          case DROPOUT -> "its input: the deployed model drops nothing";
          case GAUSSIAN_NOISE -> "its input: the deployed model has no noise";
          case FOLDED -> "its input: the batch norm is in the weights above";
          case CUSTOM ->
              "as "
                  + operation
                      .layer()
                      .declaration()
                      .custom()
                      .orElseThrow()
                      .implementation()
                      .nestedName()
                  + " deploys it";
          default ->
              operation.code().displayName()
                  + (operation.activation() == Activation.NONE
                      ? ""
                      : " with " + operation.activation())
                  + (operation.hasKernel()
                          && operation.layer().declaration().batchNorm().isPresent()
                      ? "; the batch norm is in its weights"
                      : "");
        };
    return CodeBlock.of("// $L: $L\n", operation.name(), text);
  }
}
