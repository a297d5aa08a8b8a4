using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>A chart that commands know by name.</summary>
public interface IPicture
{
    /// <summary>Lower case with hyphens.</summary>
    string Name { get; }

    /// <summary>What it shows, one sentence.</summary>
    string Shows { get; }

    /// <summary>Why it cannot be drawn: what the trials lack and how a study records it, one sentence; null where it can.</summary>
    string? Missing(PictureStudy study);

    /// <summary>Only for a study that lacks nothing, see <see cref="Missing"/>.</summary>
    Figure Draw(PictureStudy study);
}
