package dev.detent.runtime.internal.tflite.interpreter;

import com.google.flatbuffers.Table;
import com.sun.jna.Native;
import dev.detent.runtime.internal.io.IOConsumer;
import dev.detent.runtime.tflite.TfliteException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.Model;

/**
 * A Java process that runs a model in this one's stead, so that a file that crashes or hangs
 * TensorFlow Lite costs a process and not this one. It runs one model at a time; one whose models
 * all ended well is used again, within half a minute.
 */
final class ChildProcess {
  private static final int KEPT = 2;
  private static final int KEPT_SECONDS = 30;
  private static final int LONGEST_WORDS = 2000;

  private static final Deque<ChildProcess> IDLE = new ArrayDeque<>();
  private static final ScheduledThreadPoolExecutor WATCH =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "detent-tflite-watch");
            thread.setDaemon(true);
            return thread;
          });

  static {
    WATCH.setRemoveOnCancelPolicy(true);
  }

  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;
  private final StringBuffer words = new StringBuffer();
  private final Thread listener = new Thread(this::listen, "detent-tflite-errors");
  private @Nullable Future<?> end;
  private volatile boolean isTooLate;
  private volatile boolean isKilled;

  private ChildProcess(Process process) {
    this.process = process;
    requests = new DataOutputStream(process.getOutputStream());
    answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * One that waits, or a new one.
   *
   * @param source for which file, for messages
   * @throws TfliteException if none can be started
   */
  static ChildProcess take(String source) {
    synchronized (IDLE) {
      while (!IDLE.isEmpty()) {
        ChildProcess idle = IDLE.pop();
        if (idle.end != null) {
          idle.end.cancel(false);
        }
        if (idle.process.isAlive()) {
          return idle;
        }
      }
    }
    return start(source);
  }

  /** Gives it back, to be used for other files; what is left over ends. */
  void release() {
    synchronized (IDLE) {
      if (IDLE.size() < KEPT && !isKilled && process.isAlive()) {
        IDLE.push(this);
        end = WATCH.schedule(this::expire, KEPT_SECONDS, TimeUnit.SECONDS);
        return;
      }
    }
    kill();
  }

  private void expire() {
    synchronized (IDLE) {
      if (IDLE.remove(this)) {
        kill();
      }
    }
  }

  /** Ends it, whatever it does. */
  void kill() {
    isKilled = true;
    process.destroyForcibly();
  }

  // ---------------------------------------------------------------- requests

  /** What is made of an answer. */
  interface Reader<T> {
    T read(DataInputStream answer) throws IOException;
  }

  /**
   * Asks it, and waits for the answer.
   *
   * @param source the file that it runs, for messages
   * @throws TfliteException if it says so, or has ended, or does not answer in time
   */
  <T> T ask(String source, byte kind, IOConsumer<DataOutputStream> content, Reader<T> reader) {
    try {
      DataInputStream answer = exchange(out -> ChildMain.send(out, kind, content));
      if (answer.readByte() == ChildMain.FAILED) {
        // What would be on the terminal came here.
        throw new TfliteException(
            ChildMain.readText(answer).replace("; " + XnnpackModel.HINT, said()));
      }
      return reader.read(answer);
    } catch (IOException e) {
      kill();
      throw new TfliteException(
          isTooLate
              ? ("%s kept TensorFlow Lite busy for %s s without an answer, and was stopped. If the"
                      + " model is as slow as that, -D%s=SECONDS gives it more time")
                  .formatted(source, timeoutSeconds(), NativeModel.TIMEOUT_PROPERTY)
              : ("%s made TensorFlow Lite crash, in a process of its own%s: the file is damaged, or"
                      + " has numbers that the kernels do not expect%s")
                  .formatted(source, exitCode(), said()),
          e);
    } finally {
      words.setLength(0);
    }
  }

  /** The answer to a request; whatever goes wrong, the process is ended then. */
  private DataInputStream exchange(IOConsumer<DataOutputStream> request) throws IOException {
    Future<?> timeout =
        WATCH.schedule(
            () -> {
              isTooLate = true;
              kill();
            },
            timeoutSeconds(),
            TimeUnit.SECONDS);
    try {
      request.accept(requests);
      return new DataInputStream(new ByteArrayInputStream(ChildMain.receive(answers)));
    } catch (IOException e) {
      kill();
      throw e;
    } finally {
      timeout.cancel(false);
    }
  }

  private static int timeoutSeconds() {
    int seconds =
        Integer.getInteger(NativeModel.TIMEOUT_PROPERTY, NativeModel.DEFAULT_TIMEOUT_SECONDS);
    if (seconds < 1) {
      throw new IllegalArgumentException(
          NativeModel.TIMEOUT_PROPERTY + " is " + seconds + " seconds; at least 1 is needed");
    }
    return seconds;
  }

  private String exitCode() {
    try {
      listener.join(1000);
      return process.waitFor(1, TimeUnit.SECONDS) ? " (exit code " + process.exitValue() + ")" : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** Its last words, after a colon; without what Java says of itself. */
  private String said() {
    String said =
        words
            .toString()
            .lines()
            .filter(line -> !line.startsWith("WARNING:"))
            .collect(Collectors.joining(" "))
            .strip();
    return said.isEmpty() ? "" : ": " + said;
  }

  /** The last that it prints to standard error. */
  private void listen() {
    byte[] buffer = new byte[LONGEST_WORDS];
    try (InputStream errors = process.getErrorStream()) {
      for (int n = errors.read(buffer); n >= 0; n = errors.read(buffer)) {
        words.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
        words.delete(0, Math.max(0, words.length() - LONGEST_WORDS));
      }
    } catch (IOException e) {
      return; // it has ended
    }
  }

  // ---------------------------------------------------------------- start

  private static ChildProcess start(String source) {
    ChildProcess child = null;
    try {
      ProcessBuilder builder = new ProcessBuilder(command());
      // A debugger's or an agent's options are for this process.
      List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS")
          .forEach(builder.environment()::remove);
      child = new ChildProcess(builder.start());
      child.exchange(out -> {}); // it answers when it is there
      return child;
    } catch (IOException e) {
      throw new TfliteException(
          ("%s was not exported by this process, so that TensorFlow Lite runs it in a process of"
                  + " its own, which cannot be started: %s")
              .formatted(
                  source,
                  child == null ? e.getMessage() : "it ended" + child.exitCode() + child.said()),
          e);
    }
  }

  private static List<String> command() throws IOException {
    String home = System.getProperty("java.home");
    Path java =
        Path.of(home == null ? "" : home, "bin", File.separatorChar == '\\' ? "java.exe" : "java");
    if (home == null || !Files.isRegularFile(java)) {
      throw new IOException("there is no " + java);
    }
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(
        List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:+SuppressFatalErrorMessage",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.awt.headless=true",
            "-Dorg.bytedeco.javacpp.maxBytes=0",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"));
    // Where native libraries are found and unpacked.
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("org.bytedeco.javacpp.") && !name.contains(".max")
          || name.startsWith("jna.")
          || name.equals("java.library.path")
          || name.equals("java.io.tmpdir")
          || name.equals("user.home")) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    command.addAll(List.of("-cp", classPath(), ChildMain.class.getName()));
    return command;
  }

  /**
   * Where the few classes and libraries lie that a child wants, however this process loads them.
   */
  private static String classPath() throws IOException {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> type :
        List.of(
            ChildMain.class,
            tensorflowlite.class,
            Loader.class,
            Native.class,
            Table.class,
            Model.class)) {
      String name = type.getName().replace('.', '/') + ".class";
      places.add(place(type.getClassLoader().getResource(name), name));
    }
    Map<String, Class<?>> natives =
        Map.of("tensorflowlite", tensorflowlite.class, "javacpp", Loader.class);
    for (Map.Entry<String, Class<?>> each : natives.entrySet()) {
      String file = System.mapLibraryName("jni" + each.getKey());
      String name = "org/bytedeco/" + each.getKey() + "/" + Loader.getPlatform() + "/" + file;
      URL library = each.getValue().getClassLoader().getResource(name);
      if (library != null) { // else it is found by java.library.path
        places.add(place(library, name));
      }
    }
    return String.join(File.pathSeparator, places);
  }

  private static String place(URL resource, String name) throws IOException {
    if (resource == null) {
      throw new IOException("there is no " + name);
    }
    try {
      if (resource.openConnection() instanceof JarURLConnection inJar) {
        URI jar = inJar.getJarFileURL().toURI();
        if ("file".equals(jar.getScheme())) {
          return Path.of(jar).toString();
        }
      } else if ("file".equals(resource.getProtocol())) {
        String path = Path.of(resource.toURI()).toString();
        return path.substring(0, path.length() - name.length() - 1);
      }
    } catch (URISyntaxException e) {
      throw new IOException(resource + " is no address", e);
    }
    throw new IOException(resource + " is not in a folder or a jar file of its own");
  }
}
