namespace Descent.Data;

/// <summary>Something that is published in files which a data folder may hold: a data set, the weights of a trained model.</summary>
public interface IPublication
{
    /// <summary>The name in commands.</summary>
    string Name { get; }

    /// <summary>The name people use.</summary>
    string Title { get; }

    /// <summary>Who made it, and where it is published.</summary>
    string Origin { get; }

    /// <summary>Under which terms.</summary>
    string Licence { get; }

    /// <summary>The files to have in the data folder; none where it ships with Descent.</summary>
    IReadOnlyList<DataFile> Files { get; }

    /// <summary>Whether no file of the data folder is needed.</summary>
    bool IsBuiltIn => Files.Count == 0;
}
