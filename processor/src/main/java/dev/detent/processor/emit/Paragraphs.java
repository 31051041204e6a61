package dev.detent.processor.emit;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import dev.detent.annotations.Activation;
import dev.detent.annotations.Granularity;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** The methods {@code graph} and {@code plan}: a paragraph for each operation. */
final class Paragraphs {
  /** A method of more operations is split: the class file format allows 64 KB of code in each. */
  static final int MOST_IN_A_METHOD = 200;

  private final PlacedModel model;
  private final Scope scope;
  private final Map<String, Shape> shapes = new HashMap<>();

  Paragraphs(PlacedModel model, Scope scope) {
    this.model = model;
    this.scope = scope;
    for (PlacedOperation placed : model.operations()) {
      shapes.put(placed.operation().name(), placed.operation().output());
    }
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

  /** {@code graph}, and its parts if it is long. */
  List<MethodSpec> graph() {
    return methods(Side.GRAPH);
  }

  /** {@code plan}, and its parts if it is long. */
  List<MethodSpec> plan() {
    return methods(Side.PLAN);
  }

  private List<MethodSpec> methods(Side side) {
    List<PlacedOperation> all = model.operations();
    MethodSpec.Builder whole =
        MethodSpec.methodBuilder(side.method)
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED)
            .addParameter(side.builder, side.parameter);
    List<MethodSpec> methods = new ArrayList<>();
    if (all.size() <= MOST_IN_A_METHOD) {
      whole.addCode(body(all, side)).addCode("\n").addCode(outputs(side));
    } else {
      for (int from = 0; from < all.size(); from += MOST_IN_A_METHOD) {
        List<PlacedOperation> part =
            all.subList(from, Math.min(from + MOST_IN_A_METHOD, all.size()));
        String name = side.method + (from / MOST_IN_A_METHOD + 1);
        whole.addStatement("$L($L)", name, side.parameter);
        methods.add(
            MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .addParameter(side.builder, side.parameter)
                .addCode(earlier(part, side))
                .addCode(body(part, side))
                .build());
      }
      whole.addCode(earlier(model.shaped().declaration().outputs(), Set.of(), side));
      whole.addCode(outputs(side));
    }
    methods.add(0, whole.build());
    return methods;
  }

  /** {@code LayerTensor conv = g.tensor("conv");} for each tensor of an earlier part. */
  private CodeBlock earlier(List<PlacedOperation> part, Side side) {
    Set<String> own = new LinkedHashSet<>();
    Set<String> read = new LinkedHashSet<>();
    for (PlacedOperation placed : part) {
      read.addAll(placed.operation().inputs());
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
  private CodeBlock outputs(Side side) {
    CodeBlock.Builder code = CodeBlock.builder();
    for (String output : model.shaped().declaration().outputs()) {
      code.addStatement("$L.output($S, $N)", side.parameter, output, scope.variable(output));
    }
    return code.build();
  }

  private CodeBlock body(List<PlacedOperation> operations, Side side) {
    CodeBlock.Builder code = CodeBlock.builder();
    boolean first = true;
    for (PlacedOperation placed : operations) {
      code.add(first ? "" : "\n");
      first = false;
      code.add(side == Side.GRAPH ? layerComment(placed) : operationComment(placed));
      OperationEmitter emitter = Emitters.of(placed.operation().code());
      Chain chain = side.chain(emitter, placed, scope);
      end(chain, side.ending(emitter), placed);
      code.addStatement(
          "$T $N = $L", side.tensor, scope.variable(placed.operation().name()), chain.build());
    }
    return code.build();
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
            .map(input -> shapes.get(input).toString())
            .distinct()
            .collect(Collectors.joining(" and "));
    CodeBlock.Builder comment = CodeBlock.builder();
    comment.add(
        "// $L: $L, $L\n",
        operation.name(),
        operation.code().isBorder() ? operation.code().displayName() : layer.declaration().kind(),
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
                        + Quantizers.described(weights.quantizer())
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
                        + Quantizers.described(range.quantizer()))
            .orElse("output float");
    comment.add("//   $L$L\n", kernel, output);
    placed.origin().ifPresent(origin -> comment.add("//   as asked by $L\n", origin));
    return comment.build();
  }

  /** What TFLite runs: {@code // conv: CONV_2D with RELU; the batch norm is in its weights}. */
  private static CodeBlock operationComment(PlacedOperation placed) {
    Operation operation = placed.operation();
    String text =
        switch (operation.code()) {
          case INPUT -> "input";
          case DROPOUT -> "its input: the deployed model drops nothing";
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
