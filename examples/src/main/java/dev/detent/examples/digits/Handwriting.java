package dev.detent.examples.digits;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Ways to write the digits. A way is one or several strokes, a stroke is a smooth curve through
 * points {@code x y} in percent of the digit's width and height, from the left and from the top. A
 * point that is given twice is a corner.
 */
final class Handwriting {
  /** Ways by digit; strokes are parted by bars, points by commas. */
  private static final String[][] WAYS = {
    {
      "53 6, 27 17, 14 50, 27 84, 52 94, 77 82, 88 48, 74 16, 53 6",
      "50 5, 32 20, 26 52, 34 84, 52 95, 67 82, 74 48, 66 18, 50 5",
      "62 12, 36 10, 16 36, 18 72, 44 94, 74 84, 87 52, 78 20, 56 7, 44 14",
      "30 14, 14 45, 24 82, 54 95, 82 78, 86 40, 66 10, 40 8, 26 22",
    },
    {
      "50 4, 50 96",
      "54 4, 50 50, 46 96",
      "30 26, 42 17, 54 4, 54 4, 53 50, 53 96",
      "33 24, 53 5, 53 5, 53 95 | 30 95, 76 95",
      "46 5, 52 40, 50 96",
      "22 32, 58 4, 58 4, 52 96",
    },
    {
      "18 26, 34 8, 60 6, 77 24, 68 48, 42 74, 17 93, 17 93, 50 92, 84 92",
      "20 24, 46 5, 76 20, 70 48, 40 82, 22 91, 18 80, 34 75, 58 90, 86 88",
      "22 18, 50 5, 74 18, 74 38, 46 66, 18 90, 18 90, 40 84, 62 94, 84 86",
      "16 14, 46 4, 78 16, 72 42, 46 68, 20 94, 20 94, 82 94",
      "24 30, 30 12, 56 6, 72 26, 60 56, 30 86, 18 84, 26 74, 44 84, 66 96, 86 84",
    },
    {
      "20 16, 46 5, 75 19, 67 40, 42 47, 42 47, 70 54, 81 74, 62 94, 36 95, 16 83",
      "20 8, 20 8, 77 8, 77 8, 46 42, 46 42, 76 54, 80 78, 52 96, 18 86",
      "22 16, 52 4, 75 22, 58 44, 40 50, 50 42, 74 56, 80 78, 54 96, 18 85",
      "26 10, 56 6, 74 24, 50 46, 50 46, 74 62, 68 88, 40 97, 20 92",
      "18 22, 40 4, 72 14, 68 40, 44 46, 72 52, 82 76, 56 97, 22 88",
    },
    {
      "26 8, 22 34, 18 57, 18 57, 48 56, 84 55 | 66 30, 64 62, 62 96",
      "64 96, 63 50, 63 5, 63 5, 38 36, 14 63, 14 63, 50 63, 86 62",
      "28 7, 18 38, 30 55, 56 54, 74 46 | 76 6, 72 50, 68 96",
      "22 10, 20 50, 20 50, 52 52, 78 48 | 74 8, 70 50, 70 96",
      "62 6, 14 60, 14 60, 88 60 | 66 36, 64 96",
      "30 6, 16 46, 42 58, 76 44 | 80 10, 62 97",
    },
    {
      "76 8, 52 8, 29 8, 29 8, 25 44, 25 44, 50 38, 77 54, 76 80, 48 95, 17 86",
      "29 10, 26 28, 24 46, 24 46, 52 40, 80 62, 63 92, 20 90 | 29 10, 54 9, 82 7",
      "78 10, 42 7, 25 28, 46 45, 74 62, 67 90, 20 90",
      "70 6, 34 9, 34 9, 24 42, 24 42, 58 42, 74 64, 58 92, 24 95",
      "32 12, 22 50, 22 50, 60 44, 78 70, 50 96, 16 88 | 32 12, 58 15, 84 8",
    },
    {
      "68 6, 40 24, 21 58, 28 88, 56 96, 79 77, 67 56, 40 58, 23 76",
      "60 4, 38 30, 24 62, 26 86, 48 96, 74 85, 72 63, 48 56, 27 72",
      "76 14, 56 5, 32 24, 20 60, 32 90, 62 94, 80 72, 62 54, 34 60, 24 74",
      "44 4, 28 44, 26 78, 46 96, 70 84, 68 64, 46 60, 28 74",
      "72 8, 34 36, 18 74, 40 97, 74 88, 78 64, 52 58, 22 80",
    },
    {
      "17 10, 17 10, 80 9, 80 9, 58 50, 42 96",
      "18 10, 18 10, 80 9, 80 9, 56 52, 42 96 | 33 53, 52 51, 74 50",
      "18 24, 20 9, 20 9, 82 10, 82 10, 58 46, 44 96",
      "16 16, 42 8, 80 12, 80 12, 52 50, 46 96",
      "20 8, 20 8, 78 10, 78 10, 50 96 | 28 46, 70 52",
      "14 18, 30 10, 54 15, 84 8, 84 8, 60 40, 50 96",
    },
    {
      "72 18, 48 5, 26 21, 44 44, 71 64, 70 87, 45 96, 22 83, 32 61, 56 44, 74 25, 66 13",
      "50 48, 28 38, 30 12, 52 4, 72 15, 70 38, 50 48, 24 62, 24 86, 50 97, 76 86, 76 62, 50 48",
      "80 10, 52 5, 28 18, 40 42, 68 62, 72 86, 46 97, 22 84, 34 60, 62 40, 82 20",
      "52 46, 30 32, 40 8, 64 8, 72 28, 52 46, 30 66, 28 88, 52 96, 72 84, 68 62, 50 46",
      "66 10, 36 8, 32 30, 62 50, 78 74, 56 97, 26 88, 30 64, 60 44, 70 20, 62 8",
    },
    {
      "75 27, 54 6, 26 17, 25 42, 50 52, 73 34, 76 20, 76 20, 74 58, 66 96",
      "74 22, 52 5, 28 20, 30 44, 54 48, 74 26, 74 26, 73 60, 72 96",
      "76 30, 58 6, 28 14, 24 38, 46 50, 72 36, 77 22, 77 60, 60 92, 26 88",
      "70 14, 42 6, 24 28, 40 48, 68 36, 72 10, 72 10, 64 56, 52 97",
      "66 40, 36 50, 22 28, 44 6, 70 14, 70 40, 66 66, 46 97",
      "78 8, 46 6, 24 26, 38 46, 66 38, 78 8, 78 8, 74 64, 70 96",
    },
  };

  private static final double[][][][][] POINTS = new double[WAYS.length][][][][];

  static {
    for (int digit = 0; digit < WAYS.length; digit++) {
      POINTS[digit] = new double[WAYS[digit].length][][][];
      for (int way = 0; way < WAYS[digit].length; way++) {
        String[] strokes = WAYS[digit][way].split("\\|");
        POINTS[digit][way] = new double[strokes.length][][];
        for (int i = 0; i < strokes.length; i++) {
          String[] points = strokes[i].strip().split(",");
          double[][] parsed = new double[points.length][];
          for (int p = 0; p < points.length; p++) {
            String[] pair = points[p].strip().split(" ");
            // The middle of the digit is the origin.
            parsed[p] =
                new double[] {
                  Integer.parseInt(pair[0]) / 100.0 - 0.5, Integer.parseInt(pair[1]) / 100.0 - 0.5
                };
          }
          POINTS[digit][way][i] = parsed;
        }
      }
    }
  }

  private Handwriting() {}

  /** How many ways there are to write a digit. */
  static int ways(int digit) {
    return POINTS[digit].length;
  }

  /** The strokes of one way to write a digit, chosen at random; -0.5 to 0.5 each way. */
  static List<double[][]> strokes(int digit, SplittableRandom random) {
    double[][][] way = POINTS[digit][random.nextInt(ways(digit))];
    List<double[][]> strokes = new ArrayList<>();
    for (double[][] stroke : way) {
      double[][] copy = new double[stroke.length][];
      for (int i = 0; i < stroke.length; i++) {
        copy[i] = stroke[i].clone();
      }
      strokes.add(copy);
    }
    return strokes;
  }
}
