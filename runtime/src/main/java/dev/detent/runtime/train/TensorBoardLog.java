package dev.detent.runtime.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;

/**
 * Event files as TensorBoard reads them: TFRecords of {@code tensorflow.Event}, each {@code length,
 * masked CRC32C of the length, data, masked CRC32C of the data}.
 */
final class TensorBoardLog implements Callback {
  private static final String FILE = "events.out.tfevents.0.detent";
  private static final String VERSION = "brain.Event:2";
  private static final int BUCKETS = 30;

  /** TFRecord stores {@code rotate right by 15 bits, plus this}. */
  private static final int CRC_MASK = 0xa282ead8;

  private static final int CRC_ROTATION = 15;

  private final Path folder;

  /** What is not written yet, by run. */
  private final Map<String, ByteArrayOutputStream> pending = new LinkedHashMap<>();

  private boolean isBegun;

  TensorBoardLog(Path folder) {
    this.folder = folder;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    pending.clear();
    isBegun = false;
  }

  @Override
  public void onEpochEnd(TrainingRun run, Epoch epoch) {
    Summary.Builder training = scalars(epoch.training());
    training.addValue(scalar("learning_rate", epoch.learningRate()));
    if (!run.isResuming()) {
      run.weights().forEach((name, values) -> training.addValue(weight(name, values)));
    }
    add("train", epoch, training.build());
    if (epoch.validation() != null) {
      add("validation", epoch, scalars(epoch.validation()).build());
    }
    if (!run.isResuming()) {
      pending.forEach(this::write);
      isBegun = true;
    }
  }

  private static Summary.Builder scalars(Measures measures) {
    Summary.Builder summary = Summary.newBuilder();
    measures.byName().forEach((name, value) -> summary.addValue(scalar("epoch_" + name, value)));
    return summary;
  }

  private static Summary.Value scalar(String tag, double value) {
    return Summary.Value.newBuilder().setTag(tag).setSimpleValue((float) value).build();
  }

  /** One number is a scalar, as the end of a range; several are a histogram. */
  private static Summary.Value weight(String name, float[] values) {
    if (values.length == 1) {
      return scalar(name, values[0]);
    }
    return Summary.Value.newBuilder()
        .setTag(name)
        .setHisto(histogram(values))
        .setMetadata(
            SummaryMetadata.newBuilder()
                .setPluginData(SummaryMetadata.PluginData.newBuilder().setPluginName("histograms")))
        .build();
  }

  private static HistogramProto histogram(float[] values) {
    double[] sorted = new double[values.length];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      sorted[i] = values[i];
      sum += sorted[i];
      squares += sorted[i] * sorted[i];
    }
    Arrays.sort(sorted);
    double min = sorted[0];
    double max = sorted[sorted.length - 1];
    HistogramProto.Builder histogram =
        HistogramProto.newBuilder()
            .setMin(min)
            .setMax(max)
            .setNum(values.length)
            .setSum(sum)
            .setSumSquares(squares);
    int next = 0;
    for (int bucket = 1; bucket <= BUCKETS; bucket++) {
      double limit = bucket == BUCKETS ? max : min + (max - min) * bucket / BUCKETS;
      int first = next;
      while (next < sorted.length && sorted[next] <= limit) {
        next++;
      }
      histogram.addBucketLimit(limit).addBucket(next - first);
    }
    return histogram.build();
  }

  private void add(String run, Epoch epoch, Summary summary) {
    ByteArrayOutputStream file =
        pending.computeIfAbsent(
            run,
            name -> {
              ByteArrayOutputStream made = new ByteArrayOutputStream();
              append(made, event(0).setFileVersion(VERSION).build());
              return made;
            });
    append(file, event(epoch.number()).setSummary(summary).build());
  }

  private static Event.Builder event(int step) {
    return Event.newBuilder().setWallTime(System.currentTimeMillis() / 1e3).setStep(step);
  }

  private static void append(ByteArrayOutputStream file, Event event) {
    byte[] data = event.toByteArray();
    byte[] length =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    file.writeBytes(length);
    file.writeBytes(checksum(length));
    file.writeBytes(data);
    file.writeBytes(checksum(data));
  }

  private static byte[] checksum(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    int masked = Integer.rotateRight((int) crc.getValue(), CRC_ROTATION) + CRC_MASK;
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }

  private void write(String run, ByteArrayOutputStream content) {
    Path file = folder.resolve(run).resolve(FILE);
    try {
      Files.createDirectories(file.getParent());
      // TensorBoard keeps the file open, and reads what is added.
      try (OutputStream out =
          isBegun
              ? Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
              : Files.newOutputStream(file)) {
        content.writeTo(out);
      }
      content.reset();
    } catch (IOException e) {
      throw new TrainingException("TensorBoard's log cannot be written: " + e, e);
    }
  }

  @Override
  public String toString() {
    return "tensorBoard";
  }
}
