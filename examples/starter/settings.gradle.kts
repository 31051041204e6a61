rootProject.name = "digits"
