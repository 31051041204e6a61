package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.TypeSpec;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.ir.PlacedOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/**
 * Operations that are written into one class, with the constants that they are the first to use.
 * The generated class has all operations of a model of usual length itself; a longer model is in
 * parts nested in it, for the class file format allows 64 KB of code in a method, the one that
 * initializes constants included, and 65,535 entries in the constant pool of a class.
 *
 * @param name of the nested class
 * @param operations in order of data flow
 * @param scope as seen from inside
 */
record Part(String name, List<PlacedOperation> operations, Scope scope) {
  private static final int MOST_OPERATIONS = 200;

  /**
   * A word of code is 8 bytes at most: to store an element in an array takes a byte to duplicate
   * the array, three for an index, three for a value and one to store it.
   */
  private static final int MOST_WORDS = 7_500;

  /** {@code LayerTensor conv = g.tensor("conv")}. */
  private static final int WORDS_OF_INPUT = 4;

  private static final Pattern WORD =
      Pattern.compile("\"(?:\\\\.|[^\"\\\\])*+\"|'(?:\\\\.|[^'\\\\])++'|[\\w.]++");

  /** Copies the list. */
  Part {
    operations = List.copyOf(operations);
  }

  /** The parts of a model: as few as the limits allow. */
  static List<Part> of(PlacedModel model, Scope scope) {
    Paragraphs paragraphs = new Paragraphs(scope);
    Map<String, String> owners = new HashMap<>();
    List<List<PlacedOperation>> parts = new ArrayList<>();
    List<PlacedOperation> part = List.of();
    Size size = Size.NONE;
    for (PlacedOperation placed : model.operations()) {
      List<FieldSpec> constants =
          Constants.of(List.of(placed), scope, name -> !owners.containsKey(name));
      Size own = Size.of(placed, constants, paragraphs);
      size = size.plus(own);
      if (part.isEmpty() || part.size() == MOST_OPERATIONS || !size.fits()) {
        part = new ArrayList<>();
        parts.add(part);
        size = own;
      }
      part.add(placed);
      String name = nameOf(parts.size());
      constants.forEach(constant -> owners.put(constant.name, name));
    }
    if (parts.size() == 1) {
      return List.of(new Part("", model.operations(), scope));
    }
    List<Part> named = new ArrayList<>();
    for (List<PlacedOperation> operations : parts) {
      String name = nameOf(named.size() + 1);
      named.add(new Part(name, operations, scope.in(name, owners)));
    }
    return named;
  }

  /** The constants that are declared here. */
  List<FieldSpec> constants() {
    return Constants.of(operations, scope, scope::declares);
  }

  /** The nested class, but for its share of the description. */
  TypeSpec.Builder type() {
    return TypeSpec.classBuilder(name)
        .addJavadoc(
            "From $L to $L.\n",
            operations.get(0).operation().name(),
            operations.get(operations.size() - 1).operation().name())
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addFields(constants())
        .addMethods(Paragraphs.ofPart(this));
  }

  private static String nameOf(int number) {
    return "Part" + number;
  }

  /** Words of code in each method. */
  private record Size(int constants, int graph, int plan) {
    static final Size NONE = new Size(0, 0, 0);

    static Size of(PlacedOperation placed, List<FieldSpec> constants, Paragraphs paragraphs) {
      int inputs = WORDS_OF_INPUT * placed.operation().inputs().size();
      return new Size(
          constants.stream().mapToInt(constant -> words(constant.initializer)).sum(),
          inputs + words(paragraphs.graph(placed)),
          inputs + words(paragraphs.plan(placed)));
    }

    Size plus(Size other) {
      return new Size(constants + other.constants, graph + other.graph, plan + other.plan);
    }

    boolean fits() {
      return Math.max(constants, Math.max(graph, plan)) <= MOST_WORDS;
    }

    private static int words(CodeBlock code) {
      return (int) WORD.matcher(code.toString()).results().count();
    }
  }
}
