package dev.detent.runtime.internal.natives;

import com.sun.jna.Library;
import com.sun.jna.Native;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;

/**
 * Keeps TensorFlow's own log off the user's terminal.
 *
 * <p>TensorFlow reads {@code TF_CPP_MIN_LOG_LEVEL} from the process environment when it loads, and
 * prints two lines at its first session whatever the level. So the variable is set before, unless
 * the user has set it, and standard error is shut during one tiny session. Where the C library
 * cannot be reached the log stays as TensorFlow has it.
 */
public final class NativeLog {

  /** The environment variable of TensorFlow's log level. */
  public static final String LEVEL_VARIABLE = "TF_CPP_MIN_LOG_LEVEL";

  private static final String ERRORS_ONLY = "2";
  private static final int STANDARD_ERROR = 2;
  private static final int WRITE_ONLY = 1;

  private static boolean quiet;

  private NativeLog() {}

  /** The part of the C library that is needed. */
  private interface LibC extends Library {
    int setenv(String name, String value, int overwrite);

    int dup(int descriptor);

    int dup2(int from, int to);

    int open(String path, int flags);

    int close(int descriptor);
  }

  /**
   * Loads TensorFlow, silent, once a process. Call before the first use of a TensorFlow class.
   *
   * @throws dev.detent.runtime.exception.DetentException if its native library is missing
   */
  public static synchronized void quieten() {
    if (!quiet) {
      NativeLibraries.load("TensorFlow", NativeLog::start);
      quiet = true;
    }
  }

  private static void start() {
    String level = System.getenv(LEVEL_VARIABLE);
    boolean isWanted = level != null && !level.equals(ERRORS_ONLY);
    LibC c = isWanted ? null : libC();
    if (c == null) {
      TensorFlow.version();
      return;
    }
    c.setenv(LEVEL_VARIABLE, ERRORS_ONLY, 0);
    // With the process's standard error shut, where that is possible.
    System.err.flush();
    int saved = c.dup(STANDARD_ERROR);
    int nothing = c.open("/dev/null", WRITE_ONLY);
    if (saved < 0 || nothing < 0) {
      firstSession();
      return;
    }
    c.dup2(nothing, STANDARD_ERROR);
    c.close(nothing);
    try {
      firstSession();
    } finally {
      c.dup2(saved, STANDARD_ERROR);
      c.close(saved);
    }
  }

  private static @Nullable LibC libC() {
    try {
      return Native.load("c", LibC.class);
    } catch (UnsatisfiedLinkError e) {
      return null; // Windows: the log stays
    }
  }

  private static void firstSession() {
    try (Graph graph = new Graph()) {
      var one = Ops.create(graph).constant(1f);
      try (Session session = new Session(graph)) {
        session.runner().fetch(one).run().close();
      }
    }
  }
}
