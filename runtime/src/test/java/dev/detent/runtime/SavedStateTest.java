package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.weights.WeightException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedStateTest {
  private static final Dataset DATA = SmallClassifier.data(64, 1);

  @TempDir private Path folder;

  /** Files that are whole as files, and wrong in one thing. */
  @Test
  void fileWithAnythingWrongChangesNothing() throws IOException {
    Path file = folder.resolve("weights.npz");
    try (TinyModel model = SmallClassifier.create(5);
        TinyModel other = SmallClassifier.create(6)) {
      model.quantize(DATA);
      model.save(file);
      other.fit(DATA, Fit.epochs(1).progress(Progress.Style.SILENT));
      Map<String, List<Float>> before = TrainingTest.state(other);
      Path wrong = folder.resolve("wrong.npz");
      Map<String, UnaryOperator<byte[]>> changes = new LinkedHashMap<>();
      changes.put("holds no 'logits/bias'", null);
      changes.put(
          "holds NaN for 'conv/kernel' at position 71 of 72: the training that made it went wrong",
          npy -> withLast(npy, Float.NaN));
      changes.put("holds Infinity for 'logits/kernel'", npy -> withLast(npy, 1f / 0f));
      changes.put("holds -1.0 for 'conv/moving_variance'", npy -> withLast(npy, -1));
      changes.put("holds -Infinity for 'conv/range/max'", npy -> withLast(npy, -1f / 0f));
      changes.put(
          "holds 'logits/kernel' with the shape [4, 8], the model has [8, 4]",
          npy -> replaced(npy, "(8, 4,)", "(4, 8,)"));
      changes.put(
          "says 'mode' is 'INT8'; possible are [FLOAT, QUANTIZED]",
          json -> replaced(json, "\"QUANTIZED\"", "\"INT8\""));
      changes.put(
          "says 'calibrated' is 'perhaps'; possible are [true, false]",
          json -> replaced(json, "\"true\"", "\"perhaps\""));
      changes.put("says 'mode' is 'null'", json -> replaced(json, "\"QUANTIZED\"", "null"));
      for (var change : changes.entrySet()) {
        String entry =
            change.getKey().startsWith("says")
                ? "detent.json"
                : change.getKey().replaceAll("[^']*'([^']*)'.*", "$1") + ".npy";
        copy(file, wrong, entry, change.getValue());
        assertThatThrownBy(() -> other.load(wrong))
            .isInstanceOf(WeightException.class)
            .hasMessageStartingWith(wrong + " " + change.getKey());
        assertThat(other.mode()).isEqualTo(Mode.FLOAT);
        assertThat(TrainingTest.state(other)).isEqualTo(before);
      }
      byte[] bytes = Files.readAllBytes(file);
      for (int length = 0; length < bytes.length; length += bytes.length / 7) {
        Files.write(wrong, Arrays.copyOf(bytes, length));
        assertThatThrownBy(() -> other.load(wrong)).hasMessageContaining("is damaged");
        assertThat(TrainingTest.state(other)).isEqualTo(before);
      }
    }
  }

  private static byte[] withLast(byte[] npy, float value) {
    int at = npy.length - Float.BYTES;
    ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN).putFloat(at, value);
    return npy;
  }

  private static byte[] replaced(byte[] bytes, String from, String to) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(from);
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Copies a zip with one entry changed, or left out where there is no change. */
  private static void copy(Path from, Path to, String changed, UnaryOperator<byte[]> change)
      throws IOException {
    try (ZipFile zip = new ZipFile(from.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      assertThat(zip.getEntry(changed)).isNotNull();
      for (ZipEntry entry : Collections.list(zip.entries())) {
        byte[] content = zip.getInputStream(entry).readAllBytes();
        boolean isIt = entry.getName().equals(changed);
        if (!isIt || change != null) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          out.write(isIt ? change.apply(content) : content);
        }
      }
    }
  }
}
