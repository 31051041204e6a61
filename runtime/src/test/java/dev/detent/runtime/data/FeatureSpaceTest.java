package dev.detent.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of text, and what a model reads of them. */
class FeatureSpaceTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), text);
  }

  private Table table(String text) throws IOException {
    return Csv.at(file(text)).read();
  }

  private static float[] row(Features features, int index) {
    float[] values = new float[features.elements()];
    features.read(index, values, 0);
    return values;
  }

  private void assertRefused(String text, String message) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> Csv.at(file).read())
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void quotesBlanksAndLineEndsAreReadAsRfc4180Says() throws IOException {
    Table table =
        table("\uFEFFname,note\r\n\"a, b\",\"says \"\"hi\"\"\r\ntwice\"\r\n\r\n c , \r\n");
    assertThat(table.columns()).containsExactly("name", "note");
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.get(0, "name")).isEqualTo("a, b");
    assertThat(table.get(0, "note")).isEqualTo("says \"hi\"\r\ntwice");
    assertThat(table.get(1, "name")).isEqualTo("c");
    assertThat(table.get(1, "note")).isEmpty();
    assertThat(table.describe(1)).endsWith("data.csv, line 5");
    assertThatThrownBy(() -> table.get(0, "nam"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no column 'nam'; there are name, note");
  }

  @Test
  void otherSeparatorsAndFilesWithoutHeaderAreRead() throws IOException {
    Table table = Csv.at(file("1;2,5\n3;4\n")).separator(';').columns("x", "y").read();
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.get(0, "y")).isEqualTo("2,5");
  }

  @Test
  void whatIsWrongWithAFileIsSaidWithItsLine() throws IOException {
    assertRefused("a,b\n1,2\n\"x\ny\",2\n1,2,3\n", "line 5 has 3 fields, but there are 2 columns");
    assertRefused("a,b\n1\n", "line 2 has 1 fields");
    assertRefused("a,a\n1,2\n", "has two columns called 'a'");
    assertRefused("a,\n1,2\n", "column 2 has no name");
    assertRefused("a,b\n", "has no line of data");
    assertRefused("", "has no line of data");
    assertRefused("a,b\n\"1,2\n", "cannot be read");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "a,b\nK\u00f6ln,2\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Csv.at(latin).read()).hasMessageContaining("is not in UTF-8");
    assertThatThrownBy(() -> Csv.at(folder.resolve("no.csv")).read())
        .hasMessageContaining("does not exist");
  }

  private static final String PASSENGERS =
      """
      age,sex,deck,fare,survived
      20,male,10,1,yes
      40,female,9,2,no
      30,female,10,3,yes
      """;

  private static FeatureSpace passengers() {
    return FeatureSpace.empty()
        .normalized("age")
        .oneHot("sex")
        .index("deck")
        .numbers("fare")
        .targetClass("survived");
  }

  @Test
  void numbersAreNormalizedAndCategoriesHaveAVocabularyLearnedFromTheTrainingData()
      throws IOException {
    Table training = table(PASSENGERS);
    FeatureSpace space = passengers().adapt(training);
    assertThat(space.featureNames())
        .containsExactly("age", "sex=female", "sex=male", "deck", "fare");
    Dataset data = space.dataset(training);
    // Ages of 20, 40 and 30 have a mean of 30 and a variance of 200 / 3; decks are ordered as
    // numbers.
    float age = (float) (-10 / Math.sqrt(200 / 3.0));
    assertThat(row(data.features(), 0)).containsExactly(age, 0, 1, 1, 1);
    assertThat(row(data.features(), 1)).containsExactly(-age, 1, 0, 0, 2);
    assertThat(data.labels().classNames()).containsExactly("no", "yes");
    assertThat(data.labels().classAt(0)).isEqualTo(1);

    Table test = table("survived,fare,deck,sex,age\nno,7,9,male,30\n");
    assertThat(row(space.features(test), 0)).containsExactly(0, 0, 1, 0, 7);
    assertThat(space.toString())
        .isEqualTo(
            """
            age: normalized, mean 30.0000, deviation 8.16497
            sex: one hot, [female, male]
            deck: index, [9, 10]
            fare: number, mean 2.00000, deviation 0.816497
            survived: target class, [no, yes]
            """);
  }

  @Test
  void whatWasLearnedIsSavedAndLoaded() throws IOException {
    Table training = table(PASSENGERS);
    FeatureSpace space = passengers().missing(MissingValues.IMPUTE).allowUnknown().adapt(training);
    Path saved = folder.resolve("space.json");
    space.save(saved);
    FeatureSpace loaded = FeatureSpace.load(saved);
    assertThat(loaded).hasToString(space.toString());
    Table test = table("age,sex,deck,fare,survived\n,other,11,,no\n");
    assertThat(row(loaded.features(test), 0)).containsExactly(0, 0, 0, 2, 2);
    assertThat(loaded.dataset(test).fingerprint()).isEqualTo(space.dataset(test).fingerprint());
    for (String damaged : new String[] {"", "[]", "{}", "{\"columns\":[{\"kind\":\"NUMBER\"}]}"}) {
      Path other = Files.writeString(folder.resolve("other.json"), damaged);
      assertThatThrownBy(() -> FeatureSpace.load(other))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("is no feature space");
    }
  }

  @Test
  void missingValuesFailAreImputedOrSkipTheirRow() throws IOException {
    Table training = table("x,c,y\n1,a,1\n,b,2\n3,,3\n");
    FeatureSpace space = FeatureSpace.empty().normalized("x").oneHot("c").targetNumber("y");
    assertThatThrownBy(() -> space.adapt(training))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data.csv, line 3: column 'x' is empty");

    FeatureSpace imputed = space.missing(MissingValues.IMPUTE).adapt(training);
    Dataset all = imputed.dataset(training);
    assertThat(all.size()).isEqualTo(3);
    assertThat(row(all.features(), 1)).containsExactly(0, 0, 1);
    assertThat(row(all.features(), 2)).containsExactly(1, 0, 0);

    FeatureSpace skipping = space.missing(MissingValues.SKIP_ROW).adapt(training);
    assertThat(skipping.dataset(training).size()).isEqualTo(1);
    assertThat(skipping.skipped(training)).isEqualTo(2);

    Table noTarget = table("x,c,y\n1,a,\n");
    assertThatThrownBy(() -> imputed.dataset(noTarget))
        .hasMessageContaining("line 2: column 'y' is empty");
    assertThat(imputed.features(noTarget).size()).isEqualTo(1);
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsLine() throws IOException {
    Table training = table(PASSENGERS);
    FeatureSpace space = passengers();
    assertThatThrownBy(() -> space.dataset(training)).isInstanceOf(IllegalStateException.class);
    FeatureSpace known = space.adapt(training);
    Table unknown = table("age,sex,deck,fare,survived\n1,x,9,2,no\n");
    assertThatThrownBy(() -> known.features(unknown))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "line 2: 'x' in column 'sex' is none of the training data's [female, male];"
                + " allowUnknown() takes such ones");
    Table unknownClass = table("age,sex,deck,fare,survived\n1,male,9,2,maybe\n");
    assertThatThrownBy(() -> known.allowUnknown().dataset(unknownClass))
        .hasMessageContaining("'maybe' in column 'survived' is none of");
    Table text = table("age,sex,deck,fare,survived\n1,male,9,NaN,no\n");
    assertThatThrownBy(() -> known.dataset(text))
        .hasMessageContaining("line 2: 'NaN' in column 'fare' is not a finite number");
    assertThatThrownBy(() -> space.normalized("age")).hasMessageContaining("is there already");
    assertThatThrownBy(() -> space.targetNumber("z")).hasMessageContaining("a target already");
  }

  @Test
  void aTableIsSplitByRows() throws IOException {
    Table table = table("x\n1\n2\n3\n4\n");
    ExampleSet.Parts<Table> parts = table.split(0.75, 5);
    assertThat(parts.train().size()).isEqualTo(3);
    assertThat(parts.test().size()).isEqualTo(1);
    FeatureSpace space = FeatureSpace.empty().normalized("x").adapt(parts.train());
    Features train = space.features(parts.train());
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += row(train, i)[0];
    }
    // Each is rounded to a float below 2.
    assertThat(sum).isCloseTo(0, within(3e-7));
  }
}
