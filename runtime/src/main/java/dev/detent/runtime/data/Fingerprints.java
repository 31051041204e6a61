package dev.detent.runtime.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Feeds data to a hash, everything with its length, so that no two contents look alike. */
final class Fingerprints {
  private Fingerprints() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  static void update(MessageDigest digest, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      bytes.putInt(value);
    }
    digest.update(bytes.array());
  }

  static void update(MessageDigest digest, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    bytes.asFloatBuffer().put(values);
    digest.update(bytes.array());
  }

  static void update(MessageDigest digest, byte[] values) {
    update(digest, values.length);
    digest.update(values);
  }

  static void update(MessageDigest digest, String text) {
    update(digest, text.getBytes(StandardCharsets.UTF_8));
  }

  static void update(MessageDigest digest, Features features) {
    int[] shape = features.shape();
    update(digest, features.type().name());
    update(digest, shape.length, features.size());
    update(digest, shape);
    update(digest, new float[] {features.scale(), features.offset()});
    for (int i = 0; i < features.size(); i++) {
      features.digest(i, digest);
    }
  }

  static void update(MessageDigest digest, Targets targets) {
    int[] shape = targets.shape();
    update(digest, targets.isClasses() ? "classes" : "values");
    update(digest, shape.length, targets.size());
    update(digest, shape);
    if (targets.isClasses()) {
      for (String name : targets.classNames()) {
        update(digest, name);
      }
      int[] classes = new int[targets.classesPerExample()];
      for (int i = 0; i < targets.size(); i++) {
        targets.readClasses(i, classes, 0);
        update(digest, classes);
      }
    } else {
      float[] values = new float[targets.width()];
      for (int i = 0; i < targets.size(); i++) {
        targets.read(i, values, 0);
        update(digest, values);
      }
    }
  }
}
