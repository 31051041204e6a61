package dev.detent.processor.diagnostic;

import java.util.Arrays;

/** Findings whose texts are not in {@link Message} yet. */
public enum DiagnosticId {
  ATTRIBUTE_LENGTH("A02"),
  ATTRIBUTE_PIXEL_CENTERS("A40"),
  ATTRIBUTE_INDEX("A41"),
  BLOCK_PARAMETER("B02"),
  SHAPE_RANK("S01"),
  SHAPE_WINDOW("S02"),
  SHAPE_ADD("S03"),
  SHAPE_CONCAT("S04"),
  SHAPE_AXIS("S05"),
  SHAPE_RESHAPE("S06"),
  SHAPE_TOO_LARGE("S07"),
  SHAPE_LAST_AXIS("S60"),
  SHAPE_EMPTY("S40"),
  SHAPE_INDIVISIBLE("S41"),
  SHAPE_PERMUTATION("S42"),
  SHAPE_MIRROR("S43"),
  SHAPE_PER_AXIS("S44"),
  SHAPE_GROUPS("S20"),
  SHAPE_OUTPUT_PADDING("S21"),
  SHAPE_SHARED("S22"),
  SHAPE_MATRICES("S80"),
  SHAPE_INDICES("S81");

  private final String code;

  DiagnosticId(String code) {
    this.code = code;
  }

  Message message() {
    return Arrays.stream(Message.values())
        .filter(each -> each.code().equals(code))
        .findFirst()
        .orElseThrow();
  }
}
