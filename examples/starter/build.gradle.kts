plugins { application }

java { toolchain { languageVersion = JavaLanguageVersion.of(17) } }

repositories {
  mavenLocal()
  mavenCentral()
}

val detent = "0.1.0-SNAPSHOT"

dependencies {
  implementation(platform("dev.detent:detent-bom:$detent"))
  implementation("dev.detent:detent-runtime")
  // The native libraries of all platforms: Gradle does not choose by machine, as detent-platform does in Maven.
  runtimeOnly("org.tensorflow:tensorflow-core-platform")
  runtimeOnly("org.bytedeco:tensorflow-lite-platform")
  annotationProcessor("dev.detent:detent-processor:$detent")
}

application { mainClass = "digits.Main" }

tasks.register<JavaExec>("predict") {
  classpath = sourceSets["main"].runtimeClasspath
  mainClass = "digits.Predict"
}
