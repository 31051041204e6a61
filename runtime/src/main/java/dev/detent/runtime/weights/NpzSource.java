package dev.detent.runtime.weights;

import dev.detent.runtime.train.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * NumPy's {@code .npz}: named arrays in the order in which they were saved. Names as {@code
 * conv/kernel} tell layer and part; {@code arr_0} and the like, as {@code numpy.savez(file,
 * *model.get_weights())} writes them, leave it to {@link UnnamedArrays}.
 */
final class NpzSource implements WeightSource {
  private final List<SourceArray> arrays;

  private NpzSource(List<SourceArray> arrays) {
    this.arrays = arrays;
  }

  static NpzSource open(Path file) throws IOException {
    WeightFile weights = WeightFile.read(file);
    return new NpzSource(
        weights.names().stream()
            .filter(name -> !name.startsWith(WeightFile.EARLIER))
            .map(
                name -> {
                  int slash = name.lastIndexOf('/');
                  return new SourceArray(
                      name,
                      slash < 0 ? "" : name.substring(0, slash),
                      slash < 0 ? "" : name.substring(slash + 1),
                      weights.shape(name),
                      () -> weights.values(name));
                })
            .toList());
  }

  @Override
  public String kind() {
    return "NumPy .npz";
  }

  @Override
  public List<SourceArray> arrays() {
    return arrays;
  }

  @Override
  public Map<String, String> ignored() {
    return Map.of();
  }

  @Override
  public void close() {
    // Read whole when it was opened.
  }
}
