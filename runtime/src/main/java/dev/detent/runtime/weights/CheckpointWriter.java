package dev.detent.runtime.weights;

import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.internal.graph.Variables.Role;
import dev.detent.runtime.internal.graph.Variables.Variable;
import dev.detent.runtime.internal.io.AtomicFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Writes weights, statistics and ranges as a TensorFlow checkpoint, each under its variable's name:
 * {@code tf.train.load_checkpoint(prefix)} reads it in Python.
 */
public final class CheckpointWriter {
  private static final String DATA = ".data-00000-of-00001";

  private CheckpointWriter() {}

  /**
   * Writes {@code prefix.data-00000-of-00001} and, last, {@code prefix.index}, without which the
   * checkpoint does not exist. An earlier checkpoint of that name is replaced.
   *
   * @return {@code prefix}
   * @throws WeightException if the files cannot be written
   */
  public static Path write(Path prefix, Variables variables) {
    List<Variable> kept =
        variables.all().stream().filter(variable -> variable.role() != Role.SLOT).toList();
    Path target = prefix.toAbsolutePath().normalize();
    if (target.getFileName() == null || target.getParent() == null) {
      throw new WeightException(prefix + " cannot be written: it names no file");
    }
    String name = target.getFileName().toString();
    try {
      AtomicFolders.writeFiles(
          target.getParent(),
          List.of(name + DATA, name + TensorBundle.INDEX),
          folder -> save(folder.resolve(name), kept, variables));
    } catch (IOException e) {
      throw new WeightException(String.valueOf(e.getMessage()), e);
    } catch (TensorFlowException e) {
      throw unwritable(prefix, e);
    }
    return prefix;
  }

  /**
   * TensorFlow's message names files that are gone, and in further lines its own operations; the
   * end of the first line says why.
   */
  static WeightException unwritable(Path file, TensorFlowException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    int semicolon = message.lastIndexOf("; ");
    return new WeightException(
        file + " cannot be written: " + message.substring(semicolon < 0 ? 0 : semicolon + 2), e);
  }

  private static void save(Path prefix, List<Variable> kept, Variables variables) {
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      List<Operand<?>> values = new ArrayList<>();
      for (Variable variable : kept) {
        try (TFloat32 tensor = SavedGraph.tensor(variable, variables)) {
          values.add(tf.constantOf(tensor));
        }
      }
      String[] names = kept.stream().map(Variable::name).toArray(String[]::new);
      tf.train.save(
          tf.constant(prefix.toString()),
          tf.array(names),
          tf.array(SavedGraph.whole(names.length)),
          values);
    }
  }

  static long[] longs(int[] shape) {
    return Arrays.stream(shape).asLongStream().toArray();
  }
}
