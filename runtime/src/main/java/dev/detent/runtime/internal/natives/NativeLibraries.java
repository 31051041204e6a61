package dev.detent.runtime.internal.natives;

import dev.detent.runtime.exception.DetentException;

/**
 * Says what to do where a native library is missing. It names no class of these libraries, so that
 * it can be loaded where they cannot.
 */
public final class NativeLibraries {
  private NativeLibraries() {}

  /**
   * Does what loads a library.
   *
   * @param library its name, for the message
   * @throws DetentException if it cannot be loaded
   */
  public static void load(String library, Runnable loading) {
    try {
      loading.run();
    } catch (LinkageError e) {
      throw new DetentException(
          ("%s cannot be loaded on this machine (%s, %s): %s. Its native library is not in"
                  + " detent-runtime: add the dependency dev.detent:detent-platform, of the"
                  + " version of detent-runtime. A program on the module path is started with"
                  + " --add-modules ALL-MODULE-PATH.")
              .formatted(
                  library,
                  System.getProperty("os.name"),
                  System.getProperty("os.arch"),
                  e.getMessage()),
          e);
    }
  }
}
