package dev.detent.processor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * A source that was right and has been altered: a value, a name, an annotation or a whole line is
 * another, gone, there twice or in another place.
 *
 * @param simpleName of the file
 * @param text of it
 */
record MutatedSource(String simpleName, String text) {
  private static final Pattern WORDS =
      Pattern.compile(
          "(?s)//[^\\n]*|/\\*.*?\\*/|\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'"
              + "|[0-9][\\w.]*|@?\\w+|\\s+|.");
  private static final List<Path> ORIGINALS =
      Stream.of("good", "unusual").flatMap(folder -> Sources.in(folder).stream()).toList();
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "2",
          "3",
          "7",
          "16",
          "1_000_000",
          "2147483647",
          "-2147483648",
          "3_000_000_000L",
          "0.5",
          "2.5",
          "1e300",
          "-1e-300",
          "1e-45f",
          "0.0 / 0.0",
          "1 / 0.0",
          "{}",
          "{1, 2}",
          "{3, 3, 3, 3, 3}",
          "'a'",
          "true",
          "\"1\"",
          "null",
          "Integer.MAX_VALUE",
          "missing");
  private static final List<String> TEXTS =
      List.of(
          "\"\"",
          "\" \"",
          "\"input\"",
          "\"channels\"",
          "\"{1, channels}\"",
          "\"{}\"",
          "\"1e999\"",
          "\"0 - channels\"",
          "\"channels / 0\"",
          "\"filters = 2 * filters\"",
          "\"units == 2\"",
          "\"*/\\n\\u00e9\\\\u {@\"",
          "\"a/b\"",
          "{}",
          "{\"x\", \"x\"}",
          "1",
          "missing");
  private static final List<String> NAMES =
      List.of(
          "missing",
          "String",
          "Override",
          "Layer",
          "List",
          "Object",
          "Model",
          "Data",
          "int",
          "Class",
          "var",
          "record",
          "x",
          "X",
          "input",
          "size",
          "n",
          "\u00e4",
          "$",
          "_a");
  private static final List<String> ANNOTATIONS =
      List.of(
          "@Model",
          "@Quantize",
          "@KeepFloat",
          "@Output",
          "@BatchNorm",
          "@Relu",
          "@Softmax",
          "@Flatten",
          "@Dense(units = 2)",
          "@Conv2D(filters = 2, kernelSize = 1)",
          "@Conv2D",
          "@Input(shape = 4)",
          "@Add({\"x\", \"x\"})",
          "@QuantizeConfig(bits = 4)",
          "@QuantizeConfig(weights = @Weights(bits = 17))",
          "@Bind(\"units = 2\")",
          "@When(\"true\")",
          "@Variant(name = \"Other\", value = \"x = 1\")",
          "@Scheme(name = \"x\")",
          "@Block",
          "@Missing",
          "@Override",
          "@Deprecated");
  private static final List<String> MODIFIERS =
      List.of("static", "private", "public", "abstract", "final", "protected", "transient");

  /** One of the originals, altered in one to three places. */
  static MutatedSource draw(long seed, int index) {
    Random random = new Random(seed * 1_000_003L + index);
    Path original = ORIGINALS.get(index % ORIGINALS.size());
    String text = Sources.read(original);
    for (int i = Math.max(1, random.nextInt(5) - 1); i > 0; i--) {
      text = mutated(text, random);
    }
    return new MutatedSource(Sources.simpleName(original), text);
  }

  private static String mutated(String text, Random random) {
    return switch (random.nextInt(12)) {
      case 0, 1 -> moved(text, random);
      case 2 -> renamed(text, random);
      case 3, 4, 5 -> annotated(text, random);
      default -> replaced(text, random);
    };
  }

  /** A line that is gone, there twice, or in another place. */
  private static String moved(String text, Random random) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int from = random.nextInt(lines.size());
    String line = lines.get(from);
    if (random.nextInt(3) > 0) {
      lines.remove(from);
    }
    if (random.nextInt(3) > 0) {
      lines.add(random.nextInt(lines.size() + 1), line);
    }
    return String.join("\n", lines) + "\n";
  }

  /** A name that is another one everywhere. */
  private static String renamed(String text, Random random) {
    List<String> names =
        words(text).stream().filter(word -> word.matches("[A-Za-z]\\w*")).distinct().toList();
    if (names.isEmpty()) {
      return text;
    }
    String name = any(names, random);
    return text.replaceAll("\\b" + name + "\\b", Matcher.quoteReplacement(any(NAMES, random)));
  }

  /** An annotation or a modifier more in front of a member, or an annotation that is gone. */
  private static String annotated(String text, Random random) {
    List<String> words = words(text);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).matches("@\\w+|Layer|class|record|interface|enum")) {
        places.add(i);
      }
    }
    if (places.isEmpty()) {
      return text;
    }
    int place = any(places, random);
    String more = any(random.nextInt(4) == 0 ? MODIFIERS : ANNOTATIONS, random);
    if (words.get(place).matches("class|record|interface|enum") && random.nextBoolean()) {
      words.set(place, any(List.of("class", "record", "interface", "enum", "@interface"), random));
    } else if (words.get(place).startsWith("@") && random.nextBoolean()) {
      words.set(place, more.contains("(") ? more.substring(0, more.indexOf('(')) : more);
    } else {
      words.add(place, more + " ");
    }
    return String.join("", words);
  }

  /** One word that is another of its kind, seldom gone or there twice. */
  private static String replaced(String text, Random random) {
    List<String> words = words(text);
    String kind = any(List.of("\\d.*", "(?s)\".*", "@.*", "[A-Za-z]\\w*"), random);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).matches(kind) && !SourceVersion.isKeyword(words.get(i))) {
        places.add(i);
      }
    }
    if (places.isEmpty()) {
      return text;
    }
    int place = any(places, random);
    String word = words.get(place);
    String another = words.get(any(places, random));
    words.set(
        place,
        switch (random.nextInt(20)) {
          case 0 -> "";
          case 1 -> word + " " + word;
          default -> likewise(word, another, random);
        });
    return String.join("", words);
  }

  /** A word of the kind that two are of. */
  private static String likewise(String word, String another, Random random) {
    List<String> all =
        switch (word.charAt(0)) {
          case '"' -> TEXTS;
          case '@' -> ANNOTATIONS;
          default -> Character.isDigit(word.charAt(0)) ? NUMBERS : NAMES;
        };
    return random.nextBoolean() ? another : any(all, random);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    WORDS.matcher(text).results().forEach(word -> words.add(word.group()));
    return words;
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}
