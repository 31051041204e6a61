package dev.detent.processor;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The {@code javac} command of this JDK in a process of its own, as a user or a build starts it.
 */
public final class PlainJavac {
  private final Path folder;
  private final List<Path> classPath = new ArrayList<>();

  /**
   * What came of a run.
   *
   * @param status of the process
   * @param output what it printed
   * @param files all that it wrote, by path
   */
  public record Result(int status, String output, Map<String, String> files) {}

  /** Works in an empty folder. */
  public PlainJavac(Path folder) {
    this.folder = folder;
  }

  /** Adds a jar to what the sources are compiled against. */
  public PlainJavac classPath(Path jar) {
    classPath.add(jar);
    return this;
  }

  /** Adds a source. */
  public PlainJavac source(String path, String text) throws IOException {
    Path file = folder.resolve("src").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /**
   * Compiles all sources; classes go to {@code classes}, generated sources to {@code generated}.
   */
  public Result run(String... options) throws IOException, InterruptedException {
    for (String name : List.of("classes", "generated", "cwd")) {
      Files.createDirectories(folder.resolve(name));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.addAll(List.of("-J-XX:+UseSerialGC", "-J-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-classpath", classPath()));
    command.addAll(
        List.of(
            "-processorpath",
            path(
                "dev.detent.processor.DetentProcessor",
                "dev.detent.annotations.Model",
                "com.squareup.javapoet.JavaFile",
                "com.google.auto.common.BasicAnnotationProcessor",
                "com.google.common.collect.ImmutableSet",
                "com.google.common.util.concurrent.internal.InternalFutureFailureAccess")));
    command.addAll(List.of("-d", folder.resolve("classes").toString()));
    command.addAll(List.of("-s", folder.resolve("generated").toString()));
    command.addAll(List.of(options));
    try (Stream<Path> sources = Files.walk(folder.resolve("src"))) {
      sources.filter(Files::isRegularFile).sorted().map(Path::toString).forEach(command::add);
    }
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.resolve("cwd").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("javac does not end");
    }
    return new Result(process.exitValue(), Files.readString(output), files());
  }

  private String classPath() {
    StringBuilder path =
        new StringBuilder(
            path(
                "dev.detent.annotations.Model",
                "dev.detent.runtime.DetentModel",
                "org.tensorflow.Graph",
                "org.tensorflow.proto.DataType",
                "org.tensorflow.ndarray.Shape"));
    classPath.forEach(jar -> path.append(File.pathSeparator).append(jar));
    return path.toString();
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (String name : List.of("classes", "generated", "cwd")) {
      try (Stream<Path> written = Files.walk(folder.resolve(name))) {
        for (Path file : written.filter(Files::isRegularFile).toList()) {
          boolean text = file.toString().endsWith(".java");
          files.put(
              folder.relativize(file).toString().replace(File.separatorChar, '/'),
              text ? Files.readString(file) : "");
        }
      }
    }
    return files;
  }

  /** The jars or folders that classes come from, one of each. */
  private static String path(String... classes) {
    return Stream.of(classes)
        .map(PlainJavac::origin)
        .distinct()
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path origin(String name) {
    try {
      Class<?> type = Class.forName(name, false, PlainJavac.class.getClassLoader());
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (ReflectiveOperationException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
