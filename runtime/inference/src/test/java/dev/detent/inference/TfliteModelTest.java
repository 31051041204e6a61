package dev.detent.inference;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TfliteModelTest {
  @TempDir private Path folder;

  @Test
  void saysWhatIsNoModel() throws Exception {
    Path file = Files.writeString(folder.resolve("notes.tflite"), "not a model at all");

    assertThatThrownBy(() -> TfliteModel.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(file + ": it does not begin as a TFLite file");
    assertThatThrownBy(() -> TfliteModel.load(folder.resolve("missing.tflite")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> TfliteModel.load(new byte[0]))
        .isInstanceOf(ModelFormatException.class);
  }

  @Test
  void saysWhatIsDamaged() {
    assertThatThrownBy(() -> TfliteModel.load(beginning(1_000_000)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("it is damaged: ");
  }

  @Test
  void wantsTheVersionOfTheSchema() {
    // A table without fields: its version is 0.
    ByteBuffer file = ByteBuffer.wrap(beginning(8)).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(8, -4).putShort(12, (short) 4).putShort(14, (short) 4);

    assertThatThrownBy(() -> TfliteModel.load(file.array()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("its version is 0, not 3");
  }

  private static byte[] beginning(int root) {
    ByteBuffer file = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(root).put("TFL3".getBytes(StandardCharsets.US_ASCII));
    return file.array();
  }
}
