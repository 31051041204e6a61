package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.processor.DetentProcessor;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java of README and docs: every block is a file, or a snippet that stands where a program of
 * its page says {@code // here}. All of a page compiles, beside the files of {@code
 * examples/starter}, and what has a {@code main} runs on small data.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PageProgramsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path STARTER = Path.of("starter", "src", "main", "java");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\R(.*?)^```$");
  private static final Pattern PATH = Pattern.compile("// (?:src/main/java/)?(\\S+\\.java)\\R");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record|interface|@interface) (\\w+)");
  private static final Pattern HERE = Pattern.compile("(?m)^ *// here$");

  /** What is on it is wrong on purpose; {@code DiagnosticsTest} compiles it. */
  private static final String DIAGNOSTICS = "DIAGNOSTICS.md";

  /** Programs of these are run by tests of their own. */
  private static final Set<String> RUN_ELSEWHERE = Set.of("README.md", "QUANTIZING.md");

  @TempDir private Path folder;

  @Test
  void theJavaOfEachPageCompilesAndRuns() throws Exception {
    Path work = Files.createDirectory(folder.resolve("work"));
    SmallData.digits(Files.createDirectory(work.resolve("mnist")), 400, 100);
    SmallData.photographs(work.resolve("photographs"), 2, 12, 4, 28);
    SmallData.speech(Files.createDirectory(work.resolve("sounds")), 2, 0, 1);
    List<String> programs =
        pages().parallelStream().flatMap(page -> programs(page).stream()).toList();

    ForkedRun run =
        ForkedRun.of(
            work,
            System.getProperty("java.class.path"),
            Programs.class.getName(),
            programs.toArray(String[]::new));

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(programs).hasSizeGreaterThan(20);
  }

  /** Compiles a page; what of it is to be run, as {@code Programs} takes it. */
  private List<String> programs(Path page) {
    String name = page.getFileName().toString();
    Map<String, String> files = files(page);
    Path classes = folder.resolve(name);
    compile(page, files, classes);
    return files.entrySet().stream()
        .filter(file -> !RUN_ELSEWHERE.contains(name))
        .filter(file -> !Files.exists(STARTER.resolve(file.getKey()))) // StarterIT runs those
        .filter(file -> file.getValue().contains(" static void main(String"))
        .map(file -> classes + "!" + file.getKey().replace(".java", "").replace('/', '.'))
        .toList();
  }

  /** What the page on the first program shows is what is copied. */
  @Test
  void theFirstProgramIsTheStarters() throws IOException {
    Map<String, String> files = files(ROOT.resolve("docs/GETTING-STARTED.md"));

    for (String name : List.of("Digits", "Main", "Predict")) {
      String path = "digits/" + name + ".java";
      assertThat(files.get(path).replaceFirst("^// .*\\R", ""))
          .isEqualTo(Files.readString(STARTER.resolve(path)));
    }
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      files
          .filter(file -> file.toString().endsWith(".md") && !file.endsWith(DIAGNOSTICS))
          .sorted()
          .forEach(pages::add);
    }
    pages.removeIf(page -> !read(page).contains("```java"));
    return pages;
  }

  /** The files of a page by path, snippets in programs of their own. */
  private static Map<String, String> files(Path page) {
    Map<String, String> files = new LinkedHashMap<>();
    List<String> snippets = new ArrayList<>();
    for (MatchResult block : BLOCK.matcher(read(page)).results().toList()) {
      String text = block.group(1);
      if (TYPE.matcher(text).find()) {
        if (files.put(path(text), text) != null) {
          throw new AssertionError(page + " has " + path(text) + " twice");
        }
      } else {
        snippets.add(text);
      }
    }
    if (!snippets.isEmpty()) {
      String frame =
          files.keySet().stream()
              .filter(path -> HERE.matcher(files.get(path)).find())
              .findFirst()
              .orElseThrow(
                  () ->
                      new AssertionError(
                          page
                              + " has Java that is no file, and no program that says // here:\n"
                              + snippets.get(0)));
      for (int i = 0; i < snippets.size(); i++) {
        String name = frame.replaceFirst(".*/", "").replace(".java", "");
        String numbered = name + (i + 1);
        files.put(
            frame.replace(name + ".java", numbered + ".java"),
            HERE.matcher(files.get(frame))
                .replaceFirst(Matcher.quoteReplacement(snippets.get(i)))
                .replace("class " + name + " ", "class " + numbered + " "));
      }
    }
    return files;
  }

  private static String path(String text) {
    Matcher path = PATH.matcher(text);
    if (path.lookingAt()) {
      return path.group(1);
    }
    Matcher type = TYPE.matcher(text);
    assertThat(type.find()).isTrue();
    Matcher declared = PACKAGE.matcher(text);
    String folder = declared.find() ? declared.group(1).replace('.', '/') + "/" : "";
    return folder + type.group(1) + ".java";
  }

  /** With all lints, the starter's files beside it unless the page has them. */
  private static void compile(Path page, Map<String, String> files, Path classes) {
    try {
      String said = javac(files, !page.endsWith("README.md"), classes);
      assertThat(said).as("javac about %s", page).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(page.toString(), e);
    }
  }

  private static String javac(Map<String, String> files, boolean besideStarter, Path classes)
      throws IOException {
    Map<String, String> all = new HashMap<>();
    if (besideStarter
        && files.values().stream().anyMatch(text -> text.contains("package digits;"))) {
      try (Stream<Path> starter = Files.list(STARTER.resolve("digits"))) {
        starter.forEach(file -> all.put("digits/" + file.getFileName(), read(file)));
      }
    }
    all.putAll(files);
    Path sources = Files.createDirectories(classes.resolve("sources"));
    List<Path> paths = new ArrayList<>();
    for (Map.Entry<String, String> file : all.entrySet()) {
      Path path = sources.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      paths.add(Files.writeString(path, file.getValue()));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      String classPath = System.getProperty("java.class.path");
      List<String> options =
          new ArrayList<>(List.of("--release=17", "-Xlint:all,-path,-processing,-options,-try"));
      options.addAll(List.of("-processor", DetentProcessor.class.getName()));
      options.addAll(List.of("-processorpath", classPath, "-cp", classPath));
      options.addAll(List.of("-d", classes.toString()));
      compiler
          .getTask(said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(paths))
          .call();
    }
    return said.toString();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }

  /** Runs programs one after the other in one process, which loads TensorFlow once. */
  static final class Programs {
    private Programs() {}

    /** Arguments are {@code folder!class}; ends with 1 if one of them throws. */
    public static void main(String[] programs) throws Exception {
      boolean isRight = true;
      for (String program : programs) {
        String[] parts = program.split("!");
        long start = System.nanoTime();
        try (var classes =
            new java.net.URLClassLoader(new java.net.URL[] {new File(parts[0]).toURI().toURL()})) {
          var main = classes.loadClass(parts[1]).getDeclaredMethod("main", String[].class);
          main.setAccessible(true);
          main.invoke(null, (Object) new String[0]);
        } catch (ReflectiveOperationException e) {
          isRight = false;
          System.out.println("FAILED: " + program);
          e.printStackTrace();
        }
        System.out.printf("%s: %d ms%n", parts[1], (System.nanoTime() - start) / 1_000_000);
      }
      System.exit(isRight ? 0 : 1);
    }
  }
}
