namespace Descent.App.Live;

/// <summary>A bar of a progress in a row of characters, to an eighth of a character.</summary>
static class Bar
{
    const string Parts = " ▏▎▍▌▋▊▉";

    /// <param name="fraction">From 0 to 1.</param>
    public static string Draw(double fraction, int width)
    {
        int eighths = (int)(Math.Clamp(fraction, 0, 1) * width * 8);
        string full = new('█', eighths / 8);
        return (eighths % 8 == 0 ? full : full + Parts[eighths % 8]).PadRight(width, '░');
    }
}
