package dev.detent.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavTest {
  @TempDir private Path folder;

  /** A file of whole numbers, least significant byte first, as WAV has them. */
  private static byte[] wav(int bits, int channels, long... values) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(values.length * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      for (int shift = 0; shift < bits; shift += 8) {
        data.put((byte) (value >> shift));
      }
    }
    AudioFormat format = new AudioFormat(8000, bits, channels, bits > 8, false);
    return file(format, data.array());
  }

  private static byte[] file(AudioFormat format, byte[] data) throws IOException {
    var out = new ByteArrayOutputStream();
    long frames = data.length / format.getFrameSize();
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(data), format, frames),
        AudioFileFormat.Type.WAVE,
        out);
    return out.toByteArray();
  }

  @Test
  void samplesOfAllWidthsAreFromMinusOneToOne() throws IOException {
    assertThat(Wav.decode(wav(8, 1, 0, 64, 128, 255), "a").samples())
        .containsExactly(-1f, -0.5f, 0f, 127f / 128);
    assertThat(Wav.decode(wav(16, 1, -32768, -16384, 0, 32767), "a").samples())
        .containsExactly(-1f, -0.5f, 0f, 32767f / 32768);
    assertThat(Wav.decode(wav(24, 1, -8388608, -4194304, 1, 8388607), "a").samples())
        .containsExactly(-1f, -0.5f, 0x1p-23f, 8388607f / 8388608);
    // 2^31 - 1 has more digits than a float: it rounds to 2^31.
    assertThat(Wav.decode(wav(32, 1, -(1L << 31), 1 << 30, (1L << 31) - 1), "a").samples())
        .containsExactly(-1f, 0.5f, 1f);
  }

  @Test
  void floatingPointIsTakenAsItIs() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(0.25f).putFloat(-0.75f);
    var format = new AudioFormat(AudioFormat.Encoding.PCM_FLOAT, 44100, 32, 1, 4, 44100, false);

    Recording recording = Wav.decode(file(format, data.array()), "a");

    assertThat(recording.samples()).containsExactly(0.25f, -0.75f);
    assertThat(recording.sampleRate()).isEqualTo(44100);
  }

  @Test
  void channelsBecomeTheirMean() throws IOException {
    assertThat(Wav.decode(wav(16, 2, 16384, -8192, 0, 8192), "a").samples())
        .containsExactly(0.125f, 0.125f);
  }

  @Test
  void foldersAndZipsAreReadInTheOrderOfTheNames() throws IOException {
    Files.createDirectories(folder.resolve("below"));
    Files.write(folder.resolve("c.wav"), wav(16, 1, 3));
    Files.write(folder.resolve("below/a.WAV"), wav(16, 1, 1));
    Files.write(folder.resolve("a.txt"), new byte[] {1});
    Files.write(folder.resolve("._c.wav"), new byte[] {1});
    List<Recording> fromFolder = Wav.readAll(folder);
    assertThat(fromFolder).extracting(Recording::name).containsExactly("below/a.WAV", "c.wav");
    assertThat(fromFolder.get(1).samples()).containsExactly(3 / 32768f);

    Path zip = zip("b.wav", wav(16, 1, 2), "a.wav", wav(16, 1, 1));
    assertThat(Wav.readAll(zip)).extracting(Recording::name).containsExactly("a.wav", "b.wav");
  }

  private Path zip(String name1, byte[] file1, String name2, byte[] file2) throws IOException {
    Path zip = folder.resolve("sounds.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry(name1));
      out.write(file1);
      out.putNextEntry(new ZipEntry(name2));
      out.write(file2);
    }
    return zip;
  }

  @Test
  void whatIsWrongIsNamedWithItsEntry() throws IOException {
    byte[] sound = wav(16, 1, 1, 2, 3, 4);
    byte[] truncated = Arrays.copyOf(sound, sound.length - 4);
    Path zip = zip("a.wav", sound, "b.wav", truncated);
    assertThatThrownBy(() -> Wav.readAll(zip))
        .isInstanceOf(DataException.class)
        .hasMessage(zip + ": b.wav is truncated: its header says 4 samples, but 2 follow");

    assertThatThrownBy(() -> Wav.decode("hello".getBytes("UTF-8"), "x.wav"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("x.wav is not a WAV file");
    assertThatThrownBy(() -> Wav.decode(wav(16, 1), "x.wav"))
        .isInstanceOf(DataException.class)
        .hasMessage("x.wav holds no sound: it has 0 samples");
    var compressed = new AudioFormat(AudioFormat.Encoding.ULAW, 8000, 8, 1, 1, 8000, false);
    assertThatThrownBy(() -> Wav.decode(file(compressed, new byte[4]), "x.wav"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("x.wav has samples of 8 bits in ULAW");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> Wav.readAll(empty))
        .isInstanceOf(DataException.class)
        .hasMessage(empty + " has no recording (.wav)");
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> Wav.readAll(missing))
        .isInstanceOf(DataException.class)
        .hasMessage(missing + " does not exist");
  }

  /** Whatever a file holds, it is a recording or a message about the file. */
  @Test
  void alteredHeadersNeverFailOtherwise() throws IOException {
    byte[] sound = wav(16, 2, 1, 2, 3, 4, 5, 6, 7, 8);
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] altered = Arrays.copyOf(sound, random.nextInt(sound.length) + 1);
      if (i % 2 == 0) {
        altered = sound.clone();
        altered[random.nextInt(44)] = (byte) random.nextInt(256);
        altered[random.nextInt(44)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(Wav.decode(altered, "x.wav").samples()).isNotEmpty();
      } catch (DataException e) {
        assertThat(e).hasMessageStartingWith("x.wav ");
        refused++;
      }
    }
    // Each of the truncated ones but the few that end behind the sound, and many of the others.
    assertThat(refused).isGreaterThan(1500);
  }
}
