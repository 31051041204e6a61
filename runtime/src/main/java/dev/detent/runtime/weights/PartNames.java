package dev.detent.runtime.weights;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern DIRECTED =
      Pattern.compile("(.+?)/(forward|backward)_[^/]+/(?:[^/]+/)?[^/]+");

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

  /** What one direction of a layer is called, as {@code @Bidirectional} has it. */
  static String directed(String layer, String direction) {
    return layer + "/" + direction;
  }

  /**
   * The layer and direction in a name of Keras 2's {@code Bidirectional}: {@code both/forward} of
   * {@code both/forward_lstm/lstm_cell/kernel:0}; empty if it is no such name.
   */
  static Optional<String> directed(String name) {
    Matcher matcher = DIRECTED.matcher(name);
    return matcher.matches()
        ? Optional.of(directed(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** The layer in a name: {@code conv} of {@code conv/kernel}; empty if there is none. */
  static String layerOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }

  /** What is after the layer in a name: {@code kernel} of {@code conv/kernel}. */
  static String partOf(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
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
    List<String> parts =
        switch (layerClass) {
          case "conv1d", "conv2d", "conv1d_transpose", "conv2d_transpose" -> List.of(KERNEL, BIAS);
          case "depthwise_conv1d", "depthwise_conv2d", "dense" -> List.of(KERNEL, BIAS);
          case "separable_conv1d", "separable_conv2d" ->
              List.of("depthwise_kernel", "pointwise_kernel", BIAS);
          case "cell" -> List.of(KERNEL, "recurrent_kernel", BIAS);
          case "embedding" -> List.of("embeddings");
          case "p_re_lu" -> List.of("alpha");
          case "layer_normalization" -> List.of("gamma", "beta");
          case "batch_normalization" -> BATCH_NORM;
          default -> List.of();
        };
    return parts.stream()
        .filter(part -> scaled || !part.equals("gamma"))
        .filter(part -> centered || !part.equals("beta"))
        .toList();
  }
}
