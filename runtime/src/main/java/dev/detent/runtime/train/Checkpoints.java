package dev.detent.runtime.train;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.detent.runtime.graph.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The state of one training in one file, replaced after every epoch. */
final class Checkpoints {
  private static final String STATE = "training";

  private final Path file;
  private final String identity;

  /** What belongs to a training beside its variables. */
  private record State(String identity, List<Epoch> epochs) {}

  /**
   * A checkpoint file.
   *
   * @param identity the settings; only a run with the same ones may go on from it
   */
  Checkpoints(Path file, String identity) {
    this.file = file;
    this.identity = identity;
  }

  Path file() {
    return file;
  }

  void save(Variables variables, List<Epoch> epochs) {
    try {
      WeightFile.save(
          file,
          variables.all(),
          variables,
          Map.of(STATE, new Gson().toJson(new State(identity, epochs))));
    } catch (IOException e) {
      throw Trainer.unchecked(e);
    }
  }

  /**
   * Loads the state, if there is one.
   *
   * @param variables the model's and the optimizer's, all of which exist
   * @return the epochs that are done; empty if there is no file
   * @throws TrainingException if the file belongs to another training
   */
  List<Epoch> resume(Variables variables) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      WeightFile saved = WeightFile.read(file);
      State state = new Gson().fromJson(saved.notes().get(STATE), State.class);
      if (state == null || !identity.equals(state.identity)) {
        throw new TrainingException(
            file
                + " belongs to another training ("
                + (state == null ? "none" : state.identity)
                + "; this one is "
                + identity
                + "); delete it or choose another folder");
      }
      saved.fitting(variables, true, false).forEach(variables::write);
      return state.epochs;
    } catch (JsonParseException e) {
      throw new TrainingException(file + " holds no state of a training: " + e.getMessage(), e);
    } catch (IOException e) {
      throw Trainer.unchecked(e);
    }
  }
}
