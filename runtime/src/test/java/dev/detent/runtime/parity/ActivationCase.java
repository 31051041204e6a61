package dev.detent.runtime.parity;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Step;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.List;

/**
 * An activation on its own, as the processor writes it.
 *
 * @param name of its output
 * @param isFixedPoint whether the training graph has the kernel's very arithmetic, so that all
 *     integers are equal, rather than the real function's result rounded
 * @param isOnXnnpack whether XNNPACK has a kernel of its own that rounds in another way
 * @param layer all but its output
 */
record ActivationCase(String name, boolean isFixedPoint, boolean isOnXnnpack, Layer layer) {
  static final ActivationRange X = ActivationRange.learned("x", 8);

  interface Layer {
    Step of(NetworkBuilder n, String name, Tensor x);
  }

  ActivationRange range() {
    return switch (name) {
      case "sigmoid" -> ActivationRange.fixed(name, 8, 1.0 / 256, -128);
      case "hardSigmoid" -> ActivationRange.fixed(name, 8, 1.0 / 254, -128);
      case "tanh", "l2Normalize" -> ActivationRange.fixed(name, 8, 1.0 / 128, 0);
      case "logSoftmax" -> ActivationRange.fixed(name, 8, 1.0 / 16, 127);
      case "relu", "exp" -> ActivationRange.learned(name, 8).nonNegative();
      case "ceiling" -> ceiling(name);
      case "hardTanh" -> ActivationRange.learned(name, 8).atMost(1);
      default -> ActivationRange.learned(name, 8);
    };
  }

  /** Of the input "x" and the outputs of some activations of it. */
  static TinyModel model(List<ActivationCase> cases, int... shape) {
    return new TinyModel(
        n -> {
          Tensor x = n.input("x").output(X, shape);
          for (ActivationCase each : cases) {
            n.output(each.name, each.layer.of(n, each.name, x).output(each.range(), shape));
          }
        },
        1);
  }

  /** Every activation. */
  static final List<ActivationCase> ALL =
      List.of(
          rounded("sigmoid", (n, y, x) -> n.unary(y, UnaryKind.LOGISTIC, x)),
          rounded("tanh", (n, y, x) -> n.unary(y, UnaryKind.TANH, x)),
          rounded("elu", (n, y, x) -> n.unary(y, UnaryKind.ELU, x)),
          rounded("gelu", (n, y, x) -> n.unary(y, UnaryKind.GELU, x)),
          rounded("approximateGelu", (n, y, x) -> n.unary(y, UnaryKind.APPROXIMATE_GELU, x)),
          rounded("logSoftmax", (n, y, x) -> n.unary(y, UnaryKind.LOG_SOFTMAX, x)),
          rounded("l2Normalize", (n, y, x) -> n.unary(y, UnaryKind.L2_NORMALIZATION, x)),
          rounded("exp", (n, y, x) -> n.unary(y, UnaryKind.EXP, sigmoidOf(n, y, x))),
          rounded("log", (n, y, x) -> n.unary(y, UnaryKind.LOG, expOf(n, y, x))),
          exact("relu", (n, y, x) -> n.unary(y, UnaryKind.RELU, x)),
          exact("hardTanh", (n, y, x) -> n.unary(y, UnaryKind.RELU_N1_TO_1, x)),
          exact(
              "ceiling",
              (n, y, x) ->
                  n.minimum(
                      y,
                      n.unary(y + "/relu", UnaryKind.RELU, x).output(ceiling(y), x.shape()),
                      4.5)),
          exact("hardSwish", (n, y, x) -> n.unary(y, UnaryKind.HARD_SWISH, x)),
          exact(
              "hardSigmoid",
              (n, y, x) ->
                  n.multiplyConstant(
                      y,
                      n.addConstant(y + "/sum", x, 3)
                          .activation(Activation.RELU6)
                          .output(ActivationRange.fixed(y + "/sum", 8, 6.0 / 254, -128), x.shape()),
                      1.0 / 6)),
          exact(
              "prelu",
              (n, y, x) ->
                  n.prelu(y, x)
                      .alpha(x.shape())
                      .alphaInitializer(Initializer.RANDOM_NORMAL)
                      .quantizeAlpha(8)),
          new ActivationCase("leakyRelu", true, true, (n, y, x) -> n.leakyRelu(y, x, 0.3)),
          new ActivationCase(
              "swish", true, true, (n, y, x) -> n.multiply(y, x, sigmoidOf(n, y, x))));

  /**
   * Those that are several operations, as the processor lowers them. Each rounds what the one
   * before it has rounded, so that they are held to bounds of their own.
   */
  static final List<ActivationCase> COMPOSED =
      List.of(
          new ActivationCase("selu", false, true, ActivationCase::selu),
          new ActivationCase("mish", false, true, ActivationCase::mish));

  private static Step selu(NetworkBuilder n, String y, Tensor x) {
    Tensor elu = n.unary(y + "/elu", UnaryKind.ELU, x).output(learned(y + "/elu"), x.shape());
    Tensor steeper =
        n.leakyRelu(y + "/leakyRelu", elu, 1.6732632423543772)
            .output(learned(y + "/leakyRelu"), x.shape());
    return n.multiplyConstant(y, steeper, 1.0507009873554805);
  }

  private static Step mish(NetworkBuilder n, String y, Tensor x) {
    int[] shape = x.shape();
    Tensor above =
        n.unary(y + "/relu", UnaryKind.RELU, x).output(learned(y + "/relu").nonNegative(), shape);
    Tensor below = n.subtract(y + "/below", x, above).output(learned(y + "/below"), shape);
    Tensor size = n.subtract(y + "/abs", above, below).output(learned(y + "/abs"), shape);
    Tensor log =
        n.unary(y + "/log", UnaryKind.LOG, sigmoidOf(n, y, size))
            .output(learned(y + "/log"), shape);
    Tensor softplus =
        n.subtract(y + "/softplus", log, above).output(learned(y + "/softplus"), shape);
    Tensor gate =
        n.unary(y + "/tanh", UnaryKind.TANH, softplus)
            .output(ActivationRange.fixed(y + "/tanh", 8, 1.0 / 128, 0), shape);
    Tensor negative =
        n.multiplyConstant(y + "/negative", x, -1).output(learned(y + "/negative"), shape);
    return n.multiply(y, negative, gate);
  }

  private static ActivationRange learned(String name) {
    return ActivationRange.learned(name, 8);
  }

  private static ActivationRange ceiling(String name) {
    return ActivationRange.learned(name, 8).nonNegative().atMost(4.5);
  }

  private static Tensor sigmoidOf(NetworkBuilder n, String name, Tensor x) {
    ActivationRange range = ActivationRange.fixed(name + "/sigmoid", 8, 1.0 / 256, -128);
    return n.unary(name + "/sigmoid", UnaryKind.LOGISTIC, x).output(range, x.shape());
  }

  /** From 1 up: the logarithm of 0 is none that a grid holds. */
  private static Tensor expOf(NetworkBuilder n, String name, Tensor x) {
    return n.unary(name + "/exp", UnaryKind.EXP, sigmoidOf(n, name, x))
        .output(ActivationRange.learned(name + "/exp", 8).nonNegative(), x.shape());
  }

  private static ActivationCase exact(String name, Layer layer) {
    return new ActivationCase(name, true, false, layer);
  }

  private static ActivationCase rounded(String name, Layer layer) {
    return new ActivationCase(name, false, false, layer);
  }
}
