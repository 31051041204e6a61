package dev.detent.runtime.train;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.internal.io.AtomicFiles;
import dev.detent.runtime.internal.io.ExclusiveUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The state of one training in one file, replaced after every epoch; the one before is kept beside
 * it. Nobody else can use the file until this is closed.
 */
final class Checkpoints implements AutoCloseable {
  private static final String STATE = "training";
  private static final String SUFFIX = ".npz";

  private final Path file;
  private final Path previous;
  private final Map<String, String> identity;
  private final ExclusiveUse use;
  private boolean isDamaged;
  private Optional<String> stopped = Optional.empty();

  /** What belongs to a training beside its variables. */
  private record State(
      Map<String, String> settings, List<Epoch> epochs, @Nullable String stopped) {}

  /**
   * A checkpoint file. What killed runs have left beside it is removed.
   *
   * @param name of the file, without suffix
   * @param identity the settings; only a run with the same ones may go on from it
   * @throws TrainingException if another training uses it
   */
  Checkpoints(Path folder, String name, Map<String, String> identity) {
    this.file = folder.resolve(name + SUFFIX);
    this.previous = folder.resolve(name + "_previous" + SUFFIX);
    this.identity = new LinkedHashMap<>(identity);
    try {
      use = ExclusiveUse.of(file);
      AtomicFiles.removeLeftovers(file);
    } catch (IOException e) {
      throw new TrainingException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Replaces the file.
   *
   * @param stopped why no epoch follows, if a callback has said so
   */
  void save(Variables variables, List<Epoch> epochs, Optional<String> stopped) {
    try {
      if (Files.exists(file) && !isDamaged) {
        Files.move(file, previous, StandardCopyOption.REPLACE_EXISTING);
      }
      WeightFile.save(
          file,
          variables.all(),
          variables,
          Map.of(STATE, new Gson().toJson(new State(identity, epochs, stopped.orElse(null)))));
      isDamaged = false;
    } catch (IOException e) {
      throw new TrainingException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Loads the state, if there is one: the newest that is whole.
   *
   * @param variables the model's and the optimizer's, all of which exist
   * @param isStart which of them a training starts from
   * @param isRetry whether this process has tried the training before, so that the weights are
   *     somewhere on its way
   * @param said takes what is to be said about it
   * @return the epochs that are done; empty if there is no file
   * @throws TrainingException if the file belongs to another training, or both are damaged
   */
  List<Epoch> resume(
      Variables variables,
      Predicate<Variables.Variable> isStart,
      boolean isRetry,
      Consumer<String> said) {
    IOException damage = null;
    for (Path each : List.of(file, previous)) {
      if (Files.exists(each)) {
        try {
          List<Epoch> epochs = resume(each, variables, isStart, isRetry);
          if (damage != null) {
            said.accept(damage.getMessage() + "; the checkpoint before it is taken");
          }
          said.accept("resumes after epoch " + epochs.size() + " from " + each);
          return epochs;
        } catch (IOException e) {
          isDamaged |= each.equals(file);
          damage = damage == null ? e : damage;
        }
      }
    }
    if (damage != null) {
      throw new TrainingException(String.valueOf(damage.getMessage()), damage);
    }
    return List.of();
  }

  /** Why no epoch follows those that {@link #resume} has found, if so. */
  Optional<String> stopped() {
    return stopped;
  }

  private List<Epoch> resume(
      Path from, Variables variables, Predicate<Variables.Variable> isStart, boolean isRetry)
      throws IOException {
    WeightFile saved = WeightFile.read(from);
    State state;
    try {
      state = new Gson().fromJson(saved.notes().get(STATE), State.class);
    } catch (JsonParseException e) {
      throw new TrainingException(
          from + " holds no state of a training that this version knows: " + e.getMessage(), e);
    }
    if (state == null || state.settings == null || state.epochs == null) {
      throw new TrainingException(
          from
              + " belongs to another training: it does not say which, or was made by an earlier"
              + " version; delete it or choose another folder");
    }
    List<String> differences = differences(state.settings);
    if (differences.isEmpty()) {
      Map<Variables.Variable, float[]> values = saved.fitting(variables, true, false);
      if (isRetry
          || same(state.settings, TrainingIdentity.START)
          || areThere(variables, values, isStart)) {
        values.forEach(variables::write);
        identity.put(TrainingIdentity.START, state.settings.get(TrainingIdentity.START));
        stopped = Optional.ofNullable(state.stopped);
        return state.epochs;
      }
      differences.add(difference(state.settings, TrainingIdentity.START));
    }
    throw new TrainingException(
        "%s belongs to another training: %s. Delete it or choose another folder"
            .formatted(from, String.join("; ", differences)));
  }

  private List<String> differences(Map<String, String> settings) {
    List<String> differences = new ArrayList<>();
    for (String name : identity.keySet()) {
      if (!name.equals(TrainingIdentity.START) && !same(settings, name)) {
        differences.add(difference(settings, name));
      }
    }
    return differences;
  }

  private boolean same(Map<String, String> settings, String name) {
    return Objects.equals(identity.get(name), settings.get(name));
  }

  private String difference(Map<String, String> settings, String name) {
    return "there " + settings.getOrDefault(name, "no " + name) + ", here " + identity.get(name);
  }

  /** Whether the model is already as the checkpoint has it, as after the same training. */
  private static boolean areThere(
      Variables variables,
      Map<Variables.Variable, float[]> values,
      Predicate<Variables.Variable> isStart) {
    return values.entrySet().stream()
        .filter(entry -> isStart.test(entry.getKey()))
        .allMatch(entry -> Arrays.equals(variables.read(entry.getKey()), entry.getValue()));
  }

  @Override
  public void close() {
    try {
      use.close();
    } catch (IOException e) {
      throw new TrainingException(String.valueOf(e.getMessage()), e);
    }
  }
}
