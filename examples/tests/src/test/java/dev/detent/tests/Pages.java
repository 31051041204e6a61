package dev.detent.tests;

import dev.detent.processor.Sources;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;

/** The Java on the pages of the documentation: every block is a file, all of a page a program. */
final class Pages {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\R(.*?)^```$");
  private static final Pattern PATH = Pattern.compile("// (?:src/main/java/)?(\\S+\\.java)\\R");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record|interface|@interface) (\\w+)");

  private Pages() {}

  /**
   * The files of a page, by path: what the first line says, or what the type is called.
   *
   * @param page from the root of the project
   */
  static Map<String, String> sources(String page) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (MatchResult block :
        BLOCK.matcher(Sources.read(Sources.ROOT.resolve(page))).results().toList()) {
      String text = block.group(1);
      Matcher path = PATH.matcher(text);
      String name = path.lookingAt() ? path.group(1) : path(text);
      if (sources.put(name, text) != null) {
        throw new AssertionError(page + " has " + name + " twice");
      }
    }
    return sources;
  }

  /** The same, to be compiled. */
  static JavaFileObject[] files(String page) {
    return sources(page).entrySet().stream()
        .map(
            file ->
                Sources.text(
                    file.getKey().replaceFirst(".*/", "").replace(".java", ""), file.getValue()))
        .toArray(JavaFileObject[]::new);
  }

  private static String path(String text) {
    Matcher type = TYPE.matcher(text);
    if (!type.find()) {
      throw new AssertionError("not a file:\n" + text);
    }
    Matcher declared = PACKAGE.matcher(text);
    String folder = declared.find() ? declared.group(1).replace('.', '/') + "/" : "";
    return folder + type.group(1) + ".java";
  }
}
