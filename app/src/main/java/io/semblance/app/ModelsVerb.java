package io.semblance.app;

import picocli.CommandLine.Command;

/// `semblance models`: what there is to turn images into vectors, and how to come by it.
@Command(
    name = "models",
    description =
        "List models, show one, pull weights from a hub, verify what is here, compare precisions.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "list|show|pull|verify|agree",
    subcommands = {
      ModelsList.class,
      ModelsShow.class,
      ModelsPull.class,
      ModelsVerify.class,
      ModelsAgree.class,
    },
    descriptionHeading = "%n",
    optionListHeading = "%nOptions%n",
    commandListHeading = "%nVerbs%n",
    footerHeading = "%nExamples%n",
    footer = {
      "  semblance models list",
      "  semblance models show DINO_IN1k",
      "  semblance models pull dino-b-16-in1k",
    })
final class ModelsVerb implements Runnable {

  @picocli.CommandLine.Spec private picocli.CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(), "Say what to do with the models: list, show, pull, verify or agree");
  }
}
