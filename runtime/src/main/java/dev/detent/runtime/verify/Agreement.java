package dev.detent.runtime.verify;

/**
 * How far two ways to compute the same tensor agree.
 *
 * @param bits of the integers that are compared; 0 of a float tensor
 * @param values how many values were compared
 * @param equalShare the share of equal ones, 0 to 1; those of a float tensor are equal if they
 *     differ by less than 1/256 of the example's largest, about half a step of an int8 tensor
 * @param largestDifference in steps of the tensor's scale: 1 is the last bit; of a float tensor in
 *     its own unit
 * @param rmsDifference the root of the mean square of all differences, in the same unit
 * @param answers how many answers of a classifier were compared; 0 where the tensor holds none
 * @param sameTop1Share the share of answers whose largest value is at the same place, 0 to 1; NaN
 *     without answers
 */
public record Agreement(
    int bits,
    long values,
    double equalShare,
    double largestDifference,
    double rmsDifference,
    long answers,
    double sameTop1Share) {}
