package io.semblance.synth.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/// The tensors of a network by their names in its files, e.g. `mid_block.resnets.0.conv1.weight`.
///
/// Networks are functions of such a map: freezing, replacing and counting select by name. A map
/// owns the tensors it was made with and frees them when it is closed; a map made by [#with] shares
/// those it does not replace and must be closed before the one it stands on, or not at all. Reading
/// is safe for several threads.
public final class Parameters implements AutoCloseable {

  private final Map<String, Tensor> tensors;
  private final Set<String> owned;
  private final FloatType type;
  private final Device device;
  private final boolean ownsDevice;

  private Parameters(
      Map<String, Tensor> tensors,
      Set<String> owned,
      FloatType type,
      Device device,
      boolean ownsDevice) {
    this.tensors = tensors;
    this.owned = owned;
    this.type = type;
    this.device = device;
    this.ownsDevice = ownsDevice;
  }

  /// A map of tensors, which it owns from now on, whatever scope they were made in.
  ///
  /// @param tensors by name, all of one type and on one device
  /// @param type of the numbers
  /// @param device where they are; owned from now on
  /// @return the map; close it
  public static Parameters of(Map<String, Tensor> tensors, FloatType type, Device device) {
    tensors.values().forEach(Tensor::retainReference);
    device.retainReference();
    var copy = new LinkedHashMap<>(tensors);
    return new Parameters(copy, Set.copyOf(copy.keySet()), type, device, true);
  }

  /// This map with some tensors replaced or added.
  ///
  /// @param replaced by name; owned by the new map from now on
  /// @return the new map
  public Parameters with(Map<String, Tensor> replaced) {
    replaced.values().forEach(Tensor::retainReference);
    var all = new LinkedHashMap<>(tensors);
    all.putAll(replaced);
    return new Parameters(all, Set.copyOf(replaced.keySet()), type, device, false);
  }

  /// @param name of a tensor
  /// @return the tensor; not to be closed
  /// @throws IllegalStateException if there is none of that name
  public Tensor get(String name) {
    Tensor found = tensors.get(name);
    if (found == null) {
      throw new IllegalStateException("the network has no parameter " + name);
    }
    return found;
  }

  /// @return all names, in the order of the network
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  /// @param wanted which names
  /// @return the names that are, in the order of the network
  public List<String> names(Predicate<String> wanted) {
    return tensors.keySet().stream().filter(wanted).toList();
  }

  /// Makes some tensors leaves that gradients are computed for, and the others constants.
  ///
  /// @param trained which names
  /// @return the names of those that are trained
  public List<String> train(Predicate<String> trained) {
    List<String> names = names(trained);
    var chosen = Set.copyOf(names);
    tensors.forEach((name, tensor) -> tensor.set_requires_grad(chosen.contains(name)));
    return names;
  }

  /// @return numbers in all tensors together
  public long count() {
    return tensors.values().stream().mapToLong(Tensor::numel).sum();
  }

  /// @return what the numbers are held in
  public FloatType type() {
    return type;
  }

  /// @return where they are; not to be closed
  public Device device() {
    return device;
  }

  /// @param tensor any
  /// @return the same numbers in this map's type and on its device
  public Tensor fit(Tensor tensor) {
    return tensor.to(device, type.torch());
  }

  @Override
  public void close() {
    owned.forEach(name -> tensors.get(name).close());
    if (ownsDevice) {
      device.close();
    }
  }
}
