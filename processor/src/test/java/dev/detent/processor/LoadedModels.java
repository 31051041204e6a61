package dev.detent.processor;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import dev.detent.runtime.DetentModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;

/** Models that the processor has compiled a moment ago, loaded into this JVM. */
final class LoadedModels extends ClassLoader {
  private final Map<String, byte[]> classes = new HashMap<>();

  private LoadedModels(Compilation compilation) {
    super(LoadedModels.class.getClassLoader());
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getKind() == JavaFileObject.Kind.CLASS) {
        String path = file.toUri().getPath().replaceFirst("^/CLASS_OUTPUT/", "");
        try (var bytes = file.openInputStream()) {
          classes.put(
              path.substring(0, path.length() - ".class".length()).replace('/', '.'),
              bytes.readAllBytes());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** Compiles models that are right. */
  static LoadedModels of(List<RandomNetwork> networks) {
    Compilation compilation =
        Compilations.compile(
            networks.stream().map(RandomNetwork::file).toArray(JavaFileObject[]::new));
    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    return new LoadedModels(compilation);
  }

  /** The generated model of a network, with new weights. */
  DetentModel<?> create(RandomNetwork network) {
    try {
      Method create = loadClass(network.name() + "Model").getDeclaredMethod("create", long.class);
      create.setAccessible(true);
      return (DetentModel<?>) create.invoke(null, network.seed());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot create " + network.source(), e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }
}
