package dev.detent.runtime.parity;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Step;
import dev.detent.runtime.network.Tensor;
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
          rounded("sigmoid", NetworkBuilder::logistic),
          rounded("tanh", NetworkBuilder::tanh),
          rounded("elu", NetworkBuilder::elu),
          rounded("gelu", (n, y, x) -> n.gelu(y, x, false)),
          rounded("approximateGelu", (n, y, x) -> n.gelu(y, x, true)),
          rounded("logSoftmax", NetworkBuilder::logSoftmax),
          rounded("l2Normalize", NetworkBuilder::l2Normalization),
          rounded("exp", (n, y, x) -> n.exp(y, sigmoidOf(n, y, x))),
          exact("relu", NetworkBuilder::relu),
          exact("hardTanh", NetworkBuilder::reluN1To1),
          exact(
              "ceiling",
              (n, y, x) -> n.minimum(y, n.relu(y + "/relu", x).output(ceiling(y), x.shape()), 4.5)),
          exact("hardSwish", NetworkBuilder::hardSwish),
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

  private static ActivationRange ceiling(String name) {
    return ActivationRange.learned(name, 8).nonNegative().atMost(4.5);
  }

  private static Tensor sigmoidOf(NetworkBuilder n, String name, Tensor x) {
    ActivationRange range = ActivationRange.fixed(name + "/sigmoid", 8, 1.0 / 256, -128);
    return n.logistic(name + "/sigmoid", x).output(range, x.shape());
  }

  private static ActivationCase exact(String name, Layer layer) {
    return new ActivationCase(name, true, false, layer);
  }

  private static ActivationCase rounded(String name, Layer layer) {
    return new ActivationCase(name, false, false, layer);
  }
}
