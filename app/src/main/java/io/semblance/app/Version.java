package io.semblance.app;

import picocli.CommandLine.IVersionProvider;

/// The program's version, as its jar says.
final class Version implements IVersionProvider {

  /// @return for example `0.1.0-SNAPSHOT`, or `development` when run from classes
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"Semblance " + number() + ", Java " + Runtime.version()};
  }
}
