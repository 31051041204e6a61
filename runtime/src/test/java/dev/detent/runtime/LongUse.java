package dev.detent.runtime;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Loss;
import dev.detent.runtime.train.Losses;
import dev.detent.runtime.train.Metric;
import dev.detent.runtime.train.Prediction;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Does one thing again and again, in a process of its own, and prints how its memory grew. */
public final class LongUse {
  private static final Dataset DATA = SmallClassifier.data(64, 1);

  private LongUse() {}

  /** Without equality, as lambdas are. */
  private static final class Fresh implements Loss, Metric {
    @Override
    public Operand<TFloat32> perExample(Ops tf, Prediction prediction, Operand<TFloat32> target) {
      return Losses.categoricalCrossEntropy().perExample(tf, prediction, target);
    }

    @Override
    public String name() {
      return "fresh";
    }
  }

  private static Fit<Examples> fit(Loss loss) {
    return Fit.epochs(1).progress(Progress.Style.SILENT).loss(loss);
  }

  /** How often, a folder to write to, and what is done one after the other. */
  public static void main(String[] arguments) throws IOException {
    int runs = Integer.parseInt(arguments[0]);
    Path file = Path.of(arguments[1]).resolve("small.tflite");
    for (int i = 2; i < arguments.length; i++) {
      try (TinyModel model = SmallClassifier.create(1)) {
        grow(arguments[i], runs, work(arguments[i], model, file));
      }
    }
  }

  private static Runnable work(String what, TinyModel model, Path file) {
    return switch (what) {
      case "fits" ->
          () -> {
            model.fit(DATA, fit(Losses.categoricalCrossEntropy(0.1)));
            Fresh fresh = new Fresh();
            model.fit(DATA, fit(fresh).metrics(fresh).validation(DATA));
          };
      case "evaluations" -> () -> model.evaluate(DATA, fit(new Fresh()));
      case "models" ->
          () -> {
            try (TinyModel other = SmallClassifier.create(2)) {
              other.fit(DATA, fit(new Fresh()));
            }
          };
      case "exports" -> {
        model.quantize(DATA);
        yield () -> {
          model.exportInt8(file);
          model.verify(file, DATA, VerifyOptions.defaults().latencyRuns(1));
        };
      }
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static void grow(String what, int runs, Runnable work) throws IOException {
    int warmUp = Math.max(10, runs / 10);
    for (int i = 0; i < warmUp; i++) {
      work.run();
    }
    long before = residentKilobytes();
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      work.run();
    }
    double each = (System.nanoTime() - start) / 1e6 / runs;
    long after = residentKilobytes();
    System.out.printf(
        "%s: %d runs of %.0f ms, %d MB before and %d MB after: %d%n",
        what, runs, each, before / 1024, after / 1024, (after - before) / 1024);
  }

  private static long residentKilobytes() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
