package dev.detent.runtime.data;

import dev.detent.runtime.internal.io.BoundedReads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * WAV files of plain samples: 8 (unsigned), 16, 24 and 32 bits (signed), and 32 bits in floating
 * point. Whole numbers are divided by the magnitude of their smallest one, so that samples are from
 * -1 to 1; several channels become their mean. The rate stays as it is.
 */
public final class Wav {
  private Wav() {}

  /**
   * Reads all recordings of a folder, those in folders below it included, or of a zip. Other files
   * and hidden ones are passed over.
   *
   * @param path a folder or a zip
   * @return at least one, in the alphabetical order of their names
   * @throws DataException if there is no such folder or zip, it holds no {@code .wav}, or one of
   *     them cannot be read
   */
  public static List<Recording> readAll(Path path) {
    ImageSource files = ImageSource.open(path);
    List<String> names = files.names().stream().filter(Wav::isWav).sorted().toList();
    if (names.isEmpty()) {
      throw new DataException(path + " has no recording (.wav)");
    }
    List<Recording> recordings = new ArrayList<>(names.size());
    for (String name : names) {
      Recording recording = decode(files.read(name), files.describe(name));
      recordings.add(new Recording(name, recording.samples(), recording.sampleRate()));
    }
    return recordings;
  }

  private static boolean isWav(String name) {
    return ImageSource.isVisible(name) && name.toLowerCase(Locale.ROOT).endsWith(".wav");
  }

  /**
   * Decodes one file.
   *
   * @param file its content
   * @param name what messages call it
   * @return the recording
   * @throws DataException if it is no WAV file, holds no sample or fewer than its header says, or
   *     is compressed
   */
  public static Recording decode(byte[] file, String name) {
    try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
      AudioFormat format = in.getFormat();
      check(format, name);
      byte[] bytes = read(in, file.length);
      long expected = in.getFrameLength();
      int frames = bytes.length / format.getFrameSize();
      if (frames < expected) {
        throw new DataException(
            String.format(
                "%s is truncated: its header says %d samples, but %d follow",
                name, expected, frames));
      }
      return new Recording(name, samples(bytes, format), Math.round(format.getSampleRate()));
    } catch (UnsupportedAudioFileException e) {
      throw new DataException(name + " is not a WAV file, or a corrupt one: " + e.getMessage(), e);
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DataException(name + " is corrupt: " + e, e);
    }
  }

  /**
   * What is there, whatever the header says. The stream gives whole frames, none where there is not
   * room for one: {@code readAllBytes} would ask for ever where a header makes frames large.
   */
  private static byte[] read(AudioInputStream in, int most) throws IOException {
    byte[] bytes = new byte[most];
    int count = 0;
    int read = in.read(bytes);
    while (read > 0) {
      count += read;
      read = in.read(bytes, count, most - count);
    }
    return Arrays.copyOf(bytes, count);
  }

  private static void check(AudioFormat format, String name) {
    Encoding encoding = format.getEncoding();
    int bits = format.getSampleSizeInBits();
    boolean known =
        encoding.equals(Encoding.PCM_UNSIGNED) && bits == 8
            || encoding.equals(Encoding.PCM_FLOAT) && bits == 32
            || encoding.equals(Encoding.PCM_SIGNED)
                && (bits == 8 || bits == 16 || bits == 24 || bits == 32);
    if (!known) {
      throw new DataException(
          String.format(
              "%s has samples of %d bits in %s; 8, 16, 24 or 32 bits of PCM can be read",
              name, bits, encoding));
    }
    if (format.getChannels() < 1 || format.getFrameSize() != format.getChannels() * bits / 8) {
      throw new DataException(
          String.format(
              "%s is corrupt: it has %d channels of %d bits in %d bytes",
              name, format.getChannels(), bits, format.getFrameSize()));
    }
    if (!(format.getSampleRate() >= 1)) {
      throw new DataException(
          name + " is corrupt: it has " + format.getSampleRate() + " samples a second");
    }
  }

  private static float[] samples(byte[] bytes, AudioFormat format) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    buffer.order(format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int channels = format.getChannels();
    int count = bytes.length / format.getFrameSize();
    BoundedReads.requireMemory((long) count * Float.BYTES);
    float[] samples = new float[count];
    for (int i = 0; i < samples.length; i++) {
      double sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        sum += sample(buffer, format);
      }
      samples[i] = (float) (sum / channels);
    }
    return samples;
  }

  private static double sample(ByteBuffer buffer, AudioFormat format) {
    if (format.getEncoding().equals(Encoding.PCM_FLOAT)) {
      return buffer.getFloat();
    }
    return switch (format.getSampleSizeInBits()) {
      case 8 -> {
        byte value = buffer.get();
        boolean signed = format.getEncoding().equals(Encoding.PCM_SIGNED);
        yield (signed ? value : (value & 0xff) - 0x80) / 0x1p7;
      }
      case 16 -> buffer.getShort() / 0x1p15;
      case 24 -> {
        int first = buffer.get() & 0xff;
        int middle = buffer.get() & 0xff;
        int last = buffer.get() & 0xff;
        boolean big = format.isBigEndian();
        int high = big ? first : last;
        int low = big ? last : first;
        // The sign is the highest bit of an int.
        yield (high << 24 | middle << 16 | low << 8) / 0x1p31;
      }
      default -> buffer.getInt() / 0x1p31;
    };
  }
}
