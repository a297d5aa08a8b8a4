namespace Descent.Studies.Definition;

/// <summary>How much of a study is run.</summary>
public enum StudyForm
{
    /// <summary>All that it says.</summary>
    Full,

    /// <summary>What its section <c>quick</c> makes of it: the same question on less data, for fewer epochs or seeds.</summary>
    Quick,
}
