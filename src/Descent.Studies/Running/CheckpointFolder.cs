using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Descent.Studies.Definition;
using Descent.Training;

namespace Descent.Studies.Running;

/// <summary>The checkpoints of trials, a folder a trial. To go on from: of a trial in flight the newest two. To evaluate: the parameters of the best
/// epoch, of the epochs that the study asks for, and of a complete trial the last ones.</summary>
/// <remarks>Each file holds a digest of its numbers, so that a damaged one is not mistaken for a good one; then the one before
/// serves.</remarks>
public sealed class CheckpointFolder(string path)
{
    const int Kept = 2;
    const string Prefix = "step-", EpochPrefix = "epoch-", Extension = ".safetensors", DigestKey = "sha256";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The folder that belongs to a store: <c>checkpoints</c> beside <c>studies.db</c>, <c>NAME-checkpoints</c> beside
    /// <c>NAME.db</c>.</summary>
    public static CheckpointFolder Beside(string store)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(store);
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(store))!;
        return new(System.IO.Path.Combine(folder, name == "studies" ? "checkpoints" : $"{name}-checkpoints"));
    }

    /// <summary>The files of a trial in flight, the newest first.</summary>
    public IReadOnlyList<string> Files(string trialId) => Directory.Exists(Folder(trialId))
        ? [.. Directory.GetFiles(Folder(trialId), $"{Prefix}*{Extension}").OrderByDescending(file => NumberOf(file, Prefix))] : [];

    /// <summary>The file with a complete trial's parameters, whether it is there or not.</summary>
    public string FinalFile(string trialId) => System.IO.Path.Combine(Folder(trialId), $"final{Extension}");

    /// <summary>The file with the parameters of a trial's best epoch, whether it is there or not.</summary>
    public string BestFile(string trialId) => System.IO.Path.Combine(Folder(trialId), $"best{Extension}");

    /// <summary>The file with the parameters after an epoch, whether it is there or not.</summary>
    public string EpochFile(string trialId, int epoch) =>
        System.IO.Path.Combine(Folder(trialId), string.Create(CultureInfo.InvariantCulture, $"{EpochPrefix}{epoch:D6}{Extension}"));

    /// <summary>The epochs whose parameters are kept, in ascending order.</summary>
    public IReadOnlyList<int> Epochs(string trialId) => Directory.Exists(Folder(trialId))
        ? [.. Directory.GetFiles(Folder(trialId), $"{EpochPrefix}*{Extension}").Select(file => (int)NumberOf(file, EpochPrefix)).Order()] : [];

    /// <summary>Where the newest numbers of a trial lie: its final file, else its newest checkpoint, of those that are not damaged; null where
    /// there is none.</summary>
    public string? Latest(string trialId) =>
        Files(trialId).Prepend(FinalFile(trialId)).FirstOrDefault(file => File.Exists(file) && TryRead(file) is not null);

    /// <summary>Writes a checkpoint and removes all but the newest two.</summary>
    /// <exception cref="IOException">It cannot be written, as on a full disk. What was there stays.</exception>
    public void Write(TrialSettings trial, Checkpoint checkpoint)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{checkpoint.Step:D12}{Extension}");
        CheckpointFile.Write(System.IO.Path.Combine(Folder(trial.Id), name), checkpoint, Facts(trial, checkpoint));
        foreach (string old in Files(trial.Id).Skip(Kept))
        {
            File.Delete(old);
        }
    }

    /// <summary>Writes parameters to one of the files that are there to be evaluated.</summary>
    /// <exception cref="IOException">It cannot be written. What was there stays.</exception>
    public static void WriteWeights(string file, TrialSettings trial, Checkpoint weights) => CheckpointFile.Write(file, weights, Facts(trial, weights));

    /// <summary>Reads a checkpoint; null where the file is damaged.</summary>
    public static Checkpoint? TryRead(string file)
    {
        try
        {
            var checkpoint = CheckpointFile.Read(file);
            return checkpoint.Position.TryGetValue(DigestKey, out string? digest) && digest == Digest(checkpoint) ? checkpoint : null;
        }
        catch (BadInputException)
        {
            return null;
        }
    }

    /// <summary>Removes what a trial in flight goes on from; what is there to be evaluated stays.</summary>
    public void DeleteSteps(string trialId)
    {
        foreach (string file in Files(trialId))
        {
            File.Delete(file);
        }

        if (Directory.Exists(Folder(trialId)) && !Directory.EnumerateFileSystemEntries(Folder(trialId)).Any())
        {
            Directory.Delete(Folder(trialId));
        }
    }

    /// <summary>Removes everything of a trial.</summary>
    public void Delete(string trialId)
    {
        if (Directory.Exists(Folder(trialId)))
        {
            Directory.Delete(Folder(trialId), recursive: true);
        }
    }

    string Folder(string trialId) => System.IO.Path.Combine(Path, trialId);

    static Dictionary<string, string> Facts(TrialSettings trial, Checkpoint checkpoint) => new(TrialFacts.Of(trial)) { [DigestKey] = Digest(checkpoint) };

    static long NumberOf(string file, string prefix) => long.TryParse(System.IO.Path.GetFileNameWithoutExtension(file)[prefix.Length..],
        NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1;

    /// <summary>SHA-256 over names and bytes of all arrays, and the position without what a file adds to it.</summary>
    static string Digest(Checkpoint checkpoint)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var array in checkpoint.Arrays.OrderBy(array => array.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(array.Name));
            hash.AppendData(array.Bytes.Span);
        }

        hash.AppendData(Encoding.UTF8.GetBytes(checkpoint.Step.ToString(CultureInfo.InvariantCulture)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
