package dev.detent.runtime.tflite.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the file has for each operation is the same whichever class of the export comes first. */
class OperationTableTest {
  private static final String PACKAGE = OperationTable.class.getPackageName();

  @Test
  void hasRowsForAllOperationsWhicheverClassIsLoadedFirst() throws Exception {
    List<String> names = classesOfTheExport();
    assertThat(names).contains("SequenceRows", "OperationTable", "Plan");
    for (String first : names) {
      var loader = new FreshExport();
      Class.forName(PACKAGE + "." + first, true, loader);
      Method of =
          loader
              .loadClass(OperationTable.class.getName())
              .getDeclaredMethod("of", loader.loadClass(OperationKind.class.getName()));
      of.setAccessible(true);
      for (Object kind : of.getParameterTypes()[0].getEnumConstants()) {
        if (!kind.toString().equals(OperationKind.PARAMETER.name())) {
          assertThatCode(() -> of.invoke(null, kind)).as(first).doesNotThrowAnyException();
        }
      }
    }
  }

  private static List<String> classesOfTheExport() throws Exception {
    Path folder = Path.of(OperationTable.class.getResource("OperationTable.class").toURI());
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.getParent(), "*.class")) {
      files.forEach(file -> names.add(file.getFileName().toString().replace(".class", "")));
    }
    names.remove("package-info");
    return names;
  }

  /** Defines the classes of the export anew, so that none of them is initialized yet. */
  private static final class FreshExport extends ClassLoader {
    FreshExport() {
      super(OperationTable.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PACKAGE + ".")) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known != null ? known : defined(name);
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
