package dev.detent.runtime.data;

import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Images that are decoded when they are first read, and kept as bytes from then on. */
final class ImageFeatures implements Features {

  /** The pixels of one image and its {@code [height, width]}. */
  record Decoded(byte[] pixels, int[] size) {}

  private final ImageSource source;
  private final String[] names;
  private final int[] shape;
  private final int elements;
  private final boolean resize;
  private final AtomicReferenceArray<byte[]> cache;
  private final AtomicLong cacheLeft;

  /**
   * Images of the given size, {@code [height, width]}, or of the first one's where that is null.
   */
  ImageFeatures(
      ImageSource source,
      List<String> names,
      int channels,
      int @Nullable [] size,
      boolean resize,
      long cacheBytes) {
    this.source = source;
    this.names = names.toArray(String[]::new);
    this.resize = resize;
    int[] actual = size != null ? size : decode(source, names.get(0), channels, null).size();
    this.shape = new int[] {actual[0], actual[1], channels};
    this.elements = Checks.elements(shape);
    this.cache = new AtomicReferenceArray<>(this.names.length);
    this.cacheLeft = new AtomicLong(cacheBytes);
  }

  /** Decodes one image, and brings it to a size if one is given. */
  static Decoded decode(ImageSource source, String name, int channels, int @Nullable [] size) {
    return ImageDecoder.decode(source.read(name), source.describe(name), channels, size);
  }

  static String otherSize(String name, int[] size, int[] expected) {
    return String.format(
        "%s is %d x %d pixels (height x width), the other images are %d x %d; resized(height,"
            + " width) brings them to one size",
        name, size[0], size[1], expected[0], expected[1]);
  }

  /** Puts all images into the cache. */
  void preset(List<byte[]> pixels) {
    for (int i = 0; i < names.length; i++) {
      cache.set(i, pixels.get(i));
    }
  }

  private byte[] pixels(int index) {
    Checks.index(index, names.length);
    byte[] cached = cache.get(index);
    if (cached != null) {
      return cached;
    }
    Decoded decoded = decode(source, names[index], shape[2], resize ? shape : null);
    if (decoded.size()[0] != shape[0] || decoded.size()[1] != shape[1]) {
      throw new DataException(otherSize(name(index), decoded.size(), shape));
    }
    if (cacheLeft.get() >= elements && cacheLeft.addAndGet(-elements) >= 0) {
      cache.set(index, decoded.pixels());
    }
    return decoded.pixels();
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public int elements() {
    return elements;
  }

  @Override
  public ElementType type() {
    return ElementType.UINT8;
  }

  @Override
  public String name(int index) {
    return source.describe(names[Checks.index(index, names.length)]);
  }

  /** The encoded bytes: what they decode to follows from them, and they need no decoding. */
  @Override
  public void digest(int index, MessageDigest digest) {
    Fingerprints.update(digest, names[index]);
    Fingerprints.update(digest, source.read(names[index]));
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    System.arraycopy(pixels(index), 0, into, offset, elements);
  }

  @Override
  public void read(int index, float[] into, int offset) {
    byte[] pixels = pixels(index);
    for (int i = 0; i < elements; i++) {
      into[offset + i] = pixels[i] & 0xff;
    }
  }

  @Override
  public String toString() {
    return ArrayFeatures.describe(this);
  }
}
