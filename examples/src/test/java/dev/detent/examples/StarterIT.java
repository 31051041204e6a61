package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first program, as a new user makes it: {@code examples/starter} is copied, and the commands
 * of {@code docs/GETTING-STARTED.md} are run in the copy, by the Maven of this build. Its local
 * repository is that of this build and the jars that this build has just made.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class StarterIT {
  private static final String VERSION = System.getProperty("detent.version");
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void theCommandsOfThePageDoWhatItSays() throws Exception {
    Path starter = folder.resolve("starter");
    copy(ROOT.resolve("examples/starter"), starter);
    List<String> commands =
        Files.readAllLines(ROOT.resolve("docs/GETTING-STARTED.md")).stream()
            .filter(line -> line.startsWith("mvn ") && !line.endsWith("FOLDER"))
            .limit(2)
            .toList();
    assertThat(commands).hasSize(2);

    assertThat(maven(starter, commands.get(0))).contains("The file computes what was trained.");
    assertThat(starter.resolve("digits.tflite")).isRegularFile();
    assertThat(maven(starter, commands.get(1))).contains("It is a 7.");
  }

  /** A model that is a text in JShell, trained and exported there. */
  @Test
  void jshellCompilesAModel() throws Exception {
    Files.createDirectories(folder.resolve("target/shell"));
    Path lines = folder.resolve("lines.jsh");
    String page = Files.readString(ROOT.resolve("docs/GETTING-STARTED.md"));
    String session = page.substring(page.indexOf("jshell> model("));
    Files.writeString(
        lines,
        session
                .substring(0, session.indexOf("```"))
                .replaceAll("(?m)^models\\..*$", "")
                .replaceAll("(?m)^(?:jshell> |   \\.\\.\\.> ?)", "")
            + "\n/exit\n");
    String classPath =
        "target/shell:"
            + Files.readString(Path.of(System.getProperty("detent.classPath"))).strip()
            + ":"
            + System.getProperty("detent.processorJar");

    String output =
        run(
            folder,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
                "--class-path",
                classPath,
                ROOT.resolve("examples/starter/models.jsh").toString(),
                lines.toString()));

    assertThat(output).contains("models.CornersModel can be used now");
    assertThat(folder.resolve("corners.tflite")).as(output).isRegularFile();
  }

  private String maven(Path starter, String command) throws Exception {
    Path repository = folder.resolve("repository");
    if (!Files.exists(repository)) {
      fill(repository);
    }
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("detent.maven"), "bin", "mvn").toString());
    words.addAll(List.of("-B", "-ntp", "-Dmaven.repo.local=" + repository));
    words.addAll(List.of(command.substring("mvn ".length()).split("\\s+")));
    return run(starter, words);
  }

  /** Links to what this build has fetched, and Detent beside it as {@code install} would put it. */
  private static void fill(Path repository) throws IOException {
    Path fetched = Path.of(System.getProperty("detent.repository"));
    link(fetched, repository, "dev");
    link(fetched.resolve("dev"), repository.resolve("dev"), "detent");
    install(repository, "detent", "");
    install(repository, "detent-bom", "runtime/bom");
    install(repository, "detent-annotations", "annotations");
    install(repository, "detent-runtime", "runtime");
    install(repository, "detent-platform", "runtime/platform");
    install(repository, "detent-processor", "processor");
  }

  private static void link(Path from, Path to, String except) throws IOException {
    Files.createDirectories(to);
    if (Files.isDirectory(from)) {
      try (Stream<Path> groups = Files.list(from)) {
        for (Path group : groups.toList()) {
          if (!group.endsWith(except)) {
            Files.createSymbolicLink(to.resolve(group.getFileName()), group);
          }
        }
      }
    }
  }

  private static void install(Path repository, String artifact, String module) throws IOException {
    Path from = ROOT.resolve(module);
    Path to = repository.resolve("dev/detent").resolve(artifact).resolve(VERSION);
    String name = artifact + "-" + VERSION;
    Files.createDirectories(to);
    Files.copy(from.resolve("pom.xml"), to.resolve(name + ".pom"));
    Path jar = from.resolve("target").resolve(name + ".jar");
    if (Files.exists(jar)) {
      Files.copy(jar, to.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copied = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copied.getParent());
        Files.copy(file, copied);
      }
    }
  }

  private String run(Path where, List<String> command) throws Exception {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("MAVEN_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    Process process = builder.start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException(command + " does not end");
    }
    String said = Files.readString(output);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
