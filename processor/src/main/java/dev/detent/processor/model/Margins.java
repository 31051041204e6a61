package dev.detent.processor.model;

/** What is added at each side of an image. */
public record Margins(int top, int bottom, int left, int right) {}
