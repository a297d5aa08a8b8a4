using System.Globalization;
using Descent.Formats;

namespace Descent.Training;

/// <summary>Checkpoints as safetensors files: PyTorch and NumPy users can read the weights; the position lies in the metadata.</summary>
public static class CheckpointFile
{
    /// <summary>Writes the file whole or not at all.</summary>
    /// <param name="facts">What the file should say about its training beside the position (workload, optimizer, trial); keys must not be those of the position.</param>
    public static void Write(string path, Checkpoint checkpoint, IReadOnlyDictionary<string, string>? facts = null) =>
        SafeTensorsFile.Write(path, checkpoint.Arrays, checkpoint.Position.Concat(facts ?? new Dictionary<string, string>()).ToDictionary());

    /// <exception cref="BadInputException">The file is missing, cut, or no checkpoint.</exception>
    public static Checkpoint Read(string path)
    {
        var file = SafeTensorsFile.Read(path);
        return file.Metadata.TryGetValue("step", out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out long step)
            ? new Checkpoint(step, file.Arrays, file.Metadata)
            : throw new BadInputException($"{path} holds arrays, but is no checkpoint: it does not say its step.");
    }
}
