package dev.detent.runtime.parity;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import java.util.List;

/**
 * An activation on its own, as the processor writes it.
 *
 * @param name of its output
 * @param isFixedPoint whether the training graph has the kernel's very arithmetic, so that all
 *     integers are equal, rather than the real function's result rounded
 * @param isOnXnnpack whether XNNPACK has a kernel of its own that rounds in another way
 * @param inGraph the layer
 * @param inPlan the operations
 */
record ActivationCase(
    String name, boolean isFixedPoint, boolean isOnXnnpack, InGraph inGraph, InPlan inPlan) {
  static final ActivationRange X = ActivationRange.learned("x", 8);

  interface InGraph {
    LayerTensor of(GraphBuilder g, String name, LayerTensor x, ActivationRange range);
  }

  interface InPlan {
    PlanTensor of(PlanBuilder p, String name, PlanTensor x, ActivationRange range);
  }

  ActivationRange range() {
    return switch (name) {
      case "sigmoid" -> ActivationRange.fixed(name, 8, 1.0 / 256, -128);
      case "hardSigmoid" -> ActivationRange.fixed(name, 8, 1.0 / 254, -128);
      case "tanh", "l2Normalize" -> ActivationRange.fixed(name, 8, 1.0 / 128, 0);
      case "logSoftmax" -> ActivationRange.fixed(name, 8, 1.0 / 16, 127);
      case "relu", "exp" -> ActivationRange.learned(name, 8).nonNegative();
      case "ceiling" -> ActivationRange.learned(name, 8).nonNegative().atMost(4.5);
      case "hardTanh" -> ActivationRange.learned(name, 8).atMost(1);
      default -> ActivationRange.learned(name, 8);
    };
  }

  /** Of the input "x" and the outputs of some activations of it. */
  static TinyModel model(List<ActivationCase> cases, int... shape) {
    return new TinyModel(
        g -> {
          LayerTensor x = g.input("x", shape).output(X);
          for (ActivationCase each : cases) {
            g.output(each.name, each.inGraph.of(g, each.name, x, each.range()));
          }
        },
        p -> {
          PlanTensor x = p.input("x", shape).output(X);
          for (ActivationCase each : cases) {
            p.output(each.name, each.inPlan.of(p, each.name, x, each.range()));
          }
        },
        1);
  }

  /** Every activation. */
  static final List<ActivationCase> ALL =
      List.of(
          rounded(
              "sigmoid",
              (g, y, x, r) -> g.sigmoid(y, x).output(r),
              (p, y, x, r) -> p.logistic(y, x).output(r, x.dims())),
          rounded(
              "tanh",
              (g, y, x, r) -> g.tanh(y, x).output(r),
              (p, y, x, r) -> p.tanh(y, x).output(r, x.dims())),
          rounded(
              "elu",
              (g, y, x, r) -> g.elu(y, x).output(r),
              (p, y, x, r) -> p.elu(y, x).output(r, x.dims())),
          rounded(
              "gelu",
              (g, y, x, r) -> g.gelu(y, x, false).output(r),
              (p, y, x, r) -> p.gelu(y, x, false).output(r, x.dims())),
          rounded(
              "approximateGelu",
              (g, y, x, r) -> g.gelu(y, x, true).output(r),
              (p, y, x, r) -> p.gelu(y, x, true).output(r, x.dims())),
          rounded(
              "logSoftmax",
              (g, y, x, r) -> g.logSoftmax(y, x).output(r),
              (p, y, x, r) -> p.logSoftmax(y, x).output(r, x.dims())),
          rounded(
              "l2Normalize",
              (g, y, x, r) -> g.l2Normalize(y, x).output(r),
              (p, y, x, r) -> p.l2Normalize(y, x).output(r, x.dims())),
          rounded(
              "exp",
              (g, y, x, r) -> g.exp(y, g.sigmoid(y + "/sigmoid", x).output(sigmoidOf(y))).output(r),
              (p, y, x, r) ->
                  p.exp(y, p.logistic(y + "/sigmoid", x).output(sigmoidOf(y), x.dims()))
                      .output(r, x.dims())),
          exact(
              "relu",
              (g, y, x, r) -> g.relu(y, x).output(r),
              (p, y, x, r) -> p.relu(y, x).output(r, x.dims())),
          exact(
              "hardTanh",
              (g, y, x, r) -> g.reluN1To1(y, x).output(r),
              (p, y, x, r) -> p.reluN1To1(y, x).output(r, x.dims())),
          exact(
              "ceiling",
              (g, y, x, r) -> g.minimum(y, g.relu(y + "/relu", x).output(r), 4.5).output(r),
              (p, y, x, r) ->
                  p.minimum(y, p.relu(y + "/relu", x).output(r, x.dims()), 4.5)
                      .output(r, x.dims())),
          exact(
              "hardSwish",
              (g, y, x, r) -> g.hardSwish(y, x).output(r),
              (p, y, x, r) -> p.hardSwish(y, x).output(r, x.dims())),
          exact(
              "hardSigmoid",
              (g, y, x, r) ->
                  g.multiplyConstant(
                          y,
                          g.addConstant(y + "/sum", x, 3)
                              .activation(Activation.RELU6)
                              .output(sumOfHardSigmoid(y)),
                          1.0 / 6)
                      .output(r),
              (p, y, x, r) ->
                  p.multiplyConstant(
                          y,
                          p.addConstant(y + "/sum", x, 3)
                              .activation(Activation.RELU6)
                              .output(sumOfHardSigmoid(y), x.dims()),
                          1.0 / 6)
                      .output(r, x.dims())),
          exact(
              "prelu",
              (g, y, x, r) ->
                  g.prelu(y, x)
                      .alpha(x.shape())
                      .alphaInitializer(Initializer.RANDOM_NORMAL)
                      .quantizeAlpha(8)
                      .output(r),
              (p, y, x, r) -> p.prelu(y, x).output(r, x.dims())),
          new ActivationCase(
              "leakyRelu",
              true,
              true,
              (g, y, x, r) -> g.leakyRelu(y, x, 0.3).output(r),
              (p, y, x, r) -> p.leakyRelu(y, x, 0.3).output(r, x.dims())),
          new ActivationCase(
              "swish",
              true,
              true,
              (g, y, x, r) ->
                  g.multiply(y, x, g.sigmoid(y + "/sigmoid", x).output(sigmoidOf(y))).output(r),
              (p, y, x, r) ->
                  p.multiply(y, x, p.logistic(y + "/sigmoid", x).output(sigmoidOf(y), x.dims()))
                      .output(r, x.dims())));

  private static ActivationRange sumOfHardSigmoid(String name) {
    return ActivationRange.fixed(name + "/sum", 8, 6.0 / 254, -128);
  }

  private static ActivationRange sigmoidOf(String name) {
    return ActivationRange.fixed(name + "/sigmoid", 8, 1.0 / 256, -128);
  }

  private static ActivationCase exact(String name, InGraph inGraph, InPlan inPlan) {
    return new ActivationCase(name, true, false, inGraph, inPlan);
  }

  private static ActivationCase rounded(String name, InGraph inGraph, InPlan inPlan) {
    return new ActivationCase(name, false, false, inGraph, inPlan);
  }
}
