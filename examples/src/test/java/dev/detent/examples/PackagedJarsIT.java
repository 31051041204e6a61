package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jars as they are published, by the {@code javac} and {@code java} commands of this JDK: on
 * the class path and on the module path.
 */
class PackagedJarsIT {
  private static final String PROGRAM =
      """
      package app;

      import dev.detent.annotations.*;
      import dev.detent.runtime.data.*;
      import dev.detent.runtime.report.*;
      import dev.detent.runtime.train.*;
      import java.nio.file.Path;
      import java.util.Map;

      @Model
      @Quantize
      public class Corners {
        @Input(shape = 4) Layer values;
        @Dense(units = 3) Layer logits;

        public static void main(String[] arguments) {
          float[][] corners = new float[24][4];
          int[] classes = new int[corners.length];
          for (int i = 0; i < corners.length; i++) {
            classes[i] = i % 3;
            corners[i][classes[i]] = 1;
            corners[i][3] = i / 24f;
          }
          var data = new Dataset(Features.of(corners, 4), Targets.classes(classes, 3));
          try (var model = CornersModel.create(1)) {
            model.fit(data, Fit.epochs(2).progress(Progress.Style.SILENT));
            model.quantize(data);
            Path file = model.exportInt8(Path.of(arguments[0]));
            System.out.println(model.verify(file, data).isFaithful());
            System.out.println(Provenance.current(Map.of()).detent());
          }
        }
      }
      """;

  private static final String VERSION = System.getProperty("detent.version");

  private final List<String> jars = jars();

  /** One jar is the whole processor path. */
  @Test
  void compilesAndRunsOnTheClassPath(@TempDir Path folder) throws Exception {
    Path source = write(folder.resolve("app/Corners.java"), PROGRAM);
    String libraries = String.join(File.pathSeparator, jars);

    assertThat(javac(folder, "-classpath", libraries, source.toString())).isEmpty();

    String path = folder.resolve("classes") + File.pathSeparator + libraries;
    assertThat(java(folder, "-classpath", path, "app.Corners"))
        .isEqualTo("true\n" + VERSION + "\n");
  }

  /** A program that is a module. */
  @Test
  void compilesAndRunsOnTheModulePath(@TempDir Path folder) throws Exception {
    Path module =
        write(
            folder.resolve("module-info.java"),
            """
            @SuppressWarnings("requires-automatic")
            module app {
              requires dev.detent.annotations;
              requires dev.detent.runtime;
            }
            """);
    Path source = write(folder.resolve("app/Corners.java"), PROGRAM);
    String libraries = String.join(File.pathSeparator, jars);

    assertThat(javac(folder, "--module-path", libraries, module.toString(), source.toString()))
        .isEmpty();

    String path = folder.resolve("classes") + File.pathSeparator + libraries;
    assertThat(
            java(
                folder,
                "--module-path",
                path,
                "--add-modules",
                "ALL-MODULE-PATH",
                "--module",
                "app/app.Corners"))
        .isEqualTo("true\n" + VERSION + "\n");
  }

  @Test
  void theManifestNamesModuleAndVersion() throws IOException {
    List<String> own = new ArrayList<>(jars);
    own.removeIf(jar -> !Path.of(jar).getFileName().toString().startsWith("detent-"));
    own.add(System.getProperty("detent.processorJar"));

    assertThat(own).hasSize(5);
    for (String jar : own) {
      String name = Path.of(jar).getFileName().toString().split("-")[1];
      try (JarFile file = new JarFile(jar)) {
        Attributes manifest = file.getManifest().getMainAttributes();
        assertThat(manifest.getValue("Automatic-Module-Name")).isEqualTo("dev.detent." + name);
        assertThat(manifest.getValue("Implementation-Title")).isEqualTo("Detent " + name);
        assertThat(manifest.getValue("Implementation-Version")).isEqualTo(VERSION);
      }
    }
  }

  /** Without the jars that have the native libraries of this machine. */
  @Test
  void namesTheDependencyThatIsMissing(@TempDir Path folder) throws Exception {
    Path source = write(folder.resolve("app/Corners.java"), PROGRAM);
    String libraries =
        jars.stream()
            .filter(jar -> !jar.matches(".*-(linux|macosx|windows)-\\w+\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(javac(folder, "-classpath", libraries, source.toString())).isEmpty();

    String path = folder.resolve("classes") + File.pathSeparator + libraries;
    assertThat(java(folder, "-classpath", path, "app.Corners"))
        .startsWith(
            "Exception in thread \"main\" dev.detent.runtime.exception.DetentException: TensorFlow"
                + " cannot be loaded on this machine")
        .contains("add the dependency dev.detent:detent-platform");
  }

  private static List<String> jars() {
    try {
      String classPath = Files.readString(Path.of(System.getProperty("detent.classPath"))).strip();
      return Arrays.asList(classPath.split(File.pathSeparator));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String javac(Path folder, String... options) throws Exception {
    // Class-Path entries of TensorFlow's jars name files that are elsewhere.
    List<String> command = new ArrayList<>(List.of(tool("javac"), "-Xlint:all,-path", "-Werror"));
    command.addAll(List.of("-processorpath", System.getProperty("detent.processorJar")));
    command.addAll(List.of("-d", folder.resolve("classes").toString()));
    command.addAll(List.of(options));
    return run(folder, command);
  }

  private static String java(Path folder, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(tool("java")));
    command.addAll(List.of(options));
    command.add(folder.resolve("corners.tflite").toString());
    return run(folder, command);
  }

  private static String run(Path folder, List<String> command) throws Exception {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException(command.get(0) + " does not end");
    }
    // The JVM's own remarks on native code are not the program's.
    return Files.readAllLines(output).stream()
        .filter(line -> !line.startsWith("WARNING:"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
