package dev.detent.runtime.data;

import java.security.MessageDigest;

/** One input of a stream: what its examples are like, without any to read. */
record StreamFeatures(
    ExampleStream stream, int number, int size, Features like, float scale, float offset)
    implements Features {

  /** With so many examples an epoch. */
  StreamFeatures sized(int count) {
    return new StreamFeatures(stream, number, count, like, scale, offset);
  }

  @Override
  public int[] shape() {
    return like.shape();
  }

  @Override
  public ElementType type() {
    return like.type();
  }

  @Override
  public Features scaled(float newScale, float newOffset) {
    Features scaled = like.scaled(newScale, newOffset); // which says what cannot be
    return new StreamFeatures(stream, number, size, like, scaled.scale(), scaled.offset());
  }

  @Override
  public Features subset(int... indices) {
    throw ExampleStream.goneBack("parts");
  }

  @Override
  public String name(int index) {
    return "example " + index + " of the stream's epoch";
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    throw ExampleStream.goneBack("example " + index + " to go back to");
  }

  @Override
  public void read(int index, float[] into, int offset) {
    throw ExampleStream.goneBack("example " + index + " to go back to");
  }

  @Override
  public void digest(int index, MessageDigest digest) {
    throw ExampleStream.goneBack("fingerprint, which checkpoints need");
  }

  @Override
  public String toString() {
    return "a stream of " + ArrayFeatures.describe(this);
  }
}
