namespace Descent.App.Output;

/// <summary>A batch as people read it: how many images are worked on at a time, how often, and what comes together.</summary>
static class BatchText
{
    /// <summary>As in <c>128</c>, <c>32 × 4 = 128</c>, <c>32 × 3 + 4 = 100</c>.</summary>
    /// <param name="batch">Images a step.</param>
    /// <param name="physical">Images at a time; null for all.</param>
    public static string Of(int batch, int? physical) => physical is not { } piece || piece >= batch ? $"{batch}"
        : batch % piece == 0 ? $"{piece} × {batch / piece} = {batch}"
        : $"{piece} × {batch / piece} + {batch % piece} = {batch}";
}
