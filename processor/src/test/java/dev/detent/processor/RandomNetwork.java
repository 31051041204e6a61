package dev.detent.processor;

import com.google.testing.compile.Compilation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;

/**
 * A model as it can be taken apart: fields that stand by the numbers of those that they read, so
 * that one can be left out and its readers read what it read.
 *
 * @param name of the class
 * @param isQuantized whether the whole model is; else fields say so themselves
 * @param seed of weights and data
 * @param fields in order of data flow
 */
public record RandomNetwork(String name, boolean isQuantized, long seed, List<Field> fields) {

  /** The lines in front of the first field. */
  private static final int LINES_ABOVE = 4;

  /**
   * A layer.
   *
   * @param number that names it
   * @param annotations with a {@code %s} for what it reads, or {@code %0}, {@code %1} for each
   * @param reads numbers of fields; those of a merging layer as one list of names
   * @param group fields of one group have one shape
   */
  public record Field(int number, String annotations, List<Integer> reads, int group) {
    String line() {
      String read =
          reads.size() == 1
              ? "\"" + nameOf(reads.get(0)) + "\""
              : reads.stream()
                  .map(each -> "\"" + nameOf(each) + "\"")
                  .collect(Collectors.joining(", ", "{", "}"));
      String text = annotations.replace("%s", read);
      for (int i = 0; i < reads.size(); i++) {
        text = text.replace("%" + i, "\"" + nameOf(reads.get(i)) + "\"");
      }
      return "  " + text + " Layer " + nameOf(number) + ";\n";
    }

    private static String nameOf(int number) {
      return "layer" + number;
    }
  }

  /** Keeps a copy. */
  public RandomNetwork {
    fields = List.copyOf(fields);
  }

  /** As Java. */
  public String source() {
    return "import dev.detent.annotations.*;\n\n@Model"
        + (isQuantized ? " @Quantize" : "")
        + "\nclass "
        + name
        + " {\n"
        + fields.stream().map(Field::line).collect(Collectors.joining())
        + "}\n";
  }

  public JavaFileObject file() {
    return Sources.text(name, source());
  }

  /** The same model without a field; what read it reads what it read. Inputs stay. */
  public RandomNetwork without(int index) {
    Field gone = fields.get(index);
    List<Field> others = new ArrayList<>();
    for (Field field : fields) {
      if (field != gone) {
        others.add(
            new Field(
                field.number(),
                field.annotations(),
                field.reads().stream()
                    .map(read -> read == gone.number() ? gone.reads().get(0) : read)
                    .toList(),
                field.group()));
      }
    }
    return new RandomNetwork(name, isQuantized, seed, others);
  }

  /** Whether a field may be left out. */
  public boolean isRemovable(int index) {
    return !fields.get(index).reads().isEmpty() && fields.size() > 2;
  }

  /**
   * Leaves out the fields at which the compiler points, all models at once, until none is wrong.
   * Models of which nothing is left are left out themselves.
   */
  public static List<RandomNetwork> right(List<RandomNetwork> networks) {
    List<RandomNetwork> all = new ArrayList<>(networks);
    while (true) {
      Compilation compilation =
          Compilations.compiler(new DetentProcessor())
              .withOptions("-proc:only", "-Xmaxerrs", "100000")
              .compile(all.stream().map(RandomNetwork::file).toList());
      Set<String> wrong = new TreeSet<>();
      compilation
          .errors()
          .forEach(
              error ->
                  wrong.add(
                      Sources.simpleName(java.nio.file.Path.of(error.getSource().toUri().getPath()))
                          + ":"
                          + (error.getLineNumber() - LINES_ABOVE - 1)));
      if (wrong.isEmpty()) {
        return all;
      }
      all.replaceAll(network -> network.withoutFirst(wrong));
      all.removeIf(network -> network.fields.size() < 2);
    }
  }

  /** The first wrong field only: those behind it may be wrong because of it. */
  private RandomNetwork withoutFirst(Set<String> wrong) {
    for (int i = 0; i < fields.size(); i++) {
      if (wrong.contains(name + ":" + i)) {
        return fields.get(i).reads().isEmpty()
            ? new RandomNetwork(name, isQuantized, seed, List.of())
            : without(i);
      }
    }
    return wrong.stream().anyMatch(each -> each.startsWith(name + ":"))
        ? new RandomNetwork(name, isQuantized, seed, List.of())
        : this;
  }
}
