package dev.detent.runtime.internal.tflite.interpreter;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Structure.FieldOrder;
import dev.detent.runtime.internal.io.IOConsumer;
import dev.detent.runtime.internal.tflite.check.Structure;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteModelInfo;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The other side of a {@link ChildProcess}: runs one model at a time, on requests from standard
 * input, and answers on standard output. It ends with its parent, in whatever it is then.
 */
public final class ChildMain {
  static final byte OPEN = 'O';
  static final byte RESIZE = 'B';
  static final byte RESET = 'S';
  static final byte RUN = 'R';
  static final byte CLOSE = 'C';

  static final byte DONE = 'D';
  static final byte FAILED = 'F';

  /** Begins each message, so that what else is printed is not taken for one. */
  private static final int MAGIC = 0x44544E54;

  private final DataOutputStream answers;
  private @Nullable NativeModel model;
  private @Nullable TfliteModelInfo info;

  private ChildMain(DataOutputStream answers) {
    this.answers = answers;
  }

  /** Started by {@link ChildProcess} alone. */
  public static void main(String[] arguments) throws Exception {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    limitMemory();
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();
    // A thread of its own, because the end of the parent must be seen while a model hangs.
    Thread reader = new Thread(() -> read(in, requests), "requests");
    reader.setDaemon(true);
    reader.start();
    var child = new ChildMain(new DataOutputStream(out));
    send(child.answers, DONE, message -> {});
    while (true) {
      child.serve(requests.take());
    }
  }

  private static void read(DataInputStream in, BlockingQueue<byte[]> requests) {
    try {
      while (true) {
        requests.add(receive(in));
      }
    } catch (IOException e) {
      Runtime.getRuntime().halt(0);
    }
  }

  private NativeModel model() {
    return Objects.requireNonNull(model);
  }

  private TfliteModelInfo info() {
    return Objects.requireNonNull(info);
  }

  private void serve(byte[] request) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(request));
    try {
      IOConsumer<DataOutputStream> answer =
          switch (in.readByte()) {
            case OPEN -> open(in);
            case RESIZE -> resize(in);
            case RESET -> finished(model()::resetState);
            case RUN -> run(in);
            default -> finished(model()::close);
          };
      send(answers, DONE, answer);
    } catch (TfliteException e) {
      send(answers, FAILED, message -> writeText(message, String.valueOf(e.getMessage())));
    }
  }

  private IOConsumer<DataOutputStream> open(DataInputStream in) throws IOException {
    String source = readText(in);
    Kernels kernels = Kernels.valueOf(readText(in));
    int threads = in.readInt();
    byte[] bytes = readBytes(in);
    TfliteModelInfo sound = Structure.sound(bytes, source);
    info = sound;
    model = NativeModel.load(bytes, source, sound, kernels, threads);
    return message -> {
      message.writeInt(model().executionPlan().length);
      for (int node : model().executionPlan()) {
        message.writeInt(node);
      }
      writeTensors(message);
    };
  }

  private IOConsumer<DataOutputStream> resize(DataInputStream in) throws IOException {
    model().resize(in.readInt());
    return this::writeTensors;
  }

  private IOConsumer<DataOutputStream> run(DataInputStream in) throws IOException {
    for (int i = 0; i < info().inputs().size(); i++) {
      model().input(i).put(readBytes(in));
    }
    long nanos = model().invoke();
    return message -> {
      message.writeLong(nanos);
      writeOutputs(message);
    };
  }

  private static IOConsumer<DataOutputStream> finished(Runnable action) {
    action.run();
    return message -> {};
  }

  private void writeTensors(DataOutputStream message) throws IOException {
    message.writeBoolean(model().hasDynamicTensors());
    for (int i = 0; i < info().inputs().size(); i++) {
      message.writeInt(model().input(i).capacity());
    }
    writeOutputs(message);
  }

  private void writeOutputs(DataOutputStream message) throws IOException {
    for (int i = 0; i < info().outputs().size(); i++) {
      ByteBuffer output = model().output(i).duplicate();
      byte[] bytes = new byte[output.capacity()];
      output.get(bytes);
      writeBytes(message, bytes);
    }
  }

  // ---------------------------------------------------------------- messages

  /** Writes a message. */
  static void send(DataOutputStream out, byte kind, IOConsumer<DataOutputStream> content)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream message = new DataOutputStream(bytes);
    message.writeInt(MAGIC);
    message.writeInt(0);
    message.writeByte(kind);
    content.accept(message);
    byte[] whole = bytes.toByteArray();
    ByteBuffer.wrap(whole).putInt(Integer.BYTES, whole.length - 2 * Integer.BYTES);
    out.write(whole);
    out.flush();
  }

  /** Reads the next message. */
  static byte[] receive(DataInputStream in) throws IOException {
    int magic = in.readInt();
    int length = in.readInt();
    if (magic != MAGIC || length < 1) {
      throw new IOException("what came is no message");
    }
    byte[] message = in.readNBytes(length);
    if (message.length < length) {
      throw new IOException("the message ends too early");
    }
    return message;
  }

  static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  static void writeText(DataOutputStream out, String text) throws IOException {
    writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  // ---------------------------------------------------------------- memory

  /** {@code struct rlimit} of 64-bit Linux. */
  @FieldOrder({"soft", "hard"})
  public static final class Limit extends com.sun.jna.Structure {
    /** Where a request fails. */
    public long soft;

    /** The most to which it can be set. */
    public long hard;
  }

  /** The part of the C library that is needed. */
  private interface Limits extends Library {
    int RLIMIT_AS = 9;

    int setrlimit(int resource, Limit limit);
  }

  /**
   * On Linux: half of the machine's memory is the most that a model can ask for, and where that is
   * too much it is this process that is ended.
   */
  private static void limitMemory() {
    if (!Platform.isLinux() || !Platform.is64Bit()) {
      return;
    }
    try {
      Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
      Limit limit = new Limit();
      limit.soft =
          kibibytes("/proc/self/status", "VmSize:") + kibibytes("/proc/meminfo", "MemTotal:") / 2;
      limit.hard = limit.soft;
      Native.load("c", Limits.class).setrlimit(Limits.RLIMIT_AS, limit);
    } catch (IOException | UnsatisfiedLinkError | RuntimeException e) {
      return; // without /proc, or where it may not be written: no limit
    }
  }

  private static long kibibytes(String file, String key) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }
}
