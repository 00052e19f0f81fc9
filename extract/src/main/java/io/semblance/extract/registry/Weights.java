package io.semblance.extract.registry;

import java.util.List;

/// Where a model's weights come from.
public sealed interface Weights {

  /// @return the files somebody needs who wants these weights, as their publisher names them
  List<String> fileNames();

  /// A hub has the graph, ready to run.
  ///
  /// @param repository `owner/name`
  /// @param revision commit, or a branch where no commit is known to be the right one
  /// @param files the graph first
  record Hub(String repository, String revision, List<HubFile> files) implements Weights {

    /// Copies the list.
    public Hub {
      files = List.copyOf(files);
    }

    @Override
    public List<String> fileNames() {
      return files.stream().map(HubFile::path).toList();
    }
  }

  /// A file of a hub.
  ///
  /// @param path within the repository
  /// @param name on this machine, which the graph may refer to
  /// @param bytes length, or -1 where it is not known
  /// @param sha256 of the content, or null where it is not known
  record HubFile(String path, String name, long bytes, String sha256) {}

  /// A checkpoint is published, from which `tools/export/export_model.py` makes the graph.
  ///
  /// @param spec what the tool calls the model, e.g. `timm:resnet50.tv_in1k`
  /// @param options further words of its command line
  /// @param fileNames of the checkpoint
  record Export(String spec, List<String> options, List<String> fileNames) implements Weights {

    /// Copies the lists.
    public Export {
      options = List.copyOf(options);
      fileNames = List.copyOf(fileNames);
    }
  }

  /// The user brings the graph.
  ///
  /// @param how what it is made from, and what it must contain
  /// @param fileNames of what is published, none where nothing is
  record Own(String how, List<String> fileNames) implements Weights {

    /// Copies the list.
    public Own {
      fileNames = List.copyOf(fileNames);
    }
  }
}
