package dev.detent.processor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import javax.tools.JavaCompiler;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the processor adds to a compilation, in a warm {@code javac}: the time with it, in which the
 * generated class is compiled too, less the time without it.
 *
 * <p>Its name keeps it out of the tests. {@code ./mvnw -pl processor -am test
 * -Dtest=CompilationBenchmark -Dsurefire.failIfNoSpecifiedTests=false} runs it and leaves the table
 * in {@code processor/target/surefire-reports}.
 */
class CompilationBenchmark {
  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
  private static final int WARM_UPS = 30;
  private static final int RUNS = 21;

  /**
   * One compilation, in milliseconds.
   *
   * @param wall on the clock, with whatever else the machine does
   * @param cpu of the thread that compiles
   */
  private record Time(double wall, double cpu) {}

  private static double median(List<Time> times, ToDoubleFunction<Time> part) {
    return times.stream().mapToDouble(part).sorted().toArray()[times.size() / 2];
  }

  @Test
  void printsTimes(@TempDir Path folder) throws IOException {
    JavaFileObject small = LongModels.residual("Small", 30);
    for (int i = 0; i < WARM_UPS; i++) {
      compile(small, folder, true);
      compile(small, folder, false);
    }
    System.out.println("medians in ms   without         with         adds");
    System.out.println("layers       wall    cpu  wall    cpu  wall    cpu");
    print(30, RUNS, folder);
    print(1_000, 5, folder);
    print(3_000, 3, folder);
  }

  private static void print(int layers, int runs, Path folder) throws IOException {
    JavaFileObject model = LongModels.residual("Model" + layers, layers);
    List<Time> without = new ArrayList<>();
    List<Time> with = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      without.add(compile(model, folder, false));
      with.add(compile(model, folder, true));
    }
    double wallWithout = median(without, Time::wall);
    double wallWith = median(with, Time::wall);
    double cpuWithout = median(without, Time::cpu);
    double cpuWith = median(with, Time::cpu);
    System.out.printf(
        Locale.ROOT,
        "%6d %10.0f %6.0f %5.0f %6.0f %5.0f %6.0f%n",
        layers,
        wallWithout,
        cpuWithout,
        wallWith,
        cpuWith,
        wallWith - wallWithout,
        cpuWith - cpuWithout);
  }

  private static Time compile(JavaFileObject source, Path folder, boolean processed)
      throws IOException {
    long cpu = THREAD.getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    try (StandardJavaFileManager files = JAVAC.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
      CompilationTask task = JAVAC.getTask(null, files, null, List.of(), null, List.of(source));
      task.setProcessors(processed ? List.of(new DetentProcessor()) : List.of());
      if (!task.call()) {
        throw new IllegalStateException(source + " does not compile");
      }
    }
    return new Time(
        (System.nanoTime() - wall) / 1e6, (THREAD.getCurrentThreadCpuTime() - cpu) / 1e6);
  }
}
