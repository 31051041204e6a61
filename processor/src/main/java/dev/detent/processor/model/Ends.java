package dev.detent.processor.model;

/** What is added or left out at each end of a sequence. */
public record Ends(int before, int after) {}
