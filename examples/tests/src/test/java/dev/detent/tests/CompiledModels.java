package dev.detent.tests;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import dev.detent.processor.Compilations;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import javax.tools.JavaFileObject;

/** Runs models that a test has compiled. */
final class CompiledModels {
  private static final int CLASSES = 4;
  private static final int SIZE = 6;

  private CompiledModels() {}

  /** The classes of a compilation. */
  static ClassLoader load(Compilation compilation) {
    Map<String, byte[]> bytes = new HashMap<>();
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getKind() == JavaFileObject.Kind.CLASS) {
        String path = file.toUri().getPath().replaceFirst("^/CLASS_OUTPUT/", "");
        bytes.put(path.replace(".class", "").replace('/', '.'), bytes(file));
      }
    }
    return new ClassLoader(CompiledModels.class.getClassLoader()) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] found = bytes.get(name);
        if (found == null) {
          throw new ClassNotFoundException(name);
        }
        return defineClass(name, found, 0, found.length);
      }
    };
  }

  private static byte[] bytes(JavaFileObject file) {
    try (InputStream in = file.openInputStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The classes of sources that are right. */
  static ClassLoader load(JavaFileObject... sources) {
    Compilation compilation = Compilations.compile(sources);
    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    return load(compilation);
  }

  /** The generated class of a model of one input and one output, made with seed 1. */
  @SuppressWarnings("unchecked") // so the data are a Dataset
  static DetentModel<Dataset> create(ClassLoader classes, String model) {
    return (DetentModel<Dataset>) create(classes, model, 1);
  }

  /** The generated class of a model. */
  static DetentModel<?> create(ClassLoader classes, String model, long seed) {
    try {
      Method create = classes.loadClass(model + "Model").getDeclaredMethod("create", long.class);
      create.setAccessible(true);
      return (DetentModel<?>) create.invoke(null, seed);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot create " + model, e);
    }
  }

  static Fit<Examples> fit(int epochs) {
    return Fit.epochs(epochs).optimizer(Optimizers.adam(0.01)).progress(Progress.Style.SILENT);
  }

  /** Stripes across, stripes down, a checkerboard or nothing, in noise; 6 by 6 pixels. */
  static Dataset patterns(int count, long seed) {
    Random random = new Random(seed);
    float[][] images = new float[count][SIZE * SIZE];
    int[] classes = new int[count];
    for (int i = 0; i < count; i++) {
      classes[i] = random.nextInt(CLASSES);
      for (int k = 0; k < SIZE * SIZE; k++) {
        int y = k / SIZE;
        int x = k % SIZE;
        int value =
            switch (classes[i]) {
              case 0 -> y % 2;
              case 1 -> x % 2;
              case 2 -> (x + y) % 2;
              default -> 0;
            };
        images[i][k] = value + (float) random.nextGaussian() * 0.3f;
      }
    }
    return new Dataset(Features.of(images, SIZE, SIZE, 1), Targets.classes(classes, CLASSES));
  }
}
