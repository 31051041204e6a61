package dev.detent.runtime;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.graph.Tensors;
import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.internal.natives.NativeLibraries;
import dev.detent.runtime.internal.natives.NativeLog;
import dev.detent.runtime.internal.tflite.write.TfliteExporter;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.quantizer.HistogramQuantizer;
import dev.detent.runtime.report.Scores;
import dev.detent.runtime.report.Sensitivity;
import dev.detent.runtime.report.TextList;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.History;
import dev.detent.runtime.train.Inference;
import dev.detent.runtime.train.LayerPattern;
import dev.detent.runtime.train.Measures;
import dev.detent.runtime.train.Optimizer;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Teacher;
import dev.detent.runtime.train.Trainer;
import dev.detent.runtime.train.TrainingException;
import dev.detent.runtime.train.UnlikeRanges;
import dev.detent.runtime.train.ValueCheck;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.Verifier;
import dev.detent.runtime.verify.VerifyOptions;
import dev.detent.runtime.weights.CheckpointWriter;
import dev.detent.runtime.weights.ImportOptions;
import dev.detent.runtime.weights.ImportReport;
import dev.detent.runtime.weights.SavedModelWriter;
import dev.detent.runtime.weights.WeightException;
import dev.detent.runtime.weights.WeightImport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

/**
 * A model that can be trained, quantized and exported. The annotation processor generates a
 * subclass for each class annotated with {@code @Model}.
 *
 * <p>A model holds its weights once, whatever its {@link Mode}. It starts in {@link Mode#FLOAT};
 * {@link #quantize} finds the ranges of its activations and switches it to {@link Mode#QUANTIZED}.
 * It must be closed.
 *
 * <p>What only reads a model may run in any number of threads at once, with the same results as one
 * after the other: predictions, {@link #evaluate}, {@link #scores}, {@link #verify}, {@code
 * report}, the sensitivities, {@link #save} and the exports. What changes it runs alone: {@link
 * #fit}, {@link #quantize}, {@link #trainable(boolean, String...)}, {@link #load}, {@link
 * #importWeights}, {@link #mode(Mode)}. Whoever starts a second thing that cannot run beside the
 * first gets an {@link IllegalStateException} that names both, and nothing changes; so does whoever
 * calls a model that is closed. Listeners and other code that a method calls may read the model and
 * switch its mode in the same thread.
 *
 * @param <D> the examples that it takes: {@link dev.detent.runtime.data.Dataset} with one input and
 *     one output, else a class generated for the model
 */
public abstract class DetentModel<D extends Examples> implements Teacher, AutoCloseable {

  private final ModelSpec spec;
  private final ModelGraph graph;
  private final Trainer trainer;
  private final Turns turns;
  private final Baseline baseline;
  private final Fitted fitted = new Fitted();
  private volatile Mode mode = Mode.FLOAT;
  private boolean calibrated;
  private Optimizer floatOptimizer = Optimizers.adam();
  private volatile Set<String> frozen = Set.of();

  /**
   * For generated classes.
   *
   * @param seed of the first weights, of shuffling, augmentation and dropout
   */
  protected DetentModel(ModelSpec spec, long seed) {
    NativeLibraries.load("TensorFlow", NativeLog::quieten);
    this.spec = Objects.requireNonNull(spec, "spec");
    graph = new ModelGraph(this::network, seed);
    trainer = new Trainer(graph, spec.name());
    turns = new Turns(spec.name(), trainer::tidy);
    baseline = new Baseline(graph);
  }

  /** Describes the operations of the model. */
  protected abstract void network(NetworkBuilder n);

  /** What the processor knew at compile time. */
  public final ModelSpec spec() {
    return spec;
  }

  /**
   * A table of the layers with shapes, parameters and the width of each in the quantized model, and
   * their sums, in 80 columns.
   */
  @Override
  public final String toString() {
    return new ModelSummary(spec, graph.network(), frozen).write();
  }

  /** How the model computes now. */
  public final Mode mode() {
    return mode;
  }

  /**
   * Switches; weights stay.
   *
   * @throws IllegalStateException if the ranges for {@link Mode#QUANTIZED} are unknown yet
   */
  public final void mode(Mode wanted) {
    Objects.requireNonNull(wanted, "mode");
    turns.take(
        "mode",
        Turns.Kind.SWITCHES,
        () -> {
          if (wanted == Mode.QUANTIZED) {
            requireRanges();
          }
          return mode = wanted;
        });
  }

  /**
   * Trains in the current mode: in {@link Mode#QUANTIZED} that is quantization-aware fine-tuning.
   * The model remembers the names of the classes; {@link #evaluate}, {@link #verify} and what else
   * reads labels refuses examples whose classes are called otherwise, or come in another order.
   *
   * @throws dev.detent.runtime.train.TrainingException if the data do not fit, the validation data
   *     have other classes, the loss is no number, or a checkpoint belongs to another training
   */
  public final History fit(D examples, Fit<? super D> fit) {
    return turns.take("fit", Turns.Kind.CHANGES, () -> train(examples, fit));
  }

  private History train(D examples, Fit<? super D> fit) {
    boolean quantized = mode == Mode.QUANTIZED;
    double factor = quantized ? Fit.QAT_LEARNING_RATE_FACTOR : 1;
    Optimizer optimizer =
        fit.optimizer()
            .orElseGet(() -> floatOptimizer.learningRate(factor * floatOptimizer.learningRate()));
    if (!quantized) {
      floatOptimizer = optimizer;
    }
    trainer.checkForTraining(examples);
    if (fit.epochs() > 0) {
      if (quantized) {
        tell(fit.output(), "Fine-tuning", baseline.unlike(examples));
      }
      baseline.beforeFit(examples, quantized);
      fitted.beforeFit(graph, quantized);
    }
    try (ModelGraph before = floatTeacher(fit, quantized)) {
      History history =
          trainer.fit(
              examples,
              before == null ? fit : fit.taughtBy(Inference.logits(before, Pass.FLOAT)),
              quantized,
              optimizer,
              frozen,
              this::save);
      fitted.add(quantized, history);
      return history;
    } catch (TrainingException e) {
      e.history().ifPresent(history -> fitted.add(quantized, history));
      throw e;
    }
  }

  /** The model as it was in float, if it is to be its own teacher. */
  private @Nullable ModelGraph floatTeacher(Fit<?> fit, boolean quantized) {
    if (fit.epochs() == 0 || fit.distillation().filter(d -> d.teacher() == null).isEmpty()) {
      return null;
    }
    if (!quantized) {
      throw new IllegalStateException(
          spec.name()
              + " is trained in float, so its float weights cannot teach it: name another model"
              + " with Fit.teacher, or call quantize first");
    }
    return baseline.beforeFineTuning();
  }

  /**
   * What this model answers to a batch in its current mode, for another one that learns from it.
   *
   * @see Fit#teacher
   */
  @Override
  public final List<float[]> logits(Batch batch) {
    return reading("logits", () -> Inference.logits(graph, inference()).logits(batch));
  }

  /**
   * Freezes layers, or has them trained again: {@code trainable(false, "stem", "stage1*")}. What is
   * frozen keeps its weights, and its batch norm computes with the statistics that it has, as in
   * Keras; the ranges of its activations follow the data in fine-tuning all the same. It counts
   * from the next {@link #fit} on, and is not part of what {@link #save} writes.
   *
   * @param layers names of fields with weights, {@code *} standing for any letters; the name of a
   *     block means all layers in it
   * @throws IllegalArgumentException if one fits no layer
   */
  public final void trainable(boolean isTrainable, String... layers) {
    turns.take(
        "trainable",
        Turns.Kind.CHANGES,
        () -> {
          Set<String> changed = new TreeSet<>(frozen);
          Set<String> named = LayerPattern.select(trainer.trainableLayers(), List.of(layers));
          if (isTrainable) {
            changed.removeAll(named);
          } else {
            changed.addAll(named);
          }
          return frozen = Set.copyOf(changed);
        });
  }

  /** The layers that {@link #trainable(boolean, String...)} has frozen, sorted. */
  public final List<String> frozenLayers() {
    return frozen.stream().sorted().toList();
  }

  /**
   * Finds the range of every activation from float inference over some typical examples, a few
   * hundred, and switches to {@link Mode#QUANTIZED}. Weights do not change: this alone is
   * post-training quantization.
   *
   * @return what is wrong with the ranges, in sentences, which are also printed; empty if all is
   *     well
   */
  public final List<String> quantize(D calibration) {
    return calibrate(calibration, null);
  }

  /**
   * The same with ranges that leave out rare values, where otherwise the smallest and the largest
   * count: {@link dev.detent.runtime.quantizer.Percentile}, {@link
   * dev.detent.runtime.quantizer.MseOptimal}, {@link dev.detent.runtime.quantizer.Entropy} or one's
   * own. Quantizers that the model names for single tensors go their own way. Fine-tuning goes on
   * from there as from any calibration; {@code rangeWarmUp(0)} lets the ranges stand.
   *
   * <pre>{@code
   * model.quantize(typical, new Percentile(99.99));
   * }</pre>
   *
   * @return what is wrong with the ranges, in sentences, which are also printed; empty if all is
   *     well
   */
  public final List<String> quantize(D calibration, HistogramQuantizer ranges) {
    return calibrate(calibration, Objects.requireNonNull(ranges, "ranges"));
  }

  private List<String> calibrate(D calibration, @Nullable HistogramQuantizer ranges) {
    return turns.take(
        "quantize",
        Turns.Kind.CHANGES,
        () -> {
          trainer.calibrate(calibration, ranges);
          calibrated = true;
          mode = Mode.QUANTIZED;
          List<String> findings = new ArrayList<>(baseline.ofCalibration(calibration));
          findings.addAll(UnlikeRanges.of(graph, grids(), calibration));
          return tell(System.out, "Quantizing", findings);
        });
  }

  private List<String> tell(PrintStream out, String what, List<String> findings) {
    if (!findings.isEmpty()) {
      out.print(what + " " + spec.name() + " found:\n" + TextList.of(findings));
    }
    return List.copyOf(findings);
  }

  /**
   * Loss and metrics over examples, in the current mode. Inputs that are unlike those of the
   * training are told on the console.
   */
  public final Measures evaluate(D examples) {
    return evaluate(examples, Fit.epochs(0));
  }

  /** Loss and metrics as a training with these settings would measure them. */
  public final Measures evaluate(D examples, Fit<?> settings) {
    return reading(
        "evaluate",
        () -> {
          Measures measures = trainer.evaluate(examples, settings, mode == Mode.QUANTIZED);
          tell(settings.output(), "Evaluating", baseline.unlike(examples));
          return measures;
        });
  }

  /**
   * What cannot be said as a mean over examples, in the current mode: of classes the confusion
   * matrix, precision, recall, F1, IoU and AUC, of numbers RMSE, R2 and each example's error.
   *
   * @throws dev.detent.runtime.train.TrainingException if there are no examples or they do not fit
   */
  public final Scores scores(D examples) {
    return reading(
        "scores",
        () -> {
          trainer.check(examples);
          return ScoreKeeper.of(graph, inference(), examples);
        });
  }

  /**
   * Which layers lose how much with their weights at 8, 4 and 2 bits.
   *
   * @see #sensitivity(Examples, List)
   */
  public final Sensitivity sensitivity(D examples) {
    return sensitivity(examples, Sensitivity.defaultWidths());
  }

  /**
   * Which layers lose how much with their weights at some widths: one layer at a time is switched
   * while all else computes in float. The model is left as it was; no calibration is needed.
   *
   * <pre>{@code
   * Sensitivity measured = model.sensitivity(test);
   * System.out.println(measured);
   * Map<String, Integer> bits = measured.assignment(40_000); // bytes of all weights
   * }</pre>
   *
   * @param examples a few hundred show the order of the layers, a thousand the size of the loss
   * @param widths from 2 to 16 bits
   * @throws IllegalArgumentException if there is no width, or one is out of that range
   */
  public final Sensitivity sensitivity(D examples, List<Integer> widths) {
    return reading(
        "sensitivity", () -> sensitivityAnalysis(examples, widths, "weights").ofWeights());
  }

  /**
   * Which tensors lose how much with their activations at 8, 4 and 2 bits.
   *
   * @see #activationSensitivity(Examples, List)
   */
  public final Sensitivity activationSensitivity(D examples) {
    return activationSensitivity(examples, Sensitivity.defaultWidths());
  }

  /**
   * Which tensors lose how much with their activations at some widths: those of one range at a time
   * are put on a grid from their smallest to their largest value in these examples, while all else
   * computes in float. The model is left as it was; no calibration is needed. What stays float in
   * the deployed model is not measured.
   *
   * @param examples a few hundred show the order of the tensors, a thousand the size of the loss
   * @param widths from 2 to 16 bits
   * @throws IllegalArgumentException if there is no width, or one is out of that range
   */
  public final Sensitivity activationSensitivity(D examples, List<Integer> widths) {
    return reading(
        "activationSensitivity",
        () -> sensitivityAnalysis(examples, widths, "activations").ofActivations());
  }

  private SensitivityAnalysis sensitivityAnalysis(D examples, List<Integer> widths, String what) {
    for (int bits : widths) {
      if (bits < 2 || bits > 16) {
        throw new IllegalArgumentException(what + " of " + bits + " bits; possible are 2 to 16");
      }
    }
    if (widths.isEmpty()) {
      throw new IllegalArgumentException("no width is given to measure");
    }
    return new SensitivityAnalysis(spec.name(), graph, trainer, examples, widths);
  }

  /**
   * One example through the model in its current mode; generated classes give this a type.
   *
   * @return each output's values, row by row
   */
  protected final float[][] run(float[]... inputs) {
    return reading("predict", () -> predicted(inputs));
  }

  private float[][] predicted(float[]... inputs) {
    var pass = graph.pass(inference());
    Map<Operand<TFloat32>, TFloat32> fed = new LinkedHashMap<>();
    try {
      int index = 0;
      for (Map.Entry<String, PassGraph.Feed> input : pass.inputs().entrySet()) {
        int[] shape = pass.tensor(input.getKey()).shape();
        TFloat32 tensor = TFloat32.tensorOf(Tensors.withFirst(1, shape));
        fed.put(input.getValue().value(), tensor);
        float[] values = inputs[index++];
        if (values.length != tensor.size()) {
          throw new IllegalArgumentException(
              "%s values for input '%s', which takes %s"
                  .formatted(values.length, input.getKey(), tensor.size()));
        }
        ValueCheck.ofInput(pass.tensor(input.getKey()), input.getValue().indexLimit())
            .check(values, values.length, example -> "");
        tensor.asRawTensor().data().asFloats().write(values);
      }
      synchronized (graph.lock()) {
        var runner = graph.session().runner();
        fed.forEach(runner::feed);
        pass.outputs().values().forEach(output -> runner.fetch(output.operand()));
        try (Result result = runner.run()) {
          float[][] outputs = new float[pass.outputs().size()][];
          for (int i = 0; i < outputs.length; i++) {
            outputs[i] = Tensors.toArray((TFloat32) result.get(i));
          }
          return outputs;
        }
      }
    } finally {
      fed.values().forEach(TFloat32::close);
    }
  }

  /** How the model computes now. */
  private Pass inference() {
    return mode == Mode.QUANTIZED ? Pass.QUANTIZED : Pass.FLOAT;
  }

  private <T> T reading(String operation, Supplier<T> work) {
    return turns.take(operation, Turns.Kind.READS, work);
  }

  // ---------------------------------------------------------------- export

  /**
   * Writes the quantized model with int8 inputs and outputs, whole or not at all.
   *
   * @return {@code file}
   * @throws IllegalStateException if {@link #quantize} was not called, or the model's scheme is
   *     simulated only
   * @throws dev.detent.runtime.tflite.TfliteException if the model cannot be exported, or the file
   *     not be written
   */
  public final Path exportInt8(Path file) {
    return export(file, ExportOptions.int8());
  }

  /**
   * Writes the float model, the baseline of every comparison.
   *
   * @return {@code file}
   */
  public final Path exportFloat(Path file) {
    return export(file, ExportOptions.floating());
  }

  /**
   * Writes the model as the options say.
   *
   * @return {@code file}
   * @throws IllegalStateException if a quantized model was not calibrated, or its scheme is
   *     simulated only
   * @throws dev.detent.runtime.tflite.TfliteException if the model cannot be exported, or the file
   *     not be written
   */
  public final Path export(Path file, ExportOptions options) {
    return reading(
        "export",
        () -> {
          if (options.isQuantized()) {
            requireRanges();
            requireDeployable();
          }
          TfliteExporter.write(
              graph.network(),
              trainedValues(options.isQuantized()),
              options,
              content -> Verifier.requireSound(spec.name(), content),
              file);
          return file;
        });
  }

  // ---------------------------------------------------------------- verification

  /**
   * Compares a file with this model, as {@link VerifyOptions#defaults()} say.
   *
   * @see #verify(Path, Examples, VerifyOptions)
   */
  public final Verification verify(Path file, D examples) {
    return verify(file, examples, VerifyOptions.defaults());
  }

  /**
   * Compares an int8 file that this model has exported, with inputs and outputs of any type, with
   * the quantized training graph: the same examples through both, in the real TensorFlow Lite, on
   * the built-in kernels and on XNNPACK. The mode has no influence and does not change.
   *
   * @param examples at least one; a few hundred tell much, a thousand more
   * @throws IllegalStateException if {@link #quantize} was not called
   * @throws dev.detent.runtime.train.TrainingException if there are no examples or they do not fit
   * @throws dev.detent.runtime.tflite.TfliteException if the file is missing, damaged, a float
   *     model or of another model
   */
  public final Verification verify(Path file, D examples, VerifyOptions options) {
    return reading(
        "verify",
        () -> {
          requireRanges();
          trainer.check(examples);
          byte[] floatFile =
              TfliteExporter.toBytes(
                  graph.network(), trainedValues(false), ExportOptions.floating());
          List<String> unlike = baseline.unlike(examples);
          var verifier = new Verifier(spec.name(), graph, grids());
          try (ModelGraph before = baseline.beforeFineTuning()) {
            return verifier.verify(file, examples, floatFile, before, unlike, options);
          }
        });
  }

  // ---------------------------------------------------------------- report

  /**
   * Writes a page about this model, as {@link ReportOptions#defaults()} say.
   *
   * @see #report(Path, Examples, ReportOptions)
   */
  public final Path report(Path page, D test) {
    return report(page, test, ReportOptions.defaults());
  }

  /**
   * Writes a page in HTML about this model, whole or not at all: its trainings, how good it is in
   * float, after quantization and deployed, what classes it mixes up, each layer's error and its
   * values on the integers' grid, and the examples that quantization changed or that are answered
   * worst. The page needs no other file and no network. Of a model without ranges it has what is
   * known of a float one.
   *
   * <p>Trainings are those since the model was made, or weights were last read from a file.
   *
   * @param page the file to write; folders on the way to it are made
   * @param test examples that the model was not trained on, at least one
   * @return {@code page}
   * @throws dev.detent.runtime.train.TrainingException if there are no examples or they do not fit
   * @throws dev.detent.runtime.tflite.TfliteException if the options' file is missing, damaged, a
   *     float model or of another model
   * @throws dev.detent.runtime.exception.DetentException if the page cannot be written
   */
  public final Path report(Path page, D test, ReportOptions options) {
    return reading(
        "report",
        () -> {
          trainer.check(test);
          Map<String, Encoding> grids = calibrated ? grids() : Map.of();
          return new ModelReport<>(this, baseline, fitted, grids, test, options).write(page);
        });
  }

  /** The scale and zero point of each quantized tensor, as the export writes them. */
  private Map<String, Encoding> grids() {
    GraphValues values = GraphValues.fetchScales(graph);
    Map<String, Encoding> grids = new HashMap<>();
    graph
        .pass(Pass.QUANTIZED)
        .tensors()
        .forEach(
            (name, tensor) -> {
              ActivationRange range = tensor.range();
              if (range != null && (range.fixed().isPresent() || values.isQuantized(range))) {
                grids.put(name, range.fixed().orElseGet(() -> values.encoding(range)));
              }
            });
    return grids;
  }

  private void requireDeployable() {
    spec.simulatedScheme()
        .ifPresent(
            scheme -> {
              throw new IllegalStateException(
                  ("%s is quantized by the scheme %s, which TensorFlow Lite cannot deploy: the"
                          + " model can be trained and evaluated as that hardware computes, and"
                          + " exported in float")
                      .formatted(spec.name(), scheme));
            });
  }

  private void requireRanges() {
    if (!calibrated) {
      throw new IllegalStateException(
          spec.name()
              + " has no ranges yet: call quantize(calibration) with some typical examples first");
    }
  }

  private GraphValues trainedValues(boolean quantized) {
    return GraphValues.fetch(graph, quantized);
  }

  // ---------------------------------------------------------------- weights

  /**
   * Writes weights, statistics and ranges to a NumPy {@code .npz}, whole or not at all.
   *
   * @throws WeightException if the file cannot be written
   */
  public final void save(Path file) {
    reading("save", () -> saved(file));
  }

  private Path saved(Path file) {
    declareAll();
    try {
      SavedState.write(
          file, spec.name(), graph.variables(), mode, calibrated, trainer.classNames(), baseline);
      return file;
    } catch (IOException e) {
      throw new WeightException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Reads what {@link #save} wrote. Nothing changes unless the whole file fits this model.
   *
   * @throws WeightException if the file is missing, damaged or of another model, or holds a weight
   *     that is no number
   */
  public final void load(Path file) {
    turns.take("load", Turns.Kind.CHANGES, () -> loaded(file));
  }

  private Mode loaded(Path file) {
    declareAll();
    try {
      SavedState saved = SavedState.read(file, graph.variables());
      saved.values().forEach(graph.variables()::write);
      trainer.classNames(saved.classNames());
      baseline.load(saved.file());
      fitted.forget();
      calibrated = saved.calibrated();
      return mode = saved.mode();
    } catch (IOException e) {
      throw new WeightException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Imports weights from a file of another tool: by name if all names agree, else by the layers'
   * order.
   *
   * @see #importWeights(Path, ImportOptions)
   */
  public final ImportReport importWeights(Path file) {
    return importWeights(file, ImportOptions.defaults());
  }

  /**
   * Imports weights from Keras ({@code .h5}, {@code .keras}), NumPy ({@code .npz}), a TensorFlow
   * checkpoint (its prefix or its folder) or a SavedModel (its folder). What the file is decides,
   * not its name. Kernels have the same layout in all of them. The model is in {@link Mode#FLOAT}
   * then; unless the file has the ranges of this model, {@link #quantize} must find them anew.
   *
   * @return what came from where; print it
   * @throws WeightException if the file is missing or damaged, holds a number that is none, or does
   *     not fit; nothing has changed then
   */
  public final ImportReport importWeights(Path file, ImportOptions options) {
    return turns.take(
        "importWeights",
        Turns.Kind.CHANGES,
        () -> {
          declareAll();
          ImportReport report = WeightImport.run(file, spec.name(), graph.variables(), options);
          trainer.classNames(Map.of());
          baseline.forget();
          fitted.forget();
          calibrated = hasSeen() && hasRanges();
          mode = Mode.FLOAT;
          return report;
        });
  }

  /**
   * Writes weights, statistics and ranges as a TensorFlow checkpoint, each under the name {@code
   * layer/part}, as {@code conv/kernel}. Whole or not at all.
   *
   * @param prefix the files' common beginning: {@code prefix.index} and {@code
   *     prefix.data-00000-of-00001}
   * @return {@code prefix}
   * @throws WeightException if the files cannot be written
   */
  public final Path exportCheckpoint(Path prefix) {
    return reading(
        "exportCheckpoint",
        () -> {
          declareAll();
          return CheckpointWriter.write(prefix, graph.variables());
        });
  }

  /**
   * Writes the model in its current mode as a TensorFlow SavedModel: in {@link Mode#QUANTIZED} with
   * the fake quantization that training saw. The signature {@code serving_default} has the inputs
   * and outputs by their layers' names, float32 with a batch in front. Whole or not at all.
   *
   * @param folder made if it is missing; an earlier SavedModel there is replaced
   * @return {@code folder}
   * @throws WeightException if it cannot be written, or other files are in its place
   */
  public final Path exportSavedModel(Path folder) {
    return reading("exportSavedModel", () -> SavedModelWriter.write(folder, graph, inference()));
  }

  private boolean hasRanges() {
    return graph.variables().all().stream().anyMatch(v -> v.role() == Variables.Role.RANGE);
  }

  /** Whether the ranges have seen data. */
  private boolean hasSeen() {
    return graph.variables().all().stream()
        .filter(Variables.Variable::countsBatches)
        .allMatch(v -> graph.variables().read(v)[0] > 0);
  }

  private void declareAll() {
    graph.pass(Pass.FLOAT);
    graph.pass(Pass.QUANTIZED);
  }

  final ModelGraph modelGraph() {
    return graph;
  }

  /**
   * Waits for what is running in other threads, then frees the memory outside of the JVM's heap.
   */
  @Override
  public final void close() {
    turns.close(
        () -> {
          trainer.close();
          graph.close();
        });
  }
}
