package dev.detent.runtime.weights;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What tools call the arrays of a layer; Keras's words are the common ones. */
final class PartNames {
  static final String KERNEL = "kernel";
  static final String BIAS = "bias";
  static final String MOVING_VARIANCE = "moving_variance";

  /** In Keras's order. */
  static final List<String> BATCH_NORM = List.of("gamma", "beta", "moving_mean", MOVING_VARIANCE);

  /** The words of TF-Slim, Sonnet, older Keras and PyTorch-like exports. */
  private static final Map<String, String> SYNONYMS =
      Map.of(
          "weights", KERNEL,
          "w", KERNEL,
          "depthwise_kernel", KERNEL,
          "depthwise_weights", KERNEL,
          "biases", BIAS,
          "b", BIAS,
          "moving_var", MOVING_VARIANCE);

  /** The arrays of Keras 3's layers by number, as each layer creates them. */
  private static final Map<String, List<String>> BY_CLASS =
      Map.ofEntries(
          Map.entry("conv1d", List.of(KERNEL, BIAS)),
          Map.entry("conv2d", List.of(KERNEL, BIAS)),
          Map.entry("conv1d_transpose", List.of(KERNEL, BIAS)),
          Map.entry("conv2d_transpose", List.of(KERNEL, BIAS)),
          Map.entry("depthwise_conv1d", List.of(KERNEL, BIAS)),
          Map.entry("depthwise_conv2d", List.of(KERNEL, BIAS)),
          Map.entry("separable_conv1d", List.of("depthwise_kernel", "pointwise_kernel", BIAS)),
          Map.entry("separable_conv2d", List.of("depthwise_kernel", "pointwise_kernel", BIAS)),
          Map.entry("dense", List.of(KERNEL, BIAS)),
          Map.entry("cell", List.of(KERNEL, "recurrent_kernel", BIAS)),
          Map.entry("embedding", List.of("embeddings")),
          Map.entry("p_re_lu", List.of("alpha")),
          Map.entry("layer_normalization", List.of("gamma", "beta")),
          Map.entry("batch_normalization", BATCH_NORM));

  private PartNames() {}

  /**
   * The common word for a part.
   *
   * @param siblings what else the layer holds: beside a pointwise kernel the depthwise one keeps
   *     its name
   */
  static String common(String part, Set<String> siblings) {
    String plain = plain(part);
    if (plain.equals("depthwise_kernel") && siblings.contains("pointwise_kernel")) {
      return plain;
    }
    return SYNONYMS.getOrDefault(plain, plain);
  }

  /** Without TensorFlow's output number and Keras 3's underscore: {@code _kernel:0}. */
  static String plain(String part) {
    String name = part.toLowerCase(Locale.ROOT);
    int colon = name.indexOf(':');
    name = colon < 0 ? name : name.substring(0, colon);
    return name.startsWith("_") ? name.substring(1) : name;
  }

  static boolean isBatchNorm(String part) {
    return BATCH_NORM.contains(part);
  }

  /**
   * What Keras 3's numbered arrays are.
   *
   * @param layerClass in snake case: {@code batch_normalization}
   * @param scaled whether a normalization has a gamma
   * @param centered whether it has a beta
   * @return the parts in order; empty if the class is not known
   */
  static List<String> ofClass(String layerClass, boolean scaled, boolean centered) {
    return BY_CLASS.getOrDefault(layerClass, List.of()).stream()
        .filter(part -> scaled || !part.equals("gamma"))
        .filter(part -> centered || !part.equals("beta"))
        .toList();
  }
}
