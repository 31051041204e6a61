package dev.detent.runtime.train;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.ElementType;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.graph.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** Moves batches into tensors that are used again and again, and feeds them. */
final class Feeder implements AutoCloseable {
  private final List<PassGraph.Feed> inputs;
  private final List<ValueCheck> inputChecks;
  private final List<? extends TargetFeed> targets;
  private final List<TType> inputTensors = new ArrayList<>();
  private final List<TType> targetTensors = new ArrayList<>();
  private final List<TFloat32> scalars = new ArrayList<>();
  private int count = -1;
  private List<Form> forms = List.of();

  /** What the tensors of an input are made for. */
  private record Form(ElementType type, float scale, float offset) {}

  /** How a target is fed. */
  record TargetFeed(
      String output,
      org.tensorflow.Operand<?> placeholder,
      boolean classes,
      int[] shape,
      boolean mayMiss) {
    /** What the targets may be: numbers, or classes that the last axis tells apart. */
    ValueCheck check() {
      String what = "the target of output '" + output + "'";
      return classes
          ? ValueCheck.ofClasses(
              what, Arrays.copyOf(shape, shape.length - 1), shape[shape.length - 1])
          : ValueCheck.ofNumbers(what, shape, mayMiss);
    }

    /** Of classes: how many an example has, one for each place but the last axis. */
    int places() {
      return Arrays.stream(shape, 0, shape.length - 1).reduce(1, Math::multiplyExact);
    }
  }

  Feeder(PassGraph pass, List<TargetFeed> targets) {
    this.inputs = List.copyOf(pass.inputs().values());
    this.inputChecks =
        pass.inputs().entrySet().stream()
            .map(
                input ->
                    ValueCheck.ofInput(pass.tensor(input.getKey()), input.getValue().indexLimit()))
            .toList();
    this.targets = targets;
  }

  /** Feeds the valid examples of a batch. */
  Session.Runner feed(Session.Runner runner, Batch batch) {
    if (batch.count() != count || !forms(batch).equals(forms)) {
      allocate(batch);
    }
    for (int i = 0; i < inputs.size(); i++) {
      Features features = batch.features(i);
      int length = batch.count() * features.elements();
      IntFunction<String> name = example -> " of " + features.name(batch.index(example));
      PassGraph.Feed feed = inputs.get(i);
      TType tensor = inputTensors.get(i);
      if (features.type() == ElementType.UINT8) {
        inputChecks.get(i).check(batch.bytes(i), length, features, name);
        ((TUint8) tensor).asRawTensor().data().write(batch.bytes(i), 0, length);
        runner
            .feed(feed.bytes(), tensor)
            .feed(feed.scale(), scalars.get(2 * i))
            .feed(feed.offset(), scalars.get(2 * i + 1));
      } else {
        inputChecks.get(i).check(batch.floats(i), length, name);
        ((TFloat32) tensor).asRawTensor().data().asFloats().write(batch.floats(i), 0, length);
        runner.feed(feed.value(), tensor);
      }
    }
    for (int i = 0; i < targets.size(); i++) {
      TargetFeed target = targets.get(i);
      IntFunction<String> name = example -> " of example " + batch.index(example);
      TType tensor = targetTensors.get(i);
      if (target.classes()) {
        int length = batch.count() * target.places();
        target.check().check(batch.classes(i), length, name);
        ((TInt32) tensor).asRawTensor().data().asInts().write(batch.classes(i), 0, length);
      } else {
        int length = Math.toIntExact(((TFloat32) tensor).size());
        target.check().check(batch.values(i), length, name);
        ((TFloat32) tensor).asRawTensor().data().asFloats().write(batch.values(i), 0, length);
      }
      runner.feed(target.placeholder(), tensor);
    }
    return runner;
  }

  private List<Form> forms(Batch batch) {
    return IntStream.range(0, inputs.size())
        .mapToObj(batch::features)
        .map(features -> new Form(features.type(), features.scale(), features.offset()))
        .toList();
  }

  private void allocate(Batch batch) {
    close();
    count = batch.count();
    forms = forms(batch);
    for (int i = 0; i < inputs.size(); i++) {
      Features features = batch.features(i);
      Shape shape = Tensors.withFirst(count, features.shape());
      boolean bytes = features.type() == ElementType.UINT8;
      inputTensors.add(bytes ? TUint8.tensorOf(shape) : TFloat32.tensorOf(shape));
      scalars.add(TFloat32.scalarOf(features.scale()));
      scalars.add(TFloat32.scalarOf(features.offset()));
    }
    for (TargetFeed target : targets) {
      targetTensors.add(
          target.classes()
              ? TInt32.tensorOf(Shape.of((long) count * target.places()))
              : TFloat32.tensorOf(Tensors.withFirst(count, target.shape())));
    }
  }

  @Override
  public void close() {
    inputTensors.forEach(TType::close);
    targetTensors.forEach(TType::close);
    scalars.forEach(TType::close);
    inputTensors.clear();
    targetTensors.clear();
    scalars.clear();
    count = -1;
  }
}
