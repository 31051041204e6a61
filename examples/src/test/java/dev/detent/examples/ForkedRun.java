package dev.detent.examples;

import dev.detent.runtime.internal.natives.NativeLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program in a process of its own, as a user starts it: nothing silences TensorFlow from outside.
 *
 * @param exitCode 0 where all went well
 * @param out all that the process printed
 * @param err all that it printed beside, native code included
 */
record ForkedRun(int exitCode, String out, String err) {

  /** Runs the command line of the examples in a folder. */
  static ForkedRun ofMain(Path folder, String... args) throws IOException, InterruptedException {
    return of(folder, System.getProperty("java.class.path"), Main.class.getName(), args);
  }

  /** Runs a class in a folder. */
  static ForkedRun of(Path folder, String classPath, String main, String... args)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                classPath,
                main));
    command.addAll(List.of(args));
    Path out = Files.createTempFile("out", ".txt");
    Path err = Files.createTempFile("err", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().remove(NativeLog.LEVEL_VARIABLE);
      int exitCode = builder.start().waitFor();
      return new ForkedRun(exitCode, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
