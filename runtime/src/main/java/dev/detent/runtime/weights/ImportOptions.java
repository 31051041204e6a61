package dev.detent.runtime.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the arrays of a file find the variables of a model. Immutable.
 *
 * <p>A layer's arrays go together: a convolution's kernel and bias, or a batch norm's gamma, beta
 * and moving statistics. In Keras a batch norm is a layer of its own after the convolution, in
 * Detent it belongs to it.
 */
public final class ImportOptions {

  /** What tells which layer of the file is which layer of the model. */
  enum By {
    NAME_OR_ORDER,
    NAME,
    ORDER
  }

  private final By by;
  private final boolean partial;
  private final Map<String, List<String>> names;

  private ImportOptions(By by, boolean partial, Map<String, List<String>> names) {
    this.by = by;
    this.partial = partial;
    this.names = names;
  }

  /** By name if every variable of the model finds its array so, else by the layers' order. */
  public static ImportOptions defaults() {
    return new ImportOptions(By.NAME_OR_ORDER, false, Map.of());
  }

  /**
   * By name alone: {@code conv/kernel} takes the {@code kernel} of the layer {@code conv}, and
   * {@code conv/gamma} the {@code gamma} of {@code conv}, {@code conv_bn}, {@code bn_conv}, {@code
   * conv_batch_norm} or {@code conv/BatchNorm}.
   */
  public static ImportOptions byName() {
    return new ImportOptions(By.NAME, false, Map.of());
  }

  /**
   * By order alone: of all layers whose arrays have the same shapes, the first of the file goes to
   * the first of the model, the second to the second, and so on.
   */
  public static ImportOptions byOrder() {
    return new ImportOptions(By.ORDER, false, Map.of());
  }

  /**
   * Says where one layer's weights are; the other layers are matched as before.
   *
   * @param layer of the model: {@code conv1}, {@code stage/2/expand}
   * @param sources the layers of the file that hold them: {@code conv2d_3, batch_normalization_3}
   */
  public ImportOptions map(String layer, String... sources) {
    if (sources.length == 0) {
      throw new IllegalArgumentException("no layer of the file is named for '" + layer + "'");
    }
    Map<String, List<String>> more = new LinkedHashMap<>(names);
    more.put(layer, List.of(sources));
    return new ImportOptions(by, partial, Collections.unmodifiableMap(more));
  }

  /**
   * Takes what fits and leaves the rest of the model as it is, for example to train a new last
   * layer; else nothing is imported unless everything fits on both sides.
   */
  public ImportOptions partial() {
    return new ImportOptions(by, true, names);
  }

  By by() {
    return by;
  }

  boolean isPartial() {
    return partial;
  }

  Map<String, List<String>> names() {
    return names;
  }
}
