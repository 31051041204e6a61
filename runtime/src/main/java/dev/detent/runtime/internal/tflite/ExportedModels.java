package dev.detent.runtime.internal.tflite;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which models this process has exported, known by their content, wherever they are stored. These
 * are trusted to run in it.
 */
public final class ExportedModels {
  /** The oldest are forgotten, so that a process that exports all day stays as it is. */
  private static final int MOST = 10_000;

  private static final Set<String> KNOWN = new LinkedHashSet<>();

  private ExportedModels() {}

  /** Keeps a model in mind, by its digest. */
  public static byte[] remember(byte[] model) {
    String digest = digest(model);
    synchronized (KNOWN) {
      KNOWN.remove(digest);
      KNOWN.add(digest);
      if (KNOWN.size() > MOST) {
        KNOWN.remove(KNOWN.iterator().next());
      }
    }
    return model;
  }

  /** Whether this process has exported a model of just these bytes. */
  public static boolean contains(byte[] model) {
    String digest = digest(model);
    synchronized (KNOWN) {
      return KNOWN.contains(digest);
    }
  }

  private static String digest(byte[] model) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
