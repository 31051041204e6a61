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
 * @param passages in order of data flow
 * @param scope as seen from inside
 */
record Part(String name, List<Passage> passages, Scope scope) {
  private static final int MOST_PASSAGES = 200;

  /**
   * A word of code is 8 bytes at most: to store an element in an array takes a byte to duplicate
   * the array, three for an index, three for a value and one to store it.
   */
  private static final int MOST_WORDS = 7_500;

  /** {@code Tensor conv = n.tensor("conv")}. */
  private static final int WORDS_OF_INPUT = 4;

  private static final Pattern WORD =
      Pattern.compile("\"(?:\\\\.|[^\"\\\\])*+\"|'(?:\\\\.|[^'\\\\])++'|[\\w.]++");

  Part {
    passages = List.copyOf(passages);
  }

  /** The parts of a model: as few as the limits allow. */
  static List<Part> of(PlacedModel model, Scope scope) {
    Paragraphs paragraphs = new Paragraphs(scope);
    Map<String, String> owners = new HashMap<>();
    List<List<Passage>> parts = new ArrayList<>();
    List<Passage> part = List.of();
    Size size = Size.NONE;
    for (Passage passage : Passage.of(model.operations(), scope)) {
      List<FieldSpec> constants =
          Quantizers.constants(passage.step(), scope, name -> !owners.containsKey(name));
      Size own = Size.of(passage, constants, paragraphs);
      size = size.plus(own);
      if (part.isEmpty() || part.size() == MOST_PASSAGES || !size.fits()) {
        part = new ArrayList<>();
        parts.add(part);
        size = own;
      }
      part.add(passage);
      String name = nameOf(parts.size());
      constants.forEach(constant -> owners.put(constant.name, name));
    }
    if (parts.size() == 1) {
      return List.of(new Part("", part, scope));
    }
    List<Part> named = new ArrayList<>();
    for (List<Passage> passages : parts) {
      String name = nameOf(named.size() + 1);
      named.add(new Part(name, passages, scope.in(name, owners)));
    }
    return named;
  }

  /** The constants that are declared here: equal steps have the same ones. */
  List<FieldSpec> constants() {
    return Quantizers.constants(
        passages.stream().flatMap(passage -> passage.step().stream()).toList(),
        scope,
        scope::declares);
  }

  /** The nested class, but for its share of the description. */
  TypeSpec.Builder type() {
    List<PlacedOperation> last = passages.get(passages.size() - 1).operations();
    return TypeSpec.classBuilder(name)
        .addJavadoc(
            "From $L to $L.\n",
            passages.get(0).operations().get(0).operation().name(),
            last.get(last.size() - 1).operation().name())
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addFields(constants())
        .addMethods(Paragraphs.ofPart(this));
  }

  private static String nameOf(int number) {
    return "Part" + number;
  }

  /** Words of code in each method. */
  private record Size(int constants, int network) {
    static final Size NONE = new Size(0, 0);

    static Size of(Passage passage, List<FieldSpec> constants, Paragraphs paragraphs) {
      int network = 0;
      for (PlacedOperation placed : passage.step()) {
        int inputs = WORDS_OF_INPUT * (placed.operation().inputs().size() + 1); // and a range
        network += inputs + words(paragraphs.statement(placed));
      }
      return new Size(
          constants.stream().mapToInt(constant -> words(constant.initializer)).sum(), network);
    }

    Size plus(Size other) {
      return new Size(constants + other.constants, network + other.network);
    }

    boolean fits() {
      return Math.max(constants, network) <= MOST_WORDS;
    }

    private static int words(CodeBlock code) {
      return (int) WORD.matcher(code.toString()).results().count();
    }
  }
}
