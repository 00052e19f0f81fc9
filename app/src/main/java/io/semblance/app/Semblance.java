package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// The program: its verbs, and how failures are told.
@Command(
    name = "semblance",
    header = "How does a model see similarity, and where does a generated image come from?",
    description = "Start with: semblance demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions%n",
    commandListHeading = "%nVerbs%n",
    subcommands = {
      DemoVerb.class,
      PaintVerb.class,
      GenerateVerb.class,
      ModelsVerb.class,
      ListVerb.class,
      EmbedVerb.class,
      MergeVerb.class,
      PackVerb.class,
      ConvertVerb.class,
      InspectVerb.class,
      SaladVerb.class,
      IndexVerb.class,
      AttributeVerb.class,
      EvaluateVerb.class,
      TrainVerb.class,
      CalibrateVerb.class,
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  semblance demo",
      "  semblance embed photos --model efficientnet-lite0 --out tables",
      "  semblance <verb> --help",
    })
public final class Semblance {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;
  static final int STOPPED = 130; // 128 + SIGINT, as shells have it

  private final Console console;

  private Semblance(Console console) {
    this.console = console;
  }

  /// @param args a verb and its options
  public static void main(String[] args) {
    TempFolder.own(Path.of(System.getProperty("java.io.tmpdir")));
    Console console = Console.system();
    Interrupts.onFirst(console::stop);
    System.exit(run(console, args));
  }

  /// Runs one command.
  ///
  /// @param console where results and progress go
  /// @param args a verb and its options
  /// @return 0 done, 1 failed, 2 wrong usage
  static int run(Console console, String... args) {
    var line = new CommandLine(new Semblance(console));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler((e, _) -> wrongUsage(e, console));
    line.setExecutionExceptionHandler((e, _, _) -> failed(e, console));
    if (args.length == 0) {
      line.usage(line.getOut());
      return line.getCommandSpec().exitCodeOnInvalidInput();
    }
    try {
      return line.execute(args);
    } catch (InternalError e) {
      // what the machine says of a mapped file that someone cut or a disk that fails
      console.say("A file became shorter or unreadable while it was read (" + e + "): try again.");
      return FAILED;
    } catch (LinkageError e) {
      console.say(
          "A library cannot be unpacked or loaded (%s): make room in %s, or set TMPDIR to another folder."
              .formatted(cause(e), System.getProperty("java.io.tmpdir")));
      return FAILED;
    } catch (OutOfMemoryError _) {
      console.say(
          "Not enough memory: set SEMBLANCE_JAVA_OPTIONS=-Xmx8g (or more) and run the same command"
              + " again.");
      return FAILED;
    }
  }

  private static String cause(Throwable e) {
    return e.getCause() == null ? String.valueOf(e.getMessage()) : cause(e.getCause());
  }

  static Console console(CommandSpec spec) {
    return ((Semblance) spec.root().userObject()).console;
  }

  private static int wrongUsage(CommandLine.ParameterException e, Console console) {
    CommandLine command = e.getCommandLine();
    String message = e.getMessage();
    console.say(message.endsWith(".") ? message : message + ".");
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr())) {
      console.say("See: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int failed(Exception e, Console console) {
    switch (e) {
      case SemblanceException known -> console.say(known.getMessage());
      case CancellationException stopped -> {
        console.say(
            stopped.getMessage() == null
                ? "Stopped; the same command goes on from here."
                : stopped.getMessage());
        return STOPPED;
      }
      case IllegalArgumentException known -> {
        console.say(known.getMessage());
        return WRONG_USAGE;
      }
      case IOException known ->
          console.say(
              "Cannot go on ("
                  + AtomicFile.reason(known)
                  + (known instanceof java.nio.file.FileSystemException f ? ": " + f.getFile() : "")
                  + "): repair that and run the same command again.");
      default -> {
        console.say(
            "A fault of the program, not of your input: "
                + e
                + ". Please report it with the lines below.");
        e.printStackTrace(console.err());
      }
    }
    return FAILED;
  }
}
