package dev.detent.runtime.train;

import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.PassGraph;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether examples fit a model: what would be computed wrongly, or not at all, is refused. */
record ExampleCheck(String model, PassGraph pass) {
  /** More names than these are cut short in messages. */
  private static final int SHOWN_NAMES = 20;

  /**
   * Checks shapes, the number of classes and their names.
   *
   * @param what the examples are called in messages
   * @param trained the names of the classes that the model was trained to tell apart, by output;
   *     nothing for an output whose names are unknown
   * @throws TrainingException if something does not fit
   */
  void check(String what, Examples examples, Map<String, List<String>> trained) {
    if (examples.size() == 0) {
      throw new TrainingException("the data set is empty; at least one example is needed");
    }
    if (examples.inputs().size() != pass.inputs().size()
        || examples.targets().size() != pass.outputs().size()) {
      throw new TrainingException(
          "%s have %s inputs and %s targets; %s has %s and %s"
              .formatted(
                  what,
                  examples.inputs().size(),
                  examples.targets().size(),
                  model,
                  pass.inputs().keySet(),
                  pass.outputs().keySet()));
    }
    int index = 0;
    for (String input : pass.inputs().keySet()) {
      int[] wanted = pass.tensor(input).shape();
      Features features = examples.inputs().get(index++);
      if (!Arrays.equals(wanted, features.shape())) {
        throw new TrainingException(
            "input '%s' has the shape %s, %s %s"
                .formatted(
                    input, Arrays.toString(wanted), what, Arrays.toString(features.shape())));
      }
    }
    index = 0;
    for (Map.Entry<String, LayerTensor> output : pass.outputs().entrySet()) {
      Targets targets = examples.targets().get(index++);
      int[] shape = output.getValue().trained().shape();
      if (targets.hasClassNames()) {
        List<String> given = targets.classNames();
        checkNames(output.getKey(), what, given, trained.getOrDefault(output.getKey(), given));
      }
      if (targets.isClasses()) {
        checkClasses(output.getKey(), shape, what, targets);
      } else {
        checkValues(output.getKey(), shape, what, targets.shape());
      }
    }
  }

  /** The names of the examples' classes, by output. */
  Map<String, List<String>> classNames(Examples examples) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    int index = 0;
    for (String output : pass.outputs().keySet()) {
      Targets targets = examples.targets().get(index++);
      if (targets.hasClassNames()) {
        names.put(output, targets.classNames());
      }
    }
    return names;
  }

  private static void checkNames(
      String output, String what, List<String> given, List<String> trained) {
    if (trained.equals(given)) {
      return;
    }
    int first = Arrays.mismatch(given.toArray(), trained.toArray());
    throw new TrainingException(
        ("output '%s' was trained with the classes %s, %s have %s: class %s is %s there and %s"
                + " here; give them the classes of the training data, with"
                + " ImageFolder.classNames(names) or Targets.classes(classes, names)")
            .formatted(
                output,
                shown(trained),
                what,
                shown(given),
                first,
                nameAt(trained, first),
                nameAt(given, first)));
  }

  private static String nameAt(List<String> names, int index) {
    return index < names.size() ? "'" + names.get(index) + "'" : "none";
  }

  private static String shown(List<String> names) {
    return names.size() <= SHOWN_NAMES
        ? names.toString()
        : "[%s, ... %s in all]"
            .formatted(String.join(", ", names.subList(0, SHOWN_NAMES)), names.size());
  }

  /** Classes are told apart along the last axis, at each place of the others. */
  private static void checkClasses(String output, int[] shape, String what, Targets targets) {
    int last = shape[shape.length - 1];
    int count = targets.classCount();
    if (count != last) {
      throw new TrainingException(
          "output '%s' tells %s classes apart, %s have %s %s%s"
              .formatted(
                  output,
                  last,
                  what,
                  count,
                  shown(targets.classNames()),
                  last == 1
                      ? "; for one probability give Targets.values of 0 and 1 and"
                          + " Losses.binaryCrossEntropy(), or the layer an output for each class"
                      : "; give the layer as many outputs as there are classes, or all "
                          + last
                          + " classes to Targets.classes, also those without an example"));
    }
    int[] wanted = Arrays.copyOf(shape, shape.length - 1);
    int[] given = Arrays.copyOf(targets.shape(), targets.shape().length - 1);
    int places = Arrays.stream(wanted).reduce(1, Math::multiplyExact);
    boolean isOne = places == 1 && targets.classesPerExample() == 1;
    if (!isOne && !Arrays.equals(wanted, given)) {
      throw new TrainingException(
          ("output '%s' answers one class for each of %s places, the targets have them for %s;"
                  + " Targets.classMaps has a class for each place")
              .formatted(output, Arrays.toString(wanted), Arrays.toString(given)));
    }
  }

  /** Numbers are compared place by place. */
  private static void checkValues(String output, int[] shape, String what, int[] given) {
    int wanted = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    int width = Arrays.stream(given).reduce(1, Math::multiplyExact);
    if (width != wanted) {
      throw new TrainingException(
          "output '%s' has %s values, the targets %s: %s against %s; both must have the same shape"
              .formatted(output, wanted, width, Arrays.toString(shape), Arrays.toString(given)));
    }
    if (!Arrays.equals(withoutOnes(shape), withoutOnes(given))) {
      throw new TrainingException(
          ("output '%s' has the shape %s, the targets of %s %s: as many values in other places;"
                  + " give the targets the output's shape, or end the model with a @Reshape to"
                  + " that of the targets")
              .formatted(output, Arrays.toString(shape), what, Arrays.toString(given)));
    }
  }

  private static int[] withoutOnes(int[] shape) {
    return Arrays.stream(shape).filter(size -> size != 1).toArray();
  }
}
