package dev.detent.annotations;

/** Stands for a class that an attribute does not name: the scheme's own choice, or TFLite's. */
public final class Default {
  private Default() {}
}
